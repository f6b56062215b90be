// Typing statements. What a construct may do where it stands (loops, `atomic`, procedures) travels in the flow.

import type { Expr as Tree, Stmt as TreeStmt } from '../ast/nodes.js';
import { unreachable } from '../base/unreachable.js';
import type { Location } from '../base/span.js';
import type { Expr, Place, Variable } from '../core/expr.js';
import { overlaps } from '../core/type.js';
import type { Context } from './context.js';
import { where } from './decided.js';
import { convertTo, showFound } from './convert.js';
import { at as locationIn, bind, type Env } from './env.js';
import { all, listedSet, reportTwice, truth, typed } from './expressions.js';
import { meaningOf } from './names.js';
import { resolvePath } from './lookup.js';
import { arithmetic, number } from './operators.js';
import { placeOf } from './places.js';
import { procedureCall } from './procedures.js';
import type { Label, Stmt } from './program.js';
import { KIND_TEXT } from './symbols.js';
import { poolOf } from './types.js';
import { nearest } from '../base/suggest.js';
import { withoutRecursion } from './recursion.js';

export interface Flow {
  readonly labels: ReadonlySet<string>;
  readonly inLoop: boolean;
  readonly inAtomic: boolean;
  readonly inMacro?: boolean;
  /** Directly in the body of a process or procedure. */
  readonly top: boolean;
  /** In a procedure: the variable of its result. */
  readonly procedure?: { readonly result?: Variable };
  /** The name of the property of each named assertion. */
  readonly assertion: (name: string, at: Location) => string;
}

export function statementsOf(ctx: Context, env: Env, list: readonly TreeStmt[], flow: Flow): readonly Stmt[] {
  let here = env;
  return list.flatMap((s): readonly Stmt[] => {
    // A jump may lead to a label whatever stands above it.
    if (s.label !== undefined) here = env;
    const stmt = statement(ctx, here, s, flow);
    if (stmt?.kind === 'await' || stmt?.kind === 'rest') here = where(here, stmt.condition, true);
    if (stmt === undefined) return [];
    if (s.label === undefined) return [stmt];
    const at = locationIn(env, s.label.span);
    const label: Label = { name: s.label.name.text, at, ...(s.label.fairness === undefined ? {} : { fairness: s.label.fairness }) };
    if (flow.inMacro === true) ctx.report('type/misplaced', at, { what: `The label '${label.name}'`, where: 'outside of macros: the statements stand wherever the macro is used' });
    else if (flow.inAtomic) ctx.report('steps/label-in-atomic', at, { label: label.name });
    else if (isGhost(stmt) && stmt.kind !== 'assert') ctx.report('ghost/labelled', at, {});
    return [{ ...stmt, label }];
  });
}

/** It writes only ghosts. */
const isGhost = (s: Stmt): boolean => s.kind === 'assign' && s.targets.length > 0 && s.targets.every((t) => t.variable.kind === 'ghost');

