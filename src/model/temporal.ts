// Temporal formulas as the explorer decides them: quantifiers unfolded over their finite sets, negations pushed down to state formulas,
// conjunctions taken apart, and what has one of the common forms told from what needs an automaton.

import type { Ltl, Obligation, TemporalPlan } from '../checker/liveness/plan.js';
import { unreachable } from '../base/unreachable.js';
import type { Expr } from '../core/expr.js';
import { closedSet } from '../core/constant.js';
import { fold } from '../core/fold.js';
import { bool } from '../core/type.js';
import { showValue, valuesOf, type Value } from '../core/value.js';
import { isTemporal, withValue } from '../core/walk.js';
import { fairnessOf } from './fairness.js';
import type { Model } from './model.js';

export interface Temporal {
  readonly plan: TemporalPlan;
  /** State formulas; evaluated as properties are. */
  readonly atoms: readonly Expr[];
}

/** Undefined when the model has no temporal property. */
export function temporalOf(model: Model): Temporal | undefined {
  const atoms: Expr[] = [];
  const properties = model.properties.flatMap((p, property) =>
    p.kind === 'temporal' ? [{ property, obligations: obligationsOf(formulaOf(p.formula, true), (expr) => atoms.push(expr) - 1) }] : [],
  );
  if (properties.length === 0) return undefined;
  const families = model.families.map((_, f) => model.instances.flatMap(({ family }, pid) => (family === f ? [pid] : [])));
  return { plan: { ...fairnessOf(model), families, atoms: atoms.length, properties }, atoms };
}

// ---- formulas -----------------------------------------------------------------------------------------------------------

/**
 * Without negation but inside state formulas. `site`: the disjunction was `p ~> q`, whose left side is this antecedent. `where`: it is
 * what a quantifier's body says of one element, `i = 0`.
 */
type Formula = { readonly where?: string } & (
  | { readonly op: 'state'; readonly expr: Expr }
  | { readonly op: 'and' | 'or' | 'until' | 'release'; readonly left: Formula; readonly right: Formula; readonly site?: number }
  | { readonly op: 'always' | 'eventually'; readonly of: Formula }
);

/** The formula, or (not `positive`) its negation. */
function formulaOf(e: Expr, positive: boolean): Formula {
  if (!isTemporal(e)) return { op: 'state', expr: fold(positive ? e : not(e)) };
  const both = (op: 'and' | 'or', left: Formula, right: Formula): Formula => join(positive ? op : dual(op), left, right);
  const sub = (x: Expr, same = true): Formula => formulaOf(x, same === positive);
  switch (e.op) {
    case 'unary':
      return sub(e.operand, false);
    case 'binary':
      if (e.operator === 'iff') return equivalence(e.left, e.right, positive);
      return both(e.operator === 'and' ? 'and' : 'or', sub(e.left), sub(e.right));
    case 'implies':
      return both('or', sub(e.left, false), sub(e.right));
    case 'eq':
      return equivalence(e.left, e.right, positive !== e.negated);
    case 'if':
      return join('or', join('and', formulaOf(e.condition, true), sub(e.then)), join('and', formulaOf(e.condition, false), sub(e.else)));
    case 'quantifier':
      return unfolded(e, positive);
    case 'temporal': {
      const always = (e.operator === 'always') === positive;
      return { op: always ? 'always' : 'eventually', of: sub(e.operand) };
    }
    case 'until':
      return { op: positive ? 'until' : 'release', left: sub(e.left), right: sub(e.right) };
    case 'leadsto': {
      const [left, right] = [sub(e.left, false), { op: positive ? 'eventually' : 'always', of: sub(e.right) } as const];
      if (!positive) return { op: 'eventually', of: join('and', left, right) };
      return { op: 'always', of: e.site === undefined ? join('or', left, right) : { op: 'or', left, right, site: e.site } };
    }
    default:
      throw new Error(`internal error: a temporal operator inside \`${e.op}\``);
  }
}

const dual = (op: 'and' | 'or'): 'and' | 'or' => (op === 'and' ? 'or' : 'and');

const not = (e: Expr): Expr => (e.op === 'unary' && e.operator === 'not' ? e.operand : { op: 'unary', operator: 'not', operand: e, type: bool, at: e.at });

/** State formulas that stand side by side become one, so that it is looked at once a state. */
function join(op: 'and' | 'or', left: Formula, right: Formula): Formula {
  for (const [a, b] of [[left, right], [right, left]] as const) {
    const value = constantOf(a);
    if (value !== undefined) return value === (op === 'and') ? b : a;
  }
  if (left.op === 'state' && right.op === 'state') return { op: 'state', expr: { op: 'binary', operator: op, left: left.expr, right: right.expr, type: bool, at: left.expr.at } };
  return { op, left, right };
}

const constantOf = (f: Formula): Value | undefined => (f.op === 'state' && f.expr.op === 'const' ? f.expr.value : undefined);

function equivalence(a: Expr, b: Expr, positive: boolean): Formula {
  return join('or', join('and', formulaOf(a, true), formulaOf(b, positive)), join('and', formulaOf(a, false), formulaOf(b, !positive)));
}

