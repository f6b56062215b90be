// The programs that are compared: how each is told to search the same model, one after the other in the same run, and what it counts.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Case } from './cases.js';
import { measure, type Measured } from './measure.js';

export interface Run extends Measured {
  /** Distinct states; undefined when the tool did not finish or did not say. */
  readonly distinct: number | undefined;
  /** The whole space was searched without an error. */
  readonly complete: boolean;
}

/** A case that is made ready (translated, compiled) and can be run again and again. */
export interface Prepared {
  readonly prepareSeconds: number;
  readonly run: () => Promise<Run>;
}

export interface Tool {
  readonly name: string;
  /** Undefined when the tool has no model of the case. */
  readonly prepare: (c: Case, folder: string) => Promise<Prepared | undefined>;
}

export interface Limits {
  readonly timeoutMs: number;
  /** Heddle's and TLC's; Spin takes what it needs. */
  readonly maxMemory: string;
  readonly engine: string;
}

const counted = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text.replaceAll(',', '')));

export function heddle(root: string, workers: number, { timeoutMs, maxMemory, engine }: Limits): Tool {
  return {
    name: `heddle ${workers}`,
    prepare: (c) => {
      const constants = Object.entries(c.constants ?? {}).flatMap(([name, value]) => ['--const', `${name}=${value}`]);
      const args = ['dist/cli/main.js', 'check', c.spec, '--check', c.check, ...constants, ...(c.properties ?? []).flatMap((name) => ['--property', name]), '--workers', String(workers), '--max-memory', maxMemory, '--engine', engine,
        '--time-limit', `${Math.ceil(timeoutMs / 1000)}s`, '--continue', '--trace', 'none', '--quiet', '--format', 'json'];
      return Promise.resolve({
        prepareSeconds: 0,
        run: async () => {
          // It ends by itself at the limit, with counts.
          const measured = await measure(process.execPath, args, root, 2 * timeoutMs);
          const [outcome] = parsed(measured.output);
          return { ...measured, distinct: outcome?.states.distinct, complete: outcome?.states.complete ?? false };
        },
      });
    },
  };
}

interface Outcome {
  readonly states: { readonly distinct: number; readonly complete: boolean };
}

function parsed(output: string): readonly Outcome[] {
  try {
    return JSON.parse(output) as readonly Outcome[];
  } catch {
    return [];
  }
}

/** Depth-first, without reduction or with Spin's own partial-order reduction, which counts fewer states. */
export function spin(root: string, reduction: boolean, { timeoutMs }: Limits): Tool {
  return {
    name: reduction ? 'spin POR' : 'spin',
    prepare: async (c, folder) => {
      if (c.peer === undefined) return undefined;
      copyFileSync(join(root, `bench/models/${c.peer.model}.pml`), join(folder, 'model.pml'));
      const defines = Object.entries(c.peer.sizes).map(([name, value]) => `-D${name}=${value}`);
      await mustRun('spin', ['-a', ...defines, ...(c.live === true ? ['-DLIVE'] : []), 'model.pml'], folder);
      // Fairness wants room for one more process than there are.
      const kind = c.live === true ? ['-DNFAIR=3'] : ['-DSAFETY'];
      const { seconds } = await mustRun('gcc', ['-O2', '-w', ...kind, ...(reduction ? [] : ['-DNOREDUCE']), '-o', 'pan', 'pan.c'], folder);
      return {
        prepareSeconds: seconds,
        run: async () => {
          // -E: a deadlock is no error here.
          const measured = await measure('./pan', [...(c.live === true ? ['-a', '-f'] : []), '-E', `-m${c.spinDepth ?? 1_000_000}`], folder, timeoutMs);
          const complete = /errors: 0/.test(measured.output) && !/search depth too small|Search not completed/.test(measured.output);
          return { ...measured, distinct: counted(/(\d+) states, stored/.exec(measured.output)?.[1]), complete };
        },
      };
    },
  };
}

export function rumur(root: string, threads: number, { timeoutMs }: Limits): Tool {
  return {
    name: `rumur ${threads}`,
    prepare: async (c, folder) => {
      if (c.peer === undefined || c.live === true) return undefined;
      const text = Object.entries(c.peer.sizes).reduce(
        (model, [name, value]) => model.replace(new RegExp(`^  ${name}: \\d+;`, 'm'), `  ${name}: ${value};`),
        readFileSync(join(root, `bench/models/${c.peer.model}.m`), 'utf8'),
      );
      writeFileSync(join(folder, 'model.m'), text);
      const options = ['--symmetry-reduction', 'off', '--deadlock-detection', 'off', '--threads', String(threads)];
      await mustRun('rumur', [...options, 'model.m', '--output', 'model.c'], folder);
      const { seconds } = await mustRun('gcc', ['-std=c11', '-O3', ...(process.arch === 'x64' ? ['-mcx16'] : []), 'model.c', '-o', 'model', '-lpthread'], folder);
      return {
        prepareSeconds: seconds,
        run: async () => {
          const measured = await measure('./model', [], folder, timeoutMs);
          return { ...measured, distinct: counted(/^\s*(\d+) states, \d+ rules fired/m.exec(measured.output)?.[1]), complete: /No error found/.test(measured.output) };
        },
      };
    },
  };
}

/** @param jar the path of tla2tools.jar */
export function tlc(root: string, jar: string, workers: number, { timeoutMs, maxMemory }: Limits): Tool {
  return {
    name: `tlc ${workers}`,
    prepare: (c, folder) => {
      if (c.peer === undefined) return Promise.resolve(undefined);
      const { model, sizes } = c.peer;
      const module = model.slice(0, 1).toUpperCase() + model.slice(1);
      copyFileSync(join(root, `bench/models/${module}.tla`), join(folder, `${module}.tla`));
      const constants = Object.entries(sizes).map(([name, value]) => `  ${name} = ${value}`).join('\n');
      writeFileSync(join(folder, 'model.cfg'), `SPECIFICATION ${c.live === true ? 'FairSpec\nPROPERTY Enters' : 'Spec\nINVARIANT Inv'}\nCONSTANTS\n${constants}\n`);
      const args = [`-Xmx${maxMemory.toLowerCase()}`, '-XX:+UseParallelGC', '-cp', jar, 'tlc2.TLC', '-workers', String(workers), '-deadlock', '-config', 'model.cfg', module];
      return Promise.resolve({
        prepareSeconds: 0,
        run: async () => {
          const measured = await measure('java', args, folder, timeoutMs);
          const distinct = counted(/([\d,]+) distinct states found, 0 states left/.exec(measured.output)?.[1]);
          return { ...measured, distinct, complete: distinct !== undefined };
        },
      });
    },
  };
}

async function mustRun(command: string, args: readonly string[], folder: string): Promise<Measured> {
  const done = await measure(command, args, folder, 600_000);
  if (done.code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${done.output}`);
  return done;
}

export function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v "${program}"`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A folder for a tool's files of a case. */
export function folderFor(work: string, tool: Tool, c: Case): string {
  const folder = join(work, `${tool.name}-${c.name}`.replace(/[^\w.-]+/g, '-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

export const machine = (): string => `${cpus()[0]?.model.trim() ?? process.arch}, ${cpus().length} cores, Node ${process.version}`;
