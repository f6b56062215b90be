// The set of visited states: exact, append-only, in memory that worker threads share.
//
// States lie one behind the other in one array; a state's id is its position. Each worker appends to chunks of its own (chunk c belongs
// to worker c mod N), so that writing needs no lock. The hash table holds in each slot 0 or an entry: id+1 in its low bits, and in what
// is left above them a tag, the high bits of the state's hash.
//
// Invariant: each state has exactly one slot, and no free slot lies between the slot where its hash points and the one that holds it
// (linear probing, nothing is ever removed). A slot changes once, from 0, by compare-and-swap, after the state's words were written; a
// reader comes to the words through the entry, so it sees them whole. Two states are taken for the same one only after a comparison of
// all their words: the tag only saves comparisons.

import { CHUNK, inserterOf, type Inserter, type Table } from './insert.js';

const FIRST_SLOTS = 1 << 14;
const FIRST_CHUNKS = 64;
/** The share of used slots at which the table is enlarged. */
const LOAD = 0.7;
/** States that are put into a new table together. */
const REHASH = 512;
/** Tables of at most so many slots become 16 times as large: they are filled again soon. */
const SMALL = 1 << 18;
/** Others of fewer slots become four times as large; the rest twice: their memory is dear. */
const LARGE = 1 << 24;
/** The longest typed array that every supported Node has. */
const MAX_WORDS = 2 ** 32 - 1;

/** What threads need to work on one space; crosses threads. */
export interface SharedSpace {
  readonly words: number;
  readonly workers: number;
  readonly states: SharedArrayBuffer;
  readonly table: SharedArrayBuffer;
}

/** Where a worker's next state goes, and how many it has. */
export interface Cursor {
  next: number;
  count: number;
}

export class StateSpace implements Table {
  readonly words: number;
  readonly workers: number;
  /** All states; that with id i begins at i * words. */
  states!: Int32Array;
  table!: Int32Array;
  mask = 0;
  idMask = 0;
  /** Ids for which there is room in `states`; no more than entries can hold, so that it is a small integer for V8. */
  private idsHeld = 0;
  private readonly inserter: Inserter;
  // For each of the states that are inserted or looked up together.
  private hashes = new Int32Array(0);
  private slots = new Int32Array(0);
  private places = new Int32Array(0);
  /** Written and never read: so that no compiler takes the reads that fetch memory for useless. */
  protected touched = 0;

  constructor(private shared: SharedSpace) {
    this.words = shared.words;
    this.workers = shared.workers;
    this.inserter = inserterOf(shared.words, shared.workers === 1);
    this.use(shared);
  }

  /** A space for few states, which `growStates` and `growTable` enlarge. */
  static create(words: number, workers: number): StateSpace {
    const chunks = Math.max(FIRST_CHUNKS, 4 * workers);
    return new StateSpace({ words, workers, states: new SharedArrayBuffer(4 * words * CHUNK * chunks), table: new SharedArrayBuffer(4 * FIRST_SLOTS) });
  }

  get handle(): SharedSpace {
    return this.shared;
  }

  /** Works on from what another thread has enlarged. */
  use(shared: SharedSpace): void {
    if (this.states?.buffer !== shared.states) this.states = new Int32Array(shared.states);
    if (this.table?.buffer !== shared.table) this.table = new Int32Array(shared.table);
    this.shared = shared;
    this.mask = this.table.length - 1;
    this.idsHeld = Math.min(2 ** 31 - 1, Math.floor(this.states.length / this.words));
    // Ids of N workers that write unevenly can be N times as high as there are states.
    this.idMask = 2 ** Math.min(31, Math.log2(this.table.length) + Math.ceil(Math.log2(this.workers))) - 1;
  }

  /** Bytes in use while there are `states` states. */
  bytes(states: number): number {
    return 4 * (this.table.length + states * this.words);
  }

  /** Behind the `count`-th state of a worker. */
  cursor(worker: number, count = 0): Cursor {
    return { next: this.idOf(worker, count), count };
  }

  /** The id of the `local`-th state of a worker. */
  idOf(worker: number, local: number): number {
    return (Math.floor(local / CHUNK) * this.workers + worker) * CHUNK + (local % CHUNK);
  }

  /** The id that its worker gives next. */
  idAfter(id: number): number {
    return id % CHUNK === CHUNK - 1 ? id + 1 + (this.workers - 1) * CHUNK : id + 1;
  }

  /** Which worker's state it is, and its number among those. */
  placeOf(id: number): { readonly worker: number; readonly local: number } {
    const chunk = Math.floor(id / CHUNK);
    return { worker: chunk % this.workers, local: Math.floor(chunk / this.workers) * CHUNK + (id % CHUNK) };
  }

  /** The ids of a worker's states from the `from`-th to the one before the `to`-th, in ranges of at most `size` (a divisor of 1,024). */
  *pieces(worker: number, from: number, to: number, size: number): Iterable<{ readonly from: number; readonly to: number }> {
    for (let local = from; local < to; ) {
      const end = Math.min(to, (Math.floor(local / size) + 1) * size);
      const id = this.idOf(worker, local);
      yield { from: id, to: id + end - local };
      local = end;
    }
  }

