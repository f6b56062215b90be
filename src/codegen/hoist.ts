// What does not depend on the element that a quantifier stands at is asked once, not for each element: `forall j: a && b(j) => c(j)`
// is `a => forall j: b(j) => c(j)`, and `exists j: a && b(j)` is `a && exists j: b(j)`. Where the set is not empty the two also err in
// the same states and mark the same antecedents.

import type { Expr } from '../core/expr.js';
import { someExpr } from '../core/walk.js';

type Quantifier = Expr & { readonly op: 'quantifier' };

/** The same with what can be asked first in front; undefined when there is nothing. The set must not be empty. */
export function hoisted(e: Quantifier): Expr | undefined {
  const { body } = e;
  const asked = e.quantifier === 'exists' ? body : e.quantifier === 'forall' && body.op === 'implies' ? body.left : undefined;
  if (asked === undefined) return undefined;
  const conjuncts = conjunctsOf(asked);
  const bare = conjuncts.findIndex((c) => someExpr(c, (x) => x.op === 'bound' && x.bound === e.bound));
  // One must be left: with it the antecedent is marked.
  const first = conjuncts.slice(0, bare < 0 ? -1 : bare);
  if (first.length === 0) return undefined;
  const [outer, rest] = [conjunctionOf(first), conjunctionOf(conjuncts.slice(first.length))];
  if (body.op !== 'implies') return { op: 'binary', operator: 'and', left: outer, right: { ...e, body: rest }, type: e.type, at: e.at };
  return { op: 'implies', left: outer, right: { ...e, body: { ...body, left: rest } }, type: e.type, at: e.at };
}

const conjunctsOf = (e: Expr): readonly Expr[] => (e.op === 'binary' && e.operator === 'and' ? [...conjunctsOf(e.left), ...conjunctsOf(e.right)] : [e]);

const conjunctionOf = (conjuncts: readonly Expr[]): Expr => conjuncts.reduce((left, right) => ({ op: 'binary', operator: 'and', left, right, type: left.type, at: left.at }));
