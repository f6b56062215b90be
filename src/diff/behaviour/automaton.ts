// The observable behaviours of a graph as a small automaton without silent steps.
//
// States on one silent circle are one. Two states are taken together when, by silent steps and then one event, they reach the same
// classes of states by the same events: the coarsest such partition, found by refinement (P. Kanellakis, S. Smolka, "CCS expressions,
// finite state processes, and three problems of equivalence", 1990). What they can do from there on is then the same.
//
// Invariant: each class stands for states that have exactly the same sequences of events.

import type { ObservedEvent } from '../result.js';
import type { LabelledGraph } from './graph.js';

export interface Automaton {
  readonly events: readonly ObservedEvent[];
  /** Moves of each state, as pairs: index of an event, target. */
  readonly moves: readonly Int32Array[];
  readonly initial: number;
}

export function automatonOf(graph: LabelledGraph): Automaton {
  const { silent, count } = silentComponents(graph);
  const edges = edgesBetween(graph, silent, count);
  let classes: Int32Array = new Int32Array(count);
  let known = 1;
  for (;;) {
    const sets = new Sets();
    const next = refine(edges, classes, sets, count);
    // A finer partition with as many classes is the same one.
    if (sets.used === known) return closed(graph, silent, next, sets);
    known = sets.used;
    classes = next;
  }
}

/** The events are those that some move has; the initial state is one that can do what any initial state can. */
function closed(graph: LabelledGraph, silent: Int32Array, classes: Int32Array, sets: Sets): Automaton {
  // The sets speak of the classes of the round before, which have other numbers: a class of now for each.
  const now = new Int32Array(sets.used);
  sets.previous.forEach((before, set) => (now[before] = set));
  const moves = sets.all().map((set) => {
    const pairs = new Int32Array(2 * set.length);
    set.forEach((pair, i) => {
      pairs[2 * i] = sets.labelOf(pair) - 1;
      pairs[2 * i + 1] = now[sets.classOf(pair)]!;
    });
    return pairs;
  });
  const starts = [...new Set(graph.initial.map((s) => classes[silent[s]!]!))];
  if (starts.length === 1) return { events: graph.events, moves, initial: starts[0]! };
  const joint = new Map<string, readonly [number, number]>();
  for (const s of starts) for (let i = 0; i < moves[s]!.length; i += 2) joint.set(`${moves[s]![i]!} ${moves[s]![i + 1]!}`, [moves[s]![i]!, moves[s]![i + 1]!]);
  return { events: graph.events, moves: [...moves, Int32Array.from([...joint.values()].flat())], initial: moves.length };
}

// ---- silent circles ---------------------------------------------------------------------------------------------------------

/** The component of each state, in such an order that silent steps lead to lower numbers (R. Tarjan, 1972). */
function silentComponents({ states, offsets, targets, labels }: LabelledGraph): { readonly silent: Int32Array; readonly count: number } {
  const index = new Int32Array(states).fill(-1);
  const low = new Int32Array(states);
  const silent = new Int32Array(states).fill(-1);
  const edge = new Int32Array(states);
  const open: number[] = [];
  const path: number[] = [];
  let [next, count] = [0, 0];
  for (let root = 0; root < states; root++) {
    if (index[root]! >= 0) continue;
    path.push(root);
    while (path.length > 0) {
      const s = path.at(-1)!;
      if (index[s]! < 0) {
        index[s] = low[s] = next++;
        edge[s] = offsets[s]!;
        open.push(s);
      }
      let down = -1;
      while (edge[s]! < offsets[s + 1]! && down < 0) {
        const e = edge[s]!;
        const t = targets[e]!;
        if (labels[e] === 0 && index[t]! < 0) down = t;
        else {
          edge[s] = e + 1;
          if (labels[e] === 0 && silent[t]! < 0) low[s] = Math.min(low[s]!, low[t]!);
        }
      }
      if (down >= 0) {
        path.push(down);
        continue;
      }
      path.pop();
      if (low[s] !== index[s]) continue;
      for (let t = open.pop()!; ; t = open.pop()!) {
        silent[t] = count;
        if (t === s) break;
      }
      count++;
    }
  }
  return { silent, count };
}

