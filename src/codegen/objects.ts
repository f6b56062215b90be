// Objects and references as JavaScript: which slots a program still refers to, what ghosts forget, which objects are lost. The functions
// made here follow model/objects.ts, with a set of slots as the bits of one word.

import { assert } from '../base/unreachable.js';
import type { Pool, Variable } from '../core/expr.js';
import { cardinality, mentionsPool, type Type } from '../core/type.js';
import { valuesOf } from '../core/value.js';
import { withNull } from '../model/layout.js';
import { elementOf, NOWHERE, undecoded, type Located, type Memory } from './access.js';
import { boxed, readCellJs, unboxed, writeCellJs } from './convert.js';
import { locationJs, standsAt } from './process.js';
import { aliveJs } from './read.js';
import { MAX_TABLE_BITS, packedCell, packedWidth, packedWord, reprOf } from './representation.js';
import { slots, unpack } from './runtime.js';
import type { Scope, Unit } from './scope.js';

/** Pools of more slots than a word has bits are left to the interpreter. */
export const MAX_SLOTS = 31;

/** Maps of plain values up to this size are looked through element by element. */
const UNROLL = 16;

export const STATE: Memory = { kind: 'memory', array: 'A', at: 'a' };

export const propertyScope = (unit: Unit): Scope => ({ unit, source: STATE, bound: new Map(), fail: () => 'throw 0;' });

const holds = (variable: Variable, pool?: Pool): boolean => variable.kind !== 'ghost' && mentionsPool(variable.type, pool?.name);

/** The slots of a pool to which a value refers. */
export function slotsOf(unit: Unit, t: Type, js: string, pool: Pool): string {
  const refers = (of: Type): boolean => of.kind === 'ref' && of.pool === pool.name;
  const known = /^-?\d+$/.test(js) ? Number(js) : undefined;
  if (refers(t) || (t.kind === 'nullable' && refers(t.of))) {
    if (known !== undefined) return String(known === unit.nil ? 0 : 1 << known);
    // Of a reference with room for null in the state: no bits are null.
    const parts = undecoded(js);
    return parts?.base === -1 && unit.nil === -1 ? `(1 << ${parts.raw} >>> 1)` : `(${js} === ${unit.nil} ? 0 : 1 << ${js})`;
  }
  if (t.kind === 'set' && refers(t.of) && reprOf(t) === 'packed') return js;
  if (known !== undefined && reprOf(t) === 'packed') return String(slots(t, unpack(packedCell(t), known), pool.name));
  if (reprOf(t) === 'packed' && packedWidth(t) <= MAX_TABLE_BITS) return `${unit.constant(slotsTable(t, pool))}[${js}]`;
  return `rt.slots(${unit.constant(t)}, ${boxed(unit, t, js)}, ${JSON.stringify(pool.name)})`;
}

/** For each word of a packed type the slots to which its value refers. */
function slotsTable(t: Type, pool: Pool): readonly number[] {
  const whole = withNull(t);
  const table = new Array<number>(2 ** packedWidth(t)).fill(0);
  for (const v of valuesOf(whole)) table[packedWord(t, v)] = slots(whole, v, pool.name);
  return table;
}

/** The same for a value that lies in the state. */
function slotsIn(unit: Unit, located: Located, t: Type, pool: Pool): string {
  const { cell } = located;
  if (t.kind === 'map' && cell.kind === 'map' && cardinality(t.key) <= UNROLL) {
    const parts = Array.from({ length: cardinality(t.key) }, (_, i) => slotsIn(unit, elementOf(located, cell.elements, String(i)), t.value, pool));
    return parts.length === 0 ? '0' : `(${parts.join(' | ')})`;
  }
  if (t.kind === 'record' && cell.kind === 'record') {
    const parts = t.fields.flatMap((f, i) => (mentionsPool(f.type, pool.name) ? [slotsIn(unit, { ...located, cell: cell.fields[i]! }, f.type, pool)] : []));
    return `(${parts.join(' | ')})`;
  }
  const js = readCellJs(unit, located, t);
  if (t.kind === 'ref' && cell.kind === 'scalar' && cell.type.kind === 'ref') return `(1 << ${js})`;
  return slotsOf(unit, t, js, pool);
}

/** Lines that add to `m` what shared variables hold of a pool. */
const sharedLines = (unit: Unit, pool: Pool, m: string): readonly string[] =>
  unit.index.model.variables.flatMap(({ variable }, i) =>
    holds(variable, pool) ? [`${m} |= ${slotsIn(unit, { source: STATE, cell: unit.layout.variables[i]!, words: NOWHERE, shift: NOWHERE }, variable.type, pool)};`] : [],
  );

const held = (unit: Unit, pool: Pool, pid: number): string => `held${unit.index.pool(pool)}_${pid}`;

