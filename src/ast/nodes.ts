// The tree of one file, as written. One closed union a category; spans are offsets into the file.
// Where the parser recovered from an error, an expression may be `missing`; lists simply lack what could not be read.

import type { Span } from '../base/span.js';

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** `x` or `hr.x`. */
export interface Path {
  readonly parts: readonly Name[];
  readonly span: Span;
}

export interface Comment {
  /** With its `//` or `///` as written, without the line break and spaces before it. */
  readonly text: string;
  readonly span: Span;
}

export interface File {
  readonly declarations: readonly Declaration[];
  /** All comments, doc comments too, in order. The formatter puts them back. */
  readonly comments: readonly Comment[];
  readonly span: Span;
}

// ---- types --------------------------------------------------------------------------------------------------------

interface Spanned {
  readonly span: Span;
}

export type TypeExpr = Spanned &
  (
    | { readonly kind: 'named'; readonly path: Path } // bool, pid and declared types
    | { readonly kind: 'range'; readonly lo: Expr; readonly hi: Expr }
    | { readonly kind: 'nullable'; readonly of: TypeExpr }
    | { readonly kind: 'map'; readonly key: TypeExpr; readonly value: TypeExpr }
    | { readonly kind: 'set'; readonly of: TypeExpr }
    | { readonly kind: 'seq'; readonly of: TypeExpr; readonly max: Expr }
  );

// ---- expressions --------------------------------------------------------------------------------------------------

export type UnaryOp = '!' | '-' | 'min' | 'max' | 'always' | 'eventually';
export type BinaryOp =
  | '=>' | '<=>' | '~>' | 'until' | '||' | '&&'
  | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in'
  | '..' | 'union' | 'intersect' | 'minus' | '+' | '-' | '*' | '/' | '%';

/** `x in S` of a quantifier, `x, y in S` for several names over one set. */
export interface Binder {
  readonly names: readonly Name[];
  readonly set: Expr;
  readonly span: Span;
}

export interface FieldInit {
  readonly name: Name;
  readonly value: Expr;
  readonly span: Span;
}

export type Expr = Spanned &
  (
    | { readonly kind: 'missing' }
    | { readonly kind: 'int'; readonly value: number }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'self' }
    | { readonly kind: 'name'; readonly name: Name }
    /** `a.b`: a field, or a name behind an import's prefix, or `P.error`; resolution tells. */
    | { readonly kind: 'field'; readonly object: Expr; readonly field: Name }
    | { readonly kind: 'index'; readonly object: Expr; readonly index: Expr }
    /** A call of anything by name, built-in functions and `in(p, f)` (callee name `in`) included. */
    | { readonly kind: 'call'; readonly callee: Expr; readonly arguments: readonly Expr[] }
    | { readonly kind: 'prime'; readonly operand: Expr }
    | { readonly kind: 'unary'; readonly operator: UnaryOp; readonly operand: Expr }
    | { readonly kind: 'binary'; readonly operator: BinaryOp; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'if'; readonly condition: Expr; readonly then: Expr; readonly else: Expr }
    | { readonly kind: 'quantifier'; readonly quantifier: 'forall' | 'exists' | 'count'; readonly binders: readonly Binder[]; readonly body: Expr }
    /** `{a, b}` */
    | { readonly kind: 'set'; readonly elements: readonly Expr[] }
    /** `{x in S: p}` */
    | { readonly kind: 'filter'; readonly name: Name; readonly set: Expr; readonly condition: Expr }
    /** `[k in K -> e]` */
    | { readonly kind: 'map'; readonly name: Name; readonly set: Expr; readonly value: Expr }
    /** `<<a, b>>` */
    | { readonly kind: 'seq'; readonly elements: readonly Expr[] }
    /** `R { a: 1 }` */
    | { readonly kind: 'record'; readonly type: Path; readonly fields: readonly FieldInit[] }
    /** `m with [k] = v` */
    | { readonly kind: 'withIndex'; readonly object: Expr; readonly index: Expr; readonly value: Expr }
    /** `r with { a: 1 }` */
    | { readonly kind: 'withFields'; readonly object: Expr; readonly fields: readonly FieldInit[] }
    /** `new P { … }` and `new? P { … }`: only the whole right side of an assignment or what is returned. */
    | { readonly kind: 'new'; readonly pool: Path; readonly optional: boolean; readonly fields: readonly FieldInit[] }
    /** `( e )`, kept so that the formatter prints what was written. */
    | { readonly kind: 'group'; readonly inner: Expr }
  );

// ---- statements ---------------------------------------------------------------------------------------------------

export interface Label {
  readonly name: Name;
  readonly fairness?: '+' | '-';
  readonly span: Span;
}

export interface Block extends Spanned {
  readonly statements: readonly Stmt[];
}

