// What is the same everywhere in a TLA+ module: the names of things, and how values are written.
//
// Numbers and truth values are themselves, enum members are strings, references are the numbers of slots, null is the model value NULL, and a
// process is a pair <<"task", 0>>. Records and maps are records and functions. Each family of processes has a `pc` and its locals: plain where
// there is one instance without a parameter, else functions of the parameter.

import { assert, unreachable } from '../../base/unreachable.js';
import type { Pool, Variable } from '../../core/expr.js';
import { cardinality, type RecordType, type Type } from '../../core/type.js';
import { hasType, partsOf, valueAt, valuesOf, type Value } from '../../core/value.js';
import type { Family, Instance, Model } from '../../model/model.js';
import { indexOf, type Index } from '../../model/state.js';
import { Unsupported } from '../unsupported.js';
import { TlaNames } from './names.js';

export interface TlaFamily {
  readonly family: Family;
  /** Its index in the model. */
  readonly number: number;
  readonly instances: readonly Instance[];
  /** The name of its `pc`. */
  readonly pc: string;
  /** The operator that is one step of an instance. */
  readonly action: string;
  /** The set of its parameter's values; absent where the variables are plain. */
  readonly domain?: string;
  /** The parameter's name in actions. */
  readonly parameter: string;
  /** For each location the string that `pc` holds, and the name of its action. */
  readonly locations: readonly { readonly value: string; readonly action: string }[];
}

export interface TlaUnit {
  readonly model: Model;
  readonly index: Index;
  readonly names: TlaNames;
  readonly families: readonly TlaFamily[];
  /** Variables of the module; locals that matter within a step only have none. */
  readonly variables: ReadonlyMap<Variable, string>;
  /** For each pool its set of slots and the variable that says which of them are live. */
  readonly pools: ReadonlyMap<string, { readonly slots: string; readonly live: string }>;
  /** Names that were changed, with what they were. */
  readonly renamed: Map<string, string>;
  /** For a family whose steps may err, once they are written: the operator that says that one does. */
  readonly failing: Map<TlaFamily, string>;
  /** Helpers that are used: Min, Quotient … */
  readonly used: Set<string>;
}

export function tlaUnitOf(model: Model): TlaUnit {
  const names = new TlaNames();
  const renamed = new Map<string, string>();
  const index = indexOf(model);
  const fresh = (wish: string): string => {
    const name = names.fresh(wish);
    if (name !== wish.replace(/\W+/g, '_')) renamed.set(name, wish);
    return name;
  };
  const variables = new Map<Variable, string>();
  for (const { variable } of model.variables) variables.set(variable, fresh(variable.name));
  const pools = new Map(model.pools.map((pool) => [pool.name, { slots: fresh(pool.name), live: fresh(`live_${pool.name}`) }]));
  for (const pool of model.pools) for (const { variable } of pool.fields) variables.set(variable, fresh(variable.name));
  const used = model.families.filter((family) => model.instances.some((i) => model.families[i.family] === family));
  const families = used.map((family): TlaFamily => {
    const number = model.families.indexOf(family);
    const instances = model.instances.filter((i) => i.family === number);
    const isPlain = family.parameter === undefined && instances.length === 1;
    const pc = fresh(used.length === 1 ? 'pc' : `pc_${family.name}`);
    for (const local of family.locals) if (local.liveAt.length > 0) variables.set(local.variable, fresh(shortName(local.variable, family)));
    const values = new Set<string>();
    const locations = family.locations.map(({ name, entry }) => {
      let value = name;
      for (let i = 2; values.has(value); i++) value = `${name}_${i}`;
      values.add(value);
      return { value, action: entry === undefined ? '' : fresh(/^\w+$/.test(value) ? value : value.includes(':') && !value.startsWith(family.name) ? value : value) };
    });
    const domain = isPlain ? undefined : setOfValues(family.parameter!.type, instances.map((i) => i.argument), pools);
    return { family, number, instances, pc, action: fresh(family.name), ...(domain === undefined ? {} : { domain }), parameter: names.bound(family.parameter?.name ?? 'i', new Set()), locations };
  });
  return { model, index, names, families, variables, pools, renamed, failing: new Map(), used: new Set() };
}

const shortName = (variable: Variable, family: Family): string => (variable.name.startsWith(`${family.name}.`) ? variable.name.slice(family.name.length + 1) : variable.name);

type Pools = TlaUnit['pools'];

