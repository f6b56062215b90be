// Spin on an exported model, in a temporary folder: `spin -a`, gcc, and the verifier as often as it takes: once where nothing is violated, and
// further times for the trails.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PromelaModel } from '../../export/promela/print.js';
import { EngineProblem } from '../problem.js';
import { runProgram, type Ended } from '../program.js';
import { PanReader, processesOfTrail, type PanReport } from './parse.js';

export interface SpinOptions {
  readonly maxMemoryBytes: number;
  readonly timeLimitMs?: number;
  readonly signal?: AbortSignal;
  /** Milliseconds, from any start. */
  readonly clock: () => number;
  /** Whether to look for trails; verdicts and counts come without. */
  readonly trails: boolean;
  /** The verifier is compiled quickly, and runs slowly: for small specs. */
  readonly small?: boolean;
  /** Deadlocks are looked for only when somebody wants to know. */
  readonly deadlocks: boolean;
}

export interface SpinRun {
  readonly ended: 'complete' | 'memory' | 'time' | 'interrupted';
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly memoryBytes: number;
  /** Violated properties (indices of the model's), with the processes that move on the way there. */
  readonly violated: ReadonlyMap<number, readonly number[] | undefined>;
}

const NOTHING: Omit<SpinRun, 'ended'> = { distinct: 0, generated: 0, depth: 0, memoryBytes: 0, violated: new Map() };

const WANTED = '6.4 or later';

const LARGE_BYTES = 2 ** 20;

