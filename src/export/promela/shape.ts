// How a value lies in Promela, which has integers and arrays of them: as cells, one integer each. A variable is a few columns (arrays):
// a map of records is an array for each field; a set is a bit mask of so many words; a sequence is its length and its elements; what is
// compound and may be null has a flag before it. Cells that mean nothing (behind the end of a sequence, inside null) are 0, so that equal
// values have equal cells.

import { assert, unreachable } from '../../base/unreachable.js';
import { cardinality, isNothing, isScalar, type SetType, type Type } from '../../core/type.js';
import { ordinalOf, partsOf, valueAt, type Value } from '../../core/value.js';
import { Unsupported } from '../unsupported.js';

/** Bits of a word of a set: what an int holds without its sign. */
export const WORD = 31;
/** Values that are written out one by one, in a quantifier or a choice. */
const MOST_VALUES = 300;
const MOST_CELLS = 2000;

/** One array of a variable. */
export interface ColumnShape {
  readonly suffix: string;
  readonly size: number;
  readonly lo: number;
  readonly hi: number;
  readonly isTruth: boolean;
}

export const wordsOf = (t: SetType): number => Math.ceil(cardinality(t.of) / WORD);

/** Columns of a type. `nil` is the number that stands for null. */
export function columnsOf(t: Type, nil: number): readonly ColumnShape[] {
  const inner = (of: Type, suffix: string, size: number): ColumnShape[] =>
    columnsOf(of, nil).map((c) => ({ ...c, suffix: `${suffix}${c.suffix}`, size: c.size * size, lo: Math.min(0, c.lo), hi: Math.max(0, c.hi) }));
  switch (t.kind) {
    case 'bool':
      return [{ suffix: '', size: 1, lo: 0, hi: 1, isTruth: true }];
    case 'range':
      return [{ suffix: '', size: 1, lo: t.lo, hi: t.hi, isTruth: false }];
    case 'enum':
    case 'pid':
      return [{ suffix: '', size: 1, lo: 0, hi: cardinality(t) - 1, isTruth: false }];
    case 'ref':
      return [{ suffix: '', size: 1, lo: Math.min(0, nil), hi: Math.max(nil, t.size - 1), isTruth: false }];
    case 'nullable': {
      if (!isScalar(t.of)) return [{ suffix: '_some', size: 1, lo: 0, hi: 1, isTruth: true }, ...inner(t.of, '', 1)];
      const [of] = columnsOf(t.of, nil);
      const known = isNothing(t.of) ? { lo: nil, hi: nil } : of!;
      return [{ suffix: '', size: 1, lo: Math.min(known.lo, nil), hi: Math.max(known.hi, nil), isTruth: false }];
    }
    case 'record':
      return t.fields.flatMap((field) => inner(field.type, `_${field.name}`, 1));
    case 'map':
      return inner(t.value, '', cardinality(t.key));
    case 'set': {
      const bits = Math.min(WORD, cardinality(t.of));
      return [{ suffix: '', size: wordsOf(t), lo: 0, hi: 2 ** bits - 1, isTruth: false }];
    }
    case 'seq':
      return [{ suffix: '_len', size: 1, lo: 0, hi: t.max, isTruth: false }, ...inner(t.of, '_at', t.max)];
    default:
      return unreachable(t);
  }
}

/** How many cells a value has. */
export function cellCount(t: Type): number {
  const count = counted(t);
  if (count > MOST_CELLS) throw new Unsupported(`a value of ${count} parts is too large to be written out`);
  return count;
}

function counted(t: Type): number {
  switch (t.kind) {
    case 'bool':
    case 'range':
    case 'enum':
    case 'pid':
    case 'ref':
      return 1;
    case 'nullable':
      return isScalar(t.of) ? 1 : 1 + counted(t.of);
    case 'record':
      return t.fields.reduce((sum, field) => sum + counted(field.type), 0);
    case 'map':
      return cardinality(t.key) * counted(t.value);
    case 'set':
      return wordsOf(t);
    case 'seq':
      return 1 + t.max * counted(t.of);
    default:
      return unreachable(t);
  }
}

