// Temporal formulas in every nesting, what stuttering allows, and interrupts that nest or do not.

import { facts } from './facts.js';

const XY = 'var x: 0..3 = 0\nvar y: 0..3 = 0\n';

facts('temporal formulas', [
  ['nest under `always`, `eventually` and `until`', `${XY}fair process p { x := 1 x := 2 x := 0 x := 3 }\nproperty A = always (x == 1 => eventually (x == 2 && eventually (x == 0 && eventually always x == 3)))\nproperty B = eventually (x == 2 && always x != 0)\nproperty C = (x == 0 until x == 1) until x == 2\nproperty D = (x == 0 until x == 1) && eventually (x == 1 until (x == 2 until (x == 0 until x == 3)))`, { violated: ['B'] }],
  ['under a negation mean that the formula is false of every run', `${XY}fair process p { x := 1 x := 2 }\nproperty A = !(always x == 0)\nproperty B = !(eventually x == 3)\nproperty C = !(x == 0 until x == 3)\nproperty D = !(x == 0 ~> x == 3)\nproperty E = !(x == 3 ~> x == 0)`, { violated: ['E'] }],
  ['under `<=>`, `==` and `!=` are compared run by run', `${XY}process p { x := 1 }\nproperty A = (eventually x == 1) <=> !(always x != 1)\nproperty B = (eventually x == 1) <=> true\nproperty C = (always x == 0) == (eventually x == 1)\nproperty D = (always x == 0) != (eventually x == 1)`, { violated: ['B', 'C'] }],
  ['under `if` are chosen where the `if` stands', `${XY}process p { either { y := 1 } or { y := 2 } x := y }\nproperty A = if y == 0 then eventually y != 0 else false\nproperty B = always (if y == 1 then always x != 2 else true)`, { violated: ['A'] }],
  ['may ask where processes stand', `${XY}fair process p { a: x := 1 b: x := 2 }\nproperty A = at(p, a) until at(p, b)\nproperty B = at(p, a) until x == 2\nproperty C = eventually done(p)`, { violated: ['B'] }],
  ['may ask what is possible', `${XY}fair process p { await y == 1 x := 1 }\nfair process q { y := 1 }\nproperty A = always eventually !enabled(p)\nproperty B = enabled(p) ~> x == 1\nproperty C = !enabled(p) until y == 1`, { violated: [] }],
  ['quantify over all slots of a pool', 'pool P[2] { f: 0..3 = 0 }\nfair process p { var c: P? c := new P { } c.f := 1 free c }\nproperty A = forall o in P: alive(o) ~> !alive(o)\nproperty B = forall o in P: always (alive(o) => eventually (alive(o) && o.f == 1))\nproperty C = exists o in P: eventually alive(o)\nproperty D = forall o in P: eventually alive(o)', { violated: ['D'] }],
]);

facts('a run', [
  ['that has ended repeats its last state', `${XY}fair process p { x := 1 }\nproperty A = eventually always x == 1\nproperty B = always eventually x == 0`, { violated: ['B'] }],
  ['that is deadlocked does, too', `${XY}fair process p { x := 1 await x == 2 }\nproperty A = eventually x == 2\nproperty B = eventually always x == 1`, { violated: ['A', 'deadlock'] }],
  ['without fairness may stop anywhere', `${XY}process p { x := 1 }\nproperty A = x == 0 until x == 1\nproperty B = (always x == 0) || (x == 0 until x == 1)`, { violated: ['A'] }],
  ['owes nothing to a step that changes nothing', `${XY}fair process p { loop { a: skip } }\nprocess q { x := 1 }\nproperty F = eventually x == 1`, { violated: ['F'] }],
  ['owes the step behind `rest until`', `${XY}fair process p { rest until x == 0 y := 1 }\nproperty A = eventually y == 1`, { violated: [] }],
  ['in which two compete may starve one that is weakly fair', 'var l: bool = false\nvar x: [0..1 -> bool] = false\nfair process p(i in 0..1) { loop { a: atomic { await !l l := true } x[i] := true l := false x[i] := false } }\nproperty F = forall i in 0..1: eventually x[i]', { violated: ['F'] }],
  ['but none that is strongly fair there', 'var l: bool = false\nvar x: [0..1 -> bool] = false\nfair process p(i in 0..1) { loop { a:+ atomic { await !l l := true } x[i] := true l := false x[i] := false } }\nproperty F = forall i in 0..1: always eventually x[i]', { violated: [] }],
]);

facts('interrupts', [
  ['of one process do not nest', `${XY}process t { x := 1 x := 0 }\nprocess a interrupts t { await y == 0 y := 1 y := 2 }\nprocess b interrupts t { await x == 1 x := 2 x := 3 }\ninvariant I = !(!done(a) && !done(b))`, { violated: [] }],
  ['nest where one interrupts the other', `${XY}process t { x := 1 x := 0 }\nprocess a interrupts t { await y == 0 y := 1 y := 2 }\nprocess b interrupts a { await x == 1 x := 2 x := 3 }\ninvariant I = !(!done(a) && !done(b))`, { violated: ['I'] }],
  ['of an idle interrupt hold up what that one interrupts', `${XY}process t { x := 1 l: x := 0 }\nprocess a interrupts t { await y == 3 skip }\nprocess b interrupts a { await x == 1 && y == 0 y := 1 y := 2 }\nstep invariant I = y == 1 => x' == x`, { violated: [] }],
  ['start with fresh locals', `${XY}process t { x := 1 }\nprocess a interrupts t { var n: 0..3 = 1 await y < 2 y := y + n n := 3 skip }\ninvariant I = y <= 2\ninvariant J = y != 2`, { violated: ['J'] }],
  ['can save a task that waits', `${XY}process t { await y == 1 }\nprocess a interrupts t { await x == 0 y := 1 }\ninvariant I = !done(t)`, { violated: ['I'] }],
]);
