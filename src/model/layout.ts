// State ↔ bits. A state is words of 32 bits: each instance's location and live locals, each variable, and each pool's objects. Different
// states differ in some bit, and the bits that nothing uses are 0.

import type { Location } from '../base/span.js';
import { assert } from '../base/unreachable.js';
import type { Variable } from '../core/expr.js';
import { countText, MAX_STATE_BITS, sizeProblem } from '../core/size.js';
import { bitsOf, nullable, type Type } from '../core/type.js';
import { hasType, numberOf, type Value } from '../core/value.js';
import {
  arrayBlock, blockOf, moved, movedArray, numberBlock, readArray, readCell, WORD, writeArray, writeCell, type ArrayCell, type Bits, type Block, type Cell,
} from './layout/cell.js';
import { shareBits } from './layout/share.js';
import { mayBeUnset } from './layout/unset.js';
import type { Family, FamilyLocal, Model } from './model.js';
import { familiesOf, liveLocals, type State } from './state.js';

/** Where everything lies; plain data that crosses threads. */
export interface Placement {
  /** 32-bit words of a state, at least 1. */
  readonly words: number;
  /** Bits in use. */
  readonly bits: number;
  /** For each of the model's variables. */
  readonly variables: readonly Cell[];
  /** For each pool: one bit a slot, and for each field its values over the slots. */
  readonly pools: readonly { readonly alive: ArrayCell; readonly fields: readonly ArrayCell[] }[];
  /** For each instance. A local without a cell is live nowhere; the bits of another hold it only where it is live. */
  readonly instances: readonly { readonly location: Bits; readonly locals: readonly (Cell | undefined)[] }[];
}

export interface Layout extends Placement {
  /** Without `into`, a new array. Dead locals are not looked at. */
  encode(state: State, into?: Uint32Array): Uint32Array;
  decode(words: Uint32Array): State;
}

export interface LayoutOptions {
  /** Locals that never matter at the same location share bits. Default true; off for comparisons. */
  readonly share?: boolean;
}

/** Which variable makes the state too large, and why. */
export interface LayoutProblem {
  readonly variable: string;
  readonly at: Location;
  /** "takes 5,000,000 bits, and a state has room for 65,536": what follows the variable's name. */
  readonly message: string;
}

/** The state has no layout: some variable is too large, or all together are. */
export class StateTooLarge extends Error {
  constructor(readonly problem: LayoutProblem) {
    super(`${problem.variable} ${problem.message}`);
  }
}

/** Why the model has no layout; undefined when it has one. */
export function layoutProblem(model: Model): LayoutProblem | undefined {
  let total = 0;
  let largest: { variable: Variable; bits: number } | undefined;
  const sizes = [
    ...model.variables.map(({ variable }) => ({ variable, copies: 1 })),
    ...model.pools.flatMap((pool) => pool.fields.map(({ variable }) => ({ variable, copies: pool.size }))),
    ...familiesOf(model).flatMap((family, f) => family.locals.map(({ variable }) => ({ variable, copies: model.instances.filter((i) => i.family === f).length }))),
  ];
  for (const { variable, copies } of sizes) {
    const message = sizeProblem(variable.type);
    if (message !== undefined) return { variable: variable.name, at: variable.at, message };
    const bits = copies * bitsOf(variable.type);
    if (largest === undefined || bits > largest.bits) largest = { variable, bits };
    total += bits;
  }
  // Locals share bits, and words have gaps: an estimate that errs on the side of refusing.
  if (total <= MAX_STATE_BITS || largest === undefined) return undefined;
  const message = `takes ${countText(largest.bits)} of the ${countText(total)} bits of a state, which has room for ${countText(MAX_STATE_BITS)}`;
  return { variable: largest.variable.name, at: largest.variable.at, message };
}

/** @throws StateTooLarge when `layoutProblem` finds one. */
export function layoutOf(model: Model, options: LayoutOptions = {}): Layout {
  const problem = layoutProblem(model);
  if (problem !== undefined) throw new StateTooLarge(problem);

  const space = new Space();
  const variables = model.variables.map(({ variable, initial }) => space.cell(blockOf(storedType(variable.type, initial))));
  const pools = model.pools.map((pool) => ({
    alive: space.array(pool.size, blockOf({ kind: 'bool' })),
    fields: pool.fields.map((field) => space.array(pool.size, blockOf(storedType(field.variable.type, [field.initial])))),
  }));
  const sharings = model.families.map((family) => {
    const blocks = family.locals.map((local) => blockOf(localType(family, local)));
    return { blocks, ...shareBits(family.locals, blocks, options.share !== false) };
  });
  const instances = model.instances.map(({ family }) => {
    const { blocks, groups, places } = sharings[family]!;
    const location = space.cell(numberBlock(model.families[family]!.locations.length));
    const starts = groups.map((group) => space.reserve(group.usage));
    const locals = places.map((place, i) => {
      if (place === undefined) return undefined;
      const start = starts[place.group]!;
      return (): Cell => moved(blocks[i]!.cell, start().word + place.word, start().shift + place.shift);
    });
    return { location, locals };
  });
  const bits = space.assign();

  const fields = {
    variables: variables.map((cell) => cell()),
    pools: pools.map((pool) => ({ alive: pool.alive(), fields: pool.fields.map((field) => field()) })),
    instances: instances.map(({ location, locals }) => ({ location: scalarBits(location()), locals: locals.map((local) => local?.()) })),
  };
  return { words: space.words, bits, ...fields, ...codec(model, space.words, fields) };
}

