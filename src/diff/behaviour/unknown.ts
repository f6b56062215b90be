// What is said of behaviours that were not compared.

import { count } from '../../report/quantities.js';
import type { NoAutomaton } from '../task.js';
import type { BehaviourChange, BehaviourFinding } from '../result.js';

const both = (finding: BehaviourFinding): BehaviourChange => ({ gained: finding, lost: finding, newResults: [], lostResults: [] });

export const SKIPPED = both({ kind: 'skipped' });

export const undecided = (why: string): BehaviourChange => both({ kind: 'undecided', why });

/** At least one of the two revisions has no automaton; where neither calls anything observable there is nothing to say. */
export function withoutAutomaton(revisions: readonly { readonly name: string; readonly why: NoAutomaton | undefined }[], maxStates: number): BehaviourChange {
  if (revisions.every((r) => r.why === 'nothing-observable')) return both({ kind: 'nothing-observable' });
  const reasons = revisions.flatMap(({ name, why }) => (why === undefined ? [] : [reasonText(name, why, maxStates)]));
  return undecided(reasons.join(', and '));
}

function reasonText(name: string, why: NoAutomaton, maxStates: number): string {
  switch (why) {
    case 'nothing-observable':
      return `${name} calls no observable procedure`;
    case 'endless':
      return `a loop inside one step of ${name} makes observable calls`;
    case 'too-many-states':
      return `${name} has more than ${count(maxStates)} states`;
    case 'too-large':
      return `${name} needs more memory than there is`;
  }
}
