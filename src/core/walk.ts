// Generic walks over expressions and places: every pass that does not care about most operators goes through here.

import { unreachable } from '../base/unreachable.js';
import type { Bound, Expr, PathStep, Place, Variable } from './expr.js';
import type { Value } from './value.js';

const NONE: readonly Expr[] = [];

/** The direct subexpressions, in the order of evaluation. */
export function subexpressions(e: Expr): readonly Expr[] {
  switch (e.op) {
    case 'const':
    case 'all':
    case 'live':
    case 'var':
    case 'bound':
    case 'parameter':
    case 'self':
      return NONE;
    case 'localOf':
    case 'at':
    case 'inProcedure':
    case 'done':
    case 'pcIn':
    case 'enabled':
      return [e.pid];
    case 'instance':
      return e.argument === undefined ? NONE : [e.argument];
    case 'load':
    case 'alive':
      return [e.ref];
    case 'index':
      return [e.map, e.index];
    case 'field':
      return [e.record];
    case 'unary':
    case 'convert':
    case 'prime':
    case 'temporal':
      return [e.operand];
    case 'binary':
    case 'implies':
    case 'eq':
    case 'until':
    case 'leadsto':
      return [e.left, e.right];
    case 'if':
      return [e.condition, e.then, e.else];
    case 'quantifier':
      return [e.set, e.body];
    case 'filter':
      return [e.set, e.condition];
    case 'interval':
      return [e.lo, e.hi];
    case 'set':
    case 'seq':
      return e.elements;
    case 'record':
      return e.fields;
    case 'map':
      return [e.body];
    case 'withIndex':
      return [e.map, e.index, e.value];
    case 'withFields':
      return [e.record, ...e.fields.map((f) => f.value)];
    default:
      return unreachable(e);
  }
}

/** The expression with `f` applied to each direct subexpression; the same object when none changes. */
export function mapSubexpressions(e: Expr, f: (sub: Expr) => Expr): Expr {
  const before = subexpressions(e);
  if (before.length === 0) return e;
  let changed = false;
  const after = before.map((sub) => {
    const x = f(sub);
    changed ||= x !== sub;
    return x;
  });
  if (!changed) return e;
  const [a, b, c] = after as [Expr, Expr, Expr];
  switch (e.op) {
    case 'const':
    case 'all':
    case 'live':
    case 'var':
    case 'bound':
    case 'parameter':
    case 'self':
      return e;
    case 'localOf':
    case 'at':
    case 'inProcedure':
    case 'done':
    case 'pcIn':
    case 'enabled':
      return { ...e, pid: a };
    case 'instance':
      return { ...e, argument: a };
    case 'load':
    case 'alive':
      return { ...e, ref: a };
    case 'index':
      return { ...e, map: a, index: b };
    case 'field':
      return { ...e, record: a };
    case 'unary':
    case 'convert':
    case 'prime':
    case 'temporal':
      return { ...e, operand: a };
    case 'binary':
    case 'implies':
    case 'eq':
    case 'until':
    case 'leadsto':
      return { ...e, left: a, right: b };
    case 'if':
      return { ...e, condition: a, then: b, else: c };
    case 'quantifier':
      return { ...e, set: a, body: b };
    case 'filter':
      return { ...e, set: a, condition: b };
    case 'interval':
      return { ...e, lo: a, hi: b };
    case 'set':
    case 'seq':
      return { ...e, elements: after };
    case 'record':
      return { ...e, fields: after };
    case 'map':
      return { ...e, body: a };
    case 'withIndex':
      return { ...e, map: a, index: b, value: c };
    case 'withFields':
      return { ...e, record: a, fields: e.fields.map((field, i) => ({ ...field, value: after[i + 1]! })) };
    default:
      return unreachable(e);
  }
}

/** True when `test` holds for the expression or for anything in it. */
export function someExpr(e: Expr, test: (e: Expr) => boolean): boolean {
  if (test(e)) return true;
  for (const sub of subexpressions(e)) if (someExpr(sub, test)) return true;
  return false;
}

/** Has an operator that speaks of more than one state. */
export const isTemporal = (e: Expr): boolean => someExpr(e, (x) => x.op === 'temporal' || x.op === 'until' || x.op === 'leadsto');

/** What an expression's value may depend on, but for constants: the state, and names bound around it. */
const READS: ReadonlySet<Expr['op']> = new Set(['live', 'var', 'localOf', 'load', 'alive', 'pcIn', 'enabled', 'instance', 'parameter', 'self', 'prime']);

/** Its value depends on the state, on the process, or on a name that is bound outside. */
export function readsState(e: Expr, inside: ReadonlySet<Bound> = new Set()): boolean {
  if (e.op === 'bound') return !inside.has(e.bound);
  if (READS.has(e.op)) return true;
  const own = e.op === 'quantifier' || e.op === 'filter' || e.op === 'map' ? new Set([...inside, e.bound]) : inside;
  return subexpressions(e).some((sub) => readsState(sub, own));
}

/** The expression for one value of a bound name. */
export function withValue(e: Expr, bound: Bound, value: Value): Expr {
  if (e.op === 'bound' && e.bound === bound) return { op: 'const', value, type: e.type, at: e.at };
  return mapSubexpressions(e, (sub) => withValue(sub, bound, value));
}

/** The expressions in a place's path: references and indices. */
export function pathExpressions(place: Place): readonly Expr[] {
  return place.path.flatMap((step) => (step.kind === 'object' ? [step.ref] : step.kind === 'index' ? [step.index] : []));
}

/** The place with `f` applied to each expression of its path. */
export function mapPath(place: Place, f: (e: Expr) => Expr): Place {
  return place.path.length === 0 ? place : { ...place, path: place.path.map((step) => mapStep(step, f)) };
}

function mapStep(step: PathStep, f: (e: Expr) => Expr): PathStep {
  switch (step.kind) {
    case 'object':
      return { ...step, ref: f(step.ref) };
    case 'index':
      return { ...step, index: f(step.index) };
    case 'field':
      return step;
    default:
      return unreachable(step);
  }
}

/** Tells of each variable that an expression reads of the state (fields of objects through `load`; the own copies of locals). */
export function visitVariables(e: Expr, f: (v: Variable) => void): void {
  if (e.op === 'var' || e.op === 'load' || e.op === 'localOf') f(e.variable);
  for (const sub of subexpressions(e)) visitVariables(sub, f);
}

export function variablesOf(e: Expr): Set<Variable> {
  const found = new Set<Variable>();
  visitVariables(e, (v) => found.add(v));
  return found;
}

/** The expression that reads what a place holds. */
export function readPlace(place: Place): Expr {
  const { variable, at } = place;
  const types = typesAlong(place);
  let read: Expr | undefined;
  place.path.forEach((step, i) => {
    const type = types[i]!;
    if (step.kind === 'object') read = { op: 'load', variable, ref: step.ref, type, at };
    else {
      const whole: Expr = read ?? { op: 'var', variable, type: variable.type, at };
      read = step.kind === 'index' ? { op: 'index', map: whole, index: step.index, type, at } : { op: 'field', record: whole, field: step.field, type, at };
    }
  });
  return read ?? { op: 'var', variable, type: variable.type, at };
}

/** The type of what stands after each step of the path. */
function typesAlong(place: Place): readonly Expr['type'][] {
  let type = place.variable.type;
  return place.path.map((step) => {
    if (step.kind === 'index' && type.kind === 'map') type = type.value;
    else if (step.kind === 'field' && type.kind === 'record') type = type.fields[step.field]!.type;
    return type;
  });
}
