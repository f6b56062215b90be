// Why a value is none of a type: what a checked conversion finds.

import { assert, unreachable } from '../base/unreachable.js';
import { cardinality, showType, type Type } from './type.js';
import { hasType, partsOf, showValue, type Value } from './value.js';

/** The part that does not fit, and the type that it should have. */
export interface Misfit {
  readonly error: 'null_dereference' | 'out_of_range' | 'full_sequence';
  readonly type: Type;
  readonly value: Value;
}

/** The first misfit, in the order of the parts. The value is one of a type that can be converted to `t`. */
export function misfit(t: Type, value: Value): Misfit | undefined {
  if (t.kind === 'nullable') return value === null ? undefined : misfit(t.of, value);
  if (value === null) return { error: 'null_dereference', type: t, value };
  switch (t.kind) {
    case 'range':
      return hasType(t, value) ? undefined : { error: 'out_of_range', type: t, value };
    case 'record':
      return firstOf(partsOf(value), (i) => t.fields[i]!.type);
    case 'map':
      assert(partsOf(value).length === cardinality(t.key), 'a map has a value for each key');
      return firstOf(partsOf(value), () => t.value);
    case 'seq':
      if (partsOf(value).length > t.max) return { error: 'full_sequence', type: t, value };
      return firstOf(partsOf(value), () => t.of);
    case 'set':
      return firstOf(partsOf(value), () => t.of);
    case 'bool':
    case 'enum':
    case 'ref':
    case 'pid':
      assert(hasType(t, value), 'only numbers and references are converted');
      return undefined;
    default:
      return unreachable(t);
  }
}

/** What does not fit, in words; `written` stands for a value that is null. */
export function misfitText({ error, type, value }: Misfit, written: string): string {
  switch (error) {
    case 'null_dereference':
      return `${written} is null where a value of ${showType(type)} is needed`;
    case 'out_of_range':
      return `${showValue(type, value)} is not in ${showType(type)}`;
    case 'full_sequence':
      return `a sequence of ${partsOf(value).length} elements does not fit ${showType(type)}`;
    default:
      return unreachable(error);
  }
}

function firstOf(parts: readonly Value[], typeOf: (i: number) => Type): Misfit | undefined {
  for (let i = 0; i < parts.length; i++) {
    const found = misfit(typeOf(i), parts[i]!);
    if (found !== undefined) return found;
  }
  return undefined;
}
