// Runs one check on another checker. The tool is a process of its own, so that this thread has nothing to do but wait.

import type { Loader } from '../analysis/modules.js';
import type { CheckJob } from '../check/job.js';
import { prepareCheck } from '../check/prepare.js';
import { checkElsewhere } from '../engines/check.js';
import type { RunningCheck } from './run-check.js';

/** @param hints small: the spec is known to have few states; workers: threads that the tool may use */
export function runEngine(job: CheckJob, loader: Loader, hints: { readonly small?: boolean; readonly workers?: number } = {}): RunningCheck {
  const clock = (): number => performance.now();
  const prepared = prepareCheck(job, loader, clock);
  const stop = new AbortController();
  const outcome = 'model' in prepared ? checkElsewhere(prepared, { clock, signal: stop.signal, traces: true, ...hints, environment: process.env }) : Promise.resolve(prepared);
  return { outcome, stop: () => stop.abort() };
}
