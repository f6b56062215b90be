// Names in expressions: locals, what modules declare, and what the dots behind them mean.

import type { Expr as Tree, Name } from '../ast/nodes.js';
import type { Expr } from '../core/expr.js';
import type { Context } from './context.js';
import { at as locationIn, type Env } from './env.js';
import { defValue, typed } from './expressions.js';
import { findMembers, findTop, given, prefixedModule } from './lookup.js';
import { visibleNames, type Instance } from './modules.js';
import { nearest } from '../base/suggest.js';
import { KIND_TEXT, type LocalSymbol, type MemberSymbol, type Symbol } from './symbols.js';
import { constantOf, poolOf, typeOf, typeOfSymbol, variableOf, constantEnv } from './types.js';
import type { Type } from '../core/type.js';

export const BUILTINS = ['at', 'in', 'done', 'alive', 'enabled', 'len', 'head', 'tail', 'append', 'cmpxchg', 'xchg', 'fetch_add'];

export type Meaning = { readonly local: LocalSymbol } | { readonly symbol: Symbol };

/** What a name or a prefixed name `m.x` denotes; undefined for anything else, and for unknown names. */
export function meaningOf(ctx: Context, env: Env, e: Tree): Meaning | 'ambiguous' | undefined {
  if (e.kind === 'name') {
    const local = env.locals.get(e.name.text);
    if (local !== undefined) return { local };
    const symbol = findTop(ctx, env.instance, e.name.text, locationIn(env, e.span));
    return symbol === 'ambiguous' ? 'ambiguous' : symbol && { symbol };
  }
  if (e.kind !== 'field') return undefined;
  const instance = prefixInstance(ctx, env, e.object);
  const symbol = instance && findTop(ctx, instance, e.field.text, locationIn(env, e.field.span));
  return symbol === 'ambiguous' ? 'ambiguous' : symbol && { symbol };
}

/** The module behind `m` or `m.n`, when it is a prefix and no variable hides it. */
export function prefixInstance(ctx: Context, env: Env, e: Tree): Instance | undefined {
  if (e.kind === 'name') {
    const { text } = e.name;
    if (env.locals.has(text) || findTop(ctx, env.instance, text, locationIn(env, e.span)) !== undefined) return undefined;
    return prefixedModule(ctx, env.instance, text, locationIn(env, e.span));
  }
  const outer = e.kind === 'field' ? prefixInstance(ctx, env, e.object) : undefined;
  return outer && e.kind === 'field' ? prefixedModule(ctx, outer, e.field.text, locationIn(env, e.field.span)) : undefined;
}

/** A name as a value. */
export function typedName(ctx: Context, env: Env, e: Tree & { kind: 'name' | 'field' }, expected: Type | undefined): Expr | undefined {
  const name = e.kind === 'name' ? e.name : e.field;
  const where = locationIn(env, e.span);
  const meaning = meaningOf(ctx, env, e);
  if (meaning === 'ambiguous') return undefined;
  if (meaning === undefined) {
    if (e.kind === 'name' && e.name.text === 'bool') return { op: 'all', of: { kind: 'bool' }, type: { kind: 'set', of: { kind: 'bool' } }, at: where };
    if (e.kind === 'name' && e.name.text === 'pid') return { op: 'all', of: ctx.pid, type: { kind: 'set', of: ctx.pid }, at: where };
    return unknown(ctx, env, name, e);
  }
  return 'local' in meaning ? localValue(ctx, env, meaning.local, where) : symbolValue(ctx, env, meaning.symbol, name, expected, where);
}

function unknown(ctx: Context, env: Env, name: Name, e: Tree): undefined {
  const instance = e.kind === 'field' ? prefixInstance(ctx, env, e.object) : undefined;
  const names = instance ? visibleNames(instance) : [...env.locals.keys(), ...visibleNames(env.instance), ...env.instance.prefixes.keys(), ...BUILTINS];
  return ctx.report('resolve/unknown-name', locationIn(env, name.span), { name: name.text, near: nearest(name.text, names) });
}

function localValue(ctx: Context, env: Env, local: LocalSymbol, at: Expr['at']): Expr | undefined {
  switch (local.kind) {
    case 'local':
      local.used = true;
      if (env.mode === 'constant') return ctx.report('type/not-constant', at, { what: 'This expression' });
      return { op: 'var', variable: local.variable, type: local.variable.type, at };
    case 'bound':
      return { op: 'bound', bound: local.bound, type: local.bound.type, at };
    case 'expr':
      return { ...local.expr, at };
    case 'text':
      return typed(ctx, { ...local.env, mode: env.mode }, local.expr);
  }
}

