// Where a fair run can stay for ever: strongly connected sets of states in which nothing is owed that does not happen.
//
// Components: Tarjan, Depth-first search and linear graph algorithms, 1972, without recursion. Strong fairness: a component in which an
// action is enabled somewhere and never taken is searched again without the states that enable it (Lichtenstein & Pnueli, Checking that
// finite state concurrent programs satisfy their linear specification, 1985; Emerson & Lei, Modalities for model checking, 1987).

import type { LivenessGraph, States } from './graph.js';

/** Sets of actions to which each kind of fairness is owed, as words. */
export interface Owed {
  readonly weak: Int32Array;
  readonly strong: Int32Array;
}

/** The question: a run that starts in one of `roots`, stays in `within`, and visits each of `visiting` again and again. */
export interface Region {
  readonly roots: Iterable<number>;
  readonly within: States;
  readonly visiting: readonly States[];
}

/** Marks in `index`: positive numbers are Tarjan's order of the states that are open. */
const UNSEEN = 0;
const OUTSIDE = -1;
const INSIDE = -2;
/** From here down: the state belongs to a fair component, the n-th has FAIR - n. */
const FAIR = -3;

/** States between two polls. */
const POLL_EVERY = 1 << 16;

/** Memory for searches in graphs of up to `size` states, used again and again: 20 bytes a state. */
export class Workspace {
  readonly index: Int32Array;
  readonly open: Int32Array;
  readonly path: Int32Array;
  readonly edge: Uint32Array;
  readonly low: Int32Array;

  constructor(size: number) {
    this.index = new Int32Array(size);
    this.open = new Int32Array(size);
    this.path = new Int32Array(size);
    this.edge = new Uint32Array(size);
    this.low = new Int32Array(size);
  }
}

export const WORKSPACE_BYTES = 20;

export interface FairComponents {
  readonly count: number;
  /** The number of the fair component that the state belongs to, or -1. Valid until the workspace is used again. */
  of(state: number): number;
}

/** All maximal sets in which a fair run that the region describes may stay for ever. */
export function fairComponents(graph: LivenessGraph, owed: Owed, region: Region, space: Workspace, poll: () => void): FairComponents {
  const { first, end, target, via, words, sets, enabled } = graph;
  const { index, open, path, edge, low } = space;
  const { within, visiting } = region;
  for (let s = 0; s < graph.size; s++) index[s] = within[s] === 1 ? UNSEEN : OUTSIDE;
  let fair = 0;
  let untilPoll = POLL_EVERY;
  /** Parts of components that are searched again. */
  const again: Int32Array[] = [];
  const always = new Int32Array(words);
  const sometimes = new Int32Array(words);
  const taken = new Int32Array(words);
  const missed = new Int32Array(words);

  /** Marks the members, which lie in `open` from `from` to before `to`, with what became of them. */
  const close = (from: number, to: number, mark: number): void => {
    for (let i = from; i < to; i++) index[open[i]!] = mark;
  };

  const isLoop = (from: number, to: number): boolean => {
    if (graph.stutters || to - from > 1) return true;
    const s = open[from]!;
    for (let e = first[s]!; e < end[s]!; e++) if (target[e] === s) return true;
    return false;
  };

  const visits = (set: States, from: number, to: number): boolean => {
    for (let i = from; i < to; i++) if (set[open[i]!] === 1) return true;
    return false;
  };

  /** Actions that are owed a step in the component and get none: true when there are, in `missed`. */
  const misses = (from: number, to: number): boolean => {
    always.fill(-1);
    sometimes.fill(0);
    for (let i = from; i < to; i++) {
      for (let w = 0, at = open[i]! * words; w < words; w++) {
        always[w]! &= enabled[at + w]!;
        sometimes[w]! |= enabled[at + w]!;
      }
    }
    let any = 0;
    for (let w = 0; w < words; w++) any |= missed[w] = (owed.weak[w]! & always[w]!) | (owed.strong[w]! & sometimes[w]!);
    if (any === 0) return false;
    taken.fill(0);
    close(from, to, INSIDE);
    for (let i = from; i < to; i++) {
      const s = open[i]!;
      for (let e = first[s]!; e < end[s]!; e++) {
        if (index[target[e]!] !== INSIDE) continue;
        for (let w = 0, at = via[e]! * words; w < words; w++) taken[w]! |= sets[at + w]!;
      }
    }
    any = 0;
    for (let w = 0; w < words; w++) any |= missed[w]! &= ~taken[w]!;
    return any !== 0;
  };

  const judge = (from: number, to: number): void => {
    let mark = OUTSIDE;
    if (isLoop(from, to) && visiting.every((set) => visits(set, from, to))) {
      if (!misses(from, to)) mark = FAIR - fair++;
      // What is enabled everywhere and never taken stays so in every part; what is enabled in some states only may be avoided.
      else if (!missed.some((m, w) => (m & owed.weak[w]! & always[w]!) !== 0)) again.push(without(from, to));
    }
    close(from, to, mark);
  };

  /** The members in which none of the missed actions is enabled. */
  const without = (from: number, to: number): Int32Array => {
    const rest = open.slice(from, to).filter((s) => missed.every((m, w) => (m & enabled[s * words + w]!) === 0));
    return rest;
  };

  const search = (roots: Iterable<number>): void => {
    let order = 0;
    let opened = 0;
    for (const root of roots) {
      if (index[root] !== UNSEEN) continue;
      let depth = 0;
      path[0] = root;
      edge[0] = first[root]!;
      index[root] = low[0] = ++order;
      open[opened++] = root;
      while (depth >= 0) {
        const s = path[depth]!;
        let e = edge[depth]!;
        const last = end[s]!;
        let entered = false;
        while (e < last) {
          const to = target[e++]!;
          const seen = index[to]!;
          if (seen === UNSEEN) {
            edge[depth++] = e;
            path[depth] = to;
            edge[depth] = first[to]!;
            index[to] = low[depth] = ++order;
            open[opened++] = to;
            entered = true;
            break;
          }
          if (seen > 0 && seen < low[depth]!) low[depth] = seen;
        }
        if (entered) continue;
        if (--untilPoll === 0) {
          untilPoll = POLL_EVERY;
          poll();
        }
        const own = low[depth]!;
        depth--;
        if (own === index[s]) {
          let from = opened - 1;
          while (open[from] !== s) from--;
          judge(from, opened);
          opened = from;
        } else if (own < low[depth]!) low[depth] = own;
      }
    }
  };

  search(region.roots);
  for (let part = again.pop(); part !== undefined; part = again.pop()) {
    for (const s of part) index[s] = UNSEEN;
    search(part);
  }
  return { count: fair, of: (state) => (index[state]! <= FAIR ? FAIR - index[state]! : -1) };
}