interface Edges {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly labels: Int32Array;
}

/** The edges between components, without silent ones inside. */
function edgesBetween({ states, offsets, targets, labels }: LabelledGraph, silent: Int32Array, count: number): Edges {
  const kept = (s: number, e: number): boolean => labels[e] !== 0 || silent[targets[e]!] !== silent[s];
  const sizes = new Int32Array(count + 1);
  for (let s = 0; s < states; s++) for (let e = offsets[s]!; e < offsets[s + 1]!; e++) if (kept(s, e)) sizes[silent[s]! + 1]!++;
  for (let c = 0; c < count; c++) sizes[c + 1]! += sizes[c]!;
  const fill = sizes.slice();
  const out = { offsets: sizes, targets: new Int32Array(sizes[count]!), labels: new Int32Array(sizes[count]!) };
  for (let s = 0; s < states; s++) {
    for (let e = offsets[s]!; e < offsets[s + 1]!; e++) {
      if (!kept(s, e)) continue;
      const at = fill[silent[s]!]!++;
      out.targets[at] = silent[targets[e]!]!;
      out.labels[at] = labels[e]!;
    }
  }
  return out;
}

// ---- refinement -------------------------------------------------------------------------------------------------------------

/** One round: components with the same moves into the classes of the round before are one class. */
function refine({ offsets, targets, labels }: Edges, classes: Int32Array, sets: Sets, count: number): Int32Array {
  const next = new Int32Array(count);
  for (let c = 0; c < count; c++) {
    let set = sets.empty;
    for (let e = offsets[c]!; e < offsets[c + 1]!; e++) {
      const more = labels[e] === 0 ? next[targets[e]!]! : sets.single(labels[e]!, classes[targets[e]!]!);
      set = sets.union(set, more);
    }
    next[c] = set;
  }
  return sets.number(next, classes);
}

/** Sets of pairs (label, class), each kept once, so that equal sets are one number; unions are remembered. */
class Sets {
  /** Sets that some component has, once `number` was called. */
  used = 0;
  /** For each of these a class of the round before that its components were in. */
  previous: readonly number[] = [];
  readonly empty: number;
  private readonly sets: (readonly number[])[] = [];
  private kept: (readonly number[])[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly singles = new Map<number, number>();
  private readonly pairs: { readonly label: number; readonly class: number }[] = [];
  private readonly unions = new Map<number, number>();

  constructor() {
    this.empty = this.of([]);
  }

  private of(set: readonly number[]): number {
    const key = set.join(' ');
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.sets.push(set) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }

  single(label: number, target: number): number {
    const key = label * 2 ** 26 + target;
    let set = this.singles.get(key);
    if (set === undefined) this.singles.set(key, (set = this.of([this.pairs.push({ label, class: target }) - 1])));
    return set;
  }

  union(a: number, b: number): number {
    if (a === b || b === this.empty) return a;
    if (a === this.empty) return b;
    const key = a < b ? a * 2 ** 26 + b : b * 2 ** 26 + a;
    let set = this.unions.get(key);
    if (set === undefined) this.unions.set(key, (set = this.of(merged(this.sets[a]!, this.sets[b]!))));
    return set;
  }

  /** Numbers those sets that components have from 0 on. */
  number(found: Int32Array, before: Int32Array): Int32Array {
    const numbers = new Map<number, number>();
    const previous: number[] = [];
    found.forEach((set, c) => {
      let number = numbers.get(set);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(set, number);
        previous.push(before[c]!);
      }
      found[c] = number;
    });
    this.used = numbers.size;
    this.previous = previous;
    this.kept = [...numbers.keys()].map((set) => this.sets[set]!);
    return found;
  }

  all(): readonly (readonly number[])[] {
    return this.kept;
  }

  labelOf(pair: number): number {
    return this.pairs[pair]!.label;
  }

  classOf(pair: number): number {
    return this.pairs[pair]!.class;
  }
}

function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  const out: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [x, y] = [i < a.length ? a[i]! : Infinity, j < b.length ? b[j]! : Infinity];
    out.push(Math.min(x, y));
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return out;
}