function statement(ctx: Context, env: Env, s: TreeStmt, flow: Flow): Stmt | undefined {
  const at = locationIn(env, s.span);
  const inner = (list: readonly TreeStmt[], change: Partial<Flow> = {}, e: Env = env): readonly Stmt[] =>
    statementsOf(ctx, e, list, { ...flow, top: false, ...change });
  const program: Env = env;
  switch (s.kind) {
    case 'skip':
      return { kind: 'skip', at };
    case 'break':
    case 'continue':
      if (!flow.inLoop) return ctx.report('flow/outside', at, { statement: s.kind, where: 'a loop' });
      return { kind: s.kind, at };
    case 'assign':
      return assignment(ctx, env, s, at);
    case 'call':
      return callStatement(ctx, env, s.call, at, flow);
    case 'await':
    case 'rest': {
      const condition = truth(ctx, program, s.condition);
      return condition && { kind: s.kind, condition, at };
    }
    case 'assert': {
      const condition = truth(ctx, { ...env, mode: 'ghost' }, s.condition);
      const property = s.property && flow.assertion(s.property.text, locationIn(env, s.property.span));
      return condition && { kind: 'assert', condition, at, ...(property === undefined ? {} : { property }) };
    }
    case 'if': {
      const otherwise = s.else === undefined ? [] : 'statements' in s.else ? s.else.statements : [s.else];
      const deciding = conditionQuietly(ctx, env, s.condition);
      const then = inner(s.then.statements, {}, where(env, deciding, true));
      const rest = inner(otherwise, {}, where(env, deciding, false));
      const branches = [...then, ...rest];
      const ghost = branches.length > 0 && branches.every(isGhostOnly);
      const condition = truth(ctx, ghost ? { ...env, mode: 'ghost' } : program, s.condition);
      return condition && { kind: 'if', condition, then, else: rest, at };
    }
    case 'while': {
      const condition = truth(ctx, program, s.condition);
      const body = inner(s.body.statements, { inLoop: true }, where(env, condition, true));
      return condition && { kind: 'while', condition, body, at };
    }
    case 'loop':
      return { kind: 'loop', body: inner(s.body.statements, { inLoop: true }), at };
    case 'atomic':
      return { kind: 'atomic', body: inner(s.body.statements, { inAtomic: true }), at };
    case 'goto': {
      const name = s.target.text;
      if (flow.labels.has(name)) return { kind: 'goto', target: name, at };
      return ctx.report('resolve/unknown-name', locationIn(env, s.target.span), { name, what: 'label', near: nearest(name, flow.labels) });
    }
    case 'either':
      return { kind: 'either', branches: s.branches.map((b) => inner(b.statements)), at };
    case 'with': {
      const set = listedSet(ctx, program, s.set);
      if (set === undefined) return undefined;
      const named = locationIn(env, s.name.span);
      const variable: Variable = { name: s.name.text, type: set.type.of, kind: 'local', at: named };
      const body = inner(s.body.statements, {}, bind(env, s.name.text, { kind: 'local', variable, assignable: false, at: named, used: false }));
      return { kind: 'with', variable, set: set.expr, body, at };
    }
    case 'return': {
      if (flow.procedure === undefined) return ctx.report('flow/outside', at, { statement: 'return', where: 'a procedure' });
      const { result } = flow.procedure;
      if (s.value === undefined) {
        if (result !== undefined) return ctx.report('type/mismatch', at, { found: '`return` without a value', expected: `a value of ${showFound(result.type)}` });
        return { kind: 'return', at };
      }
      if (result === undefined) return ctx.report('type/mismatch', at, { found: 'a value', expected: '`return` alone: the procedure has no result' });
      const store = valueStatement(ctx, program, { variable: result, path: [], type: result.type, at }, s.value, at);
      if (store === undefined) return undefined;
      if (store.kind === 'assign') return { kind: 'return', value: store.values[0]!, at };
      return { kind: 'block', body: [store, { kind: 'return', at }], at };
    }
    case 'defer': {
      if (!flow.top) return ctx.report('flow/outside', at, { statement: 'defer', where: 'the top level of a body' });
      const call = procedureCall(ctx, env, s.call, undefined, at);
      return call && { kind: 'defer', procedure: call.procedure, arguments: call.arguments, at };
    }
    case 'free':
    case 'touch': {
      const ref = typed(ctx, program, s.operand);
      const type = ref?.type.kind === 'nullable' ? ref.type.of : ref?.type;
      if (ref === undefined || type === undefined) return undefined;
      if (type.kind !== 'ref') return ctx.report('type/mismatch', ref.at, { found: showFound(ref.type), expected: 'a reference to an object' });
      return { kind: s.kind, pool: ctx.poolNamed(type.pool), ref, at };
    }
    default:
      return unreachable(s);
  }
}

/** The condition of an `if`, whose branches decide what it may read: for its value only, nothing is reported. */
function conditionQuietly(ctx: Context, env: Env, e: Tree): Expr | undefined {
  return truth({ ...ctx, report: () => undefined }, { ...env, mode: 'ghost' }, e);
}

const isGhostOnly = (s: Stmt): boolean =>
  isGhost(s) || s.kind === 'assert' || (s.kind === 'if' && [...s.then, ...s.else].every(isGhostOnly)) || (s.kind === 'block' && s.body.every(isGhostOnly));

function assignment(ctx: Context, env: Env, s: TreeStmt & { kind: 'assign' }, at: Location): Stmt | undefined {
  // Which names may be read depends on what is written, so the targets come first; their own indices are read again below if need be.
  const ghostly = s.targets.map((t) => isGhostTarget(ctx, env, t));
  if (ghostly.some((g) => g) && !ghostly.every((g) => g)) return ctx.report('ghost/mixed', at, {});
  const reading: Env = ghostly[0] ? { ...env, mode: 'ghost' } : env;
  const targets = all(s.targets.map((t) => placeOf(ctx, reading, t)));
  if (s.targets.length !== s.values.length) {
    return ctx.report('type/arguments', at, { name: ':=', expected: s.targets.length, found: s.values.length });
  }
  if (s.targets.length === 1) return targets && valueStatement(ctx, reading, targets[0]!, s.values[0]!, at);
  const values = s.values.map((v, i) => {
    const target = targets?.[i];
    const value = typed(ctx, reading, v, target?.type);
    return value && target && convertTo(ctx, value, target.type, env);
  });
  const good = all(values);
  return targets && good && { kind: 'assign', targets, values: good, at };
}

