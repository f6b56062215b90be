// What is the same everywhere in a Promela model: the names of things, and where the state lies.

import { assert } from '../../base/unreachable.js';
import type { Pool, Variable } from '../../core/expr.js';
import type { EnumType } from '../../core/type.js';
import { indexOf, type Index } from '../../model/state.js';
import { typesOf } from '../../model/types.js';
import type { Family, Model } from '../../model/model.js';
import { Unsupported } from '../unsupported.js';
import { plainType, type Constants } from './cells.js';
import type { Column, Storage } from './memory.js';
import { Names } from './names.js';
import { columnsOf, WORD } from './shape.js';
import { number, type Term } from './term.js';

export interface Unit extends Constants {
  readonly model: Model;
  readonly index: Index;
  readonly names: Names;
  readonly storages: ReadonlyMap<Variable, Storage>;
  /** Bit s: slot s holds a live object. For each pool. */
  readonly live: readonly Column[];
  readonly pc: Column;
  /** `_pid` of the first instance of a family. */
  firstPid(family: Family): number;
  location(family: Family, location: number): Term;
  /** Variables that matter within a step only, and hold nothing in between. */
  readonly temporaries: Column[];
  /** Hidden copies of variables, by the name of what they are copies of. */
  readonly copies: Map<string, Column>;
  /** Definitions of constants, in order. */
  readonly definitions: { readonly name: string; readonly value: number; readonly what: string }[];
  /** Where `init` has not run yet, all processes stand here. */
  readonly unborn: number;
}

export function unitOf(model: Model): Unit {
  const names = new Names();
  const index = indexOf(model);
  const nil = numberForNull(model);
  const definitions: { name: string; value: number; what: string }[] = [];
  const enums = new Map<string, readonly string[]>();
  const membersOf = (e: EnumType): readonly string[] => {
    let members = enums.get(e.name);
    if (members === undefined) {
      members = e.members.map((member) => names.fresh(member));
      members.forEach((name, value) => definitions.push({ name, value, what: e.name }));
      enums.set(e.name, members);
    }
    return members;
  };
  model.enums.forEach(membersOf);
  const locations = new Map<Family, readonly string[]>();
  for (const family of model.families) {
    const own = family.locations.map(({ name }) => names.fresh(`${family.name}_${name.startsWith(`${family.name}:`) ? name.slice(family.name.length + 1) : name}`));
    own.forEach((name, value) => definitions.push({ name, value, what: family.name }));
    locations.set(family, own);
  }
  const most = Math.max(1, ...model.families.map((f) => f.locations.length));
  const pc: Column = { name: 'pc', size: Math.max(1, model.instances.length), lo: 0, hi: most, isTruth: false, isHidden: false };
  const live = model.pools.map((pool): Column => {
    if (pool.size > WORD) throw new Unsupported(`pool ${pool.name} has ${pool.size} slots, and an int has ${WORD} bits`);
    return { name: names.fresh(`${pool.name}_live`), size: 1, lo: 0, hi: 2 ** pool.size - 1, isTruth: false, isHidden: false };
  });
  const firstPid = (family: Family): number => model.instances.findIndex((i) => model.families[i.family] === family);
  model.instances.forEach((instance, pid) => assert(firstPid(model.families[instance.family]!) + instance.index === pid, 'instances of a process stand together'));
  const temporaries: Column[] = [];
  const storages = storagesOf(model, names, nil, temporaries, firstPid);
  return {
    model, index, names, nil, storages, live, pc, firstPid, temporaries, definitions,
    copies: new Map(),
    unborn: most,
    location: (family, location) => number(location, locations.get(family)?.[location] ?? String(location)),
    name(t, value) {
      if (t.kind === 'bool') return value === 0 ? 'false' : 'true';
      if (t.kind === 'enum') return membersOf(t)[value] ?? String(value);
      return value === nil && t.kind === 'ref' ? 'null' : String(value);
    },
  };
}

function storagesOf(model: Model, names: Names, nil: number, temporaries: Column[], firstPid: (family: Family) => number): ReadonlyMap<Variable, Storage> {
  const storages = new Map<Variable, Storage>();
  const add = (variable: Variable, copies: number, isHidden: boolean, pid?: number): void => {
    const name = names.fresh(isHidden ? `tmp_${variable.name.slice(variable.name.indexOf('.') + 1)}` : variable.name);
    const columns = columnsOf(variable.type, nil).map((c): Column => {
      const size = c.size * copies;
      return { name: c.suffix === '' ? name : names.fresh(name + c.suffix), size, lo: c.lo, hi: c.hi, isTruth: c.isTruth, isHidden };
    });
    if (isHidden) temporaries.push(...columns);
    storages.set(variable, { variable, columns, ...(pid === undefined ? {} : { firstPid: pid }) });
  };
  for (const { variable } of model.variables) add(variable, 1, false);
  for (const pool of model.pools) for (const { variable } of pool.fields) add(variable, pool.size, false);
  for (const family of model.families) {
    const copies = model.instances.filter((i) => model.families[i.family] === family).length;
    for (const local of family.locals) {
      const isHidden = local.liveAt.length === 0;
      // A family without instances has no copies of its locals, but its code is not written either.
      if (copies > 0 || isHidden) add(local.variable, isHidden ? 1 : copies, isHidden, isHidden ? undefined : firstPid(family));
    }
  }
  return storages;
}

export function storageOf(unit: Unit, variable: Variable): Storage {
  const storage = unit.storages.get(variable);
  assert(storage !== undefined, `${variable.name} lies somewhere`);
  return storage;
}

export const liveOf = (unit: Unit, pool: Pool): Column => unit.live[unit.index.pool(pool)]!;

/** The hidden copy of a variable. */
export function savedColumn(unit: Unit, column: Column): Column {
  let copy = unit.copies.get(column.name);
  if (copy === undefined) unit.copies.set(column.name, (copy = { ...column, name: unit.names.fresh(`was_${column.name}`), isHidden: true }));
  return copy;
}

/** Every variable that is part of the state. */
export function stateColumns(unit: Unit): readonly Column[] {
  return [...[...unit.storages.values()].flatMap((s) => s.columns.filter((c) => !c.isHidden)), ...unit.live, unit.pc].filter((c) => c.size > 0);
}

/** A number beyond every value that may be null: 255 when that will do. */
function numberForNull(model: Model): number {
  let [lowest, highest] = [0, 0];
  for (const t of typesOf(model)) {
    const plain = t.kind === 'nullable' || t.kind === 'ref' ? plainType(t) : undefined;
    if (plain === undefined) continue;
    const [column] = columnsOf(plain, 0);
    lowest = Math.min(lowest, column!.lo);
    highest = Math.max(highest, column!.hi);
  }
  if (highest < 255) return 255;
  if (highest < 2 ** 31 - 1) return highest + 1;
  if (lowest > -(2 ** 31)) return lowest - 1;
  throw new Unsupported('a number that may be null takes all 32 bits, and none is left for null');
}
