// Where an expression is written out: whose step or property, over which memory, and what it may err with.

import type { Bound, ErrorName } from '../../core/expr.js';
import type { Value } from '../../core/value.js';
import type { Memory } from './memory.js';
import type { Unit } from './unit.js';
import { and, type Term } from './term.js';

/** Something that may go wrong: when, and with which error. In the order of evaluation; each supposes that those before did not happen. */
export interface Fault {
  readonly when: Term;
  readonly error: ErrorName;
}

export interface Scope {
  readonly unit: Unit;
  readonly memory: Memory;
  /** The state after the step, for `e'`. */
  readonly next?: Memory;
  /** Number of the process that runs; absent in a property. */
  readonly self?: Term;
  /** The family of that process. */
  readonly family?: number;
  readonly bound: ReadonlyMap<Bound, Value>;
  /** When the expression is evaluated at all, worked out when somebody asks. */
  readonly path: () => Term;
  readonly faults: Fault[];
  /** Some step of the process can be taken or errs. */
  readonly enabled: (pid: number, memory: Memory) => Term;
}

/** The scope of what is evaluated only when a condition is true. */
export const under = (scope: Scope, condition: () => Term): Scope => ({ ...scope, path: () => and(scope.path(), condition()) });

export function bind(scope: Scope, name: Bound, value: Value): Scope {
  return { ...scope, bound: new Map(scope.bound).set(name, value) };
}

export function mayErr(scope: Scope, when: Term, error: ErrorName): void {
  if (when.known === 0) return;
  const fault = and(scope.path(), when);
  if (fault.known !== 0) scope.faults.push({ when: fault, error });
}
