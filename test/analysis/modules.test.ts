import { expect, test } from 'vitest';
import { codesOf, expectDiagnostics } from './diagnose.js';

test('a module that is not there is reported at the import, with a near one', () => {
  expectDiagnostics(`
import "kernel/rcv"
//     ^ module/not-found: There is no module 'kernel/rcv'.
process p { skip }
`);
});

test('modules that import each other are reported with the circle', () => {
  const found = codesOf('import "./a"\nprocess p { skip }\n', { 'a.heddle': 'import "./b"\nvar x: 0..1 = 0\n', 'b.heddle': 'import "./a"\nvar y: 0..1 = 0\n' });
  expect(found).toContain('b.heddle: module/cycle');
  expect(codesOf('import "./test"\nprocess p { skip }\n', { 'test.heddle': 'import "./test"\nprocess p { skip }\n' })).toContain('test.heddle: module/cycle');
});

test('with gives what is abstract and constants, and nothing else', () => {
  const modules = { 'box.heddle': 'abstract type T\nconst N: 1..4 = 2\nvar full: T? = null\nvar level: 0..N = 0\nprocedure put(x: T) { full := x }\n' };
  expectDiagnostics(`
import "./box" as box with T = 0..3, N = 3
process p { box.put(2) }
`, modules);
  expectDiagnostics(`
import "./box" as box with T = 0..3, level = 3
//                                   ^ module/unknown-binding: The module has no abstract declaration and no constant 'level'
process p { box.put(2) }
`, modules);
});

test('a mistake in a module that is instantiated twice is said once', () => {
  const module = 'abstract type T\nvar x: T? = null\nprocedure put(v: T) { x := w }\n';
  const found = codesOf('import "./box" as a with T = 0..3\nimport "./box" as b with T = 0..5\nprocess p { a.put(1)  b.put(1) }\n', { 'box.heddle': module });
  expect(found).toEqual(['box.heddle: resolve/unknown-name']);
});
