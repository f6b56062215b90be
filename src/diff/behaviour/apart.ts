// Calls and returns as steps of their own. In a model the call belongs to the step of the body's first statement, and the return to that
// of its last. Whether that statement takes a lock or not would then show in when a call can be observed, which no caller can see:
// between the call and the body's first access, and between its last and the return, time may pass.

import type { Family, ModelLocation, Node } from '../../model/model.js';

/**
 * The family with a place to stand behind each such call and before each such return. Calls within one atomic step stay in it. Where locals
 * are live is yet to be found (`withLiveness`).
 */
export function apart(family: Family, isObservable: (node: Node) => boolean): Family {
  const nodes: Node[] = [...family.nodes];
  const locations: ModelLocation[] = [...family.locations];
  const stopBefore = (node: Node, entry: number, frame: number): Node => {
    const location = locations.push({ name: 'between', at: node.at, frame, entry, rests: false, fairness: 'none' }) - 1;
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
  return { ...family, nodes, locations };
}
