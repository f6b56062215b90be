// Values of the finite types, as plain data.
//
//   bool                boolean
//   range               the number
//   enum, ref, pid      number: index of the member, slot of the object, number of the process
//   nullable            null, or the value
//   record, map, seq    array: fields in order; values in the order of their keys' ordinals; elements
//   set                 array of its elements, in the order of their ordinals, each once
//
// Values are immutable: an update makes a new array.

import { assert, unreachable } from '../base/unreachable.js';
import { cardinality, type Type } from './type.js';

export type Value = boolean | number | null | readonly Value[];

/** A value as JSON shows it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** Structural equality; both values are of one type. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameValue(a[i] as Value, b[i] as Value)) return false;
  return true;
}

/** The parts of a record, map, set or sequence. */
export function partsOf(v: Value): readonly Value[] {
  assert(Array.isArray(v), 'a compound value is an array');
  return v as readonly Value[];
}

/** A member of the enum, slot of the pool, number. */
export function numberOf(v: Value): number {
  assert(typeof v === 'number', 'not a number');
  return v;
}

/**
 * The value's place among all values of its type, from 0. null comes first; records and maps count like numbers with one digit a
 * part, the first part being the highest; sets like binary numbers, in which the first element is the lowest bit; shorter sequences
 * come before longer ones. Exact below 2^53.
 */
export function ordinalOf(t: Type, v: Value): number {
  switch (t.kind) {
    case 'bool':
      return v === true ? 1 : 0;
    case 'range':
      return numberOf(v) - t.lo;
    case 'enum':
    case 'ref':
    case 'pid':
      return numberOf(v);
    case 'nullable':
      return v === null ? 0 : 1 + ordinalOf(t.of, v);
    case 'record':
      return partsOf(v).reduce<number>((sum, part, i) => sum * cardinality(t.fields[i]!.type) + ordinalOf(t.fields[i]!.type, part), 0);
    case 'map':
      return digits(t.value, partsOf(v));
    case 'set':
      return partsOf(v).reduce<number>((sum, element) => sum + 2 ** ordinalOf(t.of, element), 0);
    case 'seq':
      return shorterThan(t.of, partsOf(v).length) + digits(t.of, partsOf(v));
    default:
      return unreachable(t);
  }
}

/** The value with that ordinal. */
export function valueAt(t: Type, ordinal: number): Value {
  switch (t.kind) {
    case 'bool':
      return ordinal === 1;
    case 'range':
      return t.lo + ordinal;
    case 'enum':
    case 'ref':
    case 'pid':
      return ordinal;
    case 'nullable':
      return ordinal === 0 ? null : valueAt(t.of, ordinal - 1);
    case 'record':
      return fromDigits(t.fields.map((field) => field.type), ordinal);
    case 'map':
      return fromDigits(new Array<Type>(cardinality(t.key)).fill(t.value), ordinal);
    case 'set': {
      const elements: Value[] = [];
      for (let i = 0, rest = ordinal; rest > 0; i++, rest = Math.floor(rest / 2)) if (rest % 2 === 1) elements.push(valueAt(t.of, i));
      return elements;
    }
    case 'seq': {
      let length = 0;
      while (length < t.max && shorterThan(t.of, length + 1) <= ordinal) length++;
      return fromDigits(new Array<Type>(length).fill(t.of), ordinal - shorterThan(t.of, length));
    }
    default:
      return unreachable(t);
  }
}

/** Every value, in the order of their ordinals. For types with few values (the caller has looked at `cardinality`). */
export function valuesOf(t: Type): readonly Value[] {
  const count = cardinality(t);
  assert(count <= 2 ** 24, 'too many values to list');
  return Array.from({ length: count }, (_, ordinal) => valueAt(t, ordinal));
}

/** Negative when `a` comes before `b` in the order of ordinals, 0 when they are equal. For types of any size. */
export function compareValues(t: Type, a: Value, b: Value): number {
  if (a === b) return 0;
  switch (t.kind) {
    case 'bool':
    case 'range':
    case 'enum':
    case 'ref':
    case 'pid':
      return Number(a) - Number(b);
    case 'nullable':
      return a === null ? -1 : b === null ? 1 : compareValues(t.of, a, b);
    case 'record':
      return firstDifference(t.fields.map((field) => field.type), partsOf(a), partsOf(b));
    case 'map':
      return firstDifference(t.value, partsOf(a), partsOf(b));
    case 'set': {
      // The highest element that is in one of them only decides.
      const difference = firstDifference(t.of, [...partsOf(a)].reverse(), [...partsOf(b)].reverse());
      return difference === 0 ? partsOf(a).length - partsOf(b).length : difference;
    }
    case 'seq':
      return partsOf(a).length - partsOf(b).length || firstDifference(t.of, partsOf(a), partsOf(b));
    default:
      return unreachable(t);
  }
}

/** The elements as a set: in order, each once. */
export function setOf(element: Type, values: readonly Value[]): readonly Value[] {
  const sorted = [...values].sort((a, b) => compareValues(element, a, b));
  return sorted.filter((v, i) => i === 0 || !sameValue(v, sorted[i - 1]!));
}

