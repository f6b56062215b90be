// Objects in Promela: which slots may not be used again, what ghosts forget, and which live objects are lost. As model/objects.ts says.

import { assert, unreachable } from '../../base/unreachable.js';
import type { Pool, Variable } from '../../core/expr.js';
import { cardinality, isScalar, mentionsPool, type Type } from '../../core/type.js';
import { partsOf, type Value } from '../../core/value.js';
import { isNull, type Cells, type Constants } from './cells.js';
import { bitAt } from './cells.js';
import { cell, placed, present, type Column, type Memory, type Part } from './memory.js';
import { cellCount, columnsOf, fieldStart, placesOf, valuesWrittenOut } from './shape.js';
import { choose, compare, compute, not, number, YES, type Term } from './term.js';
import { liveOf, storageOf, type Unit } from './unit.js';

/** A part of the state that may hold references. */
export interface Holder {
  readonly variable: Variable;
  readonly places: readonly { readonly column: Column; readonly index: Term }[];
  /** For a field of an object: the pool and the slot. */
  readonly of?: { readonly pool: Pool; readonly slot: number };
}

const holderOf = (unit: Unit, variable: Variable, at: number, of?: Holder['of']): Holder => {
  const part: Part = { storage: storageOf(unit, variable), first: 0, at: number(at) };
  const columns = columnsOf(variable.type, unit.nil);
  const places = placesOf(variable.type, unit.nil).map(({ column, index }) => placed(part, columns[column]!.size, column, index));
  return { variable, places, ...(of === undefined ? {} : { of }) };
};

/** Everything in the state that may refer to the pool: shared variables, locals that are part of the state, fields. */
export function holders(unit: Unit, pool: string | undefined, isGhost: boolean): readonly Holder[] {
  const { model } = unit;
  const wanted = (variable: Variable): boolean => (variable.kind === 'ghost') === isGhost && mentionsPool(variable.type, pool);
  const shared = model.variables.flatMap(({ variable }) => (wanted(variable) ? [holderOf(unit, variable, 0)] : []));
  const locals = model.instances.flatMap(({ family, index }) =>
    model.families[family]!.locals.flatMap((local) => (wanted(local.variable) && local.liveAt.length > 0 ? [holderOf(unit, local.variable, index)] : [])),
  );
  const fields = model.pools.flatMap((p) =>
    p.fields.flatMap(({ variable }) => (wanted(variable) ? Array.from({ length: p.size }, (_, slot) => holderOf(unit, variable, slot, { pool: p, slot })) : [])),
  );
  return [...shared, ...locals, ...fields];
}

export const cellsOfHolder = (holder: Holder, memory: Memory = present): Cells => holder.places.map(({ column, index }) => memory.read(column, index));

/** The references to a pool in a value, as bits: slot 0 is bit 0. */
export function referencesIn(c: Constants, t: Type, cells: Cells, pool: string): readonly Term[] {
  if (!mentionsPool(t, pool)) return [];
  switch (t.kind) {
    case 'ref':
      return [choose(compare('==', cells[0]!, number(c.nil, 'null')), number(0), compute('<<', number(1), cells[0]!))];
    case 'nullable': {
      if (isScalar(t.of)) return referencesIn(c, t.of, cells, pool);
      const some = not(isNull(c, t, cells));
      return referencesIn(c, t.of, cells.slice(1), pool).map((bits) => choose(some, bits, number(0)));
    }
    case 'record':
      return t.fields.flatMap((field, i) => {
        const start = fieldStart(t, i);
        return referencesIn(c, field.type, cells.slice(start, start + cellCount(field.type)), pool);
      });
    case 'map': {
      const size = cellCount(t.value);
      return Array.from({ length: cardinality(t.key) }, (_, i) => referencesIn(c, t.value, cells.slice(i * size, (i + 1) * size), pool)).flat();
    }
    case 'seq': {
      const size = cellCount(t.of);
      return Array.from({ length: t.max }, (_, i) =>
        referencesIn(c, t.of, cells.slice(1 + i * size, 1 + (i + 1) * size), pool).map((bits) => choose(compare('<', number(i), cells[0]!), bits, number(0))),
      ).flat();
    }
    case 'set':
      if (t.of.kind === 'ref') return [cells[0]!];
      return valuesWrittenOut(t.of).flatMap((v, i) => {
        const bits = slotsIn(t.of, v, pool).reduce((sum, slot) => sum | (1 << slot), 0);
        return bits === 0 ? [] : [choose(bitAt(cells, i), number(bits), number(0))];
      });
    case 'bool':
    case 'range':
    case 'enum':
    case 'pid':
      return [];
    default:
      return unreachable(t);
  }
}

