// The contract between a model and the explorer. The explorer knows packed states and numbers, nothing of the language.
// `model/system.ts` gives one over the interpreter; generated code will give another.

import type { TemporalPlan } from './liveness/plan.js';

/** A state: `words` 32-bit words. Equal states have equal words, and different states differ in some word. */
export type PackedState = Uint32Array;

export interface PropertyInfo {
  readonly name: string;
  readonly kind: 'invariant' | 'step-invariant' | 'temporal' | 'assertion' | 'deadlock' | 'builtin';
  /** `P.exhausted`: once it happened, every property that was not violated is undecided. */
  readonly undermines?: boolean;
}

export interface System {
  /** 32-bit words of a packed state, at least 1. */
  readonly words: number;
  readonly properties: readonly PropertyInfo[];
  /** How many coverage sites there are, and how many antecedents (see Model). */
  readonly sites: number;
  readonly antecedents: number;
  /** Gives every initial state to the sink (duplicates included), and what erred or was violated on the way to one. */
  initial(sink: SuccessorSink): void;
  /** Gives every successor of a state to the sink, always in the same order, duplicates included. */
  successors(state: PackedState, sink: SuccessorSink): void;
  /** How many processes there are, where the system can give the steps of one alone. */
  readonly processes?: number;
  successorsOf?(process: number, state: PackedState, sink: SuccessorSink): void;
  /** Evaluates the invariants in a state: the indices of the properties it violates. */
  violations(state: PackedState, report: (property: number) => void): void;
  /** Every process is done (whether a step is enabled or not). */
  isTerminated(state: PackedState): boolean;
  /** What was executed so far: 1 at a site or antecedent that was reached at least once. */
  readonly coverage: { readonly sites: Uint8Array; readonly antecedents: Uint8Array };
  /** Warnings that arose while running, each once (comparing a stale reference …), as keys that the caller understands. */
  readonly remarks: ReadonlySet<string>;
  /** See TemporalKernel. */
  readonly temporal?: {
    readonly plan: TemporalPlan;
    moves(process: number, state: PackedState, sink: SuccessorSink): void;
    location(process: number, state: PackedState): number;
    atom(atom: number, state: PackedState): number;
  };
}

/** What the steps of one state give. Within one outcome, `violated` comes before its `successor`. */
export interface SuccessorSink {
  /** The outcome about to be given violates a property (a named assertion, a step invariant). */
  violated(property: number): void;
  /** A next state; the array is reused by the system, copy it. */
  successor(state: PackedState): void;
  /** A step that errs: it has no successor. `property` is the built-in check that it violates. */
  error(property: number): void;
  /** Called now and then in the middle of a step, which may have very many paths and no outcome yet. May throw, to end the search. */
  poll?(): void;
}
