// The operators and how tightly they bind: one table for the parser, the printer and the grammar's pages.

import type { BinaryOp, UnaryOp } from './nodes.js';

/** Levels, weakest first. `chain` says what `a op b op c` is: grouped from the left, from the right, or refused. */
export const LEVELS: readonly { readonly operators: readonly (BinaryOp | UnaryOp)[]; readonly chain: 'left' | 'right' | 'none' | 'prefix' }[] = [
  { operators: ['=>'], chain: 'right' },
  { operators: ['<=>', '~>', 'until'], chain: 'none' },
  { operators: ['||'], chain: 'left' },
  { operators: ['&&'], chain: 'left' },
  { operators: ['!', 'always', 'eventually'], chain: 'prefix' },
  { operators: ['==', '!=', '<', '<=', '>', '>=', 'in'], chain: 'none' },
  { operators: ['..'], chain: 'none' },
  { operators: ['union', 'intersect', 'minus'], chain: 'left' },
  { operators: ['+', '-'], chain: 'left' },
  { operators: ['*', '/', '%'], chain: 'left' },
  { operators: ['-', 'min', 'max'], chain: 'prefix' },
];

const binary = new Map<string, number>();
const prefix = new Map<string, number>();
LEVELS.forEach((level, i) => level.operators.forEach((o) => (level.chain === 'prefix' ? prefix : binary).set(o, i)));

/** 0 is weakest. `with` and what follows an operand bind tighter than every operator. */
export const levelOfBinary = (operator: BinaryOp): number => binary.get(operator)!;
export const levelOfPrefix = (operator: UnaryOp): number => prefix.get(operator)!;
export const chainOf = (operator: BinaryOp): 'left' | 'right' | 'none' => LEVELS[levelOfBinary(operator)]!.chain as 'left' | 'right' | 'none';
