// The built program (npm run build) in processes of its own, in a folder of its own: what scripts and users see of it.

import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from './samples.js';

export const MAIN = join(projectRoot, 'dist/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Standard output and standard error up to now. */
  readonly soFar: () => { readonly out: string; readonly err: string };
  readonly ended: Promise<Ended>;
}

/** A folder with these files (name to content), and what removes it. */
export function folderOf(files: { readonly [name: string]: string | Buffer }): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-test-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function start(command: string, args: readonly string[], options: SpawnOptions): Running {
  const child = spawn(command, args, { ...options, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...options.env } });
  let out = '';
  let err = '';
  child.stdout?.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (err += part.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, soFar: () => ({ out, err }), ended };
}

/** `heddle` with these arguments; `main` is another program than this project's. */
export const heddle = (folder: string, args: readonly string[], main = MAIN): Promise<Ended> => start(process.execPath, [main, ...args], { cwd: folder }).ended;

/** Resolves when the output says it; rejects when the process ends without. */
export async function until({ soFar, ended }: Running, says: RegExp): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  for (;;) {
    const { out, err } = soFar();
    if (says.test(out + err)) return;
    if (over) throw new Error(`It ended without a sign of ${String(says)}:\n${out}\n${err}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
