// Typing expressions: the tree's expressions become typed ones, with names resolved and defs substituted. A type error is reported
// once and silences what depends on it (undefined).

import type { Expr as Tree, Name } from '../ast/nodes.js';
import { unreachable } from '../base/unreachable.js';
import { ConstantError, evaluateClosed } from '../core/constant.js';
import type { Bound, Expr } from '../core/expr.js';
import { bool, cardinality, join, nothing, nullable, overlaps, range, type SetType, type Type } from '../core/type.js';
import { countText, MAX_ELEMENTS } from '../core/size.js';
import type { Value } from '../core/value.js';
import { typedCall } from './calls.js';
import type { Context } from './context.js';
import { where } from './decided.js';
import { convertTo, showFound } from './convert.js';
import { at as locationIn, bind, isFormula, type Env } from './env.js';
import { meaningOf, prefixInstance, processValue, typedName } from './names.js';
import { resolvePath } from './lookup.js';
import { binary, unary } from './operators.js';
import type { DefSymbol, LocalSymbol } from './symbols.js';
import { typeOf, typeOfSymbol, variableOf, constantEnv } from './types.js';
import { withoutRecursion } from './recursion.js';

/** The value of an expression that must be constant. */
export function constantValue(ctx: Context, e: Expr, surroundings?: { readonly parameter?: Value }): Value | undefined {
  try {
    return evaluateClosed(e, surroundings);
  } catch (error) {
    if (error instanceof ConstantError) return ctx.report('type/constant-error', e.at, { problem: error.message });
    throw error;
  }
}

/** The typed expression. `expected` helps where an expression alone does not tell its type (enum members of one name, `null`, `{}`). */
export function typed(ctx: Context, env: Env, e: Tree, expected?: Type): Expr | undefined {
  const at = locationIn(env, e.span);
  const sub = (x: Tree, want?: Type): Expr | undefined => typed(ctx, env, x, want);
  switch (e.kind) {
    case 'missing':
      return undefined;
    case 'int':
      if (e.value > 2 ** 31 - 1) return ctx.report('parse/number-too-large', at, { number: String(e.value) });
      return { op: 'const', value: e.value, type: range(e.value, e.value), at };
    case 'bool':
      return { op: 'const', value: e.value, type: bool, at };
    case 'null':
      return { op: 'const', value: null, type: nullable(nothing), at };
    case 'self':
      if (env.owner === undefined) return ctx.report('type/misplaced', at, { what: '`self`', where: 'in processes and procedures' });
      return { op: 'self', type: ctx.pid, at };
    case 'name':
      return typedName(ctx, env, e, expected);
    case 'field':
      return prefixInstance(ctx, env, e.object) ? typedName(ctx, env, e, expected) : fieldOf(ctx, env, e);
    case 'index':
      return indexOf(ctx, env, e);
    case 'call':
      return typedCall(ctx, env, e);
    case 'prime': {
      if (env.mode !== 'step') return ctx.report('type/misplaced', at, { what: "A prime (the value after the step)", where: 'in a `step invariant`' });
      if (env.primed) return ctx.report('type/misplaced', at, { what: 'A prime', where: 'outside of another prime, in which everything is the value after the step' });
      const operand = typed(ctx, { ...env, primed: true }, e.operand);
      return operand && { op: 'prime', operand, type: operand.type, at };
    }
    case 'unary':
      return unary(ctx, env, e);
    case 'binary':
      return binary(ctx, env, e, expected);
    case 'if': {
      const condition = truth(ctx, env, e.condition);
      const then = typed(ctx, where(env, condition, true), e.then, expected);
      const otherwise = typed(ctx, where(env, condition, false), e.else, expected ?? then?.type);
      const type = then && otherwise && joined(ctx, then, otherwise);
      return condition && type && { op: 'if', condition, then: then, else: otherwise, type, at };
    }
    case 'quantifier':
      return quantifier(ctx, env, e, 0, 0);
    case 'set': {
      const want = expected?.kind === 'set' ? expected.of : undefined;
      const elements = all(e.elements.map((x) => sub(x, want)));
      const of = elements && joinAll(ctx, elements);
      return of && { op: 'set', elements: elements, type: { kind: 'set', of }, at };
    }
    case 'filter': {
      const set = listedSet(ctx, env, e.set);
      if (set === undefined) return undefined;
      const bound: Bound = { name: e.name.text, type: set.type.of };
      const condition = truth(ctx, bind(env, bound.name, { kind: 'bound', bound }), e.condition);
      return condition && { op: 'filter', bound, set: set.expr, condition, type: set.type, at };
    }
    case 'map': {
      const set = listedSet(ctx, env, e.set);
      if (set === undefined) return undefined;
      if (set.expr.op !== 'all' && set.expr.op !== 'interval') return ctx.report('type/mismatch', set.expr.at, { found: 'a set', expected: 'a type: a map has a value for every key of its key type' });
      const bound: Bound = { name: e.name.text, type: set.type.of };
      const want = expected?.kind === 'map' ? expected.value : undefined;
      const body = typed(ctx, bind(env, bound.name, { kind: 'bound', bound }), e.value, want);
      return body && { op: 'map', bound, body, type: { kind: 'map', key: bound.type, value: body.type }, at };
    }
    case 'seq': {
      const want = expected?.kind === 'seq' ? expected.of : undefined;
      const elements = all(e.elements.map((x) => sub(x, want)));
      const of = elements && joinAll(ctx, elements);
      const max = expected?.kind === 'seq' ? Math.max(expected.max, e.elements.length) : e.elements.length;
      return of && { op: 'seq', elements: elements, type: { kind: 'seq', of, max }, at };
    }
    case 'record':
      return recordLiteral(ctx, env, e);
    case 'withIndex': {
      const map = sub(e.object);
      if (map === undefined) return undefined;
      if (map.type.kind !== 'map') return ctx.report('type/mismatch', map.at, { found: showFound(map.type), expected: 'a map' });
      const index = keyFor(ctx, env, e.index, map.type.key);
      const raw = sub(e.value, map.type.value);
      const value = raw && convertTo(ctx, raw, map.type.value, env);
      return index && value && { op: 'withIndex', map, index, value, type: map.type, at };
    }
    case 'withFields': {
      const record = sub(e.object);
      if (record === undefined) return undefined;
      const type = record.type;
      if (type.kind !== 'record') return ctx.report('type/mismatch', record.at, { found: showFound(type), expected: 'a record' });
      reportTwice(ctx, env, e.fields.map((f) => f.name));
      const fields = e.fields.map((f) => {
        const field = type.fields.findIndex((x) => x.name === f.name.text);
        if (field < 0) return ctx.report('resolve/unknown-name', locationIn(env, f.name.span), { name: f.name.text, what: 'field' });
        const raw = sub(f.value, type.fields[field]!.type);
        const value = raw && convertTo(ctx, raw, type.fields[field]!.type, env);
        return value && { field, value };
      });
      const good = all(fields);
      return good && { op: 'withFields', record, fields: good, type, at };
    }
    case 'new':
      return ctx.report('type/misplaced', at, { what: '`new`', where: 'as the whole right side of an assignment or after `return`' });
    case 'group':
      return sub(e.inner, expected);
    default:
      return unreachable(e);
  }
}

