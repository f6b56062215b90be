// One random walk: from an initial state, at each step a process that can move and one of its ways, until nothing can move, a step errs with
// no other way left, or the walk is long enough. Every process that can move is equally likely, and then every way that it has.
//
// What is looked at on the way: invariants in each state that is visited; of each process that was asked, all that its steps violate or
// err with, whichever of them is taken; and deadlock.

import { Outcomes, type Kernel } from '../checker/kernel.js';
import { randomOf } from './random.js';
import { noteState, type Sketch } from './sketch.js';

export interface Walk {
  readonly steps: number;
  readonly end: 'long enough' | 'all done' | 'stuck' | 'violation';
}

export interface WalkSeen {
  readonly property: number;
  /** Steps of the walk before it. */
  readonly steps: number;
  /** The process whose step violates it; -1: the state does. */
  readonly process: number;
}

export interface WalkerOptions {
  /** Steps of a walk at most. */
  readonly depth: number;
  readonly seed: number;
  /** For each property: whether it is looked at. */
  readonly chosen: readonly boolean[];
  /** For each property: whether a violation ends the walk; if not, it is noted, and the walk goes on. */
  readonly stops: readonly boolean[];
  /** Every state that is visited is noted here. */
  readonly sketch?: Sketch;
  /** Called now and then; may throw, to leave. */
  readonly poll?: () => void;
}

/** Which process moved, and by which of the ways that it had. */
export interface Move {
  readonly process: number;
  readonly way: number;
}

export interface Walker {
  /** @param moved told of each step, and of the initial state that was chosen */
  walk(run: number, moved?: { start(index: number): void; move(process: number, way: number): void }): Walk;
  /** What the last walk violated, each property once. */
  readonly seen: readonly WalkSeen[];
}

/** Room for the ways of one process. */
const CAPACITY = 64;

/** Steps between two polls, less one. */
const POLL_MASK = 0xfff;

/** The steps of a kernel by process; a kernel that cannot tell them apart counts as one process. */
export const processesOf = (kernel: Kernel): number => (kernel.successorsOf === undefined ? 1 : kernel.processes!);

export function expand(kernel: Kernel, process: number, states: Int32Array, at: number, out: Outcomes): void {
  out.used = 0;
  out.errors = 0;
  if (out.notes.length > 0) out.notes.length = 0;
  if (kernel.successorsOf === undefined) kernel.successors(states, at, out);
  else kernel.successorsOf(process, states, at, out);
}

/** Every initial state, one behind the other. */
export function initialStates(kernel: Kernel): Int32Array {
  const out = new Outcomes(kernel.words, CAPACITY);
  kernel.initial(out);
  return out.words.slice(0, out.used);
}

export function walker(kernel: Kernel, initial: Int32Array, options: WalkerOptions): Walker {
  const { words } = kernel;
  const { depth, seed, chosen, stops, sketch } = options;
  const out = new Outcomes(words, CAPACITY);
  if (options.poll !== undefined) out.onPoll = options.poll;
  const now = new Int32Array(words);
  const order = Array.from({ length: processesOf(kernel) }, (_, i) => i);
  const deadlock = kernel.properties.findIndex(({ kind }) => kind === 'deadlock');
  const seen: WalkSeen[] = [];
  const found: number[] = [];
  let steps = 0;

  /** True when the walk is over. */
  const note = (property: number, at: number, process: number): boolean => {
    // Errors count, chosen or not, as in a search.
    if (!chosen[property] && kernel.properties[property]!.kind !== 'builtin') return false;
    if (!seen.some((s) => s.property === property)) seen.push({ property, steps: at, process });
    return stops[property]!;
  };
  const arrive = (at: number): boolean => {
    if (sketch !== undefined) noteState(sketch, now, 0, words);
    kernel.violations(now, 0, found);
    if (found.length === 0) return false;
    let isOver = false;
    for (const property of found) isOver = note(property, at, -1) || isOver;
    found.length = 0;
    return isOver;
  };

  return {
    seen,
    walk(run, moved) {
      const random = randomOf(seed, run);
      seen.length = 0;
      steps = 0;
      const start = random.below(initial.length / words);
      moved?.start(start);
      for (let w = 0; w < words; w++) now[w] = initial[start * words + w]!;
      // The order depends on the walk alone, not on the walks before it.
      for (let i = 0; i < order.length; i++) order[i] = i;
      if (arrive(0)) return { steps, end: 'violation' };
      for (; steps < depth; steps++) {
        if ((steps & POLL_MASK) === POLL_MASK) options.poll?.();
        let isErring = false;
        let asked = 0;
        for (; asked < order.length; asked++) {
          const pick = asked + random.below(order.length - asked);
          const process = order[pick]!;
          order[pick] = order[asked]!;
          order[asked] = process;
          expand(kernel, process, now, 0, out);
          if (out.notes.length > 0) {
            let isOver = false;
            for (let i = 0; i < out.notes.length; i += 2) isOver = note(out.notes[i]!, steps, process) || isOver;
            if (isOver) return { steps, end: 'violation' };
          }
          isErring ||= out.errors > 0;
          if (out.used > 0) break;
        }
        if (asked === order.length) {
          if (kernel.isTerminated(now, 0)) return { steps, end: 'all done' };
          if (!isErring && deadlock >= 0 && note(deadlock, steps, -1)) return { steps, end: 'violation' };
          return { steps, end: 'stuck' };
        }
        const way = random.below(out.used / words);
        moved?.move(order[asked]!, way);
        const from = way * words;
        for (let w = 0; w < words; w++) now[w] = out.words[from + w]!;
        if (arrive(steps + 1)) return { steps: steps + 1, end: 'violation' };
      }
      return { steps, end: 'long enough' };
    },
  };
}
