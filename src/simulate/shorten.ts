// A random walk to a violation is long, and most of its steps have nothing to do with it. It is made shorter by leaving steps out and walking
// again: whole processes, then stretches of one process, then stretches of the walk, each half as long as the one before (in the manner of
// Zeller and Hildebrandt's delta debugging, 2002). What can no longer be taken is left out as well. The result violates the same property; it
// need not be a shortest one.

import { Outcomes, type Kernel } from '../checker/kernel.js';
import type { Trace } from '../checker/verdict.js';
import { expand, processesOf, type Move } from './walk.js';

/** A walk that was recorded. */
export interface Recorded {
  /** The initial state. */
  readonly start: Int32Array;
  readonly moves: readonly Move[];
}

interface Replayed {
  readonly moves: readonly Move[];
  readonly trace: Trace;
}

/** Steps that are walked for it, at most: a few seconds. */
const BUDGET = 3_000_000;

/** @throws when the walk does not violate the property (a bug) */
export function shorten(kernel: Kernel, walk: Recorded, property: number): Trace {
  const again = replayer(kernel, walk.start, property);
  let best = again.run(walk.moves);
  if (best === undefined) throw new Error('internal error: a walk does not violate what it was said to violate');
  const without = (moves: ReadonlySet<number>): boolean => {
    const shorter = again.run(best!.moves.filter((_, i) => !moves.has(i)));
    if (shorter === undefined || shorter.moves.length >= best!.moves.length) return false;
    best = shorter;
    return true;
  };
  for (let before = Infinity; best.moves.length < before && again.walked() < BUDGET; ) {
    before = best.moves.length;
    for (let process = 0; process < processesOf(kernel); process++) removeStretches(() => indices(best!.moves, process), without, () => again.walked() < BUDGET);
    removeStretches(() => [...best!.moves.keys()], without, () => again.walked() < BUDGET);
  }
  return best.trace;
}

const indices = (moves: readonly Move[], process: number): readonly number[] => moves.flatMap((move, i) => (move.process === process ? [i] : []));

/** Tries to leave out stretches of the list, the longest first. The list is asked for again when something was left out. */
function removeStretches(list: () => readonly number[], without: (moves: ReadonlySet<number>) => boolean, goOn: () => boolean): void {
  for (let length = list().length; length >= 1; length = Math.floor(length / 2)) {
    for (let from = 0; from < list().length && goOn(); ) {
      if (!without(new Set(list().slice(from, from + length)))) from += length;
    }
  }
}

function replayer(kernel: Kernel, start: Int32Array, property: number): { run(moves: readonly Move[]): Replayed | undefined; walked(): number } {
  const { words } = kernel;
  const out = new Outcomes(words, 64);
  const found: number[] = [];
  let walked = 0;
  const isDeadlock = kernel.properties[property]!.kind === 'deadlock';
  const isBad = (state: Int32Array): boolean => {
    found.length = 0;
    kernel.violations(state, 0, found);
    return found.includes(property) || (isDeadlock && isStuck(kernel, state));
  };
  const packed = (states: readonly Int32Array[]): Trace['states'] => states.map((state) => new Uint32Array(state));
  return {
    walked: () => walked,
    run(moves) {
      const states = [start];
      const taken: Move[] = [];
      if (isBad(start)) return { moves: taken, trace: { states: packed(states), end: 'state' } };
      for (const move of moves) {
        const state = states.at(-1)!;
        walked++;
        expand(kernel, move.process, state, 0, out);
        for (let i = 0; i < out.notes.length; i += 2) {
          if (out.notes[i] !== property) continue;
          const to = out.notes[i + 1]!;
          if (to < 0) return { moves: [...taken, move], trace: { states: packed(states), end: 'error' } };
          return { moves: [...taken, { process: move.process, way: to / words }], trace: { states: packed([...states, out.words.slice(to, to + words)]), end: 'step' } };
        }
        const from = move.way * words;
        if (from >= out.used) continue;
        states.push(out.words.slice(from, from + words));
        taken.push(move);
        if (isBad(states.at(-1)!)) return { moves: taken, trace: { states: packed(states), end: 'state' } };
      }
      return undefined;
    },
  };
}

/** No step is possible, none errs, and some process is not done. */
function isStuck(kernel: Kernel, state: Int32Array): boolean {
  if (kernel.isTerminated(state, 0)) return false;
  const out = new Outcomes(kernel.words, 64);
  for (let process = 0; process < processesOf(kernel); process++) {
    expand(kernel, process, state, 0, out);
    if (out.used > 0 || out.errors > 0) return false;
  }
  return true;
}