/** Reports names of which there may be one each: fields of a record, of a literal, of a new object. */
export function reportTwice(ctx: Context, env: Env, names: readonly Name[]): void {
  names.forEach((name, i) => {
    const before = names.slice(0, i).find((n) => n.text === name.text);
    if (before !== undefined) ctx.report('resolve/duplicate-name', locationIn(env, name.span), { name: name.text }, [{ at: locationIn(env, before.span), message: 'first given here' }]);
  });
}

/** All of them, or undefined when one is missing. */
export function all<T>(list: readonly (T | undefined)[]): readonly T[] | undefined {
  return list.every((x) => x !== undefined) ? (list as readonly T[]) : undefined;
}

/** A Boolean expression. */
export function truth(ctx: Context, env: Env, e: Tree): Expr | undefined {
  const x = typed(ctx, env, e, bool);
  if (x === undefined || x.type.kind === 'bool') return x;
  return ctx.report('type/mismatch', x.at, { found: showFound(x.type), expected: 'true or false' });
}

/** A set, its type and its expression. */
export function setExpr(ctx: Context, env: Env, e: Tree, expected?: Type): { readonly expr: Expr; readonly type: SetType } | undefined {
  const expr = typed(ctx, env, e, expected);
  if (expr === undefined) return undefined;
  if (expr.type.kind === 'set') return { expr, type: expr.type };
  return ctx.report('type/mismatch', expr.at, { found: showFound(expr.type), expected: 'a set' });
}

/** A set whose elements are gone through one by one: it must be small enough for that. */
export function listedSet(ctx: Context, env: Env, e: Tree, expected?: Type): { readonly expr: Expr; readonly type: SetType } | undefined {
  const set = setExpr(ctx, env, e, expected);
  return set && smallEnough(ctx, set.expr) && set;
}