/** @throws EngineProblem when Spin or gcc are missing, too old, or end without a result */
export async function runSpin(model: PromelaModel, options: SpinOptions): Promise<SpinRun> {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-spin-'));
  try {
    return await new SpinSearch(model, options, folder).run();
  } catch (stop) {
    if (stop instanceof Stopped) return { ...NOTHING, ended: stop.why };
    throw stop;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class Stopped {
  constructor(readonly why: 'time' | 'interrupted') {}
}

class SpinSearch {
  private readonly end: number | undefined;

  constructor(
    private readonly model: PromelaModel,
    private readonly options: SpinOptions,
    private readonly folder: string,
  ) {
    this.end = options.timeLimitMs === undefined ? undefined : options.clock() + options.timeLimitMs;
  }

  async run(): Promise<SpinRun> {
    const { model, options } = this;
    await this.checkVersion();
    writeFileSync(join(this.folder, 'model.pml'), model.text);
    await this.build([]);
    const first = await this.search(['-c0']);
    const violated = new Map<number, readonly number[] | undefined>();
    const properties = new Map(model.properties.map((p) => [p.flag, p]));
    for (const flag of first.flags) {
      const property = properties.get(flag);
      if (property === undefined) throw failed('spin', 'searching', `assertion violated ${flag}`);
      violated.set(property.property, undefined);
    }
    const counts = {
      distinct: Math.max(0, (first.stored ?? 0) - (model.hasRoot ? 1 : 0)),
      generated: Math.max(0, first.transitions - (model.hasRoot ? 1 : 0)),
      depth: first.depth + (model.hasRoot ? 0 : 1),
      memoryBytes: first.memoryBytes,
    };
    if (options.trails && violated.size > 0) await this.trails(violated);
    await this.deadlocks(first, violated);
    return { ended: first.stored === undefined ? 'memory' : 'complete', ...counts, violated };
  }

  private async checkVersion(): Promise<void> {
    const ended = await this.program('spin', ['-V']);
    if (ended.how === 'missing') throw EngineProblem.of('engine/missing', { tool: 'Spin', need: 'Install it (Debian, Ubuntu: apt install spin gcc), so that `spin` is found in PATH.' });
    const version = ended.how === 'exit' ? /Spin Version (\d+)\.(\d+)/.exec(ended.output) : null;
    if (version === null) throw EngineProblem.of('engine/version', { tool: 'Spin', found: '(of an unknown version)', wanted: WANTED });
    const [major, minor] = [Number(version[1]), Number(version[2])];
    if (major < 6 || (major === 6 && minor < 4)) throw EngineProblem.of('engine/version', { tool: 'Spin', found: `${major}.${minor}`, wanted: WANTED });
  }

  private async build(definitions: readonly string[]): Promise<void> {
    const made = await this.program('spin', ['-a', ...definitions, 'model.pml']);
    if (made.how !== 'exit' || made.code !== 0) throw failed('spin', 'reading the exported model', said(made));
    // Breadth first gives shortest trails. Spin refuses that for models with hidden variables, whose values would not be what they were on the
    // way to a state. Ours are set before they are read within one step, or say what has been reported so far.
    const header = join(this.folder, 'pan.h');
    writeFileSync(header, readFileSync(header, 'utf8').replace(/^.*#error cannot use BFS on models with variables declared hidden.*$/m, ''));
    const megabytes = Math.max(256, Math.floor(this.options.maxMemoryBytes / 2 ** 20));
    // A large verifier takes longer to be optimized than it gains.
    const isLarge = statSync(join(this.folder, 'pan.m')).size > LARGE_BYTES;
    const flags = [isLarge || this.options.small === true ? '-O0' : '-O1', '-w', '-DSAFETY', '-DNOREDUCE', '-DBFS', '-DNOCLAIM', `-DVECTORSZ=${this.vectorSize}`, `-DMEMLIM=${megabytes}`];
    const compiled = await this.program('gcc', [...flags, '-o', 'pan', 'pan.c']);
    if (compiled.how === 'missing') throw EngineProblem.of('engine/missing', { tool: 'gcc', need: 'Spin makes C programs. Install a C compiler (Debian, Ubuntu: apt install gcc), so that `gcc` is found in PATH.' });
    if (compiled.how !== 'exit' || compiled.code !== 0) throw failed('gcc', 'compiling the verifier', said(compiled));
  }

  /** Bytes of a state, with room to spare. */
  private get vectorSize(): number {
    return 1024 * Math.ceil((this.model.stateBytes + 40 * (this.model.observer + 2) + 512) / 1024);
  }

  private async search(args: readonly string[]): Promise<PanReport> {
    const reader = new PanReader();
    const ended = await this.program('./pan', ['-n', ...args], reader.line);
    const report = reader.report();
    if (report.isOutOfMemory) return report;
    if (ended.how !== 'exit') throw failed('The verifier', 'searching', said(ended));
    if (report.strange.length > 0) throw failed('The verifier', 'searching', report.strange.join('; '));
    if (report.stored === undefined && !report.hasInvalidEnd) throw failed('The verifier', 'searching', said(ended));
    return report;
  }

  /** One trail for each property that a step, or the observer, reports. */
  private async trails(violated: Map<number, readonly number[] | undefined>): Promise<void> {
    const report = await this.search(['-c0', '-e', '-E']);
    report.flags.forEach((flag, i) => {
      const property = this.model.properties.find((p) => p.flag === flag);
      const text = this.trail(`model.pml${i + 1}.trail`) ?? (report.flags.length === 1 ? this.trail('model.pml.trail') : undefined);
      if (property !== undefined && text !== undefined) violated.set(property.property, processesOfTrail(text));
    });
  }

  private trail(name: string): string | undefined {
    try {
      return readFileSync(join(this.folder, name), 'utf8');
    } catch {
      return undefined;
    }
  }

  /**
   * The search for invalid end states. A state in which the observer has something to report can move, as Spin sees it; where there is one,
   * or where leaks are looked for in every state, deadlocks need a model without.
   */
  private async deadlocks(first: PanReport, violated: Map<number, readonly number[] | undefined>): Promise<void> {
    const { model, options } = this;
    const deadlock = model.properties.find(({ kind }) => kind === 'deadlock');
    if (deadlock === undefined || !options.deadlocks) return;
    const isHidden = model.properties.some(({ kind, property }) => (kind === 'invariant' || kind === 'leak') && violated.has(property)) || model.hasLeaks;
    if (first.hasInvalidEnd) violated.set(deadlock.property, undefined);
    if (!first.hasInvalidEnd && !isHidden) return;
    if (first.hasInvalidEnd && !options.trails) return;
    await this.build(['-DDEADLOCKS']);
    const report = await this.search(['-A', '-c1']);
    if (!report.hasInvalidEnd) return;
    const text = this.trail('model.pml.trail') ?? this.trail('model.pml1.trail');
    violated.set(deadlock.property, text === undefined ? undefined : processesOfTrail(text));
  }

  private async program(name: string, args: readonly string[], onLine?: (line: string) => void): Promise<Ended> {
    const left = this.end === undefined ? undefined : Math.max(1, this.end - this.options.clock());
    const ended = await runProgram(name, args, {
      folder: this.folder,
      ...(left === undefined ? {} : { timeLimitMs: left }),
      ...(this.options.signal === undefined ? {} : { signal: this.options.signal }),
      ...(onLine === undefined ? {} : { onLine }),
    });
    if (ended.how === 'time' || ended.how === 'interrupted') throw new Stopped(ended.how);
    return ended;
  }
}

const failed = (tool: string, doing: string, what: string): EngineProblem => EngineProblem.of('engine/failed', { tool, doing, said: what });

function said(ended: Ended): string {
  if (ended.how === 'killed') return `it was ended by ${ended.by}`;
  if (ended.how !== 'exit') return '';
  const lines = `${ended.output}\n${ended.errors}`.split('\n').map((l) => l.trim()).filter((l) => l !== '');
  return (lines.find((l) => /error/i.test(l)) ?? lines.at(-1) ?? `exit code ${ended.code}`).slice(0, 300);
}
