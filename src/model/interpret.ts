// The steps of a model, one node after the other: small, slow and obvious, because everything faster is held to it.

import { unreachable } from '../base/unreachable.js';
import type { Expr, Place, Variable } from '../core/expr.js';
import { numberOf, objectName, partsOf, type Value } from '../core/value.js';
import { evaluate, holds, replaced, resolve, type Environment, type ResolvedPlace, type World } from './evaluate.js';
import { Failure, textAt } from './failure.js';
import type { Model, Node } from './model.js';
import { forget, freeSlot } from './objects.js';
import { indexOf, type Index, type State } from './state.js';

/** One way through a step. */
export type Outcome = {
  /** Named assertions that failed on the way, in order. */
  readonly violated: readonly string[];
  /** The nodes passed, the last one first. */
  readonly trail: Trail | undefined;
} & ({ readonly kind: 'next'; readonly state: State } | { readonly kind: 'error'; readonly failure: Failure });

export interface Trail {
  /** Index into the family's nodes. */
  readonly node: number;
  /** The state in which the node began. */
  readonly state: State;
  readonly before: Trail | undefined;
}

export interface Interpreter {
  readonly index: Index;
  /** The outcomes of the next step of a process, in order, worked out one by one; none when it cannot move. */
  steps(state: State, pid: number): Iterable<Outcome>;
  /** Every way to an initial state, or to an error in `init`. */
  initial(): Iterable<Outcome>;
  /** @throws Failure: in a property that is a violation. `next` is the state after the step, for step invariants. */
  check(formula: Expr, state: State, next?: State): boolean;
  /** Where expressions are evaluated: those of properties, or with a pid those of a process. */
  environment(state: State, more?: { readonly next?: State | undefined; readonly pid?: number }): Environment;
}

export interface Listener {
  antecedent?(site: number): void;
  remark?(key: string): void;
  /** Called now and then: a single step can have more paths than anyone has time for. May throw, to leave it. */
  poll?(): void;
}

/** Passing the same loop node more often than this in one step is the error `endless_atomic`. */
export const MAX_PASSES = 10_000;

/** Nodes between two polls. */
const POLL_EVERY = 4096;

const NO_PASSES: ReadonlyMap<number, number> = new Map();

export function interpreterOf(model: Model, listener: Listener = {}): Interpreter {
  const index = indexOf(model);
  let untilPoll = POLL_EVERY;
  const passed = (): void => {
    if (--untilPoll > 0) return;
    untilPoll = POLL_EVERY;
    listener.poll?.();
  };
  const steps = (state: State, pid: number): Iterable<Outcome> => (mayMove(index, state, pid) ? run(machine, state, pid) : []);
  const world: World = {
    index,
    isEnabled: (state, pid) => !isEmpty(steps(state, pid)),
    antecedent: (site) => listener.antecedent?.(site),
    remark: (key) => listener.remark?.(key),
  };
  const environment: Interpreter['environment'] = (state, { next, pid } = {}) => ({ world, state, next, pid, bound: undefined });
  const machine: Machine = { world, passed };
  return {
    index,
    steps,
    *initial() {
      for (const state of startingStates(model)) {
        if (model.init === undefined) yield { kind: 'next', state, violated: [], trail: undefined };
        else yield* runInit(machine, model, state);
      }
    },
    check: (formula, state, next) => holds(formula, environment(state, { next })),
    environment,
  };
}

interface Machine {
  readonly world: World;
  /** A node was passed. */
  passed(): void;
}

function isEmpty(list: Iterable<unknown>): boolean {
  for (const _ of list) return false;
  return true;
}

/** A process stands still at its end, and while what interrupts it is under way. */
function mayMove(index: Index, state: State, pid: number): boolean {
  const { blockedBy, beginBlockedBy } = index.instance(pid);
  const rests = (other: number): boolean => state.at[other] === 0;
  const at = state.at[pid]!;
  return index.family(pid).locations[at]!.entry !== undefined && blockedBy.every(rests) && (at !== 0 || beginBlockedBy.every(rests));
}

// ---- initial states -----------------------------------------------------------------------------------------------------

/** Each combination of initial values; the first variable changes slowest. */
function* startingStates(model: Model): Iterable<State> {
  const choices = [
    ...model.variables.map(({ initial }) => initial),
    ...model.instances.flatMap(({ family, index }) => model.families[family]!.locals.map((local) => local.initial[index]!)),
  ];
  for (const values of combinations(choices)) {
    let used = model.variables.length;
    yield {
      shared: values.slice(0, used),
      alive: model.pools.map((pool) => new Array<boolean>(pool.size).fill(false)),
      fields: model.pools.map((pool) => pool.fields.map((field) => new Array<Value>(pool.size).fill(field.initial))),
      locals: model.instances.map(({ family }) => values.slice(used, (used += model.families[family]!.locals.length))),
      at: model.instances.map(() => 0),
    };
  }
}

