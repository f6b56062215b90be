// The initial states: written into the declarations where there is one of them and Promela can say it; else made from a state before it, in
// which no process has begun, by one step of the observer for each of them.

import type { Value } from '../../core/value.js';
import type { Variable } from '../../core/expr.js';
import type { Model } from '../../model/model.js';
import { Unsupported } from '../unsupported.js';
import { alternativesOf } from './alternatives.js';
import { Body, type BodyUnit } from './body.js';
import { cellsOf, placesOf, columnsOf } from './shape.js';
import { canBeDeclared } from './declare.js';
import { withHiddenReset, type StepScope } from './enabled.js';
import { cell, Later, placed, present, type Column } from './memory.js';
import { all, compare, number, type Term } from './term.js';
import { stateColumns, type Unit } from './unit.js';

const MOST_BEGINNINGS = 2000;

/** A cell's value in the first of the initial states. */
type Cells = ReadonlyMap<Column, ReadonlyMap<number, number>>;

const known = new WeakMap<Unit, Cells>();

export function initialCells(unit: Unit, column: Column, index: number): number {
  let cells = known.get(unit);
  if (cells === undefined) known.set(unit, (cells = firstCells(unit)));
  return cells.get(column)?.get(index) ?? 0;
}

/** Values of each variable, of each instance's locals, and of objects' fields. */
interface Choice {
  readonly variable: Variable;
  readonly at: number;
  readonly values: readonly Value[];
}

function choicesOf(unit: Unit): readonly Choice[] {
  const { model } = unit;
  return [
    ...model.variables.map(({ variable, initial }) => ({ variable, at: 0, values: initial })),
    ...model.pools.flatMap((pool) => pool.fields.flatMap(({ variable, initial }) => Array.from({ length: pool.size }, (_, at) => ({ variable, at, values: [initial] })))),
    ...model.instances.flatMap(({ family, index }) =>
      model.families[family]!.locals.filter((l) => l.liveAt.length > 0).map((local) => ({ variable: local.variable, at: index, values: local.initial[index]! })),
    ),
  ];
}

/** Cells of a variable that holds a value. */
function cellValues(unit: Unit, { variable, at }: Choice, value: Value): readonly { readonly column: Column; readonly index: number; readonly value: number }[] {
  const storage = unit.storages.get(variable)!;
  const columns = columnsOf(variable.type, unit.nil);
  const numbers = cellsOf(variable.type, value, unit.nil);
  return placesOf(variable.type, unit.nil).map(({ column, index }, i) => {
    const place = placed({ storage, first: 0, at: number(at) }, columns[column]!.size, column, index);
    return { column: place.column, index: place.index.known!, value: numbers[i]! };
  });
}

function firstCells(unit: Unit): Cells {
  const cells = new Map<Column, Map<number, number>>();
  for (const choice of choicesOf(unit)) {
    if (choice.values.length === 0) continue;
    for (const { column, index, value } of cellValues(unit, choice, choice.values[0]!)) {
      if (!cells.has(column)) cells.set(column, new Map());
      cells.get(column)!.set(index, value);
    }
  }
  return cells;
}

/** There is one initial state, and declarations can say it. */
export function isFixed(model: Model, unit: Unit): boolean {
  const initial = (column: Column, index: number): number => initialCells(unit, column, index);
  return model.init === undefined && choicesOf(unit).every(({ values }) => values.length === 1) && stateColumns(unit).every((c) => c === unit.pc || canBeDeclared(c, initial));
}

/** The observer's steps from the state before the initial ones: what they need, and their statements. */
export function beginnings(model: Model, unit: Unit, env: BodyUnit, scopeOf: StepScope): readonly { readonly guard: Term; readonly lines: readonly string[] }[] {
  const choices = choicesOf(unit);
  const count = choices.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_BEGINNINGS) throw new Unsupported(`it has ${count.toLocaleString('en-US')} initial states, which are too many to be written out one by one`);
  const unborn = compare('==', cell(unit.pc, number(0)), number(unit.unborn));
  const born = Array.from({ length: unit.pc.size }, (_, pid) => `${cell(unit.pc, number(pid)).text} = 0;`);
  return combinations(choices).flatMap((values) => {
    const stores = choices.flatMap((choice, i) => cellValues(unit, choice, values[i]!));
    const set = stores.flatMap(({ column, index, value }) => (value === 0 ? [] : [`${cell(column, number(index)).text} = ${number(value).text};`]));
    const { init } = model;
    if (init === undefined) return [{ guard: unborn, lines: [...set, ...born] }];
    const f = model.families.length;
    const start = stores.reduce((later, { column, index, value }) => later.with(column, number(index), number(value)), withHiddenReset(unit, init, scopeOf(f, undefined, present), present) as Later);
    return alternativesOf(init, init.locations[0]!.entry!, (memory) => scopeOf(f, undefined, memory), start).map((way) => ({
      guard: all([unborn, way.guard]),
      lines: new Body({ ...env, ...beginning(set, born) }, init, undefined, way, () => scopeOf(f, undefined, present)).text(),
    }));
  });
}

/** `init` begins with the first values, and ends with every process at its start. */
const beginning = (set: readonly string[], born: readonly string[]): Pick<BodyUnit, 'beginning'> => ({
  beginning: { before: set, after: born, undo: set.map((line) => line.replace(/ = .*$/, ' = 0;')) },
});

function combinations(choices: readonly Choice[]): readonly (readonly Value[])[] {
  return choices.reduce<(readonly Value[])[]>((before, { values }) => before.flatMap((so) => values.map((v) => [...so, v])), [[]]);
}

