// What may stand where: maps keyed by pools, labels, interrupts, fields, results that go to ghosts, contexts, compared values.
import { test } from 'vitest';
import { expectDiagnostics } from './diagnose.js';

test('only the outermost map of a variable is keyed by a pool', () => {
  expectDiagnostics(`
pool P[2] { inner: [P -> bool] = false }
//          ^ type/misplaced: A map keyed by a pool may only stand outermost
var fine: [P -> [0..1 -> bool]] = false
var deep: [0..1 -> [P -> bool]] = false
//  ^ type/misplaced
procedure f(m: [P -> bool]) { skip }
//          ^ type/misplaced
process p {
  var l: [P -> bool]
//    ^ type/misplaced
  f(l)
}
invariant I = forall x in P: fine[x][0] == deep[0][x]
`);
});

test('a label of another process, or of a procedure that the process never calls, is unknown', () => {
  expectDiagnostics(`
var x: 0..1 = 0
procedure f() { a: x := 1 }
procedure g() { f() }
process p { g() }
process q { own: x := 1 }
invariant Inlined = at(p, a) || at(p, f.a) => x <= 1
invariant Other = !at(q, a)
//                       ^ resolve/unknown-name: Process 'q' has no label 'a'.
invariant Procedure = !at(p, g.a)
//                           ^ resolve/unknown-name: Process 'p' has no label 'g.a'.
invariant Process = !at(p, own)
//                         ^ resolve/unknown-name: Process 'p' has no label 'own'.
`);
});

test('a macro contains no label', () => {
  expectDiagnostics(`
var x: 0..1 = 0
macro set_x() { here: x := 1 }
//              ^ type/misplaced: The label 'here' may only stand outside of macros
process p { set_x() }
`);
});

test('interrupts go in no circle, and interrupt a process that is there', () => {
  expectDiagnostics(`
var x: 0..1 = 0
process nmi interrupts irq { x := 1 }
//                     ^ fair/interrupt-circle: Interrupts in a circle: nmi interrupts irq interrupts nmi.
process irq interrupts nmi { x := 1 }
process own interrupts own { x := 1 }
//                     ^ fair/interrupt-circle: Interrupts in a circle: own interrupts own.
process task(i in 0..1) { x := 0 }
process late interrupts task[5] { x := 1 }
//                      ^ type/constant-error: This constant cannot be computed: there is no process that 'late' would interrupt.
`);
});

test('a field is declared and given once, and a value is given where there is no default', () => {
  expectDiagnostics(`
record R { a: bool, a: bool = false }
//                  ^ resolve/duplicate-name: 'a' is declared twice.
var r: R = R { a: true }
process p { r := r }
//          ^ atomicity/many-accesses
`);
  expectDiagnostics(`
record R { a: bool, b: bool = false }
var r: R = R { a: true, a: false }
//                      ^ resolve/duplicate-name
var s: R = R { b: true }
//         ^ type/mismatch: Expected a value for the field 'a', which has no default, found none.
process p { atomic { r := s } }
`);
});

test('what changes the program gives nothing to a ghost', () => {
  expectDiagnostics(`
ghost var g: 0..1 = 0
ghost var o: set of P = {}
pool P[2] { v: 0..1 = 0 }
var x: 0..1 = 0
procedure set_x(v: 0..1): 0..1 {
  x := v
  return v
}
process p {
  var r: 0..1 = 0
  g := set_x(g)
//^ ghost/mixed: One statement writes ghosts and changes the program.
  g := cmpxchg(x, g, 1)
//^ ghost/mixed
  r := set_x(1)
  g := r
}
invariant I = g == 0 || o == {}
`);
});

test('the parameter that binds a context has no other values', () => {
  expectDiagnostics(`
context cpu: 0..1
var x: 0..1 = 0
procedure f() { x := cpu }
process p(cpu in 0..1) { f() }
process q(cpu in {0}) { f() }
process r(cpu in 0..2) { f() }
//               ^ type/mismatch: Expected those of the context 'cpu', 0..1, found values of 0..2.
`);
});

test('cmpxchg compares with what can be there', () => {
  expectDiagnostics(`
enum E { A, B }
var x: 0..1 = 0
process p {
  cmpxchg(x, A, 1)
//           ^ type/incomparable: 0..1 and E have no value in common
  cmpxchg(x, 1, 0)
}
invariant I = A != B
`);
});

test('a file says once what it is called and how it steps', () => {
  expectDiagnostics(`
spec one
steps label
steps statement
//< resolve/duplicate-name: 'steps' is declared twice.
process p { l: skip }
`);
});
