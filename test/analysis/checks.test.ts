import { expect, test } from 'vitest';
import { compile } from '../../src/compile.js';
import { expectDiagnostics } from './diagnose.js';

test('a check block names constants and properties that exist, each block once', () => {
  expectDiagnostics(`
const N: 1..4 = 2
var x: 0..4 = 0
process p { x := N }
invariant Small = x <= 4
check few { M = 3 }
//          ^ check/unknown-constant: There is no constant 'M'.
check few { N = 3 }
//    ^ check/twice: There are two \`check\` blocks 'few'.
check more {
  expect Smal violated
//       ^ check/unknown-property: There is no property 'Smal'.
}
`);
});

test('a value that does not fit its constant says where it came from', () => {
  const source = { path: 'test.heddle', text: 'const N: 1..4 = 2\nvar x: 0..4 = 0\nprocess p { x := N }\n' };
  const loader = { load: () => undefined, known: () => [] };
  const { diagnostics } = compile({ entry: source, loader, constants: new Map([['N', '99']]) });
  expect(diagnostics).toHaveLength(1);
  expect(`${diagnostics[0]!.message} ${diagnostics[0]!.help ?? ''}`).toContain('--const');
});

test('a state that is too large is refused with the variable that makes it so', () => {
  expectDiagnostics(`
var a: [0..4095 -> 0..65535] = 0
//  ^ state/too-large
var b: [0..4095 -> 0..65535] = 0
process p {
  a[1] := 1
  b[1] := 1
}
`);
});
