// Why a run may go on for ever as a lasso does: who could move in its loop and is owed nothing, who cannot, and what fairness would help.

import type { Remedy } from '../../checker/liveness/decide.js';
import type { Interpreter } from '../interpret.js';
import type { Family, Model } from '../model.js';
import type { State } from '../state.js';

/** Sentences, one a process that does not move in the loop, and one about fairness. `movers`: the processes that do. `unknown`: nobody looked for a remedy. */
export function whySoForEver(interpreter: Interpreter, loop: readonly State[], movers: ReadonlySet<number>, remedy: Remedy | 'unknown' | undefined): readonly string[] {
  const { model } = interpreter.index;
  const still = model.instances.flatMap((_, pid) => (movers.has(pid) ? [] : sentence(interpreter, loop, pid)));
  return remedy === 'unknown' ? still : [...still, remedyText(model, remedy)];
}

function sentence(interpreter: Interpreter, loop: readonly State[], pid: number): readonly string[] {
  const { index } = interpreter;
  const { name } = index.instance(pid);
  const family = index.family(pid);
  const location = family.locations[loop[0]!.at[pid]!]!;
  if (location.entry === undefined) return [];
  const able = loop.filter((state) => changes(interpreter, state, pid)).length;
  const where = `${name} at \`${location.name}\``;
  if (able === 0) return location.rests ? [] : [`${where} cannot move.`];
  if (owesNothing(family, loop[0]!.at[pid]!)) return [`${where} could move, but is not owed a step: ${reasonOf(family)}.`];
  if (able < loop.length) return [`${where} could move now and then, but not all the time: weak fairness owes it nothing.`];
  return [];
}

/** Can the process take a step that changes something, or errs? */
function changes(interpreter: Interpreter, state: State, pid: number): boolean {
  for (const outcome of interpreter.steps(state, pid)) {
    if (outcome.kind === 'error' || !sameState(state, outcome.state)) return true;
  }
  return false;
}

const sameState = (a: State, b: State): boolean => JSON.stringify(a) === JSON.stringify(b);

function owesNothing(family: Family, location: number): boolean {
  const own = family.locations[location]!.fairness;
  return own === 'none' || (!family.isInterrupt && family.fairness === 'none');
}

const reasonOf = (family: Family): string => (family.fairness === 'none' ? `\`${family.name}\` is not \`fair\`` : 'its label has a `-`');

function remedyText(model: Model, remedy: Remedy | undefined): string {
  if (remedy === undefined) return 'No fairness of processes would rule this out.';
  const processes = remedy.map(({ family, strength }) => `\`${strength === 'weak' ? 'fair' : 'fair+'} process ${model.families[family]!.name}\``);
  return `With ${processes.join(' and ')} it would hold.`;
}
