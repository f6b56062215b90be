// Fitting an expression to the type of the place it goes to.

import type { Expr } from '../core/expr.js';
import { isNothing, isSubtype, overlaps, showType, type Type } from '../core/type.js';
import type { Context } from './context.js';
import type { Env } from './env.js';

/** The expression as one of `type`: as it is, checked at run time, or (reported) undefined when no value of it fits; in dead code a number that never fits is checked too. */
export function convertTo(ctx: Context, e: Expr, type: Type, env?: Pick<Env, 'dead' | 'owner'>): Expr | undefined {
  if (isSubtype(e.type, type)) return e;
  if (overlaps(e.type, type)) return { op: 'convert', operand: e, type, at: e.at };
  const numbers = base(e.type).kind === 'range' && base(type).kind === 'range' && !isNothing(base(e.type));
  const checked: Expr = { op: 'convert', operand: e, type, at: e.at };
  if (numbers && env?.dead === true) return checked;
  const details = { found: showFound(e.type), expected: showType(type) };
  const owner = env?.owner?.symbol;
  if (numbers && owner !== undefined) {
    ctx.pending.push({ owner, report: () => ctx.report('type/never-fits', e.at, details) });
    return checked;
  }
  return numbers ? ctx.report('type/never-fits', e.at, details) : ctx.report('type/mismatch', e.at, details);
}

const base = (t: Type): Type => (t.kind === 'nullable' ? t.of : t);

/** A type as it is found: the type of `null`, `{}` and of a single number by what was written. */
export function showFound(t: Type): string {
  if (t.kind === 'nullable' && isNothing(t.of)) return 'null';
  if (t.kind === 'range' && t.lo === t.hi) return `the number ${t.lo}`;
  if ((t.kind === 'set' || t.kind === 'seq') && isNothing(t.of)) return t.kind === 'set' ? 'the empty set' : 'the empty sequence';
  return showType(t);
}
