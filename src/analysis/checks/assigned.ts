// `flow/unassigned`: a local of a pool type has no first value, so it must be assigned on every way to a read. A forward analysis of
// definite assignment: what is certain at labels and at the heads of loops is narrowed, round by round, until it stays.

import { unreachable } from '../../base/unreachable.js';
import type { Expr, Place, Variable } from '../../core/expr.js';
import { pathExpressions, variablesOf } from '../../core/walk.js';
import type { Context } from '../context.js';
import type { Body, Stmt } from '../program.js';

/** What is assigned whichever way was taken; undefined: no way leads there. */
type Assigned = ReadonlySet<Variable> | undefined;

/** What is certain where ways meet: at a label by its name, at the head of a loop by its statement. */
type Joins = Map<string | Stmt, Assigned>;

interface Pass {
  readonly open: ReadonlySet<Variable>;
  /** As the round before found them, and as this round finds them. */
  readonly known: Joins;
  readonly found: Joins;
  readonly report: (e: Expr, v: Variable) => void;
}

/** Where `break` and `continue` lead. */
interface Loop {
  readonly head: Stmt;
  readonly breaks: Assigned[];
}

export function checkAssigned(ctx: Context, body: Body): void {
  const open = new Set(body.locals.filter((l) => l.variable.type.kind === 'ref' && l.initial === undefined && l.choices === undefined).map((l) => l.variable));
  if (open.size === 0) return;
  let known: Joins = new Map();
  for (;;) {
    const pass: Pass = { open, known, found: new Map(), report: () => undefined };
    walk(pass, body.statements, new Set(), undefined);
    if (sameJoins(known, pass.found)) break;
    known = pass.found;
  }
  const report = (e: Expr, v: Variable): void => void ctx.report('flow/unassigned', e.at, { name: v.name });
  walk({ open, known, found: new Map(), report }, body.statements, new Set(), undefined);
}

function sameJoins(a: Joins, b: Joins): boolean {
  const size = (j: Joins, key: string | Stmt): number => j.get(key)?.size ?? -1;
  return [...new Set([...a.keys(), ...b.keys()])].every((key) => size(a, key) === size(b, key));
}

function meet(a: Assigned, b: Assigned): Assigned {
  if (a === undefined || b === undefined) return a ?? b;
  return new Set([...a].filter((v) => b.has(v)));
}

const meetAll = (ways: readonly Assigned[]): Assigned => ways.reduce(meet, undefined);

function jump(pass: Pass, to: string | Stmt, now: Assigned): void {
  if (now !== undefined) pass.found.set(to, meet(pass.found.get(to), now));
}

/** What is assigned behind the statements. */
function walk(pass: Pass, list: readonly Stmt[], before: Assigned, loop: Loop | undefined): Assigned {
  let now = before;
  for (const s of list) {
    if (s.label !== undefined) now = meet(now, pass.known.get(s.label.name));
    // Nothing is read where no way leads; that there is none is reported elsewhere.
    now = now === undefined ? deeper(pass, s, loop) : step(pass, s, now, loop);
  }
  return now;
}

/** A statement that is not reached from above may hold a label that is. */
function deeper(pass: Pass, s: Stmt, loop: Loop | undefined): Assigned {
  switch (s.kind) {
    case 'if':
      return meet(walk(pass, s.then, undefined, loop), walk(pass, s.else, undefined, loop));
    case 'either':
      return meetAll(s.branches.map((b) => walk(pass, b, undefined, loop)));
    case 'while':
    case 'loop':
      return round(pass, s, pass.known.get(s), () => undefined);
    case 'with':
    case 'atomic':
    case 'block':
      return walk(pass, s.body, undefined, loop);
    default:
      return undefined;
  }
}

function round(pass: Pass, s: Stmt & { readonly kind: 'while' | 'loop' }, before: Assigned, use: (e: Expr, now: ReadonlySet<Variable>) => void): Assigned {
  const head = meet(before, pass.known.get(s));
  if (s.kind === 'while' && head !== undefined) use(s.condition, head);
  const inner: Loop = { head: s, breaks: [] };
  jump(pass, s, walk(pass, s.body, head, inner));
  return meetAll(s.kind === 'while' ? [head, ...inner.breaks] : inner.breaks);
}

function step(pass: Pass, s: Stmt, before: ReadonlySet<Variable>, loop: Loop | undefined): Assigned {
  const useAt = (e: Expr, now: ReadonlySet<Variable>): void => {
    for (const v of variablesOf(e)) if (pass.open.has(v) && !now.has(v)) pass.report(e, v);
  };
  const use = (e: Expr): void => useAt(e, before);
  const store = (places: readonly (Place | undefined)[]): Assigned => {
    places.forEach((p) => p && pathExpressions(p).forEach(use));
    return new Set([...before, ...places.flatMap((p) => (p !== undefined && p.path.length === 0 && pass.open.has(p.variable) ? [p.variable] : []))]);
  };
  const inner = (list: readonly Stmt[]): Assigned => walk(pass, list, before, loop);
  switch (s.kind) {
    case 'assign':
      s.values.forEach(use);
      return store(s.targets);
    case 'exchange':
      use(s.value);
      if (s.expected !== undefined) use(s.expected);
      use(placeRead(s.place));
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
      // The body may read what is passed by `inout` before it writes it.
      s.arguments.forEach((a) => use(a.kind === 'value' ? a.value : placeRead(a.place)));
      return s.kind === 'call' ? store([s.result, ...s.arguments.map((a) => (a.kind === 'inout' ? a.place : undefined))]) : before;
    case 'return':
      if (s.value !== undefined) use(s.value);
      return undefined;
    case 'await':
    case 'rest':
    case 'assert':
      use(s.condition);
      return before;
    case 'if':
      use(s.condition);
      return meet(inner(s.then), inner(s.else));
    case 'either':
      return meetAll(s.branches.map(inner));
    case 'while':
    case 'loop':
      return round(pass, s, before, useAt);
    case 'with':
      use(s.set);
      return inner(s.body);
    case 'atomic':
    case 'block':
      return inner(s.body);
    case 'break':
      loop?.breaks.push(before);
      return undefined;
    case 'continue':
      if (loop !== undefined) jump(pass, loop.head, before);
      return undefined;
    case 'goto':
      jump(pass, s.target, before);
      return undefined;
    case 'skip':
      return before;
    default:
      return unreachable(s);
  }
}

/** The place as an expression that reads its variable and what leads into it. */
function placeRead(place: Place): Expr {
  const whole: Expr = { op: 'var', variable: place.variable, type: place.variable.type, at: place.at };
  return { op: 'seq', elements: [...(place.path[0]?.kind === 'object' ? [] : [whole]), ...pathExpressions(place)], type: place.type, at: place.at };
}
