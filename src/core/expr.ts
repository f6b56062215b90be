// Typed expressions, places and variables: what the analysis makes of the tree, and what the model computes with.
// An expression never changes anything. It may err (a bad index, a freed reference …); then it carries the place in the
// source that is to blame. `enabled`, `pcIn` and the primed and temporal operators occur in properties only.

import type { Location } from '../base/span.js';
import type { Type } from './type.js';
import type { Value } from './value.js';

/** A variable of the program. Locals belong to one process family: each instance of the family has its own value. */
export interface Variable {
  /** Unique in the program and readable: `slot`, `hr.queued`, `Cb.refcnt` (a field of a pool), `task.err`, `task.bpf_timer_start.t`. */
  readonly name: string;
  readonly type: Type;
  readonly kind: 'shared' | 'ghost' | 'local';
  /** Set for a field of a pool and for a map keyed by a pool: the value is an array over the pool's slots of values of `type`. */
  readonly pool?: Pool;
  readonly at: Location;
}

/** A pool of objects with a lifetime. */
export interface Pool {
  readonly name: string;
  readonly size: number;
  /** `reuse`: a freed slot is used again at once, though references to it are left. */
  readonly reuse: boolean;
  /** `noleak`: adds the property `P.leak`. */
  readonly noleak: boolean;
  /** Fields, fields added by `extend`, and maps keyed by the pool, each with the value that a new object starts with. */
  readonly fields: readonly { readonly variable: Variable; readonly initial: Value }[];
  readonly at: Location;
}

/** The name of a built-in check: `null_dereference`, `Cb.use_after_free`, … (see ERRORS in core/errors.ts). */
export type ErrorName = string;

export type UnaryOp = 'not' | 'neg' | 'min' | 'max' | 'len' | 'head' | 'tail';
export type BinaryOp =
  | 'and' | 'or' | 'iff'
  | 'add' | 'sub' | 'mul' | 'div' | 'mod'
  | 'lt' | 'le' | 'gt' | 'ge'
  | 'in' | 'union' | 'intersect' | 'minus'
  | 'append';

/** A name bound by a quantifier, a filter, a map literal or a `def`'s parameter (the last are substituted away). */
export interface Bound {
  readonly name: string;
  readonly type: Type;
}

interface Typed {
  readonly type: Type;
  readonly at: Location;
}

