// From statements to the raw graph: control flow, inlining of procedures, and where steps start (docs/language.md, Steps).
// Everything is built from its end: a statement is lowered knowing the node that follows it, and gives the node that enters it.

import { inside } from '../../analysis/inside.js';
import type { Argument, Body, Label, Procedure, Stmt } from '../../analysis/program.js';
import type { Location } from '../../base/span.js';
import { positionAt } from '../../base/span.js';
import { unreachable } from '../../base/unreachable.js';
import type { Expr, Place, Variable } from '../../core/expr.js';
import { isSubtype, range, type Type } from '../../core/type.js';
import { readPlace } from '../../core/walk.js';
import { isGhostStatement, readsShared, startsStep, touchesShared } from './accesses.js';
import { constantCondition } from '../../core/fold.js';
import { lastName } from '../../core/names.js';
import { joinFirstStatement } from './join.js';
import type { Builder } from './builder.js';
import type { RawNode } from './raw.js';
import { isFixed, isStable, localsOfPlace, rewrite, rewritePlace, type Scope } from './scope.js';

/** Lowers a body's statements, deferred calls included; `exit` is where it leads when it returns or ends. */
export function buildBody(b: Builder, body: Body, scope: Scope, exit: number): number {
  const defers = body.statements.filter((s) => s.kind === 'defer');
  // exits[i]: what remains to be done once the first i deferred calls were registered.
  const exits = [exit];
  const captured = new Map<Stmt, { readonly arguments: readonly Argument[]; readonly assign: (next: number) => number }>();
  for (const s of defers) {
    const capture = captureArguments(b, s.procedure, s.arguments, scope, (e) => isFixed(e, scope.fixed), s.at);
    captured.set(s, capture);
    exits.push(callProcedure(b, s.procedure, capture.arguments, undefined, s.at, { ...scope, exit: -1 }, exits.at(-1)!, false));
  }
  let registered = defers.length;
  let next = exits[registered]!;
  for (const s of [...body.statements].reverse()) {
    if (s.kind === 'defer') {
      registered -= 1;
      const reads = s.arguments.some((a) => (a.kind === 'value' ? readsShared(a.value) : touchesShared(a.place)));
      const entry = captured.get(s)!.assign(next);
      next = withLabel(b, s, scope, s.label !== undefined || (reads && scope.grain === 'statement') ? atBoundary(b, s, scope, entry) : entry);
    } else {
      scope.exit = exits[registered]!;
      next = buildStatement(b, s, scope, next, false);
    }
  }
  return next;
}

function buildBlock(b: Builder, statements: readonly Stmt[], scope: Scope, next: number): number {
  return statements.reduceRight((after, s) => buildStatement(b, s, scope, after, false), next);
}

/** A branch of a choice: its first statement is reported by coverage and, outside `atomic` and `steps label`, joins the choice. */
function buildBranch(b: Builder, statements: readonly Stmt[], scope: Scope, next: number, at: Location): number {
  const end = b.add({ op: 'nop', at, frame: scope.frame, next, branchEnd: true });
  let after = end;
  const first = statements.findIndex((s) => !isGhostStatement(s));
  for (let i = statements.length - 1; i >= 0; i--) after = buildStatement(b, statements[i]!, scope, after, i === first);
  const splits = !scope.atomic && scope.grain === 'statement';
  return splits ? joinFirstStatement(b.graph, after) : after;
}

/** `first`: the statement is the first of a branch, so it is a site of its own even where it starts no step. */
function buildStatement(b: Builder, s: Stmt, scope: Scope, next: number, first: boolean): number {
  return withLabel(b, s, scope, buildPlain(b, s, scope, next, first));
}

/** Where a `goto` of the statement's label leads, if there is one: to the entry. */
function withLabel(b: Builder, s: Stmt, scope: Scope, entry: number): number {
  const target = s.label === undefined ? undefined : scope.labels.get(s.label.name);
  if (target === undefined) return entry;
  (b.graph.nodes[target] as { next: number }).next = entry;
  return target;
}

