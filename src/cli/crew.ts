// The threads of a search, for its leader. They are started when the search first asks for them, and live as long as the leader's thread.

import type { Worker } from 'node:worker_threads';
import { Control, type Crew, type Report, type Task } from '../checker/crew.js';
import type { PortableKernel } from '../codegen/instantiate.js';
import type { FollowerData, FollowerMessage } from './search-worker.js';
import { ownScript, startThread } from './thread.js';

/** States of a level whose expansion takes longer than to tell other threads of it. */
const WORTHWHILE = 4000;
/** States of a level that the search of a small spec does not reach: others would come when the work is nearly done. */
const PROMISING = 8000;
/** Each thread has to compile the generated code for itself: for so many characters of it a level has to be larger by one state. */
const CODE_PER_STATE = 50;

interface Follower {
  readonly thread: Worker;
  ready: boolean;
  report: Report | undefined;
}

/**
 * @param maxMemoryBytes what each thread's own heap may take; the space is shared and counted apart
 * @param script the threads' module, for tests
 */
export function crewFor(workers: number, maxMemoryBytes: number, script = ownScript('search-worker')): { readonly hire: (code: PortableKernel) => Crew | undefined; readonly dismiss: () => void } {
  const followers: Follower[] = [];
  return {
    hire: (code) => (workers < 2 ? undefined : new ThreadCrew(workers, code, followers, maxMemoryBytes, script)),
    dismiss: () => followers.forEach(({ thread }) => void thread.terminate()),
  };
}

class ThreadCrew implements Crew {
  readonly controlMemory = new SharedArrayBuffer(4 * Control.words);
  readonly control = new Int32Array(this.controlMemory);
  private lost: Error | undefined;
  private arrived: () => void = () => undefined;

  constructor(
    readonly workers: number,
    private readonly code: PortableKernel,
    private readonly followers: Follower[],
    private readonly maxMemoryBytes: number,
    private readonly script: URL,
  ) {}

  isWorthwhile(states: number): boolean {
    if (this.followers.length > 0) return states >= WORTHWHILE;
    if (states < PROMISING) return false;
    const characters = [...this.code.steps.values()].reduce((sum, { code }) => sum + code.length, 0);
    return states >= PROMISING + characters / CODE_PER_STATE;
  }

  get isStarting(): boolean {
    return this.followers.some(({ ready }) => !ready);
  }

  isReady(chosen: readonly boolean[]): boolean {
    if (this.followers.length === 0) for (let worker = 1; worker < this.workers; worker++) this.followers.push(this.start(worker, chosen));
    if (this.lost !== undefined) throw this.lost;
    return this.followers.every(({ ready }) => ready);
  }

  breathe(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  begin(task: Task): void {
    for (const follower of this.followers) {
      follower.report = undefined;
      follower.thread.postMessage(task);
    }
  }

  async finish(): Promise<readonly Report[]> {
    for (;;) {
      if (this.lost !== undefined) throw this.lost;
      const reports = this.followers.flatMap(({ report }) => (report === undefined ? [] : [report]));
      if (reports.length === this.followers.length) return reports;
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
  }

  private start(worker: number, chosen: readonly boolean[]): Follower {
    const data: FollowerData = { worker, control: this.controlMemory, chosen, code: this.code };
    const follower: Follower = { thread: startThread(this.script, data, this.maxMemoryBytes), ready: false, report: undefined };
    const lose = (error: Error): void => {
      this.lost ??= error;
      this.arrived();
    };
    follower.thread.on('message', (message: FollowerMessage) => {
      if (message.kind === 'ready') follower.ready = true;
      if (message.kind === 'report') follower.report = message.report;
      if (message.kind === 'bug') lose(Object.assign(new Error(message.message), { stack: message.stack }));
      this.arrived();
    });
    follower.thread.on('error', lose);
    follower.thread.on('exit', (code) => lose(new Error(`A thread of the search ended by itself (code ${code}).`)));
    return follower;
  }
}
