// `flow/unassigned`: a local of a pool type has no first value, so it must be assigned on every way to a read.

import type { Expr, Place, Variable } from '../../core/expr.js';
import { pathExpressions, variablesOf } from '../../core/walk.js';
import type { Context } from '../context.js';
import type { Body, Stmt } from '../program.js';

type Assigned = ReadonlySet<Variable>;

export function checkAssigned(ctx: Context, body: Body): void {
  const open = new Set(body.locals.filter((l) => l.variable.type.kind === 'ref' && l.initial === undefined && l.choices === undefined).map((l) => l.variable));
  if (open.size > 0) walk(ctx, body.statements, new Set(), open);
}

/** What is assigned behind the statements; undefined when they never end. A `goto` may come from anywhere: at labels nothing is certain. */
function walk(ctx: Context, list: readonly Stmt[], before: Assigned, open: ReadonlySet<Variable>): Assigned | undefined {
  let now: Assigned | undefined = before;
  for (const s of list) {
    if (now === undefined) now = new Set(open); // unreachable: reported elsewhere
    now = step(ctx, s, now, open);
  }
  return now;
}

function step(ctx: Context, s: Stmt, before: Assigned, open: ReadonlySet<Variable>): Assigned | undefined {
  const use = (e: Expr): void => {
    for (const v of variablesOf(e)) if (open.has(v) && !before.has(v)) ctx.report('flow/unassigned', e.at, { name: v.name });
  };
  const store = (places: readonly (Place | undefined)[]): Assigned => {
    places.forEach((p) => p && pathExpressions(p).forEach(use));
    return new Set([...before, ...places.flatMap((p) => (p !== undefined && p.path.length === 0 ? [p.variable] : []))]);
  };
  const inner = (list: readonly Stmt[]): Assigned | undefined => walk(ctx, list, before, open);
  switch (s.kind) {
    case 'assign':
      s.values.forEach(use);
      return store(s.targets);
    case 'exchange':
      use(s.value);
      if (s.expected !== undefined) use(s.expected);
      pathExpressions(s.place).forEach(use);
      return store([s.result]);
    case 'new':
      s.fields.forEach((f) => use(f.value));
      return store([s.target]);
    case 'free':
    case 'touch':
      use(s.ref);
      return before;
    case 'call':
    case 'defer':
      s.arguments.forEach((a) => (a.kind === 'value' ? use(a.value) : pathExpressions(a.place).forEach(use)));
      return s.kind === 'call' ? store([s.result]) : before;
    case 'return':
      if (s.value !== undefined) use(s.value);
      return undefined;
    case 'await':
    case 'rest':
    case 'assert':
      use(s.condition);
      return before;
    case 'if': {
      use(s.condition);
      return both([inner(s.then), inner(s.else)]);
    }
    case 'either':
      return both(s.branches.map(inner));
    case 'while':
      use(s.condition);
      inner(s.body);
      return before;
    case 'loop':
      inner(s.body);
      return before;
    case 'with':
    case 'atomic':
    case 'block':
      return inner(s.body);
    case 'break':
    case 'continue':
    case 'goto':
      return undefined;
    case 'skip':
      return before;
  }
}

/** Assigned whichever way was taken. */
function both(ways: readonly (Assigned | undefined)[]): Assigned | undefined {
  const ends = ways.filter((w) => w !== undefined);
  return ends.length === 0 ? undefined : new Set([...ends[0]!].filter((v) => ends.every((w) => w.has(v))));
}
