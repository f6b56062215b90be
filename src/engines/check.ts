// A check by another checker: exports the model, runs the tool, and tells what it learnt in Heddle's terms.

import { isError } from '../base/diagnostic.js';
import { failedOutcome, notYetSearched, type PreparedCheck } from '../check/job.js';
import { concludeElsewhere } from '../check/run.js';
import type { Exploration } from '../checker/explore.js';
import type { CheckOutcome } from '../checker/outcome.js';
import { NO_TRACE, type Trace, type Verdict } from '../checker/verdict.js';
import { promelaOf } from '../export/promela/print.js';
import { tlaOf } from '../export/tla/module.js';
import { Unsupported } from '../export/unsupported.js';
import { interpreterOf } from '../model/interpret.js';
import { layoutOf, type Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { leakOf } from '../model/system.js';
import { EngineProblem } from './problem.js';
import { pathAlong } from './retrace.js';
import type { SpinTrail } from './spin/parse.js';
import { runSpin } from './spin/run.js';
import { runTlc, type TlcTrace } from './tlc/run.js';
import type { ToolLimits } from './tool-runs.js';

export interface EngineHooks {
  /** Milliseconds. */
  readonly clock: () => number;
  readonly signal?: AbortSignal;
  /** Without traces, violated properties come with an empty one; the tool runs less often. */
  readonly traces: boolean;
  /** Threads that a tool may search with, if it can; 1 unless told. */
  readonly workers?: number;
  /** The spec has few states: time to compile counts more than time to search. */
  readonly small?: boolean;
  /** Where TLA2TOOLS_JAR stands. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** For tests: the model that the tool is given. */
  readonly exported?: (model: Model) => Model;
}

/** Spin looks for runs depth first: its lassos may be long. Longer ones than this are not followed. */
const LONGEST_TRAIL = 20_000;

/** A violation that another checker reports and Heddle's interpreter cannot follow: one of the two is wrong. */
export class Disagreement extends Error {}

/** What a tool told: how far it came, and for each violated property (an index of the model's) how to find its trace. */
interface Told {
  readonly ended: 'complete' | 'memory' | 'time' | 'interrupted';
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly memoryBytes: number;
  readonly violated: ReadonlyMap<number, () => Trace | undefined>;
  /** Properties that the export leaves out. */
  readonly unsupported: ReadonlySet<number>;
  /** Temporal properties that a limit left undecided. */
  readonly undecided?: ReadonlyMap<number, 'memory' | 'time' | 'interrupted' | 'unsupported'>;
  /** Fairness is owed to a step that errs, as with Heddle, so that temporal properties mean something behind it. */
  readonly owesErrors: boolean;
}

/** Runs a prepared check on the engine that its job names. What goes wrong with the tool, or cannot be exported, is an outcome with diagnostics. */
export async function checkElsewhere(prepared: PreparedCheck, hooks: EngineHooks): Promise<CheckOutcome> {
  const { job, model, plan } = prepared;
  const begun = hooks.clock();
  try {
    const told = await (job.engine === 'tlc' ? tellTlc : tellSpin)(prepared, hooks);
    const exploration = explorationOf(model, plan.chosen, told, hooks.traces);
    return concludeElsewhere(prepared, exploration, (hooks.clock() - begun) / 1000);
  } catch (problem) {
    if (!(problem instanceof EngineProblem)) throw problem;
    const outcome = failedOutcome(job, [...prepared.warnings.filter(isError), problem.diagnosticAt(prepared.at)]);
    return { ...outcome, spec: notYetSearched(prepared).spec };
  }
}

function exported<T>(language: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof Unsupported) throw EngineProblem.of('engine/unsupported', { language, reason: error.reason });
    throw error;
  }
}

const about = (model: Model): readonly string[] => [`Exported from the Heddle spec ${model.name}.`];

const limitsOf = ({ job, plan }: PreparedCheck, { clock, signal }: EngineHooks): ToolLimits => ({
  maxMemoryBytes: job.maxMemoryBytes,
  ...(job.timeLimitMs === undefined ? {} : { timeLimitMs: job.timeLimitMs }),
  ...(signal === undefined ? {} : { signal }),
  clock,
  wanted: (property) => plan.chosen[property] === true,
});