export function smallEnough(ctx: Context, set: Expr): Expr | undefined {
  if ((set.op !== 'all' && set.op !== 'interval') || set.type.kind !== 'set') return set;
  const size = cardinality(set.type.of);
  if (size <= MAX_ELEMENTS) return set;
  return ctx.report('type/too-large', set.at, { problem: `This set may have ${countText(size)} elements; at most ${countText(MAX_ELEMENTS)} can be gone through` });
}

export function joined(ctx: Context, a: Expr, b: Expr): Type | undefined {
  return join(a.type, b.type) ?? ctx.report('type/mismatch', b.at, { found: showFound(b.type), expected: showFound(a.type) });
}

function joinAll(ctx: Context, elements: readonly Expr[]): Type | undefined {
  let type: Type | undefined = nothing;
  for (const x of elements) {
    const next: Type | undefined = type && join(type, x.type);
    if (type !== undefined && next === undefined) ctx.report('type/mismatch', x.at, { found: showFound(x.type), expected: showFound(type) });
    type = next;
  }
  return type;
}

/** An index: a value that may be a key (what is no key errs at run time). */
export function keyFor(ctx: Context, env: Env, e: Tree, key: Type): Expr | undefined {
  const index = typed(ctx, env, e, key);
  if (index === undefined || overlaps(index.type, key)) return index;
  if (env.dead === true && index.type.kind === 'range' && key.kind === 'range') return index;
  return ctx.report('type/mismatch', index.at, { found: showFound(index.type), expected: `a key: ${showFound(key)}` });
}

/** `m[k]`, `p[i]`, and maps keyed by a pool. */
function indexOf(ctx: Context, env: Env, e: Tree & { kind: 'index' }): Expr | undefined {
  const at = locationIn(env, e.span);
  const meaning = meaningOf(ctx, env, e.object);
  if (meaning !== undefined && meaning !== 'ambiguous' && 'symbol' in meaning) {
    const { symbol } = meaning;
    if (symbol.kind === 'process') return processValue(ctx, env, symbol, e.index, at);
    const variable = symbol.kind === 'variable' ? variableOf(ctx, symbol) : undefined;
    if (variable?.pool !== undefined) {
      if (env.mode === 'program' && variable.kind === 'ghost') return ctx.report('ghost/read', at, { name: variable.name });
      if (env.mode === 'constant') return ctx.report('type/not-constant', at, { what: 'This expression' });
      const ref = keyFor(ctx, env, e.index, { kind: 'ref', pool: variable.pool.name, size: variable.pool.size });
      return ref && { op: 'load', variable, ref, type: variable.type, at };
    }
  }
  const map = typed(ctx, env, e.object);
  if (map === undefined) return undefined;
  if (map.type.kind !== 'map') return ctx.report('type/mismatch', map.at, { found: showFound(map.type), expected: 'a map' });
  const index = keyFor(ctx, env, e.index, map.type.key);
  return index && { op: 'index', map, index, type: map.type.value, at };
}

/** `r.f` of a record, `cb.f` of an object, `p[i].x` of a process. */
function fieldOf(ctx: Context, env: Env, e: Tree & { kind: 'field' }): Expr | undefined {
  const at = locationIn(env, e.span);
  const object = typed(ctx, env, e.object);
  if (object === undefined) return undefined;
  const type = object.type.kind === 'nullable' ? object.type.of : object.type;
  const unknown = (): undefined => ctx.report('resolve/unknown-name', locationIn(env, e.field.span), { name: e.field.text, what: 'field' });
  if (type.kind === 'ref') {
    const field = ctx.fieldsOf(type.pool).find((f) => f.name === e.field.text);
    if (field === undefined) return unknown();
    return { op: 'load', variable: field.variable, ref: object, type: field.variable.type, at };
  }
  if (type.kind === 'record') {
    const field = type.fields.findIndex((f) => f.name === e.field.text);
    if (field < 0) return unknown();
    const record: Expr = object.type.kind === 'nullable' ? { op: 'convert', operand: object, type, at } : object;
    return { op: 'field', record, field, type: type.fields[field]!.type, at };
  }
  const source = object.op === 'prime' ? object.operand : object;
  if (source.op === 'instance') {
    if (!isFormula(env.mode) && env.mode !== 'ghost') return ctx.report('type/misplaced', at, { what: "A process's local", where: 'in properties' });
    const local = ctx.localsOf(source.process).get(e.field.text);
    if (local === undefined) return unknown();
    ctx.observed.add(local);
    // Before it is assigned, and when it is dead, a reference is null.
    const { type: own } = local.variable;
    return { op: 'localOf', variable: local.variable, pid: object, type: own.kind === 'ref' ? nullable(own) : own, at };
  }
  return ctx.report('type/mismatch', object.at, { found: showFound(object.type), expected: 'a record, an object or a process' });
}

