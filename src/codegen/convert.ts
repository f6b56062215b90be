// Values between their representations, and between types.

import { cardinality, isNothing, isScalar, isSubtype, sameType, type Type } from '../core/type.js';
import { hasType, valueAt, valuesOf, type Value } from '../core/value.js';
import { decode, encode, inMemory, insertBits, readBits, writeBits, type Located } from './access.js';
import type { Emitter } from './emitter.js';
import { numberFor, originOf, packedCell, packedWidth, packedWord, plainOf, reprOf, sameShape } from './representation.js';
import type { Scope, Unit } from './scope.js';

/** A value that is known when the code is made. */
export function literal(unit: Unit, t: Type, v: Value): string {
  switch (reprOf(t)) {
    case 'number':
      return String(numberFor(t, v, unit.nil));
    case 'packed':
      return String(packedWord(t, v));
    case 'boxed':
      return unit.constant(v);
  }
}

/** The ordinal of an element of a packed set. */
export function ordinalJs(unit: Unit, t: Type, js: string): string {
  if (plainOf(t) !== undefined) return encode(t, js, unit.nil);
  const table = new Array<number>(2 ** packedWidth(t)).fill(0);
  valuesOf(t).forEach((v, i) => (table[packedWord(t, v)] = i));
  return `${unit.constant(table)}[${js}]`;
}

/** The element of a packed set with that ordinal. */
export function elementJs(unit: Unit, t: Type, ordinal: string): string {
  if (plainOf(t) !== undefined) return decode(t, ordinal, unit.nil);
  return `${unit.constant(valuesOf(t).map((v) => packedWord(t, v)))}[${ordinal}]`;
}

/** As the interpreter's Value. */
export function boxed(unit: Unit, t: Type, js: string): string {
  switch (reprOf(t)) {
    case 'number': {
      const plain = plainOf(t)!.kind === 'bool' ? `(${js} !== 0)` : js;
      return t.kind === 'nullable' || plainOf(t)!.kind === 'ref' ? `(${js} === ${unit.nil} ? null : ${plain})` : plain;
    }
    case 'packed':
      return `rt.unpack(${unit.constant(packedCell(t))}, ${js})`;
    case 'boxed':
      return js;
  }
}

export function unboxed(unit: Unit, t: Type, js: string): string {
  switch (reprOf(t)) {
    case 'number':
      return `rt.num(${js}, ${unit.nil})`;
    case 'packed':
      return `rt.pack(${unit.constant(packedCell(t))}, ${js})`;
    case 'boxed':
      return js;
  }
}

/** A value of one type as one of another, to which it belongs. */
export function coerce(unit: Unit, from: Type, to: Type, js: string): string {
  if (from === to || sameType(from, to)) return js;
  if (reprOf(from) === 'number' && reprOf(to) === 'number') return js;
  if (from.kind === 'nullable' && isNothing(from.of)) return literal(unit, to, null);
  if ((from.kind === 'set' || from.kind === 'seq') && isNothing(from.of) && to.kind !== 'nullable') return literal(unit, to, []);
  if (reprOf(from) === 'boxed' && reprOf(to) === 'boxed') return js;
  if (reprOf(from) === 'packed' && reprOf(to) === 'packed') {
    if (sameShape(packedCell(from), packedCell(to))) return js;
    if (from.kind === 'set' && to.kind === 'set') {
      const by = ordinalShift(from.of, to.of);
      if (by !== undefined) return by === 0 ? js : by > 0 ? `(${js} << ${by})` : `(${js} >>> ${-by})`;
    }
  }
  return unboxed(unit, to, boxed(unit, from, js));
}

/** How much higher the ordinals of values that belong to both plain types are in the second; undefined when it is not the same for all. */
function ordinalShift(from: Type, to: Type): number | undefined {
  if (from.kind === 'range' && to.kind === 'range') return from.lo - to.lo;
  // Ordinals of compound values count what their parts can be: those of {1} differ in `set of 0..1` and `set of 1..1`.
  return from.kind === to.kind && from.kind !== 'nullable' && isScalar(from) ? 0 : undefined;
}

/**
 * The checked conversion of the language: null where a value is needed, numbers out of range, at any depth. What the types alone rule out
 * is not checked.
 */
export function checked(scope: Scope, from: Type, to: Type, js: string, em: Emitter): string {
  const { unit } = scope;
  if (isSubtype(from, to)) return coerce(unit, from, to, js);
  if (reprOf(from) === 'number') {
    const name = em.hold(js);
    checkPlain(scope, from, to, name, em);
    return name;
  }
  if (from.kind === 'set' && to.kind === 'set' && reprOf(from) === 'packed' && from.of.kind === 'range') {
    const name = em.hold(js);
    em.leave(`(${name} & ~${String(fitting(from.of, to.of))}) !== 0`, scope.fail('out_of_range'));
    return coerce(unit, from, to, name);
  }
  const value = em.hold(boxed(unit, from, js));
  const found = em.hold(`rt.misfitOf(${unit.constant(to)}, ${value})`);
  const errors = ['null_dereference', 'out_of_range', 'full_sequence'];
  for (const error of errors) em.leave(`${found} === '${error}'`, scope.fail(error));
  return unboxed(unit, to, value);
}