function buildPlain(b: Builder, s: Stmt, scope: Scope, next: number, first: boolean): number {
  const { frame } = scope;
  const at = s.at;
  const ghost = scope.ghost || isGhostStatement(s);
  const starts = !ghost && !scope.atomic && (s.label !== undefined || (scope.grain === 'statement' && (startsHere(s) || (b.options.joinLocals === false && isPlain(s)))));
  const site = starts || first ? b.site(s.label?.name ?? stepName(scope, at), at) : undefined;
  const add = (node: RawNode, ownSite?: number): number => b.add(node, ownSite, ghost);
  const bounded = (entry: number): number => (starts ? atBoundary(b, s, scope, entry) : entry);

  switch (s.kind) {
    case 'skip':
      return bounded(add({ op: 'assign', at, frame, targets: [], values: [], next }, site));
    case 'assign': {
      const targets = s.targets.map((t) => rewritePlace(t, scope));
      const values = s.values.map((v) => rewrite(v, scope));
      return bounded(add({ op: 'assign', at, frame, targets, values, next }, site));
    }
    case 'exchange':
      return bounded(buildExchange(b, s, scope, next, site));
    case 'new': {
      const fields = s.fields.map((f) => ({ variable: f.variable, value: rewrite(f.value, scope) }));
      return bounded(add({ op: 'new', at, frame, target: rewritePlace(s.target, scope), pool: s.pool, fields, optional: s.optional, next }, site));
    }
    case 'free':
    case 'touch':
      return bounded(add({ op: s.kind, at, frame, pool: s.pool, ref: rewrite(s.ref, scope), next }, site));
    case 'await':
      return bounded(add({ op: 'await', at, frame, condition: rewrite(s.condition, scope), next }, site));
    case 'rest':
      return bounded(add({ op: 'await', at, frame, condition: rewrite(s.condition, scope), next, rest: true }, site));
    case 'assert':
      return add({ op: 'assert', at, frame, condition: rewrite(s.condition, scope), next, ...(s.property === undefined ? {} : { property: s.property }) });
    case 'call':
      return buildCall(b, s, scope, next, first);
    case 'return': {
      if (s.value === undefined || scope.result === undefined) {
        const leave = add({ op: 'nop', at, frame, next: scope.exit, statement: true });
        return bounded(site === undefined ? leave : add({ op: 'assign', at, frame, targets: [], values: [], next: leave }, site));
      }
      const target: Place = { variable: scope.result, path: [], type: scope.result.type, at };
      return bounded(add({ op: 'assign', at, frame, targets: [target], values: [rewrite(s.value, scope)], next: scope.exit }, site));
    }
    case 'if': {
      const condition = rewrite(s.condition, scope);
      const known = constantCondition(condition);
      // A branch that the condition never takes may still be jumped into.
      const then = known === false && !hasTarget(s.then, scope) ? next : buildBlock(b, s.then, scope, next);
      const otherwise = known === true && !hasTarget(s.else, scope) ? next : buildBlock(b, s.else, scope, next);
      if (known !== undefined && !starts && !first) return known ? then : otherwise;
      return bounded(add({ op: 'branch', at, frame, condition, then, else: otherwise }, site));
    }
    case 'while':
    case 'loop':
      return buildLoop(b, s, scope, next, starts, site);
    case 'break':
      return bounded(add({ op: 'nop', at, frame, next: scope.loop!.breakTo, statement: true }));
    case 'continue':
      return bounded(add({ op: 'nop', at, frame, next: scope.loop!.continueTo, statement: true }));
    case 'goto':
      return bounded(add({ op: 'nop', at, frame, next: scope.labels.get(s.target)!, statement: true }));
    case 'either': {
      const branches = s.branches.map((branch) => buildBranch(b, branch, scope, next, at));
      return bounded(add({ op: 'either', at, frame, branches }));
    }
    case 'with': {
      const set = rewrite(s.set, scope);
      const variable = b.copyOf(s.variable, scope, 'live');
      scope.fixed.add(variable);
      scope.values.set(s.variable, { op: 'var', variable, type: variable.type, at });
      return bounded(add({ op: 'pick', at, frame, variable, set, next: buildBranch(b, s.body, scope, next, at) }));
    }
    case 'atomic': {
      const body = buildBlock(b, s.body, { ...scope, atomic: true }, next);
      return bounded(site === undefined ? body : add({ op: 'assign', at, frame, targets: [], values: [], next: body }, site));
    }
    case 'block': {
      const body = s.body.reduceRight((after, inner, i) => buildStatement(b, inner, scope, after, first && i === 0), next);
      return starts ? atBoundary(b, s, scope, scope.grain === 'label' ? body : joinFirstStatement(b.graph, body)) : body;
    }
    case 'defer':
      throw new Error('internal error: defer inside a block');
    default:
      return unreachable(s);
  }
}

