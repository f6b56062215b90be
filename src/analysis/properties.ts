// Invariants, step invariants, temporal properties, names of built-in checks.

import { GLOBAL_ERRORS, POOL_ERRORS } from '../core/errors.js';
import type { Expr } from '../core/expr.js';
import { isTemporal, subexpressions } from '../core/walk.js';
import type { Context } from './context.js';
import type { Env } from './env.js';
import { truth } from './expressions.js';
import { resolvePath } from './lookup.js';
import { locate } from './modules.js';
import type { Property } from './program.js';
import type { PropertySymbol } from './symbols.js';
import { poolOf } from './types.js';
import { nearest } from '../base/suggest.js';
import type { Path } from '../ast/nodes.js';

/** The declared properties of every module instance. */
export function declaredProperties(ctx: Context): readonly Property[] {
  return ctx.modules.instances.flatMap((i) => [...i.own.values()].flatMap((s) => (s.kind === 'property' ? property(ctx, s) : [])));
}

function property(ctx: Context, symbol: PropertySymbol): readonly Property[] {
  const { declaration: d, instance } = symbol;
  const base = { name: ctx.shown(symbol), at: symbol.at, ...(d.doc === undefined ? {} : { doc: d.doc }) };
  const env = (mode: Env['mode']): Env => ({ instance, mode, locals: new Map() });
  if (d.kind === 'property') {
    const formula = truth(ctx, env('temporal'), d.formula);
    if (formula === undefined) return [];
    for (const e of misplaced(formula)) ctx.report('type/misplaced', e.at, { what: 'A temporal operator', where: UNDER });
    if (!isTemporal(formula)) ctx.report('type/no-temporal', locate(instance.source, d.formula.span), { name: symbol.name });
    return [{ ...base, kind: 'temporal', formula }];
  }
  if (d.kind !== 'invariant') return [];
  if (d.formula.kind === 'never') {
    const error = builtinName(ctx, symbol, d.formula.error);
    return error === undefined ? [] : [{ ...base, kind: 'builtin', error }];
  }
  const formula = truth(ctx, env(d.step ? 'step' : 'invariant'), d.formula.expr);
  return formula === undefined ? [] : [{ ...base, kind: d.step ? 'step-invariant' : 'invariant', formula }];
}

const UNDER = 'under `!`, `&&`, `||`, `=>`, `<=>`, `if`, `forall`, `exists` and other temporal operators';

/** Expressions that need a value now and have a part that speaks of later states. */
function misplaced(e: Expr): readonly Expr[] {
  if (!isTemporal(e)) return [];
  switch (e.op) {
    case 'temporal':
    case 'until':
    case 'leadsto':
    case 'implies':
      return subexpressions(e).flatMap(misplaced);
    case 'unary':
      return e.operator === 'not' ? misplaced(e.operand) : [e];
    case 'binary':
      return e.operator === 'and' || e.operator === 'or' || e.operator === 'iff' ? subexpressions(e).flatMap(misplaced) : [e];
    case 'eq':
      return subexpressions(e).flatMap(misplaced);
    case 'if':
      return [...(isTemporal(e.condition) ? [e.condition] : []), ...misplaced(e.then), ...misplaced(e.else)];
    case 'quantifier':
      return e.quantifier === 'count' || isTemporal(e.set) ? [e] : misplaced(e.body);
    default:
      return [e];
  }
}

/** `null_dereference`, `Cb.use_after_free`: the full name of a built-in check. */
function builtinName(ctx: Context, symbol: PropertySymbol, path: Path): string | undefined {
  const { instance } = symbol;
  const last = path.parts.at(-1)!;
  const at = locate(instance.source, path.span);
  const known: readonly string[] = path.parts.length === 1 ? GLOBAL_ERRORS : POOL_ERRORS;
  if (!known.includes(last.text)) return ctx.report('resolve/unknown-name', at, { name: last.text, what: 'built-in check', near: nearest(last.text, known) });
  if (path.parts.length === 1) return last.text;
  const pool = resolvePath(ctx, instance, { parts: path.parts.slice(0, -1), span: path.span }, 'pool');
  const of = pool?.kind === 'pool' ? poolOf(ctx, pool) : undefined;
  return of && `${of.name}.${last.text}`;
}
