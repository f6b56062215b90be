// Random specs run through the pipeline, with bounds that do not depend on the machine.

import { isError } from '../../src/base/diagnostic.js';
import { kernelOf } from '../../src/checker/kernel.js';
import { compile, type Compiled } from '../../src/compile.js';
import { layoutOf, type Layout, type LayoutOptions } from '../../src/model/layout.js';
import type { LowerOptions } from '../../src/model/lower.js';
import type { Model } from '../../src/model/model.js';
import { systemOf } from '../../src/model/system.js';
import { exploreWithin, type Bounds, type Explored } from './differential.js';
import { randomLoader } from './random-spec.js';
import { sharedStates } from './shared-states.js';

export interface Run extends Explored {
  readonly text: string;
  readonly model: Model;
  readonly layout: Layout;
  /** `kind` of each property's verdict; absent for an error of a step that did not occur. */
  readonly verdicts: ReadonlyMap<string, string>;
  /** Properties that a limit of the search left open. */
  readonly undecided: ReadonlySet<string>;
  /** The error of some step occurred: what lies behind it was not explored. */
  readonly erred: boolean;
  shared(): ReadonlySet<string>;
}

export const compileRandom = (text: string, lowering?: LowerOptions): Compiled =>
  compile({ entry: { path: 'random.heddle', text }, loader: randomLoader, ...(lowering === undefined ? {} : { lowering }) });

export const refusalsOf = (text: string): readonly string[] => compileRandom(text).diagnostics.filter(isError).map((d) => d.code);

/** @throws when the text does not compile */
export function modelOf(text: string, lowering?: LowerOptions): { readonly model: Model; readonly layout: Layout } {
  const { model, layout, diagnostics } = compileRandom(text, lowering);
  if (model === undefined || layout === undefined) throw new Error(`refused: ${diagnostics.filter(isError).map((d) => d.code).join(', ')}\n${text}`);
  return { model, layout };
}

/** Runs a spec on the interpreter. */
export function runSpec(text: string, bounds: Bounds, how: { readonly lowering?: LowerOptions; readonly layout?: LayoutOptions } = {}): Run {
  const { model, layout: usual } = modelOf(text, how.lowering);
  const layout = how.layout === undefined ? usual : layoutOf(model, how.layout);
  const { kernel, exploration } = exploreWithin(kernelOf(systemOf(model, layout)), bounds);
  const verdicts = new Map(model.properties.flatMap((p, i) => { const v = exploration.verdicts[i]; return v === undefined ? [] : [[p.name, v.kind] as const]; }));
  const erred = model.properties.some((p) => p.kind === 'builtin' && !p.error.endsWith('.leak') && verdicts.get(p.name) === 'violated');
  const undecided = new Set(model.properties.flatMap((p, i) => { const v = exploration.verdicts[i]; return v?.kind === 'undecided' && v.reason !== 'error' ? [p.name] : []; }));
  return { text, model, layout, kernel, exploration, verdicts, undecided, erred, shared: () => sharedStates(model, layout) };
}

export const isComplete = (r: Explored): boolean => r.exploration.ended === 'complete';
export const hasDeadlock = (r: Run): boolean => r.verdicts.get('deadlock') === 'violated';
/** A declared property is violated (not: a step errs, a deadlock). */
export const isViolated = (r: Run): boolean => r.model.properties.some((p) => p.kind !== 'builtin' && p.kind !== 'deadlock' && r.verdicts.get(p.name) === 'violated');
export const allHolds = (r: Run): boolean => isComplete(r) && !r.erred && !hasDeadlock(r) && !isViolated(r);

/** What came out, in percent of the specs. */
export interface Shares {
  readonly errors: number;
  readonly deadlocks: number;
  readonly violations: number;
  readonly holds: number;
  /** Two processes or more over shared variables. */
  readonly concurrent: number;
  /** Searched to the end. */
  readonly complete: number;
}

export function sharesOf(runs: readonly Run[]): Shares {
  const share = (is: (r: Run) => boolean): number => Math.round((100 * runs.filter(is).length) / Math.max(1, runs.length));
  return {
    errors: share((r) => r.erred),
    deadlocks: share(hasDeadlock),
    violations: share(isViolated),
    holds: share(allHolds),
    concurrent: share((r) => r.model.instances.length >= 2),
    complete: share(isComplete),
  };
}

/** Numbers of states that a tenth, a half, nine tenths of the searches found, and the most. */
export function sizesOf(runs: readonly Run[]): readonly number[] {
  const sizes = runs.map((r) => r.exploration.counts.distinct).sort((a, b) => a - b);
  return [0.1, 0.5, 0.9, 1].map((q) => sizes[Math.min(sizes.length - 1, Math.floor(q * sizes.length))] ?? 0);
}

/** The model as text, without places in the source and without names that are made of them. */
export function modelText(model: Model): string {
  return JSON.stringify(model, (key, value: unknown) => {
    if (key === 'at' || key === 'doc') return undefined;
    if (key === 'pool' && typeof value === 'object' && value !== null && 'name' in value) return value.name;
    return key === 'name' && typeof value === 'string' ? value.replace(/:\d+$/, '') : value;
  });
}
