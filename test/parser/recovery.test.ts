// After an error the parser goes on at the next statement or declaration: as many reports as mistakes, and the tree of the rest.

import { expect, test } from 'vitest';
import type { Declaration } from '../../src/ast/nodes.js';
import { parse } from '../../src/parser/parse.js';
import { expectDiagnosticsOf } from '../support/diagnostics.js';

const expectDiagnostics = (marked: string): void => expectDiagnosticsOf((source) => parse(source).diagnostics, marked);

const nameOf = (d: Declaration): string => ('name' in d ? d.name.text : d.kind);

const threeMistakes = `
const N: 1..8 = 2
var x: 0..N 0

procedure f(a: 0..N): 0..N {
  var n: 0..N = 0
  n := g(a, b c)
  if n == 0 { return n }
  while n << 3 { n := n + 1 }
  return n
}

invariant I = x <= N
`;

test('three mistakes give three reports', () => {
  expectDiagnostics(`
const N: 1..8 = 2
var x: 0..N 0
//          ^ parse/unexpected: Unexpected \`0\`; expected a declaration.

procedure f(a: 0..N): 0..N {
  var n: 0..N = 0
  n := g(a, b c)
  //          ^ parse/unexpected: Unexpected \`c\`; expected \`)\`.
  if n == 0 { return n }
  while n << 3 { n := n + 1 }
  //      ^ parse/unexpected: Unexpected \`<<\`; expected \`{\`.
  return n
}

invariant I = x <= N
`);
});

test('three mistakes leave the tree of the rest', () => {
  const { file } = parse({ path: 'test.heddle', text: threeMistakes });
  expect(file.declarations.map(nameOf)).toEqual(['N', 'x', 'f', 'I']);
  const f = file.declarations[2];
  if (f?.kind !== 'procedure') throw new Error('no procedure');
  expect(f.body?.statements.map((s) => s.kind)).toEqual(['assign', 'if', 'while', 'return']);
});

test('a statement that cannot be read leaves its label', () => {
  const { file } = parse({ path: 'test.heddle', text: 'process p { again: x y z\n goto again }' });
  const [p] = file.declarations;
  if (p?.kind !== 'process') throw new Error('no process');
  expect(p.body.statements.map((s) => [s.kind, s.label?.name.text])).toEqual([['skip', 'again'], ['goto', undefined]]);
});

test('locals behind the head are reported and join it', () => {
  expectDiagnostics(`
process p {
  skip
  var n: 0..3 = 0
  //< parse/local-not-at-head
  n := 1
}
`);
  const { file } = parse({ path: 'test.heddle', text: 'process p { skip if a { var n: 0..3 = 0 } }' });
  expect(file.declarations[0]).toMatchObject({ body: { locals: [{ name: { text: 'n' } }] } });
});

test('a block that was read as a set is lost with its statement, and no more', () => {
  for (const block of ['{ n := n + 1 }', '{\n n := n + 1\n skip\n }']) {
    const { file, diagnostics } = parse({ path: 'test.heddle', text: `process p {\n while n < ${block}\n n := 2\n}` });
    expect(diagnostics.length).toBe(1);
    expect(file.declarations[0]).toMatchObject({ body: { statements: [{ kind: 'assign' }] } });
  }
});

test('lines inside open parentheses are not taken for statements', () => {
  expectDiagnostics(`
process p {
  f(a,
    b c,
    //^ parse/unexpected: Unexpected \`c\`; expected \`)\`.
    d,
    e)
  g := 1
}
`);
});

test('a record that is not closed does not swallow the next statement', () => {
  const { file, diagnostics } = parse({ path: 'test.heddle', text: 'process p {\n x := R { a: 1\n y := 2\n}\nvar z: bool = true' });
  expect(diagnostics.map((d) => d.code)).toEqual(['parse/unclosed']);
  expect(file.declarations.map(nameOf)).toEqual(['p', 'z']);
  expect(file.declarations[0]).toMatchObject({ body: { statements: [{ kind: 'assign' }, { kind: 'assign' }] } });
});

test('an unclosed block does not swallow the declarations behind it', () => {
  const { file, diagnostics } = parse({ path: 'test.heddle', text: 'process p {\n  loop {\n    either { skip\n\nprocess q { skip }\ninvariant I = true' });
  expect(file.declarations.map(nameOf)).toEqual(['p', 'q', 'I']);
  expect(diagnostics.map((d) => d.code)).toEqual(['parse/unclosed']);
});

test('one mistake in each field, item, statement and declaration gives one report each', () => {
  expectDiagnostics(`
pool Cb[2] {
  a: 0..1 0
  //      ^ parse/unexpected
  b: 0..1 = 0
  c 0..1
  //^ parse/unexpected: Unexpected \`0\`; expected \`:\`.
}
check c {
  N 3
  //^ parse/unexpected: Unexpected \`3\`; expected \`=\`.
  expect I broken
  //       ^ parse/unexpected: Unexpected \`broken\`; expected \`violated\` or \`holds\`.
  only I
}
def f(a 0..1): bool = true
//      ^ parse/unexpected: Unexpected \`0\`; expected \`:\`.
macro m(a) { a := }
//                ^ parse/unexpected: Unexpected \`}\`; expected an expression.
process p(x of S) { skip }
//          ^ parse/unexpected: Unexpected \`of\`; expected \`in\`.
step invariant I = 1 +
invariant J = true
//< parse/unexpected: Unexpected \`invariant\`; expected an expression.
`);
});
