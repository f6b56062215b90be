// Reading variables, fields and parts of values as JavaScript, and the checks on the way to them: an object is alive, an index is a key.

import { assert, unreachable } from '../base/unreachable.js';
import type { Expr, Pool, Variable } from '../core/expr.js';
import { isSubtype, type Type } from '../core/type.js';
import { elementOf, encode, NOWHERE, readBits, type Located } from './access.js';
import { boxed, insertJs, readCellJs, unboxed } from './convert.js';
import type { Emitter } from './emitter.js';
import { valueJs } from './expression.js';
import { packedCell, plainOf, reprOf } from './representation.js';
import type { Scope } from './scope.js';

export function mapType(t: Type): Type & { readonly kind: 'map' } {
  assert(t.kind === 'map', 'only maps are indexed');
  return t;
}

export function fieldType(t: Type, field: number): Type {
  assert(t.kind === 'record', 'only records have fields');
  return t.fields[field]!.type;
}

/** Where in the state the value lies, if it lies there whole; checks the way to it. */
export function locate(e: Expr, s: Scope, em: Emitter): Located | undefined {
  const { layout, index } = s.unit;
  switch (e.op) {
    case 'var': {
      const home = index.home(e.variable);
      return home.kind === 'shared' ? { source: s.source, cell: layout.variables[home.index]!, words: NOWHERE, shift: NOWHERE } : undefined;
    }
    case 'load': {
      const home = index.home(e.variable);
      assert(home.kind === 'field', `${e.variable.name} is a field`);
      return elementOf({ source: s.source, words: NOWHERE, shift: NOWHERE }, layout.pools[home.pool]!.fields[home.index]!, slotJs(e.variable, e.ref, s, em));
    }
    case 'index': {
      const map = locate(e.map, s, em);
      return map && partOf(map, keyJs(mapType(e.map.type).key, e.index, s, em));
    }
    case 'field': {
      const record = locate(e.record, s, em);
      return record && partOf(record, String(e.field));
    }
    default:
      return undefined;
  }
}

/** A key's ordinal or a field's number leads into a map or record. */
export function partOf(located: Located, part: string): Located {
  const { cell } = located;
  if (cell.kind === 'map') return elementOf(located, cell.elements, part);
  assert(cell.kind === 'record', 'only maps and records have such parts');
  return { ...located, cell: cell.fields[Number(part)]! };
}

export function readJs(e: Expr & { readonly op: 'var' | 'load' | 'index' | 'field' }, s: Scope, em: Emitter): string {
  const located = locate(e, s, em);
  if (located !== undefined) return readCellJs(s.unit, located, e.type);
  switch (e.op) {
    case 'var': {
      const local = s.own?.locals.get(e.variable);
      assert(local !== undefined, `${e.variable.name} is a local of the process that runs`);
      return local;
    }
    case 'index': {
      const map = em.hold(valueJs(e.map, s, em));
      return readPart(e.map.type, map, keyJs(mapType(e.map.type).key, e.index, s, em), e.type, s);
    }
    case 'field':
      return readPart(e.record.type, em.hold(valueJs(e.record, s, em)), String(e.field), e.type, s);
    case 'load':
      throw new Error('internal error: a field lies in the state');
    default:
      return unreachable(e);
  }
}

/** A part of a value at hand. */
export function readPart(whole: Type, js: string, part: string, t: Type, { unit }: Scope): string {
  if (reprOf(whole) === 'boxed') return unboxed(unit, t, `${js}[${part}]`);
  return readCellJs(unit, partOf({ source: { kind: 'word', js }, cell: packedCell(whole), words: NOWHERE, shift: NOWHERE }, part), t);
}

/** A value at hand with one part replaced by a value of the part's type. */
export function withPart(whole: Type, js: string, part: string, value: string, { unit }: Scope, em: Emitter): string {
  const t = whole.kind === 'map' ? whole.value : fieldType(whole, Number(part));
  if (reprOf(whole) === 'boxed') return `rt.replace(${js}, ${part}, ${boxed(unit, t, value)})`;
  return insertJs(unit, partOf({ source: { kind: 'word', js }, cell: packedCell(whole), words: NOWHERE, shift: NOWHERE }, part), t, em.hold(value));
}

// ---- objects and indices ---------------------------------------------------------------------------------------------

/** 1 while the slot holds a live object. The slot is a number or a name, and a slot of the pool. */
export function aliveJs(pool: Pool, slot: string, s: Scope): string {
  const { alive } = s.unit.layout.pools[s.unit.index.pool(pool)]!;
  const element = elementOf({ source: s.source, words: NOWHERE, shift: NOWHERE }, alive, slot);
  assert(element.cell.kind === 'scalar', 'one bit a slot');
  return readBits(element, element.cell.bits);
}

/** The slot of a live object that `ref` refers to. */
export function slotJs(field: Variable, ref: Expr, s: Scope, em: Emitter): string {
  return liveSlotJs(field.pool!, ref, 'use_after_free', s, em);
}

export function liveSlotJs(pool: Pool, ref: Expr, error: 'use_after_free' | 'double_free', s: Scope, em: Emitter): string {
  const slot = em.hold(valueJs(ref, s, em));
  // In a property a local of a pool type may be looked at before it has a value.
  if (ref.type.kind === 'nullable' || s.own === undefined) em.leave(`${slot} === ${s.unit.nil}`, s.fail('null_dereference'));
  em.leave(`${aliveJs(pool, slot, s)} === 0`, s.fail(`${pool.name}.${error}`));
  return slot;
}

/** The ordinal of an index among the keys of a map. */
export function keyJs(key: Type, index: Expr, s: Scope, em: Emitter): string {
  const js = valueJs(index, s, em);
  if (plainOf(key) === undefined || plainOf(index.type) === undefined) {
    const value = em.hold(boxed(s.unit, index.type, em.hold(js)));
    const ordinal = em.hold(`rt.keyOrdinal(${s.unit.constant(key)}, ${value})`);
    if (index.type.kind === 'nullable') em.line(`if (${ordinal} < 0 && ${value} === null) ${s.fail('null_dereference')}`);
    em.line(`if (${ordinal} < 0) ${s.fail('bad_index')}`);
    return ordinal;
  }
  const name = em.hold(js);
  if (!isSubtype(index.type, key)) {
    if (index.type.kind === 'nullable' && key.kind !== 'nullable') em.leave(`${name} === ${s.unit.nil}`, s.fail('null_dereference'));
    const [from, to] = [plainOf(index.type)!, plainOf(key)!];
    if (from.kind === 'range' && to.kind === 'range') {
      const misses = [...(from.lo < to.lo ? [`${name} < ${to.lo}`] : []), ...(from.hi > to.hi ? [`${name} > ${to.hi}`] : [])].join(' || ');
      const nullFits = index.type.kind === 'nullable' && key.kind === 'nullable';
      if (misses !== '') em.leave(nullFits ? `${name} !== ${s.unit.nil} && (${misses})` : misses, s.fail('bad_index'));
    }
  }
  return em.hold(encode(key, name, s.unit.nil));
}
