// The graph while it is being built: the model's nodes, not yet numbered for good, with two more kinds. A `boundary` is where a step
// ends and the next one starts; a `nop` is a place that others jump to.

import type { Fairness } from '../../analysis/program.js';
import type { Location } from '../../base/span.js';
import type { Variable } from '../../core/expr.js';
import type { Value } from '../../core/value.js';
import type { Frame, Node } from '../model.js';

/** What a location will be, known where the boundary is made. */
export interface Boundary {
  readonly op: 'boundary';
  readonly name: string;
  readonly label?: string;
  readonly fairness: Fairness;
  /** As written behind the label. */
  readonly mark?: '+' | '-';
  readonly at: Location;
  /** The procedure or process in whose text it stands. Its frame is the caller's where the call has yet to happen. */
  readonly owner: string;
  frame: number;
  /** -1 at the end of the process. */
  next: number;
}

export interface Nop {
  readonly op: 'nop';
  readonly at: Location;
  readonly frame: number;
  /** Set later for a loop's head and a label's target. */
  next: number;
  /** The end of a branch of a choice: what comes behind does not belong to the branch's first statement. */
  readonly branchEnd?: true;
  /** `goto`, `break`, `continue`: a statement of its own, where a choice's first step ends. */
  readonly statement?: true;
}

/** What is written while it is made. */
export type Mutable<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never;

export interface Marks {
  site?: number;
  /** Writes only ghosts, or asserts: joins the step before it, or at the start of a branch the one after it. */
  ghost?: true;
  /** Belongs to a call whose first statement is yet to come (parameters, fresh locals, the call's event). */
  opening?: true;
  /** `rest until`: may only be the first statement of its step. */
  rest?: true;
  /** A `reset` at a call that makes its locals anew. */
  fresh?: true;
}

export type RawNode = (Mutable<Node> & Marks) | (Boundary & Marks) | (Nop & Marks);

/** One process family's graph under construction. */
export interface Graph {
  readonly nodes: RawNode[];
  readonly frames: Frame[];
  /** Every local of the family in the order of creation. */
  readonly locals: RawLocal[];
  /** Boundaries that a choice bypassed: their labels name a joint step. */
  readonly joint: Set<Boundary>;
}

export interface RawLocal {
  readonly variable: Variable;
  /** The frame whose local it is. */
  readonly frame: number;
  /** How long its value is kept: while it can be read; as long as its frame lasts (`steps label`); for ever (a property reads it). */
  readonly kept: 'live' | 'frame' | 'always';
  /** Initial values for each instance. */
  readonly initial: readonly (readonly Value[])[];
  readonly reset: readonly Value[];
}

export function successorsOf(node: RawNode): readonly number[] {
  switch (node.op) {
    case 'branch':
      return [node.then, node.else];
    case 'either':
      return node.branches;
    case 'stop':
      return [];
    default:
      return node.next < 0 ? [] : [node.next];
  }
}

/** Replaces every successor of a node in place. */
export function redirect(node: RawNode, f: (to: number) => number): void {
  switch (node.op) {
    case 'branch':
      node.then = f(node.then);
      node.else = f(node.else);
      return;
    case 'either':
      node.branches = node.branches.map(f);
      return;
    case 'stop':
      return;
    default:
      if (node.next >= 0) node.next = f(node.next);
  }
}
