// Types and constants: type expressions and named types become core types, constants get their values, pools their slots.

import type { Expr as TreeExpr, TypeExpr } from '../ast/nodes.js';
import type { Location } from '../base/span.js';
import { unreachable } from '../base/unreachable.js';
import type { Expr, Pool } from '../core/expr.js';
import { bool, cardinality, elementTypes, isNothing, nullable, range, showType, type RecordType, type Type } from '../core/type.js';
import { countText, sizeProblem } from '../core/size.js';
import { hasType, valueAt, type Value } from '../core/value.js';
import { overrideOf, type Context, type Override } from './context.js';
import { at as locationIn, type Env } from './env.js';
import { showFound } from './convert.js';
import { constantValue, reportTwice, typed } from './expressions.js';
import { resolvePath } from './lookup.js';
import { locate, type Instance } from './modules.js';
import { KIND_TEXT, type ConstSymbol, type PoolSymbol, type Symbol, type TypeSymbol, type VariableSymbol } from './symbols.js';
import { withoutRecursion } from './recursion.js';

/** How the pools behind abstract types that nothing gives are named. */
export const OPAQUE = 'abstract ';

/** The largest set or map that a state may hold, in elements. */
const MAX_ELEMENTS = 4096;

export const constantEnv = (instance: Instance): Env => ({ instance, mode: 'constant', locals: new Map() });

/** The type that is written; reported and undefined when it is too large to be stored. */
export function typeOf(ctx: Context, env: Env, t: TypeExpr): Type | undefined {
  const type = written(ctx, env, t);
  const problem = type && t.kind !== 'named' ? sizeProblem(type) : undefined;
  return problem === undefined ? type : ctx.report('type/too-large', locationIn(env, t.span), { problem: `This type ${problem}` });
}

function written(ctx: Context, env: Env, t: TypeExpr): Type | undefined {
  const at = locationIn(env, t.span);
  switch (t.kind) {
    case 'named': {
      const { parts } = t.path;
      if (parts.length === 1 && parts[0]!.text === 'bool') return bool;
      if (parts.length === 1 && parts[0]!.text === 'pid') return ctx.pid;
      const symbol = resolvePath(ctx, env.instance, t.path, 'type');
      return symbol && typeOfSymbol(ctx, symbol, at);
    }
    case 'range': {
      const lo = constantNumber(ctx, env, t.lo);
      const hi = constantNumber(ctx, env, t.hi);
      if (lo === undefined || hi === undefined) return undefined;
      if (lo > hi) return ctx.report('type/empty-range', at, { lo, hi });
      return range(lo, hi);
    }
    case 'nullable': {
      const of = typeOf(ctx, env, t.of);
      return of && nullable(of);
    }
    case 'map': {
      const key = typeOf(ctx, env, t.key);
      const value = typeOf(ctx, env, t.value);
      return key && value && fits(ctx, at, key, 'A map’s key type', { kind: 'map', key, value });
    }
    case 'set': {
      const of = typeOf(ctx, env, t.of);
      return of && fits(ctx, at, of, 'A set’s element type', { kind: 'set', of });
    }
    case 'seq': {
      const of = typeOf(ctx, env, t.of);
      const max = constantNumber(ctx, env, t.max);
      if (of === undefined || max === undefined) return undefined;
      if (max < 1 || max > MAX_ELEMENTS) return ctx.report('type/too-large', at, { problem: `This sequence may have ${countText(max)} elements; the limit is 1 to ${countText(MAX_ELEMENTS)}` });
      return { kind: 'seq', of, max };
    }
    default:
      return unreachable(t);
  }
}

function fits(ctx: Context, at: Location, elements: Type, what: string, whole: Type): Type | undefined {
  const size = cardinality(elements);
  if (size <= MAX_ELEMENTS) return whole;
  return ctx.report('type/too-large', at, { problem: `${what} has ${countText(size)} values; the limit is ${countText(MAX_ELEMENTS)}` });
}

