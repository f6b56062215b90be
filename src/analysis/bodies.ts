// Bodies of processes, procedures and `init`: locals, scopes, labels.

import { blocksOf } from '../ast/blocks.js';
import type { Body as TreeBody, LocalVar, Stmt as TreeStmt } from '../ast/nodes.js';
import type { Variable } from '../core/expr.js';
import { range, type Type } from '../core/type.js';
import { someExpr } from '../core/walk.js';
import type { Context } from './context.js';
import { convertTo } from './convert.js';
import { at as locationIn, bind, type Env } from './env.js';
import { constantValue, listedSet, typed } from './expressions.js';
import { candidates, locate, type Instance } from './modules.js';
import type { Body, Grain, Local, Stmt } from './program.js';
import { statementsOf, valueStatement, type Flow } from './statements.js';
import type { LocalSymbol } from './symbols.js';
import { fill, hasFirstValue, tellsItsRange, typeOf, withoutPoolKeys } from './types.js';

export type OwnLocal = LocalSymbol & { readonly kind: 'local' };

export function grainOf(instance: Instance): Grain {
  for (const d of instance.tree.declarations) if (d.kind === 'steps') return d.grain;
  return 'statement';
}

/** Declares the locals of a body; their initial values and the statements come with `completeBody`. */
export function declareLocals(ctx: Context, env: Env, body: TreeBody): Map<string, OwnLocal> {
  const locals = new Map<string, OwnLocal>();
  for (const v of body.locals) {
    const at = locationIn(env, v.name.span);
    const type = localType(ctx, { ...env, locals: new Map([...env.locals, ...locals]) }, v);
    if (type === undefined || !withoutPoolKeys(ctx, at, type)) continue;
    if (locals.has(v.name.text)) ctx.report('resolve/duplicate-name', at, { name: v.name.text }, [{ at: locals.get(v.name.text)!.at, message: 'first declared here' }]);
    const parameter = env.locals.get(v.name.text);
    if (parameter !== undefined) ctx.report('resolve/duplicate-name', at, { name: v.name.text }, 'at' in parameter ? [{ at: parameter.at, message: 'the parameter' }] : undefined);
    const hidden = parameter === undefined ? [...candidates(env.instance, v.name.text)].find((s) => s.kind === 'variable') : undefined;
    if (hidden !== undefined) ctx.report('resolve/shadows-variable', at, { name: v.name.text }, [{ at: hidden.at, message: 'the variable' }]);
    if (type.kind !== 'ref' && !hasFirstValue(type)) ctx.report('type/no-first-value', at, { name: v.name.text });
    const variable: Variable = { name: v.name.text, type, kind: 'local', at };
    const symbol: OwnLocal = { kind: 'local', variable, assignable: true, at, used: false };
    locals.set(v.name.text, symbol);
    if (env.instance === ctx.modules.entry) ctx.declaredLocals.push(symbol);
  }
  return locals;
}

function localType(ctx: Context, env: Env, v: LocalVar): Type | undefined {
  if (v.type !== undefined) return typeOf(ctx, env, v.type);
  const at = locationIn(env, v.name.span);
  const e = v.initial && (v.initial.expr.kind === 'call' || v.initial.expr.kind === 'new' ? undefined : typed(ctx, env, v.initial.expr));
  const type = v.initial?.kind === 'choice' && e?.type.kind === 'set' ? e.type.of : e?.type;
  if (v.initial !== undefined && e === undefined && v.initial.expr.kind !== 'call' && v.initial.expr.kind !== 'new') return undefined;
  if (type !== undefined && tellsItsRange(type)) return type;
  ctx.report('type/needs-range', at, { name: v.name.text });
  // What uses it is looked at all the same.
  return type?.kind === 'range' ? range(-(2 ** 31), 2 ** 31 - 1) : undefined;
}

/** The body with its statements; initial values that are not constant become assignments in front. */
export function completeBody(ctx: Context, env: Env, body: TreeBody, declared: ReadonlyMap<string, OwnLocal>, flow: Omit<Flow, 'labels' | 'gotos'>): Body {
  const source = env.instance.source;
  const inner: Env = { ...env, locals: new Map([...env.locals, ...declared]) };
  const locals: Local[] = [];
  const first: Stmt[] = [];
  // As in C, an initial value sees the locals above it.
  let above: Env = env;
  for (const v of body.locals) {
    const symbol = declared.get(v.name.text);
    if (symbol === undefined) continue;
    const { variable } = symbol;
    const reach = above;
    above = bind(above, v.name.text, symbol);
    const base = { variable, get observed() { return ctx.observed.has(symbol); } };
    if (v.initial === undefined) locals.push(base);
    else if (v.initial.kind === 'choice') {
      const set = listedSet(ctx, { ...reach, mode: 'constant' }, v.initial.expr, { kind: 'set', of: variable.type });
      const choices = set && convertTo(ctx, set.expr, { kind: 'set', of: variable.type });
      locals.push(choices === undefined ? base : { ...base, get observed() { return ctx.observed.has(symbol); }, choices });
    } else {
      const constant = isCallLike(v.initial.expr) ? undefined : constantInitial(ctx, reach, v, variable.type);
      if (constant !== undefined) locals.push({ variable, get observed() { return ctx.observed.has(symbol); }, initial: constant });
      else {
        locals.push(base);
        const at = locate(source, v.span);
        const s = valueStatement(ctx, reach, { variable, path: [], type: variable.type, at }, v.initial.expr, at);
        if (s !== undefined) first.push(s);
      }
    }
  }
  const labels = labelsIn(ctx, env.instance, body.statements);
  const statements = statementsOf(ctx, inner, body.statements, { ...flow, labels });
  return { grain: grainOf(env.instance), locals, statements: [...first, ...statements], at: locate(source, body.span) };
}

const isCallLike = (e: LocalVar['initial'] extends infer I | undefined ? (I extends { expr: infer E } ? E : never) : never): boolean => e.kind === 'new' || e.kind === 'call';

/** The initial value when it reads nothing but constants and the process's parameter. */
function constantInitial(ctx: Context, env: Env, v: LocalVar, type: Type): Local['initial'] {
  const raw = typed(ctx, { ...env, mode: 'ghost' }, v.initial!.expr, type);
  if (raw === undefined || someExpr(raw, (x) => READS_STATE.has(x.op))) return undefined;
  if (type.kind === 'map' && !someExpr(raw, (x) => x.op === 'parameter' || x.op === 'self')) {
    const value = constantValue(ctx, raw);
    const filled = value === undefined ? undefined : fill(type, value, raw.type);
    if (filled !== undefined) return { op: 'const', value: filled, type, at: raw.at };
  }
  return convertTo(ctx, raw, type);
}

const READS_STATE: ReadonlySet<string> = new Set(['var', 'load', 'live', 'alive', 'localOf', 'instance', 'at', 'inProcedure', 'done', 'enabled']);

/** Labels of a body; two of one name are an error. */
function labelsIn(ctx: Context, instance: Instance, statements: readonly TreeStmt[], found: Set<string> = new Set()): Set<string> {
  for (const s of statements) {
    if (s.label !== undefined) {
      const { text, span } = s.label.name;
      if (found.has(text)) ctx.report('resolve/duplicate-name', locate(instance.source, span), { name: text });
      found.add(text);
    }
    labelsIn(ctx, instance, blocksOf(s).flat(), found);
  }
  return found;
}
