// How the explorer finds its way back: for each state its smallest predecessor in the level before, and from that the trace.
//
// Invariant: `of(id)` is, once the level before that of `id` has been expanded, the smallest state (by content) of that level from
// which a step leads to `id`; initial states have none. So a trace depends on the graph alone, not on the order of the search.

import type { StateStore } from './store.js';
import type { PackedState } from './system.js';

const SEGMENT_BITS = 14;
const SEGMENT_STATES = 1 << SEGMENT_BITS;

export class Predecessors {
  private readonly segments: Uint32Array[] = [];

  constructor(private readonly store: StateStore) {}

  /** A new state was found by a step from `from`. */
  start(id: number, from: number): void {
    const segment = id >>> SEGMENT_BITS;
    while (this.segments.length <= segment) this.segments.push(new Uint32Array(SEGMENT_STATES));
    this.segments[segment]![id & (SEGMENT_STATES - 1)] = from + 1;
  }

  /** Another step, from `from` in the same level, leads to a state that is already known. */
  offer(id: number, from: number): void {
    const known = this.of(id);
    if (known !== undefined && known !== from && this.store.compare(from, known) < 0) this.start(id, from);
  }

  /** Undefined for an initial state. */
  of(id: number): number | undefined {
    const entry = this.segments[id >>> SEGMENT_BITS]?.[id & (SEGMENT_STATES - 1)] ?? 0;
    return entry === 0 ? undefined : entry - 1;
  }

  /** The states from an initial one to `id`, both included. */
  pathTo(id: number): PackedState[] {
    const path: PackedState[] = [];
    for (let at: number | undefined = id; at !== undefined; at = this.of(at)) path.push(this.store.get(at));
    return path.reverse();
  }

  get bytes(): number {
    return this.segments.length * SEGMENT_STATES * 4;
  }
}
