// Breadth-first search over a System, level by level, in one thread: the whole reachable space, and a verdict for each property.
//
// Counting follows TLC: `distinct` states; `generated` counts initial states and every computed successor, duplicates included, and
// one stuttering successor of a state in which nothing is enabled and every process is done; `depth` counts levels, the initial
// states being level 1. A step that errs has no successor and adds nothing.
//
// Invariant at the end of a level: every state of it has been expanded, every state found has had its invariants evaluated, and what
// was found (ids apart) depends on the graph alone, not on the order of expansion. A search that ends inside a level keeps all but the last.

import { assert } from '../base/unreachable.js';
import { Findings, type Violation } from './findings.js';
import type { StateCounts } from './outcome.js';
import { StateStore } from './store.js';
import type { PackedState, SuccessorSink, System } from './system.js';
import { Predecessors } from './trace.js';
import type { Reason, Verdict } from './verdict.js';

export interface ExploreOptions {
  /** For each property of the system: what should come out. */
  readonly expected: readonly ('holds' | 'violated')[];
  /** For each property: whether it is looked at. Errors of steps count, and get a verdict when they occur, whether chosen or not. */
  readonly chosen: readonly boolean[];
  /** Go on after an unexpected violation. */
  readonly continueOnViolation: boolean;
  /** The search ends with the level in which it found more distinct states than this. */
  readonly maxStates?: number;
  /** What the visited states may take; the search ends when they take more, also within a level. */
  readonly maxMemoryBytes?: number;
  /** Since the call, by `clock`; also within a level. */
  readonly timeLimitMs?: number;
  /** Milliseconds, from any start. */
  readonly clock: () => number;
  /** Asked every few hundred steps; true ends the search. */
  readonly shouldStop: () => boolean;
  /** Called about five times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called when a property is found violated for the first time. */
  readonly onViolation?: (property: number) => void;
}

export interface Progress {
  readonly states: number;
  readonly generated: number;
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly frontier: number;
  readonly memoryBytes: number;
}

/** `violation`: an unexpected one ended the search after its level. */
export type Ending = 'complete' | 'violation' | 'states' | 'memory' | 'time' | 'interrupted';

export interface Exploration {
  readonly counts: StateCounts;
  readonly ended: Ending;
  /** One for each property of the system; undefined for one that was not chosen and, if it is an error of a step, did not occur. */
  readonly verdicts: readonly (Verdict | undefined)[];
  /** A property that undermines the others was violated: what did not happen says nothing. */
  readonly undermined: boolean;
  readonly memoryBytes: number;
}

/** Steps (expansions and successors) between two looks at the clock and the stop signal. */
const POLL_EVERY = 256;
const PROGRESS_EVERY_MS = 200;

/** @throws whatever the system throws (a bug), never for a limit. */
export function explore(system: System, options: ExploreOptions): Exploration {
  const search = new Search(system, options);
  const ended = search.run();
  return search.result(ended);
}

/** Thrown through the system's code to leave the middle of an expansion. */
class Stop {
  constructor(readonly reason: Exclude<Ending, 'complete' | 'violation' | 'states'>) {}
}

class Search implements SuccessorSink {
  private readonly store: StateStore;
  private readonly predecessors: Predecessors;
  private readonly findings: Findings;
  private readonly erred = new Set<number>();
  private generated = 0;
  private initial = 0;
  private depth = 0;
  private expanded = 0;
  private unexpected = false;
  private readonly started: number;
  private lastProgress: number;
  private untilPoll = POLL_EVERY;
  // The expansion under way: from which state (undefined: `init`), in which level, and what it has given.
  private from: number | undefined;
  private level = 0;
  private outcomes = 0;
  private readonly pending: number[] = [];
  private readonly current: PackedState;
  /** The first id of the level after the one that is being expanded. */
  private nextLevel = 0;

  constructor(private readonly system: System, private readonly options: ExploreOptions) {
    this.store = new StateStore(system.words);
    this.predecessors = new Predecessors(this.store);
    this.findings = new Findings(this.store);
    this.current = new Uint32Array(system.words);
    this.started = this.lastProgress = options.clock();
  }

  run(): Ending {
    try {
      this.system.initial(this);
      assert(this.pending.length === 0, 'a violation without an outcome');
      this.initial = this.store.size;
      for (;;) {
        this.level++;
        this.nextLevel = this.store.size;
        if (this.nextLevel === this.expanded) return 'complete';
        const ending = this.endAfterLevel();
        if (ending !== undefined) return ending;
        while (this.expanded < this.nextLevel) this.expand(this.expanded);
      }
    } catch (error) {
      if (error instanceof Stop) return error.reason;
      if (error instanceof RangeError && /array buffer allocation/i.test(error.message)) return 'memory';
      throw error;
    }
  }

