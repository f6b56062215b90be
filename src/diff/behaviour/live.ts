// Where locals matter in a family whose nodes were changed: the backward data flow of lowering once more, over locations.

import { mentionsPool } from '../../core/type.js';
import type { Variable } from '../../core/expr.js';
import type { Family } from '../../model/model.js';
import { visitAccesses } from '../../model/lower/liveness.js';
import { nodeSuccessors } from '../../model/node.js';

/** The family with each local live where it may be read before it is written. One that may refer to an object keeps also where it was live: it holds the object. */
export function withLiveness(family: Family): Family {
  const live = liveBefore(family);
  const locals = family.locals.map((local) => {
    const kept = mentionsPool(local.variable.type) ? local.liveAt : [];
    const read = family.locations.flatMap(({ entry }, location) => (entry !== undefined && live[entry]!.has(local.variable) ? [location] : []));
    return { ...local, liveAt: [...new Set([...kept, ...read])].sort((a, b) => a - b) };
  });
  return { ...family, locals };
}

/** The locals that may be read at a node or behind it, also in later steps, before they are written. */
function liveBefore({ nodes, locals, locations }: Family): readonly ReadonlySet<Variable>[] {
  const own = new Set(locals.map((l) => l.variable));
  const accesses = nodes.map((node) => {
    const reads = new Set<Variable>();
    const writes = new Set<Variable>();
    visitAccesses(node, (v) => void (own.has(v) && reads.add(v)), (v) => void writes.add(v));
    return { reads, writes };
  });
  const live = nodes.map(() => new Set<Variable>());
  for (let changed = true; changed; ) {
    changed = false;
    for (let id = nodes.length - 1; id >= 0; id--) {
      const node = nodes[id]!;
      const before = live[id]!;
      const size = before.size;
      const { reads, writes } = accesses[id]!;
      for (const v of reads) before.add(v);
      const behind = node.op === 'stop' ? [locations[node.location]!.entry] : nodeSuccessors(node);
      for (const to of behind) if (to !== undefined) for (const v of live[to]!) if (!writes.has(v)) before.add(v);
      changed ||= before.size > size;
    }
  }
  return live;
}
