// What a check is made of, as plain data: the job, the check when it is compiled, and the outcome as long as nothing is known.

import type { Location, SourceFile } from '../base/span.js';
import type { Diagnostic } from '../base/diagnostic.js';
import type { Expected } from '../analysis/config.js';
import type { Progress } from '../checker/explore.js';
import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';
import { toJson } from '../core/value.js';
import type { Model, ModelProperty } from '../model/model.js';
import { diagnosticData, inOrder, placeOf } from './diagnostic-data.js';

/** `spin` and `tlc` are run by engines/, on an export of the model. */
export type Engine = 'builtin' | 'interpreter' | 'spin' | 'tlc';

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
  /** Traces have the fewest changes of process among those that are at most two steps longer than a shortest one. */
  readonly fewestSwitches?: boolean;
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

/** What is looked at and what should come out, property by property. */
export interface Plan {
  readonly chosen: readonly boolean[];
  readonly expected: readonly Expected[];
  /** Names expected to be violated that no step of this model can violate. */
  readonly impossible: readonly string[];
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

/** The outcome of a job of which nothing is known. */
function nothingKnown(job: CheckJob): CheckOutcome {
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

/** The outcome of a check that is compiled and of which no more is known: nothing is decided. */
export function notYetSearched({ job, model, plan, compileSeconds, bounds }: PreparedCheck): CheckOutcome {
  return { ...startedOutcome(job, model, plan, compileSeconds), ...(bounds.length === 0 ? {} : { bounds }) };
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
    declared: model.properties.filter(isDeclared).length,
  };
}

/** Not one of those that every spec has. */
const isDeclared = (p: ModelProperty): boolean => p.kind !== 'deadlock' && !(p.kind === 'builtin' && p.name === p.error);

export function describe(p: ModelProperty): Pick<PropertyOutcome, 'name' | 'kind' | 'doc' | 'at'> {
  return { name: p.name, kind: p.kind, ...(p.doc === undefined ? {} : { doc: p.doc }), ...(isDeclared(p) ? { at: placeOf(p.at) } : {}) };
}
