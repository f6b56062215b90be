// Reading and writing the bits of a cell, as JavaScript.

import { assert } from '../base/unreachable.js';
import { type Type } from '../core/type.js';
import type { ArrayCell, Bits, Cell } from '../model/layout/cell.js';
import { closesAtEnd } from './emitter.js';
import { plainOf } from './representation.js';

/** Words of a state: in an array from some index on, or each in a variable of its own (`w0`, `w1` …). */
export type StateWords = Memory | { readonly kind: 'variables'; readonly prefix: string };
export interface Memory {
  readonly kind: 'memory';
  readonly array: string;
  readonly at: string;
}

/** Where words are: those of a state, or a single one (a packed value). */
export type Source = StateWords | { readonly kind: 'word'; readonly js: string };

/** Thrown where words must lie in memory and do not: a word whose number is not known, a value that is not read by its bits. */
export class NeedsMemory extends Error {}

export function inMemory(words: StateWords): Memory {
  if (words.kind === 'variables') throw new NeedsMemory();
  return words;
}

/** A distance that is partly known: a number, and text that computes the rest. */
export interface Distance {
  readonly known: number;
  readonly js?: string;
}

export const NOWHERE: Distance = { known: 0 };

/** A cell within a source, moved by a distance. */
export interface Located {
  readonly source: Source;
  readonly cell: Cell;
  readonly words: Distance;
  readonly shift: Distance;
}

/** `a + b`, folded. */
export function plus(a: Distance, b: Distance): Distance {
  const js = a.js === undefined ? b.js : b.js === undefined ? a.js : `${a.js} + ${b.js}`;
  return { known: a.known + b.known, ...(js === undefined ? {} : { js }) };
}

const literal = (js: string): number | undefined => (/^-?\d+$/.test(js) ? Number(js) : undefined);

/** Element `index` (a number, or a name) of an array that lies where `located` says. */
export function elementOf({ source, words, shift }: Omit<Located, 'cell'>, array: ArrayCell, index: string): Located {
  const i = literal(index);
  if (i !== undefined) {
    const [w, s] = [Math.floor(i / array.perWord) * array.wordStride, (i % array.perWord) * array.stride];
    return { source, cell: array.first, words: plus(words, { known: w }), shift: plus(shift, { known: s }) };
  }
  const within = array.wordStride === 0 ? index : `${index} % ${array.perWord}`;
  const further: Distance = array.wordStride === 0 || array.count <= array.perWord ? NOWHERE : { known: 0, js: times(array.perWord === 1 ? index : `((${index} / ${array.perWord}) | 0)`, array.wordStride) };
  const up: Distance = array.stride === 0 || array.perWord === 1 ? NOWHERE : { known: 0, js: times(within === index ? index : `(${within})`, array.stride) };
  return { source, cell: array.first, words: plus(words, further), shift: plus(shift, up) };
}

const times = (js: string, n: number): string => (n === 1 ? js : `${js} * ${n}`);

const maskOf = (width: number): number => (width === 32 ? -1 : (1 << width) - 1);
const hex = (n: number): string => (n >= 0 && n < 10 ? String(n) : n < 0 ? String(n) : `0x${n.toString(16)}`);

export function addressOf(source: StateWords, word: number, words: Distance): string {
  const known = word + words.known;
  if (source.kind === 'variables') {
    if (words.js !== undefined) throw new NeedsMemory();
    return `${source.prefix}${known}`;
  }
  const parts = [source.at, ...(words.js === undefined ? [] : [words.js]), ...(known === 0 ? [] : [String(known)])];
  return `${source.array}[${parts.filter((p) => p !== '0').join(' + ') || '0'}]`;
}

const wordJs = (source: Source, word: number, words: Distance): string => (source.kind === 'word' ? source.js : addressOf(source, word, words));

/** The bits as a number that is not negative. */
export function readBits({ source, words, shift }: Omit<Located, 'cell'>, bits: Bits): string {
  if (bits.width === 0) return '0';
  const word = wordJs(source, bits.word, words);
  const known = bits.shift + shift.known;
  if (bits.width === 32) return `(${word} >>> 0)`;
  if (shift.js !== undefined) return `((${word} >>> (${shift.js}${known === 0 ? '' : ` + ${known}`})) & ${hex(maskOf(bits.width))})`;
  if (known === 0) return `(${word} & ${hex(maskOf(bits.width))})`;
  return known + bits.width === 32 ? `(${word} >>> ${known})` : `((${word} >>> ${known}) & ${hex(maskOf(bits.width))})`;
}

