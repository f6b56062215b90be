// What operators do to values. `&&` and `||` are not here: their right side may be left out.

import { assert, unreachable } from '../base/unreachable.js';
import type { BinaryOp, Expr } from './expr.js';
import { numberOf, partsOf, sameValue, setOf, type Value } from './value.js';

/** How an operator can err. */
export type OperatorError = 'division_by_zero' | 'empty_set' | 'empty_sequence' | 'full_sequence';
/** Throws; told which operator, and its (left) operand. */
export type Fail = (error: OperatorError, e: Operation, operand: Value) => never;
export type Operation = Expr & { readonly op: 'unary' | 'binary' };

/** The operator of `e` on the value of its operand. */
export function applyUnary(e: Operation & { readonly op: 'unary' }, value: Value, fail: Fail): Value {
  const { operator } = e;
  switch (operator) {
    case 'not':
      return value !== true;
    case 'neg':
      return 0 - numberOf(value);
    case 'min':
    case 'max':
      return partsOf(value).at(operator === 'min' ? 0 : -1) ?? fail('empty_set', e, value);
    case 'len':
      return partsOf(value).length;
    case 'head':
    case 'tail': {
      const elements = partsOf(value);
      if (elements.length === 0) return fail('empty_sequence', e, value);
      return operator === 'head' ? elements[0]! : elements.slice(1);
    }
    default:
      return unreachable(operator);
  }
}

/** The operator of `e` on the values of its operands. */
export function applyBinary(e: Operation & { readonly op: 'binary' }, left: Value, right: Value, fail: Fail): Value {
  const { operator, type } = e;
  switch (operator) {
    case 'and':
    case 'or':
      throw new Error('internal error: the right side may be left out');
    case 'iff':
      return left === right;
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'mod':
      return arithmetic(operator, numberOf(left), numberOf(right)) ?? fail('division_by_zero', e, left);
    case 'lt':
      return numberOf(left) < numberOf(right);
    case 'le':
      return numberOf(left) <= numberOf(right);
    case 'gt':
      return numberOf(left) > numberOf(right);
    case 'ge':
      return numberOf(left) >= numberOf(right);
    case 'in':
      return contains(right, left);
    case 'union':
      assert(type.kind === 'set', 'a union is a set');
      return setOf(type.of, [...partsOf(left), ...partsOf(right)]);
    case 'intersect':
      return partsOf(left).filter((v) => contains(right, v));
    case 'minus':
      return partsOf(left).filter((v) => !contains(right, v));
    case 'append':
      assert(type.kind === 'seq', 'append makes a sequence');
      return partsOf(left).length >= type.max ? fail('full_sequence', e, left) : [...partsOf(left), right];
    default:
      return unreachable(operator);
  }
}

const contains = (set: Value, value: Value): boolean => partsOf(set).some((element) => sameValue(element, value));

/** Division truncates, as in C; undefined by 0. */
function arithmetic(operator: BinaryOp & ('add' | 'sub' | 'mul' | 'div' | 'mod'), a: number, b: number): number | undefined {
  switch (operator) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      // + 0 makes 0 of -0, which is another number to some of what reads it.
      return a * b + 0;
    case 'div':
      return b === 0 ? undefined : Math.trunc(a / b) + 0;
    case 'mod':
      return b === 0 ? undefined : (a % b) + 0;
    default:
      return unreachable(operator);
  }
}
