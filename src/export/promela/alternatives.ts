// The ways of a step. Promela decides at the first statement of a `d_step` whether it can be taken, so every choice of the step, and every
// `await` in it, is decided there: each way through the choices is an alternative with a guard, worked out by following the way in terms of
// the state before the step. What comes behind the last choice and the last `await` needs no guard.

import { assert } from '../../base/unreachable.js';
import type { PathStep, Variable } from '../../core/expr.js';
import { mentionsPool } from '../../core/type.js';
import type { Value } from '../../core/value.js';
import type { Family, Node } from '../../model/model.js';
import { nodeSuccessors } from '../../model/node.js';
import { Unsupported } from '../unsupported.js';
import { constant, isNull } from './cells.js';
import { elementsOf } from './elements.js';
import { cellsAs, termOf } from './expression.js';
import { isLive } from './instances.js';
import { cell, type Later, type Memory, type Part } from './memory.js';
import { forgottenCells, slotTerm, type Holder } from './objects.js';
import { cellPlaces, resolve } from './part.js';
import { mayErr, type Scope } from './scope.js';
import { adaptSlot } from './slot.js';
import { and, any, choose, compare, compute, NO, not, number, or, YES, type Term } from './term.js';
import { liveOf, storageOf } from './unit.js';

/** One node on the way, and what was decided there. */
export interface Passed {
  readonly node: number;
  /** Where the way goes on, at a branch. */
  readonly to?: number;
  /** The element that a `pick` takes. */
  readonly value?: Value;
}

export interface Alternative {
  /** True when the step can be taken this way, or errs on it. */
  readonly guard: Term;
  readonly passed: readonly Passed[];
  /** The node behind the last choice, from which there is one way only; absent where the way can only end in an error. */
  readonly tail?: number;
}

const MOST_ALTERNATIVES = 600;
const LONGEST_WAY = 2000;

/** A part of the guard: the step errs here, or it needs something. */
type GuardPart = { readonly errs: Term } | { readonly needs: Term };

export type ScopeOver = (memory: Memory) => Scope;

/** The nodes from which a choice or an `await` can be reached within the step. */
export function undecidedNodes(family: Family): ReadonlySet<number> {
  const found = new Set<number>();
  const isChoice = (node: Node): boolean => node.op === 'await' || node.op === 'either' || node.op === 'pick';
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    family.nodes.forEach((node, id) => {
      if (isChoice(node) || nodeSuccessors(node).some((next) => found.has(next))) found.add(id);
    });
  }
  return found;
}

/**
 * @param start locals that mean nothing outside the step hold what it says
 * @param from a location: each way is followed to its end, and its guard is true only if the process then stands elsewhere or something else
 *   has changed, or if the step errs
 */
export function alternativesOf(family: Family, entry: number, scopeOver: ScopeOver, start: Later, from?: number): readonly Alternative[] {
  const open = from === undefined ? undecidedNodes(family) : new Set(family.nodes.keys());
  const found: Alternative[] = [];

  const follow = (id: number, later: Later, parts: readonly GuardPart[], passed: readonly Passed[]): void => {
    if (passed.length > LONGEST_WAY) throw new Unsupported(`a step goes round a loop ${from === undefined ? 'in which it waits or chooses' : 'and may change nothing'}`);
    const node = family.nodes[id]!;
    if (node.op === 'stop' && node.location === from) {
      finish([...parts, { needs: changed(stopLater(family, from, scopeOver(later), later)) }], passed, id);
      return;
    }
    if (!open.has(id) || node.op === 'stop') {
      finish(parts, passed, id);
      return;
    }
    const scope = scopeOver(later);
    const before = parts;
    const erring = (): readonly GuardPart[] => [...before, ...scope.faults.map(({ when }) => ({ errs: when }))];
    switch (node.op) {
      case 'branch': {
        const condition = termOf(node.condition, scope);
        const now = erring();
        if (condition.known !== 0) follow(node.then, later, [...now, { needs: condition }], [...passed, { node: id, to: node.then }]);
        if (condition.known === undefined || condition.known === 0) follow(node.else, later, [...now, { needs: not(condition) }], [...passed, { node: id, to: node.else }]);
        return;
      }
      case 'await': {
        const condition = termOf(node.condition, scope);
        const now = erring();
        if (condition.known === 0) finish([...now, { needs: NO }], [...passed, { node: id }]);
        else follow(node.next, later, [...now, { needs: condition }], [...passed, { node: id }]);
        return;
      }
      case 'either':
        for (const branch of node.branches) follow(branch, later, parts, [...passed, { node: id, to: branch }]);
        return;
      case 'pick': {
        const elements = elementsOf(node.set, scope);
        const now = erring();
        if (elements.length === 0) finish([...now, { needs: NO }], [...passed, { node: id }]);
        for (const { value, present } of elements) {
          const place = { variable: node.variable, path: [], type: node.variable.type, at: node.at };
          const after = storeLater(later, scope, resolve(place, scope), node.variable.type, constant(scope.unit, node.variable.type, value));
          follow(node.next, after, [...now, { needs: present }], [...passed, { node: id, value }]);
        }
        return;
      }
      default: {
        const after = stepLater(node, scope, later);
        follow(node.next, after, erring(), [...passed, { node: id }]);
      }
    }
  };

  const finish = (parts: readonly GuardPart[], passed: readonly Passed[], tail?: number): void => {
    const guard = parts.reduceRight<Term>((rest, part) => ('errs' in part ? or(part.errs, rest) : and(part.needs, rest)), YES);
    if (guard.known === 0) return;
    if (found.length >= MOST_ALTERNATIVES) throw new Unsupported(`a step has more than ${MOST_ALTERNATIVES} ways`);
    found.push({ guard, passed, ...(tail === undefined ? {} : { tail }) });
  };

  follow(entry, start, [], []);
  return found;
}