function symbolValue(ctx: Context, env: Env, symbol: Symbol, name: Name, expected: Type | undefined, at: Expr['at']): Expr | undefined {
  switch (symbol.kind) {
    case 'const': {
      const constant = constantOf(ctx, symbol);
      // The interval of a constant number is the number, so that arithmetic with it stays narrow.
      return constant && { op: 'const', value: constant.value, type: narrow(constant.type, constant.value), at };
    }
    case 'member':
      return memberValue(ctx, env, symbol, name, expected, at);
    case 'type': {
      const of = typeOfSymbol(ctx, symbol, at);
      return of && { op: 'all', of, type: { kind: 'set', of }, at };
    }
    case 'pool': {
      const pool = poolOf(ctx, symbol);
      if (pool === undefined) return undefined;
      const of: Type = { kind: 'ref', pool: pool.name, size: pool.size };
      if (env.mode === 'temporal') return { op: 'all', of, type: { kind: 'set', of }, at };
      if (env.mode === 'constant') return ctx.report('type/not-constant', at, { what: 'This expression' });
      if (env.mode === 'program') ctx.report('lifetime/omniscient', at, { pool: pool.name });
      return { op: 'live', pool, type: { kind: 'set', of }, at };
    }
    case 'variable': {
      const variable = variableOf(ctx, symbol);
      if (variable === undefined) return undefined;
      if (env.mode === 'constant') return ctx.report('type/not-constant', at, { what: 'This expression' });
      if (env.mode === 'program' && variable.kind === 'ghost') return ctx.report('ghost/read', at, { name: variable.name });
      if (variable.pool !== undefined) return ctx.report('type/misplaced', at, { what: `'${variable.name}', a map keyed by a pool,`, where: 'before an index' });
      return { op: 'var', variable, type: variable.type, at };
    }
    case 'context':
      return contextValue(ctx, env, symbol.name, at, typeOf(ctx, constantEnv(symbol.instance), symbol.declaration.type));
    case 'process':
      return processValue(ctx, env, symbol, undefined, at);
    case 'def':
      if (symbol.declaration.parameters.length === 0) return defValue(ctx, env, symbol, [], at);
      return ctx.report('resolve/wrong-kind', at, { name: symbol.name, is: 'a def with parameters', expected: 'a value' });
    case 'macro':
    case 'procedure':
    case 'property':
      return ctx.report('resolve/wrong-kind', at, { name: symbol.name, is: KIND_TEXT[symbol.kind], expected: 'a value' });
  }
}

const narrow = (type: Type, value: unknown): Type => (type.kind === 'range' && typeof value === 'number' ? { kind: 'range', lo: value, hi: value } : type);

/** A member that several enums have is the one of the type that is wanted here. */
function memberValue(ctx: Context, env: Env, symbol: MemberSymbol, name: Name, expected: Type | undefined, at: Expr['at']): Expr | undefined {
  const all = findMembers(env.instance, name.text).map((s) => given(ctx, s)) as MemberSymbol[];
  const wanted = expected?.kind === 'nullable' || expected?.kind === 'set' || expected?.kind === 'seq' ? expected.of : expected;
  const options = (all.length === 0 ? [symbol] : all).map((m) => ({ m, type: typeOfSymbol(ctx, m.of, at) }));
  const fitting = options.filter(({ type }) => type?.kind === 'enum' && wanted?.kind === 'enum' && type.name === wanted.name);
  const chosen = fitting[0] ?? (options.length === 1 ? options[0] : undefined);
  if (chosen === undefined) return ctx.report('resolve/ambiguous', at, { name: name.text, candidates: options.map(({ m }) => `${m.of.name}'s '${name.text}'`) });
  chosen.m.used = true;
  chosen.m.of.used = true;
  return chosen.type && { op: 'const', value: chosen.m.ordinal, type: chosen.type, at };
}

function contextValue(ctx: Context, env: Env, name: string, at: Expr['at'], type: Type | undefined): Expr | undefined {
  const { owner } = env;
  if (type === undefined) return undefined;
  if (owner === undefined) return ctx.report('type/misplaced', at, { what: `The context '${name}'`, where: 'in processes and procedures' });
  owner.contexts.set(name, at);
  return { op: 'parameter', type, at };
}

/** `p` or `p[e]`: a process instance. */
export function processValue(ctx: Context, env: Env, symbol: Symbol & { kind: 'process' }, argument: Tree | undefined, at: Expr['at']): Expr | undefined {
  const process = ctx.shown(symbol);
  const own = ctx.instances.filter((i) => i.process === symbol.index);
  const parameter = symbol.declaration.parameter;
  if ((parameter === undefined) !== (argument === undefined)) {
    return ctx.report('type/mismatch', at, {
      found: argument === undefined ? `process '${process}' without an index` : `an index`,
      expected: parameter === undefined ? `'${process}' alone, there is one` : `\`${process}[…]\`, there are ${own.length}`,
    });
  }
  if (argument === undefined) return { op: 'instance', process, type: ctx.pid, at };
  const e = typed(ctx, env, argument);
  return e && { op: 'instance', process, argument: e, type: ctx.pid, at };
}

