// A check by another checker: exports the model, runs the tool, and tells what it learnt in Heddle's terms.

import { isError } from '../base/diagnostic.js';
import { failedOutcome, notYetSearched, type PreparedCheck } from '../check/job.js';
import { concludeElsewhere } from '../check/run.js';
import type { Exploration } from '../checker/explore.js';
import type { CheckOutcome } from '../checker/outcome.js';
import type { Reason, Verdict } from '../checker/verdict.js';
import { promelaOf, type PromelaModel } from '../export/promela/print.js';
import { Unsupported } from '../export/unsupported.js';
import { interpreterOf } from '../model/interpret.js';
import { layoutOf, type Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { leakOf } from '../model/system.js';
import { EngineProblem } from './problem.js';
import { pathAlong } from './retrace.js';
import { runSpin, type SpinRun } from './spin/run.js';

export interface EngineHooks {
  /** Milliseconds. */
  readonly clock: () => number;
  readonly signal?: AbortSignal;
  /** Without traces, violated properties come with an empty one; the tool runs less often. */
  readonly traces: boolean;
  /** The spec has few states: time to compile counts more than time to search. */
  readonly small?: boolean;
  /** Where TLA2TOOLS_JAR stands. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** For tests: the model that the tool is given. */
  readonly exported?: (model: Model) => Model;
}

/** A violation that Spin reports and Heddle's interpreter cannot follow: one of the two is wrong. */
export class Disagreement extends Error {}

/** Runs a prepared check on the engine that its job names. */
export function checkElsewhere(prepared: PreparedCheck, hooks: EngineHooks): Promise<CheckOutcome> {
  return checkWithSpin(prepared, hooks);
}

/** Runs a prepared check on Spin. What goes wrong with the tool, or cannot be exported, is an outcome with diagnostics. */
export async function checkWithSpin(prepared: PreparedCheck, hooks: EngineHooks): Promise<CheckOutcome> {
  const { job, model, plan } = prepared;
  const begun = hooks.clock();
  const seconds = (): number => (hooks.clock() - begun) / 1000;
  try {
    const exported = exportFor(hooks.exported?.(model) ?? model);
    const run = await runSpin(exported, {
      maxMemoryBytes: job.maxMemoryBytes,
      ...(job.timeLimitMs === undefined ? {} : { timeLimitMs: job.timeLimitMs }),
      ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
      clock: hooks.clock,
      small: hooks.small === true,
      trails: hooks.traces,
      deadlocks: model.properties.some((p, i) => p.kind === 'deadlock' && plan.chosen[i] === true),
    });
    return concludeElsewhere({ ...prepared, job }, explorationOf(model, plan.chosen, exported, run, hooks.traces), seconds());
  } catch (problem) {
    if (!(problem instanceof EngineProblem)) throw problem;
    const outcome = failedOutcome(job, [...prepared.warnings.filter(isError), problem.diagnosticAt(prepared.at)]);
    return { ...outcome, spec: notYetSearched(prepared).spec };
  }
}

function exportFor(model: Model): PromelaModel {
  try {
    return promelaOf(model, [`Exported from the Heddle spec ${model.name}.`]);
  } catch (error) {
    if (error instanceof Unsupported) throw EngineProblem.of('engine/unsupported', { language: 'Promela', reason: error.reason });
    throw error;
  }
}

function explorationOf(model: Model, chosen: readonly boolean[], exported: PromelaModel, run: SpinRun, traces: boolean): Exploration {
  const layout = layoutOf(model);
  const erred = model.properties.flatMap((p, i) => {
    if (p.kind !== 'builtin' || leakOf(p) !== undefined || !run.violated.has(i)) return [];
    // Several properties may stand for one error: the first of them names it.
    return model.properties.findIndex((q) => q.kind === 'builtin' && q.error === p.error) === i ? [i] : [];
  });
  const undermined = model.properties.some((p, i) => p.kind === 'builtin' && p.error.endsWith('.exhausted') && run.violated.has(i));
  const verdictOf = (i: number): Verdict | undefined => {
    const p = model.properties[i]!;
    if (run.violated.has(i)) return chosen[i] === true || (p.kind === 'builtin' && leakOf(p) === undefined) ? { kind: 'violated', trace: traceOf(model, layout, exported, run.violated.get(i), i, traces) } : undefined;
    if (chosen[i] !== true) return undefined;
    const unsupported = exported.properties.find((q) => q.property === i)?.unsupported;
    if (unsupported !== undefined) return { kind: 'undecided', reason: 'unsupported' };
    if (undermined) return { kind: 'undecided', reason: 'error' };
    if (run.ended !== 'complete') return { kind: 'undecided', reason: run.ended satisfies Reason };
    return erred.length === 0 ? { kind: 'holds' } : { kind: 'holds', upTo: erred.map((e) => model.properties[e]!.name) };
  };
  return {
    counts: { distinct: run.distinct, generated: run.generated, initial: run.ended === 'complete' ? initialStates(model, layout) : 0, depth: run.depth, complete: run.ended === 'complete' },
    ended: run.ended,
    verdicts: model.properties.map((_, i) => verdictOf(i)),
    undermined,
    memoryBytes: run.memoryBytes,
    stateBytes: run.memoryBytes,
  };
}

function traceOf(model: Model, layout: Layout, exported: PromelaModel, trail: readonly number[] | undefined, property: number, wanted: boolean): { states: readonly Uint32Array[]; end: 'state' | 'step' | 'error' } {
  if (!wanted || trail === undefined) return { states: [], end: 'state' };
  // What the observer does is no step of the spec.
  const steps = trail.filter((process) => process !== exported.observer);
  // The trail of an invalid end state has one line more than there are steps.
  const ways = model.properties[property]!.kind === 'deadlock' ? [steps.slice(0, -1), steps] : [steps];
  const path = ways.map((way) => pathAlong(model, layout, way, property)).find((found) => found !== undefined);
  if (path === undefined) throw new Disagreement(`Spin violates ${model.properties[property]!.name} by the processes ${steps.join(' ')}, and Heddle's interpreter does not`);
  return { states: path.states, end: path.end };
}

function initialStates(model: Model, layout: Layout): number {
  const found = new Set<string>();
  for (const outcome of interpreterOf(model).initial()) if (outcome.kind === 'next') found.add(layout.encode(outcome.state).join());
  return found.size;
}
