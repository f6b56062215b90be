// Walks are done in batches, which threads take one after the other; what came out is put together in their order. So what a simulation
// reports does not depend on how many threads there were: a violation that ends it is that of the first walk that has one, and what
// comes behind that walk does not count.

import type { Walker, WalkSeen } from './walk.js';

/** Walks of a batch: enough that taking one costs nothing. */
export const BATCH = 32;

export interface FirstSeen extends WalkSeen {
  /** The walk's number. */
  readonly run: number;
}

export interface BatchResult {
  readonly batch: number;
  readonly runs: number;
  readonly steps: number;
  /** Steps of the longest walk. */
  readonly longest: number;
  readonly done: number;
  readonly stuck: number;
  /** For each property that was violated, by the first walk of the batch that did. */
  readonly seen: readonly FirstSeen[];
  /** A walk was ended by a violation, and with it the batch. */
  readonly stopped: boolean;
}

/** The walks with the numbers of the batch, below `runs`. */
export function walkBatch(walker: Walker, batch: number, runs: number): BatchResult {
  const first = batch * BATCH;
  const last = Math.min(runs, first + BATCH);
  const seen = new Map<number, FirstSeen>();
  const sum = { runs: 0, steps: 0, longest: 0, done: 0, stuck: 0 };
  let stopped = false;
  for (let run = first; run < last && !stopped; run++) {
    const { steps, end } = walker.walk(run);
    sum.runs++;
    sum.steps += steps;
    sum.longest = Math.max(sum.longest, steps);
    if (end === 'all done') sum.done++;
    if (end === 'stuck') sum.stuck++;
    for (const one of walker.seen) if (!seen.has(one.property)) seen.set(one.property, { ...one, run });
    stopped = end === 'violation';
  }
  return { batch, ...sum, seen: [...seen.values()], stopped };
}

export type Tally = Omit<BatchResult, 'batch'>;

/** Puts results together, in whichever order they come. */
export class Tallying {
  private readonly waiting = new Map<number, BatchResult>();
  private next = 0;
  private readonly seen = new Map<number, FirstSeen>();
  private sum = { runs: 0, steps: 0, longest: 0, done: 0, stuck: 0 };
  private isStopped = false;

  add(result: BatchResult): void {
    this.waiting.set(result.batch, result);
    for (let ready = this.waiting.get(this.next); ready !== undefined && !this.isStopped; ready = this.waiting.get(this.next)) {
      this.waiting.delete(this.next++);
      this.count(ready);
    }
  }

  /** When time is up: what is there of later batches counts, too. */
  addRest(): void {
    if (!this.isStopped) [...this.waiting.values()].sort((a, b) => a.batch - b.batch).forEach((result) => this.isStopped || this.count(result));
    this.waiting.clear();
  }

  get tally(): Tally {
    return { ...this.sum, seen: [...this.seen.values()], stopped: this.isStopped };
  }

  private count({ runs, steps, longest, done, stuck, seen, stopped }: BatchResult): void {
    const { sum } = this;
    this.sum = { runs: sum.runs + runs, steps: sum.steps + steps, longest: Math.max(sum.longest, longest), done: sum.done + done, stuck: sum.stuck + stuck };
    for (const one of seen) if (!this.seen.has(one.property)) this.seen.set(one.property, one);
    this.isStopped = stopped;
  }
}
