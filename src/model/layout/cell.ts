// Where a value lies in the words of a state. A cell follows the type: plain values have bits of their own, compound ones are laid out
// part by part. No field crosses the border of a word, and an array that fits lies whole in one word, so that element i is one shift away.

import { assert, unreachable } from '../../base/unreachable.js';
import { bitsFor, bitsOf, cardinality, isScalar, range, type Type } from '../../core/type.js';
import { ordinalOf, partsOf, valueAt, type Value } from '../../core/value.js';

/** `width` bits (0 to 32) of word `word`, the lowest of them being bit `shift`. */
export interface Bits {
  readonly word: number;
  readonly shift: number;
  readonly width: number;
}

export type Cell =
  /** The ordinal of a value of `type`: a plain type, or one that is nullable (0 is null). */
  | { readonly kind: 'scalar'; readonly type: Type; readonly bits: Bits }
  /** A compound value or null; 1 in `present` when it is not null. All bits are 0 when it is null. */
  | { readonly kind: 'nullable'; readonly present: Bits; readonly of: Cell }
  | { readonly kind: 'record'; readonly fields: readonly Cell[] }
  | { readonly kind: 'map'; readonly elements: ArrayCell }
  /** One bit for each possible element, by its ordinal. */
  | { readonly kind: 'set'; readonly of: Type; readonly elements: ArrayCell }
  /** Elements behind `length` are 0. */
  | { readonly kind: 'seq'; readonly length: Bits; readonly elements: ArrayCell };

/**
 * Equal cells at equal distances. Element i lies like element 0 (`first`), but floor(i / perWord) * wordStride words further on, and
 * (i mod perWord) * stride bits higher. `count <= perWord` when the array lies in one word (wordStride is then 0).
 */
export interface ArrayCell {
  readonly count: number;
  readonly first: Cell;
  readonly perWord: number;
  readonly stride: number;
  readonly wordStride: number;
}

/** A cell as it would lie at the start of a state, and how many bits it takes of each word. */
export interface Block {
  readonly cell: Cell;
  readonly usage: readonly number[];
}

export const WORD = 32;

/** The layout of one value. The type is small enough (see `sizeProblem`). */
export function blockOf(type: Type): Block {
  switch (type.kind) {
    case 'bool':
    case 'range':
    case 'enum':
    case 'ref':
    case 'pid':
      return scalarBlock(type);
    case 'nullable': {
      if (isScalar(type.of)) return scalarBlock(type);
      const { cells, usage } = sequence([bitBlock, blockOf(type.of)]);
      return { cell: { kind: 'nullable', present: bitsOfScalar(cells[0]!), of: cells[1]! }, usage };
    }
    case 'record': {
      const { cells, usage } = sequence(type.fields.map((field) => blockOf(field.type)));
      return { cell: { kind: 'record', fields: cells }, usage };
    }
    case 'map': {
      const { elements, usage } = arrayBlock(cardinality(type.key), blockOf(type.value));
      return { cell: { kind: 'map', elements }, usage };
    }
    case 'set': {
      const { elements, usage } = arrayBlock(cardinality(type.of), bitBlock);
      return { cell: { kind: 'set', of: type.of, elements }, usage };
    }
    case 'seq': {
      // The elements come first: where they fill words they then begin with one.
      const elements = arrayBlock(type.max, blockOf(type.of));
      const array: Block = { cell: { kind: 'map', elements: elements.elements }, usage: elements.usage };
      const { cells, usage } = sequence([array, scalarBlock(range(0, type.max))]);
      const placed = cells[0]!;
      assert(placed.kind === 'map', 'the elements are an array');
      return { cell: { kind: 'seq', length: bitsOfScalar(cells[1]!), elements: placed.elements }, usage };
    }
    default:
      return unreachable(type);
  }
}

function scalarBlock(type: Type): Block {
  const width = bitsOf(type);
  return { cell: { kind: 'scalar', type, bits: { word: 0, shift: 0, width } }, usage: [width] };
}

