// The interpreter and the evaluation of constants say the same of every expression that reads nothing, and operations on sets, maps and
// sequences are what their definitions say.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateClosed, ConstantError } from '../../src/core/constant.js';
import type { BinaryOp, Expr } from '../../src/core/expr.js';
import { range, type Type } from '../../src/core/type.js';
import { hasType, sameValue, setOf, type Value } from '../../src/core/value.js';
import { evaluate } from '../../src/model/evaluate.js';
import { Failure } from '../../src/model/failure.js';
import { interpreterOf } from '../../src/model/interpret.js';
import { bin, bool, bound, boundValue, constant, convert, eq, indexed, model, nowhere as at, num, quantifier, setLiteral, truth, un } from '../support/models.js';

const wide = range(-99, 99);
const digit = range(0, 4);
const digits: Type = { kind: 'set', of: digit };
const row: Type = { kind: 'map', key: digit, value: digit };
const list: Type = { kind: 'seq', of: digit, max: 3 };

const k = bound('k', digit);

const { number, truthful, set, map, sequence } = fc.letrec<{ number: Expr; truthful: Expr; set: Expr; map: Expr; sequence: Expr }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: -3, max: 5 }).map(num),
    fc.tuple(fc.constantFrom<BinaryOp>('add', 'sub', 'mul', 'div', 'mod'), tie('number'), tie('number')).map(([op, a, b]) => bin(op, a, b, wide)),
    tie('number').map((a) => un('neg', a, wide)),
    fc.tuple(fc.constantFrom('min' as const, 'max' as const), tie('set')).map(([op, s]) => un(op, s, digit)),
    fc.tuple(tie('truthful'), tie('number'), tie('number')).map(([condition, then, otherwise]): Expr => ({ op: 'if', condition, then, else: otherwise, type: wide, at })),
    fc.tuple(tie('set'), tie('truthful')).map(([s, p]) => quantifier('count', k, s, p)),
    fc.tuple(tie('map'), tie('number')).map(([m, i]) => indexed(m, i)),
    fc.tuple(fc.constantFrom('len' as const, 'head' as const), tie('sequence')).map(([op, q]) => un(op, q, digit)),
  ),
  truthful: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.boolean().map(truth),
    fc.tuple(fc.constantFrom<BinaryOp>('lt', 'le', 'gt', 'ge'), tie('number'), tie('number')).map(([op, a, b]) => bin(op, a, b, bool)),
    fc.tuple(fc.constantFrom<BinaryOp>('and', 'or', 'iff'), tie('truthful'), tie('truthful')).map(([op, a, b]) => bin(op, a, b, bool)),
    fc.tuple(tie('truthful'), tie('truthful')).map(([left, right]): Expr => ({ op: 'implies', left, right, type: bool, at })),
    tie('truthful').map((a) => un('not', a)),
    fc.tuple(tie('number'), tie('set')).map(([a, s]) => bin('in', a, s, bool)),
    fc.oneof(fc.tuple(tie('number'), tie('number')), fc.tuple(tie('set'), tie('set')), fc.tuple(tie('map'), tie('map')), fc.tuple(tie('sequence'), tie('sequence'))).map(([a, b]) => eq(a, b)),
    fc.tuple(fc.constantFrom('forall' as const, 'exists' as const), tie('set'), tie('truthful')).map(([q, s, p]) => quantifier(q, k, s, p)),
  ),
  set: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.array(fc.integer({ min: 0, max: 4 }).map(num), { maxLength: 3 }).map((elements) => setLiteral(digit, ...elements)),
    fc.array(tie('number'), { maxLength: 2 }).map((elements) => convert(setLiteral(wide, ...elements), digits)),
    fc.tuple(fc.constantFrom<BinaryOp>('union', 'intersect', 'minus'), tie('set'), tie('set')).map(([op, a, b]) => bin(op, a, b, digits)),
    fc.tuple(tie('set'), tie('number')).map(([s, n]): Expr => ({ op: 'filter', bound: k, set: s, condition: bin('ge', boundValue(k), n, bool), type: digits, at })),
    fc.constant<Expr>({ op: 'all', of: digit, type: digits, at }),
    fc.tuple(fc.nat(4), fc.nat(4)).map(([lo, hi]): Expr => ({ op: 'interval', lo: num(lo), hi: num(hi), type: digits, at })),
  ),
  map: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: 0, max: 4 }).map((n): Expr => ({ op: 'map', bound: k, body: num(n), type: row, at })),
    tie('number').map((n): Expr => ({ op: 'map', bound: k, body: convert(bin('add', boundValue(k), n, wide), digit), type: row, at })),
    fc.tuple(tie('map'), tie('number'), tie('number')).map(([m, index, value]): Expr => ({ op: 'withIndex', map: m, index, value: convert(value, digit), type: row, at })),
  ),
  sequence: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.array(fc.integer({ min: 0, max: 4 }).map(num), { maxLength: 3 }).map((elements): Expr => ({ op: 'seq', elements, type: list, at })),
    tie('sequence').map((q) => un('tail', q, list)),
    fc.tuple(tie('sequence'), tie('number')).map(([q, n]) => bin('append', q, convert(n, digit), list)),
  ),
}));

const interpreter = interpreterOf(model({ processes: [{ steps: [[]] }] }));
const [outcome] = [...interpreter.initial()];
const environment = outcome?.kind === 'next' ? interpreter.environment(outcome.state) : undefined;

/** The value, or what went wrong, by either way. */
function attempt(run: () => Value): { readonly value: Value } | { readonly error: string } {
  try {
    return { value: run() };
  } catch (error) {
    if ((error instanceof ConstantError || error instanceof Failure) && error.error !== undefined) return { error: error.error };
    throw error;
  }
}

test('constants and the interpreter give the same value, or the same error', () => {
  let errors = 0;
  let values = 0;
  fc.assert(
    fc.property(fc.oneof(number, truthful, set, map, sequence), (e) => {
      const [a, b] = [attempt(() => evaluateClosed(e)), attempt(() => evaluate(e, environment!))];
      expect(b).toEqual(a);
      if ('error' in a) errors++;
      else values++;
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(errors, values)).toBeGreaterThan(200);
});

test('sets are made by their definitions', () => {
  const some = fc.uniqueArray(fc.nat(4)).map((elements) => setOf(digit, elements) as readonly number[]);
  const value = (op: BinaryOp, a: readonly Value[], b: readonly Value[]): Value => evaluate(bin(op, constant(a, digits), constant(b, digits), digits), environment!);
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(value('union', a, b)).toEqual([0, 1, 2, 3, 4].filter((x) => a.includes(x) || b.includes(x)));
      expect(value('intersect', a, b)).toEqual(a.filter((x) => b.includes(x)));
      expect(value('minus', a, b)).toEqual(a.filter((x) => !b.includes(x)));
      for (const x of [0, 1, 2, 3, 4]) expect(evaluate(bin('in', num(x), constant(a, digits), bool), environment!)).toBe(a.includes(x));
      expect(hasType(digits, a)).toBe(true);
      expect(sameValue(setOf(digit, [...a].reverse()), a)).toBe(true);
    }),
  );
});
