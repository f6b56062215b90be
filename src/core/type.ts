// The finite types of the language, after every constant has a value. Two types are the same when `sameType` says so;
// named types carry a name that is unique in the program (instances of a module have names of their own).

import { unreachable } from '../base/unreachable.js';
import type { Value } from './value.js';

/** Every type is finite: `cardinality` counts its values and `bitsOf` says how many bits hold one. */
export type Type =
  | BoolType
  | RangeType
  | EnumType
  | RecordType
  | RefType
  | PidType
  | NullableType
  | MapType
  | SetType
  | SeqType;

export interface BoolType {
  readonly kind: 'bool';
}
/** Integers from lo to hi, both included. Also the type of an integer expression: the interval its value lies in. */
export interface RangeType {
  readonly kind: 'range';
  readonly lo: number;
  readonly hi: number;
}
export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly members: readonly string[];
}
export interface RecordType {
  readonly kind: 'record';
  readonly name: string;
  /** `initial`: the default that the declaration gives the field. */
  readonly fields: readonly { readonly name: string; readonly type: Type; readonly initial?: Value }[];
}
/** A reference to an object of a pool: the slot number 0 … size-1. */
export interface RefType {
  readonly kind: 'ref';
  readonly pool: string;
  readonly size: number;
}
/** A process instance: its number in the program. `names` is filled once the processes are known ("task[0]", …). */
export interface PidType {
  readonly kind: 'pid';
  readonly names: readonly string[];
}
/** `of` or null. Never nested. The type of a bare `null` is nullable of a range without values (`nothing`). */
export interface NullableType {
  readonly kind: 'nullable';
  readonly of: Type;
}
export interface MapType {
  readonly kind: 'map';
  readonly key: Type;
  readonly value: Type;
}
export interface SetType {
  readonly kind: 'set';
  readonly of: Type;
}
export interface SeqType {
  readonly kind: 'seq';
  readonly of: Type;
  readonly max: number;
}

export const bool: BoolType = { kind: 'bool' };
export const range = (lo: number, hi: number): RangeType => ({ kind: 'range', lo, hi });
export const nullable = (of: Type): NullableType => (of.kind === 'nullable' ? of : { kind: 'nullable', of });
/** The empty range: the element type of `{}` and `<<>>`, and what `null` is nullable of. */
export const nothing: RangeType = range(1, 0);
export const isNothing = (t: Type): boolean => t.kind === 'range' && t.lo > t.hi;

/** The same values under the same name. Enums, records and references are the same by name. */
export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'bool':
    case 'pid':
      return a.kind === b.kind;
    case 'range':
      return b.kind === 'range' && ((a.lo === b.lo && a.hi === b.hi) || (isNothing(a) && isNothing(b)));
    case 'enum':
    case 'record':
      return b.kind === a.kind && a.name === b.name;
    case 'ref':
      return b.kind === 'ref' && a.pool === b.pool;
    case 'nullable':
    case 'set':
      return b.kind === a.kind && sameType(a.of, b.of);
    case 'map':
      return b.kind === 'map' && sameType(a.key, b.key) && sameType(a.value, b.value);
    case 'seq':
      return b.kind === 'seq' && a.max === b.max && sameType(a.of, b.of);
    default:
      return unreachable(a);
  }
}

/** Every value of `a` is a value of `b`, so that storing it needs no check. */
export function isSubtype(a: Type, b: Type): boolean {
  if (isNothing(a)) return true;
  if (b.kind === 'nullable') return isSubtype(a.kind === 'nullable' ? a.of : a, b.of);
  switch (a.kind) {
    case 'range':
      return b.kind === 'range' && b.lo <= a.lo && a.hi <= b.hi;
    case 'set':
      return b.kind === 'set' && isSubtype(a.of, b.of);
    case 'seq':
      return b.kind === 'seq' && a.max <= b.max && isSubtype(a.of, b.of);
    case 'map':
      return b.kind === 'map' && sameType(a.key, b.key) && isSubtype(a.value, b.value);
    case 'nullable':
      return false;
    default:
      return sameType(a, b);
  }
}

/**
 * Some value belongs to both, so that a comparison can be true and a checked store can succeed. Types that have no `join` never
 * overlap, although `set of E` and `set of 0..3` share the empty set: to compare those is a mistake.
 */
export function overlaps(a: Type, b: Type): boolean {
  if (join(a, b) === undefined) return false;
  if (a.kind === 'nullable' && b.kind === 'nullable') return true;
  if (a.kind === 'nullable') return overlaps(a.of, b);
  if (b.kind === 'nullable') return overlaps(a, b.of);
  if (isNothing(a) || isNothing(b)) return false;
  if (a.kind === 'range' && b.kind === 'range') return a.lo <= b.hi && b.lo <= a.hi;
  if (a.kind === 'map' && b.kind === 'map') return overlaps(a.value, b.value);
  return true;
}

/** The smallest type that holds every value of both (of two ranges: their hull); undefined when there is none. */
export function join(a: Type, b: Type): Type | undefined {
  if (isNothing(a)) return b;
  if (isNothing(b)) return a;
  if (a.kind === 'nullable' || b.kind === 'nullable') {
    const of = join(a.kind === 'nullable' ? a.of : a, b.kind === 'nullable' ? b.of : b);
    return of && nullable(of);
  }
  if (a.kind === 'range' && b.kind === 'range') return range(Math.min(a.lo, b.lo), Math.max(a.hi, b.hi));
  if (a.kind === 'set' && b.kind === 'set') {
    const of = join(a.of, b.of);
    return of && { kind: 'set', of };
  }
  if (a.kind === 'seq' && b.kind === 'seq') {
    const of = join(a.of, b.of);
    return of && { kind: 'seq', of, max: Math.max(a.max, b.max) };
  }
  if (a.kind === 'map' && b.kind === 'map' && sameType(a.key, b.key)) {
    const value = join(a.value, b.value);
    return value && { kind: 'map', key: a.key, value };
  }
  return sameType(a, b) ? a : undefined;
}

