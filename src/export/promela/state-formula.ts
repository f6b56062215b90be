// State formulas as they can stand in an LTL formula, where `->` means "implies": a conditional expression is written in C there.

import { stateColumns, type Unit } from './unit.js';

/** Characters of a formula with its definitions put in; Spin has room for not much more. */
export const LONGEST_FORMULA = 12_000;

/** @returns an expression in parentheses or braces */
export function stateFormula(unit: Unit, text: string): string {
  if (!text.includes('->')) return `(${text})`;
  const variables = variablesOf(unit);
  const inC = text.replaceAll('->', '?').replace(/\b[A-Za-z_]\w*\b/g, (word) => (variables.has(word) ? `now.${word}` : word === 'true' ? '1' : word === 'false' ? '0' : word));
  return `c_expr { (${inC}) }`;
}

/** Variables that Spin does not see to be read, because they are read in C. */
export function readInC(unit: Unit, texts: readonly string[]): readonly string[] {
  const words = new Set(texts.filter((t) => t.includes('->')).flatMap((t) => t.match(/\b[A-Za-z_]\w*\b/g) ?? []));
  return stateColumns(unit).flatMap(({ name, size }) => (words.has(name) ? [size === 1 ? name : `${name}[0]`] : []));
}

const variablesOf = (unit: Unit): ReadonlySet<string> => new Set([...stateColumns(unit).map((c) => c.name), 'quiet']);
