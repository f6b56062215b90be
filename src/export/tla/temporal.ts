// Temporal formulas as TLC takes them. Where a part with temporal operators turns out to be constant (`KIND = "WQ" => []p`), TLC takes the whole for
// an action, and refuses it; it knows no `<=>` of temporal formulas, and cannot range over a set that is read from the state. So constant parts
// are decided here, an equivalence becomes two implications, and an element of such a set is one of its type that is in the set. TLA+ has no
// `until`: what comes in the end, or again and again, is said without; the rest would need a variable that remembers.

import { closedSet, valueIfClosed } from '../../core/constant.js';
import type { Expr } from '../../core/expr.js';
import { constantCondition, fold } from '../../core/fold.js';
import { bool } from '../../core/type.js';
import { valuesOf } from '../../core/value.js';
import { isTemporal, subexpressions, withValue } from '../../core/walk.js';

/** The same formula; a constant where it does not depend on the run. */
export function forTlc(e: Expr): Expr {
  if (!isTemporal(e)) return decided(fold(e));
  switch (e.op) {
    case 'unary':
      return not(forTlc(e.operand));
    case 'binary':
      if (e.operator === 'iff') return equivalence(forTlc(e.left), forTlc(e.right));
      return join(e.operator === 'and' ? 'and' : 'or', forTlc(e.left), forTlc(e.right));
    case 'implies':
      return implies(e, forTlc(e.left), forTlc(e.right));
    case 'eq':
      return e.negated ? not(equivalence(forTlc(e.left), forTlc(e.right))) : equivalence(forTlc(e.left), forTlc(e.right));
    case 'if': {
      const condition = forTlc(e.condition);
      return join('and', implies(e, condition, forTlc(e.then)), join('or', condition, forTlc(e.else)));
    }
    case 'quantifier':
      return quantified(e);
    case 'temporal': {
      const operand = forTlc(e.operand);
      if (constantCondition(operand) !== undefined) return operand;
      if (operand.op !== 'until') return { ...e, operand };
      const { left, right } = operand;
      return e.operator === 'eventually' ? eventually(right) : join('and', always(join('or', left, right)), always(eventually(right)));
    }
    case 'until': {
      const [left, right] = [forTlc(e.left), forTlc(e.right)];
      if (constantCondition(right) !== undefined || constantCondition(left) === false) return right;
      return constantCondition(left) === true ? eventually(right) : { ...e, left, right };
    }
    case 'leadsto': {
      const [left, target] = [forTlc(e.left), forTlc(e.right)];
      const right = target.op === 'until' ? target.right : target;
      if (constantCondition(left) === false || constantCondition(right) === true) return truth(e, true);
      return constantCondition(right) === false ? always(not(left)) : { ...e, left, right };
    }
    default:
      return e;
  }
}

const truth = ({ at }: Expr, value: boolean): Expr => ({ op: 'const', value, type: bool, at });

const always = (operand: Expr): Expr => ({ op: 'temporal', operator: 'always', operand, type: bool, at: operand.at });
const eventually = (operand: Expr): Expr => ({ op: 'temporal', operator: 'eventually', operand, type: bool, at: operand.at });

/** A state formula that does not look at the state. */
function decided(e: Expr): Expr {
  const value = valueIfClosed(e);
  return value === undefined ? e : truth(e, value === true);
}

function not(e: Expr): Expr {
  const value = constantCondition(e);
  return value === undefined ? { op: 'unary', operator: 'not', operand: e, type: bool, at: e.at } : truth(e, !value);
}

function join(operator: 'and' | 'or', left: Expr, right: Expr): Expr {
  for (const [a, b] of [[left, right], [right, left]] as const) {
    const value = constantCondition(a);
    if (value !== undefined) return value === (operator === 'and') ? b : a;
  }
  return { op: 'binary', operator, left, right, type: bool, at: left.at };
}

function implies({ at }: Expr, left: Expr, right: Expr): Expr {
  if (constantCondition(left) === true) return right;
  if (constantCondition(left) === false || constantCondition(right) === true) return truth(left, true);
  return constantCondition(right) === false ? not(left) : { op: 'implies', left, right, type: bool, at };
}

const equivalence = (a: Expr, b: Expr): Expr => join('and', implies(a, a, b), implies(b, b, a));

/** One by one where the body is simpler for some values than for others. */
function quantified(e: Expr & { readonly op: 'quantifier' }): Expr {
  const isAll = e.quantifier === 'forall';
  const { type } = e.bound;
  const closed = closedSet(e.set);
  const element: Expr = { op: 'bound', bound: e.bound, type, at: e.at };
  const isIn: Expr = { op: 'binary', operator: 'in', left: element, right: e.set, type: bool, at: e.set.at };
  const whole = closed !== undefined ? e.body : isAll ? ({ op: 'implies', left: isIn, right: e.body, type: bool, at: e.at } as const) : ({ op: 'binary', operator: 'and', left: isIn, right: e.body, type: bool, at: e.at } as const);
  const body = forTlc(whole);
  const each = (closed ?? valuesOf(type)).map((value) => forTlc(withValue(whole, e.bound, value)));
  if (each.length > 0 && each.every((instance) => operators(instance) === operators(body))) return { ...e, set: closed === undefined ? { op: 'all', of: type, type: e.set.type, at: e.set.at } : e.set, body };
  return each.reduce((left, right) => join(isAll ? 'and' : 'or', left, right), truth(e, isAll));
}

const operators = (e: Expr): number => subexpressions(e).reduce((sum, sub) => sum + operators(sub), e.op === 'temporal' || e.op === 'until' || e.op === 'leadsto' ? 1 : 0);
