// Whether a finite path violates a temporal property however it goes on: what the property asks of the rest of the run is worked out state by
// state (progression of formulas; Bacchus and Kabanza 1998), and is nothing that could be met.

import { unreachable } from '../base/unreachable.js';
import type { Ltl, ObligationForm } from '../checker/liveness/plan.js';

const TRUE: Ltl = { op: 'true' };
const FALSE: Ltl = { op: 'false' };

/** @param states for each state of the path the truth of an atom there */
export function isBadPrefix(obligation: ObligationForm, states: readonly ((atom: number) => boolean)[]): boolean {
  return states.reduce<Ltl>((asked, holds) => rest(asked, holds), formulaOf(obligation)).op === 'false';
}

function formulaOf(o: ObligationForm): Ltl {
  switch (o.kind) {
    case 'always':
      return always(atom(o.p));
    case 'eventually':
      return eventually(atom(o.p));
    case 'always-eventually':
      return always(eventually(atom(o.p)));
    case 'eventually-always':
      return eventually(always(atom(o.p)));
    case 'leads-to':
      return always(or({ op: 'atom', atom: o.p, negated: true }, eventually(atom(o.q))));
    case 'formula':
      return o.formula;
    default:
      return unreachable(o);
  }
}

/** What must be true of the run from the next state on. */
function rest(f: Ltl, holds: (atom: number) => boolean): Ltl {
  switch (f.op) {
    case 'true':
    case 'false':
      return f;
    case 'atom':
      return holds(f.atom) === f.negated ? FALSE : TRUE;
    case 'and':
      return and(rest(f.left, holds), rest(f.right, holds));
    case 'or':
      return or(rest(f.left, holds), rest(f.right, holds));
    case 'until':
      return or(rest(f.right, holds), and(rest(f.left, holds), f));
    case 'release':
      return and(rest(f.right, holds), or(rest(f.left, holds), f));
    default:
      return unreachable(f);
  }
}

const atom = (number: number): Ltl => ({ op: 'atom', atom: number, negated: false });
const always = (right: Ltl): Ltl => ({ op: 'release', left: FALSE, right });
const eventually = (right: Ltl): Ltl => ({ op: 'until', left: TRUE, right });

/** What is asked twice is asked once, so that what is asked does not grow with the path. */
const and = (left: Ltl, right: Ltl): Ltl => (left.op === 'false' || right.op === 'true' || left === right ? left : left.op === 'true' || right.op === 'false' || asks('and', right, left) ? right : { op: 'and', left, right });
const or = (left: Ltl, right: Ltl): Ltl => (left.op === 'true' || right.op === 'false' || left === right ? left : left.op === 'false' || right.op === 'true' || asks('or', right, left) ? right : { op: 'or', left, right });

const asks = (op: 'and' | 'or', f: Ltl, part: Ltl): boolean => f === part || (f.op === op && (asks(op, f.left, part) || asks(op, f.right, part)));
