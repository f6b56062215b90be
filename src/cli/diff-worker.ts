// A thread that compares revisions: one task at a time, as it is told.

import { parentPort } from 'node:worker_threads';
import { runTask, type DiffTask } from '../diff/task.js';

export type DiffAnswer =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string };

parentPort?.on('message', (task: DiffTask) => {
  const answer = (): DiffAnswer => {
    try {
      return { kind: 'done', result: runTask(task) };
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      return { kind: 'failed', message, stack: stack ?? message };
    }
  };
  parentPort!.postMessage(answer());
});