/** The word with the bits replaced by `raw`. */
function replaced(word: string, bits: Bits, shift: Distance, raw: string): string {
  if (bits.width === 32) return `(${raw} | 0)`;
  const known = bits.shift + shift.known;
  if (word === '0' && shift.js === undefined) return known === 0 ? raw : `(${raw} << ${known})`;
  const mask = maskOf(bits.width);
  if (shift.js === undefined) {
    const value = literal(raw);
    const kept = `${word} & ${String(~(mask << known))}`;
    if (value !== undefined) return value === 0 ? `(${kept})` : `((${kept}) | ${String((value & mask) << known)})`;
    return `((${kept}) | (${raw}${known === 0 ? '' : ` << ${known}`}))`;
  }
  const up = `(${shift.js}${known === 0 ? '' : ` + ${known}`})`;
  if (raw === '0') return `(${word} & ~(${hex(mask)} << ${up}))`;
  return `((${word} & ~(${hex(mask)} << ${up})) | (${raw} << ${up}))`;
}

/** A statement that writes the bits in memory. */
export function writeBits({ source, words, shift }: Omit<Located, 'cell'>, bits: Bits, raw: string): string | undefined {
  assert(source.kind !== 'word', 'a word that is written in place');
  if (bits.width === 0) return undefined;
  const address = addressOf(source, bits.word, words);
  const value = literal(raw);
  if (value !== undefined && shift.js === undefined && bits.width < 32) {
    const mask = maskOf(bits.width) << (bits.shift + shift.known);
    if (value === 0) return `${address} &= ${String(~mask)};`;
    if (value === maskOf(bits.width)) return `${address} |= ${String(mask)};`;
  }
  return `${address} = ${replaced(address, bits, shift, raw)};`;
}

/** The packed word with the bits replaced. */
export function insertBits({ source, shift }: Omit<Located, 'cell'>, bits: Bits, raw: string): string {
  assert(source.kind === 'word', 'a packed value');
  return bits.width === 0 ? source.js : replaced(source.js, bits, shift, raw);
}

// ---- plain values and their bits ----------------------------------------------------------------------------------------

/** The number of the first value of the type that is not null. */
function lowest(t: Type): number {
  const plain = plainOf(t)!;
  return plain.kind === 'range' ? plain.lo : 0;
}

/** The number of the plain value with these bits. */
export function decode(t: Type, raw: string, nil: number): string {
  const base = lowest(t) - (t.kind === 'nullable' ? 1 : 0);
  if (t.kind === 'nullable' && base !== nil) return `(${raw} === 0 ? ${nil} : ${raw} ${signed(base)})`;
  return base === 0 ? raw : `(${raw} ${signed(base)})`;
}

/** Its bits. */
export function encode(t: Type, js: string, nil: number): string {
  const base = lowest(t) - (t.kind === 'nullable' ? 1 : 0);
  const value = literal(js);
  if (value !== undefined) return String(t.kind === 'nullable' && value === nil ? 0 : value - base);
  if (t.kind === 'nullable' && base !== nil) return `(${js} === ${nil} ? 0 : ${js} ${signed(-base)})`;
  return base === 0 ? js : `(${js} ${signed(-base)})`;
}

/** Of text that `decode` made the bits, and what it adds to them. */
export function undecoded(js: string): { readonly raw: string; readonly base: number } | undefined {
  const parts = /^\((.*) ([-+]) (\d+)\)$/.exec(js);
  if (parts === null || !isWhole(parts[1]!)) return undefined;
  return { raw: parts[1]!, base: parts[2] === '-' ? -Number(parts[3]) : Number(parts[3]) };
}

/** A name, or something in parentheses. */
const isWhole = (js: string): boolean => /^\w+$/.test(js) || (js.startsWith('(') && closesAtEnd(js, 0));

const signed = (n: number): string => (n < 0 ? `- ${-n}` : `+ ${n}`);
