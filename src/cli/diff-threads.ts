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

/** The task was ended before it was done. */
export class Ended extends Error {}

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
    job?.reject(over ? new Ended() : error);
    next();
  };
  const start = (): Worker => {
    const worker = startThread(script, undefined, maxMemoryBytes);
    worker.on('message', (answer: DiffAnswer) => {
      const job = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      if (answer.kind === 'done') job?.resolve(answer.result as never);
      else job?.reject(Object.assign(new Error(answer.message), { stack: answer.stack }));
      next();
    });
    worker.on('error', (error: Error) => lose(worker, error));
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
        if (over) reject(new Ended());
        queue.push({ task, resolve, reject });
        next();
      }),
    end: () => {
      over = true;
      for (const job of queue.splice(0)) job.reject(new Ended());
      for (const worker of [...idle, ...busy.keys()]) void worker.terminate();
    },
  };
}
