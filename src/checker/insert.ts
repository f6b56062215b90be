// The innermost loops of the search, as text that is made for one number of words: with it known, V8 keeps a state in registers.

import type { Cursor } from './space.js';

export interface Table {
  readonly table: Int32Array;
  readonly states: Int32Array;
  /** Slots less one. */
  readonly mask: number;
  /** The bits of an entry that hold id+1. */
  readonly idMask: number;
}

export interface Inserter {
  /** The hashes of the states that lie one behind the other in `from`, from `begin` to before `end` (in words). Fetches the slots where they point. */
  hash(to: Table, from: Int32Array, begin: number, end: number, hashes: Int32Array): number;
  /** For each hash the first slot that is free or may hold the state. Fetches the states there, which lie at `places`. */
  seek(to: Table, count: number, hashes: Int32Array, slots: Int32Array, places: Int32Array): number;
  /** Compares: the id of each state, or -1. */
  find(to: Table, from: Int32Array, used: number, hashes: Int32Array, slots: Int32Array, ids: Int32Array): void;
  /** Compares, and appends what is not there. `skip`: what to add to an id at the end of a chunk. */
  add(to: Table, from: Int32Array, used: number, hashes: Int32Array, slots: Int32Array, cursor: Cursor, skip: number): void;
  /** Puts entries into a table that does not have them: for the states with the ids `from` to before `end`, whose hashes those are. */
  fill(to: Table, from: number, end: number, hashes: Int32Array): void;
}

/** States of a chunk: ids from a multiple of it on belong to one worker. */
export const CHUNK = 1024;

const made = new Map<string, Inserter>();

/** States of more words are copied and compared in loops, for which alone V8 would soon compile the function: it has not seen the rest by then. */
const UNROLLED = 32;
/** Reads of memory that are written one behind the other: so many the processor has under way at once (12 ns each instead of 24). */
const TOUCHES = 8;

/** @param alone no other thread writes the table: then nothing need be atomic, and memory is not waited for at each insertion */
export function inserterOf(words: number, alone: boolean): Inserter {
  const key = `${words} ${String(alone)}`;
  let inserter = made.get(key);
  if (inserter === undefined) made.set(key, (inserter = make(words, alone)));
  return inserter;
}

function make(words: number, alone: boolean): Inserter {
  const take = (entry: string): string => (alone ? `(table[slot] = ${entry}, 0)` : `Atomics.compareExchange(table, slot, 0, ${entry})`);
  const each = (line: (w: string) => string): string =>
    words <= UNROLLED ? Array.from({ length: words }, (_, w) => line(w === 0 ? '' : ` + ${w}`)).join(' ') : `for (let w = 0; w < ${words}; w++) { ${line(' + w')} }`;
  const same = words <= UNROLLED
    ? `const same = ${Array.from({ length: words }, (_, w) => `states[at + ${w}] === from[q + ${w}]`).join(' && ')};`
    : `let w = 0; while (w < ${words} && states[at + w] === from[q + w]) w++; const same = w === ${words};`;
  const touch = (at: (i: string) => string): string => `let touched = 0, i = 0;
  for (; i <= count - ${TOUCHES}; i += ${TOUCHES}) touched ^= ${Array.from({ length: TOUCHES }, (_, n) => at(n === 0 ? 'i' : `i + ${n}`)).join(' + ')};
  for (; i < count; i++) touched ^= ${at('i')};
  return touched;`;
  const code = `'use strict';
function hash({ table, mask }, from, begin, end, hashes) {
  let count = 0;
  for (let q = begin; q < end; q += ${words}) {
    let h = 0;
    ${each((w) => `h = Math.imul(h ^ from[q${w}], 0x9e3779b1); h ^= h >>> 15;`)}
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    hashes[count++] = h;
  }
  ${touch((i) => `table[hashes[${i}] & mask]`)}
}
function seek({ table, states, mask, idMask }, count, hashes, slots, places) {
  const tagMask = ~idMask;
  for (let i = 0; i < count; i++) {
    const h = hashes[i];
    let slot = h & mask;
    let entry = table[slot];
    while (entry !== 0 && ((entry ^ h) & tagMask) !== 0) {
      slot = (slot + 1) & mask;
      entry = table[slot];
    }
    slots[i] = slot;
    places[i] = entry === 0 ? 0 : ((entry & idMask) - 1) * ${words};
  }
  ${touch((i) => `states[places[${i}]]`)}
}
function find({ table, states, mask, idMask }, from, used, hashes, slots, ids) {
  const tagMask = ~idMask;
  for (let q = 0, i = 0; q < used; q += ${words}, i++) {
    const tag = hashes[i] & tagMask;
    let slot = slots[i];
    ids[i] = -1;
    for (let entry = table[slot]; entry !== 0; slot = (slot + 1) & mask, entry = table[slot]) {
      if (((entry ^ tag) & tagMask) !== 0) continue;
      const at = ((entry & idMask) - 1) * ${words};
      ${same}
      if (same) {
        ids[i] = (entry & idMask) - 1;
        break;
      }
    }
  }
}
function add({ table, states, mask, idMask }, from, used, hashes, slots, cursor, skip) {
  const tagMask = ~idMask;
  for (let q = 0, i = 0; q < used; q += ${words}, i++) {
    const tag = hashes[i] & tagMask;
    for (let slot = slots[i] - 1; ;) {
      slot = (slot + 1) & mask;
      let entry = table[slot];
      if (entry === 0) {
        const id = cursor.next;
        const at = id * ${words};
        ${each((w) => `states[at${w}] = from[q${w}];`)}
        entry = ${take('tag | (id + 1)')};
        if (entry === 0) {
          cursor.count++;
          cursor.next = (id & ${CHUNK - 1}) === ${CHUNK - 1} ? id + 1 + skip : id + 1;
          break;
        }
      }
      if (((entry ^ tag) & tagMask) === 0) {
        const at = ((entry & idMask) - 1) * ${words};
        ${same}
        if (same) break;
      }
    }
  }
}
function fill({ table, mask, idMask }, from, end, hashes) {
  for (let id = from; id < end; id++) {
    const h = hashes[id - from];
    const entry = (h & ~idMask) | (id + 1);
    let slot = h & mask;
    while (table[slot] !== 0 || ${take('entry')} !== 0) slot = (slot + 1) & mask;
  }
}
return { hash, seek, find, add, fill };`;
  return (new Function(code) as () => Inserter)();
}