/** The slots that a value refers to. */
function slotsIn(t: Type, v: Value, pool: string): readonly number[] {
  if (v === null || !mentionsPool(t, pool)) return [];
  switch (t.kind) {
    case 'ref':
      return [v as number];
    case 'nullable':
      return slotsIn(t.of, v, pool);
    case 'record':
      return t.fields.flatMap((field, i) => slotsIn(field.type, partsOf(v)[i]!, pool));
    case 'map':
      return partsOf(v).flatMap((part) => slotsIn(t.value, part, pool));
    case 'set':
    case 'seq':
      return partsOf(v).flatMap((part) => slotsIn(t.of, part, pool));
    default:
      return [];
  }
}

/** The value without references to a slot that is used again: null instead, and no element of a set. */
export function withoutSlot(c: Constants, t: Type, cells: Cells, pool: string, slot: Term): Cells {
  if (!mentionsPool(t, pool)) return cells;
  switch (t.kind) {
    case 'ref':
      return [choose(compare('==', cells[0]!, slot), number(c.nil, 'null'), cells[0]!)];
    case 'nullable':
      return isScalar(t.of) ? withoutSlot(c, t.of, cells, pool, slot) : [cells[0]!, ...where(cells[0]!, withoutSlot(c, t.of, cells.slice(1), pool, slot), cells.slice(1))];
    case 'record':
      return t.fields.flatMap((field, i) => {
        const start = fieldStart(t, i);
        return withoutSlot(c, field.type, cells.slice(start, start + cellCount(field.type)), pool, slot);
      });
    case 'map': {
      const size = cellCount(t.value);
      return Array.from({ length: cardinality(t.key) }, (_, i) => withoutSlot(c, t.value, cells.slice(i * size, (i + 1) * size), pool, slot)).flat();
    }
    case 'seq': {
      const size = cellCount(t.of);
      const elements = Array.from({ length: t.max }, (_, i) => {
        const element = cells.slice(1 + i * size, 1 + (i + 1) * size);
        return where(compare('<', number(i), cells[0]!), withoutSlot(c, t.of, element, pool, slot), element);
      });
      return [cells[0]!, ...elements.flat()];
    }
    case 'set':
      return withoutElements(t, cells, pool, slot);
    default:
      return cells;
  }
}

const where = (condition: Term, then: Cells, otherwise: Cells): Cells => then.map((x, i) => choose(condition, x, otherwise[i]!));

function withoutElements(t: Type & { readonly kind: 'set' }, cells: Cells, pool: string, slot: Term): Cells {
  const gone = (word: number): Term =>
    valuesWrittenOut(t.of).reduce<Term>((bits, v, i) => {
      if (Math.floor(i / 31) !== word) return bits;
      const slots = slotsIn(t.of, v, pool);
      return slots.reduce((sum, s) => compute('|', sum, choose(compare('==', slot, number(s)), number(1 << i % 31), number(0))), bits);
    }, number(0));
  return cells.map((word, w) => compute('&', word, { text: `~(${gone(w).text})`, level: 11 }));
}

/** Bits of the slots that may not be used again, one term for each reason. */
function takenTerms(unit: Unit, pool: Pool, memory: Memory, own: readonly Holder[]): readonly Term[] {
  const live = memory.read(liveOf(unit, pool), number(0));
  if (pool.reuse) return [live];
  const held = [...holders(unit, pool.name, false), ...own].flatMap((holder) =>
    referencesIn(unit, holder.variable.type, cellsOfHolder(holder, memory), pool.name).map((bits) =>
      // A freed object's fields hold their initial values, which do not count.
      holder.of === undefined ? bits : choose(isSlotLive(unit, holder.of.pool, holder.of.slot, memory), bits, number(0)),
    ),
  );
  return [live, ...held.filter((bits) => bits.known !== 0)];
}

