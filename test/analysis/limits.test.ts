// What is too large is refused where it is written, before anything makes a list of its values.
import { expect, test } from 'vitest';
import { codesOf, expectDiagnostics } from './diagnose.js';

test('types that no state could hold', () => {
  expectDiagnostics(`
var a: seq of 0..1 max 1000000 = <<>>
//     ^ type/too-large: This sequence may have 1,000,000 elements; the limit is 1 to 4,096.
var b: [0..63 -> [0..63 -> [0..63 -> 0..255]]] = 0
//     ^ type/too-large: This type takes 2,097,152 bits
var c: set of 0..1000000000 = {}
//     ^ type/too-large: A set’s element type has 1,000,000,001 values
var d: [[0..9 -> 0..9] -> bool] = false
//     ^ type/too-large: A map’s key type has 10,000,000,000 values
pool P[65] { x: bool = false }
//     ^ type/too-large: This pool has 65 slots; the limit is 1 to 64.
process p { a := <<>>  b[0][0][0] := 1  c := {}  d := d }
invariant I = forall x in P: x.x
`);
});

test.each([
  ['forall', 'invariant I = forall i in 0..2147483647: i >= 0'],
  ['count', 'const N: 0..2147483647 = count i in 0..2000000000: true'],
  ['a filter', 'invariant I = {i in 0..2000000000: i > 3} == {}'],
  ['a choice of initial values', 'var x: 0..2000000000 in 0..2000000000\ninvariant I = x >= 0'],
  ['with', 'process p { with y in 0..2000000000 { await y > 0 } }'],
  ['a map literal', 'var m: [0..3 -> bool] = [k in 0..2000000000 -> false]\ninvariant I = m[0]'],
  ['the processes', 'process p(i in 0..2000000000) { skip }'],
  ['an intersection', 'invariant I = (0..2000000000) intersect {1} == {1}'],
])('%s over a set of thousands of millions', (_, text) => {
  expect(codesOf(`${text}\nprocess q { skip }\n`)).toContain('test.heddle: type/too-large');
});

test('whether a number lies in a large interval is a comparison', () => {
  expectDiagnostics('var x: 0..7 = 0\nprocess p { x := 1 }\ninvariant I = x in 0..2000000000\n');
});

test('more processes than could be explored', () => {
  expectDiagnostics(`
process p(i in 0..1024) { skip }
//             ^ type/too-large: These are 1,025 processes; the limit is 1,024.
`);
});

test('a number of more than 32 bits, and the negation of the least one', () => {
  expectDiagnostics(`
const LEAST: -2147483647..0 = -2147483647
var x: 0..3 = 0
process p { x := 1 }
invariant I = x < LEAST - 2
//                ^ type/overflow
invariant J = x < -(LEAST - 1)
//                ^ type/overflow: The value can lie between 2147483648 and 2147483648
`);
});
