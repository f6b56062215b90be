// `heddle simulate`: random walks through a spec on all cores, or a walk by hand.

import * as os from 'node:os';
import { placeOf } from '../../check/diagnostic-data.js';
import type { CheckJob, PreparedCheck } from '../../check/job.js';
import { prepareCheck } from '../../check/prepare.js';
import type { Kernel } from '../../checker/kernel.js';
import type { PropertyOutcome } from '../../checker/outcome.js';
import { compiledKernel } from '../../codegen/kernel.js';
import { toJson } from '../../core/value.js';
import { layoutOf } from '../../model/layout.js';
import { replay } from '../../model/replay.js';
import { simulationJson, simulationText, type SimulationOutcome } from '../../report/simulation-text.js';
import type { TraceForm } from '../../report/text.js';
import { traceOfWalk } from '../../simulate/record.js';
import { initialStates, type WalkerOptions } from '../../simulate/walk.js';
import { interruptible } from '../interrupt.js';
import { openOutput, UserError, writeDiagnostics } from '../io.js';
import { oneCheck } from '../one-check.js';
import { VERSION } from '../version.js';
import { walkAll, type Simulated } from '../walkers.js';

export interface SimulateOptions {
  readonly check?: string;
  readonly const: readonly string[];
  readonly property: readonly string[];
  readonly runs: number;
  readonly depth: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly timeLimit?: number;
  readonly maxMemory: number;
  readonly continue: boolean;
  readonly interactive: boolean;
  readonly trace?: TraceForm;
  readonly format: 'text' | 'json';
  readonly out?: string;
}

/** Runs the command; gives its exit code. */
export async function simulate(file: string, options: SimulateOptions): Promise<number> {
  const prepared = prepare(file, options);
  if (!('model' in prepared)) {
    writeDiagnostics(prepared.diagnostics ?? []);
    return 2;
  }
  if (options.interactive) {
    const { walkByHand } = await import('../walk-by-hand.js');
    return walkByHand(prepared.model, options.seed ?? 1);
  }
  const output = openOutput(options.out);
  const outcome = await walk(prepared, options);
  const shown = { palette: output.palette, width: output.width, properties: options.property, ...(options.trace === undefined ? {} : { trace: options.trace }) };
  if (options.format === 'json') output.write(simulationJson(outcome, VERSION));
  else output.write(`${simulationText(outcome, shown)}\n`);
  output.finish();
  if (outcome.violated.some(({ property }) => property.expected !== 'violated')) return 1;
  return outcome.ended === 'interrupted' ? 3 : 0;
}

function prepare(file: string, options: SimulateOptions): ReturnType<typeof prepareCheck> {
  const { source, loader, check, constants } = oneCheck(file, options);
  const job: CheckJob = {
    source,
    check,
    constants,
    continueOnViolation: options.continue,
    maxMemoryBytes: options.maxMemory,
    engine: 'builtin',
    ...(options.property.length === 0 ? {} : { properties: options.property }),
  };
  return prepareCheck(job, loader, () => performance.now());
}

async function walk(prepared: PreparedCheck, options: SimulateOptions): Promise<SimulationOutcome> {
  const { model, plan } = prepared;
  const { kernel, portable } = compiledKernel(model, layoutOf(model));
  const initial = initialStates(kernel);
  if (initial.length === 0) throw new UserError('The spec has no initial state to walk from.', 'heddle check says why.');
  const walkers = {
    depth: options.depth,
    seed: options.seed ?? Math.floor(Math.random() * 1_000_000),
    chosen: plan.chosen,
    stops: plan.expected.map((expected) => expected === 'holds' && !options.continue),
  };
  const workers = options.workers ?? os.availableParallelism();
  let stop: () => void = () => undefined;
  const limits = { workers, maxHeapBytes: options.maxMemory / workers, ...(options.timeLimit === undefined ? {} : { timeLimitMs: options.timeLimit }) };
  const walked = await interruptible(() => stop(), () => walkAll({ kernel: portable ?? model, initial, options: walkers, runs: options.runs }, limits, (end) => (stop = end)));
  return outcomeOf(prepared, { ...walked, kernel, initial, walkers, workers });
}

/** What was walked, and over what. */
interface Walked extends Simulated {
  readonly kernel: Kernel;
  readonly initial: Int32Array;
  readonly walkers: WalkerOptions;
  readonly workers: number;
}

function outcomeOf({ job, model, plan, bounds }: PreparedCheck, { kernel, initial, walkers, workers, tally, distinct, passed, seconds, ended }: Walked): SimulationOutcome {
  const layout = layoutOf(model);
  const names = (wanted: (p: number) => boolean): readonly string[] => model.properties.flatMap(({ name }, p) => (wanted(p) ? [name] : []));
  const isSeen = (p: number): boolean => tally.seen.some(({ property }) => property === p);
  // Errors that have no name of their own are many, and nobody asked for them.
  const isOwn = (p: number): boolean => {
    const property = model.properties[p]!;
    return property.kind !== 'builtin' || property.name !== property.error || plan.expected[p] === 'violated';
  };
  const isTemporal = (p: number): boolean => model.properties[p]!.kind === 'temporal';
  return {
    spec: model.name,
    file: job.source.path,
    check: job.check,
    constants: Object.fromEntries(model.constants.map((c) => [c.name, toJson(c.type, c.value)])),
    ...(bounds.length === 0 ? {} : { bounds }),
    seed: walkers.seed,
    depth: walkers.depth,
    workers,
    walks: tally.runs,
    steps: tally.steps,
    longest: tally.longest,
    done: tally.done,
    stuck: tally.stuck,
    distinct,
    seconds,
    ended,
    violated: [...tally.seen]
      .sort((a, b) => a.run - b.run || a.property - b.property)
      .map((seen) => {
        const { name, kind, doc } = model.properties[seen.property]!;
        const { trace, walked } = traceOfWalk(kernel, initial, walkers, seen);
        const property: PropertyOutcome = { name, kind, ...(doc === undefined ? {} : { doc }), verdict: 'violated', expected: plan.expected[seen.property]!, trace: replay(model, layout, trace, seen.property) };
        return { property, walk: seen.run, walked };
      }),
    notSeen: names((p) => plan.chosen[p]! && isOwn(p) && !isSeen(p) && !isTemporal(p)),
    missed: names((p) => plan.chosen[p]! && !isSeen(p) && !isTemporal(p) && plan.expected[p] === 'violated'),
    leftOut: names((p) => plan.chosen[p]! && isTemporal(p)),
    coverage: model.sites.map(({ name, at }, site) => ({ name, ...placeOf(at), taken: passed(site) || kernel.coverage.sites[site] !== 0 })),
  };
}
