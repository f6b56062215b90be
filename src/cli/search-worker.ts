// A thread that helps to search: makes the kernel from the generated code, and does the tasks that the leader gives.

import { parentPort, workerData } from 'node:worker_threads';
import type { Report, Task } from '../checker/crew.js';
import { follower } from '../checker/follow.js';
import { instantiate, stepMaker, type PortableKernel } from '../codegen/instantiate.js';

export interface FollowerData {
  readonly worker: number;
  readonly control: SharedArrayBuffer;
  readonly chosen: readonly boolean[];
  readonly code: PortableKernel;
}

export type FollowerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string };

const post = (message: FollowerMessage): void => parentPort?.postMessage(message);

async function main({ worker, control, chosen, code }: FollowerData): Promise<void> {
  const kernel = instantiate(code, await stepMaker(code), worker);
  let work: ((task: Task) => Report) | undefined;
  parentPort?.on('message', (task: Task) => {
    try {
      work ??= follower(kernel, { worker, control: new Int32Array(control), chosen, space: task.space });
      post({ kind: 'report', report: work(task) });
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      post({ kind: 'bug', message, stack: stack ?? message });
    }
  });
  post({ kind: 'ready' });
}

void main(workerData as FollowerData);
