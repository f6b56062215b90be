// Typing operators: what the operands must be, and the numbers that may come out.

import type { BinaryOp, Expr as Tree } from '../ast/nodes.js';
import { unreachable } from '../base/unreachable.js';
import type { Expr } from '../core/expr.js';
import { bool, isNothing, overlaps, range, type RangeType, type SetType, type Type } from '../core/type.js';
import type { Context } from './context.js';
import { showFound } from './convert.js';
import { where } from './decided.js';
import { at as locationIn, type Env } from './env.js';
import { constantValue, joined, listedSet, setExpr, smallEnough, truth, typed } from './expressions.js';

export function unary(ctx: Context, env: Env, e: Tree & { kind: 'unary' }): Expr | undefined {
  const at = locationIn(env, e.span);
  switch (e.operator) {
    case '!': {
      const operand = truth(ctx, env, e.operand);
      return operand && { op: 'unary', operator: 'not', operand, type: bool, at };
    }
    case '-': {
      if (e.operand.kind === 'int' && e.operand.value === 2 ** 31) return { op: 'const', value: -(2 ** 31), type: range(-(2 ** 31), -(2 ** 31)), at };
      const operand = number(ctx, typed(ctx, env, e.operand));
      if (operand === undefined) return undefined;
      const type = range(-operand.type.hi, -operand.type.lo);
      if (type.hi > 2 ** 31 - 1) return ctx.report('type/overflow', at, { lo: type.lo, hi: type.hi });
      return operand.op === 'const' ? { op: 'const', value: -(operand.value as number) || 0, type, at } : { op: 'unary', operator: 'neg', operand, type, at };
    }
    case 'min':
    case 'max': {
      const set = listedSet(ctx, env, e.operand);
      if (set === undefined) return undefined;
      if (set.type.of.kind !== 'range') return ctx.report('type/mismatch', set.expr.at, { found: showFound(set.type), expected: 'a set of numbers' });
      return { op: 'unary', operator: e.operator, operand: set.expr, type: set.type.of, at };
    }
    case 'always':
    case 'eventually': {
      if (env.mode !== 'temporal') return ctx.report('type/misplaced', at, { what: `\`${e.operator}\``, where: 'in a `property`' });
      const operand = truth(ctx, env, e.operand);
      return operand && { op: 'temporal', operator: e.operator, operand, type: bool, at };
    }
    default:
      return unreachable(e.operator);
  }
}

type NumberExpr = Expr & { readonly type: RangeType };

export function number(ctx: Context, e: Expr | undefined): NumberExpr | undefined {
  if (e === undefined || (e.type.kind === 'range' && !isNothing(e.type))) return e as NumberExpr | undefined;
  if (e.type.kind === 'nullable' && e.type.of.kind === 'range' && !isNothing(e.type.of)) return { op: 'convert', operand: e, type: e.type.of, at: e.at };
  return ctx.report('type/mismatch', e.at, { found: showFound(e.type), expected: 'a number' });
}

const ARITHMETIC = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '%': 'mod' } as const;
const COMPARISON = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' } as const;

export function binary(ctx: Context, env: Env, e: Tree & { kind: 'binary' }, expected?: Type): Expr | undefined {
  const at = locationIn(env, e.span);
  const op: BinaryOp = e.operator;
  switch (op) {
    case '&&':
    case '||':
    case '<=>': {
      const left = truth(ctx, env, e.left);
      const right = truth(ctx, op === '<=>' ? env : where(env, left, op === '&&'), e.right);
      const operator = op === '&&' ? 'and' : op === '||' ? 'or' : 'iff';
      return left && right && { op: 'binary', operator, left, right, type: bool, at };
    }
    case '=>': {
      const left = truth(ctx, env, e.left);
      const right = truth(ctx, where(env, left, true), e.right);
      return left && right && { op: 'implies', left, right, type: bool, at };
    }
    case '~>':
    case 'until': {
      if (env.mode !== 'temporal') return ctx.report('type/misplaced', at, { what: `\`${op}\``, where: 'in a `property`' });
      const left = truth(ctx, env, e.left);
      const right = truth(ctx, env, e.right);
      return left && right && { op: op === '~>' ? 'leadsto' : 'until', left, right, type: bool, at };
    }
    case '==':
    case '!=':
      return equality(ctx, env, e, op === '!=');
    case 'in': {
      // Whether a number is in an interval is a comparison: the interval may be as large as it likes.
      const set = e.right.kind === 'binary' && e.right.operator === '..' ? asSet(intervalOf(ctx, env, e.right)) : setExpr(ctx, env, e.right);
      const left = typed(ctx, env, e.left, set?.type.of);
      if (set === undefined || left === undefined) return undefined;
      const numbers = left.type.kind === 'range' && set.type.of.kind === 'range';
      if (!numbers && !overlaps(left.type, set.type.of) && !isNothing(set.type.of)) return ctx.report('type/incomparable', at, { left: showFound(left.type), right: showFound(set.type.of) });
      const pool = env.mode === 'program' && set.expr.op !== 'all' && set.expr.op !== 'live' ? ctx.stalePool(left, set.expr) : undefined;
      return { op: 'binary', operator: 'in', left, right: set.expr, type: bool, at, ...(pool === undefined ? {} : { stale: pool }) };
    }
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const left = number(ctx, typed(ctx, env, e.left));
      const right = number(ctx, typed(ctx, env, e.right));
      return left && right && { op: 'binary', operator: COMPARISON[op], left, right, type: bool, at };
    }
    case '..': {
      const set = intervalOf(ctx, env, e);
      return set && smallEnough(ctx, set);
    }
    case 'union':
    case 'intersect':
    case 'minus': {
      const left = listedSet(ctx, env, e.left, expected);
      const right = listedSet(ctx, env, e.right, expected ?? left?.type);
      if (left === undefined || right === undefined) return undefined;
      const whole = joined(ctx, left.expr, right.expr);
      return whole && { op: 'binary', operator: op, left: left.expr, right: right.expr, type: op === 'union' ? whole : left.type, at };
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(ctx, ARITHMETIC[op], number(ctx, typed(ctx, env, e.left)), number(ctx, typed(ctx, env, e.right)), at, env);
    default:
      return unreachable(op);
  }
}

