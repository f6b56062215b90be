// The second half of a check: explore, judge against what is expected, replay the traces. Knows no text, no threads and no clock of its
// own, and loads neither parser nor analysis: the thread that searches starts the sooner.

import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { SourceFile } from '../base/span.js';
import type { Crew } from '../checker/crew.js';
import { explore, exploreWith, type ExploreOptions, type Exploration } from '../checker/explore.js';
import { kernelOf, type Kernel } from '../checker/kernel.js';
import type { CheckOutcome, Coverage, OutcomeKind, PropertyOutcome } from '../checker/outcome.js';
import { NO_TRACE } from '../checker/verdict.js';
import { canGenerate, Generator } from '../codegen/generate.js';
import { compiledKernel, type CompiledKernel } from '../codegen/kernel.js';
import type { PortableKernel } from '../codegen/instantiate.js';
import { remarkOf } from '../model/failure.js';
import { layoutOf, type Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { replay } from '../model/replay.js';
import { systemOf } from '../model/system.js';
import { calmTrace } from './calm-trace.js';
import { diagnosticData, inOrder, placeOf } from './diagnostic-data.js';
import { describe, failedOutcome, notYetSearched, type CheckHooks, type CheckJob, type Plan, type PreparedCheck } from './job.js';

/** Checks in this thread alone. */
export function runAlone(prepared: PreparedCheck, hooks: CheckHooks): CheckOutcome {
  const running = begin(prepared, hooks);
  return finish(running, explore(running.compiled.kernel, running.options), hooks);
}

/** Checks together with the crew that `hire` gives for the generated code, if it does. */
export async function runPrepared(prepared: PreparedCheck, hooks: CheckHooks, hire: (code: PortableKernel) => Crew | undefined): Promise<CheckOutcome> {
  const running = begin(prepared, hooks);
  const { kernel, portable } = running.compiled;
  const crew = portable === undefined ? undefined : hire(portable);
  const exploration = crew === undefined ? explore(kernel, running.options) : await exploreWith(crew, kernel, running.options);
  return finish(running, exploration, hooks, crew?.workers);
}

/** The generated code of a check, as people read it; undefined when it runs on the interpreter. */
export function generatedCode({ model }: PreparedCheck): string | undefined {
  return canGenerate(model) ? new Generator(model, layoutOf(model)).everything() : undefined;
}

interface Running {
  readonly prepared: PreparedCheck;
  readonly layout: Layout;
  readonly compiled: CompiledKernel;
  readonly started: CheckOutcome;
  readonly options: ExploreOptions;
  readonly searchBegun: number;
  /** How often each site was passed in the search, without what traces pass once more. */
  taken?: readonly number[];
}

function begin(prepared: PreparedCheck, hooks: CheckHooks): Running {
  const begun = hooks.clock();
  const { job, model, plan } = prepared;
  const layout = layoutOf(model);
  const compiled: CompiledKernel = job.engine === 'interpreter' ? { kernel: kernelOf(systemOf(model, layout)) } : compiledKernel(model, layout, job.coverage === true ? (hooks.workers ?? 1) : 0);
  const compileSeconds = prepared.compileSeconds + (hooks.clock() - begun) / 1000;
  const started = notYetSearched({ ...prepared, compileSeconds });
  hooks.onStart?.(started);
  const onSearched = (): void => {
    if (compiled.taken !== undefined) running.taken = compiled.taken();
    hooks.onSearched?.();
  };
  const running: Running = { prepared, layout, compiled, started, options: { ...exploreOptions(job, model, plan, hooks), onSearched }, searchBegun: hooks.clock() };
  return running;
}

function finish({ prepared, layout, compiled: { kernel }, started, searchBegun, taken }: Running, exploration: Exploration, hooks: CheckHooks, workers = 1): CheckOutcome {
  const { job, model } = prepared;
  const properties = outcomesOf(prepared, layout, exploration, { kernel, hooks });
  const seconds = (hooks.clock() - searchBegun) / 1000;
  const warnings = exploration.ended === 'complete' ? coverageWarnings(model, kernel, new Set(properties.map((p) => p.name))) : [];
  const concluded = conclude(prepared, started, exploration, { properties, seconds, workers, warnings });
  return concluded.outcome !== 'error' && job.coverage === true ? { ...concluded, coverage: coverageOf(model, kernel, taken), sources: [...filesOf(model).values()] } : concluded;
}

/** What another engine learnt about a check; it does not tell which steps were taken. */
export function concludeElsewhere(prepared: PreparedCheck, exploration: Exploration, seconds: number): CheckOutcome {
  const properties = outcomesOf(prepared, layoutOf(prepared.model), exploration);
  return conclude(prepared, notYetSearched(prepared), exploration, { properties, seconds, workers: 1, warnings: [] });
}

interface Learnt {
  readonly properties: readonly PropertyOutcome[];
  readonly seconds: number;
  readonly workers: number;
  readonly warnings: readonly Diagnostic[];
}

function conclude(prepared: PreparedCheck, started: CheckOutcome, exploration: Exploration, { properties, seconds, workers, warnings }: Learnt): CheckOutcome {
  const { job, model, at } = prepared;
  if (exploration.ended === 'complete' && exploration.counts.distinct === 0 && !exploration.verdicts.some((v) => v?.kind === 'violated')) {
    return failedOutcome(job, [...prepared.warnings, diagnostic('init/no-state', model.properties.at(-1)?.at ?? at, {})]);
  }
  const { distinct } = exploration.counts;
  return {
    ...started,
    workers,
    outcome: kindOf(properties),
    states: exploration.counts,
    ...(exploration.unfinished === undefined ? {} : { unfinished: exploration.unfinished }),
    cost: {
      ...started.cost,
      seconds,
      statesPerSecond: Math.round(distinct / Math.max(seconds, 0.001)),
      peakMemoryBytes: exploration.memoryBytes,
      bytesPerState: Math.round((10 * exploration.stateBytes) / Math.max(1, distinct)) / 10,
    },
    properties,
    warnings: inOrder([...prepared.warnings, ...warnings]).map(diagnosticData),
  };
}

function coverageOf(model: Model, kernel: Kernel, taken: readonly number[] | undefined): readonly Coverage[] {
  return model.sites.map(({ name, at }, site) => ({
    name,
    ...placeOf(at),
    taken: kernel.coverage.sites[site] !== 0,
    // What only `init` passes is taken, but it is no step.
    ...(taken === undefined || (taken[site] === 0 && kernel.coverage.sites[site] !== 0) ? {} : { count: taken[site]! }),
  }));
}

function exploreOptions(job: CheckJob, model: Model, plan: Plan, hooks: CheckHooks): ExploreOptions {
  return {
    ...plan,
    continueOnViolation: job.continueOnViolation,
    maxMemoryBytes: job.maxMemoryBytes,
    ...(job.maxStates === undefined ? {} : { maxStates: job.maxStates }),
    ...(job.timeLimitMs === undefined ? {} : { timeLimitMs: job.timeLimitMs }),
    clock: hooks.clock,
    shouldStop: hooks.shouldStop,
    ...(hooks.onProgress === undefined ? {} : { onProgress: hooks.onProgress }),
    onViolation: (property) => hooks.onViolation?.(model.properties[property]!.name),
  };
}

/** Without `own`, what another engine found. */
function outcomesOf({ job, model, plan }: PreparedCheck, layout: Layout, exploration: Exploration, own?: { readonly kernel: Kernel; readonly hooks: CheckHooks }): readonly PropertyOutcome[] {
  const found = model.properties.flatMap((p, i): PropertyOutcome[] => {
    const verdict = exploration.verdicts[i];
    if (verdict === undefined) return [];
    const base = { ...describe(p), expected: plan.expected[i]!, verdict: verdict.kind };
    switch (verdict.kind) {
      case 'holds': {
        const sites = model.antecedents.flatMap((a, site) => (a.property === p.name ? [site] : []));
        const vacuous = own !== undefined && sites.length > 0 && sites.every((site) => own.kernel.coverage.antecedents[site] === 0);
        return [{ ...base, ...(verdict.upTo === undefined ? {} : { upTo: verdict.upTo }), ...(vacuous ? { vacuous } : {}) }];
      }
      case 'undecided':
        return [{ ...base, reason: verdict.reason }];
      case 'violated':
        if (verdict.trace === NO_TRACE) return [base];
        return [{ ...base, trace: job.fewestSwitches === true && own !== undefined ? calmTrace(model, layout, own.kernel, verdict.trace, i, own.hooks) : replay(model, layout, verdict.trace, i) }];
    }
  });
  // What was expected to go wrong, but cannot in this model, holds; it was expected otherwise.
  const impossible = plan.impossible.map((name): PropertyOutcome => ({ name, kind: 'builtin', expected: 'violated', verdict: 'holds' }));
  return [...found, ...impossible];
}

function kindOf(properties: readonly PropertyOutcome[]): OutcomeKind {
  if (properties.some((p) => p.verdict !== 'undecided' && p.verdict !== p.expected)) return 'unexpected';
  return properties.some((p) => p.verdict === 'undecided') ? 'undecided' : 'expected';
}

/** What a complete search never did, and what it noticed on the way. */
function coverageWarnings(model: Model, kernel: Kernel, chosen: ReadonlySet<string>): readonly Diagnostic[] {
  const unreached = model.sites.flatMap((site, i) => (kernel.coverage.sites[i] === 0 ? [diagnostic('coverage/unreached-step', site.at, { name: site.name })] : []));
  const operator = (a: { readonly property: string }): '~>' | '=>' => (isTemporalProperty(model, a.property) ? '~>' : '=>');
  const vacuous = model.antecedents.flatMap((a, i) =>
    chosen.has(a.property) && kernel.coverage.antecedents[i] === 0 ? [diagnostic('coverage/vacuous', a.at, { property: a.property, operator: operator(a) })] : [],
  );
  const files = filesOf(model);
  const stale = [...kernel.remarks].flatMap((key) => {
    const { path, start, end } = remarkOf(key);
    const file = files.get(path);
    return file === undefined ? [] : [diagnostic('lifetime/stale-compare', { file, start, end }, {})];
  });
  return [...unreached, ...vacuous, ...stale];
}

const isTemporalProperty = (model: Model, name: string): boolean => model.properties.some((p) => p.name === name && p.kind === 'temporal');

function filesOf(model: Model): ReadonlyMap<string, SourceFile> {
  const places = [...model.families.flatMap((f) => f.nodes.map((n) => n.at)), ...model.properties.map((p) => p.at)];
  return new Map(places.map((at) => [at.file.path, at.file]));
}
