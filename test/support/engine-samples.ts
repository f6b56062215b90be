// Specs that ask something of the exporters which the real ones do not: every engine finds the same in them, and decides every property.

/** A map of so many keys makes long formulas. */
const maps = (keys: number): string => `
var a: [0..${keys} -> bool] = false
var b: [0..${keys} -> bool] = false
fair+ process p {
  loop {
    with i in 0..${keys} { await !a[i]  a[i] := true }
    b := a
    a := [k in 0..${keys} -> false]
  }
}
`;

export const SAMPLES: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'several temporal properties, about variables that nothing else reads',
    text: `${maps(3)}property Same = always eventually a == b\nproperty Never = always eventually (if b[0] then a[1] else a[2])\n`,
  },
  { name: 'a state formula that is longer than a formula of Spin may be', text: `${maps(60)}property Same = always eventually a == b\n` },
  {
    name: 'temporal formulas that are constant, or in part, or range over sets of the state',
    text: `
const KIND: 0..2 = 1
var x: 0..2 = 0
var q: set of 0..2 = {}
fair process p(i in 0..1) {
  loop {
    step: x := (x + 1) % 3
    atomic { if x in q { q := q minus {x} } else { q := q union {x} } }
  }
}
property Off = KIND == 2 => forall i in 0..1: always eventually x == i
property On = (KIND != 1 || (always eventually x == 0)) && (KIND == 0 || (forall c in (if KIND == 2 then 0..1 else 0..-1): always x == c))
property Some = exists i in 0..2: i == 5 || (eventually x == i)
property Mixed = forall i in 0..2: i == 0 || (i == 1 && (exists j in 0..(i - 1): always eventually x == j)) || (always eventually x == i)
property Queue = forall i in q: eventually x == i
property Leaves = always (forall i in q: eventually !(i in q))
property Same = (always eventually x == 0) <=> (always eventually x == 1)
property Equal = (always eventually x == 0) == (eventually x == 7)
property Never = exists i in {j in 0..2: j > 5}: always x == i
property First = x == 1 && (always eventually x == 0)
property If = if x == 0 then (eventually x == 2) else (always x == 1)
`,
  },
  {
    name: 'until, where TLA+ can say it without',
    text: `
var x: 0..2 = 0
fair process p { loop { x := (x + 1) % 3 } }
process q { x := 0 }
property Again = always (x < 2 until x == 2)
property Gap = always (x < 1 until x == 2)
property End = eventually (x == 1 until x == 2)
property Leads = x == 1 ~> (x == 5 until x == 2)
property Often = always eventually (x == 1 until x == 2)
property All = forall i in 0..2: true until x == i
`,
  },
  {
    name: 'constant properties',
    text: 'const N: 0..1 = 0\nvar x: 0..2 = 0\nprocess p { x := 1 }\ninvariant I = N == 1\nstep invariant S = N == 1\ninvariant T = N == 0\nproperty P = N == 1 || (N == 1 && always x == 0)\n',
  },
  {
    name: 'a step invariant that errs in the state after the step',
    text: `
var m: [0..1 -> 0..2] = 0
var x: 0..2 = 0
process p {
  loop { x := (x + 1) % 3 }
}
step invariant A = (m[x] == 0)'
step invariant B = x < 2 => (x < 2 && m[x] == 0)'
step invariant C = x < 2 && (x < 2)' => (m[x])' == m[x]
`,
  },
  {
    name: 'a temporal formula that looks at an object only while it lives',
    text: `
pool Cb[2] { n: 0..1 = 0 }
var at: Cb? = null
fair process p {
  loop {
    at := new Cb { n: 1 }
    atomic { free at  at := null }
  }
}
property Freed = forall x in Cb: alive(x) && x.n == 1 ~> !alive(x)
`,
  },
  {
    name: 'names that helpers, parameters and constants share with variables',
    text: `
const i: 0..1 = 1
pool P[2] { n: 0..2 = 0 }
var x: P? = null
var y: 0..3 = 0
var S: set of -3..3 = {-1, 2}
process a(x in 0..1) { y := min S + i + x }
process b { var a: P  a := new P { n: 1 }  x := a  y := (y - 3) / 2 + 2 }
invariant I = forall i in 0..1: x == null || (alive(x) => x.n >= i)
`,
  },
  {
    name: 'a quantifier that errs behind the element which decides it',
    text: `
enum E { Z, A, M }
var x: 0..3 = 0
var m: [0..3 -> 0..3] = 0
var k: [E -> 0..3] = [e in E -> if e == Z then 1 else 0]
process p { loop { x := (x + 1) % 4 } }
process q { atomic { await x == 1  assert exists i in 0..1: i == 0 || 1 / (i - 1) == 0 } }
invariant I = exists i in 0..3: i == x || m[i - 1] == 5
invariant J = forall i in 0..3: i != x || m[i + 1] == 0
invariant K = exists e in E: e == Z || 3 / k[e] == 3
invariant L = forall e in E: 3 / k[e] == 4
invariant N = exists b in bool: !b || 1 / (x - x) == 1
`,
  },
  {
    name: 'a process that is enabled because its step errs',
    text: `
var x: 0..3 = 0
process p { loop { x := x + 1 } }
process q { await x == 2 x := 0 }
invariant I = enabled(p)
invariant J = enabled(q) => x == 2
`,
  },
  {
    name: 'references that are null before they are given, and a process that there is not',
    text: `
pool P[2] { next: P? = null }
pool Q[1] { to: P }
process p(i in {1, 3}) { var a: P var b: Q a := new P { } b := new Q { to: a } touch b.to free b }
invariant I = !done(p[2])
invariant J = p[1].a != null
`,
  },
];