export type Expr = Typed &
  (
    | { readonly op: 'const'; readonly value: Value }
    /** Every value of a type, as a set; of a pool's slots (quantifiers of temporal formulas) too. */
    | { readonly op: 'all'; readonly of: Type }
    /** The live objects of a pool, as a set of references. */
    | { readonly op: 'live'; readonly pool: Pool }
    /** A whole shared or ghost variable, or the process's own copy of a local. Never a pool field (see `load`). */
    | { readonly op: 'var'; readonly variable: Variable }
    /** `p[i].x`: a local of another process, in properties. `pid` is of type pid. */
    | { readonly op: 'localOf'; readonly variable: Variable; readonly pid: Expr }
    | { readonly op: 'bound'; readonly bound: Bound }
    /** The value of the process's parameter: `i` in `process p(i in S)`. */
    | { readonly op: 'parameter' }
    /** The process's own number. */
    | { readonly op: 'self' }
    /** `p`, `p[e]`: the number of a process instance; errs with `bad_index` when there is none for e. */
    | { readonly op: 'instance'; readonly process: string; readonly argument?: Expr }
    /** `ref.field` and `m[ref]`: errs on null and on a freed object. `ref`'s type is ref or nullable ref. */
    | { readonly op: 'load'; readonly variable: Variable; readonly ref: Expr }
    /** `m[k]`: errs with `bad_index` when k is no key (k's interval may exceed the key type; a nullable k must not be null). */
    | { readonly op: 'index'; readonly map: Expr; readonly index: Expr }
    | { readonly op: 'field'; readonly record: Expr; readonly field: number }
    | { readonly op: 'unary'; readonly operator: UnaryOp; readonly operand: Expr }
    /** `stale` names the pool when a program statement asks whether a reference that may be freed is `in` a set. */
    | { readonly op: 'binary'; readonly operator: BinaryOp; readonly left: Expr; readonly right: Expr; readonly stale?: Pool }
    /** `a => b`; inside an invariant `site` numbers it, so that an antecedent that is never true can be reported. */
    | { readonly op: 'implies'; readonly left: Expr; readonly right: Expr; readonly site?: number }
    /** `==` and `!=` (negated). `stale` names the pool when a program statement compares references that may be freed. */
    | { readonly op: 'eq'; readonly left: Expr; readonly right: Expr; readonly negated: boolean; readonly stale?: Pool }
    | { readonly op: 'if'; readonly condition: Expr; readonly then: Expr; readonly else: Expr }
    | { readonly op: 'quantifier'; readonly quantifier: 'forall' | 'exists' | 'count'; readonly bound: Bound; readonly set: Expr; readonly body: Expr }
    | { readonly op: 'filter'; readonly bound: Bound; readonly set: Expr; readonly condition: Expr }
    /** `lo..hi` as a set of numbers (both may be expressions). */
    | { readonly op: 'interval'; readonly lo: Expr; readonly hi: Expr }
    | { readonly op: 'set'; readonly elements: readonly Expr[] }
    | { readonly op: 'seq'; readonly elements: readonly Expr[] }
    | { readonly op: 'record'; readonly fields: readonly Expr[] }
    /** `[k in K -> e]`; the map's key type gives K. */
    | { readonly op: 'map'; readonly bound: Bound; readonly body: Expr }
    | { readonly op: 'withIndex'; readonly map: Expr; readonly index: Expr; readonly value: Expr }
    | { readonly op: 'withFields'; readonly record: Expr; readonly fields: readonly { readonly field: number; readonly value: Expr }[] }
    /**
     * The operand as a value of `type`, checked: a nullable used as what it is nullable of (errs with `null_dereference`), a number
     * stored in a narrower range (`out_of_range`), also inside records, sets, sequences and maps.
     */
    | { readonly op: 'convert'; readonly operand: Expr }
    /** true for a live object, false for a freed one and for null. Never errs. */
    | { readonly op: 'alive'; readonly pool: Pool; readonly ref: Expr }
    /** Before lowering: at, in and done. The model has `pcIn` instead. */
    | { readonly op: 'at'; readonly process: string; readonly pid: Expr; readonly label: string; readonly procedure?: string }
    | { readonly op: 'inProcedure'; readonly process: string; readonly pid: Expr; readonly procedure: string }
    | { readonly op: 'done'; readonly pid: Expr }
    /** The process stands at one of the locations (numbers within its family) listed for its family, by family number. */
    | { readonly op: 'pcIn'; readonly pid: Expr; readonly locations: readonly (readonly number[])[] }
    /** Some step of the process is enabled (a step that errs is). */
    | { readonly op: 'enabled'; readonly pid: Expr }
    /** `e'`: the value in the state after the step. */
    | { readonly op: 'prime'; readonly operand: Expr }
    | { readonly op: 'temporal'; readonly operator: 'always' | 'eventually'; readonly operand: Expr }
    | { readonly op: 'until'; readonly left: Expr; readonly right: Expr }
    /** `p ~> q`; `site` numbers it like an implication. */
    | { readonly op: 'leadsto'; readonly left: Expr; readonly right: Expr; readonly site?: number }
  );

/**
 * Something that can be assigned: a variable and the way into it. For a pool's field the first step is `object`.
 * `type` is the type of what is stored there; storing checks it.
 */
export interface Place {
  readonly variable: Variable;
  readonly path: readonly PathStep[];
  readonly type: Type;
  readonly at: Location;
}

export type PathStep =
  /** Errs on null and on a freed object. */
  | { readonly kind: 'object'; readonly ref: Expr }
  | { readonly kind: 'index'; readonly index: Expr; readonly key: Type }
  | { readonly kind: 'field'; readonly field: number };