/** A statement that starts a step where it stands, without looking into the bodies that have starts of their own. */
function startsHere(s: Stmt): boolean {
  switch (s.kind) {
    case 'if':
    case 'while':
      return readsShared(s.condition);
    case 'loop':
    case 'block':
    case 'call':
      return false;
    default:
      return startsStep(s);
  }
}

/** Statements that become a step of their own when local statements are not joined (a mode for tests). */
const isPlain = (s: Stmt): boolean => s.kind === 'assign' || s.kind === 'skip' || s.kind === 'if' || s.kind === 'return';

export function stepName(scope: Pick<Scope, 'owner'>, at: Location): string {
  return `${scope.owner}:${positionAt(at.file, at.start).line}`;
}

function atBoundary(b: Builder, s: { readonly at: Location; readonly label?: Label }, scope: Scope, next: number): number {
  const label = s.label;
  return b.add({
    op: 'boundary',
    name: label?.name ?? stepName(scope, s.at),
    ...(label === undefined ? {} : { label: label.name }),
    ...(label?.fairness === undefined ? {} : { mark: label.fairness }),
    fairness: label?.fairness === '+' ? 'strong' : label?.fairness === '-' ? 'none' : b.process.fairness,
    at: s.at,
    owner: scope.owner,
    frame: scope.frame,
    next,
  });
}

/** Reads the place, stores, hands out the old value: one access. The arguments are evaluated even where a comparison fails. */
function buildExchange(b: Builder, s: Stmt & { kind: 'exchange' }, scope: Scope, next: number, site: number | undefined): number {
  const { at } = s;
  const { frame } = scope;
  const place = rewritePlace(s.place, scope);
  const old = readPlace(place);
  const operand = rewrite(s.value, scope);
  const sum = (): Expr => {
    const type = range(bound(old.type, 'lo') + bound(operand.type, 'lo'), bound(old.type, 'hi') + bound(operand.type, 'hi'));
    return converted({ op: 'binary', operator: 'add', left: old, right: operand, type, at: s.at }, place.type);
  };
  const value = s.operation === 'fetch_add' ? sum() : operand;
  const result = s.result === undefined ? [] : [rewritePlace(s.result, scope)];
  const handedOut = result.map((r) => converted(old, r.type));
  const store = b.add({ op: 'assign', at, frame, targets: [...result, place], values: [...handedOut, value], next }, s.operation === 'cmpxchg' ? undefined : site);
  if (s.operation !== 'cmpxchg') return store;
  const keep = b.add({ op: 'assign', at, frame, targets: result, values: [...handedOut, value], next });
  const expected = rewrite(s.expected!, scope);
  const stale = b.staleComparison(old.type, expected);
  const condition: Expr = { op: 'eq', left: old, right: expected, negated: false, type: { kind: 'bool' }, at: s.at, ...stale };
  return b.add({ op: 'branch', at, frame, condition, then: store, else: keep }, site);
}

const bound = (t: Type, end: 'lo' | 'hi'): number => (t.kind === 'range' ? t[end] : 0);

function converted(e: Expr, type: Type): Expr {
  return isSubtype(e.type, type) ? e : { op: 'convert', operand: e, type, at: e.at };
}

/**
 * `while` and `loop`. The way back leads to the head. A round that meets no start ends a step there, or inside `atomic` counts towards
 * the limit on rounds.
 */
