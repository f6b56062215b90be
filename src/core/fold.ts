// Constant conditions are decided before the spec runs, so that code which a configuration excludes is neither explored nor reported as
// unreached. Only what cannot err is folded.

import { bool } from './type.js';
import type { Expr } from './expr.js';
import { sameValue, type Value } from './value.js';
import { mapSubexpressions } from './walk.js';

/** The Boolean value of a folded condition, or undefined when it depends on the state. */
export function constantCondition(e: Expr): boolean | undefined {
  return e.op === 'const' && typeof e.value === 'boolean' ? e.value : undefined;
}

/** The expression with constant Boolean operators and comparisons of numbers evaluated. */
export const fold = (e: Expr): Expr => foldWhole(mapSubexpressions(e, fold));

/** The same for one whose parts are folded already. */
export function foldWhole(x: Expr): Expr {
  switch (x.op) {
    case 'unary': {
      if (x.operator === 'not' && x.operand.op === 'const') return truth(x.operand.value !== true, x);
      return x;
    }
    case 'binary': {
      const left = constant(x.left);
      const right = constant(x.right);
      // The right operand of `and` and `or` is evaluated only when the left one leaves the matter open, so a constant right operand
      // decides nothing that could err before it.
      if (x.operator === 'and') return left === false ? truth(false, x) : left === true ? x.right : right === true ? x.left : x;
      if (x.operator === 'or') return left === true ? truth(true, x) : left === false ? x.right : right === false ? x.left : x;
      if (typeof left !== 'number' || typeof right !== 'number') return x;
      if (x.operator === 'lt') return truth(left < right, x);
      if (x.operator === 'le') return truth(left <= right, x);
      if (x.operator === 'gt') return truth(left > right, x);
      if (x.operator === 'ge') return truth(left >= right, x);
      return x;
    }
    case 'eq': {
      const left = constant(x.left);
      const right = constant(x.right);
      return left === undefined || right === undefined ? x : truth(sameValue(left, right) !== x.negated, x);
    }
    case 'if': {
      const condition = constantCondition(x.condition);
      return condition === undefined ? x : condition ? x.then : x.else;
    }
    default:
      return x;
  }
}

const truth = (value: boolean, { at }: Expr): Expr => ({ op: 'const', value, type: bool, at });

const constant = (e: Expr): Value | undefined => (e.op === 'const' ? e.value : undefined);