function constantNumber(ctx: Context, env: Env, e: TreeExpr): number | undefined {
  const constant = typed(ctx, { ...env, mode: 'constant' }, e);
  if (constant === undefined) return undefined;
  if (constant.type.kind !== 'range') return ctx.report('type/mismatch', constant.at, { found: showType(constant.type), expected: 'a number' });
  const value = constantValue(ctx, constant);
  return typeof value === 'number' ? value : undefined;
}

export function typeOfSymbol(ctx: Context, symbol: Symbol, at: Location): Type | undefined {
  if (symbol.kind === 'pool') {
    const pool = poolOf(ctx, symbol);
    return pool && { kind: 'ref', pool: pool.name, size: pool.size };
  }
  if (symbol.kind !== 'type') return ctx.report('resolve/wrong-kind', at, { name: symbol.name, is: KIND_TEXT[symbol.kind], expected: 'a type' });
  if (symbol.type === undefined) {
    withoutRecursion(ctx, symbol, () => (symbol.type = makeType(ctx, symbol) ?? 'error'));
  }
  return symbol.type === 'error' ? undefined : symbol.type;
}

function makeType(ctx: Context, symbol: TypeSymbol): Type | undefined {
  const d = symbol.declaration;
  const name = ctx.shown(symbol);
  const env = constantEnv(symbol.instance);
  if (d.kind === 'enum') return { kind: 'enum', name, members: d.members.map((m) => m.text) };
  if (d.kind === 'type') {
    if (d.definition !== undefined) return typeOf(ctx, env, d.definition);
    const binding = symbol.instance.bindings.get(symbol.name);
    if (binding !== undefined) return boundType(ctx, binding.expr, constantEnv(binding.from));
    // Left open: opaque references, so that the file can be analysed by itself.
    return { kind: 'ref', pool: `${OPAQUE}${name}`, size: 2 };
  }
  reportTwice(ctx, env, d.fields.map((f) => f.name));
  const fields = d.fields.map((f) => {
    const type = typeOf(ctx, env, f.type);
    const initial = f.initial && type && initialValue(ctx, env, f.initial, type);
    return { name: f.name.text, type, ...(initial === undefined ? {} : { initial }) };
  });
  return fields.some((f) => f.type === undefined) ? undefined : ({ kind: 'record', name, fields } as RecordType);
}

/** `with T = 0..3`: an expression that names a type or a range. */
function boundType(ctx: Context, e: TreeExpr, env: Env): Type | undefined {
  if (e.kind === 'binary' && e.operator === '..') return typeOf(ctx, env, { kind: 'range', lo: e.left, hi: e.right, span: e.span });
  if (e.kind === 'name' && (e.name.text === 'bool' || e.name.text === 'pid')) return e.name.text === 'bool' ? bool : ctx.pid;
  return ctx.report('type/mismatch', locationIn(env, e.span), { found: 'an expression', expected: 'the name of a type, or a range' });
}

/** A value for a place of a type, known before the spec runs; a single value fills a map. */
export function initialValue(ctx: Context, env: Env, e: TreeExpr, type: Type): Value | undefined {
  const constant = typed(ctx, { ...env, mode: 'constant' }, e, type);
  return constant && fillValue(ctx, constant, type);
}

function fillValue(ctx: Context, constant: Expr, type: Type): Value | undefined {
  const value = constantValue(ctx, constant);
  if (value === undefined) return undefined;
  const filled = fill(type, value, constant.type);
  if (filled !== undefined) return filled;
  // A number of the wrong size is told apart from a value of another kind.
  const code = overlapsIn(constant.type, type) ? 'type/never-fits' : 'type/mismatch';
  const found = constant.type.kind === 'range' ? range(value as number, value as number) : constant.type;
  return ctx.report(code, constant.at, { found: showFound(found), expected: showType(type) });
}

const inner = (t: Type): Type => (t.kind === 'nullable' ? inner(t.of) : t.kind === 'map' ? inner(t.value) : t);
const overlapsIn = (a: Type, b: Type): boolean => inner(a).kind === 'range' && inner(b).kind === 'range' && !isNothing(inner(a));

