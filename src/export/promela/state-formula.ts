// State formulas in an LTL formula of Spin. There `->` means "implies", and a formula in parentheses has room for 2,047 characters: what has a
// conditional expression, or is long, becomes a function in C.

import { Unsupported } from '../unsupported.js';
import type { Column } from './memory.js';
import { stateColumns, type Unit } from './unit.js';

/** Characters of a formula that stands in the LTL formula itself. Spin writes it out with parentheses of its own before it reads it again. */
const LONGEST_INLINE = 400;

/** Characters of a formula; Spin has room for 65,536 in a piece of C. */
export const LONGEST_FORMULA = 60_000;

/** @throws Unsupported when the formula is too long for Spin */
export function checkLength(formula: string): void {
  if (formula.length > LONGEST_FORMULA) throw new Unsupported('its formula becomes too long when its quantifiers are written out');
}

const isInC = (formula: string): boolean => formula.includes('->') || formula.length > LONGEST_INLINE;

/** Lines that give a state formula its name, by which LTL formulas speak of it. */
export function stateDefinition(unit: Unit, name: string, formula: string): readonly string[] {
  if (!isInC(formula)) return [`#define ${name} (${formula})`];
  const variables = variablesOf(unit);
  const inC = formula.replaceAll('->', '?').replace(WORD, (word) => (variables.has(word) ? `now.${word}` : word === 'true' ? '1' : word === 'false' ? '0' : word));
  const asked = unit.names.fresh(`is_${name}`);
  // Without the outer parentheses, Spin fears that the call may change something.
  return [`c_code { int ${asked}(void) { return ${inC}; } }`, `#define ${name} c_expr { (${asked}()) }`];
}

/** Variables that are read in C by one of the formulas. */
export function readInC(unit: Unit, formulas: readonly string[]): ReadonlySet<Column> {
  const words = new Set(formulas.filter(isInC).flatMap((formula) => formula.match(WORD) ?? []));
  return new Set(stateColumns(unit).filter(({ name }) => words.has(name)));
}

const WORD = /\b[A-Za-z_]\w*\b/g;

const variablesOf = (unit: Unit): ReadonlySet<string> => new Set([...stateColumns(unit).map((c) => c.name), 'quiet']);
