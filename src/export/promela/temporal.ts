// Temporal properties as LTL formulas of Spin, over definitions of the state formulas in them. Quantifiers over temporal formulas are written
// out over the values there are. This is written from the formula as it stands in the spec; how Heddle decides it (model/temporal.ts) is not
// looked at, so that Spin can contradict it.

import type { Expr } from '../../core/expr.js';
import { isTemporal } from '../../core/walk.js';
import { Unsupported } from '../unsupported.js';
import { elementsOf } from './elements.js';
import { bind, type Scope } from './scope.js';
import { all, and, any, isNo, isYes, not, or, YES, type Term } from './term.js';
import { checkLength } from './state-formula.js';
import { truthIn } from './truth.js';

export interface TemporalFormula {
  readonly text: string;
  /** Names for the state formulas, in order. */
  readonly definitions: readonly { readonly name: string; readonly term: Term }[];
  /** True in a state where none of them errs. */
  readonly defined: Term;
}

/** `state` is set where the formula is one about the state alone, which has no name yet. */
type Part = { readonly ltl: Term } | { readonly state: Term };

/**
 * @param begun true but in the state before the initial ones, if there is one; what the formula says begins where it is true
 * @param nameOf a name for a state formula, counted from 1
 * @throws Unsupported
 */
export function temporalFormula(formula: Expr, begun: Term, newScope: () => Scope, nameOf: (number: number) => string): TemporalFormula {
  const names = new Map<string, { readonly name: string; readonly term: Term }>();
  const faults: Term[] = [];

  const named = (term: Term): Term => {
    if (term.known !== undefined) return term;
    checkLength(term.text);
    const known = names.get(term.text) ?? { name: nameOf(names.size + 1), term };
    names.set(term.text, known);
    return { text: known.name, level: 12 };
  };
  const ltl = (part: Part): Term => ('ltl' in part ? part.ltl : named(part.state));
  /** Once the spec has begun it has begun for ever, so that only outermost operators look at it. */
  const ifBegun = (part: Part, isOuter: boolean): Term => (!isOuter ? ltl(part) : 'ltl' in part ? any([not(named(begun)), part.ltl]) : named(or(not(begun), part.state)));
  const andBegun = (part: Part, isOuter: boolean): Term => (!isOuter ? ltl(part) : 'ltl' in part ? all([named(begun), part.ltl]) : named(and(begun, part.state)));

  /** @param isOuter the formula is looked at in the very first state, not inside a temporal operator */
  const write = (e: Expr, scope: Scope, isOuter: boolean): Part => {
    if (!isTemporal(e)) {
      const own: Scope = { ...scope, faults: [] };
      const state = truthIn(e, own);
      faults.push(...own.faults.map(({ when }) => when));
      return isOuter && begun.known !== 1 && state.known === undefined ? { ltl: infix('U', named(not(begun)), named(and(begun, state))) } : { state };
    }
    const sub = (x: Expr): Term => ltl(write(x, scope, isOuter));
    const inner = (x: Expr): Part => write(x, scope, false);
    const iff = (left: Expr, right: Expr): Term => infix('<->', sub(left), sub(right));
    switch (e.op) {
      case 'unary':
        return { ltl: not(sub(e.operand)) };
      case 'binary':
        if (e.operator === 'iff') return { ltl: iff(e.left, e.right) };
        return { ltl: e.operator === 'and' ? all([sub(e.left), sub(e.right)]) : any([sub(e.left), sub(e.right)]) };
      case 'implies':
        return { ltl: any([not(sub(e.left)), sub(e.right)]) };
      case 'eq':
        return { ltl: e.negated ? not(iff(e.left, e.right)) : iff(e.left, e.right) };
      case 'if': {
        const condition = sub(e.condition);
        return { ltl: all([any([not(condition), sub(e.then)]), any([condition, sub(e.else)])]) };
      }
      case 'quantifier':
        return { ltl: unfolded(e, scope, isOuter) };
      case 'temporal':
        return { ltl: e.operator === 'always' ? prefix('[]', ifBegun(inner(e.operand), isOuter)) : prefix('<>', andBegun(inner(e.operand), isOuter)) };
      case 'until':
        return { ltl: infix('U', ifBegun(inner(e.left), isOuter), andBegun(inner(e.right), isOuter)) };
      case 'leadsto':
        return { ltl: prefix('[]', infix('->', andBegun(inner(e.left), isOuter), prefix('<>', ltl(inner(e.right))))) };
      default:
        throw new Unsupported(`it has a temporal operator inside \`${e.op}\``);
    }
  };

  /** Where the set is read from the state, an element counts if it is in the set where the quantifier stands. */
  const unfolded = (e: Expr & { readonly op: 'quantifier' }, scope: Scope, isOuter: boolean): Term => {
    const isAll = e.quantifier === 'forall';
    const inSet: Scope = { ...scope, faults: [] };
    const parts = elementsOf(e.set, inSet).map(({ value, present }) => {
      const body = ltl(write(e.body, bind(scope, e.bound, value), isOuter));
      if (present.known === undefined && isOuter && begun.known !== 1) throw new Unsupported('it has several initial states, and a quantifier over temporal formulas whose set is read from the state');
      const isIn = named(present);
      return isAll ? any([not(isIn), body]) : all([isIn, body]);
    });
    faults.push(...inSet.faults.map(({ when }) => when));
    return isAll ? all(parts) : any(parts);
  };

  const { text } = ltl(write(formula, newScope(), true));
  return { text, definitions: [...names.values()], defined: faults.length === 0 ? YES : or(not(begun), all(faults.map(not))) };
}

const wrapped = (t: Term): string => (t.level < 12 ? `(${t.text})` : t.text);
/** Always, or eventually, what is always so, or never. */
const prefix = (operator: '[]' | '<>', t: Term): Term => (t.known === undefined ? { text: `${operator} ${wrapped(t)}`, level: 11 } : t);

function infix(operator: '->' | '<->' | 'U', a: Term, b: Term): Term {
  if (b.known === 1 && operator !== '<->') return b;
  if (a.known === undefined && b.known === undefined) return { text: `${wrapped(a)} ${operator} ${wrapped(b)}`, level: 0 };
  switch (operator) {
    case '->':
      return any([not(a), b]);
    case '<->':
      return isYes(a) ? b : isYes(b) ? a : isNo(a) ? not(b) : not(a);
    case 'U':
      return isNo(b) ? b : isNo(a) ? b : prefix('<>', b);
  }
}
