// What a diff found, as plain data: the reports know nothing else, and its JSON is the contract of docs/cli.md.

import type { Json, PropertyOutcome, StateCounts, TraceData } from '../checker/outcome.js';
import type { Reason } from '../checker/verdict.js';

export interface DiffResult {
  readonly check: string;
  readonly revisions: readonly RevisionResult[];
  readonly rows: readonly Row[];
  /** One for each revision but the first, against the one before it. */
  readonly changes: readonly Change[];
}

export interface RevisionResult {
  /** Unique among the revisions of the call: `lock`, `HEAD~1`. */
  readonly name: string;
  readonly file: string;
  readonly spec: string;
  readonly check: string;
  readonly states: StateCounts;
  readonly seconds: number;
  readonly constants: { readonly [name: string]: Json };
  /** Names of the constants that the check or the call sets. */
  readonly bounds: readonly string[];
}

export type PropertyKind = PropertyOutcome['kind'];

/** One property over all revisions. */
export interface Row {
  /** Its name in the newest revision that has it. */
  readonly property: string;
  /** Its name in each revision; undefined where there is none. */
  readonly names: readonly (string | undefined)[];
  readonly kind: PropertyKind;
  readonly doc?: string;
  /** One for each revision. */
  readonly cells: readonly Cell[];
  /** One for each revision but the first: its definition against that of the revision before. Absent where neither has it. */
  readonly definitions: readonly (Definition | undefined)[];
}

export type Verdict = 'holds' | 'violated' | 'undecided' | 'absent';

export interface Cell {
  readonly verdict: Verdict;
  /** Of `violated`. */
  readonly trace?: TraceData;
  /** Of `undecided`. */
  readonly reason?: Reason;
  /** Of `holds`: errors behind which nothing was explored. */
  readonly upTo?: readonly string[];
  readonly vacuous?: boolean;
}

export type DefinitionKind = 'same' | 'changed' | 'weakened' | 'strengthened' | 'added' | 'removed' | 'undecided';

export interface Definition {
  readonly kind: DefinitionKind;
  /** `same`, but found by samples only: the values are too many to try them all. */
  readonly sampled?: boolean;
  /** How many valuations were tried where the definitions were compared by their values. */
  readonly tried?: number;
  /** Why they could not be compared by their values, in words that follow "changed: " or "undecided: ". */
  readonly note?: string;
  /** A state that only the newer definition allows, and one that only the older one does. */
  readonly nowAllowed?: Valuation;
  readonly nowForbidden?: Valuation;
  /** The definition stood under this name in the revision before. */
  readonly renamedFrom?: string;
  /** Both definitions as written, where they differ. */
  readonly before?: string;
  readonly after?: string;
}

/** Values of what a definition reads: `slot[0]`, `cb#0.state`, `at(task[0])` … `x'` is the value after the step. */
export type Valuation = { readonly [path: string]: string };

/** What else is different between two revisions that follow each other. */
export interface Change {
  readonly from: string;
  readonly to: string;
  readonly constants: readonly ValueChange[];
  /** Fairness and interrupts of processes, and how many instances there are. */
  readonly processes: readonly ValueChange[];
  /** Types, pools, variables, definitions. */
  readonly declarations: readonly TextChange[];
  /** Procedures, processes, macros, `init`. */
  readonly steps: readonly TextChange[];
  readonly behaviours: BehaviourChange;
}

export interface ValueChange {
  readonly name: string;
  /** Absent where there is none. */
  readonly before?: string;
  readonly after?: string;
}

/** A declaration as lines of canonical text, compared line by line. */
export interface TextChange {
  /** `procedure timer_start`, `pool Cb`. */
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly lines: readonly LineChange[];
}

export interface LineChange {
  readonly kind: 'kept' | 'gained' | 'lost';
  /** Indented as in the source. */
  readonly text: string;
}

/** Observable behaviours: sequences of calls and returns of `observable` procedures. */
export interface BehaviourChange {
  /** Of the newer revision, that the older one does not have. */
  readonly gained: BehaviourFinding;
  readonly lost: BehaviourFinding;
  /** What only the newer, and only the older revision's operations ever return, each with a shortest behaviour that ends with it. */
  readonly newResults: readonly ObservedResult[];
  readonly lostResults: readonly ObservedResult[];
}

export interface ObservedResult {
  readonly procedure: string;
  readonly result: string;
  readonly events: readonly ObservedEvent[];
}

export type BehaviourFinding =
  | { readonly kind: 'none' }
  /** A shortest one. Its last event is what the other revision cannot do after the ones before. */
  | { readonly kind: 'found'; readonly events: readonly ObservedEvent[] }
  | { readonly kind: 'undecided'; readonly why: string }
  /** Neither revision has an observable procedure that is called. */
  | { readonly kind: 'nothing-observable' }
  /** The call asked not to look. */
  | { readonly kind: 'skipped' };

export interface ObservedEvent {
  readonly process: string;
  readonly kind: 'call' | 'return';
  readonly procedure: string;
  /** Arguments of a call by name, as text. */
  readonly arguments?: { readonly [name: string]: string };
  /** The result of a return, as text; absent where the procedure gives none. */
  readonly result?: string;
}
