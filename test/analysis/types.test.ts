import { test } from 'vitest';
import { expectDiagnostics } from './diagnose.js';

test('a value of another type is refused where it stands', () => {
  expectDiagnostics(`
var x: 0..3 = 0
var b: bool = false
process p {
  x := b
//     ^ type/mismatch: Expected 0..3, found bool.
  b := x
//     ^ type/mismatch: Expected bool, found 0..3.
}
`);
});

test('a number that can never fit is refused, one that may fit is checked when it runs', () => {
  expectDiagnostics(`
var x: 0..3 = 0
process p {
  x := 7
//     ^ type/never-fits: The number 7 never fits 0..3.
  atomic { x := x + 1 }
}
`);
});

test('what a constant switches off is not held against the spec', () => {
  expectDiagnostics(`
const BUDGET: 0..3 = 0
var left: 0..BUDGET = 0
process p {
  if BUDGET > 0 { atomic { left := left - 1 } }
  left := 0
}
`);
});

test('what a constant switches off in one place is an error in another', () => {
  expectDiagnostics(`
const N: 0..3 = 0
var x: 0..3 = 0
procedure set_x() { x := 7 }
//                       ^ type/never-fits: The number 7 never fits 0..3.
macro clear(v) { v := 8 }
//                    ^ type/never-fits
def wrong(): 0..3 = 9
//                  ^ type/never-fits
process p {
  if N > 0 {
    set_x()
    clear(x)
    x := wrong()
  }
  set_x()
  clear(x)
  x := wrong()
}
`);
});

test('a procedure that is called only where a constant rules it out is excused, with what it calls', () => {
  const spec = (n: number, mark: string): string => `
const N: 0..3 = ${n}
var left: 0..3 = 0
procedure take() { inner() }
procedure inner() { left := 4 - N }
${mark}
process p { if N > 0 { take() } else { left := 0 } }
`;
  expectDiagnostics(spec(0, ''));
  expectDiagnostics(spec(1, ''));
  expectDiagnostics(spec(0, '//                          ^ type/never-fits: The number 4 never fits 0..3.').replace('N > 0', 'N == 0'));
});

test('a procedure that nothing calls is looked at like one that is called', () => {
  expectDiagnostics(`
import "./lib"
process p { skip }
`, { 'lib.heddle': 'var x: 0..3 = 0\nprocedure a() { b() }\nprocedure b() { x := 9 }\n//                   ^ type/never-fits\n' });
});

test('what is evaluated only where a constant allows it may be senseless for that constant elsewhere', () => {
  expectDiagnostics(`
const N: 0..3 = 0
var x: 0..3 = 0
var m: [0..N -> 0..3] = 0
def share(): 0..3 = if N > 0 then 3 / N else 0
process p {
  while N > 1 { x := 9 }
  if N == 0 { x := share() } else if N > 1 { x := 8 } else { m[N + 1] := 7 }
  either { await N > 2
    x := 6 } or { skip }
  await N == 0 || m[5] == 1
}
invariant I = N > 0 => m[N + 4] == 1
invariant J = x in {N + 4} => x > 9
`);
});

test('a comparison that is always false is refused', () => {
  expectDiagnostics(`
enum Color { RED, GREEN }
var c: Color = RED
var x: 0..3 = 0
process p { c := GREEN  x := 1 }
invariant I = c == x
//            ^ type/incomparable
`);
});

test('arithmetic beyond 32 bits is refused', () => {
  expectDiagnostics(`
var x: 0..2000000000 = 0
process p { x := 1 }
invariant I = x * x >= 0
//            ^ type/overflow: The value can lie between
`);
});

test('a range without values and types that are too large are refused where they are written', () => {
  expectDiagnostics(`
var a: 3..1 = 3
//     ^ type/empty-range: The range 3..1 is empty.
process p { skip }
invariant I = a == 3
`);
  expectDiagnostics(`
var a: 0..1099511627776 = 0
//        ^ parse/number-too-large: The number 1099511627776 is too large.
process p { a := 1 }
`);
});

test('a local whose range nothing tells needs one', () => {
  expectDiagnostics(`
var x: 0..3 = 0
process p {
  var y = 1
//    ^ type/needs-range: The type of 'y' is not clear.
  x := y
}
`);
});

test('initial values and constants are known before the spec runs', () => {
  expectDiagnostics(`
var x: 0..3 = 1
const N: 0..3 = x
//              ^ type/not-constant
process p { x := N }
`);
});

test('calls have as many arguments as parameters', () => {
  expectDiagnostics(`
var x: 0..3 = 0
def twice(n: 0..1): 0..3 = n + n
procedure set_x(v: 0..3) { x := v }
process p {
  set_x(1, 2)
//^ type/arguments: 'set_x' takes 1 argument, found 2.
}
invariant I = twice() <= 3
//            ^ type/arguments: 'twice' takes 1 argument, found 0.
`);
});

test('a constant and a bound name are no places', () => {
  expectDiagnostics(`
const N: 0..3 = 1
var x: 0..3 = N
process p {
  N := 2
//^ type/not-a-place
  with i in 0..3 {
    i := 1
//  ^ type/not-a-place
    x := i
  }
}
`);
});

test('a primed value stands in step invariants only', () => {
  expectDiagnostics(`
var x: 0..3 = 0
process p { x := 1 }
step invariant Up = x' >= x
invariant I = x' >= x
//            ^ type/misplaced
`);
});

test('a constant that does not fit is named by its value', () => {
  expectDiagnostics(`
const C: 0..3 = [i in 0..1 -> 3 * i + 1][1]
//              ^ type/never-fits: The number 4 never fits 0..3.
var x: 0..C = 0
process p { x := 0 }
`);
});

test('a constant that cannot be computed says why', () => {
  expectDiagnostics(`
const N: 0..9 = 3 / 0
//              ^ type/constant-error: This constant cannot be computed: division by zero
var x: 0..9 = 0
process p { x := N }
`);
});

test('a property needs a temporal operator, and an always that covers what it seems to', () => {
  expectDiagnostics(`
var x: 0..3 = 0
fair process p { x := 1 }
property P = x == 0
//           ^ type/no-temporal: 'P' has no temporal operator
property Q = always x == 0 => x >= 0
//                         ^ parse/weak-implication
`);
});

test('temporal quantifiers range over slots, others over live objects', () => {
  expectDiagnostics(`
pool Obj[2] { x: 0..1 }
var o: Obj? = null
fair process p { o := new Obj { x: 1 } }
invariant I = forall q in Obj: q.x <= 1
property P = forall q in Obj: eventually alive(q)
`);
});
