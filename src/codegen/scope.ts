// Where an expression is compiled: what names mean there, and what the module around it provides.

import type { Bound, ErrorName, Variable } from '../core/expr.js';
import type { Placement } from '../model/layout.js';
import type { Index } from '../model/state.js';
import type { StateWords } from './access.js';

/** The module under way. */
export interface Unit {
  readonly index: Index;
  readonly layout: Placement;
  /** The number that stands for null. */
  readonly nil: number;
  /** The name of a constant of the module: plain data, or a short text. */
  constant(value: unknown): string;
  /** The name of a variable of the module that is 0 at first, to do something only once. */
  once(): string;
  /** The name of the function (states, at) that says whether a process can move. */
  enabled(pid: number): string;
}

/** The process that runs, and what its locals are by now: as text. */
export interface Own {
  readonly pid: number;
  /** Each a variable of the function where paths join (`joins`); else a literal or a name that never changes, and a new value gets another. */
  readonly locals: Map<Variable, string>;
  readonly joins: boolean;
}

export interface Scope {
  readonly unit: Unit;
  /** The state that is read. */
  readonly source: StateWords;
  /** The state after the step, for `e'`. */
  readonly next?: StateWords;
  /** The process that runs. */
  readonly own?: Own;
  readonly bound: ReadonlyMap<Bound, string>;
  /** How often the code under way is repeated by loops that were unrolled. */
  readonly unrolled?: number;
  /** The statement that ends the evaluation with an error. */
  fail(error: ErrorName): string;
}

export const withBound = (scope: Scope, name: Bound, js: string): Scope => ({ ...scope, bound: new Map(scope.bound).set(name, js) });
