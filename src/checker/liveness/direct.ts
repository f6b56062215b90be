/**
 * The common temporal forms, decided on the graph itself. A violation is a lasso: a stem, then a loop for ever.
 */
import { unreachable } from "../../base/unreachable.js";
import { fairComponents, setOf } from "./fair.js";
import { edgesOf, enabled, targetOf, type LivenessGraph, type States } from "./graph.js";

export type DirectForm =
  | { readonly kind: "always" | "eventually" | "always-eventually" | "eventually-always"; readonly p: States }
  | { readonly kind: "leads-to"; readonly p: States; readonly q: States };

/** The loop follows the stem and goes back to its own first state; a loop of one state stutters. */
export interface Lasso {
  readonly stem: readonly number[];
  readonly loop: readonly number[];
}

/** A shortest path inside a set, both ends included; undefined if there is none. */
function path(graph: LivenessGraph, from: readonly number[], within: States, goal: States): number[] | undefined {
  const before = new Int32Array(graph.states).fill(-2);
  const queue = from.filter((state) => within[state] === 1);
  for (const state of queue) before[state] = -1;
  for (const state of queue) {
    if (goal[state] === 1) {
      const back: number[] = [];
      for (let at = state; at >= 0; at = before[at] ?? -1) back.push(at);
      return back.reverse();
    }
    const [first, end] = edgesOf(graph, state);
    for (let edge = first; edge < end; edge++) {
      const to = targetOf(graph, edge);
      if (within[to] !== 1 || before[to] !== -2) continue;
      before[to] = state;
      queue.push(to);
    }
  }
  return undefined;
}

/** A loop in a fair component that visits what fairness demands: for each action a state without it, or a step of it. */
function fairLoop(graph: LivenessGraph, members: readonly number[], start: number, visiting: States): number[] {
  const inside = setOf(graph, members);
  const loop = [start];
  const go = (goal: readonly number[]): void => {
    const way = path(graph, [loop.at(-1) ?? start], inside, setOf(graph, goal));
    for (const state of (way ?? []).slice(1)) loop.push(state);
  };
  go(members.filter((state) => visiting[state] === 1));
  graph.strength.forEach((strength, action) => {
    const without = members.filter((state) => !enabled(graph, state, action));
    if (without.length === members.length) return;
    if (strength === "weak" && without.length > 0) return go(without);
    const step = (state: number): number | undefined => {
      const [from, to] = edgesOf(graph, state);
      for (let edge = from; edge < to; edge++) {
        const target = targetOf(graph, edge);
        if (graph.action[edge] === action && target !== state && inside[target] === 1) return target;
      }
      return undefined;
    };
    go(members.filter((state) => step(state) !== undefined));
    const target = step(loop.at(-1) ?? start);
    if (target !== undefined) loop.push(target);
  });
  go([start]);
  if (loop.length > 1) loop.pop();
  return loop;
}

/** A fair run from an initial state against the form, or undefined when it holds. */
export function violation(graph: LivenessGraph, form: DirectForm): Lasso | undefined {
  const all = new Uint8Array(graph.states).fill(1);
  const not = (set: States): States => set.map((member) => 1 - member);
  switch (form.kind) {
    case "always": return search(graph, not(form.p), all, all);
    case "eventually": return search(graph, undefined, not(form.p), all);
    case "always-eventually": return search(graph, all, not(form.p), all);
    case "eventually-always": return search(graph, undefined, all, not(form.p));
    case "leads-to": return search(graph, form.p.map((member, state) => (form.q[state] === 1 ? 0 : member)), not(form.q), all);
    default: return unreachable(form);
  }
}

/** Reach `first` (if given) by any way, then stay in `within` and visit `visiting` again and again. */
function search(graph: LivenessGraph, first: States | undefined, within: States, visiting: States): Lasso | undefined {
  const all = new Uint8Array(graph.states).fill(1);
  const fair = fairComponents(graph, within, visiting);
  const ends = setOf(graph, fair.flat());
  const starts = first === undefined ? graph.initial : [...first.keys()].filter((state) => first[state] === 1);
  for (const start of starts) {
    const tail = path(graph, [start], within, ends);
    const stem = first === undefined ? [start] : path(graph, graph.initial, all, setOf(graph, [start]));
    const entry = tail?.at(-1);
    if (tail === undefined || stem === undefined || entry === undefined) continue;
    const members = fair.find((component) => component.includes(entry)) ?? [];
    return { stem: [...stem, ...tail.slice(1)].slice(0, -1), loop: fairLoop(graph, members, entry, visiting) };
  }
  return undefined;
}
