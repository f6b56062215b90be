// What generated code calls for values that are too large for a word. Values here are those of the interpreter.

import { misfit } from '../core/misfit.js';
import type { Type } from '../core/type.js';
import { hasType, ordinalOf, partsOf, sameValue, setOf, valuesOf, type Value } from '../core/value.js';
import { eachBits, mask, readCell, writeCell, type Cell } from '../model/layout/cell.js';
import { visitReferences, without } from '../model/objects.js';

const single = new Uint32Array(1);

export const unpack = (cell: Cell, word: number): Value => {
  single[0] = word;
  return readCell(single, cell);
};

export const pack = (cell: Cell, value: Value): number => {
  single[0] = 0;
  writeCell(single, cell, value);
  return single[0] | 0;
};

/** Typed arrays of the explorer hold signed words; the layout's functions take either. */
const unsigned = (words: Int32Array): Uint32Array => words as unknown as Uint32Array;

export const read = (words: Int32Array, cell: Cell, at: number, shift: number): Value => readCell(unsigned(words), cell, at, shift);

export const readWord = (word: number, cell: Cell, shift: number): Value => {
  single[0] = word;
  return readCell(single, cell, 0, shift);
};

/** The packed word with a part of it replaced. */
export const insert = (word: number, cell: Cell, shift: number, value: Value): number => {
  single[0] = word;
  clear(single as unknown as Int32Array, cell, 0, shift);
  writeCell(single, cell, value, 0, shift);
  return single[0] | 0;
};

export const store = (words: Int32Array, cell: Cell, at: number, shift: number, value: Value): void => {
  clear(words, cell, at, shift);
  writeCell(unsigned(words), cell, value, at, shift);
};

/** Sets all bits of a cell to 0. */
export function clear(words: Int32Array, cell: Cell, at: number, shift: number): void {
  eachBits(cell, at, shift, (word, up, width) => {
    if (width > 0) words[word]! &= ~(mask(width) << up);
  });
}

/** A plain value as a number, null as `nil`. */
export const num = (value: Value, nil: number): number => (value === null ? nil : Number(value));

/** Elements of a set. */
export function size(set: Value): number {
  if (typeof set !== 'number') return partsOf(set).length;
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

export const same = sameValue;
export const contains = (set: Value, value: Value): boolean => partsOf(set).some((element) => sameValue(element, value));
export const union = (of: Type, a: Value, b: Value): Value => setOf(of, [...partsOf(a), ...partsOf(b)]);
export const intersect = (a: Value, b: Value): Value => partsOf(a).filter((v) => contains(b, v));
export const minus = (a: Value, b: Value): Value => partsOf(a).filter((v) => !contains(b, v));
export const asSet = (of: Type, values: readonly Value[]): Value => setOf(of, values);
export const replace = (value: Value, index: number, by: Value): Value => partsOf(value).with(index, by);
/** The value with the part that the path leads to replaced. */
export const replaceAt = (value: Value, path: readonly number[], by: Value): Value =>
  path.length === 0 ? by : replace(value, path[0]!, replaceAt(partsOf(value)[path[0]!]!, path.slice(1), by));
export const interval = (lo: number, hi: number): Value => Array.from({ length: Math.max(0, hi - lo + 1) }, (_, i) => lo + i);
export const all = (t: Type): Value => valuesOf(t);

/** The place of a key in a map; -1 when it is none. */
export const keyOrdinal = (key: Type, value: Value): number => (hasType(key, value) ? ordinalOf(key, value) : -1);

/** The error of a checked conversion; undefined when the value fits. */
export const misfitOf = (t: Type, v: Value): string | undefined => misfit(t, v)?.error;

/** The slots of a pool that a value refers to, one bit each. */
export function slots(t: Type, v: Value, pool: string): number {
  let mask = 0;
  visitReferences(t, v, (name, slot) => {
    if (name === pool) mask |= 1 << slot;
  });
  return mask;
}

/** The value without references to a slot that is about to be used again. */
export const forget = without;
