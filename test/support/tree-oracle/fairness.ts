// What is owed to which steps, by the tables of the language page and of docs/liveness.md.

import type { Label } from '../../../src/ast/nodes.js';
import type { Instance } from './spec.js';

/** Steps that fairness is owed to together. */
export interface FairAction {
  readonly name: string;
  readonly strength: 'weak' | 'strong';
}

/**
 * The actions that a step of the process is a step of.
 *
 * @param begins the step begins an activation of an interrupt
 * @param label the label at which the step starts
 */
export function actionsOf({ process, name, interrupts }: Instance, begins: boolean, label: Label | undefined): readonly FairAction[] {
  const mark = label?.fairness;
  // Labels of a process that is not fair change nothing; an activation that has begun goes on as if `fair`.
  const declared = interrupts === undefined || begins ? process.fairness : 'weak';
  if (declared === 'none' || mark === '-') return [];
  if (begins) return [{ name: `${name} begins`, strength: mark === '+' ? 'strong' : declared }];
  const whole: FairAction = { name, strength: declared };
  // The same step wherever a procedure is called from: a label is told by its place in the text.
  return declared === 'weak' && mark === '+' ? [whole, { name: `${name} at ${label!.span.start}`, strength: 'strong' }] : [whole];
}
