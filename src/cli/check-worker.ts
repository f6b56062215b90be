// The worker thread of one check: compiles the spec itself (a model does not cross threads), searches, and posts what it learns.
// It lives here and not in checker/ because it needs the compiler and the file system.

import { parentPort, workerData } from 'node:worker_threads';
import { checkFile, type CheckJob } from '../check/check.js';
import type { Progress } from '../checker/explore.js';
import type { CheckOutcome } from '../checker/outcome.js';
import { fileLoader } from './loader.js';

export interface WorkerData {
  readonly job: CheckJob;
  /** One Int32; anything but 0 ends the search. */
  readonly stop: SharedArrayBuffer;
}

export type WorkerMessage =
  /** The model is there: the outcome as it stands if nothing more is ever learnt (no counts, nothing decided). */
  | { readonly kind: 'started'; readonly outcome: CheckOutcome }
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** The first violation of a property. */
  | { readonly kind: 'violated'; readonly property: string }
  | { readonly kind: 'outcome'; readonly outcome: CheckOutcome }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string };

const post = (message: WorkerMessage): void => parentPort?.postMessage(message);

function main({ job, stop }: WorkerData): void {
  const signal = new Int32Array(stop);
  try {
    const outcome = checkFile(job, fileLoader(), {
      clock: () => performance.now(),
      shouldStop: () => Atomics.load(signal, 0) !== 0,
      onStart: (started) => post({ kind: 'started', outcome: started }),
      onProgress: (progress) => post({ kind: 'progress', progress }),
      onViolation: (property) => post({ kind: 'violated', property }),
    });
    post({ kind: 'outcome', outcome });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    post({ kind: 'bug', message, stack: stack ?? message });
  }
}

main(workerData as WorkerData);
