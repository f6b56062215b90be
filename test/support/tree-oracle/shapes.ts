// Types with their constants worked out, and what it means to store a value in one.

import { unreachable } from '../../../src/base/unreachable.js';
import { erred, skip } from './outcomes.js';
import { as, elementsOf, inOrder, number, sequenceOf, setOf, type Member, type Value } from './values.js';

export interface FieldShape {
  readonly name: string;
  readonly shape: Shape;
  readonly initial: Value;
}
export type Shape =
  | { readonly kind: 'bool' }
  | { readonly kind: 'pid'; readonly names: () => readonly string[] }
  | { readonly kind: 'ref'; readonly pool: string }
  | { readonly kind: 'range'; readonly lo: number; readonly hi: number }
  | { readonly kind: 'enum'; readonly members: readonly Member[] }
  | { readonly kind: 'record'; readonly fields: readonly FieldShape[] }
  | { readonly kind: 'nullable'; readonly of: Shape }
  | { readonly kind: 'map'; readonly key: Shape; readonly value: Shape }
  | { readonly kind: 'set'; readonly of: Shape }
  | { readonly kind: 'sequence'; readonly of: Shape; readonly max: number };

/** Every value, in order; for the small types that quantifiers and keys range over. */
export function valuesOf(s: Shape): readonly Value[] {
  switch (s.kind) {
    case 'bool':
      return [false, true];
    case 'range':
      return Array.from({ length: s.hi - s.lo + 1 }, (_, i) => s.lo + i);
    case 'enum':
      return s.members;
    case 'pid':
      return s.names().map((name) => ({ kind: 'process', name }));
    case 'nullable':
      return [null, ...valuesOf(s.of)];
    case 'ref':
    case 'record':
    case 'map':
    case 'set':
    case 'sequence':
      return skip(`all values of a ${s.kind}`);
    default:
      return unreachable(s);
  }
}

/** What a variable without an initial value holds. */
export function defaultOf(s: Shape): Value {
  switch (s.kind) {
    case 'bool':
    case 'range':
    case 'enum':
    case 'pid':
      return valuesOf(s)[0]!;
    case 'nullable':
    case 'ref':
      return null;
    case 'record':
      return { kind: 'record', fields: Object.fromEntries(s.fields.map((f) => [f.name, f.initial])) };
    case 'map':
      return { kind: 'map', entries: valuesOf(s.key).map((key) => [key, defaultOf(s.value)]) };
    case 'set':
      return setOf([]);
    case 'sequence':
      return sequenceOf([]);
    default:
      return unreachable(s);
  }
}

/** The value as the type holds it; errs where it does not fit. */
export function fit(v: Value, s: Shape): Value {
  if (s.kind === 'nullable') return v === null ? null : fit(v, s.of);
  if (v === null) return erred('null_dereference');
  switch (s.kind) {
    case 'bool':
    case 'enum':
    case 'pid':
    case 'ref':
      return v;
    case 'range':
      return number(v) < s.lo || number(v) > s.hi ? erred('out_of_range') : v;
    case 'record':
      return { kind: 'record', fields: Object.fromEntries(s.fields.map((f) => [f.name, fit(as('record', v).fields[f.name]!, f.shape)])) };
    case 'map':
      return { kind: 'map', entries: as('map', v).entries.map(([key, value]) => [key, fit(value, s.value)]) };
    case 'set':
      return setOf(elementsOf(v).map((e) => fit(e, s.of)));
    case 'sequence':
      return elementsOf(v).length > s.max ? erred('full_sequence') : sequenceOf(elementsOf(v).map((e) => fit(e, s.of)));
    default:
      return unreachable(s);
  }
}

/** An initial value: a map may be given the value of all its entries. */
export function fill(v: Value, s: Shape): Value {
  if (s.kind !== 'map' || (v !== null && typeof v === 'object' && v.kind === 'map')) return fit(v, s);
  return { kind: 'map', entries: inOrder(valuesOf(s.key)).map((key) => [key, fill(v, s.value)]) };
}
