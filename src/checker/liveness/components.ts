/**
 * Strongly connected components of a graph restricted to a set of states, without recursion.
 * Tarjan, Depth-first search and linear graph algorithms, 1972.
 */
import { edgesOf, targetOf, type LivenessGraph, type States } from "./graph.js";

/** Every component within the set, single states included: each may stutter. */
export function components(graph: LivenessGraph, within: States): number[][] {
  const order = new Int32Array(graph.states);
  const low = new Int32Array(graph.states);
  const next = new Int32Array(graph.states);
  const open = new Uint8Array(graph.states);
  const stack: number[] = [];
  const found: number[][] = [];
  let count = 0;
  const path: number[] = [];
  const enter = (state: number): void => {
    order[state] = low[state] = ++count;
    next[state] = edgesOf(graph, state)[0];
    open[state] = 1;
    stack.push(state);
    path.push(state);
  };
  const lower = (state: number, by: number): void => {
    low[state] = Math.min(low[state] ?? 0, by);
  };
  for (let root = 0; root < graph.states; root++) {
    if (within[root] !== 1 || order[root] !== 0) continue;
    enter(root);
    for (let state = path.at(-1); state !== undefined; state = path.at(-1)) {
      const edge = next[state] ?? 0;
      if (edge < edgesOf(graph, state)[1]) {
        next[state] = edge + 1;
        const to = targetOf(graph, edge);
        if (within[to] !== 1) continue;
        if (order[to] === 0) enter(to);
        else if (open[to] === 1) lower(state, order[to] ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent, low[state] ?? 0);
      if (low[state] === order[state]) {
        const members = stack.splice(stack.lastIndexOf(state));
        for (const member of members) open[member] = 0;
        found.push(members);
      }
    }
  }
  return found;
}
