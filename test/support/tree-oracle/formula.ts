// Temporal formulas as they are written, with nothing but negation, conjunction and `until` left, and quantifiers over them unfolded.

import { children, type Node } from '../../../src/ast/children.js';
import type { Expr } from '../../../src/ast/nodes.js';
import { isConstant } from './code.js';
import { evaluate } from './expressions.js';
import { skip } from './outcomes.js';
import { valuesOf } from './shapes.js';
import { declared, nameOf, type Scene, type Spec } from './spec.js';
import { slotsOf } from './state.js';
import { elementsOf, type Value } from './values.js';

export type Formula =
  | { readonly op: 'constant'; readonly value: boolean }
  /** A state formula, evaluated in every state. `element`: it is asked whether that is in the set that `expr` gives. */
  | { readonly op: 'atom'; readonly expr: Expr; readonly bound: ReadonlyMap<string, Value>; readonly element?: Value }
  | { readonly op: 'not'; readonly of: Formula }
  | { readonly op: 'and'; readonly left: Formula; readonly right: Formula }
  /** Strong. */
  | { readonly op: 'until'; readonly left: Formula; readonly right: Formula };

const TRUE: Formula = { op: 'constant', value: true };
const not = (of: Formula): Formula => ({ op: 'not', of });
const and = (left: Formula, right: Formula): Formula => ({ op: 'and', left, right });
const or = (left: Formula, right: Formula): Formula => not(and(not(left), not(right)));
const eventually = (of: Formula): Formula => ({ op: 'until', left: TRUE, right: of });
const always = (of: Formula): Formula => not(eventually(not(of)));

const TEMPORAL: ReadonlySet<string> = new Set(['always', 'eventually', '~>', 'until']);

function isTemporal(n: Node): boolean {
  const isOperator = n.category === 'expr' && (n.node.kind === 'unary' || n.node.kind === 'binary') && TEMPORAL.has(n.node.operator);
  return isOperator || children(n).some(isTemporal);
}

/** @throws Skip */
export function formulaOf(spec: Spec, e: Expr, bound: ReadonlyMap<string, Value> = new Map()): Formula {
  if (!isTemporal({ category: 'expr', node: e })) return { op: 'atom', expr: e, bound };
  const sub = (x: Expr): Formula => formulaOf(spec, x, bound);
  switch (e.kind) {
    case 'group':
      return sub(e.inner);
    case 'unary':
      if (e.operator === '!') return not(sub(e.operand));
      return e.operator === 'always' ? always(sub(e.operand)) : e.operator === 'eventually' ? eventually(sub(e.operand)) : skip(`${e.operator} of a temporal formula`);
    case 'binary':
      return binaryOf(e.operator, sub(e.left), sub(e.right));
    case 'if': {
      const condition = sub(e.condition);
      return or(and(condition, sub(e.then)), and(not(condition), sub(e.else)));
    }
    case 'quantifier':
      return unfolded(spec, e, e.binders.flatMap((b) => b.names.map((n) => ({ name: n.text, set: b.set }))), bound);
    default:
      return skip(`a temporal formula in a ${e.kind}`);
  }
}

function binaryOf(operator: (Expr & { readonly kind: 'binary' })['operator'], left: Formula, right: Formula): Formula {
  const iff = and(or(not(left), right), or(not(right), left));
  switch (operator) {
    case '&&':
      return and(left, right);
    case '||':
      return or(left, right);
    case '=>':
      return or(not(left), right);
    case '<=>':
    case '==':
      return iff;
    case '!=':
      return not(iff);
    case 'until':
      return { op: 'until', left, right };
    case '~>':
      return always(or(not(left), eventually(right)));
    default:
      return skip(`${operator} of temporal formulas`);
  }
}

/** An element of a set that is read from the state counts if it is in the set where the quantifier stands. */
function unfolded(
  spec: Spec, e: Expr & { readonly kind: 'quantifier' }, binders: readonly { readonly name: string; readonly set: Expr }[], bound: ReadonlyMap<string, Value>,
): Formula {
  const [binder, ...rest] = binders;
  if (binder === undefined) return formulaOf(spec, e.body, bound);
  const isAll = e.quantifier === 'forall';
  if (e.quantifier === 'count') skip('a count of temporal formulas');
  const { values, isRead } = elementsFor(spec, binder.set, bound);
  const parts = values.map((value) => {
    const body = unfolded(spec, e, rest, new Map([...bound, [binder.name, value]]));
    if (!isRead) return body;
    const isIn: Formula = { op: 'atom', expr: binder.set, bound, element: value };
    return isAll ? or(not(isIn), body) : and(isIn, body);
  });
  return isAll ? parts.reduce(and, TRUE) : parts.reduce(or, not(TRUE));
}

function elementsFor(spec: Spec, set: Expr, bound: ReadonlyMap<string, Value>): { readonly values: readonly Value[]; readonly isRead: boolean } {
  const pool = spec.pools.get(nameOf(set) ?? '');
  if (pool !== undefined) return { values: slotsOf(pool), isRead: false };
  const scene: Scene = { spec, state: { shared: {}, pools: {}, processes: [] }, bound, standing: () => skip('a set about processes') };
  if (nameOf(set) === 'pid' || isConstant(spec, set, [...bound.keys()])) return { values: elementsOf(evaluate(set, scene)), isRead: false };
  const variable = declared(spec.declarations, 'var').find((v) => v.name.text === nameOf(set));
  const shape = variable?.type && spec.shapeOf(variable.type);
  return shape?.kind === 'set' ? { values: valuesOf(shape.of), isRead: true } : skip('a temporal quantifier over a set that is worked out');
}
