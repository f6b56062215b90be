// Which locals can still be read, node by node: the usual backward data flow over the graph (Kildall 1973), on bit sets.
// A ghost statement's read counts as a read.

import type { Expr, Place, Variable } from '../../core/expr.js';
import { pathExpressions, visitVariables } from '../../core/walk.js';
import { unreachable } from '../../base/unreachable.js';
import { successorsOf, type RawNode } from './raw.js';

/** Sets of locals, one for each node: a row of bits, a bit for each local by its index. */
export interface Rows {
  readonly bits: Uint32Array;
  /** Words of a row. */
  readonly width: number;
}

export interface Liveness {
  /** Locals that may be read at the node or behind it before they are written. */
  readonly before: Rows;
  /** Locals that the node reads. */
  readonly reads: Rows;
  /** Locals that the node writes. */
  readonly writes: Rows;
}

/** Tells of each variable that a node reads, and of each that it overwrites as a whole (a store into a part of one reads it). */
export function visitAccesses(node: RawNode, read: (v: Variable) => void, write: (v: Variable) => void): void {
  const readBy = (e: Expr): void => visitVariables(e, read);
  const store = (place: Place): void => {
    pathExpressions(place).forEach(readBy);
    (place.path.length === 0 ? write : read)(place.variable);
  };
  switch (node.op) {
    case 'assign':
      node.targets.forEach(store);
      node.values.forEach(readBy);
      return;
    case 'reset':
      node.locals.forEach(write);
      return;
    case 'branch':
    case 'await':
    case 'assert':
      return readBy(node.condition);
    case 'pick':
      readBy(node.set);
      return write(node.variable);
    case 'new':
      store(node.target);
      node.fields.forEach((f) => readBy(f.value));
      return;
    case 'free':
    case 'touch':
      return readBy(node.ref);
    case 'call':
      node.arguments.forEach((a) => readBy(a.value));
      return;
    case 'return':
      if (node.value !== undefined) readBy(node.value);
      return;
    case 'either':
    case 'loop':
    case 'stop':
    case 'boundary':
    case 'nop':
      return;
    default:
      return unreachable(node);
  }
}

/** `locals` gives each local its bit; `always` are live everywhere. */
export function livenessOf(nodes: readonly RawNode[], locals: readonly Variable[], always: ReadonlySet<Variable>): Liveness {
  const width = Math.max(1, Math.ceil(locals.length / 32));
  const rows = (): Rows => ({ bits: new Uint32Array(nodes.length * width), width });
  const live: Liveness = { before: rows(), reads: rows(), writes: rows() };
  const index = new Map(locals.map((v, i) => [v, i]));
  let node = 0;
  const addTo = (to: Rows) => (v: Variable): void => {
    const i = index.get(v);
    if (i !== undefined) addLocal(to, node, i);
  };
  const [keep, read, write] = [addTo(live.before), addTo(live.reads), addTo(live.writes)];
  for (; node < nodes.length; node++) {
    always.forEach(keep);
    visitAccesses(nodes[node]!, read, write);
  }
  flowBack(live, nodes.map(successorsOf));
  return live;
}

/** Adds to `before` what is live behind, until nothing is to be added. */
function flowBack(live: Liveness, successors: readonly (readonly number[])[]): void {
  // What comes last in the text is built first: but for the way back of loops, one round is enough.
  for (let changed = true; changed; ) {
    changed = false;
    for (let id = 0; id < successors.length; id++) if (flowInto(id, successors[id]!, live)) changed = true;
  }
}

function flowInto(id: number, successors: readonly number[], { before: { bits, width }, reads, writes }: Liveness): boolean {
  let changed = false;
  for (let at = id * width, w = 0; w < width; at++, w++) {
    let after = 0;
    for (const to of successors) after |= bits[to * width + w]!;
    const value = (bits[at]! | reads.bits[at]! | (after & ~writes.bits[at]!)) >>> 0;
    if (value === bits[at]) continue;
    bits[at] = value;
    changed = true;
  }
  return changed;
}

/** The locals that can be read before a node or are written by it, and cannot be read before another, in order. */
export function diesBetween({ before, writes }: Liveness, node: number, next: number): readonly number[] {
  const { width, bits } = before;
  const dead: number[] = [];
  for (let w = 0; w < width; w++) {
    const at = node * width + w;
    indicesIn((bits[at]! | writes.bits[at]!) & ~bits[next * width + w]!, w, dead);
  }
  return dead;
}

export function addLocal({ bits, width }: Rows, node: number, local: number): void {
  bits[node * width + (local >> 5)]! |= 1 << (local & 31);
}

/** The locals of a node's row, in order. */
export function localsIn({ bits, width }: Rows, node: number): readonly number[] {
  const found: number[] = [];
  for (let w = 0; w < width; w++) indicesIn(bits[node * width + w]!, w, found);
  return found;
}

/** The locals of the rows of several nodes, in order. */
export function localsInAny({ bits, width }: Rows, nodes: readonly number[]): readonly number[] {
  const union = new Uint32Array(width);
  for (const node of nodes) for (let w = 0; w < width; w++) union[w]! |= bits[node * width + w]!;
  return localsIn({ bits: union, width }, 0);
}

function indicesIn(word: number, w: number, into: number[]): void {
  for (let bits = word; bits !== 0; bits &= bits - 1) into.push(32 * w + 31 - Math.clz32(bits & -bits));
}
