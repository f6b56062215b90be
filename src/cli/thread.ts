// Worker threads, from source and from what was built.

import { Worker } from 'node:worker_threads';

/** Below this V8 cannot even compile a spec. */
const SMALLEST_HEAP_MB = 128;

/** A thread that was started before anybody asked for it. */
let spare: { readonly thread: Worker; readonly script: string; readonly maxHeapBytes: number } | undefined;

/** Starts a thread that `startThread` gives out when it is asked for one like it; nobody waits for it to end. */
export function startAhead(script: URL, maxHeapBytes: number): void {
  const thread = startThread(script, undefined, maxHeapBytes);
  thread.unref();
  // One that dies before it is asked for is nobody's: the next one will tell its user.
  const forget = (): void => void (spare = undefined);
  thread.on('error', forget).on('exit', forget);
  spare = { thread, script: script.href, maxHeapBytes };
}

function takeSpare(script: URL, maxHeapBytes: number): Worker | undefined {
  const found = spare;
  spare = undefined;
  if (found === undefined) return undefined;
  const { thread } = found;
  if (found.script !== script.href || found.maxHeapBytes !== maxHeapBytes) {
    void thread.terminate();
    return undefined;
  }
  thread.ref();
  return thread;
}

/** @param maxHeapBytes what the thread's own heap may take; memory that threads share is not counted */
export function startThread(script: URL, workerData: unknown, maxHeapBytes: number): Worker {
  const ready = workerData === undefined ? takeSpare(script, maxHeapBytes) : undefined;
  if (ready !== undefined) return ready;
  const options = {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: Math.max(SMALLEST_HEAP_MB, Math.floor(maxHeapBytes / 2 ** 20)) },
  };
  if (!script.pathname.endsWith('.ts')) return new Worker(script, options);
  // Run from source: a worker does not inherit tsx's loader, so it registers one before it loads the module.
  const tsx = import.meta.resolve('tsx/esm/api');
  const load = `import(${JSON.stringify(tsx)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(script.href)}); })`;
  return new Worker(load, { ...options, eval: true });
}

/** The module of a thread, beside this one. */
export function ownScript(name: string): URL {
  return new URL(`./${name}.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);
}
