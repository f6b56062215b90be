// TLC on an exported module, in a temporary folder. TLC stops at the first violation, so it is run once for each property that is violated,
// without those that are known, and a last time to the end, which gives the counts. Temporal properties are asked one by one, because TLC
// does not say which of several is violated.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configOf, type TlaModule, type TlaProperty } from '../../export/tla/module.js';
import { EngineProblem } from '../problem.js';
import { inFolder, Stopped, type ToolLimits, type ToolRuns } from '../tool-runs.js';
import { TlcReader, type TlcReport } from './parse.js';

export interface TlcOptions extends ToolLimits {
  /** With more than one, TLC's depth and traces may be longer than need be. */
  readonly workers: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Which properties are temporal formulas. */
  readonly temporal: (property: number) => boolean;
}

/** A trace: the actions of its steps. */
export interface TlcTrace {
  readonly actions: readonly string[];
  readonly loopStart?: number;
}

export interface TlcRun {
  readonly ended: 'complete' | 'time' | 'interrupted';
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly violated: ReadonlyMap<number, TlcTrace>;
}

const HELP = 'TLC comes as tla2tools.jar (https://github.com/tlaplus/tlaplus/releases). Set TLA2TOOLS_JAR to where it is.';

/** @throws EngineProblem when Java or TLC are missing, or end without a result */
export async function runTlc(module: TlaModule, options: TlcOptions): Promise<TlcRun> {
  const jar = options.environment['TLA2TOOLS_JAR'];
  if (jar === undefined || jar === '') throw EngineProblem.of('engine/missing', { tool: 'TLC', need: HELP });
  if (!existsSync(jar)) throw EngineProblem.of('engine/missing', { tool: `TLC (${jar})`, need: HELP });
  return inFolder('tlc', options, async (runs) => {
    const search = new TlcSearch(module, options, runs, jar);
    try {
      return await search.run();
    } catch (stop) {
      if (stop instanceof Stopped) return { ended: stop.why, distinct: 0, generated: 0, depth: 0, violated: search.violated };
      throw stop;
    }
  });
}

class TlcSearch {
  readonly violated = new Map<number, TlcTrace>();

  constructor(
    private readonly module: TlaModule,
    private readonly options: TlcOptions,
    private readonly tools: ToolRuns,
    private readonly jar: string,
  ) {}

  async run(): Promise<TlcRun> {
    const { module, options, violated } = this;
    writeFileSync(join(this.tools.folder, `${module.name}.tla`), module.text);
    const exported = module.properties.filter((p) => p.unsupported === undefined);
    const safety = exported.filter((p) => !options.temporal(p.property));
    let counts: TlcReport['counts'];
    for (let runs = 0; counts === undefined; runs++) {
      const open = safety.filter((p) => !violated.has(p.property));
      const report = await this.search(open, open.some((p) => p.how === 'deadlock'));
      counts = report.counts;
      if (counts === undefined) this.note(report, open, runs);
    }
    for (const p of exported.filter((q) => options.temporal(q.property) && options.wanted(q.property))) {
      const report = await this.search([p], false);
      // A property that is true of states, or of steps, is violated like an invariant.
      if (report.violated !== undefined) this.add(p, report);
    }
    return { ended: 'complete', ...counts, violated };
  }

  private note(report: TlcReport, open: readonly TlaProperty[], runs: number): void {
    const { violated } = report;
    const found = open.find((p) => (violated?.what === 'deadlock' ? p.how === 'deadlock' : violated !== undefined && 'name' in violated && p.name === violated.name));
    if (found === undefined || runs > open.length + this.violated.size) {
      throw failed('searching', violated !== undefined && 'name' in violated ? `${violated.name} is violated` : report.errors.join('; '));
    }
    this.add(found, report);
  }

  private add(p: TlaProperty, { actions, loopStart }: TlcReport): void {
    this.violated.set(p.property, { actions, ...(loopStart === undefined ? {} : { loopStart }) });
  }

  private async search(properties: readonly TlaProperty[], deadlock: boolean): Promise<TlcReport> {
    const { module, options } = this;
    const names = (how: TlaProperty['how']): string[] => properties.flatMap((p) => (p.how === how && p.name !== undefined ? [p.name] : []));
    writeFileSync(join(this.tools.folder, 'run.cfg'), configOf(module.constants, ['TypeOK', ...names('invariant')], names('property')));
    const reader = new TlcReader();
    const ended = await this.tools.run(
      'java',
      [
        '-XX:+UseParallelGC', `-Xmx${this.tools.megabytes}m`,
        // TLC tells its makers of its runs, unless told not to.
        '-Dutil.ExecutionStatisticsCollector.id=NO_STATISTICS',
        '-cp', this.jar, 'tlc2.TLC', '-tool', '-workers', String(options.workers), '-metadir', 'states', '-config', 'run.cfg', ...(deadlock ? [] : ['-deadlock']), `${module.name}.tla`,
      ],
      reader.line,
    );
    if (ended.how === 'missing') throw EngineProblem.of('engine/missing', { tool: 'java', need: 'TLC needs it. Install a Java runtime (Debian, Ubuntu: apt install default-jre-headless), so that `java` is found in PATH.' });
    if (ended.how === 'killed') throw failed('searching', `it was ended by ${ended.by}`);
    const report = reader.report();
    if (report.version === undefined) throw failed('starting', [...report.errors, ended.how === 'exit' ? (ended.errors.trim().split('\n')[0] ?? '') : ''].join(' ').trim());
    if (report.counts === undefined && report.violated === undefined) throw failed('searching', report.errors.join('; ').slice(0, 400));
    return report;
  }
}

const failed = (doing: string, said: string): EngineProblem => EngineProblem.of('engine/failed', { tool: 'TLC', doing, said });
