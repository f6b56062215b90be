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
  const expandAll = (begin: number, end: number): void => {
    for (at = begin; at < end; at += words) {
      kernel.successors(states, at, out);
      compare(out);
    }
  };
  const expandAgreeing = (process: number, mask: Int32Array, begin: number, end: number): void => {
    for (const target of targets) {
      for (at = agreeing(states, begin, end, target, mask); at < end; at = agreeing(states, at + words, end, target, mask)) {
        kernel.successorsOf!(process, states, at, out);
        compare(out);
      }
    }
  };
  for (const { from, to } of pieces) {
    poll();
    if (kernel.keeps === undefined) expandAll(from * words, to * words);
    else kernel.keeps.forEach((mask, process) => expandAgreeing(process, mask, from * words, to * words));
  }
  return found;
}

/** Where the first state between `at` and `end` lies that has the target's bits under the mask; `end` when none does. */
function agreeing(states: Int32Array, at: number, end: number, target: Int32Array, mask: Int32Array): number {
  const words = mask.length;
  const [first, under] = [target[0]!, mask[0]!];
  for (; at < end; at += words) {
    if (((states[at]! ^ first) & under) !== 0) continue;
    let w = 1;
    while (w < words && ((states[at + w]! ^ target[w]!) & mask[w]!) === 0) w++;
    if (w === words) return at;
  }
  return end;
}

/** The smaller of two for each target. */
export function smaller(a: readonly (Int32Array | undefined)[], b: readonly (Int32Array | undefined)[]): (Int32Array | undefined)[] {
  return a.map((x, t) => {
    const y = b[t];
    if (x === undefined || y === undefined) return x ?? y;
    return compareStates(x, 0, y, 0, x.length) <= 0 ? x : y;
  });
}