function setOfValues(t: Type, values: readonly Value[], pools: Pools): string {
  const numbers = values.every((v) => typeof v === 'number') ? (values as readonly number[]) : [];
  if (t.kind !== 'enum' && t.kind !== 'pid' && numbers.length > 1 && numbers.every((n, i) => n === numbers[0]! + i)) return `${numbers[0]}..${numbers.at(-1)}`;
  return `{${values.map((v) => valueText({ pools }, t, v)).join(', ')}}`;
}

/** A number; TLC reads none beyond 2147483647, so none behind a minus either. */
const numeral = (n: number): string => (n === -(2 ** 31) ? '(-2147483647 - 1)' : String(n));

/** A value as TLA+ writes it. */
export function valueText(unit: Pick<TlaUnit, 'pools'>, t: Type, v: Value, depth = 0): string {
  if (v === null) return 'NULL';
  switch (t.kind) {
    case 'bool':
      return v === true ? 'TRUE' : 'FALSE';
    case 'range':
    case 'ref':
      return numeral(Number(v));
    case 'enum':
      return `"${t.members[v as number] ?? ''}"`;
    case 'pid':
      return pidText(t.names[v as number] ?? '');
    case 'nullable':
      return valueText(unit, t.of, v, depth);
    case 'record':
      return `[${t.fields.map((f, i) => `${f.name} |-> ${valueText(unit, f.type, partsOf(v)[i]!, depth)}`).join(', ')}]`;
    case 'map': {
      const parts = partsOf(v);
      const [first] = parts;
      const texts = parts.map((part) => valueText(unit, t.value, part, depth + 1));
      if (first !== undefined && texts.every((text) => text === texts[0])) return `[${depth === 0 ? 'k_' : `k${depth}_`} \\in ${typeText(unit, t.key)} |-> ${texts[0]}]`;
      return `(${texts.map((text, i) => `${valueText(unit, t.key, valueAt(t.key, i))} :> ${text}`).join(' @@ ')})`;
    }
    case 'set':
      return `{${partsOf(v).map((part) => valueText(unit, t.of, part, depth)).join(', ')}}`;
    case 'seq':
      return `<<${partsOf(v).map((part) => valueText(unit, t.of, part, depth)).join(', ')}>>`;
    default:
      return unreachable(t);
  }
}

/** `task[0]` as <<"task", 0>>. */
function pidText(name: string): string {
  const found = /^(.*?)\[(.*)\]$/.exec(name);
  if (found === null) return `<<"${name}">>`;
  return `<<"${found[1]}", ${/^-?\d+$/.test(found[2]!) ? found[2] : `"${found[2]}"`}>>`;
}

/** The number of a process as TLA+ writes it, when its parameter is this text. */
export const pidOf = (family: Family, parameter: string | undefined): string => (parameter === undefined ? `<<"${family.name}">>` : `<<"${family.name}", ${parameter}>>`);

/** The set of a type's values. */
export function typeText(unit: Pick<TlaUnit, 'pools'>, t: Type): string {
  switch (t.kind) {
    case 'bool':
      return 'BOOLEAN';
    case 'range':
      return `${numeral(t.lo)}..${t.hi}`;
    case 'enum':
      return `{${t.members.map((m) => `"${m}"`).join(', ')}}`;
    case 'ref':
      return unit.pools.get(t.pool)?.slots ?? `0..${t.size - 1}`;
    case 'pid':
      return `{${t.names.map(pidText).join(', ')}}`;
    case 'nullable':
      return `${grouped(typeText(unit, t.of))} \\cup {NULL}`;
    case 'record':
      return recordText(unit, t);
    case 'map':
      return `[${typeText(unit, t.key)} -> ${typeText(unit, t.value)}]`;
    case 'set':
      return `SUBSET ${grouped(typeText(unit, t.of))}`;
    case 'seq':
      return `Seq(${typeText(unit, t.of)})`;
    default:
      return unreachable(t);
  }
}

const recordText = (unit: Pick<TlaUnit, 'pools'>, t: RecordType): string => `[${t.fields.map((f) => `${f.name}: ${typeText(unit, f.type)}`).join(', ')}]`;

const grouped = (text: string): string => (/^[\w]+$|^[{[].*[}\]]$/.test(text) ? text : `(${text})`);

export function familyOf(unit: TlaUnit, number: number): TlaFamily {
  const found = unit.families.find((f) => f.number === number);
  assert(found !== undefined, 'a family with instances');
  return found;
}

export function liveName(unit: TlaUnit, pool: Pool): string {
  return unit.pools.get(pool.name)!.live;
}

/** The elements of a finite type, for what must be written out. */
export function writtenOut(t: Type): readonly Value[] {
  if (cardinality(t) > 300) throw new Unsupported('something ranges over too many values to be written out one by one');
  return valuesOf(t).filter((v) => hasType(t, v));
}
