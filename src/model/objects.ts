// Who refers to which object: which freed slot may be used again, what ghosts forget when it is, and which live objects are lost.

import { unreachable } from '../base/unreachable.js';
import type { Pool, Variable } from '../core/expr.js';
import { mentionsPool, type Type } from '../core/type.js';
import { numberOf, partsOf, type Value } from '../core/value.js';
import type { Index, State } from './state.js';

/** A value that holds references, with its type. */
type Holder = readonly [Type, Value];

/** Calls `visit` for every reference in a value. */
export function visitReferences(t: Type, v: Value, visit: (pool: string, slot: number) => void): void {
  if (v === null || !mentionsPool(t)) return;
  switch (t.kind) {
    case 'ref':
      visit(t.pool, numberOf(v));
      return;
    case 'nullable':
      visitReferences(t.of, v, visit);
      return;
    case 'record':
      t.fields.forEach((field, i) => visitReferences(field.type, partsOf(v)[i]!, visit));
      return;
    case 'map':
      partsOf(v).forEach((part) => visitReferences(t.value, part, visit));
      return;
    case 'set':
    case 'seq':
      partsOf(v).forEach((part) => visitReferences(t.of, part, visit));
      return;
    case 'bool':
    case 'range':
    case 'enum':
    case 'pid':
      return;
    default:
      return unreachable(t);
  }
}

const holds = (variable: Variable): boolean => variable.kind !== 'ghost' && mentionsPool(variable.type);

/** What the program itself holds: its shared variables, and the locals of every process. Ghosts do not count. */
function roots(index: Index, state: State): Holder[] {
  const found: Holder[] = [];
  index.model.variables.forEach(({ variable }, i) => holds(variable) && found.push([variable.type, state.shared[i]!]));
  state.locals.forEach((values, pid) =>
    index.family(pid).locals.forEach(({ variable }, i) => holds(variable) && found.push([variable.type, values[i]!])),
  );
  return found;
}

/** What a live object's fields hold. */
function held(index: Index, state: State, pool: number, slot: number): Holder[] {
  return index.model.pools[pool]!.fields.flatMap(({ variable }, f) => (holds(variable) ? [[variable.type, state.fields[pool]![f]![slot]!] as const] : []));
}

function liveObjects(state: State): [pool: number, slot: number][] {
  return state.alive.flatMap((slots, pool) => slots.flatMap((alive, slot) => (alive ? [[pool, slot] as [number, number]] : [])));
}

/** The lowest slot that a new object may take; undefined when there is none. */
export function freeSlot(index: Index, state: State, pool: Pool): number | undefined {
  const taken = [...state.alive[index.pool(pool)]!];
  if (!pool.reuse) {
    const holders = [...roots(index, state), ...liveObjects(state).flatMap(([p, slot]) => held(index, state, p, slot))];
    for (const [type, value] of holders) visitReferences(type, value, (name, slot) => name === pool.name && (taken[slot] = true));
  }
  const slot = taken.indexOf(false);
  return slot < 0 ? undefined : slot;
}

/** The value without references to a slot that is about to be used again: null instead, and no element of a set. */
export function without(t: Type, v: Value, pool: string, slot: number): Value {
  if (v === null || !mentionsPool(t, pool)) return v;
  const refers = (type: Type, value: Value): boolean => {
    let found = false;
    visitReferences(type, value, (p, s) => (found ||= p === pool && s === slot));
    return found;
  };
  switch (t.kind) {
    case 'ref':
      return refers(t, v) ? null : v;
    case 'nullable':
      return without(t.of, v, pool, slot);
    case 'record':
      return t.fields.map((field, i) => without(field.type, partsOf(v)[i]!, pool, slot));
    case 'map':
      return partsOf(v).map((part) => without(t.value, part, pool, slot));
    case 'set':
      return partsOf(v).filter((part) => !refers(t.of, part));
    case 'seq':
      return partsOf(v).map((part) => without(t.of, part, pool, slot));
    case 'bool':
    case 'range':
    case 'enum':
    case 'pid':
      return v;
    default:
      return unreachable(t);
  }
}

/** Ghosts forget the object that was in the slot. */
export function forget(index: Index, state: State, pool: string, slot: number): State {
  const scrub = (variable: Variable, value: Value): Value => (variable.kind === 'ghost' ? without(variable.type, value, pool, slot) : value);
  return {
    ...state,
    shared: state.shared.map((value, i) => scrub(index.model.variables[i]!.variable, value)),
    fields: state.fields.map((fields, p) => fields.map((values, f) => values.map((value) => scrub(index.model.pools[p]!.fields[f]!.variable, value)))),
    locals: state.locals.map((values, pid) => values.map((value, i) => scrub(index.family(pid).locals[i]!.variable, value))),
  };
}

/** The live objects of a pool that the program can no longer reach: from its variables through fields of live objects. */
export function leaked(index: Index, state: State, pool: number): number[] {
  const reached = state.alive.map(() => new Set<number>());
  const work = roots(index, state);
  for (let holder = work.pop(); holder !== undefined; holder = work.pop()) {
    visitReferences(...holder, (name, slot) => {
      const p = index.poolNamed(name);
      if (!state.alive[p]![slot] || reached[p]!.has(slot)) return;
      reached[p]!.add(slot);
      work.push(...held(index, state, p, slot));
    });
  }
  return liveObjects(state).flatMap(([p, slot]) => (p === pool && !reached[p]!.has(slot) ? [slot] : []));
}
