// What a search has found so far about each property: for a violated one the place from which its trace is built.
//
// Of several violations of one property the one in the first level counts, and of several in that level the one with the smallest
// content: for a state that state; for a step the state it starts from, then its successor, and last a step that errs. So it does not
// depend on the order of the search, and what several workers found can be merged.

import { compareStates } from './space.js';

/** How a property is violated: in a state (`to`), by a step (`from`, `to`), by a step that errs (`from`). `init` starts from no state. */
export interface Violation {
  readonly end: 'state' | 'step' | 'error';
  readonly from?: Int32Array;
  readonly to?: Int32Array;
}

/** `level`: that of the state in which the violation stands or begins; 0 for `init`. */
export interface Finding {
  readonly property: number;
  readonly level: number;
  readonly violation: Violation;
}

export class Findings {
  private readonly found = new Map<number, Finding>();

  /** Returns true when it is the property's first violation. */
  add(finding: Finding): boolean {
    const known = this.found.get(finding.property);
    if (known === undefined || (finding.level - known.level || compare(finding.violation, known.violation)) < 0) this.found.set(finding.property, finding);
    return known === undefined;
  }

  of(property: number): Finding | undefined {
    return this.found.get(property);
  }

  get all(): readonly Finding[] {
    return [...this.found.values()];
  }
}

function compare(a: Violation, b: Violation): number {
  return compareEnds(a.from, b.from) || compareEnds(a.to, b.to);
}

/** What is absent comes last. */
function compareEnds(a: Int32Array | undefined, b: Int32Array | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  return compareStates(a, 0, b, 0, a.length);
}