/** A process whose locals may hold objects of a pool. */
export interface Holder {
  readonly pid: number;
  /** The function `held(A, a)`: the slots that its locals hold. */
  readonly lines: readonly string[];
}

export const holdersOf = (unit: Unit, pool: Pool): readonly Holder[] => unit.index.model.instances.flatMap((_, pid) => holder(unit, pool, pid) ?? []);

/** By where it stands, for many locals are dead at most locations. */
function holder(unit: Unit, pool: Pool, pid: number): Holder | undefined {
  const { locals, locations } = unit.index.family(pid);
  const cells = unit.layout.instances[pid]!.locals;
  const index = unit.index.instance(pid).index;
  const masks = locals.flatMap(({ variable, reset }, i) => {
    if (!holds(variable, pool)) return [];
    const cell = cells[i];
    // Where it is dead, it has its reset value.
    const dead = String(slots(variable.type, reset[index]!, pool.name));
    return [{ i, live: cell === undefined ? dead : slotsIn(unit, { source: STATE, cell, words: NOWHERE, shift: NOWHERE }, variable.type, pool), dead }];
  });
  const cases = new Map<string, number[]>();
  // Few locals are live at a location, and what is dead mostly holds nothing.
  const byLocal = new Map(masks.map((mask) => [mask.i, mask]));
  const holdDead = masks.filter(({ dead }) => dead !== '0');
  for (const location of locations.keys()) {
    const isLive = unit.index.liveAt(pid, location);
    const parts = holdDead.flatMap(({ i, dead }) => (isLive.has(i) ? [] : [dead]));
    for (const i of isLive) parts.push(byLocal.get(i)?.live ?? '0');
    const js = parts.filter((mask) => mask !== '0').join(' | ');
    if (js !== '') cases.set(js, [...(cases.get(js) ?? []), location]);
  }
  if (cases.size === 0) return undefined;
  const labels = ([js, at]: readonly [string, readonly number[]]): string => `${at.map((location) => `case ${location}:`).join(' ')} return ${js};`;
  return { pid, lines: [`function ${held(unit, pool, pid)}(A, a) {`, `switch (${locationJs(pid, propertyScope(unit))}) {`, ...[...cases].map(labels), 'default: return 0;', '}', '}'] };
}

/** For each slot of `of`, when it holds a live object (and `condition` of the slot is true), adds to `m` what its fields hold of a pool. */
function heldLines(unit: Unit, of: Pool, pool: Pool, m: string, condition: (slot: number) => string): string[] {
  const { fields } = unit.layout.pools[unit.index.pool(of)]!;
  const s = propertyScope(unit);
  const lines: string[] = [];
  for (let slot = 0; slot < of.size; slot++) {
    const parts = of.fields.flatMap(({ variable }, f) =>
      holds(variable, pool) ? [slotsIn(unit, elementOf({ source: STATE, words: NOWHERE, shift: NOWHERE }, fields[f]!, String(slot)), variable.type, pool)] : [],
    );
    if (parts.length > 0) lines.push(`if (${condition(slot)}${aliveJs(of, String(slot), s)} !== 0) ${m} |= ${parts.join(' | ')};`);
  }
  return lines;
}

const aliveMask = (unit: Unit, pool: Pool): string =>
  Array.from({ length: pool.size }, (_, slot) => `(${aliveJs(pool, String(slot), propertyScope(unit))} << ${slot})`).join(' | ') || '0';

export const takenName = (unit: Unit, pool: Pool): string => `taken${unit.index.pool(pool)}`;
export const forgetName = (unit: Unit, pool: Pool): string => `forget${unit.index.pool(pool)}`;

/** `taken(A, a, except)`: the slots that a new object of the pool may not take, as far as the process `except` does not hold them. */
export function takenFunction(unit: Unit, pool: Pool, holders: readonly Holder[]): readonly string[] {
  const body = pool.reuse
    ? []
    : [
        ...sharedLines(unit, pool, 'm'),
        ...holders.map(({ pid }) => `if (except !== ${pid}) m |= ${held(unit, pool, pid)}(A, a);`),
        ...unit.index.model.pools.flatMap((of) => heldLines(unit, of, pool, 'm', () => '')),
      ];
  return [`function ${takenName(unit, pool)}(A, a, except) {`, `let m = ${aliveMask(unit, pool)};`, ...body, 'return m;', '}'];
}

