// The set of visited states: exact, append-only, numbered in the order in which they were found.
//
// Invariant: every slot of the table is free (0) or holds the id+1 of one state together with its whole hash; each state has exactly
// one slot, and no free slot lies between the slot where its hash points and the slot that holds it (linear probing, nothing is ever
// removed). Two states are taken for the same one only after a comparison of all their words; the hash only saves comparisons.

import type { PackedState } from './system.js';

/** States a segment holds; segments are never moved, so growing copies nothing. */
const SEGMENT_BITS = 14;
const SEGMENT_STATES = 1 << SEGMENT_BITS;
const FIRST_TABLE_SLOTS = 1 << 12;
/** Share of used slots at which the table is doubled. */
const MAX_LOAD = 0.6;

export class StateStore {
  /** How many states there are; ids are 0 … size-1. */
  size = 0;
  private readonly segments: Uint32Array[] = [];
  /** Pairs of id+1 and hash. */
  private table = new Uint32Array(2 * FIRST_TABLE_SLOTS);
  private mask = FIRST_TABLE_SLOTS - 1;
  private growAt = Math.floor(FIRST_TABLE_SLOTS * MAX_LOAD);

  /** `words`: 32-bit words of each state. */
  constructor(readonly words: number) {}

  /**
   * The id of a state; it is new when that equals `size` before the call. The state is copied.
   * @throws RangeError when the machine gives no more memory.
   */
  add(state: PackedState): number {
    if (this.size >= this.growAt) this.growTable();
    const hash = hashOf(state, this.words);
    const { table, mask } = this;
    let slot = hash & mask;
    for (;;) {
      const entry = table[2 * slot]!;
      if (entry === 0) break;
      if (table[2 * slot + 1] === hash && this.equals(entry - 1, state)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const id = this.append(state);
    table[2 * slot] = id + 1;
    table[2 * slot + 1] = hash;
    return id;
  }

  /** Copies a state into `into`, and returns it. */
  read(id: number, into: PackedState): PackedState {
    const segment = this.segments[id >>> SEGMENT_BITS]!;
    const from = (id & (SEGMENT_STATES - 1)) * this.words;
    for (let i = 0; i < this.words; i++) into[i] = segment[from + i]!;
    return into;
  }

  get(id: number): PackedState {
    return this.read(id, new Uint32Array(this.words));
  }

  /** Order by content: words as unsigned numbers, word 0 first. It does not depend on the order in which states were found. */
  compare(a: number, b: number): number {
    const left = this.segments[a >>> SEGMENT_BITS]!;
    const right = this.segments[b >>> SEGMENT_BITS]!;
    const leftFrom = (a & (SEGMENT_STATES - 1)) * this.words;
    const rightFrom = (b & (SEGMENT_STATES - 1)) * this.words;
    for (let i = 0; i < this.words; i++) {
      const difference = left[leftFrom + i]! - right[rightFrom + i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** What the states and the table take, in bytes. */
  get bytes(): number {
    return this.table.byteLength + this.segments.length * SEGMENT_STATES * this.words * 4;
  }

  private equals(id: number, state: PackedState): boolean {
    const segment = this.segments[id >>> SEGMENT_BITS]!;
    const from = (id & (SEGMENT_STATES - 1)) * this.words;
    for (let i = 0; i < this.words; i++) if (segment[from + i] !== state[i]) return false;
    return true;
  }

  private append(state: PackedState): number {
    const id = this.size;
    const position = id & (SEGMENT_STATES - 1);
    if (position === 0) this.segments.push(new Uint32Array(SEGMENT_STATES * this.words));
    const segment = this.segments[id >>> SEGMENT_BITS]!;
    for (let i = 0; i < this.words; i++) segment[position * this.words + i] = state[i]!;
    this.size++;
    return id;
  }

  private growTable(): void {
    const slots = 2 * (this.mask + 1);
    const old = this.table;
    const table = new Uint32Array(2 * slots);
    const mask = slots - 1;
    for (let i = 0; i < old.length; i += 2) {
      const entry = old[i]!;
      if (entry === 0) continue;
      const hash = old[i + 1]!;
      let slot = hash & mask;
      while (table[2 * slot] !== 0) slot = (slot + 1) & mask;
      table[2 * slot] = entry;
      table[2 * slot + 1] = hash;
    }
    this.table = table;
    this.mask = mask;
    this.growAt = Math.floor(slots * MAX_LOAD);
  }
}

/** A multiplicative mix of all words (constants: odd numbers with well-spread bits), finished so that every bit reaches the low ones. */
export function hashOf(state: PackedState, words: number): number {
  let hash = 0x2545f491;
  for (let i = 0; i < words; i++) {
    hash = Math.imul(hash ^ state[i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
