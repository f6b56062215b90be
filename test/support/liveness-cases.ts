// Random graphs with fairness for the tests of liveness, and what it means that a run on one is fair, by definition: nothing here knows
// components, automata, or how the checker packs its sets.

import { actionSets, wordsFor, type LivenessGraph } from '../../src/checker/liveness/graph.js';
import { owedBy } from '../../src/checker/liveness/decide.js';
import type { Owed } from '../../src/checker/liveness/fair.js';
import type { Lasso } from '../../src/checker/liveness/lasso.js';
import type { Strength } from '../../src/checker/liveness/plan.js';

/** A step: `actions` are those that it is a step of. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly actions: readonly number[];
}

export interface GraphCase {
  readonly states: number;
  readonly initial: readonly number[];
  readonly edges: readonly Edge[];
  readonly strength: readonly Strength[];
  /** Steps that err: in the state an action is enabled that leads nowhere. */
  readonly erring: readonly { readonly state: number; readonly action: number }[];
}

/** Numbers from 0 to before the limit, the same for the same seed. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) % limit;
  };
}

/**
 * In half of the graphs every step is a step of some fair action, and there are many steps: else nearly everything is violated by
 * stuttering, and fairness decides nothing.
 */
export function randomGraph(below: (limit: number) => number, most: number): GraphCase {
  const isFull = below(2) === 0;
  const states = isFull ? Math.min(most, 2 + below(most)) : 1 + below(most);
  const kinds: readonly Strength[] = isFull ? ['strong', 'strong', 'weak'] : ['weak', 'strong', 'strong', 'none'];
  const strength = Array.from({ length: isFull ? 1 + below(3) : below(4) }, () => kinds[below(kinds.length)]!);
  const some = (): number[] => (strength.length === 0 || (!isFull && below(3) === 0) ? [] : [...new Set(Array.from({ length: 1 + below(2) }, () => below(strength.length)))]);
  const loose = Array.from({ length: isFull ? states + below(2 * states) : below(4 * states) }, () => ({ from: below(states), to: below(states), actions: some() }));
  // A ring that action 0 goes round, with steps of the last action out of some of its states: weak fairness never owes those.
  const ring = isFull && strength.length > 1 && below(2) === 0 ? 2 + below(states - 1) : 0;
  const edges = [
    ...Array.from({ length: ring }, (_, s) => ({ from: s, to: (s + 1) % ring, actions: [0] })),
    ...(ring === 0 ? loose : loose.slice(0, 3).map((e, i) => ({ ...e, from: i === 0 ? below(ring) : e.from, actions: [strength.length - 1] }))),
  ];
  const erring = strength.length > 0 && below(5) === 0 ? [{ state: below(states), action: below(strength.length) }] : [];
  const initial = below(4) === 0 ? [...new Set([below(states), below(states)])] : [0];
  // As in the checker, where every state was reached.
  const reached = reach(edges, initial, () => true);
  const number = new Map([...reached].map((state, i) => [state, i]));
  return {
    states: reached.size,
    initial: initial.map((s) => number.get(s)!),
    strength,
    edges: edges.filter((e) => reached.has(e.from)).map((e) => ({ ...e, from: number.get(e.from)!, to: number.get(e.to)! })),
    erring: erring.filter((e) => reached.has(e.state)).map((e) => ({ ...e, state: number.get(e.state)! })),
  };
}

/** The states reached from `starts` by edges inside the set. */
export function reach(edges: readonly Edge[], starts: readonly number[], inside: (s: number) => boolean): Set<number> {
  const seen = new Set(starts.filter(inside));
  for (let size = -1; size !== seen.size; ) {
    size = seen.size;
    for (const e of edges) if (seen.has(e.from) && inside(e.to)) seen.add(e.to);
  }
  return seen;
}

/** As the checker wants it. */
export function graphOf({ states, initial, edges, strength, erring }: GraphCase): { readonly graph: LivenessGraph; readonly owed: Owed } {
  const moving = edges.filter((e) => e.from !== e.to).sort((a, b) => a.from - b.from);
  const words = wordsFor(strength.length);
  const { sets, numbers } = actionSets([moving.map((e) => e.actions)], strength.length);
  const enabled = new Int32Array(words * states);
  const enable = (state: number, action: number): void => void (enabled[state * words + (action >> 5)]! |= 1 << (action & 31));
  for (const e of moving) for (const action of e.actions) enable(e.from, action);
  for (const e of erring) enable(e.state, e.action);
  const before = (state: number): number => moving.filter((e) => e.from < state).length;
  return {
    graph: {
      size: states,
      states: new Uint8Array(states).fill(1),
      initial,
      first: Uint32Array.from({ length: states }, (_, s) => before(s)),
      end: Uint32Array.from({ length: states }, (_, s) => before(s + 1)),
      target: Int32Array.from(moving, (e) => e.to),
      via: Uint16Array.from(numbers[0]!),
      words,
      sets,
      enabled,
      stutters: true,
    },
    owed: owedBy({ actions: strength.map((s, action) => ({ strength: s, process: action })), families: [] }, words),
  };
}

/** Fairness of what is visited for ever by these steps for ever. */
export function isFair(c: GraphCase, visited: readonly number[], steps: readonly (readonly [number, number])[]): boolean {
  return c.strength.every((strength, action) => {
    const can = (s: number): boolean =>
      c.edges.some((e) => e.actions.includes(action) && e.from === s && e.to !== s) || c.erring.some((e) => e.state === s && e.action === action);
    const taken = c.edges.some((e) => e.actions.includes(action) && e.from !== e.to && steps.some(([a, b]) => a === e.from && b === e.to));
    return strength === 'none' || taken || !(strength === 'weak' ? visited.every(can) : visited.some(can));
  });
}

/** Is the lasso a fair run of the graph? */
export function isFairRun(c: GraphCase, { stem, loop }: Lasso): boolean {
  const run = [...stem, ...loop];
  const leads = (a: number, b: number): boolean => a === b || c.edges.some((e) => e.from === a && e.to === b);
  const steps = loop.map((s, i) => [s, loop[(i + 1) % loop.length]!] as const);
  return loop.length > 0 && c.initial.includes(run[0]!) && run.every((s, i) => i === 0 || leads(run[i - 1]!, s)) && steps.every(([a, b]) => leads(a, b)) && isFair(c, loop, steps);
}