const isSlotLive = (unit: Unit, pool: Pool, slot: number, memory: Memory): Term => compute('&', compute('>>', memory.read(liveOf(unit, pool), number(0)), number(slot)), number(1));

function lowestFree(unit: Unit, pool: Pool, isFree: (slot: number) => Term): Term {
  return Array.from({ length: pool.size }, (_, s) => s).reduceRight<Term>((rest, s) => choose(isFree(s), number(s), rest), number(unit.nil, 'null'));
}

/** The lowest slot that a new object may take, or null. */
export function slotTerm(unit: Unit, pool: Pool, memory: Memory, own: readonly Holder[]): Term {
  const taken = takenTerms(unit, pool, memory, own).reduce((all, bits) => compute('|', all, bits));
  return lowestFree(unit, pool, (s) => compare('==', compute('&', taken, number(1 << s)), number(0)));
}

/** Statements that put the slots which may not be used into `taken`, and the lowest other one, or null, into `slot`. */
export function findSlot(unit: Unit, pool: Pool, own: readonly Holder[]): readonly string[] {
  const [live, ...held] = takenTerms(unit, pool, present, own);
  const taken: Term = { text: 'taken', level: 12 };
  return [
    `taken = ${live!.text};`,
    ...held.map((bits) => `taken = ${compute('|', taken, bits).text};`),
    `slot = ${lowestFree(unit, pool, (s) => compare('==', compute('&', taken, number(1 << s)), number(0))).text};`,
  ];
}

/** What ghosts hold when a slot is used again. */
export function forgottenCells(unit: Unit, pool: Pool, memory: Memory, slot: Term): readonly { readonly place: Holder['places'][number]; readonly value: Term }[] {
  return holders(unit, pool.name, true).flatMap((holder) => {
    const before = cellsOfHolder(holder, memory);
    const after = withoutSlot(unit, holder.variable.type, before, pool.name, slot);
    return after.flatMap((value, i) => (value.text === before[i]!.text ? [] : [{ place: holder.places[i]!, value }]));
  });
}

/** The same for the slot that was just found. */
export function forgetSlot(unit: Unit, pool: Pool): readonly { readonly place: Holder['places'][number]; readonly value: Term }[] {
  return forgottenCells(unit, pool, present, { text: 'slot', level: 12 });
}

/**
 * Statements that leave in `taken` the live objects of the pool that the program cannot reach. `reached` has a hidden variable for
 * each pool.
 */
export function findLost(unit: Unit, pool: Pool, reached: ReadonlyMap<string, string>): readonly string[] {
  const { pools } = unit.model;
  const lines = pools.map((p) => `${reached.get(p.name)!} = 0;`);
  const add = (holder: Holder): void => {
    for (const p of pools) {
      for (const bits of referencesIn(unit, holder.variable.type, cellsOfHolder(holder), p.name)) {
        const name = reached.get(p.name)!;
        const isReached = holder.of === undefined ? YES : compute('&', compute('>>', { text: reached.get(holder.of.pool.name)!, level: 12 }, number(holder.of.slot)), number(1));
        const counted = choose(isReached, bits, number(0));
        if (counted.known === 0) continue;
        const live = compute('&', counted.level < 6 ? { ...counted, text: `(${counted.text})`, level: 12 } : counted, cell(liveOf(unit, p), number(0)));
        lines.push(`${name} = ${name} | (${live.text});`);
      }
    }
  };
  const all = holders(unit, undefined, false);
  all.filter((h) => h.of === undefined).forEach(add);
  // What an object leads to: as many rounds as a path can be long.
  const rounds = pools.reduce((sum, p) => sum + p.size, 0);
  const inObjects = all.filter((h) => h.of !== undefined);
  assert(rounds > 0, 'a pool has objects');
  if (inObjects.length > 0) for (let round = 1; round < rounds; round++) inObjects.forEach(add);
  return [...lines, `taken = ${cell(liveOf(unit, pool), number(0)).text} & ~${reached.get(pool.name)!};`];
}

