// Threads that take tasks in turn. They are started when there is something to do, and end together.

import type { Worker } from 'node:worker_threads';
import type { DiffTask, ResultOf } from '../diff/task.js';
import type { DiffAnswer } from './diff-worker.js';
import { ownScript, startThread } from './thread.js';

export interface TaskThreads {
  run<T extends DiffTask>(task: T): Promise<ResultOf<T>>;
  /** Ends all threads, whatever they do. What is still open is rejected with `Ended`. */
  end(): void;
}

/** The task was ended before it was done. The message says why, in words that follow "because". */
export class Ended extends Error {}

const INTERRUPTED = 'it was interrupted';
const NO_MEMORY = 'it needed more memory than there is';

interface Job {
  readonly task: DiffTask;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** @param maxMemoryBytes of each thread */
export function taskThreads(threads: number, maxMemoryBytes: number, script = ownScript('diff-worker')): TaskThreads {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const queue: Job[] = [];
  let over = false;

  const lose = (worker: Worker, error: Error): void => {
    const job = busy.get(worker);
    busy.delete(worker);
    job?.reject(over ? new Ended(INTERRUPTED) : error);
    next();
  };
  const start = (): Worker => {
    const worker = startThread(script, undefined, maxMemoryBytes);
    worker.on('message', (answer: DiffAnswer) => {
      const job = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      if (answer.kind === 'done') job?.resolve(answer.result as never);
      else job?.reject(answer.memory ? new Ended(NO_MEMORY) : Object.assign(new Error(answer.message), { stack: answer.stack }));
      next();
    });
    worker.on('error', (error: NodeJS.ErrnoException) => lose(worker, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Ended(NO_MEMORY) : error));
    worker.on('exit', (code) => lose(worker, new Error(`A thread of the diff ended by itself (code ${code}).`)));
    return worker;
  };
  const next = (): void => {
    while (!over && queue.length > 0 && busy.size < threads) {
      const job = queue.shift()!;
      const worker = idle.pop() ?? start();
      busy.set(worker, job);
      worker.postMessage(job.task);
    }
  };
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        if (over) return reject(new Ended(INTERRUPTED));
        queue.push({ task, resolve, reject });
        next();
      }),
    end: () => {
      over = true;
      for (const job of queue.splice(0)) job.reject(new Ended(INTERRUPTED));
      for (const worker of [...idle, ...busy.keys()]) void worker.terminate();
    },
  };
}
