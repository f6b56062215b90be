// More of a thing than a word has bits: processes, fair steps, labels, properties, formulas, slots. The 33rd counts like the first.

import { facts } from './facts.js';

const times = (n: number, f: (i: number) => string, between = ' '): string => Array.from({ length: n }, (_, i) => f(i)).join(between);
const names = (n: number, prefix: string, from = 0): readonly string[] => Array.from({ length: n }, (_, i) => `${prefix}${i + from}`);
const BLINK = 'var z: 0..1 = 0\nfair process q { loop { z := 1 z := 0 } }\n';

facts('more than 32', [
  ['processes are each owed weak fairness', 'var t: 0..33 = 0\nfair process p(i in 0..32) { await t == i t := t + 1 }\nproperty A = eventually t == 33\nproperty B = forall i in 0..32: eventually done(p[i])\nproperty C = eventually always t == 32', { violated: ['C'], states: 67 }],
  ['processes are each owed strong fairness', `var t: 0..33 = 0\n${BLINK}fair process p(i in 0..32) { a:+ await t == i && z == 1 t := t + 1 }\nproperty A = eventually t == 33\nproperty C = eventually always t == 32`, { violated: ['C'] }],
  ['labels are each owed what stands behind them', `var t: 0..40 = 0\n${BLINK}fair process p { ${times(40, (i) => `l${i}:${i === 38 ? '' : '+'} await z == 1 t := ${i + 1}`)} }\nproperty A = eventually t == 38\nproperty B = eventually t == 39`, { violated: ['B'] }],
  ['labels are told apart by `at`', `var t: 0..80 = 0\nfair process p { ${times(70, (i) => `l${i}: t := ${i}`)} }\ninvariant I = at(p, l69) => t == 68\ninvariant J = at(p, l33) => t == 32\ninvariant K = !at(p, l65)\nproperty A = eventually at(p, l64)\nproperty B = at(p, l3) ~> at(p, l69)`, { violated: ['K'], states: 71 }],
  [
    'invariants and step invariants have verdicts of their own',
    `var t: 0..34 = 0\nprocess p { while t < 33 { t := t + 1 } }\n${times(34, (i) => `invariant I${i} = t != ${i + 1}\nstep invariant S${i} = t' != ${i} || t == t'`, '\n')}`,
    { violated: [...names(33, 'I'), ...names(33, 'S', 1)] },
  ],
  [
    'temporal properties have verdicts of their own',
    `var t: 0..34 = 0\nfair process p { while t < 33 { t := t + 1 } }\n${times(34, (i) => `property E${i} = ${i % 2 === 1 ? `eventually t == ${i}` : `always t != ${i}`}\nproperty U${i} = t < ${i} until (t == ${i} && (t <= ${i} until t == ${Math.min(33, i + 1)}))`, '\n')}`,
    { violated: names(17, 'E').map((_, i) => `E${2 * i}`) },
  ],
  ['parts of one formula count each', `var t: 0..40 = 0\nfair process p { while t < 40 { t := t + 1 } }\nproperty A = ${times(40, (i) => `(eventually t == ${i + 1})`, ' && ')}\nproperty C = eventually (${times(40, (i) => `(t == ${i} && t == ${i + 1})`, ' || ')})`, { violated: ['C'] }],
  ['slots of a pool are each found, freed and missed', 'pool P[33] noleak { f: 0..1 = 0 }\nvar s: set of P = {}\nvar k: 0..33 = 0\nprocess p { var c: P? loop { if k == 33 { break } c := new P { } s := s union {c} k := k + 1 } c := null with o in s { if o.f == 0 { free o } s := s minus {o} } }\ninvariant J = (count o in P: true) == 33 => k >= 32\ninvariant K = (count o in P: true) != 33', { violated: ['K'] }],
  ['members of an enum are told apart in sets and maps', `enum E { ${times(40, (i) => `M${i}`, ', ')} }\nvar e: E\nvar s: set of E = {}\nvar m: [E -> bool] = false\nprocess p { e := M39 s := {M31, M32, M39} m[M32] := true s := s minus {M32} }\ninvariant I = done(p) => s == {M31, M39} && m[M32] && !m[M31] && (count k in E: m[k]) == 1`, { violated: [] }],
]);
