// Breadth-first search over a Kernel, level by level: the whole reachable space, and a verdict for each property.
//
// Counting follows TLC: `distinct` states; `generated` counts initial states and every computed successor, duplicates included, and
// one stuttering successor of a state in which nothing is enabled and every process is done; `depth` counts levels, the initial
// states being level 1. A step that errs has no successor and adds nothing.
//
// Invariant at the end of a level: every state of it has been expanded, every state found has had its invariants evaluated, and what
// was found (ids apart) depends on the graph alone: not on the order of expansion, nor on the number of workers. A search that ends
// inside a level keeps all but the last.

import { assert } from '../base/unreachable.js';
import { Control, STOP, type Crew, type LevelBounds, type Report, type Task } from './crew.js';
import { Expander, type Piece } from './expander.js';
import { Findings, type Finding } from './findings.js';
import { claim, expandPieces, piecesOf } from './follow.js';
import type { Kernel } from './kernel.js';
import type { StateCounts, Unfinished } from './outcome.js';
import { temporalVerdicts } from './liveness/verdicts.js';
import { smaller, smallestPredecessors } from './retrace.js';
import { StateSpace } from './space.js';
import { isOutOfMemory, Stop, type Waiting } from './stop.js';
import type { Reason, Trace, Verdict } from './verdict.js';

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
  /** Called about five times a second, and more often at first. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called when a property is found violated for the first time. */
  readonly onViolation?: (property: number) => void;
  /** Called when the search is over; what follows is the way back to what was violated, which no limit cuts short. */
  readonly onSearched?: () => void;
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
  readonly unfinished?: Unfinished;
  /** One for each property of the system; undefined for one that was not chosen and, if it is an error of a step, did not occur. */
  readonly verdicts: readonly (Verdict | undefined)[];
  /** A property that undermines the others was violated: what did not happen says nothing. */
  readonly undermined: boolean;
  /** At the most, what deciding temporal properties takes included. */
  readonly memoryBytes: number;
  /** Of these what the states and their table take. */
  readonly stateBytes: number;
}

/** Pieces of a level after which the leader looks whether the others have started. */
const PIECES_BETWEEN = 16;
const PROGRESS_EVERY_MS = 200;
/** Polls that all tell progress: V8 throws away fast code that comes to something new, as to the first time that progress is told. */
const TOLD_AT_FIRST = 32;
/** What the states may take when nobody set a limit. */
const DEFAULT_MEMORY_BYTES = 2 ** 32;

/** Explores in this thread alone. @throws whatever the kernel throws (a bug), never for a limit. */
export function explore(kernel: Kernel, options: ExploreOptions): Exploration {
  const step = new Search(kernel, options).run().next();
  assert(step.done === true, 'a search without a crew waits for nobody');
  return step.value;
}

/** Explores together with a crew; what comes out is the same. @throws CrewLost when one of it dies */
export async function exploreWith(crew: Crew, kernel: Kernel, options: ExploreOptions): Promise<Exploration> {
  const search = new Search(kernel, options, crew).run();
  for (let step = search.next(); ; ) {
    if (step.done === true) return step.value;
    step = search.next(await step.value);
  }
}

