// Temporal formulas of one shape, compared through the conditions in them: where all of these stay or are changed one way, so is the
// formula, as each temporal operator is monotone in its operands (`~>` in its left one the other way round).

import type { Bound, Expr } from '../../core/expr.js';
import { cardinality, sameType } from '../../core/type.js';
import { partsOf } from '../../core/value.js';
import { someExpr } from '../../core/walk.js';
import type { Definition } from '../result.js';
import { decide } from './decide.js';
import { normalForm } from './normal-form.js';
import { smallWorld, type Formula } from './small-world.js';

/** @throws NotComparable */
export function compareTemporal(before: Formula, after: Formula): Definition {
  const free = new Map<Bound, string>();
  const pairs = conditions(before.formula, after.formula, true, free);
  if (pairs === undefined) return { kind: 'changed', note: 'it is a temporal formula of another shape' };
  let [allows, forbids, sampled, tried] = [false, false, false, 0];
  for (const { a, b, positive } of pairs) {
    if (normalForm(a, free) === normalForm(b, free)) continue;
    const decision = decide(smallWorld({ side: before.side, formula: a }, { side: after.side, formula: b }, free));
    const [more, less] = [decision.nowAllowed !== undefined, decision.nowForbidden !== undefined];
    allows ||= positive ? more : less;
    forbids ||= positive ? less : more;
    sampled ||= decision.sampled;
    tried += decision.tried;
  }
  const unsure = sampled ? { sampled } : {};
  if (allows && forbids) return { kind: 'changed', note: 'some conditions in it became weaker, others stronger', tried };
  return { kind: allows ? 'weakened' : forbids ? 'strengthened' : 'same', tried, ...unsure };
}

interface Pair {
  readonly a: Expr;
  readonly b: Expr;
  /** A weaker condition makes the formula weaker. */
  readonly positive: boolean;
}

const isTemporal = (e: Expr): boolean => someExpr(e, (x) => x.op === 'temporal' || x.op === 'until' || x.op === 'leadsto');

/** The conditions that stand at the same places; undefined where the formulas have other shapes. Notes the names bound around them. */
function conditions(a: Expr, b: Expr, positive: boolean, free: Map<Bound, string>): readonly Pair[] | undefined {
  if (!isTemporal(a) && !isTemporal(b)) return [{ a, b, positive }];
  const inside = (x: Expr, y: Expr, way = positive): readonly Pair[] | undefined => conditions(x, y, way, free);
  const both = (...parts: readonly (readonly Pair[] | undefined)[]): readonly Pair[] | undefined => (parts.includes(undefined) ? undefined : parts.flatMap((p) => p!));
  if (a.op === 'temporal' && b.op === 'temporal' && a.operator === b.operator) return inside(a.operand, b.operand);
  if (a.op === 'leadsto' && b.op === 'leadsto') return both(inside(a.left, b.left, !positive), inside(a.right, b.right));
  if (a.op === 'until' && b.op === 'until') return both(inside(a.left, b.left), inside(a.right, b.right));
  if (a.op === 'implies' && b.op === 'implies') return both(inside(a.left, b.left, !positive), inside(a.right, b.right));
  if (a.op === 'unary' && b.op === 'unary' && a.operator === 'not' && b.operator === 'not') return inside(a.operand, b.operand, !positive);
  if (a.op === 'quantifier' && b.op === 'quantifier' && a.quantifier === b.quantifier) {
    if (!sameType(a.bound.type, b.bound.type) || !isWhole(a) || !isWhole(b)) return undefined;
    const name = [...free.values()].includes(b.bound.name) ? `${b.bound.name}.${free.size}` : b.bound.name;
    free.set(a.bound, name).set(b.bound, name);
    return inside(a.body, b.body);
  }
  const isJunction = a.op === 'binary' && b.op === 'binary' && a.operator === b.operator && (a.operator === 'and' || a.operator === 'or');
  return isJunction ? both(inside(a.left, b.left), inside(a.right, b.right)) : undefined;
}

/** The quantifier goes over every value of the type that its name has. */
function isWhole({ set, bound }: Expr & { readonly op: 'quantifier' }): boolean {
  if (set.op === 'all') return true;
  if (set.op === 'const') return partsOf(set.value).length === cardinality(bound.type);
  return set.op === 'interval' && set.lo.op === 'const' && set.hi.op === 'const' && Number(set.hi.value) - Number(set.lo.value) + 1 === cardinality(bound.type);
}
