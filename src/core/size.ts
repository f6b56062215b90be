// Types that are finite, but too large to compute with. Said before anything makes a list of their values.

import { bitsOf, cardinality, elementTypes, showType, type Type } from './type.js';

/** Elements that a set or a sequence may have, and keys of a map. */
export const MAX_ELEMENTS = 2 ** 20;
/** Values of a range, with null or without: what fits a word. */
const MAX_VALUES = 2 ** 32;
/** Bits of a whole state: 8 KiB. Larger ones could not be explored anyway. */
export const MAX_STATE_BITS = 2 ** 16;

/** What is too large about a type, in words that follow the name of a variable of it; undefined when nothing is. */
export function sizeProblem(type: Type): string | undefined {
  const elements = type.kind === 'set' ? cardinality(type.of) : type.kind === 'map' ? cardinality(type.key) : type.kind === 'seq' ? type.max : 0;
  if (elements > MAX_ELEMENTS) {
    const what = type.kind === 'map' ? 'keys' : 'possible elements';
    return `is a ${showType(type)} with ${countText(elements)} ${what}; at most ${countText(MAX_ELEMENTS)} can be handled`;
  }
  if (isPlain(type) && cardinality(type) > MAX_VALUES) {
    return `is a ${showType(type)} with ${countText(cardinality(type))} values; at most ${countText(MAX_VALUES)} can be handled`;
  }
  for (const part of elementTypes(type)) {
    const problem = sizeProblem(part);
    if (problem !== undefined) return problem;
  }
  const bits = bitsOf(type);
  return bits > MAX_STATE_BITS ? `takes ${countText(bits)} bits, and a state has room for ${countText(MAX_STATE_BITS)}` : undefined;
}

/** Its values are numbered within one word; `null` is one more. */
const isPlain = (type: Type): boolean => elementTypes(type.kind === 'nullable' ? type.of : type).length === 0;

/** `1,048,576`; beyond what a number holds exactly, a bound. */
export const countText = (n: number): string => (n < 2 ** 53 ? n.toLocaleString('en-US') : 'more than 2^53');
