// The graph of liveness from a space of states that was searched to its end: every state is expanded once more, process by process, and
// its successors are looked up. Several threads do it side by side, each with pieces of its own, in memory that all share.

import { assert } from '../../base/unreachable.js';
import type { Piece } from '../expander.js';
import { Outcomes, type Kernel } from '../kernel.js';
import type { StateSpace } from '../space.js';
import { actionSets, wordsFor, type LivenessGraph } from './graph.js';
import type { TemporalPlan } from './plan.js';

/** Crosses threads. */
export interface SharedGraph {
  /** Ids are below it. */
  readonly size: number;
  /** Edges for which there is room. */
  readonly room: number;
  readonly states: SharedArrayBuffer;
  readonly first: SharedArrayBuffer;
  readonly end: SharedArrayBuffer;
  readonly enabled: SharedArrayBuffer;
  readonly target: SharedArrayBuffer;
  readonly via: SharedArrayBuffer;
  /** One word: the first edge that no thread has taken. */
  readonly taken: SharedArrayBuffer;
}

/** Edges that a thread takes at once. */
const BLOCK = 8192;
/** Successors that are looked up together. */
const BATCH = 1024;

/** Bytes of the graph; memory is taken only as it is written. */
export function graphBytes(size: number, edges: number, actions: number): number {
  return size * (9 + 4 * wordsFor(actions)) + 6 * edges;
}

/**
 * @param edges an upper bound, successors that are the state itself included
 * @throws RangeError when the machine has no memory for it
 */
export function shareGraph(size: number, edges: number, threads: number, actions: number): SharedGraph {
  // At the end of its block a thread leaves less than half of it.
  const room = 2 * edges + 2 * threads * BLOCK;
  const bytes = (count: number): SharedArrayBuffer => new SharedArrayBuffer(count);
  return {
    size,
    room,
    states: bytes(size),
    first: bytes(4 * size),
    end: bytes(4 * size),
    enabled: bytes(4 * size * wordsFor(actions)),
    target: bytes(4 * room),
    via: bytes(2 * room),
    taken: bytes(4),
  };
}

export function graphIn(shared: SharedGraph, plan: TemporalPlan, initial: readonly number[]): LivenessGraph {
  return {
    size: shared.size,
    states: new Uint8Array(shared.states),
    initial,
    first: new Uint32Array(shared.first),
    end: new Uint32Array(shared.end),
    target: new Int32Array(shared.target),
    via: new Uint16Array(shared.via),
    words: wordsFor(plan.actions.length),
    sets: actionSets(plan.actionsAt, plan.actions.length).sets,
    enabled: new Int32Array(shared.enabled),
    stutters: true,
  };
}

/** Fills in the states of the pieces. `kernel` has temporal properties. */
export function fillGraph(kernel: Kernel, space: StateSpace, pieces: Iterable<Piece>, shared: SharedGraph, poll: () => void): void {
  const temporal = kernel.temporal!;
  const { plan } = temporal;
  const { words } = space;
  const graph = graphIn(shared, plan, []);
  const { numbers } = actionSets(plan.actionsAt, plan.actions.length);
  const taken = new Int32Array(shared.taken);
  const processes = numbers.length;
  const out = new Outcomes(words, 2 * BATCH);
  out.onPoll = poll;
  /** The states whose successors wait in `out`, and where those of each end, in states. */
  const waiting: number[] = [];
  const ends: number[] = [];
  let vias = new Uint16Array(4 * BATCH);
  let ids = new Int32Array(4 * BATCH);
  let next = 0;
  let limit = 0;

  const take = (count: number): number => {
    if (limit - next < count) {
      // Rarely does a state have so many successors that it gets a block of its own.
      if (count > BLOCK / 2) return Atomics.add(taken, 0, count);
      next = Atomics.add(taken, 0, BLOCK);
      limit = next + BLOCK;
    }
    const at = next;
    next += count;
    return at;
  };
  const flush = (): void => {
    const count = out.used / words;
    if (ids.length < count) ids = new Int32Array(2 * count);
    space.lookup(out.words, out.used, ids);
    let from = 0;
    waiting.forEach((state, i) => {
      const to = ends[i]!;
      let edge = take(to - from);
      assert(edge + to - from <= shared.room, 'there is room for all edges');
      graph.first[state] = edge;
      for (let j = from; j < to; j++) {
        const id = ids[j]!;
        assert(id >= 0, 'a successor of a visited state was visited');
        if (id === state) continue;
        graph.target[edge] = id;
        graph.via[edge++] = vias[j]!;
        for (let w = 0; w < graph.words; w++) graph.enabled[state * graph.words + w]! |= graph.sets[vias[j]! * graph.words + w]!;
      }
      graph.end[state] = edge;
      from = to;
    });
    out.used = 0;
    out.notes.length = 0;
    waiting.length = ends.length = 0;
    poll();
  };
  for (const piece of pieces) {
    for (let id = piece.from; id < piece.to; id++) {
      const at = id * words;
      graph.states[id] = 1;
      for (let process = 0; process < processes; process++) {
        const before = out.used / words;
        out.errors = 0;
        temporal.moves(process, space.states, at, out);
        const after = out.used / words;
        if (after === before && out.errors === 0) continue;
        const set = numbers[process]![temporal.location(process, space.states, at)]!;
        // A step that errs counts as enabled, although it leads nowhere.
        if (out.errors > 0) for (let w = 0; w < graph.words; w++) graph.enabled[id * graph.words + w]! |= graph.sets[set * graph.words + w]!;
        if (vias.length < after) {
          const larger = new Uint16Array(2 * after);
          larger.set(vias);
          vias = larger;
        }
        for (let i = before; i < after; i++) vias[i] = set;
      }
      waiting.push(id);
      ends.push(out.used / words);
      if (out.used >= BATCH * words) flush();
    }
  }
  flush();
}