function checkPlain(scope: Scope, from: Type, to: Type, name: string, em: Emitter): void {
  const { nil } = scope.unit;
  const [source, target] = [plainOf(from)!, plainOf(to)!];
  if (from.kind === 'nullable' && to.kind !== 'nullable') em.leave(`${name} === ${nil}`, scope.fail('null_dereference'));
  if (source.kind !== 'range' || target.kind !== 'range' || isWithin(name, target.lo, target.hi)) return;
  const misses = [...(source.lo < target.lo ? [`${name} < ${target.lo}`] : []), ...(source.hi > target.hi ? [`${name} > ${target.hi}`] : [])];
  if (misses.length === 0) return;
  const isMiss = misses.join(' || ');
  const notNull = from.kind === 'nullable' && to.kind === 'nullable' && nil < target.lo ? `${name} !== ${nil} && (${isMiss})` : isMiss;
  em.leave(notNull, scope.fail('out_of_range'));
}

/** The text is a number of the range. */
const isWithin = (js: string, lo: number, hi: number): boolean => /^-?\d+$/.test(js) && Number(js) >= lo && Number(js) <= hi;

/** The elements of one type that belong to another, one bit each. */
function fitting(from: Type, to: Type): number {
  let mask = 0;
  for (let i = 0; i < cardinality(from); i++) if (hasType(to, valueAt(from, i))) mask |= 1 << i;
  return mask;
}

// ---- whole values in cells ----------------------------------------------------------------------------------------------

/** The value that a cell holds, which is one of `t`. */
export function readCellJs(unit: Unit, located: Located, t: Type): string {
  const { cell } = located;
  if (reprOf(t) === 'number') {
    if (cell.kind !== 'scalar') throw new Error('internal error: a plain value in a compound cell');
    return decode(cell.type, readBits(located, cell.bits), unit.nil);
  }
  if (reprOf(t) === 'packed' && sameShape(cell, packedCell(t))) return readWord(located, packedWidth(t));
  return unboxed(unit, t, readBoxed(unit, located));
}

function readWord(located: Located, width: number): string {
  const raw = readBits(located, { ...originOf(located.cell), width });
  return width === 32 ? `(${raw} | 0)` : raw;
}

function readBoxed(unit: Unit, { source, cell, words, shift }: Located): string {
  const up = distanceJs(shift.known, shift.js);
  if (source.kind === 'word') return `rt.readWord(${source.js}, ${unit.constant(cell)}, ${up})`;
  const { array, at } = inMemory(source);
  return `rt.read(${array}, ${unit.constant(cell)}, ${distanceJs(words.known, words.js, at)}, ${up})`;
}

const distanceJs = (known: number, ...js: (string | undefined)[]): string => [...js.filter((j) => j !== undefined), ...(known === 0 ? [] : [String(known)])].join(' + ') || '0';

/** A statement that stores a value of `t` in a cell in memory. */
export function writeCellJs(unit: Unit, located: Located, t: Type, js: string): string | undefined {
  const { cell, source, words, shift } = located;
  if (source.kind === 'word') throw new Error('internal error: a packed value is not written in place');
  if (cell.kind === 'scalar') return writeBits(located, cell.bits, encode(cell.type, js, unit.nil));
  if (reprOf(t) === 'packed' && sameShape(cell, packedCell(t))) return writeBits(located, { ...originOf(cell), width: packedWidth(t) }, js);
  const { array, at } = inMemory(source);
  const address = distanceJs(words.known, words.js, at);
  return `rt.store(${array}, ${unit.constant(cell)}, ${address}, ${distanceJs(shift.known, shift.js)}, ${boxed(unit, t, js)});`;
}

/** The packed word with a part replaced by a value of `t`. */
export function insertJs(unit: Unit, located: Located, t: Type, js: string): string {
  const { cell, source, shift } = located;
  if (source.kind !== 'word') throw new Error('internal error: only packed values are rebuilt');
  if (cell.kind === 'scalar') return insertBits(located, cell.bits, encode(cell.type, js, unit.nil));
  if (reprOf(t) === 'packed' && sameShape(cell, packedCell(t))) return insertBits(located, { ...originOf(cell), width: packedWidth(t) }, js);
  return `rt.insert(${source.js}, ${unit.constant(cell)}, ${distanceJs(shift.known, shift.js)}, ${boxed(unit, t, js)})`;
}

