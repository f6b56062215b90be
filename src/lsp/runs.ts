// Checks in processes of their own: started, watched, stopped. None outlives the server: each ends when its channel closes.

import { fork, type ChildProcess } from 'node:child_process';
import type { Progress } from '../checker/explore.js';
import type { CheckOutcome } from '../checker/outcome.js';
import type { CheckOrder, FromCheck, ToCheck } from './check-order.js';

export interface RunHooks {
  readonly onProgress: (check: string, progress: Progress) => void;
  readonly onOutcome: (outcome: CheckOutcome) => void;
}

export interface Run {
  /** A sentence when it failed. */
  readonly ended: Promise<string | undefined>;
  /** Ends the search with what is known so far. */
  stop(): void;
}

/** How long a process that was told to stop may take. */
const GRACE_MS = 5000;

export class Runs {
  private readonly children = new Set<ChildProcess>();

  constructor(private readonly script: URL) {}

  start(order: CheckOrder, hooks: RunHooks): Run {
    // From source the process needs the loader that this one runs with.
    const execArgv = this.script.pathname.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : [];
    const child = fork(this.script, [], { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.children.add(child);
    let timer: NodeJS.Timeout | undefined;
    let problem: string | undefined;
    let isDone = false;
    const ended = new Promise<string | undefined>((resolve) => {
      child.on('message', (message: FromCheck) => {
        if (message.kind === 'progress') hooks.onProgress(message.check, message.progress);
        if (message.kind === 'outcome') hooks.onOutcome(message.outcome);
        if (message.kind === 'failed') problem = message.message;
        if (message.kind === 'done') isDone = true;
      });
      child.on('error', (error) => (problem = error.message));
      child.on('close', () => {
        clearTimeout(timer);
        this.children.delete(child);
        resolve(problem ?? (isDone || timer !== undefined ? undefined : 'The process of the check ended by itself.'));
      });
    });
    child.send({ kind: 'order', order } satisfies ToCheck, () => undefined);
    const stop = (): void => {
      if (child.connected) child.send({ kind: 'stop' } satisfies ToCheck, () => undefined);
      timer ??= setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    };
    return { ended, stop };
  }

  /** At the end of the server, at once. */
  killAll(): void {
    for (const child of this.children) child.kill('SIGKILL');
  }
}
