// Records, sequences and maps as JavaScript, from their parts.

import { assert } from '../base/unreachable.js';
import type { Expr } from '../core/expr.js';
import type { Type } from '../core/type.js';
import { valuesOf } from '../core/value.js';
import { elementOf, NOWHERE, type Located } from './access.js';
import { boxed, insertJs, literal, unboxed } from './convert.js';
import type { Emitter } from './emitter.js';
import { typedJs } from './expression.js';
import { fieldType, mapType, partOf } from './read.js';
import { packedCell, reprOf } from './representation.js';
import { withBound, type Scope } from './scope.js';

export function partsJs(e: Expr & { readonly op: 'record' | 'seq' }, s: Scope, em: Emitter): string {
  const { unit } = s;
  const parts = e.op === 'record' ? e.fields : e.elements;
  const partType = (i: number): Type => (e.op === 'record' ? fieldType(e.type, i) : elementType(e.type));
  const values = parts.map((part, i) => typedJs(part, partType(i), s, em));
  if (reprOf(e.type) === 'boxed') return `[${values.map((v, i) => boxed(unit, partType(i), em.hold(v))).join(', ')}]`;
  const cell = packedCell(e.type);
  let word = '0';
  values.forEach((value, i) => {
    const whole: Located = { source: { kind: 'word', js: word }, cell, words: NOWHERE, shift: NOWHERE };
    const part = cell.kind === 'seq' ? elementOf(whole, cell.elements, String(i)) : partOf(whole, String(i));
    word = insertJs(unit, part, partType(i), value);
  });
  if (cell.kind !== 'seq') return word;
  return insertJs(unit, { source: { kind: 'word', js: word }, cell: { kind: 'scalar', type: { kind: 'range', lo: 0, hi: 2 ** cell.length.width - 1 }, bits: cell.length }, words: NOWHERE, shift: NOWHERE }, { kind: 'range', lo: 0, hi: parts.length }, String(parts.length));
}

export function elementType(t: Type): Type {
  assert(t.kind === 'set' || t.kind === 'seq', 'a set or a sequence');
  return t.of;
}

export function mapJs(e: Expr & { readonly op: 'map' }, s: Scope, em: Emitter): string {
  const { key, value } = mapType(e.type);
  const { unit } = s;
  const keys = valuesOf(key);
  if (reprOf(e.type) === 'boxed') {
    const [list, k] = [em.fresh('m'), em.fresh('key')];
    const inner = em.child();
    const js = inner.hold(typedJs(e.body, value, withBound(s, e.bound, inner.hold(unboxed(unit, e.bound.type, k))), inner));
    inner.line(`${list}.push(${boxed(unit, value, js)});`);
    em.line(`const ${list} = [];`);
    em.block(`for (const ${k} of ${unit.constant(keys)})`, inner);
    return list;
  }
  let word = '0';
  keys.forEach((k, i) => {
    const js = em.hold(typedJs(e.body, value, withBound(s, e.bound, literal(unit, e.bound.type, k)), em));
    const whole: Located = { source: { kind: 'word', js: word }, cell: packedCell(e.type), words: NOWHERE, shift: NOWHERE };
    word = em.hold(insertJs(unit, partOf(whole, String(i)), value, js));
  });
  return word;
}