  private endAfterLevel(): Ending | undefined {
    if (this.unexpected && !this.options.continueOnViolation) return 'violation';
    this.poll();
    return this.store.size > (this.options.maxStates ?? Infinity) ? 'states' : undefined;
  }

  private expand(id: number): void {
    const state = this.store.read(id, this.current);
    this.from = id;
    this.outcomes = 0;
    this.tick();
    this.system.successors(state, this);
    assert(this.pending.length === 0, 'a violation without an outcome');
    if (this.outcomes === 0) this.standstill(id, state);
    this.expanded++;
  }

  private standstill(id: number, state: PackedState): void {
    if (this.system.isTerminated(state)) {
      this.generated++;
      return;
    }
    this.system.properties.forEach((property, index) => {
      if (property.kind === 'deadlock') this.record(index, this.level, { end: 'state', state: id });
    });
  }

  // ---- what the system tells ----------------------------------------------------------------------------------------

  violated(property: number): void {
    this.pending.push(property);
  }

  successor(state: PackedState): void {
    this.tick();
    this.outcomes++;
    this.generated++;
    const known = this.store.size;
    const id = this.store.add(state);
    if (id === known) this.discovered(id, state);
    else if (this.from !== undefined && id >= this.nextLevel) this.predecessors.offer(id, this.from);
    for (const property of this.pending) this.record(property, this.level, { end: 'step', ...this.origin(), to: id });
    this.pending.length = 0;
  }

  error(property: number): void {
    this.tick();
    this.outcomes++;
    this.erred.add(property);
    for (const violated of this.pending) this.record(violated, this.level, { end: 'error', ...this.origin() });
    this.record(property, this.level, { end: 'error', ...this.origin() });
    this.pending.length = 0;
  }

  private origin(): { from?: number } {
    return this.from === undefined ? {} : { from: this.from };
  }

  private discovered(id: number, state: PackedState): void {
    this.depth = this.level + 1;
    if (this.from !== undefined) this.predecessors.start(id, this.from);
    this.system.violations(state, (property) => this.record(property, this.level + 1, { end: 'state', state: id }));
  }

  private record(property: number, level: number, violation: Violation): void {
    if (!this.options.chosen[property] && !this.erred.has(property)) return;
    if (!this.findings.add(property, level, violation)) return;
    if (this.options.expected[property] !== 'violated') this.unexpected = true;
    this.options.onViolation?.(property);
  }

  // ---- limits -------------------------------------------------------------------------------------------------------

  private tick(): void {
    if (--this.untilPoll <= 0) this.poll();
  }

  private poll(): void {
    this.untilPoll = POLL_EVERY;
    const { options } = this;
    if (options.shouldStop()) throw new Stop('interrupted');
    if (this.memoryBytes > (options.maxMemoryBytes ?? Infinity)) throw new Stop('memory');
    const now = options.clock();
    if (now - this.started > (options.timeLimitMs ?? Infinity)) throw new Stop('time');
    if (now - this.lastProgress < PROGRESS_EVERY_MS) return;
    this.lastProgress = now;
    options.onProgress?.({
      states: this.store.size,
      generated: this.generated,
      depth: this.depth,
      frontier: this.store.size - this.expanded,
      memoryBytes: this.memoryBytes,
    });
  }

  private get memoryBytes(): number {
    return this.store.bytes + this.predecessors.bytes;
  }

  // ---- the result ---------------------------------------------------------------------------------------------------

  result(ended: Ending): Exploration {
    const { properties } = this.system;
    const undermined = properties.some((property, index) => property.undermines === true && this.findings.has(index));
    return {
      counts: {
        distinct: this.store.size,
        generated: this.generated,
        initial: this.initial,
        depth: this.depth,
        complete: ended === 'complete',
      },
      ended,
      verdicts: properties.map((_, index) => this.verdict(index, ended, undermined)),
      undermined,
      memoryBytes: this.memoryBytes,
    };
  }

  private verdict(property: number, ended: Ending, undermined: boolean): Verdict | undefined {
    const trace = this.findings.trace(property, this.predecessors);
    if (trace !== undefined) return { kind: 'violated', trace };
    if (!this.options.chosen[property]) return undefined;
    if (this.system.properties[property]!.kind === 'temporal') return { kind: 'undecided', reason: 'unsupported' };
    if (undermined) return { kind: 'undecided', reason: 'error' };
    if (ended !== 'complete') return { kind: 'undecided', reason: reasonOf(ended) };
    if (this.erred.size === 0) return { kind: 'holds' };
    const upTo = [...this.erred].sort((a, b) => a - b).map((index) => this.system.properties[index]!.name);
    return { kind: 'holds', upTo };
  }
}

function reasonOf(ended: Exclude<Ending, 'complete'>): Reason {
  return ended === 'violation' ? 'error' : ended;
}
