// A state of a model as plain data, for the interpreter and for traces. Never changed in place: a step makes new arrays where it writes.

import { assert } from '../base/unreachable.js';
import type { Pool, Variable } from '../core/expr.js';
import type { Value } from '../core/value.js';
import type { Family, Instance, Model } from './model.js';

export interface State {
  /** For each of the model's variables. */
  readonly shared: readonly Value[];
  /** For each pool which of its slots hold a live object. */
  readonly alive: readonly (readonly boolean[])[];
  /** For each pool and field the values of all its slots. A slot without a live object holds the fields' initial values. */
  readonly fields: readonly (readonly (readonly Value[])[])[];
  /** For each instance the locals of its family. A dead local holds its reset value. */
  readonly locals: readonly (readonly Value[])[];
  /** For each instance the number of the location at which it stands. */
  readonly at: readonly number[];
}

/** Where the value of a variable stands in a State. */
export type Home =
  | { readonly kind: 'shared'; readonly index: number }
  | { readonly kind: 'field'; readonly pool: number; readonly index: number }
  | { readonly kind: 'local'; readonly family: Family; readonly index: number };

/** What is asked again and again about a model. */
export interface Index {
  readonly model: Model;
  home(variable: Variable): Home;
  pool(pool: Pool): number;
  poolNamed(name: string): number;
  /** The locals of the process that are live at a location. */
  liveAt(pid: number, location: number): ReadonlySet<number>;
  /** For the process that runs `init`, too: its number is that of the last instance plus one. */
  family(pid: number): Family;
  instance(pid: number): Instance;
  /** The instances of a process, in order. */
  pidsOf(process: string): readonly number[];
}

/** All families; that of `init`, if there is one, is the last. */
export const familiesOf = (model: Model): readonly Family[] => (model.init === undefined ? model.families : [...model.families, model.init]);

export function indexOf(model: Model): Index {
  const homes = new Map<Variable, Home>();
  model.variables.forEach(({ variable }, index) => homes.set(variable, { kind: 'shared', index }));
  model.pools.forEach((pool, p) => pool.fields.forEach(({ variable }, index) => homes.set(variable, { kind: 'field', pool: p, index })));
  const families = familiesOf(model);
  for (const family of families) family.locals.forEach(({ variable }, index) => homes.set(variable, { kind: 'local', family, index }));
  const pools = new Map(model.pools.map((pool, p) => [pool.name, p]));
  const pids = new Map(model.families.map(({ name }, f) => [name, [...model.instances.keys()].filter((pid) => model.instances[pid]!.family === f)]));
  const init: Instance = { family: model.families.length, index: 0, argument: null, name: 'init', blockedBy: [], beginBlockedBy: [] };
  const instance = (pid: number): Instance => (pid === model.instances.length ? init : model.instances[pid]!);
  const poolNamed = (name: string): number => {
    const pool = pools.get(name);
    assert(pool !== undefined, `no pool ${name}`);
    return pool;
  };
  const live = new Map(families.map((family) => [family, liveLocals(family)]));
  const family = (pid: number): Family => families[instance(pid).family]!;
  return {
    model,
    home(variable) {
      const home = homes.get(variable);
      assert(home !== undefined, `the model has no variable ${variable.name}`);
      return home;
    },
    pool: (pool) => poolNamed(pool.name),
    poolNamed,
    family,
    liveAt: (pid, location) => live.get(family(pid))!(location),
    instance,
    pidsOf: (process) => pids.get(process) ?? [],
  };
}

/** The locals of the family that are live at a location, by index. */
export function liveLocals(family: Family): (location: number) => ReadonlySet<number> {
  const live = family.locations.map(() => new Set<number>());
  family.locals.forEach((local, i) => local.liveAt.forEach((location) => live[location]!.add(i)));
  return (location) => live[location]!;
}