/** References without a value hold null: where that can happen the type has room for it. */
function storedType(type: Type, held: readonly Value[]): Type {
  return held.every((v) => hasType(type, v)) ? type : withNull(type);
}

function localType(family: Family, local: FamilyLocal): Type {
  return mayBeUnset(family, local) ? withNull(local.variable.type) : local.variable.type;
}

/** The type with room for null in every reference. */
export function withNull(type: Type): Type {
  switch (type.kind) {
    case 'ref':
      return nullable(type);
    case 'record':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: withNull(field.type) })) };
    case 'map':
      return { ...type, value: withNull(type.value) };
    default:
      return type;
  }
}

function scalarBits(cell: Cell): Bits {
  assert(cell.kind === 'scalar', 'a number');
  return cell.bits;
}

/** Packs blocks into words: those of several words first, then the largest first, each into the first word that has room. */
class Space {
  private readonly blocks: { readonly usage: readonly number[]; word: number; shift: number }[] = [];
  words = 1;

  /** The functions give the place once `assign` has run. */
  reserve(usage: readonly number[]): () => { readonly word: number; readonly shift: number } {
    const block = { usage, word: 0, shift: 0 };
    this.blocks.push(block);
    return () => block;
  }

  cell(block: Block): () => Cell {
    const place = this.reserve(block.usage);
    return () => moved(block.cell, place().word, place().shift);
  }

  array(size: number, block: Block): () => ArrayCell {
    const { elements, usage } = arrayBlock(size, block);
    const place = this.reserve(usage);
    return () => movedArray(elements, place().word, place().shift);
  }

  /** Gives every block its place; returns the number of bits in use. */
  assign(): number {
    const used: number[] = [];
    const size = (usage: readonly number[]): number => (usage.length > 1 ? WORD * usage.length : usage[0]!);
    for (const block of [...this.blocks].sort((a, b) => size(b.usage) - size(a.usage))) {
      const fit = block.usage.length > 1 ? -1 : used.findIndex((bits) => bits + block.usage[0]! <= WORD);
      block.word = fit < 0 ? used.length : fit;
      block.shift = fit < 0 ? 0 : used[fit]!;
      block.usage.forEach((bits, i) => (used[block.word + i] = (used[block.word + i] ?? 0) + bits));
    }
    this.words = Math.max(1, used.length);
    return used.reduce((sum, bits) => sum + bits, 0);
  }
}

function codec(model: Model, words: number, fields: Pick<Layout, 'variables' | 'pools' | 'instances'>): Pick<Layout, 'encode' | 'decode'> {
  const live = model.families.map(liveLocals);
  const locationOf = ({ location }: Layout['instances'][number]): Cell => ({ kind: 'scalar', type: { kind: 'range', lo: 0, hi: 2 ** location.width - 1 }, bits: location });
  const locations = fields.instances.map(locationOf);
  return {
    encode(state, into = new Uint32Array(words)) {
      into.fill(0);
      fields.variables.forEach((cell, i) => writeCell(into, cell, state.shared[i]!));
      fields.pools.forEach((pool, p) => {
        writeArray(into, pool.alive, state.alive[p]!);
        pool.fields.forEach((field, f) => writeArray(into, field, state.fields[p]![f]!));
      });
      fields.instances.forEach(({ locals }, pid) => {
        const at = state.at[pid]!;
        writeCell(into, locations[pid]!, at);
        for (const i of live[model.instances[pid]!.family]!(at)) {
          const cell = locals[i];
          if (cell !== undefined) writeCell(into, cell, state.locals[pid]![i]!);
        }
      });
      return into;
    },
    decode(from) {
      const at = locations.map((cell) => numberOf(readCell(from, cell)));
      return {
        shared: fields.variables.map((cell) => readCell(from, cell)),
        alive: fields.pools.map((pool) => readArray(from, pool.alive) as boolean[]),
        fields: fields.pools.map((pool) => pool.fields.map((field) => readArray(from, field))),
        locals: fields.instances.map(({ locals }, pid) => {
          const { family, index } = model.instances[pid]!;
          const isLive = live[family]!(at[pid]!);
          return locals.map((cell, i) => (cell === undefined || !isLive.has(i) ? model.families[family]!.locals[i]!.reset[index]! : readCell(from, cell)));
        }),
        at,
      };
    },
  };
}
