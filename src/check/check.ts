// One check of one file, from text to outcome: compile, explore, judge against what is expected, replay the traces. Knows no files, no
// threads and no clock of its own.

import { diagnostic, isError, type Diagnostic } from '../base/diagnostic.js';
import type { Location, SourceFile } from '../base/span.js';
import type { CheckConfig, Expected } from '../analysis/config.js';
import type { Loader } from '../analysis/modules.js';
import type { Crew } from '../checker/crew.js';
import { explore, exploreWith, type ExploreOptions, type Exploration, type Progress } from '../checker/explore.js';
import { kernelOf, type Kernel } from '../checker/kernel.js';
import type { CheckOutcome, Coverage, OutcomeKind, PropertyOutcome } from '../checker/outcome.js';
import { generate } from '../codegen/generate.js';
import { compiledKernel, type CompiledKernel } from '../codegen/kernel.js';
import type { PortableKernel } from '../codegen/instantiate.js';
import { compile } from '../compile.js';
import { toJson } from '../core/value.js';
import { remarkOf } from '../model/failure.js';
import { layoutOf, type Layout } from '../model/layout.js';
import type { Model, ModelProperty } from '../model/model.js';
import { replay } from '../model/replay.js';
import { systemOf } from '../model/system.js';
import { diagnosticData, inOrder, placeOf } from './diagnostic-data.js';

export type Engine = 'builtin' | 'interpreter';

/** What is to be checked and within which limits; plain data, it crosses threads. */
export interface CheckJob {
  readonly source: SourceFile;
  readonly check: string;
  readonly constants: readonly (readonly [string, string])[];
  /** `--property`: beats the check's own choice. */
  readonly properties?: readonly string[];
  readonly continueOnViolation: boolean;
  readonly maxStates?: number;
  readonly maxMemoryBytes: number;
  readonly timeLimitMs?: number;
  readonly engine: Engine;
  /** The outcome tells how often each place of the source was executed, and has the texts. */
  readonly coverage?: boolean;
}

/** What the caller lends: time, a stop signal, and ears. */
export interface CheckHooks {
  /** Milliseconds. */
  readonly clock: () => number;
  readonly shouldStop: () => boolean;
  /** The spec is compiled: the outcome as it stands if nothing more is ever learnt. */
  readonly onStart?: (outcome: CheckOutcome) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly onViolation?: (property: string) => void;
  /** The search is over; traces are being made. */
  readonly onSearched?: () => void;
  /** How many threads may search; 1 unless told. */
  readonly workers?: number;
}

/** The outcome of a job of which nothing is known. */
export function nothingKnown(job: CheckJob): CheckOutcome {
  return {
    spec: '',
    file: job.source.path,
    check: job.check,
    engine: job.engine,
    workers: 1,
    constants: {},
    outcome: 'undecided',
    states: { distinct: 0, generated: 0, initial: 0, depth: 0, complete: false },
    cost: { seconds: 0, compileSeconds: 0, statesPerSecond: 0, peakMemoryBytes: 0, bytesPerState: 0 },
    properties: [],
    warnings: [],
    declared: 0,
  };
}

/** The outcome of a file or check that has errors. */
export function failedOutcome(job: CheckJob, diagnostics: readonly Diagnostic[]): CheckOutcome {
  return { ...nothingKnown(job), outcome: 'error', diagnostics: inOrder(diagnostics).map(diagnosticData) };
}

/** A check that is compiled: plain data that crosses threads. */
export interface PreparedCheck {
  readonly job: CheckJob;
  readonly model: Model;
  readonly plan: Plan;
  /** Where the check stands, for what concerns it as a whole. */
  readonly at: Location;
  /** Names of the constants that the check or the call sets. */
  readonly bounds: readonly string[];
  readonly warnings: readonly Diagnostic[];
  readonly compileSeconds: number;
}

/** Compiles the spec for the check. An outcome when it has errors. */
export function prepareCheck(job: CheckJob, loader: Loader, clock: () => number): PreparedCheck | CheckOutcome {
  const begun = clock();
  const { analysis, model, diagnostics } = compile({ entry: job.source, loader, check: job.check, constants: new Map(job.constants) });
  const config = analysis.checks.find((c) => c.name === job.check);
  if (model === undefined || config === undefined) return failedOutcome(job, diagnostics);
  return {
    job,
    model,
    plan: planOf(job, config, model),
    at: config.at,
    bounds: [...config.constants, ...job.constants.map(([name]) => name)],
    warnings: diagnostics.filter((d) => !isError(d)),
    compileSeconds: (clock() - begun) / 1000,
  };
}

