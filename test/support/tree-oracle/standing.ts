// Whether a step changes anything: fairness neither owes nor counts one that does not.

import { skip } from './outcomes.js';
import type { Spec } from './spec.js';
import type { ProcessState, State, Todo } from './state.js';
import { identity } from './values.js';

/** Before the first test of a loop a process stands where it stands before every other one. */
function placeText(spec: Spec, { todo, active }: ProcessState): string {
  const top = todo.at(-1);
  const s = top?.do === 'list' ? spec.code.lists.at(top.list)[top.next] : undefined;
  if (top?.do !== 'list' || (s?.kind !== 'while' && s?.kind !== 'loop')) return identity([todo, active]);
  const before: Todo[] = [...todo.slice(0, -1), { ...top, next: top.next + 1 }, { do: 'test', loop: spec.code.loops.numberOf(s), frame: top.frame }];
  return identity([before, active]);
}

/**
 * Of two states that differ.
 *
 * @throws Skip where only a local differs that may never be read again
 */
export function changes(spec: Spec, before: State, after: State, process: number): boolean {
  const [a, b] = [before.processes[process]!, after.processes[process]!];
  const others = ({ shared, pools, processes }: State): string => identity([shared, pools, processes.filter((_, i) => i !== process)]);
  if (placeText(spec, a) !== placeText(spec, b) || others(before) !== others(after)) return true;
  const locals = (p: ProcessState): string => identity(p.frames.map(({ body, locals: l, aliases, deferred, result }) => [body, l, aliases, deferred, result]));
  return locals(a) !== locals(b) && skip('a step that changes locals alone');
}