const bitBlock = scalarBlock({ kind: 'bool' });

function bitsOfScalar(cell: Cell): Bits {
  assert(cell.kind === 'scalar', 'a plain value');
  return cell.bits;
}

/** One block behind the other; a block that does not fit into what is left of the word begins a new one. */
function sequence(blocks: readonly Block[]): { readonly cells: readonly Cell[]; readonly usage: readonly number[] } {
  const usage = [0];
  const cells = blocks.map((block) => {
    const last = usage.length - 1;
    const fits = block.usage.length === 1 && usage[last]! + block.usage[0]! <= WORD;
    const [word, shift] = fits ? [last, usage[last]!] : usage[last] === 0 ? [last, 0] : [last + 1, 0];
    block.usage.forEach((bits, i) => (usage[word + i] = (usage[word + i] ?? 0) + bits));
    return moved(block.cell, word, shift);
  });
  return { cells, usage };
}

/** An array over `count` blocks. */
export function arrayBlock(count: number, element: Block): { readonly elements: ArrayCell; readonly usage: readonly number[] } {
  const first = element.cell;
  if (element.usage.length > 1) {
    const usage = Array.from({ length: count }, () => element.usage).flat();
    return { elements: { count, first, perWord: 1, stride: 0, wordStride: element.usage.length }, usage: count === 0 ? [0] : usage };
  }
  const stride = element.usage[0]!;
  if (stride * count <= WORD) return { elements: { count, first, perWord: Math.max(1, count), stride, wordStride: 0 }, usage: [stride * count] };
  const perWord = Math.floor(WORD / stride);
  const usage = Array.from({ length: Math.ceil(count / perWord) }, (_, word) => stride * Math.min(perWord, count - word * perWord));
  return { elements: { count, first, perWord, stride, wordStride: 1 }, usage };
}

/** The same cell further on. A cell of several words moves by whole words only. */
export function moved(cell: Cell, words: number, shift: number): Cell {
  if (words === 0 && shift === 0) return cell;
  const bits = (b: Bits): Bits => ({ word: b.word + words, shift: b.shift + shift, width: b.width });
  switch (cell.kind) {
    case 'scalar':
      return { ...cell, bits: bits(cell.bits) };
    case 'nullable':
      return { ...cell, present: bits(cell.present), of: moved(cell.of, words, shift) };
    case 'record':
      return { ...cell, fields: cell.fields.map((field) => moved(field, words, shift)) };
    case 'map':
    case 'set':
      return { ...cell, elements: movedArray(cell.elements, words, shift) };
    case 'seq':
      return { ...cell, length: bits(cell.length), elements: movedArray(cell.elements, words, shift) };
    default:
      return unreachable(cell);
  }
}

export const movedArray = (array: ArrayCell, words: number, shift: number): ArrayCell => ({ ...array, first: moved(array.first, words, shift) });

export const wordsToElement = (array: ArrayCell, i: number): number => Math.floor(i / array.perWord) * array.wordStride;
export const shiftToElement = (array: ArrayCell, i: number): number => (i % array.perWord) * array.stride;

/** Visits every run of bits that a cell takes. */
export function eachBits(cell: Cell, words: number, shift: number, visit: (word: number, shift: number, width: number) => void): void {
  const own = (bits: Bits): void => visit(bits.word + words, bits.shift + shift, bits.width);
  switch (cell.kind) {
    case 'scalar':
      own(cell.bits);
      return;
    case 'nullable':
      own(cell.present);
      eachBits(cell.of, words, shift, visit);
      return;
    case 'record':
      for (const field of cell.fields) eachBits(field, words, shift, visit);
      return;
    case 'map':
    case 'set':
    case 'seq': {
      if (cell.kind === 'seq') own(cell.length);
      const { elements } = cell;
      for (let i = 0; i < elements.count; i++) eachBits(elements.first, words + wordsToElement(elements, i), shift + shiftToElement(elements, i), visit);
      return;
    }
    default:
      unreachable(cell);
  }
}

