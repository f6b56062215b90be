// Spin on an exported model, in a temporary folder. One search of every state gives counts and tells which properties are violated; further
// ones look for the trails, for deadlocks, and for runs that violate the temporal properties, one by one.

import type { PromelaModel } from '../../export/promela/print.js';
import type { ExportedProperty } from '../../export/promela/property.js';
import { lassoOfTrail, processesOfTrail, type PanReport, type SpinTrail } from './parse.js';
import { inFolder, Stopped, type ToolLimits, type ToolRuns } from '../tool-runs.js';
import { failed, FormulaTooLarge, Verifier } from './verifier.js';

export interface SpinOptions extends ToolLimits {
  /** Whether to look for trails; verdicts and counts come without. */
  readonly trails: boolean;
  /** The spec has few states: time to compile counts more than time to search. */
  readonly small: boolean;
}

type Limit = 'memory' | 'time' | 'interrupted';

export interface SpinRun {
  readonly ended: 'complete' | Limit;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly memoryBytes: number;
  /** Violated properties (indices of the model's), with the way there. */
  readonly violated: ReadonlyMap<number, SpinTrail | undefined>;
  /** Temporal properties that a limit left undecided, although all states were found, or whose formula is too large for Spin. */
  readonly undecided: ReadonlyMap<number, Limit | 'unsupported'>;
}

/** @throws EngineProblem when Spin or gcc are missing, too old, or end without a result */
export function runSpin(model: PromelaModel, options: SpinOptions): Promise<SpinRun> {
  return inFolder('spin', options, async (runs) => {
    try {
      return await new SpinSearch(model, options, runs, new Verifier(model, runs, options.small)).run();
    } catch (stop) {
      if (stop instanceof Stopped) return { ended: stop.why, distinct: 0, generated: 0, depth: 0, memoryBytes: 0, violated: new Map(), undecided: new Map() };
      throw stop;
    }
  });
}

class SpinSearch {
  private readonly violated = new Map<number, SpinTrail | undefined>();
  private readonly undecided = new Map<number, Limit | 'unsupported'>();

  constructor(
    private readonly model: PromelaModel,
    private readonly options: SpinOptions,
    private readonly tools: ToolRuns,
    private readonly verifier: Verifier,
  ) {}

  async run(): Promise<SpinRun> {
    const { model, options, verifier, violated, undecided } = this;
    await verifier.checkVersion();
    await verifier.build('states', []);
    const first = await verifier.search(['-c0']);
    for (const flag of first.flags) violated.set(this.flagged(flag).property, undefined);
    const root = model.hasRoot ? 1 : 0;
    const counts = {
      distinct: Math.max(0, (first.stored ?? 0) - root),
      generated: Math.max(0, first.transitions - root),
      depth: first.depth + 1 - root,
      memoryBytes: first.memoryBytes,
    };
    if (options.trails && violated.size > 0) await this.trails();
    await this.deadlocks(first);
    if (first.stored !== undefined) await this.runs(counts.distinct);
    return { ended: first.stored === undefined ? 'memory' : 'complete', ...counts, violated, undecided };
  }

  private flagged(flag: string): ExportedProperty {
    const property = this.model.properties.find((p) => p.flag === flag);
    if (property === undefined) throw failed('spin', 'searching', `assertion violated ${flag}`);
    return property;
  }

  /** One trail for each property that a step, or the observer, reports. */
  private async trails(): Promise<void> {
    const report = await this.verifier.search(['-c0', '-e', '-E']);
    report.flags.forEach((flag, i) => {
      const text = this.verifier.trail(i + 1);
      if (text !== undefined) this.violated.set(this.flagged(flag).property, { processes: processesOfTrail(text) });
    });
  }

  /**
   * The search for invalid end states. A state in which the observer has something to report can move, as Spin sees it; where there is one,
   * or where leaks are looked for in every state, deadlocks need a model without.
   */
  private async deadlocks(first: PanReport): Promise<void> {
    const { model, options, violated, verifier } = this;
    const deadlock = model.properties.find(({ kind }) => kind === 'deadlock');
    if (deadlock === undefined || !options.wanted(deadlock.property)) return;
    const isHidden = model.hasLeaks || model.properties.some(({ definition, property }) => definition !== undefined && violated.has(property));
    if (first.hasInvalidEnd) violated.set(deadlock.property, undefined);
    if (!first.hasInvalidEnd && !isHidden) return;
    if (first.hasInvalidEnd && !options.trails) return;
    await verifier.build('states', ['-DDEADLOCKS']);
    const report = await verifier.search(['-A', '-c1']);
    if (!report.hasInvalidEnd) return;
    const text = verifier.trail(1);
    violated.set(deadlock.property, text === undefined ? undefined : { processes: processesOfTrail(text) });
  }

  /** The temporal properties whose state formulas can be evaluated everywhere. */
  private async runs(distinct: number): Promise<void> {
    const { model, options, verifier, violated, undecided } = this;
    const open = model.properties.filter(({ claim, property }) => claim !== undefined && options.wanted(property) && !violated.has(property));
    if (open.length === 0) return;
    const bounds = this.bounds(distinct);
    const decided = new Set<number>();
    try {
      await verifier.build('runs', ['-DTEMPORAL']);
      for (const { property, claim } of open) {
        const report = await verifier.search(['-a', '-E', '-c1', '-N', claim!, ...bounds]);
        decided.add(property);
        const text = report.violatesFormula ? verifier.trail(1) : undefined;
        if (report.violatesFormula) violated.set(property, text === undefined || !options.trails ? undefined : lassoOfTrail(text));
        else if (report.stored === undefined || report.isTooDeep) undecided.set(property, 'memory');
      }
    } catch (stop) {
      if (!(stop instanceof Stopped) && !(stop instanceof FormulaTooLarge)) throw stop;
      const why = stop instanceof Stopped ? stop.why : 'unsupported';
      for (const { property } of open) if (!violated.has(property) && !decided.has(property)) undecided.set(property, why);
    }
  }

  /** Room for the table of states (a power of two) and for the longest way: every state for each turn and some states of the formula. */
  private bounds(distinct: number): readonly string[] {
    const { model, tools } = this;
    const states = distinct * model.temporalFactor;
    const slots = Math.min(26, Math.max(16, Math.ceil(Math.log2(4 * states))));
    const deepest = Math.min(Math.max(10_000, 8 * states), Math.floor((tools.megabytes * 2 ** 20) / 4 / BYTES_A_STEP));
    return [`-w${slots}`, `-m${deepest}`];
  }
}

/** What Spin keeps of each step on its way. */
const BYTES_A_STEP = 56;
