// Calls and returns as steps of their own. In a model the call belongs to the step of the body's first statement, and the return to that
// of its last. Whether that statement takes a lock or not would then show in when a call can be observed, which no caller can see:
// between the call and the body's first access, and between its last and the return, time may pass.

import type { Variable } from '../../core/expr.js';
import type { Family, ModelLocation, Node } from '../../model/model.js';
import { accessesOf } from '../../model/lower/liveness.js';
import { nodeSuccessors } from '../../model/node.js';

/** The family with a place to stand behind each such call and before each such return. Calls within one atomic step stay in it. */
export function apart(family: Family, isObservable: (node: Node) => boolean): Family {
  const nodes: Node[] = [...family.nodes];
  const locations: ModelLocation[] = [...family.locations];
  const added: { readonly location: number; readonly entry: number }[] = [];
  const stopBefore = (node: Node, entry: number, frame: number): Node => {
    const location = locations.push({ name: 'between', at: node.at, frame, entry, rests: false, fairness: 'none' }) - 1;
    added.push({ location, entry });
    return { op: 'stop', location, at: node.at, frame: node.frame };
  };
  family.nodes.forEach((node, id) => {
    if ((node.op !== 'call' && node.op !== 'return') || !isObservable(node) || family.frames[node.callee]!.atomic === true) return;
    if (node.op === 'call') {
      const stop = nodes.push(stopBefore(node, node.next, node.callee)) - 1;
      nodes[id] = { ...node, next: stop };
    } else {
      const { site: _, ...bare } = node;
      const entry = nodes.push(bare) - 1;
      nodes[id] = stopBefore(node, entry, node.callee);
    }
  });
  if (added.length === 0) return family;
  const live = liveBefore({ ...family, nodes, locations }, added);
  const locals = family.locals.map((local) => ({ ...local, liveAt: [...local.liveAt, ...added.flatMap(({ location, entry }) => (live[entry]!.has(local.variable) ? [location] : []))] }));
  return { ...family, nodes, locations, locals };
}

/** The locals that may be read at a node or behind it before they are written, those of the added locations being found on the way. */
function liveBefore({ nodes, locals }: Family, added: readonly { readonly location: number; readonly entry: number }[]): readonly ReadonlySet<Variable>[] {
  const entries = new Map(added.map(({ location, entry }) => [location, entry]));
  const own = new Set(locals.map((l) => l.variable));
  const liveAt = new Map<number, Variable[]>();
  for (const { variable, liveAt: where } of locals) for (const location of where) liveAt.set(location, [...(liveAt.get(location) ?? []), variable]);
  const accesses = nodes.map((node) => accessesOf(node));
  const live = nodes.map(() => new Set<Variable>());
  for (let changed = true; changed; ) {
    changed = false;
    for (let id = nodes.length - 1; id >= 0; id--) {
      const node = nodes[id]!;
      const before = live[id]!;
      const size = before.size;
      for (const v of accesses[id]!.reads) if (own.has(v)) before.add(v);
      const writes = new Set(accesses[id]!.writes);
      const after: Iterable<Variable>[] = nodeSuccessors(node).map((to) => live[to]!);
      if (node.op === 'stop') after.push(entries.has(node.location) ? live[entries.get(node.location)!]! : (liveAt.get(node.location) ?? []));
      for (const set of after) for (const v of set) if (!writes.has(v)) before.add(v);
      changed ||= before.size > size;
    }
  }
  return live;
}