/** How many values there are; Infinity when that leaves the range of a number (some 10^308). Exact below 2^53. */
export function cardinality(t: Type): number {
  switch (t.kind) {
    case 'bool':
      return 2;
    case 'range':
      return Math.max(0, t.hi - t.lo + 1);
    case 'enum':
      return t.members.length;
    case 'ref':
      return t.size;
    case 'pid':
      return t.names.length;
    case 'nullable':
      return cardinality(t.of) + 1;
    case 'record':
      return t.fields.reduce((product, field) => times(product, cardinality(field.type)), 1);
    case 'map':
      return power(cardinality(t.value), cardinality(t.key));
    case 'set':
      return power(2, cardinality(t.of));
    case 'seq':
      return sequences(cardinality(t.of), t.max);
    default:
      return unreachable(t);
  }
}

/** Bits that hold one of `count` different values: 0 for one (or none), 1 for two. */
export function bitsFor(count: number): number {
  let bits = 0;
  for (let values = 1; values < count; values *= 2) bits++;
  return bits;
}

/** Plain values are encoded by their ordinal; the others part by part. */
export const isScalar = (t: Type): boolean => elementTypes(t).length === 0;

/**
 * Bits that the state spends on a value: an ordinal for a plain value (also when it is nullable: null is 0); a bit for null or not
 * before a nullable record, map, set or sequence; records and maps part by part; a bit for each possible element of a set; the length
 * of a sequence and all its elements.
 */
export function bitsOf(t: Type): number {
  switch (t.kind) {
    case 'bool':
    case 'range':
    case 'enum':
    case 'ref':
    case 'pid':
      return bitsFor(cardinality(t));
    case 'nullable':
      return isScalar(t.of) ? bitsFor(cardinality(t)) : 1 + bitsOf(t.of);
    case 'record':
      return t.fields.reduce((sum, field) => sum + bitsOf(field.type), 0);
    case 'map':
      return times(cardinality(t.key), bitsOf(t.value));
    case 'set':
      return cardinality(t.of);
    case 'seq':
      return bitsFor(t.max + 1) + t.max * bitsOf(t.of);
    default:
      return unreachable(t);
  }
}

/** The type as the user would write it. The type of a bare `null` shows as `null`, that of `{}` and `<<>>` as themselves. */
export function showType(t: Type): string {
  switch (t.kind) {
    case 'bool':
    case 'pid':
      return t.kind;
    case 'range':
      return isNothing(t) ? 'nothing' : `${t.lo}..${t.hi}`;
    case 'enum':
    case 'record':
      return t.name;
    case 'ref':
      return t.pool;
    case 'nullable':
      if (isNothing(t.of)) return 'null';
      return t.of.kind === 'set' || t.of.kind === 'seq' ? `(${showType(t.of)})?` : `${showType(t.of)}?`;
    case 'map':
      return `[${showType(t.key)} -> ${showType(t.value)}]`;
    case 'set':
      return isNothing(t.of) ? '{}' : `set of ${showType(t.of)}`;
    case 'seq':
      return isNothing(t.of) ? '<<>>' : `seq of ${showType(t.of)} max ${t.max}`;
    default:
      return unreachable(t);
  }
}

/** The types of the values that lie within a value: fields, elements, a map's keys and values. None for a plain value. */
export function elementTypes(t: Type): readonly Type[] {
  switch (t.kind) {
    case 'bool':
    case 'range':
    case 'enum':
    case 'ref':
    case 'pid':
      return [];
    case 'nullable':
    case 'set':
    case 'seq':
      return [t.of];
    case 'record':
      return t.fields.map((field) => field.type);
    case 'map':
      return [t.key, t.value];
    default:
      return unreachable(t);
  }
}

/** A value of the type may hold a reference to an object (of the named pool). Keys of maps hold none. */
export function mentionsPool(t: Type, pool?: string): boolean {
  let any = mentioning.get(t);
  if (any === undefined) mentioning.set(t, (any = findPool(t)));
  return any && (pool === undefined || findPool(t, pool));
}

/** Whether a type mentions any pool: most mention none, and are asked again and again. */
const mentioning = new WeakMap<Type, boolean>();

function findPool(t: Type, pool?: string): boolean {
  if (t.kind === 'ref') return pool === undefined || t.pool === pool;
  if (t.kind === 'map') return mentionsPool(t.value, pool);
  return elementTypes(t).some((part) => mentionsPool(part, pool));
}

/** A product in which nothing times anything is nothing, however many there are. */
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);
const power = (base: number, exponent: number): number => (base === 1 ? 1 : base ** exponent);

/** Sequences of 0 to `max` elements, each one of `count` values. */
function sequences(count: number, max: number): number {
  if (count === 0) return 1;
  if (count === 1) return max + 1;
  let sum = 1;
  for (let length = 1, longest = 1; length <= max && sum < Infinity; length++) sum += longest *= count;
  return sum;
}
