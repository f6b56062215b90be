// Compiles one check and searches in a worker thread, so that progress, limits and Ctrl-C work meanwhile. Whatever becomes of the worker,
// the result is an outcome that is true: one that dies is a bug or, when V8 ran out of memory, undecided; never "holds".

import type { Worker } from 'node:worker_threads';
import { notYetSearched, type CheckJob, type PreparedCheck } from '../check/job.js';
import { prepareCheck } from '../check/prepare.js';
import type { Progress } from '../checker/explore.js';
import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';
import type { Reason } from '../checker/verdict.js';
import type { CheckOrder, WorkerMessage } from './check-worker.js';
import type { ToRun } from './plan.js';
import { ownScript, startThread } from './thread.js';

/** The worker ended without a result: a bug in Heddle. */
export class WorkerDied extends Error {}

export interface RunningCheck {
  readonly outcome: Promise<CheckOutcome>;
  /** Ends the search with what is known so far. */
  stop(): void;
}

/** How long a search that was told to stop (or that is over its time) may take to answer; a single step can be endless. */
const GRACE_MS = 3000;

/**
 * @param workers threads that may search
 * @param onProgress called about five times a second while the search runs
 * @param from where modules come from, and what is known of them
 * @param script the worker's module, for tests
 */
export function runCheck(job: CheckJob, workers: number, onProgress: (progress: Progress) => void, from: Pick<ToRun, 'loader' | 'analysis'>, script = ownScript('check-worker')): RunningCheck {
  const worker = startThread(script, undefined, job.maxMemoryBytes);
  const prepared = prepareCheck(job, from.loader, () => performance.now(), from.analysis);
  if ('model' in prepared) return search(worker, prepared, workers, onProgress);
  void worker.terminate();
  return { outcome: Promise.resolve(prepared), stop: () => undefined };
}

function search(worker: Worker, prepared: PreparedCheck, workers: number, onProgress: (progress: Progress) => void): RunningCheck {
  const { job } = prepared;
  const stop = new SharedArrayBuffer(4);
  const order: CheckOrder = { prepared, workers, stop };
  worker.postMessage(order);
  const known = new Knowledge(notYetSearched(prepared));
  let stopTimer: NodeJS.Timeout | undefined;
  let giveUp: (reason: Reason) => void = () => undefined;

  const outcome = new Promise<CheckOutcome>((resolve, reject) => {
    let timeTimer: NodeJS.Timeout | undefined;
    const settle = (action: () => void): void => {
      clearTimeout(timeTimer);
      clearTimeout(stopTimer);
      action();
      void worker.terminate();
    };
    const fail = (error: Error): void => settle(() => reject(Object.assign(new WorkerDied(error.message), { stack: error.stack ?? error.message })));
    giveUp = (reason) => settle(() => resolve(known.outcome(reason)));
    worker.on('message', (message: WorkerMessage) => {
      known.take(message);
      if (message.kind === 'searched') clearTimeout(timeTimer);
      if (message.kind === 'progress') onProgress(message.progress);
      if (message.kind === 'outcome') settle(() => resolve(message.outcome));
      if (message.kind === 'lost') {
        if (message.memory) giveUp('memory');
        else fail(Object.assign(new Error(message.message), { stack: message.stack }));
      }
      if (message.kind === 'started' && job.timeLimitMs !== undefined) timeTimer = setTimeout(() => giveUp('time'), job.timeLimitMs + GRACE_MS);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp('memory');
      else fail(error);
    });
    worker.on('exit', (code) => fail(new Error(`The worker thread ended by itself (code ${code}).`)));
  });
  return {
    outcome,
    stop: () => {
      Atomics.store(new Int32Array(stop), 0, 1);
      stopTimer ??= setTimeout(() => giveUp('interrupted'), GRACE_MS);
    },
  };
}

/** What the worker has told so far, for the case that it tells no more. */
class Knowledge {
  private progress: Progress | undefined;
  private readonly violated = new Set<string>();
  private begun = performance.now();

  constructor(private started: CheckOutcome) {}

  take(message: WorkerMessage): void {
    if (message.kind === 'started') [this.started, this.begun] = [message.outcome, performance.now()];
    if (message.kind === 'progress') this.progress = message.progress;
    if (message.kind === 'violated') this.violated.add(message.property);
  }

  outcome(reason: Reason): CheckOutcome {
    const properties = this.started.properties.flatMap((property) => this.property(property, reason));
    const unexpected = properties.some((p) => p.verdict === 'violated' && p.expected === 'holds');
    const { progress, started } = this;
    const seconds = (performance.now() - this.begun) / 1000;
    return {
      ...started,
      outcome: unexpected ? 'unexpected' : 'undecided',
      properties,
      ...(progress === undefined
        ? {}
        : {
            states: { ...started.states, distinct: progress.states, generated: progress.generated, depth: progress.depth },
            cost: { ...started.cost, seconds, statesPerSecond: Math.round(progress.states / seconds), peakMemoryBytes: progress.memoryBytes, bytesPerState: progress.memoryBytes / Math.max(1, progress.states) },
          }),
    };
  }

  private property(property: PropertyOutcome, reason: Reason): PropertyOutcome[] {
    if (this.violated.has(property.name)) {
      const { reason: _none, ...rest } = property;
      return [{ ...rest, verdict: 'violated' }];
    }
    return [{ ...property, verdict: 'undecided', reason }];
  }
}