function buildLoop(b: Builder, s: Stmt & { kind: 'while' | 'loop' }, scope: Scope, next: number, starts: boolean, site: number | undefined): number {
  const { at } = s;
  const { frame } = scope;
  const head = b.add({ op: 'nop', at, frame, next: -1 });
  const back = b.add({ op: 'nop', at, frame, next: head });
  const inner: Scope = { ...scope, loop: { breakTo: next, continueTo: back } };
  const body = buildBlock(b, s.body, inner, back);
  let entry = body;
  const condition = s.kind === 'while' ? rewrite(s.condition, scope) : undefined;
  const known = condition === undefined ? true : constantCondition(condition);
  if (condition !== undefined && known !== true) entry = b.add({ op: 'branch', at, frame, condition, then: body, else: next }, site);
  // Under `steps label` a label in the body is a step of its own.
  const joins = scope.grain === 'statement' && (s.kind === 'loop' || known === true);
  if (starts) entry = atBoundary(b, s, scope, joins ? joinFirstStatement(b.graph, body) : entry);
  (b.graph.nodes[head] as { next: number }).next = entry;
  if (scope.atomic) (b.graph.nodes[back] as { next: number }).next = b.add({ op: 'loop', at, frame, next: head });
  else if (scope.grain === 'statement' && b.reachesWithoutBoundary(entry, back)) {
    (b.graph.nodes[back] as { next: number }).next = atBoundary(b, { at: s.at }, scope, head);
  }
  return head;
}

function buildCall(b: Builder, s: Stmt & { kind: 'call' }, scope: Scope, next: number, first: boolean): number {
  const whole = s.procedure.atomic && !scope.atomic;
  const scopeOfCall = whole ? { ...scope, atomic: true } : scope;
  const ghost = scope.ghost || isGhostStatement(s);
  const reads = s.arguments.some((a) => (a.kind === 'value' ? readsShared(a.value) : touchesShared(a.place)));
  const starts = !ghost && !scope.atomic && (s.label !== undefined || (scope.grain === 'statement' && (whole ? startsStep(s) : reads)));
  const stores = s.result !== undefined && touchesShared(s.result) && scope.grain === 'statement' && !scopeOfCall.atomic;
  const site = starts || first ? b.site(s.label?.name ?? stepName(scope, s.at), s.at) : undefined;
  const entry = callProcedure(b, s.procedure, s.arguments, s.result, s.at, { ...scopeOfCall, ghost }, next, stores, site, reads && !whole);
  if (!starts) return entry;
  // With arguments that read shared state the call is a step that evaluates them; else its first step is that of the body's first statement.
  const joined = whole || reads || scope.grain === 'label' ? entry : joinFirstStatement(b.graph, entry);
  return atBoundary(b, s, scope, joined);
}

/** Inlines a call: arguments, the call's event, the body, the deferred calls, the return's event, the result. */
function callProcedure(
  b: Builder,
  procedure: Procedure,
  args: readonly Argument[],
  result: Place | undefined,
  at: Location,
  scope: Scope,
  next: number,
  storesApart: boolean,
  site?: number,
  argumentsApart = false,
): number {
  const atomic = scope.atomic ? ({ atomic: true } as const) : {};
  const frame = b.graph.frames.push({ procedure: procedure.name, observable: procedure.observable, ...atomic, caller: scope.frame, at }) - 1;
  const { scope: inner, locals } = b.scopeOf(procedure, frame, scope);
  const passed = new Set(args.flatMap((a) => (a.kind === 'inout' ? localsOfPlace(rewritePlace(a.place, scope)) : [])));
  const capture = captureArguments(b, procedure, args, scope, (e, p) => !p.assigned && isStable(e, passed), at, inner);

  let after = next;
  const add = (node: RawNode, ownSite?: number): number => b.add(node, ownSite, scope.ghost);
  if (result !== undefined && inner.result !== undefined) {
    const target = rewritePlace(result, scope);
    const value = converted({ op: 'var', variable: inner.result, type: inner.result.type, at }, target.type);
    after = add({ op: 'assign', at, frame: scope.frame, targets: [target], values: [value], next: after }, storesApart ? b.site(stepName(scope, at), at) : undefined);
    if (storesApart) after = atBoundary(b, { at }, scope, after);
  }
  const kept = b.graph.locals.filter((l) => l.frame === frame && l.kept === 'frame').map((l) => l.variable);
  if (kept.length > 0) after = add({ op: 'reset', at, frame: scope.frame, locals: kept, next: after });
  if (!scope.ghost) {
    const value: Expr | undefined = inner.result && { op: 'var', variable: inner.result, type: inner.result.type, at };
    after = add({ op: 'return', at, frame: scope.frame, callee: frame, ...(value === undefined ? {} : { value }), next: after });
  }
  const body = buildBody(b, procedure.body, inner, after);
  const fresh = locals.length === 0 ? body : add({ op: 'reset', at, frame, locals, next: body, fresh: true, opening: true });
  const entry = scope.ghost ? fresh : withCallEvent(b, procedure, inner, frame, scope.frame, fresh, at, site);
  return capture.assign(entry, argumentsApart ? site : undefined);
}

