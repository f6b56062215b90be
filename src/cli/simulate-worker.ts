// A thread that walks: takes one batch after the other until there is none, and tells what came out of each.

import { parentPort, workerData } from 'node:worker_threads';
import { instantiate } from '../codegen/instantiate.js';
import { BATCH, walkBatch } from '../simulate/batch.js';
import { newSketch } from '../simulate/sketch.js';
import { walker } from '../simulate/walk.js';
import { Shared, type WalkMessage, type WalkOrder } from './walk-order.js';

const post = (message: WalkMessage): void => parentPort?.postMessage(message);

/** Thrown to leave the middle of a walk. */
const STOPPED = Symbol('stopped');

function main({ shared, code, initial, options, runs }: WalkOrder): void {
  const control = new Int32Array(shared);
  const sketch = newSketch();
  const poll = (): void => {
    if (Atomics.load(control, Shared.stop) !== 0) throw STOPPED;
  };
  const own = walker(instantiate(code), initial, { ...options, sketch, poll });
  try {
    for (;;) {
      poll();
      const batch = Atomics.add(control, Shared.next, 1);
      if (batch * BATCH >= runs || batch >= Atomics.load(control, Shared.end)) break;
      post({ kind: 'batch', result: walkBatch(own, batch, runs) });
    }
  } catch (error) {
    if (error !== STOPPED) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      post({ kind: 'bug', message, stack: stack ?? message });
      return;
    }
  }
  post({ kind: 'end', sketch });
}

main(workerData as WalkOrder);
