// Whether a step changes anything: fairness neither owes nor counts one that does not.

import { children, type Node } from '../../../src/ast/children.js';
import { livenessOf, type Liveness } from './live-locals.js';
import { skip } from './outcomes.js';
import { isProcess, rootOf, type Spec } from './spec.js';
import type { ProcessState, State, Todo } from './state.js';
import { identity, same } from './values.js';

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
  const found = a.frames.flatMap((f, frame) => Object.keys(f.locals).flatMap((name) => (same(f.locals[name]!, b.frames[frame]!.locals[name]!) ? [] : [matters(spec, a, frame, name)])));
  const rest = (p: ProcessState): string => identity(p.frames.map(({ body, aliases, deferred, result }) => [body, aliases, deferred, result]));
  if (found.includes('live')) return true;
  return (found.includes('unknown') || rest(a) !== rest(b)) && skip('a step that changes locals alone');
}

/** Under `steps label` locals are part of the state wherever the process stands; what `with` chose is none. */
function matters(spec: Spec, p: ProcessState, frame: number, name: string): Liveness {
  const { body } = p.frames[frame]!;
  const isDeclared = spec.code.owner(spec, body).shapes.has(name);
  if (spec.grain === 'label') return isDeclared ? 'live' : 'dead';
  if (frame === 0 && spec.declarations.some((node) => readsLocal(spec, { category: 'declaration', node }, body, name))) return 'live';
  return livenessOf(spec, p, frame, name);
}

/** `p[i].x`, in a property. */
function readsLocal(spec: Spec, n: Node, process: string, name: string): boolean {
  const isIt = n.category === 'expr' && n.node.kind === 'field' && n.node.field.text === name && isProcess(spec, n.node.object) && rootOf(n.node.object) === process;
  return isIt || children(n).some((c) => readsLocal(spec, c, process, name));
}
