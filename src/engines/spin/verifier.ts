// A verifier that Spin makes of a model: `spin -a`, gcc, and runs of `pan`, all in one folder.

import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromelaModel } from '../../export/promela/print.js';
import { EngineProblem } from '../problem.js';
import type { Ended } from '../program.js';
import type { ToolRuns } from '../tool-runs.js';
import { PanReader, type PanReport } from './parse.js';

/** What a verifier searches: every state, breadth first; or runs, depth first, for those that violate a temporal property. */
export type Searched = 'states' | 'runs';

/** Spin needs more time to make an automaton of a formula than anybody would wait. */
export class FormulaTooLarge extends Error {}

/** Most formulas take a few milliseconds, and some would take for ever. */
const TRANSLATION_MS = 60_000;

const WANTED = '6.4 or later';

const LARGE_BYTES = 2 ** 20;

/** Its methods throw EngineProblem when Spin or gcc are missing, too old, or end without a result, and Stopped. */
export class Verifier {
  private readonly folder: string;

  /** @param small the verifier is compiled quickly, and runs slowly: for small specs */
  constructor(
    private readonly model: PromelaModel,
    private readonly runs: ToolRuns,
    private readonly small: boolean,
  ) {
    this.folder = runs.folder;
    writeFileSync(join(this.folder, 'model.pml'), model.text);
  }

  async checkVersion(): Promise<void> {
    const ended = await this.runs.run('spin', ['-V']);
    if (ended.how === 'missing') throw EngineProblem.of('engine/missing', { tool: 'Spin', need: 'Install it (Debian, Ubuntu: apt install spin gcc), so that `spin` is found in PATH.' });
    const version = ended.how === 'exit' ? /Spin Version (\d+)\.(\d+)/.exec(ended.output) : null;
    if (version === null) throw EngineProblem.of('engine/version', { tool: 'Spin', found: '(of an unknown version)', wanted: WANTED });
    const [major, minor] = [Number(version[1]), Number(version[2])];
    if (major < 6 || (major === 6 && minor < 4)) throw EngineProblem.of('engine/version', { tool: 'Spin', found: `${major}.${minor}`, wanted: WANTED });
  }

  /** @param definitions of the preprocessor: -DNAME */
  async build(searched: Searched, definitions: readonly string[]): Promise<void> {
    const made = await this.runs.run('spin', ['-a', ...definitions, 'model.pml'], undefined, searched === 'runs' ? TRANSLATION_MS : Infinity);
    if (made.how === 'time') throw new FormulaTooLarge();
    if (made.how !== 'exit' || made.code !== 0) throw failed('spin', 'reading the exported model', said(made));
    // Breadth first gives shortest trails. Spin refuses that for models with hidden variables, whose values would not be what they were on the
    // way to a state. Ours are set before they are read within one step, or say what has been reported so far.
    const header = join(this.folder, 'pan.h');
    writeFileSync(header, readFileSync(header, 'utf8').replace(/^.*#error cannot use BFS on models with variables declared hidden.*$/m, ''));
    // A large verifier takes longer to be optimized than it gains.
    const isLarge = statSync(join(this.folder, 'pan.m')).size > LARGE_BYTES;
    const optimized = isLarge || this.small ? '-O0' : '-O1';
    const what = searched === 'states' ? ['-DSAFETY', '-DBFS', '-DNOCLAIM'] : [];
    const compiled = await this.runs.run('gcc', [optimized, '-w', '-DNOREDUCE', ...what, `-DVECTORSZ=${this.vectorSize}`, `-DMEMLIM=${this.runs.megabytes}`, '-o', 'pan', 'pan.c']);
    if (compiled.how === 'missing') throw EngineProblem.of('engine/missing', { tool: 'gcc', need: 'Spin makes C programs. Install a C compiler (Debian, Ubuntu: apt install gcc), so that `gcc` is found in PATH.' });
    if (compiled.how !== 'exit' || compiled.code !== 0) throw failed('gcc', 'compiling the verifier', said(compiled));
  }

  /** Bytes of a state, with room to spare. */
  private get vectorSize(): number {
    return 1024 * Math.ceil((this.model.stateBytes + 40 * (this.model.observer + 2) + 512) / 1024);
  }

  async search(args: readonly string[]): Promise<PanReport> {
    for (const name of readdirSync(this.folder)) if (name.endsWith('.trail')) rmSync(join(this.folder, name));
    const reader = new PanReader();
    const ended = await this.runs.run('./pan', ['-n', ...args], reader.line);
    const report = reader.report();
    if (report.isOutOfMemory) return report;
    if (ended.how !== 'exit') throw failed('The verifier', 'searching', said(ended));
    if (report.strange.length > 0) throw failed('The verifier', 'searching', report.strange.join('; '));
    if (report.stored === undefined && !report.hasInvalidEnd && !report.violatesFormula && !report.isTooDeep) throw failed('The verifier', 'searching', said(ended));
    return report;
  }

  /** @param number of the violation; the only one may have none */
  trail(number: number): string | undefined {
    for (const name of [`model.pml${number}.trail`, ...(number === 1 ? ['model.pml.trail'] : [])]) {
      try {
        return readFileSync(join(this.folder, name), 'utf8');
      } catch {
        continue;
      }
    }
    return undefined;
  }
}

export const failed = (tool: string, doing: string, what: string): EngineProblem => EngineProblem.of('engine/failed', { tool, doing, said: what });

function said(ended: Ended): string {
  if (ended.how === 'killed') return `it was ended by ${ended.by}`;
  if (ended.how !== 'exit') return '';
  const lines = `${ended.output}\n${ended.errors}`.split('\n').map((l) => l.trim()).filter((l) => l !== '');
  return (lines.find((l) => /error/i.test(l)) ?? lines.at(-1) ?? `exit code ${ended.code}`).slice(0, 300);
}
