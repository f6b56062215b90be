// `at`, `in`, `done`, primes, locals of processes: what properties may ask, and that nothing is false for ever without a word.

import { facts } from './facts.js';

facts('in(p, f)', [
  ['of a procedure that the process never calls is an error', 'var x: 0..1 = 0\nprocedure f() { x := 1 }\nprocess p { x := 1 }\nprocess q { f() }\ninvariant I = !in(p, f)', { errors: ['steps/never-inside'] }],
  ['of an atomic procedure is an error', 'var x: 0..3 = 0\natomic procedure f() { x := 1 }\nprocess p { f() x := 2 }\ninvariant I = !in(p, f)', { errors: ['steps/never-inside'] }],
  ['of a procedure of one step is an error', 'var x: 0..3 = 0\nprocedure f() { x := 1 }\nprocess p { skip f() }\ninvariant I = !in(p, f)', { errors: ['steps/never-inside'] }],
  ['is true from the first step of the body to the last', 'var x: 0..3 = 0\nprocedure f() { x := 1 x := 2 }\nprocess p { skip f() }\ninvariant I = in(p, f) <=> x == 1', { violated: [] }],
  ['is true inside what the procedure calls', 'var x: 0..3 = 0\nprocedure g() { x := 1 x := 2 }\nprocedure f() { g() }\nprocess p { f() }\ninvariant I = in(p, f) <=> x == 1', { violated: [] }],
  ['of a call that a constant switches off is false', 'const ON: bool = false\nvar x: 0..3 = 0\nprocedure f() { x := 1 x := 2 }\nprocess p { if ON { f() } }\ninvariant I = !in(p, f)', { errors: [], violated: [] }],
  ['of a macro is an error', 'macro f() { skip }\nprocess p { f() }\ninvariant I = !in(p, f)', { errors: ['resolve/unknown-name'] }],
]);

facts('at(p, l)', [
  ['means any inlined copy', 'var x: 0..3 = 0\nprocedure f() { x := 1 l: x := 2 }\nprocess p { f() f() }\ninvariant I = at(p, l) <=> x == 1', { violated: [] }],
  ['of a label that only another process comes to is an error', 'var x: 0..3 = 0\nprocedure f() { skip l: x := 1 }\nprocess p { skip }\nprocess q { f() }\ninvariant I = !at(p, l)', { errors: ['resolve/unknown-name'] }],
  ['of an index that is no process errs', 'process p(i in {1, 3}) { a: skip }\ninvariant I = !at(p[2], a)', { violated: ['I'] }],
  ['before a call of an atomic procedure that waits is the call', 'var x: 0..3 = 0\natomic procedure f() { await x == 1 x := 2 }\nprocess p { l: f() x := 3 }\nprocess q { x := 1 }\ninvariant I = at(p, l) => x < 2', { violated: [] }],
]);

facts('primes', [
  ['a prime inside a prime is an error', "var x: 0..3 = 0\nprocess p { x := 1 }\nstep invariant I = (x' == x)'", { errors: ['type/misplaced'] }],
  ['the prime of an expression is all of it after the step', "var x: 0..3 = 0\nvar y: 0..3 = 0\nprocess p { atomic { x := 1 y := 1 } }\nstep invariant I = (x == y)' && (x + y)' == 2", { violated: [] }],
  ['a prime outside a step invariant is an error', "var x: 0..3 = 0\nprocess p { x := 1 }\ninvariant I = x' == x", { errors: ['type/misplaced'] }],
]);

facts('steps label', [
  ['a statement behind a call needs a label', 'steps label\nvar x: 0..3 = 0\nprocedure f() { c: x := 1 }\nprocess p { a: f() x := 2 }', { errors: ['steps/label-needed'] }],
  ['a statement behind a branch with a call in it needs a label', 'steps label\nvar x: 0..3 = 0\nprocedure f() { c: x := 1 }\nprocess p { a: if x == 0 { f() } x := 2 }', { errors: ['steps/label-needed'] }],
  ['a statement behind a call of an atomic procedure needs none', 'steps label\nvar x: 0..3 = 0\natomic procedure f() { x := 1 }\nprocess p { a: f() x := 2 }\ninvariant I = x != 1', { errors: [], violated: [] }],
  ['a call of a macro needs none', 'steps label\nvar x: 0..3 = 0\nmacro f() { x := 1 }\nprocess p { a: f() x := x + 1 }\ninvariant I = x != 1', { errors: [], violated: [] }],
]);