/** The value as one of `type`: itself, or in every entry of a map (`var m: [K -> bool] = false`). */
export function fill(type: Type, value: Value, from: Type): Value | undefined {
  if (compatible(from, type) && hasType(type, value)) return value;
  if (type.kind !== 'map') return undefined;
  const entry = fill(type.value, value, from);
  return entry === undefined ? undefined : Array.from({ length: cardinality(type.key) }, () => entry);
}

/** Values of the two types are told apart by more than their shape. */
function compatible(from: Type, to: Type): boolean {
  const a = from.kind === 'nullable' ? from.of : from;
  const b = to.kind === 'nullable' ? to.of : to;
  if (from.kind === 'nullable' && a.kind === 'range' && a.lo > a.hi) return to.kind === 'nullable';
  return a.kind === b.kind && (a.kind !== 'enum' || a.name === (b as typeof a).name);
}

export function constantOf(ctx: Context, symbol: ConstSymbol): { readonly type: Type; readonly value: Value } | undefined {
  if (symbol.value === undefined) {
    withoutRecursion(ctx, symbol, () => (symbol.value = makeConstant(ctx, symbol) ?? 'error'));
  }
  return symbol.value === 'error' ? undefined : symbol.value;
}

function makeConstant(ctx: Context, symbol: ConstSymbol): { readonly type: Type; readonly value: Value } | undefined {
  const env = constantEnv(symbol.instance);
  const d = symbol.declaration;
  const type = typeOf(ctx, env, d.type);
  if (type === undefined) return undefined;
  const override = overrideOf(ctx, symbol);
  const binding = symbol.instance.bindings.get(symbol.name);
  if (override?.kind === 'value') return { type, value: override.value };
  if (override?.kind === 'text') {
    const value = valueFromText(type, override.text);
    if (value === undefined) {
      const related = [{ at: locate(symbol.instance.source, d.type.span), message: 'the values it can have' }];
      return ctx.report('check/constant-value', symbol.at, { option: `--const ${symbol.name}=${override.text}`, name: symbol.name, expected: showType(type) }, related);
    }
    return { type, value };
  }
  if (override?.kind === 'expr') return valuedByCheck(ctx, override, symbol, type);
  if (binding !== undefined) return valued(ctx, constantEnv(binding.from), binding.expr, type);
  if (d.value !== undefined) return valued(ctx, env, d.value, type);
  return { type, value: valueAt(type, 0) };
}

/** The value that a check block sets: what is wrong with it is said there, and of which constant. */
function valuedByCheck(ctx: Context, by: Override & { readonly kind: 'expr' }, symbol: ConstSymbol, type: Type): { readonly type: Type; readonly value: Value } | undefined {
  const env: Env = { ...constantEnv(by.instance), mode: 'constant' };
  const constant = typed(ctx, env, by.expr, type);
  const value = constant && constantValue(ctx, constant);
  if (constant === undefined || value === undefined) return undefined;
  const filled = fill(type, value, constant.type);
  if (filled !== undefined) return { type, value: filled };
  const related = [{ at: symbol.at, message: 'the constant' }];
  return ctx.report('check/constant-value', constant.at, { option: `check '${by.check}'`, name: symbol.name, expected: showType(type) }, related);
}

function valued(ctx: Context, env: Env, e: TreeExpr, type: Type): { readonly type: Type; readonly value: Value } | undefined {
  const value = initialValue(ctx, env, e, type);
  return value === undefined ? undefined : { type, value };
}

/** `--const N=3`: a number, true, false, null or the name of an enum member. */
function valueFromText(type: Type, text: string): Value | undefined {
  if (type.kind === 'nullable') return text === 'null' ? null : valueFromText(type.of, text);
  if (type.kind === 'bool') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type.kind === 'enum') return type.members.includes(text) ? type.members.indexOf(text) : undefined;
  if (type.kind === 'range' && /^-?\d+$/.test(text)) return hasType(type, Number(text)) ? Number(text) : undefined;
  return undefined;
}

type Fields = { variable: Pool['fields'][number]['variable']; initial: Value }[];

