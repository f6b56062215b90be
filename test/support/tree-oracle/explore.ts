// Every reachable state of a spec, read from its tree: what the checker must find too.

import { children, type Node } from '../../../src/ast/children.js';
import type { Expr } from '../../../src/ast/nodes.js';
import { everyWay } from './choices.js';
import { test } from './expressions.js';
import { Erred, Skip, skip } from './outcomes.js';
import { hasEnded, initialState, standsStill, steps, systemOf, type System } from './processes.js';
import { readSpec } from './read-spec.js';
import { declared, isProcess, type Declared, type Spec } from './spec.js';
import { keyOf, type State } from './state.js';
import { identity, type Value } from './values.js';

/** A state as far as processes share it: variables and, for each pool, its slots (null: no live object). */
export type SharedState = readonly [variables: Readonly<Record<string, Value>>, pools: Readonly<Record<string, readonly (Readonly<Record<string, Value>> | null)[]>>];
export const sharedText = (s: SharedState): string => identity(s);

export interface Judged {
  /** One text for each shared part of a reachable state, and of an initial one. */
  readonly shared: ReadonlySet<string>;
  readonly initial: ReadonlySet<string>;
  /** Invariants, step invariants and named assertions that are violated. */
  readonly violated: ReadonlySet<string>;
  /** Errors of steps. */
  readonly errors: ReadonlySet<string>;
  readonly deadlock: boolean;
  /** Properties that were not looked at, with the reason. */
  readonly skipped: ReadonlyMap<string, string>;
}

const readsLocals = (spec: Spec, n: Node): boolean =>
  (n.category === 'expr' && n.node.kind === 'field' && isProcess(spec, n.node.object)) || children(n).some((c) => readsLocals(spec, c));

/** @throws Skip when the spec uses what the oracle does not know, or has more states than `most` */
export function judge(source: string, most: number): Judged {
  const spec = readSpec(source);
  const system = systemOf(spec, spec.declarations.some((node) => readsLocals(spec, { category: 'declaration', node })));
  const states = new Map<string, State>();
  const queue: State[] = [];
  const found = { violated: new Set<string>(), errors: new Set<string>(), skipped: new Map<string, string>() };
  const invariants = declared(spec.declarations, 'invariant');
  const look = (d: Declared<'invariant'>, state: State, after?: State): void => {
    if (d.formula.kind !== 'expr' || d.step !== (after !== undefined) || found.skipped.has(d.name.text)) return;
    if (!isTrue(system, d.formula.expr, state, after, (reason) => found.skipped.set(d.name.text, reason))) found.violated.add(d.name.text);
  };
  const add = (state: State): void => {
    const key = keyOf(state);
    if (states.has(key)) return;
    if (states.size >= most) skip('too many states');
    states.set(key, state);
    queue.push(state);
    for (const d of invariants) look(d, state);
  };
  const error = (name: string): void => void found.errors.add(name);

  everyWay((choose) => add(initialState(system, choose, { rests: false, violated: found.violated })), error);
  const initial = [...states.keys()];
  const deadlock = [...search(system, queue, (state, after) => {
    if (keyOf(state) !== keyOf(after)) for (const d of invariants) look(d, state, after);
    add(after);
  }, found)].includes(true);
  const shared = (keys: Iterable<string>): ReadonlySet<string> => new Set([...keys].map((key) => sharedText(sharedPart(states.get(key)!))));
  return { ...found, deadlock, shared: shared(states.keys()), initial: shared(initial) };
}

const sharedPart = (s: State): SharedState => [s.shared, s.pools];

/** Takes every step of every state in the queue, which grows meanwhile; says of each state whether it is a deadlock. */
function* search(
  system: System, queue: State[], each: (before: State, after: State) => void,
  found: { readonly violated: Set<string>; readonly errors: Set<string> },
): Generator<boolean> {
  const { spec } = system;
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    const before = state;
    let [moves, rests] = [false, true];
    spec.instances.forEach((instance, process) => {
      if (hasEnded(before, process)) return;
      const isIdle = instance.interrupts !== undefined && !before.processes[process]!.active;
      if (standsStill(spec, before, process)) {
        rests &&= isIdle;
        return;
      }
      const taken = steps(system, before, process, (after) => each(before, after), (name) => found.errors.add(name));
      for (const name of taken.seen.violated) found.violated.add(name);
      moves ||= taken.possible;
      rests &&= isIdle || taken.seen.rests;
    });
    yield !moves && !rests;
  }
}

/** An error of a property violates it; what the oracle does not know leaves it undecided. */
function isTrue(system: System, e: Expr, state: State, after: State | undefined, undecided: (reason: string) => void): boolean {
  try {
    return test(e, { spec: system.spec, state, bound: new Map(), standing: system.standing, ...(after === undefined ? {} : { after }) });
  } catch (x) {
    if (x instanceof Erred) return false;
    if (!(x instanceof Skip)) throw x;
    undecided(x.message);
    return true;
  }
}
