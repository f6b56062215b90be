// The elements of a set, one by one: each value that may be in it, with the condition under which it is.

import { assert } from '../../base/unreachable.js';
import type { Expr } from '../../core/expr.js';
import { partsOf, type Value } from '../../core/value.js';
import { bitAt, constant, same } from './cells.js';
import { cellsAs, cellsIn, termOf } from './expression.js';
import { isLive } from './instances.js';
import { bind, under, type Scope } from './scope.js';
import { valuesWrittenOut } from './shape.js';
import { and, any, compare, number, YES, type Term } from './term.js';

export interface Element {
  readonly value: Value;
  readonly present: Term;
}

/** In the order of their ordinals; those that are never in the set are left out. */
export function elementsOf(set: Expr, scope: Scope): readonly Element[] {
  return allElements(set, scope).filter(({ present }) => present.known !== 0);
}

function allElements(set: Expr, scope: Scope): readonly Element[] {
  assert(set.type.kind === 'set', 'a set');
  const { of } = set.type;
  switch (set.op) {
    case 'const':
      return partsOf(set.value).map((value) => ({ value, present: YES }));
    case 'all':
      return valuesWrittenOut(set.of).map((value) => ({ value, present: YES }));
    case 'live':
      return Array.from({ length: set.pool.size }, (_, slot) => ({ value: slot, present: isLive(set.pool, number(slot), scope) }));
    case 'interval': {
      const [lo, hi] = [termOf(set.lo, scope), termOf(set.hi, scope)];
      return valuesWrittenOut(of).map((value) => ({ value, present: and(compare('<=', lo, number(value as number)), compare('<=', number(value as number), hi)) }));
    }
    case 'filter':
      return elementsOf(set.set, scope).map(({ value, present }) => ({
        value,
        present: and(present, termOf(set.condition, under(bind(scope, set.bound, value), () => present))),
      }));
    case 'set': {
      const elements = set.elements.map((element) => cellsAs(element, of, scope));
      return valuesWrittenOut(of).map((value) => ({ value, present: any(elements.map((cells) => same(cells, constant(scope.unit, of, value)))) }));
    }
    default: {
      const bits = cellsIn(set, scope);
      return valuesWrittenOut(of).map((value, i) => ({ value, present: bitAt(bits, i) }));
    }
  }
}