/** The variable at the root of a target is a ghost. */
function isGhostTarget(ctx: Context, env: Env, e: Tree): boolean {
  const meaning = meaningOf(ctx, env, e);
  if (meaning !== undefined && meaning !== 'ambiguous') {
    if ('symbol' in meaning) return meaning.symbol.kind === 'variable' && meaning.symbol.declaration.ghost;
    return meaning.local.kind === 'text' && isGhostTarget(ctx, meaning.local.env, meaning.local.expr);
  }
  if (e.kind === 'index' || e.kind === 'field') return isGhostTarget(ctx, env, e.object);
  return e.kind === 'group' && isGhostTarget(ctx, env, e.inner);
}

/** `target := e` for any right side: a call, an atomic operation, `new`, or an expression. */
export function valueStatement(ctx: Context, env: Env, target: Place, e: Tree, at: Location): Stmt | undefined {
  const effect = e.kind === 'new' || (e.kind === 'call' && isEffect(ctx, env, e));
  // What changes the program's state may not depend on ghosts, so its result does not go straight into one.
  if (effect && target.variable.kind === 'ghost') return ctx.report('ghost/mixed', at, {});
  if (e.kind === 'new') return newStatement(ctx, env, target, e, at);
  if (e.kind === 'call') {
    const meaning = meaningOf(ctx, env, e.callee);
    if (meaning === 'ambiguous') return undefined;
    if (meaning !== undefined && 'symbol' in meaning && meaning.symbol.kind === 'procedure') {
      const call = procedureCall(ctx, env, e, target, at);
      return call && { kind: 'call', ...call, at };
    }
    const operation = meaning === undefined ? exchangeName(e) : undefined;
    if (operation !== undefined) return exchange(ctx, env, operation, e, target, at);
  }
  const value = typed(ctx, env, e, target.type);
  const converted = value && convertTo(ctx, value, target.type, env);
  return converted && { kind: 'assign', targets: [target], values: [converted], at };
}

/** A call that is a statement of its own: of a procedure, or an atomic operation. */
function isEffect(ctx: Context, env: Env, e: Tree & { kind: 'call' }): boolean {
  const meaning = meaningOf(ctx, env, e.callee);
  if (meaning === undefined) return exchangeName(e) !== undefined;
  return meaning !== 'ambiguous' && 'symbol' in meaning && meaning.symbol.kind === 'procedure';
}

type Exchange = 'cmpxchg' | 'xchg' | 'fetch_add';

function exchangeName(e: Tree & { kind: 'call' }): Exchange | undefined {
  const name = e.callee.kind === 'name' ? e.callee.name.text : '';
  return name === 'cmpxchg' || name === 'xchg' || name === 'fetch_add' ? name : undefined;
}

function exchange(ctx: Context, env: Env, operation: Exchange, e: Tree & { kind: 'call' }, result: Place | undefined, at: Location): Stmt | undefined {
  const arity = operation === 'cmpxchg' ? 3 : 2;
  if (e.arguments.length !== arity) return ctx.report('type/arguments', at, { name: operation, expected: arity, found: e.arguments.length });
  const place = placeOf(ctx, env, e.arguments[0]!);
  if (place === undefined) return undefined;
  if (place.variable.kind === 'ghost') return ctx.report('ghost/read', place.at, { name: place.variable.name });
  const last = typed(ctx, env, e.arguments.at(-1)!, place.type);
  const base = { kind: 'exchange', operation, place, at, ...(result === undefined ? {} : { result }) } as const;
  if (result !== undefined && convertTo(ctx, { op: 'var', variable: place.variable, type: place.type, at }, result.type, env) === undefined) return undefined;
  if (operation === 'fetch_add') {
    const value = number(ctx, last);
    if (place.type.kind !== 'range') return ctx.report('type/mismatch', place.at, { found: showFound(place.type), expected: 'a number' });
    const sum = arithmetic(ctx, 'add', { op: 'var', variable: place.variable, type: place.type, at }, value, at, env);
    return value && sum && { ...base, value };
  }
  const value = last && convertTo(ctx, last, place.type, env);
  if (operation === 'xchg') return value && { ...base, value };
  const expected = typed(ctx, env, e.arguments[1]!, place.type);
  if (expected === undefined || value === undefined) return undefined;
  const numbers = expected.type.kind === 'range' && place.type.kind === 'range';
  if (!numbers && !overlaps(expected.type, place.type)) {
    return ctx.report('type/incomparable', expected.at, { left: showFound(place.type), right: showFound(expected.type) });
  }
  return { ...base, expected, value };
}