/** `forget(A, a, slot)`: ghosts forget the object that was in the slot. */
export function forgetFunction(unit: Unit, pool: Pool): readonly string[] {
  const { model } = unit.index;
  const lines: string[] = [];
  const scrub = (located: Located, { type, kind }: Variable): void => {
    if (kind !== 'ghost' || !mentionsPool(type, pool.name)) return;
    const js = readCellJs(unit, located, type);
    const { cell } = located;
    const store = (value: string): string => writeCellJs(unit, located, type, value) ?? '';
    if (cell.kind === 'scalar') {
      assert(cell.type.kind === 'nullable', 'a ghost that refers to objects has room for null');
      lines.push(`if (${js} === slot) ${store(String(unit.nil))}`);
    } else if (type.kind === 'set' && type.of.kind === 'ref' && reprOf(type) === 'packed') {
      lines.push(store(`(${js} & ~(1 << slot))`));
    } else {
      lines.push(`rt.store(A, ${unit.constant(cell)}, a${distance(located)}, rt.forget(${unit.constant(type)}, ${boxed(unit, type, js)}, ${JSON.stringify(pool.name)}, slot));`);
    }
  };
  model.variables.forEach(({ variable }, i) => scrub({ source: STATE, cell: unit.layout.variables[i]!, words: NOWHERE, shift: NOWHERE }, variable));
  model.instances.forEach((_, pid) => {
    const { locals, locations } = unit.index.family(pid);
    locals.forEach(({ variable, liveAt }, i) => {
      const cell = unit.layout.instances[pid]!.locals[i];
      const before = lines.length;
      if (cell !== undefined) scrub({ source: STATE, cell, words: NOWHERE, shift: NOWHERE }, variable);
      // Where it is dead, its bits may be another's.
      if (lines.length > before && liveAt.length < locations.length) {
        lines.splice(before, Infinity, `if (${standsAt(pid, liveAt, propertyScope(unit))}) {`, ...lines.slice(before), '}');
      }
    });
  });
  model.pools.forEach((of, p) =>
    of.fields.forEach(({ variable }, f) => {
      for (let slot = 0; slot < of.size; slot++) scrub(elementOf({ source: STATE, words: NOWHERE, shift: NOWHERE }, unit.layout.pools[p]!.fields[f]!, String(slot)), variable);
    }),
  );
  return [`function ${forgetName(unit, pool)}(A, a, slot) {`, ...lines, '}'];
}

/** The same for a local of the process that runs, which is a variable of the function: its new value; undefined for one that forgets nothing. */
export function forgottenJs(unit: Unit, { kind, type }: Variable, js: string, pool: Pool, slot: string): string | undefined {
  if (kind !== 'ghost' || !mentionsPool(type, pool.name)) return undefined;
  if (reprOf(type) === 'number') return `(${js} === ${slot} ? ${unit.nil} : ${js})`;
  if (type.kind === 'set' && type.of.kind === 'ref' && reprOf(type) === 'packed') return `(${js} & ~(1 << ${slot}))`;
  return unboxed(unit, type, `rt.forget(${unit.constant(type)}, ${boxed(unit, type, js)}, ${JSON.stringify(pool.name)}, ${slot})`);
}

/** The known distance of a cell as the two arguments that the runtime takes: `+ words, shift`. */
const distance = ({ words, shift }: Located): string => `${words.known === 0 ? '' : ` + ${words.known}`}, ${shift.known}`;

/** Where `reach` leaves the slots of a pool that the program can reach. */
const reached = (unit: Unit, pool: Pool): string => `reached${unit.index.pool(pool)}`;

/**
 * `reach(A, a)`: which objects the program can reach, for all pools at once.
 *
 * @param holders those of each pool
 */
export function reachFunction(unit: Unit, holders: readonly (readonly Holder[])[]): readonly string[] {
  const { pools } = unit.index.model;
  const m = (of: Pool): string => `m${unit.index.pool(of)}`;
  const results = pools.map((of) => `${reached(unit, of)} = ${m(of)};`);
  const lost = pools.map((of) => `(${aliveMask(unit, of)}) & ~${m(of)}`).join(' | ');
  const lines = [
    ...pools.flatMap((of) => [`let ${m(of)} = 0;`, ...sharedLines(unit, of, m(of))]),
    // Most often that is all that is alive.
    `if ((${lost}) === 0) { ${results.join(' ')} return; }`,
    ...pools.flatMap((of) => holders[unit.index.pool(of)]!.map(({ pid }) => `${m(of)} |= ${held(unit, of, pid)}(A, a);`)),
  ];
  const steps = pools.flatMap((of) => pools.flatMap((to) => heldLines(unit, of, to, m(to), (slot) => `(${m(of)} >>> ${slot} & 1) !== 0 && `)));
  const sum = pools.map(m).join(' + ');
  const loop = steps.length === 0 ? [] : ['for (let before = -1; ; ) {', `const now = ${sum};`, 'if (now === before) break;', 'before = now;', ...steps, '}'];
  return [`let ${pools.map((of) => `${reached(unit, of)} = 0`).join(', ')};`, 'function reach(A, a) {', ...lines, ...loop, ...results, '}'];
}

/** After `reach`: some live object of the pool was not reached. */
export const leakJs = (unit: Unit, pool: Pool): string => `((${aliveMask(unit, pool)}) & ~${reached(unit, pool)}) !== 0`;
