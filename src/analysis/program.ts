// The typed tree: what the analysis hands to lowering. Every module instance has been merged into one flat program: names are
// resolved to objects, every constant has its value, macros and defs are substituted, every expression has its type, and an
// expression that is stored, passed or returned is wrapped in `convert` when its type does not lie within the target's.

import type { Location } from '../base/span.js';
import type { Expr, Place, Pool, Variable } from '../core/expr.js';
import type { EnumType, Type } from '../core/type.js';
import type { Value } from '../core/value.js';

export interface Program {
  /** `spec name`, else the file's name without its ending. */
  readonly name: string;
  readonly at: Location;
  readonly constants: readonly { readonly name: string; readonly at: Location; readonly type: Type; readonly value: Value }[];
  readonly enums: readonly EnumType[];
  readonly pools: readonly Pool[];
  /** Shared and ghost variables, without fields of pools (those stand in `pools`), in the order of their declaration. */
  readonly variables: readonly Initialised[];
  /** `init` blocks, in the order in which they run. Their `with` variables are `locals`. */
  readonly inits: readonly Body[];
  readonly processes: readonly Process[];
  /** Every instance of every process, in order; a pid is an index into it. */
  readonly instances: readonly Instance[];
  readonly properties: readonly Property[];
}

/** A variable and what it may start as: one value, or one initial state for each. Reads no variable. */
export interface Initialised {
  readonly variable: Variable;
  readonly initial: readonly Value[];
}

export type Fairness = 'none' | 'weak' | 'strong';
export type Grain = 'statement' | 'label';

export interface Instance {
  /** Index into `processes`. */
  readonly process: number;
  /** The value of the process's parameter; null without one. */
  readonly argument: Value;
  /** `task[0]`, `kworker`. */
  readonly name: string;
  /** Numbers of the instances that `interrupts` names (directly); empty for a process that is no interrupt. */
  readonly interrupts: readonly number[];
}

export interface Process {
  readonly name: string;
  readonly at: Location;
  readonly fairness: Fairness;
  readonly parameter?: { readonly name: string; readonly type: Type };
  readonly isInterrupt: boolean;
  readonly body: Body;
}

/** Locals and statements of a process, a procedure or an `init`. */
export interface Body {
  readonly grain: Grain;
  readonly locals: readonly Local[];
  readonly statements: readonly Stmt[];
  /** The whole declaration, from its first to its closing token. */
  readonly at: Location;
}

/**
 * A local variable. `initial` reads no variable (it may read the process's parameter): the value it starts with and is reset to.
 * An initial value that is not constant is instead an assignment among the statements, and `initial` is null.
 * A set of several initial values (`var x in S`) is `choices`, and only in processes.
 */
export interface Local {
  readonly variable: Variable;
  readonly initial?: Expr;
  readonly choices?: Expr;
  /** Some property reads it (`p[i].x`): it is never reset. */
  readonly observed: boolean;
}

export interface Procedure {
  /** Unique in the program; a plain name where that is unique (`bpf_timer_start`, `hr.hrtimer_start`). */
  readonly name: string;
  readonly at: Location;
  readonly atomic: boolean;
  readonly observable: boolean;
  readonly parameters: readonly Parameter[];
  /** Where `return e` puts its value; absent for a procedure without a result. */
  readonly result?: Variable;
  readonly body: Body;
  readonly doc?: string;
}

export type Parameter =
  /** `assigned`: the body (or an inout call in it) assigns the parameter, so an argument may not be substituted for it. */
  | { readonly kind: 'value'; readonly variable: Variable; readonly assigned: boolean }
  /** Within the body, a Place or Expr whose variable is this stands for the place that was passed. */
  | { readonly kind: 'inout'; readonly variable: Variable };

export type Argument =
  | { readonly kind: 'value'; readonly value: Expr }
  | { readonly kind: 'inout'; readonly place: Place };

export interface Label {
  readonly name: string;
  /** `+` or `-`: changes the process's fairness for the step. */
  readonly fairness?: '+' | '-';
  readonly at: Location;
}

interface StmtBase {
  readonly at: Location;
  readonly label?: Label;
}

export type Stmt = StmtBase &
  (
    | { readonly kind: 'skip' }
    /** All indices and values first, then all stores. */
    | { readonly kind: 'assign'; readonly targets: readonly Place[]; readonly values: readonly Expr[] }
    /** One indivisible access: old := place; place := value (for cmpxchg only if old == expected); result := old. `value` of fetch_add is the sum's other operand. */
    | { readonly kind: 'exchange'; readonly operation: 'cmpxchg' | 'xchg' | 'fetch_add'; readonly place: Place; readonly expected?: Expr; readonly value: Expr; readonly result?: Place }
    | { readonly kind: 'new'; readonly target: Place; readonly pool: Pool; readonly fields: readonly { readonly variable: Variable; readonly value: Expr }[]; readonly optional: boolean }
    | { readonly kind: 'free' | 'touch'; readonly pool: Pool; readonly ref: Expr }
    | { readonly kind: 'call'; readonly procedure: Procedure; readonly arguments: readonly Argument[]; readonly result?: Place }
    | { readonly kind: 'defer'; readonly procedure: Procedure; readonly arguments: readonly Argument[] }
    /** Without a value in a procedure with a result: the statement before (a call, an exchange, a `new`) has already stored it in `result`. */
    | { readonly kind: 'return'; readonly value?: Expr }
    | { readonly kind: 'await' | 'rest'; readonly condition: Expr }
    /** `property` is the full name of the assertion's property; without it a failure is the error `assertion`. */
    | { readonly kind: 'assert'; readonly condition: Expr; readonly property?: string }
    | { readonly kind: 'if'; readonly condition: Expr; readonly then: readonly Stmt[]; readonly else: readonly Stmt[] }
    | { readonly kind: 'while'; readonly condition: Expr; readonly body: readonly Stmt[] }
    | { readonly kind: 'loop'; readonly body: readonly Stmt[] }
    | { readonly kind: 'break' | 'continue' }
    | { readonly kind: 'goto'; readonly target: string }
    | { readonly kind: 'either'; readonly branches: readonly (readonly Stmt[])[] }
    | { readonly kind: 'with'; readonly variable: Variable; readonly set: Expr; readonly body: readonly Stmt[] }
    | { readonly kind: 'atomic'; readonly body: readonly Stmt[] }
    /** Several statements that came out of one (a macro's body, `return f(x)`). No scope, no step of its own. */
    | { readonly kind: 'block'; readonly body: readonly Stmt[] }
  );

export type Property = {
  /** Bare where that is unique in the program, else prefixed as the importing file knows it. */
  readonly name: string;
  readonly at: Location;
  readonly doc?: string;
} & (
  | { readonly kind: 'invariant' | 'step-invariant' | 'temporal'; readonly formula: Expr }
  | { readonly kind: 'assertion' }
  /** `invariant I = never Cb.use_after_free`. */
  | { readonly kind: 'builtin'; readonly error: string }
);
