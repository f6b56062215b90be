// The initial states, which Heddle works out itself (the initial values, and what `init` makes of them): written into the declarations where
// there is one that Promela can declare; else made from a state before it, in which no process has begun, by one step of the observer each.

import type { Value } from '../../core/value.js';
import type { Variable } from '../../core/expr.js';
import { interpreterOf } from '../../model/interpret.js';
import type { State } from '../../model/state.js';
import { Unsupported } from '../unsupported.js';
import { canBeDeclared } from './declare.js';
import { cell, placed, type Column } from './memory.js';
import { cellsOf, columnsOf, placesOf } from './shape.js';
import { compare, number, type Term } from './term.js';
import { liveOf, stateColumns, type Unit } from './unit.js';

const MOST_BEGINNINGS = 2000;

/** A state's cells, by the text that names them. */
type Cells = ReadonlyMap<string, number>;

export interface Beginnings {
  readonly states: readonly Cells[];
  /** Named assertions that `init` violates, and errors that it ends with on some way. */
  readonly violated: readonly ({ readonly assertion: string } | { readonly error: string })[];
  /** There is one initial state, and declarations can say it. */
  readonly isFixed: boolean;
}

export function beginningsOf(unit: Unit): Beginnings {
  const states = new Map<string, Cells>();
  const assertions = new Set<string>();
  const errors = new Set<string>();
  for (const outcome of interpreterOf(unit.model).initial()) {
    outcome.violated.forEach((name) => assertions.add(name));
    if (outcome.kind === 'error') errors.add(outcome.failure.error);
    else {
      const cells = cellsOfState(unit, outcome.state);
      states.set([...cells.values()].join(), cells);
      if (states.size > MOST_BEGINNINGS) throw new Unsupported(`it has more than ${MOST_BEGINNINGS.toLocaleString('en-US')} initial states, too many to be written out one by one`);
    }
  }
  const violated = [...[...assertions].map((assertion) => ({ assertion })), ...[...errors].map((error) => ({ error }))];
  const [only] = states.values();
  const isFixed = states.size === 1 && violated.length === 0 && stateColumns(unit).every((c) => c === unit.pc || canBeDeclared(c, (column, index) => initialCell(only!, column, index)));
  return { states: [...states.values()], violated, isFixed };
}

export const initialCell = (cells: Cells, column: Column, index: number): number => cells.get(cell(column, number(index)).text) ?? 0;

function cellsOfState(unit: Unit, state: State): Cells {
  const { model } = unit;
  const cells = new Map<string, number>();
  const add = (variable: Variable, at: number, value: Value): void => {
    const storage = unit.storages.get(variable)!;
    const columns = columnsOf(variable.type, unit.nil);
    const numbers = cellsOf(variable.type, value, unit.nil);
    placesOf(variable.type, unit.nil).forEach(({ column, index }, i) => {
      const place = placed({ storage, first: 0, at: number(at) }, columns[column]!.size, column, index);
      cells.set(cell(place.column, place.index).text, numbers[i]!);
    });
  };
  model.variables.forEach(({ variable }, i) => add(variable, 0, state.shared[i]!));
  model.pools.forEach((pool, p) => {
    cells.set(liveOf(unit, pool).name, state.alive[p]!.reduce((bits, alive, slot) => (alive ? bits | (1 << slot) : bits), 0));
    pool.fields.forEach(({ variable }, f) => state.fields[p]![f]!.forEach((value, slot) => add(variable, slot, value)));
  });
  model.instances.forEach(({ family, index }, pid) =>
    model.families[family]!.locals.forEach((local, i) => local.liveAt.length > 0 && add(local.variable, index, state.locals[pid]![i]!)),
  );
  return cells;
}

/** The observer's steps from the state before the initial ones. */
export function firstSteps(unit: Unit, { states, violated }: Beginnings, report: (what: Beginnings['violated'][number]) => string): readonly { readonly guard: Term; readonly lines: readonly string[] }[] {
  const guard = compare('==', cell(unit.pc, number(0)), number(unit.unborn));
  const born = Array.from({ length: unit.pc.size }, (_, pid) => `${cell(unit.pc, number(pid)).text} = 0;`);
  return [
    ...states.map((cells) => ({ guard, lines: [...[...cells].flatMap(([name, value]) => (value === 0 ? [] : [`${name} = ${number(value).text};`])), ...born] })),
    ...violated.map((what) => ({ guard, lines: [report(what)] })),
  ];
}