async function tellSpin(prepared: PreparedCheck, hooks: EngineHooks): Promise<Told> {
  const { model } = prepared;
  const promela = exported('Promela', () => promelaOf(hooks.exported?.(model) ?? model, about(model)));
  const run = await runSpin(promela, {
    ...limitsOf(prepared, hooks),
    small: hooks.small === true,
    trails: hooks.traces,
  });
  const layout = layoutOf(model);
  const traceOf = (property: number, { processes, loop }: SpinTrail): Trace | undefined => {
    if (processes.length > LONGEST_TRAIL) return undefined;
    // What the observer does is no step of the spec.
    const own = (moves: readonly number[]): readonly (readonly number[])[] => moves.flatMap((process) => (process === promela.observer ? [] : [[process]]));
    const steps = own(processes);
    // The trail of an invalid end state has one line more than there are steps.
    const ways = model.properties[property]!.kind === 'deadlock' ? [steps.slice(0, -1), steps] : [steps];
    const loopStart = loop === undefined ? undefined : own(processes.slice(0, loop)).length;
    const path = ways.map((way) => pathAlong(model, layout, way, property, loopStart)).find((found) => found !== undefined);
    if (path === undefined) throw new Disagreement(`Spin violates ${model.properties[property]!.name} by the processes ${steps.join(' ')}, and Heddle's interpreter does not`);
    return path;
  };
  return {
    ...run,
    violated: new Map([...run.violated].map(([property, trail]) => [property, () => (trail === undefined ? undefined : traceOf(property, trail))])),
    unsupported: new Set(promela.properties.flatMap((p) => (p.unsupported === undefined ? [] : [p.property]))),
    owesErrors: true,
  };
}

async function tellTlc(prepared: PreparedCheck, hooks: EngineHooks): Promise<Told> {
  const { model } = prepared;
  const module = exported('TLA+', () => tlaOf(hooks.exported?.(model) ?? model, about(model)));
  const run = await runTlc(module, {
    ...limitsOf(prepared, hooks),
    environment: hooks.environment ?? {},
    workers: hooks.workers ?? 1,
    temporal: (property) => model.properties[property]!.kind === 'temporal',
  });
  const layout = layoutOf(model);
  const everybody = [...model.instances.keys()];
  const traceOf = (property: number, { actions, loopStart }: TlcTrace): Trace | undefined => {
    const p = model.properties[property]!;
    const steps = actions.map((action) => module.processes.get(action) ?? module.processes.get(action.replace(/\(.*/, '')) ?? everybody);
    // TLC sees an error, or a failed assertion, in the state before the step.
    const isBefore = p.kind === 'assertion' || (p.kind === 'builtin' && leakOf(p) === undefined);
    const path = pathAlong(model, layout, isBefore ? [...steps, everybody] : steps, property, loopStart);
    if (path === undefined && loopStart === undefined && p.kind !== 'temporal') throw new Disagreement(`TLC violates ${p.name} by ${actions.join(' ')}, and Heddle's interpreter does not`);
    return path;
  };
  return {
    ...run,
    memoryBytes: 0,
    owesErrors: false,
    violated: new Map([...run.violated].map(([property, trace]) => [property, () => traceOf(property, trace)])),
    unsupported: new Set(module.properties.flatMap((p) => (p.unsupported === undefined ? [] : [p.property]))),
  };
}

function explorationOf(model: Model, chosen: readonly boolean[], told: Told, traces: boolean): Exploration {
  const erred = model.properties.flatMap((p, i) => {
    if (p.kind !== 'builtin' || leakOf(p) !== undefined || !told.violated.has(i)) return [];
    // Several properties may stand for one error: the first of them names it.
    return model.properties.findIndex((q) => q.kind === 'builtin' && q.error === p.error) === i ? [i] : [];
  });
  const undermined = model.properties.some((p, i) => p.kind === 'builtin' && p.error.endsWith('.exhausted') && told.violated.has(i));
  const verdictOf = (i: number): Verdict | undefined => {
    const p = model.properties[i]!;
    // A process that stands before a step that errs is owed that step, and cannot take it. TLC sees no step there, and no fairness.
    if (p.kind === 'temporal' && erred.length > 0 && !told.owesErrors) return chosen[i] === true ? { kind: 'undecided', reason: 'error' } : undefined;
    const trace = told.violated.get(i);
    // An error of a step counts whether somebody asked or not.
    if (trace !== undefined && (chosen[i] === true || (p.kind === 'builtin' && leakOf(p) === undefined))) {
      return { kind: 'violated', trace: (traces ? trace() : undefined) ?? NO_TRACE };
    }
    if (chosen[i] !== true) return undefined;
    if (told.unsupported.has(i)) return { kind: 'undecided', reason: 'unsupported' };
    if (undermined) return { kind: 'undecided', reason: 'error' };
    const limit = told.undecided?.get(i);
    if (limit !== undefined) return { kind: 'undecided', reason: limit };
    if (told.ended !== 'complete') return { kind: 'undecided', reason: told.ended };
    return erred.length === 0 ? { kind: 'holds' } : { kind: 'holds', upTo: erred.map((e) => model.properties[e]!.name) };
  };
  return {
    counts: { distinct: told.distinct, generated: told.generated, initial: told.ended === 'complete' ? initialStates(model, layoutOf(model)) : 0, depth: told.depth, complete: told.ended === 'complete' },
    ended: told.ended,
    verdicts: model.properties.map((_, i) => verdictOf(i)),
    undermined,
    memoryBytes: told.memoryBytes,
    stateBytes: told.memoryBytes,
  };
}

function initialStates(model: Model, layout: Layout): number {
  const found = new Set<string>();
  for (const outcome of interpreterOf(model).initial()) if (outcome.kind === 'next') found.add(layout.encode(outcome.state).join());
  return found.size;
}