/** The state after a node that neither chooses nor ends the step, in terms of the state before the step. */
function stepLater(node: Exclude<Node, { readonly op: 'branch' | 'await' | 'either' | 'pick' | 'stop' }>, scope: Scope, later: Later): Later {
  const { unit } = scope;
  switch (node.op) {
    case 'assign': {
      const parts = node.targets.map((target) => resolve(target, scope));
      const values = node.values.map((value, i) => cellsAs(value, node.targets[i]?.type ?? value.type, scope));
      sameTwice(node, parts, scope);
      return parts.reduce((after, part, i) => storeLater(after, scope, part, node.targets[i]!.type, values[i]!), later);
    }
    case 'reset':
      return node.locals.reduce((after, variable) => resetLater(after, variable, scope), later);
    case 'assert': {
      const condition = termOf(node.condition, scope);
      if (node.property === undefined) mayErr(scope, not(condition), 'assertion');
      return later;
    }
    case 'new':
      return allocateLater(node, scope, later);
    case 'free':
    case 'touch': {
      const slot = termOf(node.ref, scope);
      if (node.ref.type.kind === 'nullable') mayErr(scope, isNull(unit, node.ref.type, [slot]), 'null_dereference');
      mayErr(scope, not(isLive(node.pool, slot, scope)), `${node.pool.name}.${node.op === 'free' ? 'double_free' : 'use_after_free'}`);
      if (node.op === 'touch') return later;
      const live = liveOf(unit, node.pool);
      const bits = compute('-', scope.memory.read(live, number(0)), compute('<<', number(1), slot));
      return node.pool.fields.reduce<Later>(
        (after, { variable, initial }) => storeLater(after, scope, { storage: storageOf(unit, variable), first: 0, at: slot }, variable.type, constant(unit, variable.type, initial)),
        later.with(live, number(0), bits),
      );
    }
    case 'call':
    case 'return':
    case 'loop':
      return later;
  }
}

/** The process stands again where it stood: locals that cannot be read there hold nothing. */
function stopLater(family: Family, location: number, scope: Scope, later: Later): Later {
  const written = new Set(later.columns);
  return family.locals.reduce((after, { variable, liveAt }) => {
    const isHeld = scope.unit.storages.get(variable)?.columns.some((c) => written.has(c)) === true;
    return liveAt.length > 0 && !liveAt.includes(location) && isHeld ? resetLater(after, variable, scope) : after;
  }, later);
}

/** Some variable that is part of the state holds something else than before. */
function changed(later: Later): Term {
  const cells = later.columns.filter((c) => !c.isHidden).flatMap((column) => Array.from({ length: column.size }, (_, i) => ({ column, index: number(i) })));
  return any(cells.map(({ column, index }) => compare('!=', later.read(column, index), cell(column, index))));
}

