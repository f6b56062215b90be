// `atomicity/many-accesses`: statements that touch shared state more often than one step of C does.

import type { Expr, Place } from '../../core/expr.js';
import { pathExpressions, subexpressions } from '../../core/walk.js';
import type { Context } from '../context.js';
import type { Body, Stmt } from '../program.js';

/** Warns about the statements of a body outside `atomic`. */
export function checkAccesses(ctx: Context, body: Body): void {
  if (body.grain === 'statement') body.statements.forEach((s) => inStatement(ctx, s, []));
}

/** `before`: accesses of a choice that the statement is made together with. */
function inStatement(ctx: Context, s: Stmt, before: readonly string[]): void {
  const warn = (accesses: readonly string[]): void => {
    const all = [...before, ...accesses];
    if (all.length > 1 && accesses.length > 0) ctx.report('atomicity/many-accesses', s.at, { accesses: all });
  };
  switch (s.kind) {
    case 'assign':
      if (s.targets.some((t) => t.variable.kind === 'ghost')) return;
      warn([...s.values.flatMap(reads), ...s.targets.flatMap(writes)]);
      return;
    case 'exchange':
      warn([`exchanges ${s.place.variable.name}`, ...pathExpressions(s.place).flatMap(reads), ...(s.expected ? reads(s.expected) : []), ...reads(s.value), ...(s.result ? writes(s.result) : [])]);
      return;
    case 'new':
      warn([...s.fields.flatMap((f) => reads(f.value)), ...writes(s.target)]);
      return;
    case 'free':
    case 'touch':
      warn([...reads(s.ref), s.kind === 'free' ? 'frees an object' : 'touches an object']);
      return;
    case 'await':
    case 'rest':
      warn(reads(s.condition));
      return;
    case 'return':
      warn(s.value === undefined ? [] : reads(s.value));
      return;
    case 'call':
    case 'defer':
      if (s.procedure.atomic) return;
      warn(s.arguments.flatMap((a) => (a.kind === 'value' ? reads(a.value) : pathExpressions(a.place).flatMap(reads))));
      return;
    case 'if':
      if ([...s.then, ...s.else].length === 0 || ![...s.then, ...s.else].every(isGhost)) warn(reads(s.condition));
      [...s.then, ...s.else].forEach((inner) => inStatement(ctx, inner, []));
      return;
    case 'while':
      warn(reads(s.condition));
      s.body.forEach((inner) => inStatement(ctx, inner, []));
      return;
    case 'loop':
    case 'block':
      s.body.forEach((inner, i) => inStatement(ctx, inner, i === 0 && s.kind === 'block' ? before : []));
      return;
    case 'either':
      s.branches.forEach((branch) => branch.forEach((inner, i) => inStatement(ctx, inner, i === 0 ? before : [])));
      return;
    case 'with': {
      const set = [...before, ...reads(s.set)];
      if (s.body.length === 0 || set.length > before.length + 1) warn(reads(s.set));
      s.body.forEach((inner, i) => inStatement(ctx, inner, i === 0 ? set : []));
      return;
    }
    case 'skip':
    case 'assert':
    case 'break':
    case 'continue':
    case 'goto':
    case 'atomic':
      return;
  }
}

const isGhost = (s: Stmt): boolean => s.kind === 'assert' || (s.kind === 'assign' && s.targets.every((t) => t.variable.kind === 'ghost'));

function reads(e: Expr): readonly string[] {
  const own = e.op === 'var' && e.variable.kind === 'shared' ? [`reads ${e.variable.name}`] : e.op === 'load' ? [`reads ${e.variable.name}`] : e.op === 'live' || e.op === 'alive' ? [`looks at ${e.pool.name}`] : [];
  return [...subexpressions(e).flatMap(reads), ...own];
}

function writes(place: Place): readonly string[] {
  const own = place.variable.kind === 'shared' ? [`writes ${place.variable.name}`] : [];
  return [...pathExpressions(place).flatMap(reads), ...own];
}