function* combinations(choices: readonly (readonly Value[])[]): Iterable<readonly Value[]> {
  if (choices.some((values) => values.length === 0)) return;
  const position = choices.map(() => 0);
  for (;;) {
    yield position.map((p, i) => choices[i]![p]!);
    let i = choices.length - 1;
    while (i >= 0 && position[i]! + 1 === choices[i]!.length) position[i--] = 0;
    if (i < 0) return;
    position[i]!++;
  }
}

/** `init` runs as one more process, which is gone afterwards. */
function* runInit(machine: Machine, model: Model, start: State): Iterable<Outcome> {
  const pid = model.instances.length;
  const own = model.init!.locals.map((local) => local.initial[0]![0]!);
  for (const outcome of run(machine, { ...start, locals: [...start.locals, own], at: [...start.at, 0] }, pid)) {
    if (outcome.kind === 'error') yield outcome;
    else yield { ...outcome, state: { ...outcome.state, locals: outcome.state.locals.slice(0, pid), at: outcome.state.at.slice(0, pid) } };
  }
}

// ---- one step -----------------------------------------------------------------------------------------------------------

/** A path that is still under way. */
interface Path {
  readonly state: State;
  readonly node: number;
  readonly violated: readonly string[];
  readonly trail: Trail | undefined;
  /** How often each loop node was passed. */
  readonly passes: ReadonlyMap<number, number>;
}

/** Follows every path of the step, the first branches first. */
function* run(machine: Machine, state: State, pid: number): Iterable<Outcome> {
  const family = machine.world.index.family(pid);
  const entry = family.locations[state.at[pid]!]?.entry;
  if (entry === undefined) {
    yield { kind: 'next', state, violated: [], trail: undefined };
    return;
  }
  const open: Path[] = [{ state, node: entry, violated: [], trail: undefined, passes: NO_PASSES }];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const { node: id, violated, passes } = path;
    machine.passed();
    const trail: Trail = { node: id, state: path.state, before: path.trail };
    const node = family.nodes[id]!;
    if (node.op === 'stop') {
      yield { kind: 'next', state: stopped(machine, path.state, pid, node.location), violated, trail };
      continue;
    }
    let behind: Path[] | Failure;
    try {
      behind = advance(machine, { state: path.state, node: id, violated, trail, passes }, node, pid);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      behind = failure;
    }
    if (behind instanceof Failure) yield { kind: 'error', failure: behind, violated, trail };
    else open.push(...behind.reverse());
  }
}

/** The paths behind a node: one, several behind a choice, none behind a wait for what is not true. */
function advance(machine: Machine, path: Path, node: Exclude<Node, { readonly op: 'stop' }>, pid: number): Path[] {
  const { world } = machine;
  const { state, violated, trail, passes } = path;
  const env: Environment = { world, state, next: undefined, pid, bound: undefined };
  const on = (next: number, after: State = state): Path[] => [{ node: next, state: after, violated, trail, passes }];
  switch (node.op) {
    case 'assign': {
      const places = node.targets.map((target) => resolve(target, env));
      const values = node.values.map((value) => evaluate(value, env));
      refuseSamePlace(places, node.targets);
      return on(node.next, places.reduce((after, place, i) => store(world.index, after, pid, place, values[i]!), state));
    }
    case 'reset':
      return on(node.next, resetLocals(world.index, state, pid, node.locals.map((local) => localIndex(world.index, local))));
    case 'branch':
      return on(holds(node.condition, env) ? node.then : node.else);
    case 'await':
      return holds(node.condition, env) ? on(node.next) : [];
    case 'assert':
      if (holds(node.condition, env)) return on(node.next);
      if (node.property === undefined) throw new Failure('assertion', node.at, `${textAt(node.condition.at) || 'the asserted condition'} is false`);
      return [{ node: node.next, state, violated: [...violated, node.property], trail, passes }];
    case 'either':
      return node.branches.flatMap((branch) => on(branch));
    case 'pick': {
      const place: ResolvedPlace = { variable: node.variable, path: [] };
      return partsOf(evaluate(node.set, env)).flatMap((value) => on(node.next, store(world.index, state, pid, place, value)));
    }
    case 'new':
      return on(node.next, allocate(node, env));
    case 'free':
    case 'touch':
      return on(node.next, release(node, env));
    case 'call':
    case 'return':
      return on(node.next);
    case 'loop': {
      const rounds = (passes.get(path.node) ?? 0) + 1;
      if (rounds > MAX_PASSES) throw new Failure('endless_atomic', node.at, `the loop went round ${MAX_PASSES.toLocaleString('en-US')} times in one step`);
      return [{ node: node.next, state, violated, trail, passes: new Map(passes).set(path.node, rounds) }];
    }
    default:
      return unreachable(node);
  }
}

