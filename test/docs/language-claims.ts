// Sentences of docs/language.md and specs that show them.

import type { Shown } from '../support/shown-by.js';

export interface Claim {
  /** As it stands on the page, but for line breaks. */
  readonly claim: string;
  readonly spec: string;
  readonly check?: string;
  readonly shows: Shown;
}

const PAIR = (body: string): string => `var x: 0..3 = 0\nvar y: 0..3 = 0\nprocess p { ${body} }\n`;

export const CLAIMS: readonly Claim[] = [
  // ---- text -----------------------------------------------------------------------------------------------------------
  { claim: 'A statement ends where no operator can continue it.', spec: PAIR('x := 1 y := 2'), shows: { violated: [], states: 3 } },
  { claim: 'Words such as `label`, `pid`, `set` or `step` mean something in one place and are names elsewhere.', spec: 'var label: 0..1 = 0\nvar set: 0..1 = 0\nvar step: 0..1 = 0\nprocess pid { label := 1 set := 1 step := 1 }', shows: { violated: [], states: 4 } },
  { claim: 'a declaration in your file may take them over.', spec: 'def len(x: 0..3): 0..7 = x * 2\nvar y: 0..7 = 0\nprocess p { y := len(3) }\ninvariant I = y in {0, 6}', shows: { violated: [] } },
  { claim: 'TLA+ spellings are read as well', spec: 'var x: 0..1 = 0\nprocess p { x := 1 }\ninvariant I = \\A a \\in 0..1: a # x \\/ (a = x /\\ ~(a # x))', shows: { violated: [] } },
  { claim: 'in an expression it is read as `==`.', spec: 'var x: 0..1 = 0\nprocess p { x := 1 }\ninvariant I = x = 0', shows: { violated: ['I'] } },
  // ---- modules --------------------------------------------------------------------------------------------------------
  {
    claim: 'A module exists once, however many files import it: they share its variables and processes.',
    spec: 'import "./a"\nimport "./b"\nprocess p { set_a() set_b() }\ninvariant I = m != 2\n//// m\nvar m: 0..2 = 0\n//// a\nimport "./m"\nprocedure set_a() { m := 1 }\n//// b\nimport "./m"\nprocedure set_b() { if m == 1 { m := 2 } }\n',
    shows: { violated: ['I'] },
  },
  {
    claim: '`with` makes an *instance*: own variables, own processes.',
    spec: 'import "./m" as a with N = 1\nimport "./m" as b with N = 2\nprocess p { a.put() }\ninvariant I = a.m == b.m\n//// m\nconst N: 1..2\nvar m: 0..2 = 0\nprocedure put() { m := N }\n',
    shows: { violated: ['I'] },
  },
  { claim: 'It needs `as`, so that the instance has a name.', spec: 'import "./m" with N = 1\nprocess p { skip }\n//// m\nconst N: 1..2\n', shows: { errors: ['parse/import-without-as'] } },
  {
    claim: 'so does a declaration of the same name in a file that imports the module plainly.',
    spec: 'import "./m"\nprocedure op() { m := 2 }\ninvariant I = m != 2\n//// m\nabstract procedure op()\nvar m: 0..2 = 0\nprocess p { op() }\n',
    shows: { violated: ['I'] },
  },
  { claim: 'with the warning `resolve/shadows-import`', spec: 'import "./m"\nvar m: 0..1 = 0\nprocess p { m := 1 }\n//// m\nvar m: 0..2 = 0\nprocess q { m := 2 }\n', shows: { warnings: ['resolve/shadows-import'], states: 4 } },
  { claim: 'Two different imported declarations of one name are an error where the name is used', spec: 'import "./a"\nimport "./b"\nprocess p { m := 1 }\n//// a\nvar m: 0..2 = 0\n//// b\nvar m: 0..2 = 0\n', shows: { errors: ['resolve/ambiguous'] } },
  { claim: 'Modules that import each other in a circle are an error.', spec: 'import "./a"\nprocess p { skip }\n//// a\nimport "./b"\n//// b\nimport "./a"\n', shows: { errors: ['module/cycle'] } },
  { claim: '`check` and `expect` of an imported file are not used.', spec: 'import "./m"\nprocess q { skip }\n//// m\nvar m: 0..2 = 0\nprocess p { m := 1 }\ninvariant I = m == 0\nexpect I violated\ncheck other { }\n', shows: { violated: ['I'] } },
  // ---- declarations ---------------------------------------------------------------------------------------------------
  { claim: '`var x: T in S` starts with any element of S: one initial state for each', spec: 'var x: 0..3 in 1..3\nprocess p { x := 0 }', shows: { initial: 3, states: 4 } },
  { claim: 'Choices in it make several initial states', spec: 'var x: 0..3 = 0\ninit { either { x := 1 } or { x := 2 } }\nprocess p { skip }', shows: { initial: 2 } },
  { claim: 'an error in it is a violation with an empty trace', spec: 'var x: 0..3 = 0\ninit { x := 3 x := x + 1 }\nprocess p { skip }', shows: { violated: ['out_of_range'] } },
  { claim: 'if no state is left, the spec is wrong', spec: 'var x: 0..3 = 0\ninit { await x == 1 }\nprocess p { skip }', shows: { errors: ['init/no-state'] } },
  { claim: 'their own names never clash with those around it.', spec: 'var x: 0..3 = 0\nmacro twice() { with v in {2} { x := v } }\nprocess p { with v in {1} { atomic { twice() x := x + v } } }\ninvariant I = x in {0, 3}', shows: { violated: [] } },
  { claim: 'The order of declarations does not matter.', spec: 'invariant I = x <= N\nprocess p { x := N }\nvar x: 0..N = 0\nconst N: 1..3 = 2', shows: { violated: [], states: 2 } },
  { claim: 'may use constants and defs, but no variables.', spec: 'var n: 0..3 = 1\nvar x: 0..n = 0\nprocess p { x := 1 }', shows: { errors: ['type/not-constant'] } },
  // ---- ghosts ---------------------------------------------------------------------------------------------------------
  { claim: 'it joins the step before it and sees the state after that step.', spec: 'var x: 0..3 = 0\nghost var g: 0..3 = 0\nprocess p { x := 2 g := x x := 1 }\ninvariant I = g == 0 || g == 2\ninvariant J = x == 2 => g == 2', shows: { violated: [], states: 3 } },
  { claim: 'The program may not read ghosts', spec: 'var x: 0..3 = 0\nghost var g: 0..3 = 0\nprocess p { g := 1 x := g }', shows: { errors: ['ghost/read'] } },
  { claim: 'One assignment does not write both kinds.', spec: 'var x: 0..3 = 0\nghost var g: 0..3 = 0\nprocess p { x, g := 1, 1 }', shows: { errors: ['ghost/mixed'] } },
  // ---- types ----------------------------------------------------------------------------------------------------------
  { claim: 'Using it as a T checks for null', spec: 'var x: 0..1? = null\nvar y: 0..1 = 0\nprocess p { y := x }', shows: { violated: ['null_dereference'] } },
  { claim: 'Records are values: assignment copies', spec: 'record R { a: 0..1 = 0 }\nvar r: R = R { }\nvar s: R = R { }\nprocess p { s := r r.a := 1 }\ninvariant I = s.a == 0', shows: { violated: [] } },
  { claim: 'if no value can fit, that is an error of the compiler (`type/never-fits`)', spec: PAIR('x := 4'), shows: { errors: ['type/never-fits'] } },
  { claim: 'if some do not, the step that stores one errs with `out_of_range`.', spec: PAIR('x := 3 y := x + 1'), shows: { violated: ['out_of_range'] } },
  { claim: 'In between, a value may leave the range, but not 32 bits.', spec: PAIR('x := (x + 100) % 4'), shows: { violated: [] } },
  { claim: 'or, for a map, one value for all keys', spec: 'var f: [0..2 -> bool] = false\nprocess p { f[1] := true }\ninvariant I = !f[0] && !f[2]', shows: { violated: [], states: 2 } },
  { claim: 'a bare number does not tell the range, so it needs one.', spec: 'var x = 1\nprocess p { x := 0 }', shows: { errors: ['type/needs-range'] } },
  { claim: 'must be assigned on every way to its first use.', spec: 'pool C[1] { a: 0..1 = 0 }\nvar x: 0..1 = 0\nprocess p { var c: C  if x == 0 { c := new C { } }  touch c }', shows: { errors: ['flow/unassigned'] } },
  // ---- statements -----------------------------------------------------------------------------------------------------
  { claim: 'indices and right sides are computed first.', spec: 'var x: 0..3 = 1\nvar y: 0..3 = 2\nprocess p { atomic { x, y := y, x } }\ninvariant I = x + y == 3', shows: { violated: [], states: 2 } },
  { claim: 'Naming one place twice is an error', spec: 'var m: [0..1 -> 0..1] = 0\nprocess p { with i in 0..1 { m[0], m[i] := 0, 1 } }', shows: { violated: ['assigned_twice'] } },
  { claim: 'a process may wait here for ever without being stuck', spec: 'var x: bool = false\nprocess p { rest until x }', shows: { violated: [] } },
  { claim: '| `await e` | waits until e is true |', spec: 'var x: bool = false\nprocess p { await x }', shows: { violated: ['deadlock'] } },
  { claim: 'It is the first statement of its step', spec: 'var x: 0..1 = 0\nprocess p { atomic { x := 1 rest until x == 1 } }', shows: { errors: ['steps/rest-not-first'] } },
  { claim: 'a step that finds e false errs', spec: PAIR('assert x == 1 y := 1'), shows: { violated: ['assertion'], states: 1 } },
  { claim: 'a false e violates the property Name, and the step goes on', spec: PAIR('assert x == 1 as A y := 1'), shows: { violated: ['A'], states: 2 } },
  { claim: 'any branch that can go on', spec: PAIR('either { await x == 1 y := 1 } or { y := 2 }'), shows: { violated: [], states: 2 } },
  { claim: 'waits while S is empty.', spec: 'var s: set of 0..1 = {}\nvar x: 0..1 = 0\nprocess p { with i in s { x := i } }', shows: { violated: ['deadlock'] } },
  { claim: 'calls f when the body is left, whichever way; the last one first.', spec: 'var x: 0..7 = 0\natomic procedure add(n: 0..3) { x := x * 2 + n }\nprocedure q() { defer add(1) defer add(2) return }\nprocess p { q() }\ninvariant I = x in {0, 2, 5}', shows: { violated: [], states: 3 } },
  { claim: 'then it begins only where it can run to its end', spec: PAIR('atomic { x := 1 await y == 1 }'), shows: { violated: ['deadlock'], states: 1 } },
  { claim: 'writes `new` if `old` is there; gives what was there', spec: PAIR('x := 2 y := cmpxchg(x, 2, 3) y := cmpxchg(x, 2, 1)') + 'invariant I = y != 3 || x == 3\ninvariant J = x != 1', shows: { violated: [] } },
  { claim: 'A label inside one is an error.', spec: PAIR('atomic { a: x := 1 }'), shows: { errors: ['steps/label-in-atomic'] } },
  // ---- procedures -----------------------------------------------------------------------------------------------------
  { claim: 'Arguments are evaluated once, at the call', spec: 'var x: 0..1 = 0\nvar y: 0..1 = 0\nprocedure f(a: 0..1) { skip y := a }\nprocess p { f(x) }\nprocess q { x := 1 }\ninvariant I = done(p) && y == 1 => x == 1', shows: { violated: [] } },
  { claim: 'Its references and indices are evaluated once, at the call, like C\'s `&`', spec: 'var i: 0..1 = 0\nvar m: [0..1 -> 0..1] = 0\nprocedure f(inout a: 0..1) { i := 1 a := 1 }\nprocess p { f(m[i]) }\ninvariant I = m[1] == 0', shows: { violated: [] } },
  { claim: 'recursion is an error.', spec: 'procedure f() { f() }\nprocess p { f() }', shows: { errors: ['resolve/recursion'] } },
  { claim: 'A procedure with a result ends every way in `return e`.', spec: PAIR('x := f()') + 'procedure f(): 0..1 { if y == 0 { return 1 } }', shows: { errors: ['flow/missing-return'] } },
  { claim: 'the whole call, arguments and storing the result included, is one step.', spec: PAIR('x := f(y)') + 'atomic procedure f(a: 0..3): 0..3 { y := 2 return a + 1 }', shows: { violated: [], states: 2 } },
  { claim: 'It may wait; then the call waits.', spec: PAIR('f()') + 'atomic procedure f() { x := 1 await y == 1 }\nprocess q { y := 1 }', shows: { violated: [], states: 3 } },
  // ---- steps ----------------------------------------------------------------------------------------------------------
  { claim: 'Storing a call\'s result in a shared place is a step of its own.', spec: PAIR('x := f()') + 'procedure f(): 0..3 { y := 1 return 2 }', shows: { states: 3 } },
  { claim: 'What is given for one is evaluated where it is read: what is not read cannot err', spec: 'def never(a: 0..1): bool = true\ndef now(a: 0..1): bool = a == 1\nvar x: 0..1 = 0\nvar y: bool = false\nprocess p { y := never(1 / x) y := now(1 / x) }', shows: { violated: ['division_by_zero'], states: 2 } },
  { claim: 'The process that runs these still stands where its step began, like `pc` in PlusCal.', spec: 'var x: 0..1 = 0\nghost var g: bool = false\nprocess p {\n  a: x := 1\n  g := at(p, a)\n  b: x := 0\n}\ninvariant I = at(p, b) => !g', shows: { violated: ['I'] } },
  { claim: 'but nobody ever stands at it: `at` of it is an error.', spec: PAIR('either { a: x := 1 } or { y := 1 }') + 'invariant I = !at(p, a)', shows: { errors: ['steps/label-not-a-state'] } },
  { claim: 'is one step all the same, with the warning `atomicity/many-accesses`', spec: PAIR('x := x + 1'), shows: { warnings: ['atomicity/many-accesses'], states: 2 } },
  { claim: 'But an error counts as soon as it is reached, whether or not a later `await` is true.', spec: PAIR('atomic { x := 3 x := x + 1 await y == 1 }'), shows: { violated: ['out_of_range'] } },
  { claim: 'An `atomic` that goes round 10,000 times is the error `endless_atomic`.', spec: PAIR('atomic { while x == 0 { y := 1 } }'), shows: { violated: ['endless_atomic'] } },
  { claim: 'A local that nothing can read any more goes back to its initial value', spec: 'var x: 0..3 = 0\nprocess p { var l: 0..3 = 0  with i in 0..3 { l := i  x := 0 } x := l x := 1 }', shows: { violated: [] } },
  { claim: 'a missing one is the error `steps/label-needed`', spec: 'steps label\nvar x: 0..3 = 0\nprocess p { x := 1 }', shows: { errors: ['steps/label-needed'] } },
  { claim: 'a `loop` whose body begins with a label needs none.', spec: 'steps label\nvar x: 0..1 = 0\nprocess p { loop { a: x := 1 - x } }', shows: { violated: [], states: 2 } },
  // ---- done, waiting, deadlock ----------------------------------------------------------------------------------------
  { claim: 'That repetition counts in `generated`.', spec: 'var x: 0..1 = 0\nprocess p { x := 1 }', shows: { states: 2, generated: 3 } },
  { claim: 'A step that errs counts as possible.', spec: PAIR('x := 3 y := x + 1'), shows: { violated: ['out_of_range'] } },
  // ---- objects --------------------------------------------------------------------------------------------------------
  { claim: 'every property that is not violated is undecided', spec: 'pool C[1] { a: 0..1 = 0 }\nprocess p(i in 0..1) { var c: C  c := new C { }  touch c }\ninvariant I = true', shows: { violated: ['C.exhausted'], undecided: true } },
  { claim: '`new? P { }` gives null instead', spec: 'pool C[1] { a: 0..1 = 0 }\nvar last: [0..1 -> C?] = null\nprocess p(i in 0..1) { last[i] := new? C { } }\ninvariant I = last[0] == null || last[1] == null\ninvariant J = done(p[0]) && done(p[1]) => last[0] != null || last[1] != null', shows: { violated: [] } },
  { claim: 'After it, reading or writing a field through any reference is `P.use_after_free`', spec: 'pool C[1] { a: 0..1 = 0 }\nprocess p { var c: C  c := new C { }  free c  c.a := 1 }', shows: { violated: ['C.use_after_free'] } },
  { claim: 'freeing again is `P.double_free`.', spec: 'pool C[1] { a: 0..1 = 0 }\nprocess p { var c: C  c := new C { }  free c  free c }', shows: { violated: ['C.double_free'] } },
  { claim: 'Following null is `null_dereference`.', spec: 'pool C[1] { a: 0..1 = 0 }\nvar c: C? = null\nprocess p { touch c }', shows: { violated: ['null_dereference'] } },
  { claim: 'A freed slot is not taken again while a variable, a readable local or a live object still refers to it', spec: 'pool C[1] { a: 0..1 = 0 }\nvar c: C? = null\nvar d: C? = null\nprocess p { c := new C { }  free c  d := new C { }  touch c }', shows: { violated: ['C.exhausted'], undecided: true } },
  { claim: '`pool P[n] reuse` takes a slot again at once', spec: 'pool C[1] reuse { a: 0..1 = 0 }\nvar c: C? = null\nvar d: C? = null\nprocess p { c := new C { }  free c  d := new C { }  assert c == d as Same }', shows: { violated: [] } },
  { claim: 'Comparing a stale reference gets the warning `lifetime/stale-compare`.', spec: 'pool C[2] { a: 0..1 = 0 }\nvar c: C? = null\nvar d: C? = null\nvar x: bool = false\nprocess p { c := new C { }  d := c  free c  x := c == d }', shows: { warnings: ['lifetime/stale-compare'] } },
  { claim: '`pool P[n] noleak` adds `P.leak`', spec: 'pool C[1] noleak { a: 0..1 = 0 }\nvar c: C? = null\nprocess p { c := new C { }  c := null }', shows: { violated: ['C.leak'] } },
  { claim: 'its entry is fresh with each new object, and indexing it with a freed reference is a use after free.', spec: 'pool C[1] { a: 0..1 = 0 }\nvar m: [C -> 0..3] = 0\nprocess p { var c: C  c := new C { }  m[c] := 3  free c  m[c] := 1 }', shows: { violated: ['C.use_after_free'] } },
  { claim: 'In a program statement that gets the warning `lifetime/omniscient`', spec: 'pool C[1] { a: 0..1 = 0 }\nvar n: 0..1 = 0\nprocess p { n := count c in C: true }\nprocess q { var c: C  c := new C { } touch c }', shows: { warnings: ['lifetime/omniscient'] } },
  // ---- interrupts -----------------------------------------------------------------------------------------------------
  { claim: 'It may begin whenever its first step can, and runs to its end before `task` moves again', spec: 'var x: 0..3 = 0\nvar irqs: 0..1 = 0\nprocess task { x := 1 x := 0 }\nprocess irq interrupts task { await irqs == 0 irqs := 1 x := 3 x := x - 1 }\ninvariant I = done(irq) || x != 0 || irqs == 0', shows: { violated: ['I'] } },
  { claim: 'A task that is done can still be interrupted.', spec: 'var x: 0..1 = 0\nprocess task { skip }\nprocess irq interrupts task { await x == 0 x := 1 }\ninvariant I = done(task) => x == 0', shows: { violated: ['I'] } },
  // ---- expressions ----------------------------------------------------------------------------------------------------
  { claim: '`/` and `%` cut towards zero as in C, and by zero is an error', spec: 'var x: -3..3 = -3\nvar y: -3..3 = 0\nprocess p { y := x / 2 assert y == -1 as A  y := x % 2 assert y == -1 as B  y := x / y  y := 0  y := x / y }', shows: { violated: ['division_by_zero'] } },
  { claim: 'the right side is looked at only if needed', spec: 'var x: 0..1 = 0\nprocess p { await x == 0 || 1 / x == 1 }', shows: { violated: [] } },
  { claim: '`min` and `max` of an empty set', spec: 'var s: set of 0..1 = {}\nvar x: 0..1 = 0\nprocess p { x := min s }', shows: { violated: ['empty_set'] } },
  { claim: '`head` and `tail` of an empty sequence, and `append` to a full one are errors.', spec: 'var s: seq of 0..1 max 1 = <<>>\nprocess p { either { s := tail(s) } or { s := append(s, 1) s := append(s, 0) } }', shows: { violated: ['empty_sequence', 'full_sequence'] } },
  { claim: '`!a == b` means `!(a == b)`.', spec: 'var a: bool = true\nvar b: bool = false\nprocess p { skip }\ninvariant I = !a == a', shows: { violated: ['I'] } },
  { claim: 'so a range among sets needs parentheses: `S union (0..1)`.', spec: 'var s: set of 0..3 = {3}\nprocess p { s := s union (0..1) }\ninvariant I = s == {3} || s == {0, 1, 3}', shows: { violated: [] } },
  // ---- properties -----------------------------------------------------------------------------------------------------
  { claim: 'e, of every step; `x\'` or `(e)\'` is the value after it, and has no prime inside', spec: PAIR('x := 2 x := 1') + 'step invariant Up = x\' >= x', shows: { violated: ['Up'] } },
  { claim: 'the built-in check never fails; it then goes by the name I', spec: 'pool C[1] { a: 0..1 = 0 }\nprocess p { var c: C  c := new C { }  free c  touch c }\ninvariant Safe = never C.use_after_free', shows: { violated: ['Safe'] } },
  { claim: 'A state that violates an invariant is explored further', spec: PAIR('x := 1 x := 2 x := 3') + 'invariant I = x != 1\ninvariant J = x != 3', shows: { violated: ['I', 'J'] } },
  { claim: 'a step that errs leads nowhere', spec: PAIR('x := 3 y := x + 1 y := 2') + 'invariant J = y != 2', shows: { violated: ['out_of_range'] } },
  { claim: 'A property that itself errs (follows null, or a freed reference) is violated', spec: 'pool C[1] { a: 0..1 = 0 }\nvar c: C? = null\nprocess p { skip }\ninvariant I = c.a == 0', shows: { violated: ['I'] } },
  { claim: '`always p => q` means `(always p) => q` and gets a warning.', spec: 'var x: bool = false\nprocess p { x := true }\nproperty P = always x => x', shows: { warnings: ['parse/weak-implication'] } },
  { claim: 'A `property` without a temporal operator is an error.', spec: 'var x: bool = false\nprocess p { x := true }\nproperty P = x', shows: { errors: ['type/no-temporal'] } },
  // ---- checks ---------------------------------------------------------------------------------------------------------
  { claim: '`only I, P` looks at these properties alone (as `--property` does).', spec: PAIR('x := 1') + 'invariant I = x == 0\ninvariant J = x == 0\ncheck one { only J }', check: 'one', shows: { violated: ['J'] } },
  { claim: 'One that names nothing is an error.', spec: PAIR('x := 1') + 'expect Nothing violated', shows: { errors: ['check/unknown-property'] } },
  // ---- limits ---------------------------------------------------------------------------------------------------------
  { claim: '| numbers | from -2147483648 to 2147483647; every intermediate value fits 32 bits |', spec: PAIR('y := (x * 2147483647 * 2) % 4'), shows: { errors: ['type/overflow'] } },
  { claim: '| a pool | 64 slots |', spec: 'pool C[65] { a: 0..1 = 0 }\nprocess p { skip }', shows: { errors: ['type/too-large'] } },
  { claim: 'the elements of a set type, the keys of a map type, the length of a sequence | 4096 |', spec: 'var s: set of 0..4096 = {}\nprocess p { s := {1} }', shows: { errors: ['type/too-large'] } },
];