/** The span of a labelled statement includes its label. */
export type Stmt = Spanned & { readonly label?: Label } & (
    | { readonly kind: 'skip' | 'break' | 'continue' }
    /** `x := e`, `x, y := e, f`; the right side may be a call, an atomic operation or `new`. */
    | { readonly kind: 'assign'; readonly targets: readonly Expr[]; readonly values: readonly Expr[] }
    /** `f(a, b)`: a procedure, a macro or an atomic operation. */
    | { readonly kind: 'call'; readonly call: Expr }
    | { readonly kind: 'await' | 'rest'; readonly condition: Expr }
    | { readonly kind: 'assert'; readonly condition: Expr; readonly property?: Name }
    | { readonly kind: 'if'; readonly condition: Expr; readonly then: Block; readonly else?: Block | Stmt } // Stmt: an `else if`, of kind 'if' without label
    | { readonly kind: 'while'; readonly condition: Expr; readonly body: Block }
    | { readonly kind: 'loop' | 'atomic'; readonly body: Block }
    | { readonly kind: 'goto'; readonly target: Name }
    | { readonly kind: 'either'; readonly branches: readonly Block[] }
    | { readonly kind: 'with'; readonly name: Name; readonly set: Expr; readonly body: Block }
    | { readonly kind: 'return'; readonly value?: Expr }
    | { readonly kind: 'defer'; readonly call: Expr }
    | { readonly kind: 'free' | 'touch'; readonly operand: Expr }
  );

// ---- declarations -------------------------------------------------------------------------------------------------

export interface Field extends Spanned {
  readonly name: Name;
  readonly type: TypeExpr;
  readonly initial?: Expr;
}

/** A `var` at the head of a body or at the top: `: T`, `= e` and `in S` as written. */
export interface VarParts {
  readonly name: Name;
  readonly type?: TypeExpr;
  readonly initial?: { readonly kind: 'value' | 'choice'; readonly expr: Expr };
}

export interface LocalVar extends Spanned, VarParts {}

export interface Parameter extends Spanned {
  readonly inout: boolean;
  readonly name: Name;
  readonly type: TypeExpr;
}

export interface Body extends Spanned {
  readonly locals: readonly LocalVar[];
  readonly statements: readonly Stmt[];
}

export interface Expect extends Spanned {
  readonly property: Path;
  readonly verdict: 'holds' | 'violated';
}

export type CheckItem = Spanned &
  (
    | { readonly kind: 'const'; readonly name: Path; readonly value: Expr }
    | { readonly kind: 'only'; readonly properties: readonly Path[] }
    | { readonly kind: 'expect'; readonly expect: Expect }
  );

/** `doc` is the text of the `///` lines before the declaration, joined by line breaks, without the slashes and one space after them. */
export type Declaration = Spanned & { readonly doc?: string } & (
    | { readonly kind: 'spec'; readonly name: Name }
    | { readonly kind: 'steps'; readonly grain: 'statement' | 'label' }
    | { readonly kind: 'import'; readonly path: string; readonly pathSpan: Span; readonly alias?: Name; readonly bindings: readonly { readonly name: Name; readonly value: Expr; readonly span: Span }[] }
    | { readonly kind: 'const'; readonly name: Name; readonly type: TypeExpr; readonly value?: Expr }
    | { readonly kind: 'enum'; readonly name: Name; readonly members: readonly Name[] }
    /** Without a definition: `abstract type T`. */
    | { readonly kind: 'type'; readonly name: Name; readonly definition?: TypeExpr }
    | { readonly kind: 'record'; readonly name: Name; readonly fields: readonly Field[] }
    | { readonly kind: 'pool'; readonly name: Name; readonly size: Expr; readonly reuse: boolean; readonly noleak: boolean; readonly fields: readonly Field[] }
    | { readonly kind: 'extend'; readonly pool: Path; readonly fields: readonly Field[] }
    | ({ readonly kind: 'var'; readonly ghost: boolean } & VarParts)
    | { readonly kind: 'init'; readonly body: Block }
    | { readonly kind: 'context'; readonly name: Name; readonly type: TypeExpr }
    | { readonly kind: 'def'; readonly name: Name; readonly parameters: readonly Parameter[]; readonly result?: TypeExpr; readonly value: Expr }
    | { readonly kind: 'macro'; readonly name: Name; readonly parameters: readonly Name[]; readonly body: Block }
    /** Without a body: `abstract procedure`. */
    | {
        readonly kind: 'procedure';
        readonly name: Name;
        readonly atomic: boolean;
        readonly observable: boolean;
        readonly parameters: readonly Parameter[];
        readonly result?: TypeExpr;
        readonly body?: Body;
      }
    | {
        readonly kind: 'process';
        readonly name: Name;
        readonly fairness: 'none' | 'weak' | 'strong';
        readonly parameter?: { readonly name: Name; readonly set: Expr };
        readonly interrupts?: Expr;
        readonly body: Body;
      }
    | { readonly kind: 'invariant'; readonly step: boolean; readonly name: Name; readonly formula: { readonly kind: 'expr'; readonly expr: Expr } | { readonly kind: 'never'; readonly error: Path } }
    | { readonly kind: 'property'; readonly name: Name; readonly formula: Expr }
    | { readonly kind: 'check'; readonly name: Name; readonly manual: boolean; readonly items: readonly CheckItem[] }
    | { readonly kind: 'expect'; readonly expect: Expect }
  );
