// A state formula as a condition.

import type { Expr } from '../../core/expr.js';
import { termOf } from './expression.js';
import type { Scope } from './scope.js';
import { and, not, type Term } from './term.js';

/** A formula that counts as false where its evaluation errs. */
export function truthIn(formula: Expr, scope: Scope): Term {
  const term = termOf(formula, scope);
  return scope.faults.reduceRight<Term>((rest, { when }) => and(not(when), rest), term);
}
