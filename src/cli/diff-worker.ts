// A thread that compares revisions: one task at a time, as it is told.

import { parentPort } from 'node:worker_threads';
import { runTask, type DiffTask } from '../diff/task.js';

export type DiffAnswer =
  | { readonly kind: 'done'; readonly result: unknown }
  /** `memory`: it needed more than there is. */
  | { readonly kind: 'failed'; readonly memory: boolean; readonly message: string; readonly stack: string };

/** What V8 says when an array or a map cannot grow. */
const NO_ROOM = /allocation failed|array length|maximum size exceeded/i;

parentPort?.on('message', (task: DiffTask) => {
  const answer = (): DiffAnswer => {
    try {
      return { kind: 'done', result: runTask(task) };
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      return { kind: 'failed', memory: error instanceof RangeError && NO_ROOM.test(message), message, stack: stack ?? message };
    }
  };
  parentPort!.postMessage(answer());
});
