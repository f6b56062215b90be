// The runs of one tool for one check: in a temporary folder of their own, and within one time for all of them.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, type Ended } from './program.js';

/** What every tool is told. */
export interface ToolLimits {
  readonly maxMemoryBytes: number;
  readonly timeLimitMs?: number;
  readonly signal?: AbortSignal;
  /** Milliseconds, from any start. */
  readonly clock: () => number;
  /** Properties that somebody wants to know about, by index in the model's. */
  readonly wanted: (property: number) => boolean;
}

/** The time is over, or somebody stopped it. */
export class Stopped {
  constructor(readonly why: 'time' | 'interrupted') {}
}

export interface ToolRuns {
  readonly folder: string;
  /** What a tool may take; none works with less than 256. */
  readonly megabytes: number;
  /**
   * @param mostMs this run may take so long, whatever time is left
   * @returns `time` only where that was too short
   * @throws Stopped
   */
  run(name: string, args: readonly string[], onLine?: (line: string) => void, mostMs?: number): Promise<Ended>;
}

/** Hands over an empty folder, which is gone when the work is done. */
export async function inFolder<T>(name: string, limits: ToolLimits, work: (runs: ToolRuns) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `heddle-${name}-`));
  try {
    return await work(runsIn(folder, limits));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runsIn(folder: string, { maxMemoryBytes, timeLimitMs, signal, clock }: ToolLimits): ToolRuns {
  const end = timeLimitMs === undefined ? Infinity : clock() + timeLimitMs;
  return {
    folder,
    megabytes: Math.max(256, Math.floor(maxMemoryBytes / 2 ** 20)),
    async run(name, args, onLine, mostMs = Infinity) {
      const left = Math.max(1, end - clock());
      const most = Math.min(left, mostMs);
      const ended = await runProgram(name, args, {
        folder,
        ...(most === Infinity ? {} : { timeLimitMs: most }),
        ...(signal === undefined ? {} : { signal }),
        ...(onLine === undefined ? {} : { onLine }),
      });
      if (ended.how === 'interrupted' || (ended.how === 'time' && left <= mostMs)) throw new Stopped(ended.how);
      return ended;
    },
  };
}