/** The value is one of the type's (and well formed: sets in order, maps complete). */
export function hasType(t: Type, v: Value): boolean {
  switch (t.kind) {
    case 'bool':
      return typeof v === 'boolean';
    case 'range':
      return Number.isInteger(v) && t.lo <= (v as number) && (v as number) <= t.hi;
    case 'enum':
    case 'ref':
    case 'pid':
      return Number.isInteger(v) && 0 <= (v as number) && (v as number) < cardinality(t);
    case 'nullable':
      return v === null || hasType(t.of, v);
    case 'record':
      return Array.isArray(v) && v.length === t.fields.length && t.fields.every((field, i) => hasType(field.type, v[i] as Value));
    case 'map':
      return Array.isArray(v) && v.length === cardinality(t.key) && v.every((part: Value) => hasType(t.value, part));
    case 'set':
      return Array.isArray(v) && v.every((element: Value, i) => hasType(t.of, element) && (i === 0 || compareValues(t.of, v[i - 1] as Value, element) < 0));
    case 'seq':
      return Array.isArray(v) && v.length <= t.max && v.every((element: Value) => hasType(t.of, element));
    default:
      return unreachable(t);
  }
}

/**
 * What a local holds that was given no value: null, the first value, the least number, the empty set or sequence, records and maps of
 * such. A reference has none: null stands for it, although it is not of the type.
 */
export function defaultValue(t: Type): Value {
  switch (t.kind) {
    case 'bool':
      return false;
    case 'range':
      return t.lo;
    case 'enum':
    case 'pid':
      return 0;
    case 'ref':
    case 'nullable':
      return null;
    case 'record':
      return t.fields.map((field) => (field.initial === undefined ? defaultValue(field.type) : field.initial));
    case 'map':
      return new Array<Value>(cardinality(t.key)).fill(defaultValue(t.value));
    case 'set':
    case 'seq':
      return [];
    default:
      return unreachable(t);
  }
}

/** `cb#0` for slot 0 of `Cb`, `hr.queue#1` for slot 1 of `hr.Queue`. */
export function objectName(pool: string, slot: number): string {
  const name = pool.lastIndexOf('.') + 1;
  return `${pool.slice(0, name)}${pool.slice(name).toLowerCase()}#${slot}`;
}

/** The value as the user writes it: `READY`, `cb#0`, `{1, 2}`, `<<1>>`, `[0 -> x]`, `R { a: 1 }`. A null of any type is `null`. */
export function showValue(t: Type, v: Value): string {
  if (v === null) return 'null';
  switch (t.kind) {
    case 'bool':
    case 'range':
      return String(v);
    case 'enum':
    case 'ref':
    case 'pid':
      return String(toJson(t, v));
    case 'nullable':
      return showValue(t.of, v);
    case 'record':
      return `${t.name} { ${t.fields.map((field, i) => `${field.name}: ${showValue(field.type, partsOf(v)[i]!)}`).join(', ')} }`;
    case 'map':
      return `[${partsOf(v).map((part, i) => `${showValue(t.key, valueAt(t.key, i))} -> ${showValue(t.value, part)}`).join(', ')}]`;
    case 'set':
      return `{${partsOf(v).map((element) => showValue(t.of, element)).join(', ')}}`;
    case 'seq':
      return `<<${partsOf(v).map((element) => showValue(t.of, element)).join(', ')}>>`;
    default:
      return unreachable(t);
  }
}

/** The value as JSON: numbers, booleans and null as they are; enum members, objects and processes by name; a record an object; a map [key, value] pairs. */
export function toJson(t: Type, v: Value): Plain {
  if (v === null) return null;
  switch (t.kind) {
    case 'bool':
    case 'range':
      return v as boolean | number;
    case 'enum':
      return t.members[numberOf(v)] ?? `${t.name}#${String(v)}`;
    case 'ref':
      return objectName(t.pool, numberOf(v));
    case 'pid':
      return t.names[numberOf(v)] ?? `pid#${String(v)}`;
    case 'nullable':
      return toJson(t.of, v);
    case 'record':
      return Object.fromEntries(t.fields.map((field, i) => [field.name, toJson(field.type, partsOf(v)[i]!)]));
    case 'map':
      return partsOf(v).map((part, i) => [toJson(t.key, valueAt(t.key, i)), toJson(t.value, part)]);
    case 'set':
    case 'seq':
      return partsOf(v).map((element) => toJson(t.of, element));
    default:
      return unreachable(t);
  }
}

function digits(t: Type, parts: readonly Value[]): number {
  const base = cardinality(t);
  return parts.reduce<number>((sum, part) => sum * base + ordinalOf(t, part), 0);
}

function fromDigits(types: readonly Type[], ordinal: number): Value[] {
  const parts = new Array<Value>(types.length);
  let rest = ordinal;
  for (let i = types.length - 1; i >= 0; i--) {
    const base = cardinality(types[i]!);
    parts[i] = valueAt(types[i]!, rest % base);
    rest = Math.floor(rest / base);
  }
  return parts;
}

/** How many sequences have fewer than `length` elements. */
const shorterThan = (element: Type, length: number): number =>
  length === 0 ? 0 : cardinality({ kind: 'seq', of: element, max: length - 1 });

function firstDifference(types: Type | readonly Type[], a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = compareValues('kind' in types ? types : types[i]!, a[i]!, b[i]!);
    if (difference !== 0) return difference;
  }
  return 0;
}
