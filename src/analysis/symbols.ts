// What a name can mean. A symbol belongs to one module instance; what it stands for is worked out when it is first asked for.

import type { Declaration, Expr as TreeExpr } from '../ast/nodes.js';
import type { Location } from '../base/span.js';
import type { Bound, Expr, Pool, Variable } from '../core/expr.js';
import type { Type } from '../core/type.js';
import type { Value } from '../core/value.js';
import type { Instance } from './modules.js';
import type { Procedure } from './program.js';
import type { Env } from './env.js';

export type DeclarationOf<K extends Declaration['kind']> = Declaration & { readonly kind: K };

interface Declared<K extends Declaration['kind']> {
  readonly name: string;
  readonly at: Location;
  readonly instance: Instance;
  readonly declaration: DeclarationOf<K>;
  /** Something refers to it. */
  used: boolean;
}

export interface ConstSymbol extends Declared<'const'> {
  readonly kind: 'const';
  value?: { readonly type: Type; readonly value: Value } | 'error';
}
export interface TypeSymbol extends Declared<'type' | 'enum' | 'record'> {
  readonly kind: 'type';
  type?: Type | 'error';
}
export interface PoolSymbol extends Declared<'pool'> {
  readonly kind: 'pool';
  /** Fields are added while declarations are worked through. */
  pool?: Pool | 'error';
}
export interface MemberSymbol {
  readonly kind: 'member';
  readonly name: string;
  readonly at: Location;
  readonly ordinal: number;
  readonly of: TypeSymbol;
  used: boolean;
}
export interface VariableSymbol extends Declared<'var'> {
  readonly kind: 'variable';
  variable?: Variable | 'error';
}
export interface DefSymbol extends Declared<'def'> {
  readonly kind: 'def';
}
export interface MacroSymbol extends Declared<'macro'> {
  readonly kind: 'macro';
}
export interface ProcedureSymbol extends Declared<'procedure'> {
  readonly kind: 'procedure';
  procedure?: Procedure | 'error';
}
export interface ProcessSymbol extends Declared<'process'> {
  readonly kind: 'process';
  /** Index into the program's processes. */
  index: number;
}
export interface ContextSymbol extends Declared<'context'> {
  readonly kind: 'context';
}
/** A property, named by `expect` and `only` in their own way; here so that two of one name are noticed. */
export interface PropertySymbol extends Declared<'invariant' | 'property' | 'check'> {
  readonly kind: 'property';
}

/** Declared at the top of a module. */
export type Symbol =
  | ConstSymbol
  | TypeSymbol
  | PoolSymbol
  | MemberSymbol
  | VariableSymbol
  | DefSymbol
  | MacroSymbol
  | ProcedureSymbol
  | ProcessSymbol
  | ContextSymbol
  | PropertySymbol;

/** Declared inside a body or an expression. */
export type LocalSymbol =
  /** `assignable`: `var` locals and value parameters, not `with` names. */
  | { readonly kind: 'local'; readonly variable: Variable; readonly assignable: boolean; readonly at: Location; used: boolean }
  | { readonly kind: 'bound'; readonly bound: Bound }
  /** A def's parameter: the argument stands for it. */
  | { readonly kind: 'expr'; readonly expr: Expr }
  /** A macro's parameter: the argument's text, to be read where the macro was used. */
  | { readonly kind: 'text'; readonly expr: TreeExpr; readonly env: Env };

/** How a symbol is called in messages. */
export const KIND_TEXT: Record<Symbol['kind'] | LocalSymbol['kind'], string> = {
  const: 'a constant',
  type: 'a type',
  pool: 'a pool',
  member: 'a member of an enum',
  variable: 'a variable',
  def: 'a def',
  macro: 'a macro',
  procedure: 'a procedure',
  process: 'a process',
  context: 'a context name',
  property: 'a property',
  local: 'a local variable',
  bound: 'a bound name',
  expr: 'a parameter',
  text: 'a parameter of a macro',
};
