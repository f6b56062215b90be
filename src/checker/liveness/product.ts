// A formula is violated by a fair run that the automaton of its negation accepts: a fair run in the product of graph and automaton.
//
// In the product a stuttering step is an edge of its own, since the automaton may move meanwhile. Fairness looks at the graph's part alone.

import { automatonOf, negation, type Automaton } from './automaton.js';
import { fairRun, type Means } from './direct.js';
import { Workspace, WORKSPACE_BYTES } from './fair.js';
import type { LivenessGraph, States } from './graph.js';
import type { Lasso } from './lasso.js';
import type { Ltl } from './plan.js';

/** The product does not fit into the memory that there is. */
export class ProductTooLarge extends Error {
  constructor(readonly bytes: number) {
    super();
  }
}

/** Bytes a state of the product, and an edge of it. */
const STATE_BYTES = 4 + 8 + 1 + WORKSPACE_BYTES + 12;
const EDGE_BYTES = 6;

/**
 * A fair run of the graph that violates the formula, or undefined.
 *
 * @param atoms for each atom the states in which it is true
 * @throws FormulaTooLarge, ProductTooLarge
 */
export function formulaViolation(graph: LivenessGraph, formula: Ltl, atoms: readonly States[], means: Omit<Means, 'space'>, maxBytes: number): Lasso | undefined {
  const automaton = automatonOf(negation(formula));
  const { product, stateOf, statesOf } = productOf(graph, automaton, atoms, maxBytes, means.poll);
  const visiting = automaton.accepting.map((set) => statesOf(set));
  const lasso = fairRun(product, { first: undefined, within: product.states }, visiting, { ...means, space: new Workspace(product.size) });
  if (lasso === undefined) return undefined;
  const [stem, loop] = [lasso.stem.map(stateOf), lasso.loop.map(stateOf)];
  // Where only the automaton moves, the run stutters: such steps say nothing, and the formula does not see them.
  const entry = loop[0]!;
  const moving = loop.filter((state, i) => state !== (loop[i + 1] ?? entry));
  return { stem: [...stem, entry].filter((state, i, all) => state !== all[i + 1]).slice(0, -1), loop: moving.length === 0 ? [entry] : moving };
}

interface Product {
  readonly product: LivenessGraph;
  /** The graph's part of a state of the product. */
  stateOf(node: number): number;
  /** The states of the product whose automaton's part is in the set. */
  statesOf(set: readonly boolean[]): States;
}

function productOf(graph: LivenessGraph, automaton: Automaton, atoms: readonly States[], maxBytes: number, poll: () => void): Product {
  const width = automaton.states.length;
  const { words } = graph;
  if (4 * graph.size * width > maxBytes) throw new ProductTooLarge(4 * graph.size * width);
  const allows = automaton.states.map(({ literals }) => literals.map(({ atom, negated }) => ({ set: atoms[atom]!, wanted: negated ? 0 : 1 })));
  const fits = (state: number, b: number): boolean => allows[b]!.every(({ set, wanted }) => set[state] === wanted);
  /** The number of a pair in the product, less one. */
  const numbers = new Int32Array(graph.size * width);
  const pairs = new Growing(Int32Array);
  const number = (state: number, b: number): number => {
    const at = state * width + b;
    if (numbers[at] === 0) numbers[at] = pairs.push(at);
    return numbers[at]! - 1;
  };
  const initial = graph.initial.flatMap((state) => automaton.initial.filter((b) => fits(state, b)).map((b) => number(state, b)));
  const first = new Growing(Uint32Array);
  const target = new Growing(Int32Array);
  const via = new Growing(Uint16Array);
  for (let node = 0; node < pairs.length; node++) {
    if ((node & 0xffff) === 0) {
      poll();
      const bytes = 4 * graph.size * width + pairs.length * (STATE_BYTES + 4 * words) + target.length * EDGE_BYTES;
      if (bytes > maxBytes) throw new ProductTooLarge(bytes);
    }
    const at = pairs.at(node);
    const state = Math.floor(at / width);
    const { next } = automaton.states[at % width]!;
    first.push(target.length);
    const go = (to: number, set: number): void => {
      for (const b of next) {
        if (!fits(to, b)) continue;
        target.push(number(to, b));
        via.push(set);
      }
    };
    go(state, 0);
    for (let e = graph.first[state]!; e < graph.end[state]!; e++) go(graph.target[e]!, graph.via[e]!);
  }
  const size = pairs.length;
  first.push(target.length);
  const rows = first.array as Uint32Array;
  const all = pairs.array;
  const enabled = new Int32Array(size * words);
  for (let node = 0; node < size; node++) {
    const state = Math.floor(all[node]! / width);
    for (let w = 0; w < words; w++) enabled[node * words + w] = graph.enabled[state * words + w]!;
  }
  return {
    product: {
      size,
      states: new Uint8Array(size).fill(1),
      initial,
      first: rows.subarray(0, size),
      end: rows.subarray(1, size + 1),
      target: target.array as Int32Array,
      via: via.array as Uint16Array,
      words,
      sets: graph.sets,
      enabled,
      stutters: false,
    },
    stateOf: (node) => Math.floor(all[node]! / width),
    statesOf: (set) => Uint8Array.from({ length: size }, (_, node) => (set[all[node]! % width]! ? 1 : 0)),
  };
}

type Numbers = Int32Array | Uint32Array | Uint16Array;

/** A typed array that grows. */
class Growing {
  private items: Numbers;
  length = 0;

  constructor(private readonly make: new (length: number) => Numbers) {
    this.items = new make(1024);
  }

  /** Returns the new length. */
  push(value: number): number {
    if (this.length === this.items.length) {
      const larger = new this.make(2 * this.length);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = value;
    return this.length;
  }

  at(index: number): number {
    return this.items[index]!;
  }

  get array(): Numbers {
    return this.items;
  }
}
