// Parts of variables: where what an expression or a place names lies, with the checks of the references and indices on the way.

import { assert, unreachable } from '../../base/unreachable.js';
import type { Expr, Place, Variable } from '../../core/expr.js';
import { cardinality, isSubtype, type Type } from '../../core/type.js';
import { hasType } from '../../core/value.js';
import { adapt, constant, fits, isNull, ordinal, plainType, same, type Cells } from './cells.js';
import { cellsIn, termOf } from './expression.js';
import { isLive } from './instances.js';
import { placed, type Column, type Part } from './memory.js';
import { mayErr, under, type Scope } from './scope.js';
import { columnsOf, placesOf, valuesWrittenOut } from './shape.js';
import { any, compute, not, number, type Term } from './term.js';
import { storageOf } from './unit.js';

/** The part that an expression reads; undefined when it is computed. */
export function locate(e: Expr, scope: Scope): Part | undefined {
  const { unit } = scope;
  switch (e.op) {
    case 'var':
      return { storage: storageOf(unit, e.variable), first: 0, at: ownCopy(e.variable, scope.self, scope) };
    case 'localOf':
      return { storage: storageOf(unit, e.variable), first: 0, at: ownCopy(e.variable, termOf(e.pid, scope), scope) };
    case 'load':
      return { storage: storageOf(unit, e.variable), first: 0, at: liveSlot(e.variable, e.ref, scope) };
    case 'index': {
      const map = locate(e.map, scope);
      if (map === undefined || e.map.type.kind !== 'map') return undefined;
      return entry(map, e.map.type.key, keyOrdinal(e.map.type.key, e.index, scope));
    }
    case 'field': {
      const record = locate(e.record, scope);
      return record && { ...record, first: record.first + columnsBefore(e.record.type, e.field, scope) };
    }
    default:
      return undefined;
  }
}

/** Which copy of a local: that of the process; 0 for what is shared. */
function ownCopy(variable: Variable, pid: Term | undefined, scope: Scope): Term {
  const { firstPid } = storageOf(scope.unit, variable);
  if (firstPid === undefined) return number(0);
  assert(pid !== undefined, `${variable.name} is a process's own`);
  return compute('-', pid, number(firstPid));
}

const entry = (map: Part, key: Type, at: Term): Part => ({ ...map, at: compute('+', compute('*', map.at, number(cardinality(key))), at) });

function columnsBefore(record: Type, field: number, scope: Scope): number {
  assert(record.kind === 'record', 'a record');
  return record.fields.slice(0, field).reduce((sum, f) => sum + columnsOf(f.type, scope.unit.nil).length, 0);
}

/** The part that a place names, and its type. */
export function resolve(place: Place, scope: Scope): Part {
  let type = place.variable.type;
  let part: Part = { storage: storageOf(scope.unit, place.variable), first: 0, at: place.variable.pool === undefined ? ownCopy(place.variable, scope.self, scope) : number(0) };
  for (const step of place.path) {
    switch (step.kind) {
      case 'object':
        part = { ...part, at: liveSlot(place.variable, step.ref, scope) };
        break;
      case 'index':
        part = entry(part, step.key, keyOrdinal(step.key, step.index, scope));
        assert(type.kind === 'map', 'only maps are indexed');
        type = type.value;
        break;
      case 'field':
        part = { ...part, first: part.first + columnsBefore(type, step.field, scope) };
        assert(type.kind === 'record', 'only records have fields');
        type = type.fields[step.field]!.type;
        break;
      default:
        unreachable(step);
    }
  }
  return part;
}

/** The cells of a part: their columns and indices. */
export function cellPlaces(type: Type, part: Part, scope: Scope): readonly { readonly column: Column; readonly index: Term }[] {
  const { nil } = scope.unit;
  const columns = columnsOf(type, nil);
  return placesOf(type, nil).map(({ column, index }) => placed(part, columns[column]!.size, column, index));
}

export const readPart = (type: Type, part: Part, scope: Scope): Cells => cellPlaces(type, part, scope).map(({ column, index }) => scope.memory.read(column, index));

/** The slot of the object that is accessed: not null, and live. */
export function liveSlot(field: Variable, ref: Expr, scope: Scope): Term {
  const slot = termOf(ref, scope);
  if (ref.type.kind === 'nullable') mayErr(scope, isNull(scope.unit, ref.type, [slot]), 'null_dereference');
  mayErr(scope, not(isLive(field.pool!, slot, scope)), `${field.pool!.name}.use_after_free`);
  return slot;
}

/** Where in the map the index leads. */
export function keyOrdinal(key: Type, index: Expr, scope: Scope): Term {
  const { unit } = scope;
  const { type } = index;
  const cells = cellsIn(index, scope);
  if (isSubtype(type, key)) return ordinal(unit, key, type, cells);
  if (plainType(key) === undefined) {
    const known = valuesWrittenOut(key).filter((v) => hasType(type, v)).map((v) => same(cells, constant(unit, type, v)));
    const nil = type.kind === 'nullable' && key.kind !== 'nullable' ? isNull(unit, type, cells) : number(0);
    mayErr(scope, nil, 'null_dereference');
    mayErr(scope, not(any(known)), 'bad_index');
    return ordinal(unit, key, type, cells);
  }
  if (type.kind === 'nullable' && key.kind !== 'nullable') {
    const nil = isNull(unit, type, cells);
    mayErr(scope, nil, 'null_dereference');
    mayErr(under(scope, () => not(nil)), not(fits(unit, key, type.of, cells)), 'bad_index');
    return ordinal(unit, key, key, cells);
  }
  mayErr(scope, not(fits(unit, key, type, cells)), 'bad_index');
  return ordinal(unit, key, key, adapt(unit, type, key, cells));
}

