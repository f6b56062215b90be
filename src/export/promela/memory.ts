// Where the model's state lies in Promela's variables, and how it is read: as it is, or as it will be after stores that have not been
// made yet.

import { assert } from '../../base/unreachable.js';
import type { Variable } from '../../core/expr.js';
import { and, choose, compare, isNo, isYes, number, YES, type Term } from './term.js';

/** A variable of the Promela model, always an array; one of size 1 is written without its index. */
export interface Column {
  readonly name: string;
  readonly size: number;
  readonly lo: number;
  readonly hi: number;
  readonly isTruth: boolean;
  /** Matters within a step only. */
  readonly isHidden: boolean;
}

export interface Memory {
  read(column: Column, index: Term): Term;
}

const cellText = (column: Column, index: Term): string => (column.size === 1 ? column.name : `${column.name}[${index.text}]`);
export const cell = (column: Column, index: Term): Term => ({ text: cellText(column, index), level: 12 });

/** The state as the variables hold it. */
export const present: Memory = { read: cell };

interface Store {
  readonly index: Term;
  readonly value: Term;
  readonly when: Term;
}

/** The state after some stores, in terms of the state before them. */
export class Later implements Memory {
  constructor(
    private readonly before: Memory = present,
    private readonly stores: ReadonlyMap<Column, readonly Store[]> = new Map(),
  ) {}

  read(column: Column, index: Term): Term {
    return (this.stores.get(column) ?? []).reduce<Term>((before, { index: at, value, when }) => choose(and(when, compare('==', index, at)), value, before), this.before.read(column, index));
  }

  /** What was stored to. */
  get columns(): readonly Column[] {
    return [...this.stores.keys()];
  }

  with(column: Column, index: Term, value: Term, when: Term = YES): Later {
    if (isNo(when)) return this;
    const before = this.stores.get(column) ?? [];
    // A store to the very place makes what was there before it meaningless.
    const kept = isYes(when) ? before.filter((store) => store.index.text !== index.text) : before;
    return new Later(this.before, new Map(this.stores).set(column, [...kept, { index, value, when }]));
  }
}

/** A variable's columns, and how many parts there are of each of them (instances of a process, slots of a pool). */
export interface Storage {
  readonly variable: Variable;
  readonly columns: readonly Column[];
  /** Numbers of the processes that have it: the first one. */
  readonly firstPid?: number;
}

/** A part of a variable: number `at` in each of its columns, which begin at `first`. */
export interface Part {
  readonly storage: Storage;
  readonly first: number;
  readonly at: Term;
}

/** Place of a cell: the column and the index in it. */
export function placed(part: Part, size: number, column: number, index: number): { readonly column: Column; readonly index: Term } {
  const found = part.storage.columns[part.first + column];
  assert(found !== undefined, `${part.storage.variable.name} has a column ${part.first + column}`);
  return { column: found, index: plus(times(part.at, size), index) };
}

function times(a: Term, n: number): Term {
  if (n === 1) return a;
  if (a.known !== undefined) return number(a.known * n);
  return { text: `${a.level < 10 ? `(${a.text})` : a.text} * ${n}`, level: 10 };
}

function plus(a: Term, n: number): Term {
  if (n === 0) return a;
  if (a.known !== undefined) return number(a.known + n);
  return { text: `${a.level < 9 ? `(${a.text})` : a.text} + ${n}`, level: 9 };
}
