// Which first step a choice, a labelled call or a process begins with. A boundary stands before each statement that starts a step; where
// the language says that a statement is made together with what comes before it, the boundary is bypassed: what lies between (ghost
// statements, the opening of a call) is copied, so that the way through the boundary stays as it is for those who come from elsewhere.

import type { Graph, RawNode, Boundary } from './raw.js';
import { redirect } from './raw.js';

/**
 * The node that a choice's branch (or a labelled call) continues with, so that its first statement belongs to the step of the choice.
 * Ends at the first statement, wherever that leads.
 */
export function joinFirstStatement(graph: Graph, entry: number): number {
  const node = graph.nodes[entry]!;
  if (node.op === 'boundary') {
    if (node.next < 0) return entry;
    graph.joint.add(node);
    return node.next;
  }
  if (node.op === 'nop') return node.branchEnd || node.statement || node.next < 0 ? entry : joinFirstStatement(graph, node.next);
  if (!node.ghost && !node.opening) return entry;
  return copyWith(graph, node, (to) => joinFirstStatement(graph, to));
}

/**
 * The node that a process starts with: the local statements before its first start belong to the first step. `met` collects the
 * boundaries that were bypassed, and the end of the process if it is reached so.
 */
export function joinFirstStart(graph: Graph, entry: number, met: Set<Boundary>): number {
  const copies = new Map<number, number>();
  const visit = (id: number): number => {
    const node = graph.nodes[id]!;
    if (node.op === 'boundary') {
      met.add(node);
      return node.next < 0 ? id : node.next;
    }
    // The end of an interrupt without a start leads nowhere yet.
    if (node.op === 'nop') return node.next === id ? id : visit(node.next);
    const known = copies.get(id);
    if (known !== undefined) return known;
    const copy = graph.nodes.push({ ...node }) - 1;
    copies.set(id, copy);
    redirect(graph.nodes[copy]!, visit);
    return copy;
  };
  return visit(entry);
}

function copyWith(graph: Graph, node: RawNode, f: (to: number) => number): number {
  const copy = { ...node };
  const id = graph.nodes.push(copy) - 1;
  redirect(copy, f);
  return id;
}