/** The process stands at the location; what it can no longer read is reset, so that states that cannot be told apart are equal. */
function stopped(machine: Machine, state: State, pid: number, location: number): State {
  const { index } = machine.world;
  const live = index.liveAt(pid, location);
  const after = resetLocals(index, state, pid, [...index.family(pid).locals.keys()].filter((local) => !live.has(local)));
  return { ...after, at: after.at.with(pid, location) };
}

// ---- writing ------------------------------------------------------------------------------------------------------------

function localIndex(index: Index, variable: Variable): number {
  const home = index.home(variable);
  if (home.kind !== 'local') throw new Error(`internal error: ${variable.name} is no local`);
  return home.index;
}

function resetLocals(index: Index, state: State, pid: number, locals: readonly number[]): State {
  const family = index.family(pid);
  const own = index.instance(pid).index;
  const changed = locals.filter((local) => state.locals[pid]![local] !== family.locals[local]!.reset[own]);
  if (changed.length === 0) return state;
  const values = [...state.locals[pid]!];
  for (const local of changed) values[local] = family.locals[local]!.reset[own]!;
  return { ...state, locals: state.locals.with(pid, values) };
}

function store(index: Index, state: State, pid: number, place: ResolvedPlace, value: Value): State {
  const home = index.home(place.variable);
  switch (home.kind) {
    case 'shared':
      return { ...state, shared: state.shared.with(home.index, replaced(state.shared[home.index]!, place.path, value)) };
    case 'local': {
      const own = state.locals[pid]!;
      return { ...state, locals: state.locals.with(pid, own.with(home.index, replaced(own[home.index]!, place.path, value))) };
    }
    case 'field': {
      const fields = state.fields[home.pool]!;
      const values = fields[home.index]!;
      const after = values.with(place.slot!, replaced(values[place.slot!]!, place.path, value));
      return { ...state, fields: state.fields.with(home.pool, fields.with(home.index, after)) };
    }
    default:
      return unreachable(home);
  }
}

/** Two targets that are one place, or one of them inside the other. */
function refuseSamePlace(places: readonly ResolvedPlace[], targets: readonly Place[]): void {
  places.forEach((b, second) => {
    const first = places.findIndex((a) => a.variable === b.variable && a.slot === b.slot && a.path.every((step, i) => i >= b.path.length || step === b.path[i]));
    if (first === second) return;
    const text = textAt(targets[second]!.at) || b.variable.name;
    throw new Failure('assigned_twice', targets[second]!.at, `${text} is assigned twice in one statement`);
  });
}

// ---- objects ------------------------------------------------------------------------------------------------------------

function allocate(node: Node & { readonly op: 'new' }, env: Environment): State {
  const { index } = env.world;
  const { pool } = node;
  const target = resolve(node.target, env);
  const values = node.fields.map(({ variable, value }) => ({ variable, path: [], value: evaluate(value, env) }));
  const slot = freeSlot(index, env.state, pool);
  if (slot === undefined) {
    if (node.optional) return store(index, env.state, env.pid!, target, null);
    throw new Failure(`${pool.name}.exhausted`, node.at, `${pool.name} has no free slot: each of its ${pool.size} is in use or still referred to`);
  }
  const p = index.pool(pool);
  let state = forget(index, env.state, pool.name, slot);
  state = { ...state, alive: state.alive.with(p, state.alive[p]!.with(slot, true)) };
  for (const { variable, path, value } of values) state = store(index, state, env.pid!, { variable, slot, path }, value);
  return store(index, state, env.pid!, target, slot);
}

/** `free` makes the object dead, and its fields what they were at first; `touch` only looks. */
function release(node: Node & { readonly op: 'free' | 'touch' }, env: Environment): State {
  const { state, world } = env;
  const { pool } = node;
  const slot = evaluate(node.ref, env);
  const p = world.index.pool(pool);
  if (slot === null) throw new Failure('null_dereference', node.at, `${textAt(node.ref.at) || 'the reference'} is null: there is nothing to ${node.op}`);
  const object = objectName(pool.name, numberOf(slot));
  if (!state.alive[p]![numberOf(slot)]) {
    if (node.op === 'free') throw new Failure(`${pool.name}.double_free`, node.at, `${object} is freed a second time`);
    throw new Failure(`${pool.name}.use_after_free`, node.at, `${object} is used after it was freed`);
  }
  if (node.op === 'touch') return state;
  const fields = state.fields[p]!.map((values, f) => values.with(numberOf(slot), pool.fields[f]!.initial));
  return { ...state, alive: state.alive.with(p, state.alive[p]!.with(numberOf(slot), false)), fields: state.fields.with(p, fields) };
}
