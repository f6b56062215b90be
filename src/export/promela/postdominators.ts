// Where the ways of a branch come together again: the first node that all of them pass (its immediate postdominator). By rounds over the
// sets of postdominators, which is quick enough for the few nodes of a step.

import type { Node } from '../../model/model.js';
import { nodeSuccessors } from '../../model/node.js';

/** For each branch node that can be reached from `entry`; undefined where the ways end apart. */
export function postdominators(nodes: readonly Node[], entry: number): ReadonlyMap<number, number | undefined> {
  const reachable: number[] = [];
  const seen = new Set<number>([entry]);
  for (const work = [entry]; work.length > 0; ) {
    const id = work.pop()!;
    reachable.push(id);
    for (const next of nodeSuccessors(nodes[id]!)) {
      if (seen.has(next)) continue;
      seen.add(next);
      work.push(next);
    }
  }
  // Undefined: every node (not known yet).
  const sets = new Map<number, ReadonlySet<number>>();
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = reachable.length - 1; i >= 0; i--) {
      const id = reachable[i]!;
      const next = nodeSuccessors(nodes[id]!);
      const known = next.flatMap((n) => (sets.has(n) ? [sets.get(n)!] : []));
      if (next.length > 0 && known.length === 0) continue;
      const common = known.length === 0 ? [] : [...known[0]!].filter((n) => known.every((set) => set.has(n)));
      const set = new Set([id, ...common]);
      const before = sets.get(id);
      if (before !== undefined && before.size === set.size) continue;
      sets.set(id, set);
      changed = true;
    }
  }
  const found = new Map<number, number | undefined>();
  for (const id of reachable) {
    if (nodes[id]!.op !== 'branch') continue;
    const own = [...(sets.get(id) ?? [])].filter((n) => n !== id);
    // The nearest one is passed before all the others: it has the most postdominators of its own.
    found.set(id, own.sort((a, b) => sets.get(b)!.size - sets.get(a)!.size)[0]);
  }
  return found;
}
