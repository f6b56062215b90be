// Numbers at the ends of 32 bits, null, records, sets of sets.

import { facts } from './facts.js';

const LEAST = 'var x: -2147483648..2147483647 = -2147483648\n';

facts('numbers', [
  ['the least number can be written', `${LEAST}process p { x := -1 }\ninvariant I = x in {-2147483648, -1}\ninvariant J = x != -2147483648`, { violated: ['J'] }],
  ['one more than the greatest cannot', 'var x: 0..3 = 0\nprocess p { x := 1 }\ninvariant I = x < 2147483648', { errors: ['parse/number-too-large'] }],
  ['nor subtracted', `${LEAST}process p { x := 1 - 2147483648 }`, { errors: ['parse/number-too-large'] }],
  ['the negative of the least leaves 32 bits', `${LEAST}process p { x := -x }`, { errors: ['type/overflow'] }],
  ['the least divided by what may be -1 leaves 32 bits', 'var x: -1..1 = 1\nvar y: -2147483648..0 = 0\nprocess p { y := -2147483648 / x }', { errors: ['type/overflow'] }],
  ['a product at the end of 32 bits fits', 'var x: -32767..32768 = 32768\nvar y: -2147483648..2147483647 = 0\nprocess p { y := x * -65536 }\ninvariant I = y == 0 || y == -2147483648', { violated: [] }],
  [
    'division and remainder cut towards zero',
    'var x: -7..7 = -7\nvar y: -7..7 = 0\nprocess p { y := x / 2 assert y == -3 as A y := x % 2 assert y == -1 as B x := 7 y := x / -2 assert y == -3 as C y := x % -2 assert y == 1 as D }',
    { violated: [], states: 6 },
  ],
]);

facts('numbers that may be null', [
  ['have one value more, which must fit 32 bits too', 'var r: -2147483648..2147483647? = null\nprocess p { r := -5 }\ninvariant I = r != -5', { errors: ['type/too-large'] }],
  ['in a field as well', 'record R { r: -2147483648..2147483647? = null }\nvar r: R\nprocess p { r.r := -5 }', { errors: ['type/too-large'] }],
  ['keep each other value', 'var r: -2147483648..2147483646? = null\nprocess p { r := -5 r := 2147483646 r := -2147483648 }\ninvariant I = r != -5\ninvariant J = r != 2147483646\ninvariant K = r != -2147483648\ninvariant L = r != null', { violated: ['I', 'J', 'K', 'L'], states: 4 }],
  ['are told apart in an expression', 'var x: -2147483648..2147483647 = -2147483648\nvar b: bool = true\nprocess p { x := -5 x := 2147483647 b := false }\ninvariant I = (if b then x else null) != -5\ninvariant J = (if b then x else null) != 2147483647\ninvariant K = (if b then x else null) != -2147483648\ninvariant L = (if b then x else null) != null', { violated: ['I', 'J', 'K', 'L'] }],
]);

facts('null', [
  ['is no number of a range that has none', 'var x: 0..1 = 0\nvar y: 0..2? = null\nprocess p { var k: -1..1 atomic { with i in -1..1 { k := i if k == -1 { x := 1 } } } }\ninvariant I = x == 0\ninvariant J = y == null', { violated: ['I'] }],
  ['is equal to null alone', 'enum E { A, B }\nvar x: E? = null\nvar y: E? = null\nprocess p { either { x := A } or { x := B } or { skip } }\nprocess q { either { y := A } or { y := B } or { skip } }\ninvariant I = x == y <=> (x == null && y == null) || (x == A && y == A) || (x == B && y == B)', { violated: [], states: 16 }],
  ['a part of a record that may be null cannot be assigned', 'record R { a: 0..2 = 0 }\nvar n: R? = null\nprocess p { n := R { a: 1 } n.a := 2 }', { errors: ['type/mismatch'] }],
  ['a part of a record that may be null can be read', 'record R { a: 0..2 = 0 }\nvar n: R? = null\nprocess p { n := R { a: 1 } assert n.a == 1 as A n := null assert n.a == 1 as B }', { violated: ['null_dereference'] }],
  ['a map may have null as a key', 'var m: [0..1? -> 0..3] = 0\nprocess p { m[null] := 3 m[1] := 2 }\ninvariant I = m[0] == 0', { violated: [], states: 3 }],
]);

const SETS = 'var m: set of set of 0..1 = {}\n';

