// Checked conversions: what a value that is stored in a narrower type can err with, part by part in the order of core/misfit.ts.

import { cardinality, isSubtype, type Type } from '../../core/type.js';
import { adapt, bitAt, isNull, type Cells } from './cells.js';
import { ordinalWithin } from './cells.js';
import { mayErr, under, type Scope } from './scope.js';
import { cellCount, fieldStart, valuesWrittenOut } from './shape.js';
import { compare, not, number, or } from './term.js';

/** The cells as a value of the narrower type, after the checks. */
export function convert(from: Type, to: Type, cells: Cells, scope: Scope): Cells {
  check(from, to, cells, scope);
  return adapt(scope.unit, from, to, cells);
}

function check(from: Type, to: Type, cells: Cells, scope: Scope): void {
  if (isSubtype(from, to)) return;
  const { unit } = scope;
  if (from.kind === 'nullable') {
    const nil = isNull(unit, from, cells);
    if (to.kind !== 'nullable') mayErr(scope, nil, 'null_dereference');
    const inner = cells.length > cellCount(from.of) ? cells.slice(1) : cells;
    check(from.of, to.kind === 'nullable' ? to.of : to, inner, under(scope, () => not(nil)));
    return;
  }
  if (to.kind === 'nullable') {
    check(from, to.of, cells, scope);
    return;
  }
  if (from.kind === 'range' && to.kind === 'range') {
    const value = cells[0]!;
    const below = compare('<', value, number(to.lo));
    const above = compare('>', value, number(to.hi));
    mayErr(scope, from.lo >= to.lo ? above : from.hi <= to.hi ? below : or(below, above), 'out_of_range');
  } else if (from.kind === 'record' && to.kind === 'record') {
    from.fields.forEach((field, i) => {
      const start = fieldStart(from, i);
      check(field.type, to.fields[i]!.type, cells.slice(start, start + cellCount(field.type)), scope);
    });
  } else if (from.kind === 'map' && to.kind === 'map') {
    const size = cellCount(from.value);
    for (let i = 0; i < cardinality(from.key); i++) check(from.value, to.value, cells.slice(i * size, (i + 1) * size), scope);
  } else if (from.kind === 'seq' && to.kind === 'seq') {
    if (from.max > to.max) mayErr(scope, compare('>', cells[0]!, number(to.max)), 'full_sequence');
    const size = cellCount(from.of);
    for (let i = 0; i < from.max; i++) {
      check(from.of, to.of, cells.slice(1 + i * size, 1 + (i + 1) * size), under(scope, () => compare('<', number(i), cells[0]!)));
    }
  } else if (from.kind === 'set' && to.kind === 'set') {
    const { of } = to;
    valuesWrittenOut(from.of).forEach((value, i) => {
      if (ordinalWithin(of, value) === undefined) mayErr(scope, bitAt(cells, i), value === null ? 'null_dereference' : 'out_of_range');
    });
  }
}
