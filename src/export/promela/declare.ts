// Declarations of Promela variables with their first values.

import type { Column } from './memory.js';
import { numeral } from './term.js';

/** The first value of a cell. */
export type Initial = (column: Column, index: number) => number;

export function typeName({ lo, hi, isTruth }: Column): string {
  if (isTruth) return 'bool';
  if (lo >= 0 && hi <= 1) return 'bit';
  if (lo >= 0 && hi <= 255) return 'byte';
  return lo >= -32_768 && hi <= 32_767 ? 'short' : 'int';
}

const BYTES: { readonly [type: string]: number } = { short: 2, int: 4 };

export const bytesOf = (column: Column): number => BYTES[typeName(column)] ?? 1;

/** @param isZero the variable gets its value later */
export function declaration(column: Column, initial: Initial, isZero: boolean): string {
  const values = Array.from({ length: column.size }, (_, i) => (isZero ? 0 : initial(column, i)));
  const head = `${typeName(column)} ${column.name}${column.size === 1 ? '' : `[${column.size}]`}`;
  const show = (n: number): string => (column.isTruth ? String(n !== 0) : numeral(n));
  if (values.every((v) => v === values[0])) return values[0] === 0 ? `${head};` : `${head} = ${show(values[0]!)};`;
  return `${head} = { ${values.map(show).join(', ')} };`;
}

/** Promela's array initializers have no negative numbers. */
export const canBeDeclared = (column: Column, initial: Initial): boolean => {
  const values = Array.from({ length: column.size }, (_, i) => initial(column, i));
  return values.every((v) => v === values[0]) || values.every((v) => v >= 0);
};
