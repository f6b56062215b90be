// A run that violates a property, as a lasso: a short way to a fair component, and in it a loop that does what fairness demands and no
// more. Breadth-first in the order of the edges, so that it depends on the graph alone and not on the numbers of states.

import { assert } from '../../base/unreachable.js';
import type { FairComponents, Owed } from './fair.js';
import type { LivenessGraph, States } from './graph.js';

/** The loop follows the stem and goes back to its own first state; a loop of one state stutters, or is an edge to itself. */
export interface Lasso {
  readonly stem: readonly number[];
  readonly loop: readonly number[];
}

/** From an initial state: any way to a state of `first`, and on within `within`. Without `first`, within it from the start. */
export interface Way {
  readonly first: States | undefined;
  readonly within: States;
}

export function lassoTo(graph: LivenessGraph, owed: Owed, way: Way, visiting: readonly States[], fair: FairComponents): Lasso {
  const stem = shortestStem(graph, way, (state) => fair.of(state) >= 0);
  const entry = stem.at(-1)!;
  return { stem: stem.slice(0, -1), loop: fairLoop(graph, owed, fair, entry, visiting) };
}

/** To the first state for which `isEnd` is true. */
function shortestStem(graph: LivenessGraph, { first: begins, within }: Way, isEnd: (state: number) => boolean): number[] {
  const { size, first, end, target } = graph;
  // A state before the way has passed `begins`, or (from `size` on) behind that.
  const before = new Int32Array(2 * size).fill(-2);
  const queue = new Int32Array(2 * size);
  let queued = 0;
  const reach = (state: number, passed: boolean, from: number): void => {
    const goesOn = within[state] === 1 && (passed || begins === undefined || begins[state] === 1);
    if (goesOn && before[size + state] === -2) {
      before[size + state] = from;
      queue[queued++] = size + state;
    }
    if (!passed && begins !== undefined && before[state] === -2) {
      before[state] = from;
      queue[queued++] = state;
    }
  };
  for (const state of graph.initial) reach(state, false, -1);
  for (let head = 0; head < queued; head++) {
    const node = queue[head]!;
    const passed = node >= size;
    const state = passed ? node - size : node;
    if (passed && isEnd(state)) {
      const states: number[] = [];
      for (let at = node; at >= 0; at = before[at]!) states.push(at >= size ? at - size : at);
      return states.reverse();
    }
    for (let e = first[state]!; e < end[state]!; e++) reach(target[e]!, passed, node);
  }
  throw new Error('internal error: a fair component that no way leads to');
}

function fairLoop(graph: LivenessGraph, owed: Owed, fair: FairComponents, entry: number, visiting: readonly States[]): number[] {
  const { size, first, end, target, via, words, sets, enabled } = graph;
  const component = fair.of(entry);
  const before = new Int32Array(size);
  const seen = new Int32Array(size);
  const queue = new Int32Array(size);
  let round = 0;
  /** Goes on by a shortest way to a state for which `isGoal` is true; at least one step when `moves`. */
  const go = (from: number, isGoal: (state: number) => boolean, moves = false): number[] | undefined => {
    round++;
    let queued = 0;
    const way = (state: number): number[] => {
      const states = [state];
      for (let at = before[state]!; at !== from; at = before[at]!) states.push(at);
      return states.reverse();
    };
    if (!moves && isGoal(from)) return [];
    queue[queued++] = from;
    if (!moves) seen[from] = round;
    for (let head = 0; head < queued; head++) {
      const state = queue[head]!;
      for (let e = first[state]!; e < end[state]!; e++) {
        const to = target[e]!;
        if (seen[to] === round || fair.of(to) !== component) continue;
        seen[to] = round;
        before[to] = state;
        if (isGoal(to)) return way(to);
        queue[queued++] = to;
      }
    }
    return undefined;
  };
  const members: number[] = [];
  const loop = [entry];
  const append = (way: readonly number[] | undefined): void => {
    assert(way !== undefined, 'a component is connected');
    loop.push(...way);
  };
  const at = (): number => loop.at(-1)!;
  for (const set of visiting) if (!loop.some((state) => set[state] === 1)) append(go(at(), (state) => set[state] === 1));

  for (let s = 0; s < size; s++) if (fair.of(s) === component) members.push(s);
  for (let action = 0; action < 32 * words; action++) {
    const [word, bit] = [action >> 5, 1 << (action & 31)];
    const can = (state: number): boolean => (enabled[state * words + word]! & bit) !== 0;
    const [isWeak, isStrong] = [(owed.weak[word]! & bit) !== 0, (owed.strong[word]! & bit) !== 0];
    if (!isWeak && !isStrong) continue;
    const demands = isStrong ? members.some(can) : members.every(can);
    /** The target of a step of the action. */
    const step = (state: number): number | undefined => {
      for (let e = first[state]!; e < end[state]!; e++) if ((sets[via[e]! * words + word]! & bit) !== 0 && fair.of(target[e]!) === component) return target[e];
      return undefined;
    };
    if (demands) {
      const isTaken = loop.some((state, i) => i + 1 < loop.length && stepsOf(graph, state, loop[i + 1]!, word, bit));
      if (isTaken) continue;
      append(go(at(), (state) => step(state) !== undefined));
      loop.push(step(at())!);
    } else if (isWeak && loop.every(can)) append(go(at(), (state) => !can(state)));
  }
  const needsEdge = loop.length === 1 && !graph.stutters;
  if (loop.length > 1 || needsEdge) append(go(at(), (state) => state === entry, needsEdge));
  if (loop.length > 1) loop.pop();
  return loop;
}

/** Is an edge between the two states a step of the action? */
function stepsOf({ first, end, target, via, sets, words }: LivenessGraph, from: number, to: number, word: number, bit: number): boolean {
  for (let e = first[from]!; e < end[from]!; e++) if (target[e] === to && (sets[via[e]! * words + word]! & bit) !== 0) return true;
  return false;
}