facts('compound values', [
  ['a set that is put into a set is itself there', `${SETS}process p { m := {{1}} }\ninvariant I = m == {} || {1} in m\ninvariant J = !({0} in m)\ninvariant K = !({1} in m)`, { violated: ['K'] }],
  ['a set of sets grows by what is put in', `${SETS}process p { m := m union {{1}} m := m union {{0, 1}} m := m minus {{1}} }\ninvariant I = m in {{}, {{1}}, {{1}, {0, 1}}, {{0, 1}}}`, { violated: [], states: 4 }],
  ['a sequence that is put into a set is itself there', 'var m: set of seq of 0..1 max 2 = {}\nprocess p { m := {<<1>>} m := m union {<<1, 0>>} }\ninvariant I = m == {} || <<1>> in m\ninvariant J = !(<<0>> in m)', { violated: [], states: 3 }],
  ['a record that is put into a set is itself there', 'record R { s: set of 0..1 = {}, b: bool = false }\nvar m: set of R = {}\nprocess p { m := {R { s: {1} }} m := m union {R { b: true }} }\ninvariant I = m == {} || (R { s: {1} }) in m\ninvariant J = !((R { s: {0} }) in m)', { violated: [], states: 3 }],
  ['records are equal when all their fields are', 'record R { a: 0..2 = 0, b: bool? = null }\nvar r: R = R { }\nvar s: R = R { }\nprocess p { with a in 0..2 { r := R { a: a } } either { r.b := true } or { r.b := false } or { skip } }\nprocess q { with a in 0..2 { s := R { a: a } } }\ninvariant I = r == s <=> r.a == s.a && r.b == s.b', { violated: [] }],
  ['sequences are equal when they are as long and all their elements are', 'var r: seq of 0..1 max 2 = <<>>\nvar s: seq of 0..1 max 3 = <<0>>\nprocess p { with a in 0..1 { r := <<a>> } r := append(r, 0) }\nprocess q { s := <<>> s := append(s, 1) s := append(s, 0) }\ninvariant I = r == s => len(r) == len(s)\ninvariant J = r == s <=> (len(r) == len(s) && (len(r) > 0 => head(r) == head(s)) && (len(r) > 1 => head(tail(r)) == head(tail(s))))', { violated: [] }],
]);

facts('a record that is given no value', [
  ['has the defaults of its fields', 'record R { a: -1..2 = 0, b: bool = true }\nvar r: R\nprocess p { var q: R  skip }\ninvariant I = r == R { }\ninvariant J = p.q == R { }', { violated: [] }],
  ['and the first value where a field has none', 'record R { a: 1..2, b: 1..3 = 2 }\nvar r: R\nprocess p { skip }\ninvariant I = r == R { a: 1, b: 2 }', { violated: [] }],
  ['in a map, a field of an object, another record', 'record R { a: -1..2 = 0 }\nrecord S { r: R, x: 1..2 }\nvar m: [0..1 -> R]\nvar s: S\npool P[1] { r: R }\nprocess p { var c: P c := new P { } assert c.r.a == 0 as A }\ninvariant I = m[1].a == 0 && s.r.a == 0', { violated: [] }],
]);

facts('assertions', [
  [
    'one of more than a word has bits is told from the others',
    `var x: 0..40 = 0\nprocess p { atomic { ${Array.from({ length: 40 }, (_, i) => `assert x != ${i === 32 ? 0 : 40} as A${i}`).join(' ')} } }`,
    { violated: ['A32'] },
  ],
  [
    'and so it is when the step errs behind them',
    `var x: 0..40 = 0\nprocess p { atomic { ${Array.from({ length: 40 }, (_, i) => `assert x != ${i === 32 ? 0 : 40} as A${i}`).join(' ')} x := x - 1 } }`,
    { violated: ['A32', 'out_of_range'] },
  ],
]);

// A wide state lies in memory, a narrow one in variables; the first assignment makes the copy that is changed.
const WIDE = 'var a: [0..7 -> 0..1000000] = 0\n';

facts('within a step a condition is asked anew', [
  ['of a variable that has changed', 'var x: 0..3 = 2\nvar y: 0..3 = 0\nprocess p { atomic { y := 1 if x > 0 { x := 0 if x > 0 { y := 2 } } } }\ninvariant I = y != 2\ninvariant J = y == 0', { violated: ['J'] }],
  ['of one in a wide state', `${WIDE}var x: 0..3 = 2\nvar y: 0..3 = 0\nprocess p { atomic { y := 1 if x > 0 { x := 0 if x > 0 { y := 2 } } } }\ninvariant I = y != 2\ninvariant J = y == 0`, { violated: ['J'] }],
  ['by what awaits it', `${WIDE}var x: 0..3 = 2\nvar y: 0..3 = 0\nprocess p { atomic { y := 1 await x > 0 x := 0 if x > 0 { y := 2 } else { y := 3 } } }\ninvariant I = y != 2\ninvariant J = y != 3`, { violated: ['J'] }],
  ['of a local that has changed', 'var y: 0..3 = 0\nprocess p { var k: 0..3 atomic { with i in 1..2 { k := i if k == 1 { k := 2 if k == 1 { y := 2 } } } } }\ninvariant I = y != 2', { violated: [] }],
  ['in a loop', 'var x: 0..3 = 3\nvar y: 0..3 = 0\nprocess p { var k: 0..3 atomic { k := 3 while k > 0 { k := k - 1 if k > 0 { y := k } } if k > 0 { y := 3 } } }\ninvariant I = y != 3\ninvariant J = y != 1', { violated: ['J'] }],
  ['whether an object is alive', `${WIDE}pool P[2] { f: 0..1 = 0 }\nvar v: P? = null\nprocess p { v := new P { } atomic { v.f := 1 free v v.f := 0 } }\ninvariant I = v == null`, { violated: ['I', 'P.use_after_free'] }],
]);