/** `forall x, y in S, z in T: p` nests, one name after the other; `count` has one name. */
function quantifier(ctx: Context, env: Env, e: Tree & { kind: 'quantifier' }, binder: number, name: number): Expr | undefined {
  const { names, set: tree } = e.binders[binder]!;
  const set = listedSet(ctx, env, tree);
  if (set === undefined) return undefined;
  const bound: Bound = { name: names[name]!.text, type: set.type.of };
  const inner = bind(env, bound.name, { kind: 'bound', bound });
  const [nextBinder, nextName] = name + 1 < names.length ? [binder, name + 1] : [binder + 1, 0];
  const last = nextBinder >= e.binders.length;
  if (e.quantifier === 'count' && !last) {
    return ctx.report('type/misplaced', locationIn(env, e.span), { what: '`count`', where: 'before one name' });
  }
  const body = last ? truth(ctx, inner, e.body) : quantifier(ctx, inner, e, nextBinder, nextName);
  if (body === undefined) return undefined;
  const type = e.quantifier === 'count' ? range(0, Math.min(2 ** 31 - 1, cardinality(set.type.of))) : bool;
  return { op: 'quantifier', quantifier: e.quantifier, bound, set: set.expr, body, type, at: locationIn(env, e.span) };
}

function recordLiteral(ctx: Context, env: Env, e: Tree & { kind: 'record' }): Expr | undefined {
  const at = locationIn(env, e.span);
  const symbol = resolvePath(ctx, env.instance, e.type, 'record');
  const type = symbol && typeOfSymbol(ctx, symbol, locationIn(env, e.type.span));
  if (type === undefined || symbol === undefined) return undefined;
  if (type.kind !== 'record' || symbol.kind !== 'type') return ctx.report('type/mismatch', at, { found: showFound(type), expected: 'a record type' });
  reportTwice(ctx, env, e.fields.map((f) => f.name));
  for (const f of e.fields) {
    if (!type.fields.some((x) => x.name === f.name.text)) ctx.report('resolve/unknown-name', locationIn(env, f.name.span), { name: f.name.text, what: 'field' });
  }
  const fields = type.fields.map((field): Expr | undefined => {
    const given = e.fields.find((f) => f.name.text === field.name);
    if (given !== undefined) {
      const value = typed(ctx, env, given.value, field.type);
      return value && convertTo(ctx, value, field.type, env);
    }
    const { initial } = field;
    if (initial === undefined) return ctx.report('type/mismatch', at, { found: 'none', expected: `a value for the field '${field.name}', which has no default` });
    return { op: 'const', value: initial, type: field.type, at };
  });
  const good = all(fields);
  return good && { op: 'record', fields: good, type, at };
}

/** A def's body with the arguments in place of its parameters. */
export function defValue(ctx: Context, env: Env, symbol: DefSymbol, args: readonly Tree[], at: Expr['at']): Expr | undefined {
  const d = symbol.declaration;
  if (args.length !== d.parameters.length) return ctx.report('type/arguments', at, { name: symbol.name, expected: d.parameters.length, found: args.length });
  const own = constantEnv(symbol.instance);
  const locals: [string, LocalSymbol][] = [];
  for (const [i, p] of d.parameters.entries()) {
    const type = typeOf(ctx, own, p.type);
    const value = type && typed(ctx, env, args[i]!, type);
    const expr = type && value && convertTo(ctx, value, type, env);
    if (type === undefined || expr === undefined) return undefined;
    locals.push([p.name.text, { kind: 'expr', expr: { ...expr, type } }]);
  }
  const inner: Env = { instance: symbol.instance, mode: env.mode, locals: new Map(locals), ...(env.owner === undefined ? {} : { owner: env.owner }), ...(env.dead === true ? { dead: true } : {}) };
  const result = d.result && typeOf(ctx, own, d.result);
  const value = withoutRecursion(ctx, symbol, () => typed(ctx, inner, d.value, result));
  return value && (result === undefined ? value : convertTo(ctx, value, result, env));
}

