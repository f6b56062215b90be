// Runs a program to its end, line by line, within a time, and until somebody stops it.

import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly folder: string;
  readonly timeLimitMs?: number;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each line of standard output; without it all output is kept. */
  readonly onLine?: (line: string) => void;
}

export type Ended =
  | { readonly how: 'exit'; readonly code: number; readonly output: string; readonly errors: string }
  | { readonly how: 'killed'; readonly by: string; readonly output: string; readonly errors: string }
  | { readonly how: 'missing' | 'time' | 'interrupted' };

/** Of what a program prints that nobody reads line by line, so many characters are kept. */
const MOST_KEPT = 2 ** 20;

/** Never rejects: a program that cannot be started is `missing`. */
export function runProgram(name: string, args: readonly string[], options: ProgramOptions): Promise<Ended> {
  return new Promise((resolve) => {
    if (options.signal?.aborted === true) {
      resolve({ how: 'interrupted' });
      return;
    }
    // A group of its own, so that what it starts ends with it.
    const child = spawn(name, args, { cwd: options.folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...(options.env === undefined ? {} : { env: { ...process.env, ...options.env } }) });
    let [output, errors, rest] = ['', '', ''];
    let ended: 'time' | 'interrupted' | undefined;
    const end = (why: 'time' | 'interrupted'): void => {
      ended ??= why;
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    const timer = options.timeLimitMs === undefined ? undefined : setTimeout(() => end('time'), options.timeLimitMs);
    const onAbort = (): void => end('interrupted');
    options.signal?.addEventListener('abort', onAbort);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (options.onLine === undefined) {
        output = (output + text).slice(0, MOST_KEPT);
        return;
      }
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      lines.forEach(options.onLine);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(0, MOST_KEPT)));
    const settle = (result: Ended): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      resolve(ended === undefined ? result : { how: ended });
    };
    child.on('error', () => settle({ how: 'missing' }));
    child.on('close', (code, by) => {
      if (rest !== '') options.onLine?.(rest);
      settle(by === null ? { how: 'exit', code: code ?? 0, output, errors } : { how: 'killed', by, output, errors });
    });
  });
}
