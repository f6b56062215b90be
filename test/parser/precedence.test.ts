// How expressions are grouped: the table of "Expressions" in the language reference, row by row.

import { describe, expect, test } from 'vitest';
import { parse } from '../../src/parser/parse.js';
import { showExpr } from '../support/show-tree.js';

function grouped(text: string): string {
  const { file, diagnostics } = parse({ path: 'test.heddle', text: `property P = ${text}` });
  const errors = diagnostics.filter((d) => d.severity === 'error').map((d) => d.code);
  if (errors.length > 0) return errors.join(' ');
  const [d] = file.declarations;
  return d?.kind === 'property' ? showExpr(d.formula) : 'no property';
}

const table: readonly (readonly [string, string])[] = [
  ['a => b => c', '(a => (b => c))'],
  ['a <=> b => c <=> d', '((a <=> b) => (c <=> d))'],
  ['a || b ~> c || d', '((a || b) ~> (c || d))'],
  ['a until b => c', '((a until b) => c)'],
  ['a <=> b <=> c', 'parse/no-chaining'],
  ['a ~> b until c', 'parse/no-chaining'],
  ['a || b && c || d', '((a || (b && c)) || d)'],
  ['a && b && c', '((a && b) && c)'],
  ['!a && b', '((! a) && b)'],
  ['!a == b', '(! (a == b))'],
  ['!x in S', '(! (x in S))'],
  ['a == !b', '(a == (! b))'],
  ['a == !b && c', '((a == (! b)) && c)'],
  ['always p && q', '((always p) && q)'],
  ['always p => q', '((always p) => q)'],
  ['always eventually p', '(always (eventually p))'],
  ['eventually always x == 0', '(eventually (always (x == 0)))'],
  ['!always !p ~> q', '((! (always (! p))) ~> q)'],
  ['a < b < c', 'parse/no-chaining'],
  ['a == b != c', 'parse/no-chaining'],
  ['a in S in T', 'parse/no-chaining'],
  ['a = b', '(a == b)'],
  ['x in 0..n + 1', '(x in (0 .. (n + 1)))'],
  ['S union T == 0..1 minus U', '((S union T) == (0 .. (1 minus U)))'],
  ['S union T intersect U minus V', '(((S union T) intersect U) minus V)'],
  ['a - b + c', '((a - b) + c)'],
  ['a - b * c % d / e', '(a - (((b * c) % d) / e))'],
  ['-a * b', '((- a) * b)'],
  ['a * -b + c', '((a * (- b)) + c)'],
  ['a - -b', '(a - (- b))'],
  ['-1..1', '((- 1) .. 1)'],
  ['min S union T', '((min S) union T)'],
  ['max(S) + 1', '((max S) + 1)'],
  ['-min S', '(- (min S))'],
  ['!-x + 1 > 0', '(! (((- x) + 1) > 0))'],
  ['-r with { a: 1 }', '(- (r with {a: 1}))'],
  ['m with [0] = 1 with [1] = 2 == n', '(((m with [0] = 1) with [1] = 2) == n)'],
  ['m with [0] = -x', '(m with [0] = (- x))'],
  ["-x'[0].f(1)'", "(- x'[0].f(1)')"],
  ["(a && b)'", "(a && b)'"],
  ['forall x in S: a && b => c', '(forall x in S: ((a && b) => c))'],
  ['a && exists x, y in S, z in T: b || c', '(a && (exists x, y in S; z in T: (b || c)))'],
  ['1 + count x in S: p == q', '(1 + (count x in S: (p == q)))'],
  ['1 + if c then a else b + 1', '(1 + (if c then a else (b + 1)))'],
  ['if a then b else if c then d else e', '(if a then b else (if c then d else e))'],
  ['in(p[0], f) && x in (S)', '(in(p[0], f) && (x in S))'],
  ['{x in S: p} == {(x in S)}', '({x in S: p} == {(x in S)})'],
  ['[k in K -> k + 1][0]', '[k in K -> (k + 1)][0]'],
  ['<<1, 2>> == <<>>', '(<<1, 2>> == <<>>)'],
  ['R { a: 1 }.a == hr.R { }.b', '(R{a: 1}.a == hr.R{}.b)'],
  ['/\\ a', 'parse/unexpected'],
  ['~a /\\ b \\/ x \\in S /\\ y # 1', '(((! a) && b) || ((x in S) && (y != 1)))'],
  ['\\A x \\in S: [](<>p)', '(forall x in S: (always (eventually p)))'],
  ['\\E x \\in S: p', '(exists x in S: p)'],
  ['x<-1', '(x < (- 1))'],
  ['m with [0] = 1 + 1', 'parse/with-value'],
];

describe('expressions are grouped by the table', () => {
  test.each(table)('%s', (text, expected) => {
    expect(grouped(text)).toBe(expected);
  });
});

test('long chains of && are a tree of little depth, of the same operands in the same order', () => {
  const operands = Array.from({ length: 10_000 }, (_, i) => `a${i}`);
  expect(grouped(operands.join(' && ')).replace(/[()]/g, '')).toBe(operands.join(' && '));
});

test('an implication behind always is warned of, with the parentheses it has not', () => {
  expect(parse({ path: 'test.heddle', text: 'property P = always p => q' }).diagnostics.map((d) => [d.severity, d.code])).toEqual([['warning', 'parse/weak-implication']]);
  expect(parse({ path: 'test.heddle', text: 'property P = always (p => q)' }).diagnostics).toEqual([]);
});
