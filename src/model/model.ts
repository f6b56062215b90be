// The model: guarded steps over finite variables. Everything before it knows the language, everything after it knows only this.
//
// A process family is a graph of nodes. Some places in it are locations: there a process can stand between two steps. A step starts
// at a location's entry node and runs through the graph until it meets a `stop`, which names the location where the process then
// stands. Nodes that choose (`either`, `pick`) give several outcomes; an `await` that is false gives none; a node that errs gives an
// error instead of a successor.
//
// The state holds a value for each shared and ghost variable, for each local of each process instance, for each pool which slots are
// alive, and each instance's location. Locals that are dead hold their reset value, freed objects hold their fields' initial values,
// so that states that cannot be told apart are equal.

import type { Location } from '../base/span.js';
import type { Expr, Place, Pool, Variable } from '../core/expr.js';
import type { EnumType, Type } from '../core/type.js';
import type { Value } from '../core/value.js';
import type { Fairness } from '../analysis/program.js';

export interface Model {
  readonly name: string;
  readonly constants: readonly { readonly name: string; readonly type: Type; readonly value: Value }[];
  readonly enums: readonly EnumType[];
  readonly pools: readonly Pool[];
  /** Shared and ghost variables with their initial values (several: one initial state for each combination). Pool fields stand in `pools`. */
  readonly variables: readonly { readonly variable: Variable; readonly initial: readonly Value[] }[];
  readonly families: readonly Family[];
  readonly instances: readonly Instance[];
  /** Code that runs once, atomically, on each combination of initial values; its outcomes are the initial states. Absent: those are. */
  readonly init?: Family;
  readonly properties: readonly ModelProperty[];
  /** Places whose execution is reported when it never happens: index is the `site` of a node. */
  readonly sites: readonly Site[];
  /** Antecedents of `=>` in invariants: index is the `site` of an `implies`; reported when never true. */
  readonly antecedents: readonly { readonly property: string; readonly at: Location }[];
}

export interface Site {
  /** `label`, or `procedure:line`. */
  readonly name: string;
  readonly at: Location;
}

/** A process declaration: code shared by its instances. */
export interface Family {
  readonly name: string;
  readonly at: Location;
  readonly fairness: Fairness;
  readonly parameter?: { readonly name: string; readonly type: Type };
  readonly isInterrupt: boolean;
  readonly locals: readonly FamilyLocal[];
  readonly frames: readonly Frame[];
  readonly nodes: readonly Node[];
  /** Location 0 is where instances start (for an interrupt also where it rests between activations). */
  readonly locations: readonly ModelLocation[];
}

/** One local of a family: of the process, of an inlined call, or made by lowering. */
export interface FamilyLocal {
  readonly variable: Variable;
  /** The values it may start with, for each instance of the family (in order); one unless it was declared `in` a set. */
  readonly initial: readonly (readonly Value[])[];
  /** What it holds while it cannot be read, for each instance. Not of its type for a local of a pool type: then null. */
  readonly reset: readonly Value[];
  /** The locations at which its value matters. Elsewhere it holds its reset value, and its bits may serve another local. */
  readonly liveAt: readonly number[];
}

/** An inlined call. Frame 0 is the process's own body. */
export interface Frame {
  readonly procedure: string;
  readonly observable: boolean;
  /** The call is part of one step: what it passes inside does not name the step. */
  readonly atomic?: true;
  readonly caller?: number;
  /** The call, in the caller's text. */
  readonly at: Location;
}

export interface ModelLocation {
  /** Its label, else `procedure:line`, or `done` where the process has ended. Not unique: copies of one procedure share names. */
  readonly name: string;
  readonly label?: string;
  readonly at: Location;
  /** The call stack of a process that stands here. */
  readonly frame: number;
  /** Where the step starts; absent at the end of the process. */
  readonly entry?: number;
  /** A process that stands here counts as done: its end, a `rest until` that may come first, an interrupt between activations. */
  readonly rests: boolean;
  /** The fairness that is owed to the step. */
  readonly fairness: Fairness;
}

interface NodeBase {
  readonly at: Location;
  /** The call stack that the node runs in: an index into `frames`. */
  readonly frame: number;
  /** Set on the node that stands for a step in traces and in coverage: an index into the model's `sites`. A step may pass several. */
  readonly site?: number;
}

/** Nodes refer to each other by index into `Family.nodes`. */
export type Node = NodeBase &
  (
    /** Parallel: all paths, indices and values first (left to right), then all stores. */
    | { readonly op: 'assign'; readonly targets: readonly Place[]; readonly values: readonly Expr[]; readonly next: number }
    /** The locals get their reset values (they can no longer be read). */
    | { readonly op: 'reset'; readonly locals: readonly Variable[]; readonly next: number }
    | { readonly op: 'branch'; readonly condition: Expr; readonly then: number; readonly else: number }
    | { readonly op: 'await'; readonly condition: Expr; readonly next: number }
    /** False: violates the named property and goes on, or (unnamed) is the error `assertion`. */
    | { readonly op: 'assert'; readonly condition: Expr; readonly property?: string; readonly next: number }
    | { readonly op: 'either'; readonly branches: readonly number[] }
    /** One outcome for each element of the set, in order; none when it is empty. */
    | { readonly op: 'pick'; readonly variable: Variable; readonly set: Expr; readonly next: number }
    | {
        readonly op: 'new';
        readonly target: Place;
        readonly pool: Pool;
        readonly fields: readonly { readonly variable: Variable; readonly value: Expr }[];
        /** `new?`: null instead of the error `exhausted`. */
        readonly optional: boolean;
        readonly next: number;
      }
    | { readonly op: 'free' | 'touch'; readonly pool: Pool; readonly ref: Expr; readonly next: number }
    /** The call of the frame's procedure; for traces and observations only. */
    | { readonly op: 'call'; readonly callee: number; readonly arguments: readonly { readonly name: string; readonly value: Expr }[]; readonly next: number }
    | { readonly op: 'return'; readonly callee: number; readonly value?: Expr; readonly next: number }
    /** A loop's head inside a step: passing the same one more than 10,000 times in one step is the error `endless_atomic`. */
    | { readonly op: 'loop'; readonly next: number }
    | { readonly op: 'stop'; readonly location: number }
  );

export interface Instance {
  /** Index into `families`. */
  readonly family: number;
  /** Its index among the instances of its family. */
  readonly index: number;
  readonly argument: Value;
  readonly name: string;
  /** Instances (pids) that must stand at location 0 for this one to move at all: those that interrupt it, directly or not. */
  readonly blockedBy: readonly number[];
  /** For an interrupt: further instances that must stand at location 0 for an activation to begin. */
  readonly beginBlockedBy: readonly number[];
}

export type ModelProperty = {
  readonly name: string;
  readonly at: Location;
  readonly doc?: string;
} & (
  | { readonly kind: 'invariant' | 'step-invariant' | 'temporal'; readonly formula: Expr }
  | { readonly kind: 'assertion' }
  | { readonly kind: 'deadlock' }
  /** A built-in check: `error` is `null_dereference`, `Cb.use_after_free` … ; `name` is the user's name for it, else the same. */
  | { readonly kind: 'builtin'; readonly error: string }
);