function equality(ctx: Context, env: Env, e: Tree & { kind: 'binary' }, negated: boolean): Expr | undefined {
  const at = locationIn(env, e.span);
  // An enum member of several enums takes its meaning from the other side, whichever that is.
  const memberFirst = e.left.kind === 'name';
  const first = memberFirst ? typed(ctx, env, e.right) : typed(ctx, env, e.left);
  const second = memberFirst ? typed(ctx, env, e.left, first?.type) : typed(ctx, env, e.right, first?.type);
  const [left, right] = memberFirst ? [second, first] : [first, second];
  if (left === undefined || right === undefined) return undefined;
  if (!overlaps(left.type, right.type)) {
    // Two numbers whose ranges do not meet: a constant comparison such as `N == 3` is often meant.
    const numbers = left.type.kind === 'range' && right.type.kind === 'range';
    if (!numbers) return ctx.report('type/incomparable', at, { left: showFound(left.type), right: showFound(right.type) });
  }
  const pool = env.mode === 'program' ? ctx.stalePool(left, right) : undefined;
  return { op: 'eq', left, right, negated, type: bool, at, ...(pool === undefined ? {} : { stale: pool }) };
}

/** Interval arithmetic; what can leave 32 bits is refused. */
export function arithmetic(ctx: Context, operator: 'add' | 'sub' | 'mul' | 'div' | 'mod', left: NumberExpr | undefined, right: NumberExpr | undefined, at: Expr['at'], env?: Pick<Env, 'dead'>): Expr | undefined {
  if (left === undefined || right === undefined) return undefined;
  const { lo, hi } = interval(operator, left.type, right.type);
  if (lo < -(2 ** 31) || hi > 2 ** 31 - 1) return ctx.report('type/overflow', at, { lo, hi });
  const e: Expr = { op: 'binary', operator, left, right, type: range(lo, hi), at };
  // In dead code a constant that cannot be computed is left to be computed never.
  if (left.op !== 'const' || right.op !== 'const' || env?.dead === true) return e;
  const value = constantValue(ctx, e);
  return value === undefined ? undefined : { op: 'const', value, type: range(value as number, value as number), at };
}

function interval(operator: 'add' | 'sub' | 'mul' | 'div' | 'mod', a: RangeType, b: RangeType): { readonly lo: number; readonly hi: number } {
  const corners = (f: (x: number, y: number) => number, ys: readonly number[]): { lo: number; hi: number } => {
    const values = [a.lo, a.hi].flatMap((x) => ys.map((y) => f(x, y)));
    return { lo: Math.min(...values), hi: Math.max(...values) };
  };
  switch (operator) {
    case 'add':
      return { lo: a.lo + b.lo, hi: a.hi + b.hi };
    case 'sub':
      return { lo: a.lo - b.hi, hi: a.hi - b.lo };
    case 'mul':
      return corners((x, y) => x * y, [b.lo, b.hi]);
    case 'div': {
      // The divisors nearest to zero give the largest quotients.
      const divisors = [b.lo, b.hi, -1, 1].filter((y) => y !== 0 && y >= b.lo && y <= b.hi);
      const { lo, hi } = corners((x, y) => Math.trunc(x / y), divisors.length > 0 ? divisors : [1]);
      return { lo: Math.min(lo, a.lo <= 0 && a.hi >= 0 ? 0 : lo), hi: Math.max(hi, a.lo <= 0 && a.hi >= 0 ? 0 : hi) };
    }
    case 'mod': {
      // By 0 there is no remainder, but an error at run time: the type is that of a number all the same.
      const most = Math.max(Math.abs(b.lo), Math.abs(b.hi), 1) - 1;
      return { lo: a.lo < 0 ? Math.max(a.lo, 0 - most) : 0, hi: a.hi > 0 ? Math.min(a.hi, most) : 0 };
    }
    default:
      return unreachable(operator);
  }
}

/** `lo..hi` as a set. */
function intervalOf(ctx: Context, env: Env, e: Tree & { kind: 'binary' }): Expr | undefined {
  const lo = number(ctx, typed(ctx, env, e.left));
  const hi = number(ctx, typed(ctx, env, e.right));
  if (lo === undefined || hi === undefined) return undefined;
  return { op: 'interval', lo, hi, type: { kind: 'set', of: range(lo.type.lo, Math.max(hi.type.hi, lo.type.lo)) }, at: locationIn(env, e.span) };
}

const asSet = (expr: Expr | undefined): { readonly expr: Expr; readonly type: SetType } | undefined => (expr?.type.kind === 'set' ? { expr, type: expr.type } : undefined);