// ---- reading and writing ------------------------------------------------------------------------------------------------
// The distance (words, shift) is that of the element under way from the first element of the arrays it lies in.

function readBits(from: Uint32Array, { word, shift, width }: Bits, words: number, up: number): number {
  if (width === 0) return 0;
  return ((from[word + words]! >>> (shift + up)) & mask(width)) >>> 0;
}

function writeBits(into: Uint32Array, { word, shift, width }: Bits, words: number, up: number, raw: number): void {
  assert(raw >= 0 && raw < 2 ** width, 'a value fits its bits');
  if (width > 0) into[word + words]! |= raw << (shift + up);
}

/** So many bits set. */
export const mask = (width: number): number => (width === WORD ? -1 : (1 << width) - 1);

export function readCell(from: Uint32Array, cell: Cell, words = 0, shift = 0): Value {
  switch (cell.kind) {
    case 'scalar':
      return valueAt(cell.type, readBits(from, cell.bits, words, shift));
    case 'nullable':
      return readBits(from, cell.present, words, shift) === 0 ? null : readCell(from, cell.of, words, shift);
    case 'record':
      return cell.fields.map((field) => readCell(from, field, words, shift));
    case 'map':
      return readArray(from, cell.elements, words, shift);
    case 'set': {
      const elements: Value[] = [];
      readArray(from, cell.elements, words, shift).forEach((isIn, i) => isIn === true && elements.push(valueAt(cell.of, i)));
      return elements;
    }
    case 'seq':
      return readArray(from, cell.elements, words, shift, readBits(from, cell.length, words, shift));
    default:
      return unreachable(cell);
  }
}

export function readArray(from: Uint32Array, array: ArrayCell, words = 0, shift = 0, count = array.count): Value[] {
  const values = new Array<Value>(count);
  for (let i = 0; i < count; i++) values[i] = readCell(from, array.first, words + wordsToElement(array, i), shift + shiftToElement(array, i));
  return values;
}

/** Adds a value to words whose bits of this cell are 0. */
export function writeCell(into: Uint32Array, cell: Cell, value: Value, words = 0, shift = 0): void {
  switch (cell.kind) {
    case 'scalar':
      writeBits(into, cell.bits, words, shift, ordinalOf(cell.type, value));
      return;
    case 'nullable':
      if (value === null) return;
      writeBits(into, cell.present, words, shift, 1);
      writeCell(into, cell.of, value, words, shift);
      return;
    case 'record':
      cell.fields.forEach((field, i) => writeCell(into, field, partsOf(value)[i]!, words, shift));
      return;
    case 'map':
      writeArray(into, cell.elements, partsOf(value), words, shift);
      return;
    case 'set':
      for (const element of partsOf(value)) {
        const i = ordinalOf(cell.of, element);
        writeCell(into, cell.elements.first, true, words + wordsToElement(cell.elements, i), shift + shiftToElement(cell.elements, i));
      }
      return;
    case 'seq':
      writeBits(into, cell.length, words, shift, partsOf(value).length);
      writeArray(into, cell.elements, partsOf(value), words, shift);
      return;
    default:
      return unreachable(cell);
  }
}

export function writeArray(into: Uint32Array, array: ArrayCell, values: readonly Value[], words = 0, shift = 0): void {
  values.forEach((value, i) => writeCell(into, array.first, value, words + wordsToElement(array, i), shift + shiftToElement(array, i)));
}

/** Bits of a number of one of `count` things, for fields without a type (a location). */
export const numberBlock = (count: number): Block => {
  const width = bitsFor(count);
  return { cell: { kind: 'scalar', type: range(0, Math.max(0, count - 1)), bits: { word: 0, shift: 0, width } }, usage: [width] };
};
