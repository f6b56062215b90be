// One run of a program: wall time from start to exit, and on Linux its CPU time and peak memory.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly seconds: number;
  /** User and system, of all threads; undefined where the system does not tell. */
  readonly cpuSeconds: number | undefined;
  readonly peakBytes: number | undefined;
  readonly code: number | null;
  readonly output: string;
}

const TICKS_PER_SECOND = 100;
const SAMPLE_MS = 20;

/** @param timeoutMs after which the program is ended and `code` is null */
export function measure(command: string, args: readonly string[], folder: string, timeoutMs: number): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
    const parts: string[] = [];
    let seen: Pick<Measured, 'cpuSeconds' | 'peakBytes'> = { cpuSeconds: undefined, peakBytes: undefined };
    const sampler = setInterval(() => (seen = sample(child.pid) ?? seen), SAMPLE_MS);
    const limit = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.stdout.on('data', (part: Buffer) => parts.push(part.toString()));
    child.stderr.on('data', (part: Buffer) => parts.push(part.toString()));
    child.on('error', reject);
    child.on('exit', () => (seen = sample(child.pid) ?? seen));
    child.on('close', (code) => {
      clearInterval(sampler);
      clearTimeout(limit);
      resolve({ seconds: (performance.now() - begun) / 1000, ...seen, code, output: parts.join('') });
    });
  });
}

/** From /proc: fields 14 and 15 of `stat` are ticks (they are behind the name, which may hold blanks), VmHWM is the peak. */
function sample(pid: number | undefined): Pick<Measured, 'cpuSeconds' | 'peakBytes'> | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (peak === undefined) return undefined;
    return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND, peakBytes: 1024 * Number(peak) };
  } catch {
    return undefined;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
