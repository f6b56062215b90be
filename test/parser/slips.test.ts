// Frequent slips have messages of their own.

import { describe, expect, test } from 'vitest';
import { parseMessages } from '../../src/base/catalogue/parse.js';
import { parse } from '../../src/parser/parse.js';
import { expectDiagnosticsOf } from '../support/diagnostics.js';

const expectDiagnostics = (marked: string): void => expectDiagnosticsOf((source) => parse(source).diagnostics, marked);

describe('the page of every message gives the message, and mended none', () => {
  test.each(Object.keys(parseMessages) as (keyof typeof parseMessages)[])('%s', (code) => {
    const examples = [...parseMessages[code].explain.matchAll(/```heddle\n([\s\S]*?)\n```/g)].map((m) => m[1]!);
    const codesOf = (text: string): readonly string[] => parse({ path: 'test.heddle', text }).diagnostics.map((d) => d.code);
    // What nobody can print on a page has no faulty example.
    if (code !== 'parse/not-text' && code !== 'parse/too-deep') expect(codesOf(examples[0]!)).toEqual([code]);
    expect(codesOf(examples.at(-1)!)).toEqual([]);
  });
});

test('assignment is not =', () => {
  expectDiagnostics(`
process p {
  x = 1
  //^ parse/assignment: Assignment is \`:=\`, not \`=\`.
  y == f(2)
  //^ parse/assignment: Assignment is \`:=\`, not \`==\`.
  if x = 1 { skip }
}
var z: 0..1 := 0
//          ^ parse/definition-sign
`);
});

test('words and signs of other languages', () => {
  expectDiagnostics(`
process p {
  x := a and b
  //     ^ parse/foreign-word: Heddle has no \`and\` here.
  if not a { skip }
  // ^ parse/foreign-word: Heddle has no \`not\` here.
  print x
  //< parse/foreign-word: Heddle has no \`print\` here.
  if a { skip } elif b { skip }
  //            ^ parse/foreign-word
  x := 1; y := 2; z := 3
  //    ^ parse/semicolon: Heddle has no semicolons (1 more in this file).
  x := a & b | c
  //     ^ parse/foreign-operator: Heddle has no \`&\`.
  //         ^ parse/foreign-operator: Heddle has no \`|\`.
  s := s \\cup {1}
  //     ^ parse/foreign-operator: Heddle has no \`\\cup\`.
  xx++
  //^ parse/compound-assignment
  x += 1
  //^ parse/compound-assignment
  x := 1 || y := 2
  //     ^ parse/parallel-assignment
  assert x > 0, "positive"
  //          ^ parse/assert-message
}
`);
});

test('reserved words are no names', () => {
  expectDiagnostics(`
var init: 0..1 = 0
//  ^ parse/reserved-word: \`init\` is a reserved word
enum E { A, type, B }
//          ^ parse/reserved-word
process p {
  count := 1
  //< parse/reserved-word: \`count\`
  defer: skip
  //< parse/reserved-word: \`defer\`
}
`);
});

test('an unclosed brace is reported where it was opened, with the one that was probably meant', () => {
  expectDiagnostics(`
process p {
//        ^ parse/unclosed: This \`{\` is never closed: found \`invariant\` instead.
  if x {
    y := 1
}
invariant I = true
`);
  const [d] = parse({ path: 'test.heddle', text: 'process p {\n  if x {\n    y := 1\n}\ninvariant I = true' }).diagnostics;
  expect(d?.related?.map((r) => r.message)).toEqual([
    'expected `}` before this',
    'perhaps this one is not closed: the `}` that closes it does not stand below it',
  ]);
});

test('brackets that are not closed or not opened', () => {
  expectDiagnostics(`
invariant A = (a && b
invariant B = a)
//< parse/unexpected: Unexpected \`invariant\`; expected \`)\`.
//             ^ parse/unopened: This \`)\` closes nothing.
`);
  expectDiagnostics(`
invariant C = m[0
//             ^ parse/unclosed: This \`[\` is never closed: found the end of the file instead.
`);
});

test('the end of the file is a place like others', () => {
  expectDiagnostics(`
invariant C = m +
//               ^ parse/unexpected: Unexpected the end of the file; expected an expression.
`);
});

test('foreign characters are reported once a run, a binary file once', () => {
  expectDiagnostics(`
var größe: 0..1 = 0
//    ^ parse/unknown-character: Unknown characters \`öß\`.
`);
  expect(parse({ path: 'x', text: 'PK\0\0\x01§%&' }).diagnostics.map((d) => d.code)).toEqual(['parse/not-text']);
});

test('numbers end at 2^31 - 1', () => {
  expect(parse({ path: 'x', text: 'const N: 0..2147483647 = 0' }).diagnostics).toEqual([]);
  expect(parse({ path: 'x', text: 'const N: 0..2147483648 = 0' }).diagnostics.map((d) => d.code)).toEqual(['parse/number-too-large']);
});

test('the least number is -2^31', () => {
  expect(parse({ path: 'x', text: 'const N: -2147483648..0 = - 2147483648' }).diagnostics).toEqual([]);
  expect(parse({ path: 'x', text: 'const N: -2147483649..0 = 0' }).diagnostics.map((d) => d.code)).toEqual(['parse/number-too-large']);
});

test('shifts are none of the operators', () => {
  expectDiagnostics(`
process p { y := y << 1 }
//                 ^ parse/foreign-operator: Heddle has no \`<<\`.
`);
  expectDiagnostics(`
process p { y := (y + 1) >> 1 }
//                       ^ parse/foreign-operator: Heddle has no \`>>\`.
`);
  expect(parse({ path: 'x', text: 'process p { y := <<1>> z := <<>> }' }).diagnostics).toEqual([]);
});

test.each([
  ['var a, b: 0..3 = 0', 'Declare each by itself'],
  ['process p { var a, b: 0..3 }', 'Declare each by itself'],
  ['process p { if a == 1 then a := 2 }', 'Statements stand in braces'],
  ['process p { if (a == 1) a := 2 }', 'stand in braces'],
  ['procedure f(a: 0..3) -> 0..3 { return a }', 'behind a colon'],
  ['process p { a := a == 1 ? 2 : 3 }', 'if c then a else b'],
  ['const N = 3', 'const N: 0..7 = 3'],
  ['enum E = { A, B }', 'enum E { A, B }'],
  ['process p[2] { x := 1 }', 'process p(i in 0..1)'],
  ['pool P { f: 0..1 }', 'pool P[2]'],
  ['var x: 0..3\nliveness L = x == 1', 'property P = …'],
  ['var x: 0..3\nfunction f() { skip }', 'procedure f(a: T): U { … }'],
])('what C, TLA+ and Promela write gets its Heddle: %s', (text, help) => {
  expect(parse({ path: 'x', text }).diagnostics.map((d) => d.help).join('\n')).toContain(help);
});
