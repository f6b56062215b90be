// All states of a small model, as packed words: a digit for each plain part of each variable, turned like an odometer, or drawn at random.
// An object's fields are digits only while it is alive.

import { cardinality, type Type } from '../../core/type.js';
import { valueAt } from '../../core/value.js';
import type { Layout } from '../../model/layout.js';
import { shiftToElement, wordsToElement, writeCell, type Cell } from '../../model/layout/cell.js';
import type { Model } from '../../model/model.js';

/** One part that takes `count` values. */
interface Digit {
  readonly count: number;
  /** Adds the value to words whose bits are 0. */
  write(into: Uint32Array, ordinal: number): void;
}

/** Digits that matter together: while `guard` is 1, if there is one. */
interface Block {
  readonly guard?: Digit;
  readonly digits: readonly Digit[];
}

export interface Valuations {
  /** Infinity when that leaves the range of a number. */
  readonly count: number;
  /** Calls `visit` with every state, in order; it gives true to end. The words are used again. */
  each(visit: (words: Int32Array) => boolean): void;
  /** States drawn at random, `samples` of them; the same ones for the same seed. */
  sample(samples: number, seed: number, visit: (words: Int32Array) => boolean): void;
}

/** Parts of more values are not listed in a table. */
const MAX_TABLE = 4096;
/** Compound values of more values are taken apart. */
const MAX_WHOLE = 64;

export function valuationsOf(model: Model, layout: Layout, places: (variable: number) => number | undefined): Valuations {
  const blocks: Block[] = [
    ...model.variables.map(({ variable }, i): Block => ({ digits: digitsOf(variable.type, layout.variables[i]!, 0, 0, places(i)) })),
    ...model.pools.flatMap((pool, p) =>
      Array.from({ length: pool.size }, (_, slot): Block => {
        const { alive, fields } = layout.pools[p]!;
        const digits = pool.fields.flatMap(({ variable }, f) => digitsOf(variable.type, fields[f]!.first, wordsToElement(fields[f]!, slot), shiftToElement(fields[f]!, slot)));
        const guard = digitsOf({ kind: 'bool' }, alive.first, wordsToElement(alive, slot), shiftToElement(alive, slot))[0]!;
        return { guard, digits };
      }),
    ),
  ];
  const sizeOf = ({ guard, digits }: Block): number => digits.reduce((n, d) => n * d.count, 1) + (guard === undefined ? 0 : 1);
  const buffer = new Int32Array(layout.words);
  return {
    count: blocks.reduce((n, b) => n * sizeOf(b), 1),
    each: (visit) => void odometer(blocks, buffer, visit),
    sample: (samples, seed, visit) => draw(blocks, buffer, samples, seed, visit),
  };
}

function digitsOf(type: Type, cell: Cell, words: number, shift: number, limit?: number): readonly Digit[] {
  const count = limit ?? cardinality(type);
  const isLarge = count > MAX_WHOLE;
  if (isLarge && cell.kind === 'map' && type.kind === 'map') {
    return Array.from({ length: cell.elements.count }, (_, i) => digitsOf(type.value, cell.elements.first, words + wordsToElement(cell.elements, i), shift + shiftToElement(cell.elements, i))).flat();
  }
  if (isLarge && cell.kind === 'record' && type.kind === 'record') return type.fields.flatMap((field, i) => digitsOf(field.type, cell.fields[i]!, words, shift));
  if (isLarge && cell.kind === 'set') {
    return Array.from({ length: cell.elements.count }, (_, i) => digitsOf({ kind: 'bool' }, cell.elements.first, words + wordsToElement(cell.elements, i), shift + shiftToElement(cell.elements, i))).flat();
  }
  return count === 1 ? [] : [{ count, write: (into, ordinal) => writeCell(into, cell, valueAt(type, ordinal), words, shift) }];
}

// ---- all of them --------------------------------------------------------------------------------------------------------

