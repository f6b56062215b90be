// Ctrl-C, a signal to end, or a reader that has gone: what is under way ends with what is known so far.

import { readerGone } from './io.js';

/** Runs the action; `stop` is told once that it should come to its end. Who asks again ends the process at once. */
export async function interruptible<T>(stop: () => void, action: () => Promise<T>): Promise<T> {
  let asked = false;
  const onInterrupt = (): void => {
    if (asked) process.exit(3);
    asked = true;
    stop();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  readerGone.addEventListener('abort', onInterrupt);
  try {
    return await action();
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    readerGone.removeEventListener('abort', onInterrupt);
  }
}
