// Locals that can matter while they hold no value of their type. A local of a pool type holds null before it is assigned; where it can
// be read the analysis has made sure that it was assigned, but a property may read it at any time, and under `steps label` a local keeps
// its place in the state whether it can be read or not. Only such locals pay for null.

import { hasType } from '../../core/value.js';
import type { Variable } from '../../core/expr.js';
import type { Family, FamilyLocal, Node } from '../model.js';
import { nodeSuccessors } from '../node.js';

/** Whether the local may hold its reset value, which is not of its type, at a location at which it is live. */
export function mayBeUnset(family: Family, local: FamilyLocal): boolean {
  if (local.liveAt.length === 0) return false;
  const fits = (values: readonly FamilyLocal['reset'][number][]): boolean => values.every((v) => hasType(local.variable.type, v));
  if (fits(local.reset) && local.initial.every(fits)) return false;
  const live = new Set(local.liveAt);
  // Every way to be without a value: at the start, behind a reset, and coming from a location at which it is dead.
  const work: number[] = [];
  const leave = (location: number): void => {
    const entry = family.locations[location]?.entry;
    if (entry !== undefined) work.push(entry);
  };
  if (live.has(0)) return true;
  family.locations.forEach((_, location) => !live.has(location) && leave(location));
  work.push(...(resetsOf(family).get(local.variable) ?? []));
  const seen = new Set<number>();
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    const node = family.nodes[id]!;
    if (seen.has(id) || gives(node, local.variable)) continue;
    seen.add(id);
    if (node.op === 'stop' && live.has(node.location)) return true;
    work.push(...nodeSuccessors(node));
  }
  return false;
}

const resets = new WeakMap<Family, ReadonlyMap<Variable, readonly number[]>>();

/** What comes behind the resets of each local. */
function resetsOf(family: Family): ReadonlyMap<Variable, readonly number[]> {
  const known = resets.get(family);
  if (known !== undefined) return known;
  const found = new Map<Variable, number[]>();
  for (const node of family.nodes) {
    if (node.op !== 'reset') continue;
    for (const variable of node.locals) found.set(variable, [...(found.get(variable) ?? []), node.next]);
  }
  resets.set(family, found);
  return found;
}

function gives(node: Node, variable: Variable): boolean {
  switch (node.op) {
    case 'assign':
      return node.targets.some((target) => target.variable === variable && target.path.length === 0);
    case 'pick':
      return node.variable === variable;
    case 'new':
      return node.target.variable === variable && node.target.path.length === 0;
    default:
      return false;
  }
}
