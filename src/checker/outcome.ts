// The whole result of one check of one file, as plain data: what crosses the thread boundary, and all that the reports know.
// Its JSON form is the contract of docs/cli.md.

import type { Reason } from './verdict.js';

/** Numbers, booleans, null; enum values, references and processes as strings; records as objects; maps as [key, value] pairs. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type OutcomeKind = 'expected' | 'unexpected' | 'undecided' | 'error';

export interface CheckOutcome {
  readonly spec: string;
  /** The file as the user named it. */
  readonly file: string;
  readonly check: string;
  readonly engine: 'builtin' | 'interpreter' | 'tlc' | 'spin';
  readonly workers: number;
  readonly constants: { readonly [name: string]: Json };
  /** Names of the constants that the check or the call sets: the bounds that a report names. Absent: all. Not part of the JSON. */
  readonly bounds?: readonly string[];
  readonly outcome: OutcomeKind;
  readonly states: StateCounts;
  /** Only of a search that is not complete, or whose temporal properties were not decided for want of memory. */
  readonly unfinished?: Unfinished;
  readonly cost: Cost;
  readonly properties: readonly PropertyOutcome[];
  readonly warnings: readonly DiagnosticData[];
  /** Only with outcome `error`. */
  readonly diagnostics?: readonly DiagnosticData[];
  /** Names of properties that the spec itself declares (without deadlock and built-in checks): none is worth a remark. */
  readonly declared: number;
  /** Every place that a step or a branch begins at, with how often it was taken; only when the job asks for it. Not part of the JSON. */
  readonly coverage?: readonly Coverage[];
  /** The texts that the places of the outcome are in; only when the job asks for coverage. Not part of the JSON. */
  readonly sources?: readonly { readonly path: string; readonly text: string }[];
}

export interface Coverage extends Place {
  /** Its label, or `procedure:line`. */
  readonly name: string;
  readonly taken: boolean;
  /** From how many pairs of a state and a way through the step; absent where it is not counted, and for what only `init` passes. */
  readonly count?: number;
}

export interface StateCounts {
  readonly distinct: number;
  readonly generated: number;
  readonly initial: number;
  readonly depth: number;
  readonly complete: boolean;
}

/** How far a search was when a limit ended it. */
export interface Unfinished {
  /** States that were found and not expanded. */
  readonly frontier: number;
  /** How many times the states of the level before the last level has; absent when there are no two. */
  readonly growth?: number;
  /** Of a search that ran out of memory: it would need at least so many bytes to go on. */
  readonly neededBytes?: number;
}

export interface Cost {
  readonly seconds: number;
  readonly compileSeconds: number;
  readonly statesPerSecond: number;
  readonly peakMemoryBytes: number;
  readonly bytesPerState: number;
}

export interface PropertyOutcome {
  readonly name: string;
  readonly kind: 'invariant' | 'step-invariant' | 'temporal' | 'assertion' | 'deadlock' | 'builtin';
  readonly verdict: 'holds' | 'violated' | 'undecided';
  readonly expected: 'holds' | 'violated';
  readonly reason?: Reason;
  readonly upTo?: readonly string[];
  /** It holds, but every antecedent of `=>` in it was never true: it says nothing. */
  readonly vacuous?: boolean;
  readonly trace?: TraceData;
  readonly doc?: string;
  /** Where the property is declared; absent for `deadlock` and for built-in checks without a name. */
  readonly at?: Place;
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface TraceData {
  /** Every variable in the first state; empty when `init` itself errs. */
  readonly initial: { readonly [name: string]: Json };
  readonly steps: readonly StepData[];
  /** The state after the last step is that after the step with this index once more (0: the initial state): the run repeats what lies between for ever. */
  readonly loopStart?: number;
  /** What is wrong at the end, in one line: "slot[0].refcnt is used after it was freed", "no process can move". */
  readonly fault: string;
  /** Of a lasso: who could move in the loop and is owed nothing, and what fairness would help; sentences. */
  readonly why?: readonly string[];
  /** What is to be said of the trace as a whole: "not a shortest trace". One sentence. */
  readonly remark?: string;
  /** How the arrays among the values read: for each name of `initial` and path of `changes` with a set, a sequence or a map in it. */
  readonly shapes?: { readonly [path: string]: Shape };
  /** Names of ghost variables: a reader of lanes wants to see the program. */
  readonly ghosts?: readonly string[];
}

/** What tells a set from a sequence and a map once they are plain data. */
export type Shape =
  | 'scalar'
  | { readonly kind: 'set' | 'seq'; readonly element: Shape }
  | { readonly kind: 'map'; readonly key: Shape; readonly value: Shape }
  | { readonly kind: 'record'; readonly fields: { readonly [name: string]: Shape } };

export interface StepData {
  /** 1 is the first step after `initial`. */
  readonly index: number;
  /** `task[0]`. */
  readonly process: string;
  /** The step's name: its label or `procedure:line`. */
  readonly step: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The source text of the step's statement, one line, comments left out. */
  readonly text: string;
  /** The stack of procedures that the step is in, outermost first. */
  readonly calls: readonly string[];
  readonly events: readonly EventData[];
  /** What changed: `slot[0]`, `cb#0.refcnt`, `task[0].err` → [before, after]. */
  readonly changes: { readonly [path: string]: readonly [Json, Json] };
  /** Every variable after the step. A step that errs has the state before it. */
  readonly state: { readonly [name: string]: Json };
  /** The step errs: it has no state after it. */
  readonly errs?: boolean;
}

export interface EventData {
  readonly kind: 'call' | 'return';
  readonly procedure: string;
  /** How many calls the process is in when it happens (0: called by the process itself). */
  readonly depth: number;
  readonly observable: boolean;
  readonly arguments?: { readonly [name: string]: Json };
  readonly result?: Json;
}

/** A diagnostic with lines and columns, as JSON shows it. */
export interface DiagnosticData {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly help?: string;
  /** The source line, for showing the caret; not part of the JSON. */
  readonly source?: string;
  readonly related?: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string; readonly source?: string }[];
}