function newStatement(ctx: Context, env: Env, target: Place, e: Tree & { kind: 'new' }, at: Location): Stmt | undefined {
  const symbol = resolvePath(ctx, env.instance, e.pool, 'pool');
  if (symbol === undefined) return undefined;
  const pool = symbol.kind === 'pool' ? poolOf(ctx, symbol) : ctx.report('resolve/wrong-kind', locationIn(env, e.pool.span), { name: symbol.name, is: KIND_TEXT[symbol.kind], expected: 'a pool' });
  if (pool === undefined) return undefined;
  const type = { kind: 'ref', pool: pool.name, size: pool.size } as const;
  const given = e.optional ? ({ kind: 'nullable', of: type } as const) : type;
  if (convertTo(ctx, { op: 'const', value: 0, type: given, at }, target.type) === undefined) return undefined;
  if (e.optional && target.type.kind !== 'nullable') {
    return ctx.report('type/mismatch', at, { found: '`new?`, which may give null,', expected: `a place of type ${showFound(given)}` });
  }
  const known = ctx.fieldsOf(pool.name);
  reportTwice(ctx, env, e.fields.map((f) => f.name));
  const fields = e.fields.map((f) => {
    const field = known.find((k) => k.name === f.name.text);
    if (field === undefined) return ctx.report('resolve/unknown-name', locationIn(env, f.name.span), { name: f.name.text, what: 'field', near: nearest(f.name.text, known.map((k) => k.name)) });
    const raw = typed(ctx, env, f.value, field.variable.type);
    const value = raw && convertTo(ctx, raw, field.variable.type, env);
    return value && { variable: field.variable, value };
  });
  // A reference has no default: `null` is none of its values.
  for (const { name, variable } of known) {
    if (variable.type.kind === 'ref' && !e.fields.some((f) => f.name.text === name)) ctx.report('type/mismatch', at, { found: 'none', expected: `a value for the field '${name}', which has no default` });
  }
  const good = all(fields);
  return good && { kind: 'new', target, pool, fields: good, optional: e.optional, at };
}

/** A call as a statement: a procedure, a macro, an atomic operation whose result is dropped. */
function callStatement(ctx: Context, env: Env, e: Tree, at: Location, flow: Flow): Stmt | undefined {
  if (e.kind !== 'call') return undefined;
  const meaning = meaningOf(ctx, env, e.callee);
  if (meaning === 'ambiguous') return undefined;
  if (meaning === undefined) {
    const operation = exchangeName(e);
    if (operation !== undefined) return exchange(ctx, env, operation, e, undefined, at);
  } else if ('symbol' in meaning) {
    const { symbol } = meaning;
    if (symbol.kind === 'procedure') {
      const call = procedureCall(ctx, env, e, undefined, at);
      return call && { kind: 'call', ...call, at };
    }
    if (symbol.kind === 'macro') {
      const d = symbol.declaration;
      if (d.parameters.length !== e.arguments.length) return ctx.report('type/arguments', at, { name: symbol.name, expected: d.parameters.length, found: e.arguments.length });
      const locals = new Map(d.parameters.map((p, i) => [p.text, { kind: 'text', expr: e.arguments[i]!, env } as const]));
      const inner = { ...env, instance: symbol.instance, locals };
      const body = withoutRecursion(ctx, symbol, () => statementsOf(ctx, inner, d.body.statements, { ...flow, top: false, inMacro: true, labels: new Set() }));
      // Every statement of the body stands, for traces, where the macro was used.
      return body && { kind: 'block', body, at };
    }
  }
  const value = typed(ctx, env, e);
  return value && ctx.report('type/misplaced', at, { what: 'A value', where: 'where it is used: this call has no effect' });
}
