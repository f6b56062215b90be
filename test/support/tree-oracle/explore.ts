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
import { judgeTemporal, type Move, type TemporalVerdict } from './temporal.js';
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
  readonly temporal: ReadonlyMap<string, TemporalVerdict>;
  /** Properties that were not looked at, with the reason. */
  readonly skipped: ReadonlyMap<string, string>;
}

const readsLocals = (spec: Spec, n: Node): boolean =>
  (n.category === 'expr' && n.node.kind === 'field' && isProcess(spec, n.node.object)) || children(n).some((c) => readsLocals(spec, c));

/** @throws Skip when the spec uses what the oracle does not know, or has more states than `most` */
export function judge(source: string, most: number): Judged {
  const spec = readSpec(source);
  const system = systemOf(spec, spec.declarations.some((node) => readsLocals(spec, { category: 'declaration', node })));
  const states: State[] = [];
  const numbers = new Map<string, number>();
  const found = { violated: new Set<string>(), errors: new Set<string>(), skipped: new Map<string, string>() };
  const invariants = declared(spec.declarations, 'invariant');
  const look = (d: Declared<'invariant'>, state: State, after?: State): void => {
    if (d.formula.kind !== 'expr' || d.step !== (after !== undefined) || found.skipped.has(d.name.text)) return;
    if (!isTrue(system, d.formula.expr, state, after, (reason) => found.skipped.set(d.name.text, reason))) found.violated.add(d.name.text);
  };
  const add = (state: State): number => {
    const key = keyOf(state);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = states.push(state) - 1;
    if (number >= most) skip('too many states');
    numbers.set(key, number);
    for (const d of invariants) look(d, state);
    return number;
  };
  const error = (name: string): void => void found.errors.add(name);

  everyWay((choose) => void add(initialState(system, choose, { rests: false, violated: found.violated })), error);
  const initial = states.length;
  const moves: Move[] = [];
  let deadlock = false;
  for (let before = 0; before < states.length; before++) {
    const { rests, taken } = movesOf(system, states[before]!, found);
    deadlock ||= !rests && !taken.some(({ after, errs }) => errs || after.length > 0);
    for (const { after, ...move } of taken) {
      const to = after.map((state) => {
        const number = add(state);
        if (number !== before) for (const d of invariants) look(d, states[before]!, state);
        return number;
      });
      moves.push({ ...move, before, after: [...new Set(to)] });
    }
  }
  const temporal = judgeTemporal(system, states, initial, moves, found);
  const shared = (some: readonly State[]): ReadonlySet<string> => new Set(some.map((s) => sharedText([s.shared, s.pools])));
  return { ...found, deadlock, temporal, shared: shared(states), initial: shared(states.slice(0, initial)) };
}

type Taken = Omit<Move, 'before' | 'after'> & { readonly after: readonly State[] };

/** What each process can do, and whether all that cannot do anything may rest. */
function movesOf(system: System, before: State, found: { readonly violated: Set<string>; readonly errors: Set<string> }): { readonly rests: boolean; readonly taken: readonly Taken[] } {
  const { spec } = system;
  let rests = true;
  const taken = spec.instances.flatMap((instance, process): readonly Taken[] => {
    if (hasEnded(before, process)) return [];
    const begins = instance.interrupts !== undefined && !before.processes[process]!.active;
    if (standsStill(spec, before, process)) {
      rests &&= system.standing(before, process).done;
      return [];
    }
    const [after, errors]: [State[], string[]] = [[], []];
    const { seen } = steps(system, before, process, (state) => after.push(state), (name) => errors.push(name));
    for (const name of seen.violated) found.violated.add(name);
    for (const name of errors) found.errors.add(name);
    rests &&= begins || seen.rests;
    return [{ process, after, errs: errors.length > 0, begins, label: seen.label }];
  });
  return { rests, taken };
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
