// What can be done with values in cells: constants, conversions between types, equality, sets as bits.

import { assert } from '../../base/unreachable.js';
import { cardinality, isNothing, isScalar, sameType, type SetType, type Type } from '../../core/type.js';
import { hasType, ordinalOf, type Value } from '../../core/value.js';
import { cellCount, cellsOf, fieldStart, valuesWrittenOut, WORD, wordsOf } from './shape.js';
import { all, and, any, choose, compare, compute, NO, not, number, or, truth, YES, type Term } from './term.js';

/** The cells of a value, in the order of shape.ts. */
export type Cells = readonly Term[];

/** How constants look. */
export interface Constants {
  /** The number that stands for null. */
  readonly nil: number;
  /** A plain constant by its name: an enum's member, `true`. */
  name(t: Type, value: number): string;
}

export function constant(c: Constants, t: Type, v: Value): Cells {
  const scalar = plainType(t);
  const numbers = cellsOf(t, v, c.nil);
  if (scalar === undefined) return numbers.map((n) => number(n));
  return [v === null ? number(c.nil, 'null') : number(numbers[0]!, c.name(scalar, numbers[0]!))];
}

export const nothingIn = (c: Constants, t: Type): Cells => constant(c, t, null);

/** The type of a plain value, without its null. */
export const plainType = (t: Type): Type | undefined => (t.kind === 'nullable' ? (isScalar(t.of) ? t.of : undefined) : isScalar(t) ? t : undefined);

export const isNull = (c: Constants, t: Type, cells: Cells): Term => {
  if (t.kind !== 'nullable' && t.kind !== 'ref') return NO;
  return t.kind === 'nullable' && !isScalar(t.of) ? not(cells[0]!) : compare('==', cells[0]!, number(c.nil, 'null'));
};

/** The cells as those of another type that holds the value, which the caller has made sure of. */
export function adapt(c: Constants, from: Type, to: Type, cells: Cells): Cells {
  if (sameType(from, to)) return cells;
  if (from.kind === 'nullable' && isNothing(from.of)) return to.kind === 'nullable' ? nothingIn(c, to) : cells;
  if (from.kind === 'nullable') {
    if (isScalar(from.of)) return cells;
    if (to.kind === 'nullable') return [cells[0]!, ...adapt(c, from.of, to.of, cells.slice(1))];
    return adapt(c, from.of, to, cells.slice(1));
  }
  if (to.kind === 'nullable') return isScalar(to.of) ? cells : [YES, ...adapt(c, from, to.of, cells)];
  if (from.kind === 'set' && to.kind === 'set') return adaptSet(from, to, cells);
  if (from.kind === 'seq' && to.kind === 'seq') {
    const [a, b] = [cellCount(from.of), cellCount(to.of)];
    const elements = Array.from({ length: to.max }, (_, i) => {
      if (i >= from.max || isNothing(from.of)) return new Array<Term>(b).fill(number(0));
      const element = cells.slice(1 + i * a, 1 + (i + 1) * a);
      // What lies behind the end stays 0.
      return adapt(c, from.of, to.of, element).map((cell) => (sameType(from.of, to.of) || isScalar(to.of) ? cell : choose(compare('<', number(i), cells[0]!), cell, number(0))));
    });
    return [cells[0]!, ...elements.flat()];
  }
  if (from.kind === 'map' && to.kind === 'map') {
    const size = cellCount(from.value);
    return Array.from({ length: cardinality(from.key) }, (_, i) => adapt(c, from.value, to.value, cells.slice(i * size, (i + 1) * size))).flat();
  }
  if (from.kind === 'record' && to.kind === 'record') {
    return from.fields.flatMap((field, i) => {
      const start = fieldStart(from, i);
      return adapt(c, field.type, to.fields[i]!.type, cells.slice(start, start + cellCount(field.type)));
    });
  }
  return cells;
}

/** A set with other possible elements: bit by bit, or all at once where both count numbers. */
function adaptSet(from: SetType, to: SetType, cells: Cells): Cells {
  const [n, m] = [cardinality(from.of), cardinality(to.of)];
  if (n === 0) return new Array<Term>(wordsOf(to)).fill(number(0));
  if (from.of.kind === 'range' && to.of.kind === 'range' && n <= WORD && m <= WORD) {
    const distance = from.of.lo - to.of.lo;
    const moved = distance >= 0 ? compute('<<', cells[0]!, number(distance)) : compute('>>', cells[0]!, number(-distance));
    // Bits that are shifted out at the top mean elements that `to` does not have.
    const mask = to.of.lo <= from.of.lo && from.of.hi <= to.of.hi ? moved : distance > 0 && n + distance > WORD ? undefined : compute('&', moved, number(2 ** m - 1));
    if (mask !== undefined) return [mask];
  }
  const bits = valuesWrittenOut(from.of).map((v, i) => ({ v, bit: bitAt(cells, i) }));
  return setFrom(to, bits.flatMap(({ v, bit }) => {
    const at = ordinalWithin(to.of, v);
    return at === undefined ? [] : [{ at, bit }];
  }));
}

