// Which locals can still be read, node by node: the usual backward data flow over the graph (Kildall 1973), on bit sets.
// A ghost statement's read counts as a read.

import type { Expr, Place, Variable } from '../../core/expr.js';
import { pathExpressions, variablesOf } from '../../core/walk.js';
import { unreachable } from '../../base/unreachable.js';
import { successorsOf, type RawNode } from './raw.js';

export interface Liveness {
  /** live[node]: one bit a local, by its index: it may be read at or after the node before it is written. */
  readonly before: readonly Uint32Array[];
  /** Locals that the node writes. */
  readonly writes: readonly Uint32Array[];
}

export interface Accesses {
  readonly reads: readonly Variable[];
  /** Variables that are overwritten as a whole. */
  readonly writes: readonly Variable[];
}

/** The variables a node reads and writes (a store into a part of a variable reads it). */
export function accessesOf(node: RawNode): Accesses {
  const reads: Variable[] = [];
  const writes: Variable[] = [];
  const read = (e: Expr): void => void reads.push(...variablesOf(e));
  const store = (place: Place): void => {
    pathExpressions(place).forEach(read);
    (place.path.length === 0 ? writes : reads).push(place.variable);
  };
  switch (node.op) {
    case 'assign':
      node.targets.forEach(store);
      node.values.forEach(read);
      break;
    case 'reset':
      writes.push(...node.locals);
      break;
    case 'branch':
    case 'await':
    case 'assert':
      read(node.condition);
      break;
    case 'pick':
      read(node.set);
      writes.push(node.variable);
      break;
    case 'new':
      store(node.target);
      node.fields.forEach((f) => read(f.value));
      break;
    case 'free':
    case 'touch':
      read(node.ref);
      break;
    case 'call':
      node.arguments.forEach((a) => read(a.value));
      break;
    case 'return':
      if (node.value !== undefined) read(node.value);
      break;
    case 'either':
    case 'loop':
    case 'stop':
    case 'boundary':
    case 'nop':
      break;
    default:
      unreachable(node);
  }
  return { reads, writes };
}

/** `locals` gives each local its bit; `always` are live everywhere. */
export function livenessOf(nodes: readonly RawNode[], locals: readonly Variable[], always: ReadonlySet<Variable>): Liveness {
  const index = new Map(locals.map((v, i) => [v, i]));
  const width = Math.max(1, Math.ceil(locals.length / 32));
  const toBits = (variables: Iterable<Variable>): Uint32Array => {
    const bits = new Uint32Array(width);
    for (const v of variables) {
      const i = index.get(v);
      if (i !== undefined) bits[i >> 5]! |= 1 << (i & 31);
    }
    return bits;
  };
  const accesses = nodes.map(accessesOf);
  const reads = accesses.map((a) => toBits(a.reads));
  const writes = accesses.map((a) => toBits(a.writes));
  const kept = toBits(always);
  const before = nodes.map(() => kept.slice());
  const predecessors: number[][] = nodes.map(() => []);
  nodes.forEach((node, id) => successorsOf(node).forEach((to) => predecessors[to]?.push(id)));
  // What comes last in the text is built first, and looked at first.
  const work = nodes.map((_, id) => nodes.length - 1 - id);
  const queued = new Uint8Array(nodes.length).fill(1);
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    queued[id] = 0;
    const bits = before[id]!;
    let changed = false;
    for (let w = 0; w < width; w++) {
      let after = 0;
      for (const to of successorsOf(nodes[id]!)) after |= before[to]![w]!;
      const value = (kept[w]! | reads[id]![w]! | (after & ~writes[id]![w]!)) >>> 0;
      if (value !== bits[w]) {
        bits[w] = value;
        changed = true;
      }
    }
    if (changed) for (const p of predecessors[id]!) if (queued[p] === 0) queued[p] = work.push(p) && 1;
  }
  return { before, writes };
}

/** The locals that can be read before a node or are written by it, and cannot be read after it; in order. */
export function diesBetween(before: Uint32Array, written: Uint32Array, after: Uint32Array): readonly number[] {
  const dead: number[] = [];
  for (let w = 0; w < before.length; w++) {
    for (let bits = (before[w]! | written[w]!) & ~after[w]!; bits !== 0; bits &= bits - 1) dead.push(32 * w + 31 - Math.clz32(bits & -bits));
  }
  return dead;
}

export const hasBit = (bits: Uint32Array, i: number): boolean => ((bits[i >> 5]! >>> (i & 31)) & 1) === 1;
