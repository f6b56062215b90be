// A spec as the oracle sees it: the declarations of one file by name, and what is worked out of them once.

import type { Declaration, Expr, Name, Stmt, TypeExpr } from '../../../src/ast/nodes.js';
import type { Code } from './code.js';
import type { Shape } from './shapes.js';
import type { State } from './state.js';
import type { Value } from './values.js';

export type Declared<K extends Declaration['kind']> = Extract<Declaration, { readonly kind: K }>;
export type Procedure = Declared<'procedure'>;
export type Process = Declared<'process'>;

export interface Instance {
  readonly process: Process;
  /** `p` or `p[1]`. */
  readonly name: string;
  readonly argument: Value;
  /** The name of what it interrupts. */
  readonly interrupts?: string;
}
/** A field of objects, declared with the pool, by `extend`, or as a map keyed by the pool. */
export interface ObjectField {
  readonly name: string;
  readonly shape: Shape;
  readonly initial: Value;
}
export interface PoolPlan {
  readonly name: string;
  readonly size: number;
  readonly fields: readonly ObjectField[];
}

export interface Spec {
  readonly declarations: readonly Declaration[];
  readonly grain: 'statement' | 'label';
  readonly named: ReadonlyMap<string, Declaration>;
  readonly members: ReadonlyMap<string, Value>;
  readonly context: string | undefined;
  readonly pools: ReadonlyMap<string, PoolPlan>;
  /** Names of fields of objects, with their shape; those of keyed maps too. */
  readonly objectFields: ReadonlyMap<string, Shape>;
  /** Maps keyed by a pool: `m[r]` is a field of r. */
  readonly keyedMaps: ReadonlySet<string>;
  readonly ghosts: ReadonlySet<string>;
  readonly instances: readonly Instance[];
  readonly code: Code;
  shapeOf(type: TypeExpr): Shape;
}

export function declared<K extends Declaration['kind']>(declarations: readonly Declaration[], kind: K): readonly Declared<K>[] {
  return declarations.filter((d): d is Declared<K> => d.kind === kind);
}

/** Whether a process is done, can move, and where it stands: asked by `done`, `enabled` and `at`. */
export interface Standing {
  readonly done: boolean;
  readonly enabled: boolean;
  readonly label: string | undefined;
}

/** Where an expression is evaluated. */
export interface Scene {
  readonly spec: Spec;
  readonly state: State;
  /** The state after the step, for what is primed. */
  readonly after?: State;
  /** In a temporal formula a quantifier over a pool is over its slots. */
  readonly overSlots?: boolean;
  /** In a process: its number, and that of the frame. */
  readonly at?: { readonly process: number; readonly frame: number };
  readonly bound: ReadonlyMap<string, Value>;
  /** Arguments of a `def`: evaluated where they are read. */
  readonly late?: ReadonlyMap<string, () => Value>;
  readonly standing: (state: State, process: number) => Standing;
}

export const nameOf = (e: Expr): string | undefined => (e.kind === 'name' ? e.name.text : undefined);
export const calleeOf = (e: Expr | undefined): string | undefined => (e?.kind === 'call' ? nameOf(e.callee) : undefined);
export const argumentsOf = (e: Expr): readonly Expr[] => (e.kind === 'call' ? e.arguments : []);

export function procedureOf(spec: Spec, e: Expr | undefined): Procedure | undefined {
  const d = spec.named.get(calleeOf(e) ?? '');
  return d?.kind === 'procedure' ? d : undefined;
}
export function macroOf(spec: Spec, s: Stmt): Declared<'macro'> | undefined {
  const d = s.kind === 'call' ? spec.named.get(calleeOf(s.call) ?? '') : undefined;
  return d?.kind === 'macro' ? d : undefined;
}
const EXCHANGES: ReadonlySet<string> = new Set(['cmpxchg', 'xchg', 'fetch_add']);
export function isExchange(spec: Spec, e: Expr | undefined): e is Expr & { readonly kind: 'call' } {
  const callee = calleeOf(e);
  return callee !== undefined && EXCHANGES.has(callee) && !spec.named.has(callee);
}
/** `x` of `x`, `x.f[i]`, `(x)`. */
export function rootOf(e: Expr): string | undefined {
  if (e.kind === 'field' || e.kind === 'index') return rootOf(e.object);
  return e.kind === 'group' ? rootOf(e.inner) : nameOf(e);
}
export const isProcess = (spec: Spec, e: Expr): boolean => spec.named.get(nameOf(e.kind === 'index' ? e.object : e) ?? '')?.kind === 'process';
export const text = (n: Name): string => n.text;
