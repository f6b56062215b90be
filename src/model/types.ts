// Every type that occurs in a model.

import type { Expr } from '../core/expr.js';
import { elementTypes, type Type } from '../core/type.js';
import { subexpressions } from '../core/walk.js';
import type { Model } from './model.js';
import { nodeExpressions } from './node.js';
import { familiesOf } from './state.js';

/** The types of variables and of all expressions, with what they consist of. */
export function typesOf(model: Model): ReadonlySet<Type> {
  const found = new Set<Type>();
  const inType = (t: Type): void => {
    if (found.has(t)) return;
    found.add(t);
    elementTypes(t).forEach(inType);
  };
  const inExpr = (e: Expr): void => {
    inType(e.type);
    subexpressions(e).forEach(inExpr);
  };
  for (const { variable } of model.variables) inType(variable.type);
  for (const pool of model.pools) for (const { variable } of pool.fields) inType(variable.type);
  for (const family of familiesOf(model)) {
    for (const { variable } of family.locals) inType(variable.type);
    for (const node of family.nodes) nodeExpressions(node).forEach(inExpr);
  }
  for (const p of model.properties) if ('formula' in p) inExpr(p.formula);
  return found;
}
