// How values look in generated code. Three ways, by type:
//
//   number   plain values: the number itself; false and true are 0 and 1; members, slots and processes their index; null is NIL
//   packed   compound values of at most 32 bits: the word that the layout of their type gives (references always with room for null)
//   boxed    larger ones, and sets of large compound values: a Value as the interpreter has it
//
// Equal values of one type have equal numbers and equal words. Values of different types meet through `coerce` only.

import { assert } from '../base/unreachable.js';
import { bitsOf, isScalar, sameType, type Type } from '../core/type.js';
import { ordinalOf, type Value } from '../core/value.js';
import { withNull } from '../model/layout.js';
import { blockOf, writeCell, type Bits, type Cell } from '../model/layout/cell.js';

export type Repr = 'number' | 'packed' | 'boxed';

/** The plain type that a type is, or is nullable of; undefined for a compound one. */
export const plainOf = (t: Type): Type | undefined => (t.kind === 'nullable' ? plainOf(t.of) : isScalar(t) ? t : undefined);

const known = new WeakMap<Type, Repr>();

export function reprOf(t: Type): Repr {
  let repr = known.get(t);
  if (repr === undefined) known.set(t, (repr = findRepr(t)));
  return repr;
}

function findRepr(t: Type): Repr {
  if (plainOf(t) !== undefined) return 'number';
  if (hasLargeElements(t)) return 'boxed';
  const stored = withNull(t);
  return bitsOf(stored) <= 32 && blockOf(stored).usage.length === 1 ? 'packed' : 'boxed';
}

/** Elements of packed sets are found by their ordinal: computed for plain ones, looked up in a table of at most so many bits for others. */
export const MAX_TABLE_BITS = 12;

function hasLargeElements(t: Type): boolean {
  switch (t.kind) {
    case 'set':
      return plainOf(t.of) === undefined && !(reprOf(t.of) === 'packed' && packedWidth(t.of) <= MAX_TABLE_BITS);
    case 'nullable':
    case 'seq':
      return hasLargeElements(t.of);
    case 'record':
      return t.fields.some((field) => hasLargeElements(field.type));
    case 'map':
      return hasLargeElements(t.value);
    default:
      return false;
  }
}

const cells = new WeakMap<Type, Cell>();

/** Where the parts of a packed value lie within its word. */
export function packedCell(t: Type): Cell {
  assert(reprOf(t) === 'packed', 'a packed type');
  let cell = cells.get(t);
  if (cell === undefined) cells.set(t, (cell = blockOf(withNull(t)).cell));
  return cell;
}

export function packedWidth(t: Type): number {
  return blockOf(withNull(t)).usage[0]!;
}

/** The word of a packed value. */
export function packedWord(t: Type, v: Value): number {
  const words = new Uint32Array(1);
  writeCell(words, packedCell(t), v);
  return words[0]! | 0;
}

/** The number that stands for null in a model whose nullable ranges begin at the given numbers: below all of them. */
export const nilBelow = (lows: Iterable<number>): number => Math.min(0, ...lows) - 1;

/** The number of a plain value. */
export function numberFor(t: Type, v: Value, nil: number): number {
  if (v === null) return nil;
  return typeof v === 'boolean' ? Number(v) : t.kind === 'nullable' ? numberFor(t.of, v, nil) : t.kind === 'range' ? (v as number) : ordinalOf(t, v);
}

/** The first bit of a cell. */
export function originOf(cell: Cell): Bits {
  switch (cell.kind) {
    case 'scalar':
      return cell.bits;
    case 'nullable':
      return cell.present;
    case 'record':
      return cell.fields.length === 0 ? { word: 0, shift: 0, width: 0 } : originOf(cell.fields[0]!);
    case 'map':
    case 'set':
    case 'seq':
      return originOf(cell.elements.first);
  }
}

/** Both cells hold the same values in the same bits, counted from where they begin. */
export function sameShape(a: Cell, b: Cell): boolean {
  const from = originOf(a);
  const to = originOf(b);
  return shaped(a, b, to.word - from.word, to.shift - from.shift);
}

function shaped(a: Cell, b: Cell, words: number, shift: number): boolean {
  const bits = (x: Bits, y: Bits): boolean => x.width === y.width && x.word + words === y.word && x.shift + shift === y.shift;
  const arrays = (x: Cell & { readonly kind: 'map' | 'set' | 'seq' }, y: Cell & { readonly kind: 'map' | 'set' | 'seq' }): boolean =>
    x.elements.count === y.elements.count &&
    x.elements.stride === y.elements.stride &&
    x.elements.perWord === y.elements.perWord &&
    x.elements.wordStride === y.elements.wordStride &&
    shaped(x.elements.first, y.elements.first, words, shift);
  if (a.kind === 'scalar') return b.kind === 'scalar' && sameType(a.type, b.type) && bits(a.bits, b.bits);
  if (a.kind === 'nullable') return b.kind === 'nullable' && bits(a.present, b.present) && shaped(a.of, b.of, words, shift);
  if (a.kind === 'record') return b.kind === 'record' && a.fields.length === b.fields.length && a.fields.every((f, i) => shaped(f, b.fields[i]!, words, shift));
  if (a.kind === 'map') return b.kind === 'map' && arrays(a, b);
  if (a.kind === 'set') return b.kind === 'set' && sameType(a.of, b.of) && arrays(a, b);
  return b.kind === 'seq' && bits(a.length, b.length) && arrays(a, b);
}
