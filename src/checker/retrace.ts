// The way back: from a state of some level to an initial state, by the smallest predecessor (by content) in each level before. Nothing is
// kept during the search for it; the states of the levels on the way are looked at once more, and only when there is a trace to show:
// those are expanded that agree with the state that is looked for in all bits that some process leaves alone, and for that process only.
// A trace depends on the graph alone, not on the order of the search.

import { Outcomes, type Kernel } from './kernel.js';
import type { Piece } from './expander.js';
import { compareStates, type StateSpace } from './space.js';

/** Successors for which the buffer has room at first. */
const CAPACITY = 256;

/** For each target the smallest state of the pieces from which a step leads to it; undefined where there is none. */
export function smallestPredecessors(
  kernel: Kernel,
  space: StateSpace,
  pieces: Iterable<Piece>,
  targets: readonly Int32Array[],
  poll: () => void,
): (Int32Array | undefined)[] {
  const { words, states } = space;
  const { keeps } = kernel;
  const masks = flat(keeps ?? []);
  const goals = flat(targets);
  const found: (Int32Array | undefined)[] = targets.map(() => undefined);
  let at = 0;
  const compare = (out: Outcomes): void => {
    for (let q = 0; q < out.used; q += words) {
      for (let t = 0; t < targets.length; t++) {
        const target = targets[t]!;
        let w = 0;
        while (w < words && target[w] === out.words[q + w]) w++;
        if (w < words) continue;
        const known = found[t];
        if (known === undefined || compareStates(states, at, known, 0, words) < 0) found[t] = states.slice(at, at + words);
      }
    }
    out.used = 0;
    if (out.notes.length > 0) out.notes.length = 0;
  };
  // A single state may have very many successors: they are looked at as they come.
  const out = new Outcomes(words, CAPACITY, (full) => {
    compare(full);
    poll();
  });
  out.onPoll = poll;
  for (const { from, to } of pieces) {
    poll();
    for (at = from * words; at < to * words; at += words) {
      if (keeps === undefined) {
        kernel.successors(states, at, out);
        compare(out);
        continue;
      }
      for (let process = 0; process < keeps.length; process++) {
        if (!agrees(states, at, goals, masks, process * words, words)) continue;
        kernel.successorsOf!(process, states, at, out);
        compare(out);
      }
    }
  }
  return found;
}

/** The state at `at` has the same bits as one of the goals under the mask at `from`. All lie in arrays, one behind the other. */
function agrees(states: Int32Array, at: number, goals: Int32Array, masks: Int32Array, from: number, words: number): boolean {
  for (let goal = 0; goal < goals.length; goal += words) {
    let w = 0;
    while (w < words && ((states[at + w]! ^ goals[goal + w]!) & masks[from + w]!) === 0) w++;
    if (w === words) return true;
  }
  return false;
}

const flat = (states: readonly Int32Array[]): Int32Array => Int32Array.from(states.flatMap((state) => [...state]));

/** The smaller of two for each target. */
export function smaller(a: readonly (Int32Array | undefined)[], b: readonly (Int32Array | undefined)[]): (Int32Array | undefined)[] {
  return a.map((x, t) => {
    const y = b[t];
    if (x === undefined || y === undefined) return x ?? y;
    return compareStates(x, 0, y, 0, x.length) <= 0 ? x : y;
  });
}
