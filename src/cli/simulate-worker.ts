// A thread that walks: takes one batch after the other until there is none, and tells what came out of each.

import { parentPort, workerData } from 'node:worker_threads';
import { kernelOf, type Kernel } from '../checker/kernel.js';
import { instantiate, stepMaker } from '../codegen/instantiate.js';
import type { Model } from '../model/model.js';
import { BATCH, walkBatch } from '../simulate/batch.js';
import { newSketch } from '../simulate/sketch.js';
import { walker } from '../simulate/walk.js';
import { Shared, type WalkMessage, type WalkOrder } from './walk-order.js';

const post = (message: WalkMessage): void => parentPort?.postMessage(message);

/** Thrown to leave the middle of a walk. */
const STOPPED = Symbol('stopped');

async function main({ shared, kernel: given, initial, options, runs }: WalkOrder): Promise<void> {
  const control = new Int32Array(shared);
  const sketch = newSketch();
  const poll = (): void => {
    if (Atomics.load(control, Shared.stop) !== 0) throw STOPPED;
  };
  const kernel = 'generated' in given ? instantiate(given, await stepMaker(given)) : await interpreted(given);
  const own = walker(kernel, initial, { ...options, sketch, poll });
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
  post({ kind: 'end', sketch, sites: Uint8Array.from(kernel.coverage.sites) });
}

/** Few models need it, and it is much to load. */
async function interpreted(model: Model): Promise<Kernel> {
  const [{ layoutOf }, { systemOf }] = await Promise.all([import('../model/layout.js'), import('../model/system.js')]);
  return kernelOf(systemOf(model, layoutOf(model)));
}

void main(workerData as WalkOrder);
