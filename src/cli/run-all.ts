// Several checks side by side, within the cores and the memory of the call.

import * as os from 'node:os';
import pLimit from 'p-limit';
import type { CheckJob } from '../check/job.js';
import type { CheckOutcome } from '../checker/outcome.js';
import { interruptible } from './interrupt.js';
import type { ToRun } from './plan.js';
import { progressLine } from './progress.js';
import { runCheck, type RunningCheck } from './run-check.js';

/** Runs the jobs and hands out each outcome when its turn in the order has come. Ctrl-C ends those that run with what is known so far. */
export async function runAll(items: readonly ToRun[], options: { readonly workers?: number; readonly maxMemory: number; readonly quiet: boolean }, ready: (outcome: CheckOutcome) => void): Promise<readonly CheckOutcome[]> {
  const cores = options.workers ?? os.availableParallelism();
  const atOnce = Math.max(1, Math.min(cores, items.length));
  const threads = Math.max(1, Math.floor(cores / atOnce));
  const limit = pLimit(atOnce);
  const progress = progressLine(!options.quiet);
  const running = new Set<RunningCheck>();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    running.forEach((r) => r.stop());
  };
  const start = async (job: CheckJob, item: ToRun): Promise<RunningCheck> => {
    if (job.engine === 'spin' || job.engine === 'tlc') return (await import('./run-engine.js')).runEngine(job, item.loader, options.workers === undefined ? {} : { workers: threads });
    return runCheck(job, threads, (p) => progress.show(`${job.source.path} ${job.check}`, p), item);
  };
  const outcomeOf = async (item: ToRun): Promise<CheckOutcome> => {
    const run = await start({ ...item.job, maxMemoryBytes: Math.floor(options.maxMemory / atOnce) }, item);
    running.add(run);
    if (stopped) run.stop();
    try {
      return await run.outcome;
    } finally {
      running.delete(run);
    }
  };
  return interruptible(stop, async () => {
    const outcomes = items.map((item) => limit(() => outcomeOf(item)));
    const done: CheckOutcome[] = [];
    try {
      for (const outcome of outcomes) {
        done.push(await outcome);
        progress.clear();
        ready(done.at(-1)!);
      }
      return done;
    } finally {
      progress.clear();
      stop();
    }
  });
}

/** Of several outcomes the first of 2, 1, 3, 0 (70 is main's). */
export function exitCode(outcomes: readonly CheckOutcome[]): number {
  if (outcomes.some((o) => o.outcome === 'error')) return 2;
  if (outcomes.some((o) => o.outcome === 'unexpected')) return 1;
  return outcomes.some((o) => o.outcome === 'undecided') ? 3 : 0;
}