/** A digit with what each of its values sets: in one word, or in several. */
type Wheel = { readonly word: number; readonly bits: Int32Array } | { readonly digit: Digit };

function wheelOf(digit: Digit, words: number): Wheel {
  if (digit.count > MAX_TABLE) return { digit };
  const bits = new Int32Array(digit.count);
  let word = -1;
  for (let i = 0; i < digit.count; i++) {
    const into = new Uint32Array(words);
    digit.write(into, i);
    for (let w = 0; w < words; w++) {
      if (into[w] === 0) continue;
      if (word >= 0 && word !== w) return { digit };
      word = w;
      bits[i] = into[w]!;
    }
  }
  return { word: Math.max(0, word), bits };
}

function odometer(blocks: readonly Block[], buffer: Int32Array, visit: (words: Int32Array) => boolean): boolean {
  const unsigned = new Uint32Array(buffer.buffer);
  buffer.fill(0);
  const turn = (wheel: Wheel, then: () => boolean): boolean => {
    if ('bits' in wheel) {
      const { word, bits } = wheel;
      const before = buffer[word]!;
      for (let i = 0; i < bits.length; i++) {
        buffer[word] = before | bits[i]!;
        if (then()) return true;
      }
      buffer[word] = before;
      return false;
    }
    const before = buffer.slice();
    for (let i = 0; i < wheel.digit.count; i++) {
      buffer.set(before);
      wheel.digit.write(unsigned, i);
      if (then()) return true;
    }
    buffer.set(before);
    return false;
  };
  // From the last block backwards, each step being handed what comes after it.
  let next = (): boolean => visit(buffer);
  for (const { guard, digits } of [...blocks].reverse()) {
    const after = next;
    const inner = [...digits].reverse().reduce<() => boolean>((then, digit) => {
      const wheel = wheelOf(digit, buffer.length);
      return () => turn(wheel, then);
    }, after);
    if (guard === undefined) next = inner;
    else {
      const wheel = wheelOf(guard, buffer.length);
      let alive = false;
      next = () => {
        alive = false;
        return turn(wheel, () => {
          const now = alive;
          alive = true;
          return now ? inner() : after();
        });
      };
    }
  }
  return next();
}

// ---- some of them -------------------------------------------------------------------------------------------------------

/** The ways to draw, in turn: each digit by itself; most digits 0; few different values, so that parts are often equal. */
const WAYS = 3;
const USUALLY_ZERO = 0.8;
/** The share of objects that are not alive. */
const FREED = 0.3;

function draw(blocks: readonly Block[], buffer: Int32Array, samples: number, seed: number, visit: (words: Int32Array) => boolean): void {
  const random = generator(seed);
  const unsigned = new Uint32Array(buffer.buffer);
  const wheels = blocks.map(({ guard, digits }) => ({ guard, digits: digits.map((digit) => ({ digit, wheel: wheelOf(digit, buffer.length) })) }));
  for (let s = 0; s < samples; s++) {
    buffer.fill(0);
    const [first, second] = [random(), random()];
    const ordinal = (count: number): number => {
      const r = random();
      if (s % WAYS === 1 && r < USUALLY_ZERO) return 0;
      const x = s % WAYS === 2 ? (r < 0.5 ? first : second) : random();
      return Math.min(count - 1, Math.floor(x * count));
    };
    for (const { guard, digits } of wheels) {
      if (guard !== undefined) {
        if (random() < FREED) continue;
        guard.write(unsigned, 1);
      }
      for (const { digit, wheel } of digits) {
        const value = ordinal(digit.count);
        if ('bits' in wheel) buffer[wheel.word]! |= wheel.bits[value]!;
        else digit.write(unsigned, value);
      }
    }
    if (visit(buffer)) return;
  }
}

/** Numbers from 0 to 1, the same for the same seed: a counter, mixed (after G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014). */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  };
}
