// Worker threads, from source and from what was built.

import { Worker } from 'node:worker_threads';

/** Below this V8 cannot even compile a spec. */
const SMALLEST_HEAP_MB = 128;

/** @param maxHeapBytes what the thread's own heap may take; memory that threads share is not counted */
export function startThread(script: URL, workerData: unknown, maxHeapBytes: number): Worker {
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