/** Compiles and checks in this thread alone. */
export function checkFile(job: CheckJob, loader: Loader, hooks: CheckHooks): CheckOutcome {
  const prepared = prepareCheck(job, loader, hooks.clock);
  if (!('model' in prepared)) return prepared;
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

/** The outcome of a check that is compiled and of which no more is known: nothing is decided. */
export function notYetSearched({ job, model, plan, compileSeconds, bounds }: PreparedCheck): CheckOutcome {
  return { ...startedOutcome(job, model, plan, compileSeconds), ...(bounds.length === 0 ? {} : { bounds }) };
}

/** The generated code of a check; undefined when it runs on the interpreter. */
export function generatedCode({ model }: PreparedCheck): string | undefined {
  return generate(model, layoutOf(model))?.code;
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
  const { job, model, plan, warnings, at } = prepared;
  if (exploration.ended === 'complete' && exploration.counts.distinct === 0 && !exploration.verdicts.some((v) => v?.kind === 'violated')) {
    return failedOutcome(job, [...warnings, diagnostic('init/no-state', model.properties.at(-1)?.at ?? at, {})]);
  }
  const properties = outcomesOf(model, layout, kernel, plan, exploration);
  const seconds = (hooks.clock() - searchBegun) / 1000;
  const { distinct } = exploration.counts;
  const found = [...warnings, ...(exploration.ended === 'complete' ? coverageWarnings(model, kernel, new Set(properties.map((p) => p.name))) : [])];
  return {
    ...started,
    workers,
    outcome: kindOf(properties),
    states: exploration.counts,
    cost: {
      ...started.cost,
      seconds,
      statesPerSecond: Math.round(distinct / Math.max(seconds, 0.001)),
      peakMemoryBytes: exploration.memoryBytes,
      bytesPerState: Math.round((10 * exploration.stateBytes) / Math.max(1, distinct)) / 10,
    },
    properties,
    warnings: inOrder(found).map(diagnosticData),
    ...(job.coverage === true ? { coverage: coverageOf(model, kernel, taken), sources: [...filesOf(model).values()] } : {}),
  };
}

function coverageOf(model: Model, kernel: Kernel, taken: readonly number[] | undefined): readonly Coverage[] {
  return model.sites.map(({ name, at }, site) => ({
    name,
    ...placeOf(at),
    taken: kernel.coverage.sites[site] !== 0,
    ...(taken === undefined ? {} : { count: taken[site]! }),
  }));
}

/** What is looked at and what should come out, property by property. */
export interface Plan {
  readonly chosen: readonly boolean[];
  readonly expected: readonly Expected[];
  /** Names expected to be violated that no step of this model can violate. */
  readonly impossible: readonly string[];
}

function planOf(job: CheckJob, config: CheckConfig, model: Model): Plan {
  const only = job.properties ?? config.only;
  const wanted = (p: ModelProperty, names: readonly string[]): boolean => names.includes(p.name) || (p.kind === 'builtin' && names.includes(p.error));
  const expectation = (p: ModelProperty): Expected => config.expected.get(p.name) ?? (p.kind === 'builtin' ? config.expected.get(p.error) : undefined) ?? 'holds';
  const known = new Set(model.properties.flatMap((p) => (p.kind === 'builtin' ? [p.name, p.error] : [p.name])));
  return {
    chosen: model.properties.map((p) => only === undefined || wanted(p, only)),
    expected: model.properties.map(expectation),
    impossible: [...config.expected].flatMap(([name, e]) => (e === 'violated' && !known.has(name) && (only === undefined || only.includes(name)) ? [name] : [])),
  };
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

function startedOutcome(job: CheckJob, model: Model, plan: Plan, compileSeconds: number): CheckOutcome {
  const nothing = nothingKnown(job);
  return {
    ...nothing,
    spec: model.name,
    constants: Object.fromEntries(model.constants.map((c) => [c.name, toJson(c.type, c.value)])),
    cost: { ...nothing.cost, compileSeconds },
    properties: model.properties.flatMap((p, i): PropertyOutcome[] => {
      if (!plan.chosen[i]) return [];
      return [{ ...describe(p), expected: plan.expected[i]!, verdict: 'undecided', reason: 'interrupted' }];
    }),
    declared: model.properties.filter((p) => p.kind !== 'deadlock' && !(p.kind === 'builtin' && p.name === p.error)).length,
  };
}

function describe(p: ModelProperty): Pick<PropertyOutcome, 'name' | 'kind' | 'doc' | 'at'> {
  const isOwn = p.kind !== 'deadlock' && !(p.kind === 'builtin' && p.name === p.error);
  return { name: p.name, kind: p.kind, ...(p.doc === undefined ? {} : { doc: p.doc }), ...(isOwn ? { at: placeOf(p.at) } : {}) };
}

function outcomesOf(model: Model, layout: Layout, kernel: Kernel, plan: Plan, exploration: Exploration): readonly PropertyOutcome[] {
  const found = model.properties.flatMap((p, i): PropertyOutcome[] => {
    const verdict = exploration.verdicts[i];
    if (verdict === undefined) return [];
    const base = { ...describe(p), expected: plan.expected[i]!, verdict: verdict.kind };
    switch (verdict.kind) {
      case 'holds': {
        const own = model.antecedents.flatMap((a, site) => (a.property === p.name ? [site] : []));
        const vacuous = own.length > 0 && own.every((site) => kernel.coverage.antecedents[site] === 0);
        return [{ ...base, ...(verdict.upTo === undefined ? {} : { upTo: verdict.upTo }), ...(vacuous ? { vacuous } : {}) }];
      }
      case 'undecided':
        return [{ ...base, reason: verdict.reason }];
      case 'violated':
        return [{ ...base, trace: replay(model, layout, verdict.trace, i) }];
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