/** The pool with its size; fields are added by `declareFields` when all names are known, for their types may refer to the pool. */
export function poolOf(ctx: Context, symbol: PoolSymbol): Pool | undefined {
  if (symbol.pool === undefined) {
    symbol.pool = 'error';
    const { declaration: d, instance } = symbol;
    const size = constantNumber(ctx, constantEnv(instance), d.size);
    if (size === undefined) return undefined;
    if (size < 1 || size > 64) return ctx.report('type/too-large', locate(instance.source, d.size.span), { problem: `This pool has ${size} slots; the limit is 1 to 64` });
    symbol.pool = { name: ctx.shown(symbol), size, reuse: d.reuse, noleak: d.noleak, fields: [] as Fields, at: symbol.at };
  }
  return symbol.pool === 'error' ? undefined : symbol.pool;
}

export function addField(pool: Pool, field: Pool['fields'][number]): void {
  (pool.fields as Fields).push(field);
}

/** The variable, its type without its key when it is a map keyed by a pool. */
export function variableOf(ctx: Context, symbol: VariableSymbol): NonNullable<Exclude<VariableSymbol['variable'], 'error'>> | undefined {
  if (symbol.variable === undefined) {
    symbol.variable = 'error';
    const { declaration: d, instance } = symbol;
    const env = constantEnv(instance);
    const type = d.type === undefined ? inferred(ctx, symbol) : typeOf(ctx, env, d.type);
    if (type === undefined) return undefined;
    const inside = type.kind === 'map' && type.key.kind === 'ref' ? type.value : type;
    if (!withoutPoolKeys(ctx, symbol.at, inside)) return undefined;
    const kind = d.ghost ? 'ghost' : 'shared';
    const name = ctx.shown(symbol);
    if (type.kind === 'map' && type.key.kind === 'ref') {
      symbol.variable = { name, type: type.value, kind, pool: ctx.poolNamed(type.key.pool), at: symbol.at };
    } else symbol.variable = { name, type, kind, at: symbol.at };
  }
  return symbol.variable === 'error' ? undefined : symbol.variable;
}

function inferred(ctx: Context, symbol: VariableSymbol): Type | undefined {
  const { declaration: d, instance } = symbol;
  const e = d.initial && typed(ctx, constantEnv(instance), d.initial.expr);
  if (d.initial !== undefined && e === undefined) return undefined;
  const type = d.initial?.kind === 'choice' && e?.type.kind === 'set' ? e.type.of : e?.type;
  if (type === undefined || !tellsItsRange(type)) return ctx.report('type/needs-range', symbol.at, { name: symbol.name });
  return type;
}

const OUTERMOST = { what: 'A map keyed by a pool', where: 'outermost in the type of a shared or ghost variable' };

/** Reports a map keyed by a pool in the type: its entries are fields of the pool's objects, so it is no value. */
export function withoutPoolKeys(ctx: Context, at: Location, type: Type): boolean {
  if (type.kind === 'map' && type.key.kind === 'ref') {
    ctx.report('type/misplaced', at, OUTERMOST);
    return false;
  }
  return elementTypes(type).every((t) => withoutPoolKeys(ctx, at, t));
}

/** A type that says all that a declaration would: no bare number, no bare null, nothing empty. */
export function tellsItsRange(type: Type): boolean {
  switch (type.kind) {
    case 'range':
      return type.lo < type.hi;
    case 'nullable':
    case 'set':
    case 'seq':
      return tellsItsRange(type.of);
    case 'map':
      return tellsItsRange(type.value);
    case 'bool':
    case 'enum':
    case 'record':
    case 'ref':
    case 'pid':
      return true;
    default:
      return unreachable(type);
  }
}

/** A reference that is never null has no value before there is an object; nor has a record or map of such. What is left open may have one. */
export function hasFirstValue(t: Type): boolean {
  return t.kind === 'record' ? t.fields.every((field) => hasFirstValue(field.type)) : t.kind === 'map' ? hasFirstValue(t.value) : t.kind !== 'ref' || t.pool.startsWith(OPAQUE);
}