/** The cells of a value. */
export function cellsOf(t: Type, v: Value, nil: number): readonly number[] {
  if (v === null) return [...(t.kind === 'nullable' && !isScalar(t.of) ? [0] : [nil]), ...new Array<number>(cellCount(t) - 1).fill(0)];
  switch (t.kind) {
    case 'bool':
      return [v === true ? 1 : 0];
    case 'range':
    case 'enum':
    case 'pid':
    case 'ref':
      return [v as number];
    case 'nullable':
      return [...(isScalar(t.of) ? [] : [1]), ...cellsOf(t.of, v, nil)];
    case 'record':
      return t.fields.flatMap((field, i) => cellsOf(field.type, partsOf(v)[i]!, nil));
    case 'map':
      return partsOf(v).flatMap((part) => cellsOf(t.value, part, nil));
    case 'set': {
      const words = new Array<number>(wordsOf(t)).fill(0);
      for (const element of partsOf(v)) {
        const bit = ordinalOf(t.of, element);
        words[Math.floor(bit / WORD)]! |= 1 << bit % WORD;
      }
      return words;
    }
    case 'seq': {
      const elements = partsOf(v).flatMap((part) => cellsOf(t.of, part, nil));
      return [partsOf(v).length, ...elements, ...new Array<number>(t.max * cellCount(t.of) - elements.length).fill(0)];
    }
    default:
      return unreachable(t);
  }
}

/** Every value of a type that may be written out one by one. */
export function valuesWrittenOut(t: Type): readonly Value[] {
  const count = cardinality(t);
  if (count > MOST_VALUES) throw new Unsupported(`something ranges over ${Number.isFinite(count) ? count.toLocaleString('en-US') : 'very many'} values, which are too many to be written out one by one`);
  return Array.from({ length: count }, (_, i) => valueAt(t, i));
}

/** A cell of a variable: which column, and what is added to the index in it. */
export interface CellPlace {
  readonly column: number;
  /** Index in the column, when the part begins at index 0 of its first column. */
  readonly index: number;
}

/**
 * The cells of a part of a variable, in order. The part's columns begin at `first`; the part is number `at` in each of them (the index
 * of a value inside it is `at` times the size of what the column has for one part, and more).
 */
export function placesOf(t: Type, nil: number, first = 0, at = 0): readonly CellPlace[] {
  switch (t.kind) {
    case 'bool':
    case 'range':
    case 'enum':
    case 'pid':
    case 'ref':
      return [{ column: first, index: at }];
    case 'nullable':
      return isScalar(t.of) ? [{ column: first, index: at }] : [{ column: first, index: at }, ...placesOf(t.of, nil, first + 1, at)];
    case 'record': {
      let column = first;
      return t.fields.flatMap((field) => {
        const places = placesOf(field.type, nil, column, at);
        column += columnsOf(field.type, nil).length;
        return places;
      });
    }
    case 'map':
      return Array.from({ length: cardinality(t.key) }, (_, k) => placesOf(t.value, nil, first, at * cardinality(t.key) + k)).flat();
    case 'set':
      return Array.from({ length: wordsOf(t) }, (_, w) => ({ column: first, index: at * wordsOf(t) + w }));
    case 'seq':
      return [{ column: first, index: at }, ...Array.from({ length: t.max }, (_, i) => placesOf(t.of, nil, first + 1, at * t.max + i)).flat()];
    default:
      return unreachable(t);
  }
}

/** Where in the cells of a record its field begins. */
export function fieldStart(t: Type, field: number): number {
  assert(t.kind === 'record', 'a record');
  return t.fields.slice(0, field).reduce((sum, f) => sum + cellCount(f.type), 0);
}
