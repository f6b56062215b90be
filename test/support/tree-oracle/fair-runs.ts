// Whether some fair run of a graph violates a formula. The run guesses at each of its states which `until`s are true from there on: the
// guesses must fit together from step to step, and what is promised must come (Lichtenstein and Pnueli 1985). Fairness is looked at in
// strongly connected sets of such states, as in the textbook.

import type { Formula } from './formula.js';
import type { FairAction } from './fairness.js';

/** The steps of a spec that change something. Every state may also stutter, which is no step. */
export interface FairGraph {
  readonly size: number;
  readonly initial: readonly number[];
  readonly steps: readonly (readonly { readonly to: number; readonly actions: ReadonlySet<string> }[])[];
  /** For each state: the names of the actions that are possible, steps that err included. */
  readonly enabled: readonly ReadonlySet<string>[];
  readonly actions: readonly FairAction[];
}

type Until = Formula & { readonly op: 'until' };

function untilsIn(f: Formula): readonly Until[] {
  switch (f.op) {
    case 'constant':
    case 'atom':
      return [];
    case 'not':
      return untilsIn(f.of);
    case 'and':
      return [...untilsIn(f.left), ...untilsIn(f.right)];
    case 'until':
      return [...untilsIn(f.left), ...untilsIn(f.right), f];
  }
}

export const countUntils = (f: Formula): number => new Set(untilsIn(f)).size;

/** A state of the run: that of the graph, and bit i of `guess` for the i-th `until`. */
interface Node {
  readonly state: number;
  readonly guess: number;
  readonly next: { readonly to: Node; readonly actions: ReadonlySet<string> }[];
}
const NONE: ReadonlySet<string> = new Set();

/** @param holds whether an atom of the formula is true in a state */
export function isViolated(graph: FairGraph, formula: Formula, holds: (atom: Formula & { readonly op: 'atom' }, state: number) => boolean): boolean {
  const untils = [...new Set(untilsIn(formula))];
  const guesses = Array.from({ length: 2 ** untils.length }, (_, i) => i);
  const isTrue = (f: Formula, state: number, guess: number): boolean => {
    switch (f.op) {
      case 'constant':
        return f.value;
      case 'atom':
        return holds(f, state);
      case 'not':
        return !isTrue(f.of, state, guess);
      case 'and':
        return isTrue(f.left, state, guess) && isTrue(f.right, state, guess);
      case 'until':
        return ((guess >> untils.indexOf(f)) & 1) === 1;
    }
  };
  /** What is true until something is true now, or it is true and will be so still. */
  const fits = (state: number, guess: number, next: number): boolean =>
    untils.every((u, i) => (((guess >> i) & 1) === 1) === (isTrue(u.right, state, guess) || (isTrue(u.left, state, guess) && ((next >> i) & 1) === 1)));

  const known = new Map<number, Node>();
  const queue: Node[] = [];
  const nodeOf = (state: number, guess: number): Node => {
    const key = state * guesses.length + guess;
    let node = known.get(key);
    if (node === undefined) {
      known.set(key, (node = { state, guess, next: [] }));
      queue.push(node);
    }
    return node;
  };
  for (const state of graph.initial) for (const guess of guesses) if (!isTrue(formula, state, guess)) nodeOf(state, guess);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const { state, guess } = node;
    for (const next of guesses.filter((g) => fits(state, guess, g))) {
      node.next.push({ to: nodeOf(state, next), actions: NONE });
      for (const { to, actions } of graph.steps[state]!) node.next.push({ to: nodeOf(to, next), actions });
    }
  }
  const comes = untils.map((u, i) => (n: Node): boolean => ((n.guess >> i) & 1) === 0 || isTrue(u.right, n.state, n.guess));
  return hasFairSet(new Set(known.values()), graph, comes);
}

/** Some of the nodes can be visited again and again, and nothing else, with all that is promised and owed. */
function hasFairSet(nodes: ReadonlySet<Node>, graph: FairGraph, comes: readonly ((n: Node) => boolean)[]): boolean {
  return components(nodes).some((component) => {
    const list = [...component];
    const inner = list.flatMap((n) => n.next.filter((e) => component.has(e.to)));
    if (inner.length === 0 || comes.some((does) => !list.some(does))) return false;
    const taken = new Set(inner.flatMap((e) => [...e.actions]));
    const can = (a: FairAction) => (n: Node): boolean => graph.enabled[n.state]!.has(a.name);
    const missing = graph.actions.filter((a) => !taken.has(a.name));
    if (missing.some((a) => a.strength === 'weak' && list.every(can(a)))) return false;
    const owed = missing.filter((a) => a.strength === 'strong' && list.some(can(a)));
    return owed.length === 0 || hasFairSet(new Set(list.filter((n) => !owed.some((a) => can(a)(n)))), graph, comes);
  });
}

/** Strongly connected components (Kosaraju 1978, Sharir 1981), with paths inside the set only. */
function components(nodes: ReadonlySet<Node>): readonly ReadonlySet<Node>[] {
  const before = new Map<Node, Node[]>([...nodes].map((n) => [n, []]));
  for (const n of nodes) for (const e of n.next) before.get(e.to)?.push(n);
  const seen = new Set<Node>();
  const finished: Node[] = [];
  for (const root of nodes) {
    const path = seen.has(root) ? [] : [{ node: root, at: 0 }];
    seen.add(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = top.node.next[top.at++]?.to;
      if (to === undefined) finished.push(path.pop()!.node);
      else if (nodes.has(to) && !seen.has(to)) {
        seen.add(to);
        path.push({ node: to, at: 0 });
      }
    }
  }
  const placed = new Set<Node>();
  return finished.reverse().flatMap((root) => {
    if (placed.has(root)) return [];
    placed.add(root);
    const component = new Set([root]);
    for (const n of component) {
      for (const b of before.get(n)!) {
        if (placed.has(b)) continue;
        placed.add(b);
        component.add(b);
      }
    }
    return [component];
  });
}
