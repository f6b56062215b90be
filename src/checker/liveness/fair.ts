/**
 * Sets of states in which a fair run can stay for ever, by refinement of components.
 * Lichtenstein & Pnueli 1985; Emerson & Lei 1987.
 */
import { components } from "./components.js";
import { edgesOf, enabled, targetOf, type LivenessGraph, type States } from "./graph.js";

/** Is a step of the action taken inside the set? */
function taken(graph: LivenessGraph, inside: States, members: readonly number[], action: number): boolean {
  return members.some((state) => {
    const [from, to] = edgesOf(graph, state);
    for (let edge = from; edge < to; edge++) {
      const target = targetOf(graph, edge);
      if (graph.action[edge] === action && target !== state && inside[target] === 1) return true;
    }
    return false;
  });
}

export function setOf(graph: LivenessGraph, members: readonly number[]): States {
  const set = new Uint8Array(graph.states);
  for (const state of members) set[state] = 1;
  return set;
}

/** All maximal sets within the given one that a fair run may visit for ever, each with a state of `visiting`. */
export function fairComponents(graph: LivenessGraph, within: States, visiting: States): number[][] {
  const fair: number[][] = [];
  const todo: States[] = [within];
  for (let set = todo.pop(); set !== undefined; set = todo.pop()) {
    for (const members of components(graph, set)) {
      if (!members.some((state) => visiting[state] === 1)) continue;
      const inside = setOf(graph, members);
      const owed = graph.strength.map((_, action) => action).filter((action) => !taken(graph, inside, members, action));
      if (owed.some((a) => graph.strength[a] === "weak" && members.every((state) => enabled(graph, state, a)))) continue;
      const strong = owed.filter((action) => graph.strength[action] === "strong");
      const rest = members.filter((state) => !strong.some((action) => enabled(graph, state, action)));
      if (rest.length === members.length) fair.push(members);
      else todo.push(setOf(graph, rest));
    }
  }
  return fair;
}