/** One part for each value. Where the set is read from the state, a value counts if it is in the set where the formula is looked at. */
function unfolded(e: Expr & { readonly op: 'quantifier' }, positive: boolean): Formula {
  const all = (e.quantifier === 'forall') === positive;
  const values = closedSet(e.set);
  const parts = (values ?? valuesOf(e.bound.type)).map((value) => {
    const body: Formula = { ...formulaOf(withValue(e.body, e.bound, value), positive), where: `${e.bound.name} = ${showValue(e.bound.type, value)}` };
    if (values !== undefined) return body;
    const element: Expr = { op: 'const', value, type: e.bound.type, at: e.at };
    const isIn: Expr = { op: 'binary', operator: 'in', left: element, right: e.set, type: bool, at: e.set.at };
    return all ? join('or', { op: 'state', expr: not(isIn) }, body) : join('and', { op: 'state', expr: isIn }, body);
  });
  const neutral: Formula = { op: 'state', expr: { op: 'const', value: all, type: bool, at: e.at } };
  return parts.reduce((left, right) => join(all ? 'and' : 'or', left, right), neutral);
}

// ---- obligations --------------------------------------------------------------------------------------------------------

type Atom = (e: Expr) => number;

function obligationsOf(f: Formula, atom: Atom): readonly Obligation[] {
  return located(f, directly(f, atom) ?? [{ kind: 'formula', formula: ltlOf(f, atom) }]);
}

/** What a quantifier outside says comes first. */
function located({ where }: Formula, obligations: readonly Obligation[]): readonly Obligation[] {
  if (where === undefined) return obligations;
  return obligations.map((o) => ({ ...o, where: o.where === undefined ? where : `${where}, ${o.where}` }));
}

/** In direct forms, if it has them. */
function directly(f: Formula, atom: Atom): readonly Obligation[] | undefined {
  switch (f.op) {
    case 'and':
      return [...obligationsOf(f.left, atom), ...obligationsOf(f.right, atom)];
    case 'always':
      return alwaysOf(f.of, atom);
    case 'eventually':
      if (f.of.op === 'state') return [{ kind: 'eventually', p: atom(f.of.expr) }];
      if (f.of.op === 'eventually') return directly(f.of, atom);
      return f.of.op === 'always' && f.of.of.op === 'state' ? [{ kind: 'eventually-always', p: atom(f.of.of.expr) }] : undefined;
    case 'state':
      return constantOf(f) === true ? [] : undefined;
    default:
      return undefined;
  }
}

/** `always f` in direct forms, if it has them. */
function alwaysOf(f: Formula, atom: Atom): readonly Obligation[] | undefined {
  const forms = ((): readonly Obligation[] | undefined => {
    switch (f.op) {
      case 'state':
        return constantOf(f) === true ? [] : [{ kind: 'always', p: atom(f.expr) }];
      case 'and':
        return [f.left, f.right].flatMap((part) => obligationsOf({ op: 'always', of: part }, atom));
      case 'always':
        return alwaysOf(f.of, atom);
      case 'eventually':
        if (f.of.op === 'state') return [{ kind: 'always-eventually', p: atom(f.of.expr) }];
        return f.of.op === 'eventually' ? alwaysOf(f.of, atom) : undefined;
      case 'or':
        return response(f, atom);
      default:
        return undefined;
    }
  })();
  return forms && located(f, forms);
}

/** `a || eventually b` with state formulas: `!a ~> b`. */
function response(f: Formula & { readonly left: Formula; readonly site?: number }, atom: Atom): readonly Obligation[] | undefined {
  const now: Expr[] = [];
  const later: Expr[] = [];
  for (const part of disjuncts(f)) {
    if (part.op === 'state') now.push(part.expr);
    else if (part.op === 'eventually' && part.of.op === 'state') later.push(part.of.expr);
    else return undefined;
  }
  const either = (parts: readonly Expr[]): Expr => parts.reduce((left, right) => ({ op: 'binary', operator: 'or', left, right, type: bool, at: left.at }));
  if (now.length === 0) return [{ kind: 'always-eventually', p: atom(either(later)) }];
  return [{ kind: 'leads-to', p: atom(not(either(now))), q: atom(either(later)), ...(f.site === undefined ? {} : { site: f.site }) }];
}

const disjuncts = (f: Formula): readonly Formula[] => (f.op === 'or' ? [...disjuncts(f.left), ...disjuncts(f.right)] : [f]);

function ltlOf(f: Formula, atom: Atom): Ltl {
  switch (f.op) {
    case 'state': {
      const value = constantOf(f);
      return value === undefined ? { op: 'atom', atom: atom(f.expr), negated: false } : { op: value === true ? 'true' : 'false' };
    }
    case 'and':
    case 'or':
    case 'until':
    case 'release':
      return { op: f.op, left: ltlOf(f.left, atom), right: ltlOf(f.right, atom) };
    case 'always':
      return { op: 'release', left: { op: 'false' }, right: ltlOf(f.of, atom) };
    case 'eventually':
      return { op: 'until', left: { op: 'true' }, right: ltlOf(f.of, atom) };
    default:
      return unreachable(f);
  }
}
