// What a run learned about each property.

import type { Remedy } from './liveness/decide.js';
import type { PackedState } from './system.js';

/**
 * Why a property is undecided. `error`: something that came out in the run hides what else could happen: an exhausted pool, or an
 * unexpected violation, which ends the search after its level. `unsupported`: a temporal formula needs too large an automaton.
 */
export type Reason = 'states' | 'memory' | 'time' | 'interrupted' | 'error' | 'unsupported';

/** What one run learned about one property. `undecided` is not success: a limit ended the run first. */
export type Verdict =
  /** `upTo`: names of the errors that ended some behaviours, so that what lies behind them was not explored. */
  | { readonly kind: 'holds'; readonly upTo?: readonly string[] }
  | { readonly kind: 'violated'; readonly trace: Trace }
  | { readonly kind: 'undecided'; readonly reason: Reason };

/**
 * A path of states, the initial one first. `end` says how the path violates the property: in its last state (invariant, deadlock),
 * on the step between its last two states (step invariant, named assertion), or by a step that errs in its last state
 * (an empty path: by `init`, which has no state to start from; in the same way a `step` path of one state is violated by `init` itself).
 * A named assertion that fails in a step that goes on to err has no successor: its path ends with `error`, too.
 * `loopStart`: a lasso; the last state is that with this index once more (itself: there the run stutters for ever).
 */
export interface Trace {
  readonly states: readonly PackedState[];
  readonly end: 'state' | 'step' | 'error';
  readonly loopStart?: number;
  /** Which process takes each step, where that matters; else the first that can. */
  readonly by?: readonly number[];
  /** Of a lasso: which of the property's obligations it violates, and what fairness would rule it out. */
  readonly obligation?: number;
  readonly remedy?: Remedy | 'unknown';
}

/** Of a violation that another checker found, and to which no path is known. */
export const NO_TRACE: Trace = { states: [], end: 'state' };