  /** The table has room for so many states, and its entries for the ids that a worker would give to `count` more. */
  tableHolds(states: number, cursor: Cursor, count: number): boolean {
    return states <= LOAD * this.table.length && this.endAfter(cursor, count) < this.idMask;
  }

  /** There is room for the words of `count` more states of the worker. */
  statesHold(cursor: Cursor, count: number): boolean {
    return this.endAfter(cursor, count) <= this.idsHeld;
  }

  private endAfter(cursor: Cursor, count: number): number {
    return cursor.next + (Math.ceil(count / CHUNK) + 1) * CHUNK * this.workers;
  }

  /** Reserves room for as many states as fit into `maxBytes`: memory is taken only as they are written. False when there is no more than now. */
  growStates(maxBytes: number): boolean {
    const most = Math.min(maxBytes - 4 * this.table.length, 4 * MAX_WORDS);
    for (let bytes = most - (most % 4); bytes >= 2 * this.states.byteLength; bytes = 4 * Math.floor(bytes / 8)) {
      const states = reserve(bytes);
      if (states === undefined) continue;
      new Int32Array(states).set(this.states);
      this.use({ ...this.shared, states });
      return true;
    }
    return false;
  }

  /** A larger table, empty: every worker has to `clear`, and then to `rehash`. False when it, the old one and the states together do not fit into `maxBytes`. */
  growTable(maxBytes: number, states: number): boolean {
    const now = this.table.length;
    for (let factor = now <= SMALL ? 16 : now < LARGE ? 4 : 2; factor >= 2; factor /= 2) {
      const slots = now * factor;
      if (this.bytes(states) + 4 * slots > maxBytes || slots > 2 ** 31) continue;
      const table = reserve(4 * slots);
      if (table === undefined) continue;
      this.use({ ...this.shared, table });
      return true;
    }
    return false;
  }

  /**
   * Adds the states that lie one behind the other in `from`: those that were not there get the cursor's ids, in order.
   * The caller has seen to it that there is room.
   *
   * In three passes, so that what is far away in memory is fetched for many states at once: the slots where the hashes point; the states
   * that the slots' entries stand for; and only then the comparison and the insertion.
   */
  insert(from: Int32Array, used: number, cursor: Cursor): void {
    this.seek(from, used);
    this.inserter.add(this, from, used, this.hashes, this.slots, cursor, (this.workers - 1) * CHUNK);
  }

  /** The ids of the states that lie one behind the other in `from`, into `ids`; -1 for one that was not visited. */
  lookup(from: Int32Array, used: number, ids: Int32Array): void {
    this.seek(from, used);
    this.inserter.find(this, from, used, this.hashes, this.slots, ids);
  }

  /** The first two passes. */
  private seek(from: Int32Array, used: number): void {
    const { inserter } = this;
    const count = used / this.words;
    if (this.hashes.length < count) [this.hashes, this.slots, this.places] = [new Int32Array(2 * count), new Int32Array(2 * count), new Int32Array(2 * count)];
    this.touched = inserter.hash(this, from, 0, used, this.hashes) ^ inserter.seek(this, count, this.hashes, this.slots, this.places);
  }

  /** The id of a state, -1 when it was not visited. */
  find(state: ArrayLike<number>): number {
    const ids = new Int32Array(1);
    this.lookup(Int32Array.from(state), this.words, ids);
    return ids[0]!;
  }

  /**
   * Writes a worker's share of the table, which is new, before anybody reads it. Memory that is read first is mapped twice, to a page of zeros and
   * then to one of its own, and the second time every thread must be told: 9 µs a page where two threads do so, instead of 2.
   */
  clear(worker: number): void {
    const share = this.table.length / this.workers;
    this.table.fill(0, Math.floor(worker * share), Math.floor((worker + 1) * share));
  }

  /**
   * Puts a worker's share of all states into the table, which is new and clear. Workers may do so side by side; it does not matter who found a state.
   *
   * @param counts for each worker how many states it has found
   */
  rehash(worker: number, counts: readonly number[]): void {
    const { words, states, inserter, workers } = this;
    const hashes = new Int32Array(REHASH);
    let turn = worker;
    for (const [owner, count] of counts.entries())
      for (const { from, to } of this.pieces(owner, 0, count, REHASH)) {
        if (turn++ % workers !== 0) continue;
        this.touched = inserter.hash(this, states, from * words, to * words, hashes);
        inserter.fill(this, from, to, hashes);
      }
  }

  copy(id: number): Int32Array {
    return this.states.slice(id * this.words, (id + 1) * this.words);
  }
}

/** Undefined when the machine does not give so much. */
function reserve(bytes: number): SharedArrayBuffer | undefined {
  try {
    return new SharedArrayBuffer(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Order by content: words as unsigned numbers, word 0 first. */
export function compareStates(a: Int32Array, aAt: number, b: Int32Array, bAt: number, words: number): number {
  for (let w = 0; w < words; w++) {
    const difference = (a[aAt + w]! >>> 0) - (b[bAt + w]! >>> 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