class Search {
  private readonly space: StateSpace;
  private readonly expander: Expander;
  private readonly findings = new Findings();
  private readonly erred = new Set<number>();
  private readonly reported = new Set<number>();
  /** For each level its bounds; level 1 is the first. */
  private readonly levels: LevelBounds[] = [];
  /** What the other workers last told. */
  private reports: readonly Report[] = [];
  /** States found, when nobody helps; else `control` has it. */
  private foundAlone = 0;
  private initial = 0;
  private depth = 0;
  /** The level that is being expanded; the initial states are level 1. */
  private level = 0;
  private expanded = 0;
  /** Of a search that ran out of memory: what it would need at least. */
  private neededBytes: number | undefined;
  /** What the graph of temporal properties takes, in bytes. */
  private graphMemory = 0;
  private readonly started: number;
  private lastProgress: number;
  private polls = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly options: ExploreOptions,
    private readonly crew?: Crew,
  ) {
    this.space = StateSpace.create(kernel.words, crew?.workers ?? 1);
    this.expander = new Expander(kernel, this.space, 0, {
      total: () => this.found,
      count: crew === undefined ? (states) => void (this.foundAlone += states) : (states) => void Atomics.add(crew.control, Control.found, states),
      poll: () => this.poll(),
      isLookedAt: (property) => options.chosen[property]!,
    });
    this.started = this.lastProgress = options.clock();
  }

  /** States found, and within a batch at most so many. */
  private get found(): number {
    return this.crew === undefined ? this.foundAlone : Atomics.load(this.crew.control, Control.found);
  }

  /** How many states each worker has found. */
  private get counts(): number[] {
    return [this.expander.cursor.count, ...Array.from({ length: this.space.workers - 1 }, (_, i) => this.reports[i]?.count ?? 0)];
  }

  private get generated(): number {
    return this.reports.reduce((sum, report) => sum + report.generated, this.expander.generated);
  }

  *run(): Waiting<Exploration> {
    let ended: Ending;
    try {
      ended = yield* this.search();
    } catch (error) {
      if (error instanceof Stop) {
        ended = error.reason;
        this.neededBytes = error.neededBytes;
      }
      else if (isOutOfMemory(error)) ended = 'memory';
      else throw error;
    }
    this.merge();
    const temporal = ended === 'complete' ? yield* this.temporal() : new Map<number, Verdict>();
    this.options.onSearched?.();
    return yield* this.result(ended, temporal);
  }

  /** `P.exhausted` occurred: what did not happen says nothing. */
  private get isUndermined(): boolean {
    return this.kernel.properties.some((property, index) => property.undermines === true && this.findings.of(index) !== undefined);
  }

  private *search(): Waiting<Ending> {
    for (let done = this.expander.start(); !done; done = this.expander.insert()) this.growAlone();
    this.merge();
    this.initial = this.found;
    let from = this.counts.map(() => 0);
    for (this.level = 1; ; this.level++) {
      const to = this.counts;
      const frontier = this.found - this.expanded;
      if (frontier === 0) return 'complete';
      this.depth = this.level;
      if (this.isUnexpected && !this.options.continueOnViolation) return 'violation';
      this.poll();
      if (this.found > (this.options.maxStates ?? Infinity)) return 'states';
      const bounds: LevelBounds = { level: this.level, from, to };
      this.levels.push(bounds);
      const crew = yield* this.help(frontier);
      if (crew === undefined) yield* this.expandAlone(bounds);
      else yield* this.expandTogether(crew, bounds);
      this.merge();
      this.expanded += frontier;
      from = to;
    }
  }

  /** The crew, when there is enough to do for it and it is there. */
  private *help(states: number): Waiting<Crew | undefined> {
    const { crew } = this;
    if (crew === undefined || !crew.isWorthwhile(states)) return undefined;
    yield crew.breathe();
    return crew.isReady(this.options.chosen) ? crew : undefined;
  }

  /** Alone, until the others have started. */
  private *expandAlone(bounds: LevelBounds): Waiting<void> {
    const { crew } = this;
    const pieces = piecesOf(this.space, bounds);
    for (let next = 0; ; ) {
      const end = crew?.isStarting === true ? next + PIECES_BETWEEN : pieces.length;
      const some = pieces.slice(next, end)[Symbol.iterator]();
      while (!expandPieces(this.expander, some, bounds.level)) this.growAlone();
      if (crew === undefined || end >= pieces.length) return;
      next = end;
      yield crew.breathe();
      if (crew.isReady(this.options.chosen)) return yield* this.expandTogether(crew, bounds, next);
    }
  }

  /** @param first the pieces before this one are done */
  private *expandTogether(crew: Crew, bounds: LevelBounds, first = 0): Waiting<void> {
    const { control } = crew;
    const pieces = this.share(crew, bounds, first);
    let task: Task = { kind: 'expand', space: this.space.handle, bounds };
    for (;;) {
      crew.begin(task);
      let done = false;
      let stopped: unknown;
      try {
        done = expandPieces(this.expander, pieces, bounds.level, control);
      } catch (error) {
        // The others must not go on while this thread tells what is known.
        Atomics.store(control, Control.halt, STOP);
        stopped = error;
      }
      yield* this.gather(crew);
      if (stopped !== undefined) throw stopped;
      if (done && this.reports.every(({ halted }) => !halted)) return;
      if (this.grow()) {
        const { space, counts } = this;
        crew.begin({ kind: 'clear', space: space.handle });
        space.clear(0);
        yield* this.gather(crew);
        crew.begin({ kind: 'rehash', space: space.handle, counts });
        space.rehash(0, counts);
        yield* this.gather(crew);
      }
      Atomics.store(control, Control.halt, 0);
      task = { kind: 'resume', space: this.space.handle };
    }
  }

  /** The pieces of a level from the `first` one on, to be taken by everybody. */
  private share(crew: Crew, bounds: LevelBounds, first = 0): Generator<Piece, void> {
    Atomics.store(crew.control, Control.nextPiece, first);
    return claim(crew.control, piecesOf(this.space, bounds));
  }

  private *gather(crew: Crew): Waiting<void> {
    this.reports = (yield crew.finish()) as readonly Report[];
  }

  private growAlone(): void {
    const { space, counts } = this;
    if (!this.grow()) return;
    counts.forEach((_, worker) => space.clear(worker));
    counts.forEach((_, worker) => space.rehash(worker, counts));
  }

  /** Room for what everybody waits to insert. True when the table is a new one, to be filled. @throws Stop when there is no memory for it */
  private grow(): boolean {
    const { space } = this;
    const most = this.options.maxMemoryBytes ?? DEFAULT_MEMORY_BYTES;
    const pending = [this.expander.pending, ...this.reports.map((report) => report.pending)];
    const all = pending.reduce((sum, count) => sum + count, this.found);
    const cursors = this.counts.map((count, worker) => space.cursor(worker, count));
    while (!cursors.every((cursor, worker) => space.statesHold(cursor, pending[worker] ?? 0))) if (!space.growStates(most)) throw new Stop('memory', most + space.states.byteLength);
    let isNew = false;
    while (!cursors.every((cursor, worker) => space.tableHolds(all, cursor, pending[worker] ?? 0))) {
      if (!space.growTable(most, this.found)) throw new Stop('memory', space.bytes(this.found) + 2 * space.table.byteLength);
      isNew = true;
    }
    return isNew;
  }

  /** Puts together what all workers found. */
  private merge(): void {
    for (const finding of [this.expander.findings.all, ...this.reports.map((r) => r.findings)].flat()) this.findings.add(finding);
    for (const property of [...this.expander.erred, ...this.reports.flatMap((r) => r.erred)]) this.erred.add(property);
    for (const remark of this.reports.flatMap((r) => r.remarks)) this.kernel.remarks.add(remark);
    for (const { property } of this.findings.all) {
      if (this.reported.has(property)) continue;
      this.reported.add(property);
      this.options.onViolation?.(property);
    }
  }

  private get isUnexpected(): boolean {
    return this.findings.all.some(({ property }) => this.options.expected[property] !== 'violated');
  }

  // ---- limits -------------------------------------------------------------------------------------------------------

  private poll(): void {
    const { options } = this;
    if (options.shouldStop()) throw new Stop('interrupted');
    if (this.memoryBytes > (options.maxMemoryBytes ?? Infinity)) throw new Stop('memory', this.memoryBytes);
    const now = options.clock();
    if (now - this.started > (options.timeLimitMs ?? Infinity)) throw new Stop('time');
    if (this.polls++ >= TOLD_AT_FIRST && now - this.lastProgress < PROGRESS_EVERY_MS) return;
    this.lastProgress = now;
    this.merge();
    options.onProgress?.({
      states: this.found,
      generated: this.generated,
      depth: this.depth,
      frontier: this.found - this.expanded,
      memoryBytes: this.memoryBytes,
    });
  }

  private get memoryBytes(): number {
    return this.space.bytes(this.found) + this.graphMemory;
  }

  // ---- the result ---------------------------------------------------------------------------------------------------

  private *result(ended: Ending, temporal: ReadonlyMap<number, Verdict>): Waiting<Exploration> {
    const { properties } = this.kernel;
    const undermined = this.isUndermined;
    const traces = yield* this.traces();
    return {
      counts: {
        distinct: this.found,
        generated: this.generated,
        initial: this.initial,
        depth: this.found === 0 ? 0 : Math.max(1, this.depth),
        complete: ended === 'complete',
      },
      ended,
      ...(ended === 'violation' || (ended === 'complete' && this.neededBytes === undefined) ? {} : { unfinished: this.unfinished }),
      verdicts: properties.map((_, index) => temporal.get(index) ?? this.verdict(index, traces.get(index), ended, undermined)),
      undermined,
      memoryBytes: this.memoryBytes,
      stateBytes: this.space.bytes(this.found),
    };
  }

  private get unfinished(): Unfinished {
    const [before, last] = this.levels.slice(-2).map(statesOf);
    const { neededBytes } = this;
    return {
      frontier: this.found - this.expanded,
      ...(before === undefined || last === undefined ? {} : { growth: Math.round((100 * last) / before) / 100 }),
      ...(neededBytes === undefined ? {} : { neededBytes }),
    };
  }

  private verdict(property: number, trace: Trace | undefined, ended: Ending, undermined: boolean): Verdict | undefined {
    if (trace !== undefined) return { kind: 'violated', trace };
    if (!this.options.chosen[property]) return undefined;
    if (undermined) return { kind: 'undecided', reason: 'error' };
    if (ended !== 'complete') return { kind: 'undecided', reason: reasonOf(ended) };
    // A kernel that does not answer what temporal properties ask.
    if (this.kernel.properties[property]!.kind === 'temporal') return { kind: 'undecided', reason: 'unsupported' };
    return this.holding;
  }

  /** What a property is that nothing violated. */
  private get holding(): Verdict {
    if (this.erred.size === 0) return { kind: 'holds' };
    const upTo = [...this.erred].sort((a, b) => a - b).map((index) => this.kernel.properties[index]!.name);
    return { kind: 'holds', upTo };
  }

  /** Temporal properties are decided when every state was found. */
  private *temporal(): Waiting<ReadonlyMap<number, Verdict>> {
    const { kernel, space, options } = this;
    return yield* temporalVerdicts({
      kernel,
      space,
      chosen: this.isUndermined ? [] : options.chosen,
      states: { level: 0, from: this.counts.map(() => 0), to: this.counts },
      initial: this.initial,
      generated: this.generated,
      holding: this.holding,
      levels: this.levels,
      maxBytes: Math.max(0, (options.maxMemoryBytes ?? DEFAULT_MEMORY_BYTES) - this.memoryBytes),
      needed: (bytes) => void (this.neededBytes = this.memoryBytes + bytes),
      reserved: (bytes) => void (this.graphMemory = bytes),
      poll: () => this.poll(),
      violated: (property) => options.onViolation?.(property),
      everywhere: (bounds, task, own) => this.everywhere(bounds, task, own),
      predecessors: (level, targets) => this.predecessors(level, targets),
    });
  }

  /** For each violated property its trace. All go back side by side, level by level. */
  private *traces(): Waiting<ReadonlyMap<number, Trace>> {
    const paths = this.findings.all.map((finding) => ({ finding, states: lastStates(finding), level: levelOfEnd(finding) }));
    for (let level = Math.max(0, ...paths.map((p) => p.level)); level > 1; level--) {
      const open = paths.filter((p) => p.level >= level);
      const found = yield* this.predecessors(level - 1, open.map((p) => p.states[0]!));
      open.forEach((path, i) => {
        assert(found[i] !== undefined, 'a state that was reached has a predecessor');
        path.states.unshift(found[i]);
      });
    }
    return new Map(
      paths.map(({ finding: { property, violation }, states }) => {
        if (violation.end === 'step') states.push(violation.to!);
        return [property, { states: states.map((state) => new Uint32Array(state)), end: violation.end }];
      }),
    );
  }

  private *predecessors(level: number, targets: readonly Int32Array[]): Waiting<readonly (Int32Array | undefined)[]> {
    const never = (): void => undefined;
    const bounds = this.levels[level - 1]!;
    const task = { kind: 'retrace', space: this.space.handle, bounds, targets } as const;
    const own = yield* this.everywhere(bounds, task, (pieces) => smallestPredecessors(this.kernel, this.space, pieces, targets, never));
    return this.reports.reduce((best, report) => smaller(best, report.predecessors ?? []), own);
  }

  /** Does `own` with the pieces of the states that this thread gets while the crew, if it is worth while, does the task with theirs. */
  private *everywhere<T>(bounds: LevelBounds, task: Task, own: (pieces: Iterable<Piece>) => T): Waiting<T> {
    const crew = yield* this.help(statesOf(bounds));
    if (crew === undefined) {
      this.reports = this.reports.map(({ predecessors: _none, ...report }) => report);
      return own(piecesOf(this.space, bounds));
    }
    Atomics.store(crew.control, Control.halt, 0);
    const pieces = this.share(crew, bounds);
    crew.begin(task);
    try {
      return own(pieces);
    } catch (error) {
      // The others must not go on while this thread tells what is known.
      Atomics.store(crew.control, Control.halt, STOP);
      throw error;
    } finally {
      yield* this.gather(crew);
    }
  }
}

const statesOf = ({ from, to }: LevelBounds): number => to.reduce((sum, end, worker) => sum + end - from[worker]!, 0);

/** The state from which the way back begins; none when `init` itself is to blame. */
function lastStates({ violation }: Finding): Int32Array[] {
  const last = violation.end === 'state' ? violation.to : violation.from;
  return last === undefined ? [] : [last];
}

const levelOfEnd = (finding: Finding): number => (lastStates(finding).length === 0 ? 0 : finding.level);

function reasonOf(ended: Exclude<Ending, 'complete'>): Reason {
  return ended === 'violation' ? 'error' : ended;
}
