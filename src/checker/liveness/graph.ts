/**
 * The graph on which liveness is decided: plain data, and nothing of the language.
 * Fairness is TLA+'s WF_vars(A) and SF_vars(A): a step of <<A>>_vars is an edge of A that changes the state.
 */
export type Strength = "weak" | "strong";

/** Edges of state s are firstEdge[s] up to firstEdge[s + 1]; an edge of two actions is listed twice. Every state may also stutter. */
export interface LivenessGraph {
  readonly states: number;
  readonly initial: readonly number[];
  readonly firstEdge: Int32Array;
  readonly target: Int32Array;
  /** The fair action of each edge, or -1. */
  readonly action: Int32Array;
  readonly strength: readonly Strength[];
}

/** A set of states: 1 for each member. */
export type States = Uint8Array;

export function edgesOf(graph: LivenessGraph, state: number): readonly [number, number] {
  return [graph.firstEdge[state] ?? 0, graph.firstEdge[state + 1] ?? 0];
}

export function targetOf(graph: LivenessGraph, edge: number): number {
  return graph.target[edge] ?? 0;
}

/** Is a step of <<action>>_vars possible in this state? An edge to itself is none. */
export function enabled(graph: LivenessGraph, state: number, action: number): boolean {
  const [from, to] = edgesOf(graph, state);
  for (let edge = from; edge < to; edge++) {
    if (graph.action[edge] === action && graph.target[edge] !== state) return true;
  }
  return false;
}