/** Place of a value among those of a type; undefined when it is none of it. */
export function ordinalWithin(t: Type, v: Value): number | undefined {
  if (t.kind === 'range') return typeof v === 'number' && v >= t.lo && v <= t.hi ? v - t.lo : undefined;
  if (t.kind === 'nullable') {
    if (v === null) return 0;
    const inner = ordinalWithin(t.of, v);
    return inner === undefined ? undefined : inner + 1;
  }
  if (v === null) return undefined;
  const at = ordinalOf(t, v);
  return Number.isInteger(at) && at >= 0 && at < cardinality(t) ? at : undefined;
}

/** Bit `i` of a set, as a truth value. */
export function bitAt(cells: Cells, i: number): Term {
  const word = cells[Math.floor(i / WORD)]!;
  if (word.known !== undefined) return truth(((word.known >> i % WORD) & 1) === 1);
  return compute('&', compute('>>', word, number(i % WORD)), number(1));
}

/** A set in which each bit is given. */
export function setFrom(t: SetType, bits: readonly { readonly at: number; readonly bit: Term }[]): Cells {
  return Array.from({ length: wordsOf(t) }, (_, w) =>
    bits.filter(({ at }) => Math.floor(at / WORD) === w).reduce((word, { at, bit }) => compute('|', word, compute('<<', bit, number(at % WORD))), number(0)),
  );
}

/** The set with one element, which is one of the type. */
export function single(c: Constants, t: SetType, element: Type, cells: Cells): Cells {
  const at = ordinal(c, t.of, element, cells);
  if (wordsOf(t) === 1) return [compute('<<', number(1), at)];
  return Array.from({ length: wordsOf(t) }, (_, w) => {
    const within = compute('-', at, number(w * WORD));
    return choose(and(compare('>=', within, number(0)), compare('<', within, number(WORD))), compute('<<', number(1), within), number(0));
  });
}

/** Place of a value of type `is` among those of type `t`, of which it is one. */
export function ordinal(c: Constants, t: Type, is: Type, cells: Cells): Term {
  const plain = plainType(t);
  if (plain !== undefined) {
    const base = plain.kind === 'range' ? plain.lo : 0;
    const value = compute('-', cells[0]!, number(base));
    if (t.kind !== 'nullable') return value;
    return choose(compare('==', cells[0]!, number(c.nil, 'null')), number(0), compute('+', value, number(1)));
  }
  return valuesWrittenOut(t).reduceRight<Term>((rest, v, i) => (hasType(is, v) ? choose(same(cells, constant(c, is, v)), number(i), rest) : rest), number(0));
}

/** Whether the cells of one type are equal. */
export const same = (a: Cells, b: Cells): Term => all(a.map((cell, i) => compare('==', cell, b[i]!)));

/** Whether a value of type `is` is one of type `t` (nullness and ranges are all that can be wrong). */
export function fits(c: Constants, t: Type, is: Type, cells: Cells): Term {
  const plain = plainType(t);
  if (plain === undefined) return YES;
  const nil = isNull(c, is, cells);
  const source = plainType(is);
  const within = plain.kind === 'range' && source?.kind === 'range' ? and(source.lo >= plain.lo ? YES : compare('>=', cells[0]!, number(plain.lo)), source.hi <= plain.hi ? YES : compare('<=', cells[0]!, number(plain.hi))) : YES;
  return t.kind === 'nullable' ? or(nil, within) : and(not(nil), within);
}

/** Whether a value is in a set. */
export function contains(c: Constants, set: SetType, word: Cells, is: Type, cells: Cells): Term {
  const n = cardinality(set.of);
  if (n === 0) return NO;
  if (plainType(set.of) !== undefined && plainType(is) !== undefined) {
    const at = ordinal(c, set.of, is, cells);
    const inside = at.known !== undefined ? (at.known >= 0 && at.known < n ? bitAt(word, at.known) : NO) : bitChosen(word, at);
    return and(fits(c, set.of, is, cells), inside);
  }
  return any(valuesWrittenOut(set.of).map((v, i) => {
    const bit = bitAt(word, i);
    return bit.known === 0 || !hasType(is, v) ? NO : and(bit, same(cells, constant(c, is, v)));
  }));
}

function bitChosen(word: Cells, at: Term): Term {
  const bit = (w: number): Term => compute('&', compute('>>', word[w]!, compute('-', at, number(w * WORD))), number(1));
  return word.slice(0, -1).reduceRight<Term>((rest, _, w) => choose(compare('<', at, number((w + 1) * WORD)), bit(w), rest), bit(word.length - 1));
}

/** Cell by cell one or the other. */
export const chooseCells = (condition: Term, then: Cells, otherwise: Cells): Cells => then.map((cell, i) => choose(condition, cell, otherwise[i]!));

/** Part number `at` of parts that lie one behind the other. */
export function partAt(cells: Cells, size: number, at: Term): Cells {
  if (at.known !== undefined) return cells.slice(at.known * size, (at.known + 1) * size);
  const count = cells.length / size;
  assert(count > 0, 'a part of something');
  let found = cells.slice((count - 1) * size);
  for (let i = count - 2; i >= 0; i--) found = chooseCells(compare('==', at, number(i)), cells.slice(i * size, (i + 1) * size), found) as Term[];
  return found;
}