/** As body.ts does it by statements, in one expression. */
function allocateLater(node: Node & { readonly op: 'new' }, scope: Scope, later: Later): Later {
  const { unit, memory } = scope;
  const { pool } = node;
  const target = resolve(node.target, scope);
  const values = node.fields.map(({ variable, value }) => ({ variable, cells: cellsAs(value, variable.type, scope) }));
  const slot = slotTerm(unit, pool, memory, hiddenHolders(scope));
  const found = compare('!=', slot, number(unit.nil, 'null'));
  if (!node.optional) mayErr(scope, not(found), `${pool.name}.exhausted`);
  const live = liveOf(unit, pool);
  let after = later;
  for (const { place, value } of forgottenCells(unit, pool, memory, slot)) after = after.with(place.column, place.index, value, found);
  after = after.with(live, number(0), choose(found, compute('|', memory.read(live, number(0)), compute('<<', number(1), slot)), memory.read(live, number(0))));
  for (const { variable, cells } of values) {
    const part: Part = { storage: storageOf(unit, variable), first: 0, at: slot };
    cellPlaces(variable.type, part, scope).forEach(({ column, index }, i) => (after = after.with(column, index, cells[i]!, found)));
  }
  return storeLater(after, scope, target, node.target.type, adaptSlot(node.target.type, slot));
}

/** Locals of the process that matter within the step only, and may refer to objects. */
function hiddenHolders(scope: Scope): readonly Holder[] {
  const { unit } = scope;
  const family = unit.model.families[scope.family!]!;
  return family.locals.flatMap(({ variable }) => {
    if (variable.kind === 'ghost' || !mentionsPool(variable.type) || unit.storages.get(variable)?.columns.some((c) => c.isHidden) !== true) return [];
    const part = resolve({ variable, path: [], type: variable.type, at: variable.at }, scope);
    return [{ variable, places: cellPlaces(variable.type, part, scope) }];
  });
}

export function storeLater(later: Later, scope: Scope, part: Part, type: Variable['type'], cells: readonly Term[]): Later {
  return cellPlaces(type, part, scope).reduce((after, { column, index }, i) => after.with(column, index, cells[i]!), later);
}

/** The values that a local has while it cannot be read, for the process that runs. */
export function resetCells(variable: Variable, scope: Scope): readonly Term[] {
  const { unit } = scope;
  const home = unit.index.home(variable);
  assert(home.kind === 'local', 'a local');
  const local = home.family.locals[home.index]!;
  const pids = unit.model.instances.flatMap(({ family, index }, pid) => (unit.model.families[family] === home.family ? [{ pid, index }] : []));
  const known = pids.length === 0 ? [{ pid: 0, index: 0 }] : pids.filter(({ pid }) => scope.self?.known === undefined || pid === scope.self.known);
  const values = known.map(({ pid, index }) => ({ pid, cells: constant(unit, variable.type, local.reset[index] ?? null) }));
  return values.at(-1)!.cells.map((last, i) =>
    values.slice(0, -1).reduceRight<Term>((rest, { pid, cells }) => (cells[i]!.known === rest.known ? rest : chooseBy(scope, pid, cells[i]!, rest)), last),
  );
}

function chooseBy(scope: Scope, pid: number, then: Term, otherwise: Term): Term {
  return { text: `(${compare('==', scope.self!, number(pid)).text} -> ${then.text} : ${otherwise.text})`, level: 12 };
}

export function resetLater(later: Later, variable: Variable, scope: Scope): Later {
  const part = resolve({ variable, path: [], type: variable.type, at: variable.at }, scope);
  return storeLater(later, scope, part, variable.type, resetCells(variable, scope));
}

/** Two targets of one statement that are one place, or one of them inside the other. */
export function sameTwice(node: Node & { readonly op: 'assign' }, parts: readonly Part[], scope: Scope): void {
  const indexAfter = (i: number, steps: number): Part => resolve({ ...node.targets[i]!, path: node.targets[i]!.path.slice(0, steps) }, { ...scope, faults: [] });
  parts.forEach((_, second) => {
    for (let first = 0; first < second; first++) {
      const [a, b] = [node.targets[first]!, node.targets[second]!];
      if (a.variable !== b.variable) continue;
      const shared = Math.min(a.path.length, b.path.length);
      if (a.path.slice(0, shared).some((step, i) => fieldOf(step) !== fieldOf(b.path[i]!))) continue;
      // Every index is in its range, so that equal positions mean equal indices.
      mayErr(scope, compare('==', indexAfter(first, shared).at, indexAfter(second, shared).at), 'assigned_twice');
    }
  });
}

const fieldOf = (step: PathStep): number | undefined => (step.kind === 'field' ? step.field : undefined);
