// One worker's part of the search: expands states, inserts what they give into the shared space, and notes what is wrong with which.

import { assert } from '../base/unreachable.js';
import { Findings } from './findings.js';
import { ERRED, Outcomes, type Kernel } from './kernel.js';
import type { Cursor, StateSpace } from './space.js';

/** Successors that are collected before they are inserted, so that their places in memory are fetched side by side. */
const BATCH = 512;
/** Successors for which the buffer has room at first. */
const CAPACITY = 2048;

/** What an expander needs of the search that it is part of. */
export interface Surroundings {
  /** How many states there are, and at most will be when what workers are inserting now is done. */
  total(): number;
  /** Changes the total. */
  count(states: number): void;
  /** Asked between batches; throws to end the search. */
  poll(): void;
  /** Properties that are looked at. */
  isLookedAt(property: number): boolean;
}

/** A range of ids that lie one behind the other. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

export class Expander {
  readonly cursor: Cursor;
  readonly findings = new Findings();
  /** Errors of steps that occurred. */
  readonly erred = new Set<number>();
  generated = 0;
  private readonly out: Outcomes;
  private readonly violated: number[] = [];
  private readonly deadlocks: readonly number[];
  // The piece under way: the next state to expand, and where the piece ends.
  private next = 0;
  private end = 0;
  /** Successors of the state under way that were inserted before it was done. */
  private flushed = 0;
  private level = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly space: StateSpace,
    worker: number,
    private readonly around: Surroundings,
  ) {
    this.cursor = space.cursor(worker);
    this.out = new Outcomes(kernel.words, CAPACITY, () => this.makeRoom());
    this.out.onPoll = () => around.poll();
    this.deadlocks = kernel.properties.flatMap((p, i) => (p.kind === 'deadlock' ? [i] : []));
  }

  /** Inserts the initial states: level 1, found from level 0. False when there is no room: enlarge the space, then `insert`. */
  start(): boolean {
    this.level = 0;
    this.kernel.initial(this.out);
    this.takeNotes(undefined);
    return this.insert();
  }

  /** Expands the states of a piece, which belong to the level. False when there is no room: enlarge the space, then `resume`. */
  expand(piece: Piece, level: number): boolean {
    this.level = level;
    this.next = piece.from;
    this.end = piece.to;
    return this.resume();
  }

  resume(): boolean {
    const { kernel, out } = this;
    const { words, states } = this.space;
    const batch = BATCH * words;
    for (;;) {
      if (out.used >= batch && !this.insert()) return false;
      if (this.next === this.end) return true;
      const id = this.next++;
      const at = id * words;
      const before = out.used;
      out.errors = 0;
      this.flushed = 0;
      kernel.successors(states, at, out);
      if (out.used === before && out.errors === 0 && this.flushed === 0) this.standstill(at);
      if (out.notes.length > 0) this.takeNotes(at);
    }
  }

  /** Inserts what is in the buffer. False when there is no room for it. */
  insert(): boolean {
    const { out, space, around, cursor, pending } = this;
    if (pending === 0) return true;
    const known = cursor.count;
    let id = cursor.next;
    // Counted before: what several workers insert at once must fit, too.
    around.count(pending);
    const fits = space.tableHolds(around.total(), cursor, pending) && space.statesHold(cursor, pending);
    if (fits) {
      space.insert(out.words, out.used, cursor);
      for (let n = known; n < cursor.count; n++, id = space.idAfter(id)) this.discovered(id);
      this.generated += pending;
      out.used = 0;
    }
    around.count(cursor.count - known - pending);
    around.poll();
    return fits;
  }

  /** Successors that wait to be inserted. */
  get pending(): number {
    return this.out.used / this.space.words;
  }

  /** A single state has very many successors: insert what there is, else keep more of it. */
  private makeRoom(): void {
    const { out } = this;
    this.takeNotes(this.level === 0 ? undefined : (this.next - 1) * this.space.words);
    const count = this.pending;
    if (this.insert()) this.flushed += count;
    else out.enlarge();
    this.around.poll();
  }

  private discovered(id: number): void {
    const { violated, space } = this;
    this.kernel.violations(space.states, id * space.words, violated);
    if (violated.length === 0) return;
    for (const property of violated) this.add(property, this.level + 1, 'state', undefined, () => space.copy(id));
    violated.length = 0;
  }

  private standstill(at: number): void {
    const { space } = this;
    if (this.kernel.isTerminated(space.states, at)) this.generated++;
    else for (const property of this.deadlocks) this.add(property, this.level, 'state', undefined, () => space.states.slice(at, at + space.words));
  }

  /** What was noted while the state at `from` was expanded; undefined: while `init` ran. */
  private takeNotes(from: number | undefined): void {
    const { out, space } = this;
    const { notes } = out;
    assert(notes.length % 2 === 0, 'notes are pairs');
    for (let i = 0; i < notes.length; i += 2) if (notes[i + 1] === ERRED) this.erred.add(notes[i]!);
    for (let i = 0; i < notes.length; i += 2) {
      const [property, to] = [notes[i]!, notes[i + 1]!];
      const start = from === undefined ? undefined : () => space.states.slice(from, from + space.words);
      if (to < 0) this.add(property, this.level, 'error', start);
      else this.add(property, this.level, 'step', start, () => out.words.slice(to, to + space.words));
    }
    notes.length = 0;
  }

  private add(property: number, level: number, end: 'state' | 'step' | 'error', from?: () => Int32Array, to?: () => Int32Array): void {
    if (!this.around.isLookedAt(property) && !this.erred.has(property)) return;
    const known = this.findings.of(property);
    if (known !== undefined && known.level < level) return;
    this.findings.add({ property, level, violation: { end, ...(from === undefined ? {} : { from: from() }), ...(to === undefined ? {} : { to: to() }) } });
  }
}