/**
 * A call belongs to the step in which the body's first statement runs: its event goes behind the boundary of that statement. Where others
 * come to that boundary too (a loop's head, a label that is jumped to) it belongs to the step before, or they would be two locations.
 */
function withCallEvent(b: Builder, procedure: Procedure, inner: Scope, frame: number, caller: number, entry: number, at: Location, site?: number): number {
  const args = procedure.parameters.flatMap((p) =>
    p.kind === 'value' ? [{ name: lastName(p.variable.name), value: rewrite({ op: 'var', variable: p.variable, type: p.variable.type, at }, inner) }] : [],
  );
  const event = (next: number): number => b.add({ op: 'call', at, frame: caller, callee: frame, arguments: args, next, opening: true }, site);
  // Fresh locals stand between the call and its first boundary.
  const node = b.graph.nodes[entry]!;
  const first = node.op === 'reset' && node.fresh ? b.graph.nodes[node.next]! : node;
  if (first.op !== 'boundary') return event(entry);
  first.next = event(first.next);
  first.frame = caller;
  return entry;
}

/**
 * Binds parameters: what cannot change stands for its parameter, everything else is evaluated into locals, left to right, by one
 * assignment. An `inout` place's references and indices are evaluated likewise.
 */
function captureArguments(
  b: Builder,
  procedure: Procedure,
  args: readonly Argument[],
  scope: Scope,
  mayStand: (e: Expr, p: { readonly assigned: boolean }) => boolean,
  at: Location,
  inner?: Scope,
): { readonly arguments: readonly Argument[]; readonly assign: (next: number, site?: number) => number } {
  const targets: Place[] = [];
  const values: Expr[] = [];
  const capture = (name: Variable, e: Expr): Expr => {
    const variable = b.copyOf({ ...name, type: e.type }, inner ?? scope, b.keptOf(inner ?? scope));
    (inner ?? scope).fixed.add(variable);
    targets.push({ variable, path: [], type: e.type, at });
    values.push(e);
    return { op: 'var', variable, type: e.type, at };
  };
  const bound = procedure.parameters.map((p, i): Argument => {
    const arg = args[i]!;
    if (p.kind === 'value' && arg.kind === 'value') {
      const e = rewrite(arg.value, scope);
      // A captured parameter has its declared type: the body may assign it.
      const value = mayStand(e, p) ? e : capture(p.variable, { ...e, type: p.variable.type });
      if (p.assigned && value.op === 'var') (inner ?? scope).fixed.delete(value.variable);
      inner?.values.set(p.variable, value);
      return { kind: 'value', value };
    }
    if (p.kind === 'inout' && arg.kind === 'inout') {
      const place = rewritePlace(arg.place, scope);
      const path = place.path.map((step) => {
        if (step.kind === 'field') return step;
        const e = step.kind === 'object' ? step.ref : step.index;
        const value = mayStand(e, { assigned: false }) ? e : capture(p.variable, e);
        return step.kind === 'object' ? { ...step, ref: value } : { ...step, index: value };
      });
      const fixedPlace = { ...place, path };
      inner?.places.set(p.variable, fixedPlace);
      return { kind: 'inout', place: fixedPlace };
    }
    throw new Error('internal error: an argument does not fit its parameter');
  });
  const assign = (next: number, site?: number): number => {
    if (targets.length === 0 && site === undefined) return next;
    const node: RawNode = { op: 'assign', at, frame: scope.frame, targets, values, next };
    if (!values.some(readsShared)) node.opening = true;
    return b.add(node, site, scope.ghost);
  };
  return { arguments: bound, assign };
}

/** Labels of a body that some `goto` in it names. */
export function gotoTargets(statements: readonly Stmt[], found: Set<string> = new Set()): Set<string> {
  for (const s of statements) {
    if (s.kind === 'goto') found.add(s.target);
    else gotoTargets(inside(s), found);
  }
  return found;
}

const hasTarget = (statements: readonly Stmt[], scope: Scope): boolean =>
  statements.some((s) => (s.label !== undefined && scope.labels.has(s.label.name)) || hasTarget(inside(s), scope));
