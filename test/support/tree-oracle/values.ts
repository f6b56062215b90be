// Values with their names and keys in them, unlike those of src/core, so that no order of members, slots or fields is taken over from there.
// A value is immutable and its JSON is its identity: sets are kept in one order, records in that of their declaration.

import { erred } from './outcomes.js';

export interface ObjectRef {
  readonly kind: 'object';
  readonly pool: string;
  readonly slot: number;
}
export interface ProcessName {
  readonly kind: 'process';
  readonly name: string;
}
export interface Member {
  readonly kind: 'member';
  readonly name: string;
  readonly index: number;
}
export interface Elements {
  readonly kind: 'set' | 'sequence';
  readonly elements: readonly Value[];
}
export interface MapValue {
  readonly kind: 'map';
  readonly entries: readonly (readonly [key: Value, value: Value])[];
}
export interface RecordValue {
  readonly kind: 'record';
  readonly fields: Readonly<Record<string, Value>>;
}
export type Compound = ObjectRef | ProcessName | Member | Elements | MapValue | RecordValue;
export type Value = null | boolean | number | Compound;

export const identity = (v: unknown): string => JSON.stringify(v);
export const same = (a: Value, b: Value): boolean => a === b || identity(a) === identity(b);

/** The value as one of that kind; null is an error of the spec, anything else would be one of type checking. */
export function as<K extends Compound['kind']>(kind: K, v: Value): Extract<Compound, { readonly kind: K }>;
export function as(kind: Compound['kind'], v: Value): Compound {
  if (v === null) erred('null_dereference');
  if (typeof v !== 'object' || v.kind !== kind) throw new Error(`not a ${kind}: ${identity(v)}`);
  return v;
}
export const elementsOf = (v: Value): readonly Value[] => (v !== null && typeof v === 'object' && v.kind === 'sequence' ? v : (as('set', v) as Elements)).elements;
export const setOf = (elements: readonly Value[]): Elements => {
  const distinct = new Map(elements.map((e) => [identity(e), e]));
  return { kind: 'set', elements: [...distinct.keys()].sort().map((key) => distinct.get(key)!) };
};
export const sequenceOf = (elements: readonly Value[]): Elements => ({ kind: 'sequence', elements });
export const has = (set: Value, v: Value): boolean => elementsOf(set).some((e) => same(e, v));

export function truth(v: Value): boolean {
  if (v === null) erred('null_dereference');
  return v === true;
}
export function number(v: Value): number {
  if (v === null) erred('null_dereference');
  if (typeof v !== 'number') throw new Error(`not a number: ${identity(v)}`);
  return v;
}

/** As the keys of a map stand: null, then by number, by place in the enum, by slot. */
export function inOrder(values: readonly Value[]): readonly Value[] {
  const rank = (v: Value): number => (v === null ? -Infinity : typeof v === 'object' ? ('index' in v ? v.index : 'slot' in v ? v.slot : 0) : Number(v));
  return [...values].sort((a, b) => rank(a) - rank(b));
}

export function entryOf(map: Value, key: Value): Value {
  const found = as('map', map).entries.find(([k]) => same(k, key));
  return found === undefined ? erred(key === null ? 'null_dereference' : 'bad_index') : found[1];
}
export const withEntry = (map: MapValue, key: Value, value: Value): MapValue => ({ kind: 'map', entries: map.entries.map(([k, v]) => [k, same(k, key) ? value : v]) });
export const fieldOf = (record: Value, field: string): Value => as('record', record).fields[field]!;
export const withField = (record: RecordValue, field: string, value: Value): RecordValue => ({ kind: 'record', fields: { ...record.fields, [field]: value } });

/** `1`, `RED`, `obj#0`: as it stands between the brackets of a process's name. */
export const inBrackets = (v: Value): string =>
  v !== null && typeof v === 'object' ? (v.kind === 'member' ? v.name : v.kind === 'object' ? `${v.pool.toLowerCase()}#${v.slot}` : identity(v)) : String(v);
