// What the search has found so far about each property: for a violated one the place from which its trace is built.
//
// Of several violations of one property the one in the first level counts, and of several in that level the one with the smallest
// last state to stand in (for a step: the smallest state to start from, then the smallest successor, and last a step that errs).

import type { StateStore } from './store.js';
import type { Predecessors } from './trace.js';
import type { Trace } from './verdict.js';

/** Where a property is violated, by ids of states. */
export type Violation =
  /** In a state (invariant, deadlock). */
  | { readonly end: 'state'; readonly state: number }
  /** By a step; without `from` by `init`, on the way to an initial state. */
  | { readonly end: 'step'; readonly from?: number; readonly to: number }
  /** By a step that errs; without `from` by `init`. */
  | { readonly end: 'error'; readonly from?: number };

export class Findings {
  private readonly found: ({ readonly level: number; readonly violation: Violation } | undefined)[] = [];

  constructor(private readonly store: StateStore) {}

  /** Returns true when it is the property's first violation. `level`: that of the state in which the violation stands or begins; 0 for `init`. */
  add(property: number, level: number, violation: Violation): boolean {
    const known = this.found[property];
    if (known === undefined || (known.level === level && this.compare(violation, known.violation) < 0)) {
      this.found[property] = { level, violation };
    }
    return known === undefined;
  }

  has(property: number): boolean {
    return this.found[property] !== undefined;
  }

  trace(property: number, predecessors: Predecessors): Trace | undefined {
    const violation = this.found[property]?.violation;
    if (violation === undefined) return undefined;
    if (violation.end === 'state') return { states: predecessors.pathTo(violation.state), end: 'state' };
    const states = violation.from === undefined ? [] : predecessors.pathTo(violation.from);
    if (violation.end === 'step') states.push(this.store.get(violation.to));
    return { states, end: violation.end };
  }

  private compare(a: Violation, b: Violation): number {
    const [left, right] = [ends(a), ends(b)];
    for (let i = 0; i < Math.max(left.length, right.length); i++) {
      const [l, r] = [left[i], right[i]];
      if (l === r) continue;
      if (l === undefined) return 1;
      if (r === undefined) return -1;
      const difference = this.store.compare(l, r);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}

/** The states that decide between two violations of one level, most important first. */
function ends(violation: Violation): (number | undefined)[] {
  if (violation.end === 'state') return [violation.state];
  return violation.end === 'step' ? [violation.from, violation.to] : [violation.from, undefined];
}
