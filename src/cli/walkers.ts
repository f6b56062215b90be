// The threads of a simulation, and what they found, put together.

import { BATCH, Tallying, type Tally } from '../simulate/batch.js';
import { estimate, mergeSketch, newSketch } from '../simulate/sketch.js';
import { ownScript, startThread } from './thread.js';
import { Shared, type WalkMessage, type WalkOrder } from './walk-order.js';

export interface Simulated {
  readonly tally: Tally;
  /** Different states that were visited, about. */
  readonly distinct: number;
  /** Whether a walk passed the site with this number. */
  readonly passed: (site: number) => boolean;
  readonly seconds: number;
  /** `time`: the limit ended it, which is a way to end; `interrupted`: somebody did. */
  readonly ended: 'all walks' | 'violation' | 'time' | 'interrupted';
}

export interface WalkLimits {
  readonly workers: number;
  readonly timeLimitMs?: number;
  /** Of each thread's own heap. */
  readonly maxHeapBytes: number;
}

/** @param onStop takes what ends the simulation early */
export async function walkAll(order: Omit<WalkOrder, 'shared'>, limits: WalkLimits, onStop: (stop: () => void) => void): Promise<Simulated> {
  const shared = new SharedArrayBuffer(4 * Shared.words);
  const control = new Int32Array(shared);
  control[Shared.end] = 0x7fffffff;
  const tallying = new Tallying();
  const sketch = newSketch();
  const passed: Uint8Array[] = [];
  const begun = performance.now();
  let ended: Simulated['ended'] = 'all walks';
  const stop = (why: 'time' | 'interrupted'): void => {
    if (ended === 'all walks') ended = why;
    Atomics.store(control, Shared.stop, 1);
  };
  onStop(() => stop('interrupted'));
  const timer = limits.timeLimitMs === undefined ? undefined : setTimeout(() => stop('time'), limits.timeLimitMs);
  const threads = Math.max(1, Math.min(limits.workers, Math.ceil(order.runs / BATCH)));
  const running = Array.from({ length: threads }, () => {
    const thread = startThread(ownScript('simulate-worker'), { ...order, shared } satisfies WalkOrder, limits.maxHeapBytes);
    const over = new Promise<void>((resolve, reject) => {
      thread.on('message', (message: WalkMessage) => {
        if (message.kind === 'batch') {
          // What comes behind the first violation does not count: nobody needs to walk it.
          if (message.result.stopped) Atomics.store(control, Shared.end, Math.min(control[Shared.end]!, message.result.batch));
          tallying.add(message.result);
        }
        if (message.kind === 'end') {
          mergeSketch(sketch, message.sketch);
          passed.push(message.sites);
          resolve();
        }
        if (message.kind === 'bug') reject(Object.assign(new Error(message.message), { stack: message.stack }));
      });
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`A thread of the simulation ended by itself (code ${code}).`)));
    });
    return { thread, over };
  });
  try {
    await Promise.all(running.map(({ over }) => over));
  } finally {
    clearTimeout(timer);
    for (const { thread } of running) void thread.terminate();
  }
  tallying.addRest();
  const { tally } = tallying;
  return { tally, distinct: estimate(sketch), passed: (site) => passed.some((sites) => sites[site] !== 0), seconds: (performance.now() - begun) / 1000, ended: tally.stopped ? 'violation' : ended };
}
