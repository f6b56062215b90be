// The worker thread of one check: searches, alone or with helpers, and posts what it learns.

import { parentPort } from 'node:worker_threads';
import type { PreparedCheck } from '../check/job.js';
import { runPrepared } from '../check/run.js';
import type { Progress } from '../checker/explore.js';
import type { CheckOutcome } from '../checker/outcome.js';
import { crewFor } from './crew.js';

/** The one message that the thread waits for. It is started before the check is compiled, so that the two go side by side. */
export interface CheckOrder {
  readonly prepared: PreparedCheck;
  /** How many threads may search, this one included. */
  readonly workers: number;
  /** One Int32; anything but 0 ends the search. */
  readonly stop: SharedArrayBuffer;
}

export type WorkerMessage =
  /** The search begins: the outcome as it stands if nothing more is ever learnt (no counts, nothing decided). */
  | { readonly kind: 'started'; readonly outcome: CheckOutcome }
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** The first violation of a property. */
  | { readonly kind: 'violated'; readonly property: string }
  /** The search is over, within its limits; traces are being made. */
  | { readonly kind: 'searched' }
  | { readonly kind: 'outcome'; readonly outcome: CheckOutcome }
  /** `memory`: a helper was ended because it needed more than it may have. */
  | { readonly kind: 'lost'; readonly memory: boolean; readonly message: string; readonly stack: string };

const post = (message: WorkerMessage): void => parentPort?.postMessage(message);

async function main({ prepared, workers, stop }: CheckOrder): Promise<void> {
  const signal = new Int32Array(stop);
  const hooks = {
    clock: () => performance.now(),
    workers,
    shouldStop: () => Atomics.load(signal, 0) !== 0,
    onStart: (outcome: CheckOutcome) => post({ kind: 'started', outcome }),
    onProgress: (progress: Progress) => post({ kind: 'progress', progress }),
    onViolation: (property: string) => post({ kind: 'violated', property }),
    onSearched: () => post({ kind: 'searched' }),
  };
  const crew = crewFor(workers, prepared.job.maxMemoryBytes);
  try {
    post({ kind: 'outcome', outcome: await runPrepared(prepared, hooks, crew.hire) });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    post({ kind: 'lost', memory: isOutOfMemory(error), message, stack: stack ?? message });
  } finally {
    crew.dismiss();
  }
}

const isOutOfMemory = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

parentPort?.once('message', (order: CheckOrder) => void main(order));
