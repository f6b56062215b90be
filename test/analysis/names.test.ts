import { expect, test } from 'vitest';
import { codesOf, expectDiagnostics } from './diagnose.js';

test('an unknown name is reported where it is used, with a near one', () => {
  expectDiagnostics(`
var count1: 0..3 = 0
process p { count1 := 1 }
invariant Small = cuont1 < 3
//                ^ resolve/unknown-name: Unknown name 'cuont1'.
`);
});

test('an unknown type, name, label and property are named as what they are', () => {
  expectDiagnostics(`
var x: Nmber = 0
//  ^ flow/unused
//     ^ resolve/unknown-name: Unknown type 'Nmber'.
process p {
  step_one()
//^ resolve/unknown-name: Unknown name 'step_one'.
  goto nowhere
//     ^ resolve/unknown-name: Unknown label 'nowhere'.
}
expect Safe violated
//     ^ check/unknown-property: There is no property 'Safe'.
`);
});

test('a name is declared once in a scope, and may be declared anew in an inner one', () => {
  expectDiagnostics(`
var x: 0..1 = 0
const x: 0..2 = 2
//    ^ resolve/duplicate-name: 'x' is declared twice.
process p { x := 1 }
`);
  expectDiagnostics(`
var x: 0..1 = 0
process p {
  x := 1
  with x in 0..1 { assert x <= 1 }
}
invariant Quiet = forall x in 0..3: x <= 3 || false
invariant Low = x <= 1
`);
});

test('what a name is decides what it may be used for', () => {
  expectDiagnostics(`
const N: 0..9 = 3
var x: 0..3 = 0
process p { N := 1  x := 1 }
//          ^ type/not-a-place: This cannot be assigned.
var y: x = 0
//     ^ resolve/wrong-kind: 'x' is a variable; expected a type.
invariant I = y == x
invariant J = x <= N
`);
});

test('enums of one file share no member', () => {
  expectDiagnostics(`
enum A { ON, OFF }
enum B { ON, BROKEN }
//       ^ resolve/duplicate-name: 'ON' is declared twice.
var a: A = OFF
var b: B = BROKEN
process p { a := ON  b := BROKEN }
`);
});

test('a name that two imported modules declare is ambiguous where it is used, and not otherwise', () => {
  const modules = { 'one.heddle': 'var x: 0..1 = 0\n', 'two.heddle': 'var x: 0..1 = 0\n' };
  expectDiagnostics(`
import "./one"
import "./two"
process p { x := 1 }
//          ^ resolve/ambiguous: 'x' can mean
`, modules);
  expectDiagnostics('import "./one"\nimport "./two" as two\nprocess p { x := 1  two.x := 1 }\n', modules);
});

test('an own declaration hides an imported one, with a warning', () => {
  expectDiagnostics(`
import "./one"
var x: 0..3 = 0
//  ^ resolve/shadows-import: 'x' hides the imported declaration
process p { x := 3 }
`, { 'one.heddle': 'var x: 0..1 = 0\n' });
});

test('recursion is reported once, with the circle', () => {
  expectDiagnostics(`
procedure a() { b() }
//        ^ resolve/recursion: Recursion: a -> b -> c -> a.
procedure b() { c() }
procedure c() { a() }
process p { a() }
`);
});

test('defs and constants may not need themselves', () => {
  expectDiagnostics(`
def f(x: 0..3): bool = g(x)
//  ^ resolve/recursion: Recursion: f -> g -> f.
def g(x: 0..3): bool = f(x)
var x: 0..3 = 0
process p { x := 1 }
invariant I = f(x)
`);
});

test('what reads a context can be called where the process has it', () => {
  expectDiagnostics(`
import "kernel/cpu"
var flags: [Cpu -> bool] = false
process task(cpu in Cpu) { flags[cpu] := local_irq_save() }
process other { local_irq_save() }
//      ^ resolve/context: Process 'other' calls something that reads the context 'cpu'
`);
});

test('unused declarations are said, but not those that an importer may want', () => {
  expectDiagnostics(`
var x: 0..1 = 0
var y: 0..1 = 0
//  ^ flow/unused: Variable 'y' is never used.
procedure helper() { x := 0 }
//        ^ flow/unused: Procedure 'helper' is never used.
process p {
  var a: 0..1 = 0
//    ^ flow/unused: Local 'a' is never used.
  var _b: 0..1 = 0
  var seen: 0..1 = 0
  x := 1
}
invariant I = p.seen == 0
`);
  expect(codesOf('import "./lib"\nprocess p { set_x() }\n', { 'lib.heddle': 'var x: 0..1 = 0\nprocedure set_x() { x := 1 }\nprocedure clear_x() { x := 0 }\n' })).toEqual([]);
});
