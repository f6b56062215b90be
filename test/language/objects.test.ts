// References that are null before there is an object, and what holds a slot.

import { facts } from './facts.js';

const P = 'pool P[2] { f: 0..1 = 0 }\n';
const ONE = 'pool P[1] { f: 0..1 = 0 }\n';

facts('references that are never null', [
  ['a shared variable cannot hold one', `${P}var v: P\nprocess p { v := new P { } }`, { errors: ['type/no-first-value'] }],
  ['a map in a variable cannot hold them', `${P}var m: [0..1 -> P]\nprocess p { touch m[1] }`, { errors: ['type/no-first-value'] }],
  ['a map keyed by a pool cannot hold them', `${P}var m: [P -> P]\nprocess p { var c: P  c := new P { } touch m[c] }`, { errors: ['type/no-first-value'] }],
  ['a map in a local cannot hold them', `${P}process p { var m: [0..1 -> P]  m[0].f := 1 }`, { errors: ['type/no-first-value'] }],
  ['a record in a local cannot hold one', `${P}record R { p: P }\nprocess p { var r: R  touch r.p }`, { errors: ['type/no-first-value'] }],
  ['a field of an object is given one by new', 'pool P[2] { next: P? = null }\npool Q[1] { to: P }\nprocess p { var a: P var b: Q a := new P { } b := new Q { to: a } touch b.to }', { errors: [], violated: [] }],
  ['new without it is an error', 'pool P[2] { next: P? = null }\npool Q[1] { to: P }\nprocess p { var b: Q b := new Q { } touch b.to }', { errors: ['type/mismatch'] }],
  ['sets and sequences may hold them', `${P}var s: set of P = {}\nvar q: seq of P max 1\nprocess p { var c: P c := new P { } s := {c} q := <<c>> }\ninvariant I = (forall c in s: c.f == 0) && (len(q) > 0 => head(q).f == 0)`, { errors: [], violated: [] }],
  ['a type that is left open may have a first value', 'abstract type T\nvar x: T\nvar y: T? = null\nprocess p { y := x }', { errors: [] }],
  ['a property sees null in a local before it is assigned', `${P}var x: 0..1 = 0\nprocess p { var c: P  x := 1  c := new P { f: 1 } skip c.f := 1 free c }\ninvariant I = alive(p.c) => p.c.f == 1\ninvariant J = p.c == null => x <= 1\ninvariant K = p.c != null\ninvariant L = p.c.f == 1`, { violated: ['K', 'L'] }],
  ['an assertion sees null in another’s local before it is assigned', `${P}var x: 0..1 = 0\nprocess p { var c: P  x := 1  c := new P { f: 1 } }\nprocess q { skip assert p.c.f == 1 as A }`, { violated: ['null_dereference'] }],
]);

const NONE_LEFT = 'c := new? P { } assert c == null as A';

facts('a freed slot is not used again while', [
  ['a local set holds it', `${ONE}process p { var s: set of P = {} var c: P? c := new P { } s := {c} free c c := null ${NONE_LEFT} with d in s { skip } }`, { violated: [] }],
  ['a sequence holds it', `${ONE}var s: seq of P max 1 = <<>>\nprocess p { var c: P? c := new P { } s := <<c>> free c c := null ${NONE_LEFT} }`, { violated: [] }],
  ['a record holds it', `${ONE}record R { c: P? = null }\nvar r: R = R { }\nprocess p { var c: P? c := new P { } r.c := c free c c := null ${NONE_LEFT} }`, { violated: [] }],
  ['a field of a live object holds it', 'pool P[2] { next: P? = null }\nprocess p { var a: P? var c: P? a := new P { } c := new P { next: a } free a a := null a := new? P { } assert a == null as A touch c }', { violated: [] }],
  ['an entry of a map keyed by a live object holds it', 'pool P[2] { f: 0..1 = 0 }\nvar m: [P -> P?] = null\nprocess p { var a: P? var c: P? a := new P { } c := new P { } m[c] := a free a a := null a := new? P { } assert a == null as A touch c }', { violated: [] }],
]);

facts('a freed slot is used again although', [
  ['a ghost refers to it, which becomes null', `${ONE}ghost var g: P? = null\nprocess p { var c: P? c := new P { } g := c free c c := null c := new P { } assert g == null as A touch c }`, { violated: [] }],
  ['a ghost set has it, which loses it', `${ONE}ghost var g: set of P = {}\nprocess p { var c: P? c := new P { } g := {c} free c c := null assert g != {} as B c := new P { } assert g == {} as A touch c }`, { violated: [] }],
  ['a field of a freed object refers to it', 'pool P[2] { next: P? = null }\nprocess p { var a: P? var b: P? a := new P { } b := new P { next: a } free a a := null free b b := null a := new P { } b := new P { } touch a touch b }', { violated: [] }],
  ['a process over the pool is the one of that slot', `${ONE}process w(o in P) { loop { rest until alive(o) && o.f == 1 o.f := 0 } }\nprocess p { var c: P? c := new P { f: 1 } await c.f == 0 free c c := null c := new P { } touch c }`, { violated: [] }],
]);

const TWO = 'pool P[1] noleak { f: 0..1 = 0 }\npool Q[1] noleak { f: 0..1 = 0 }\n';

facts('an object is lost', [
  ['in the first of two pools', `${TWO}process p { var c: P? c := new P { } c := null }`, { violated: ['P.leak'] }],
  ['in the second, with none in the first', `${TWO}process p { var c: Q? c := new Q { } c := null }`, { violated: ['Q.leak'] }],
  ['though a shared variable holds another one', `pool P[2] noleak { f: 0..1 = 0 }\nvar v: P? = null\nprocess p { var c: P? v := new P { } c := new P { } c := null free v v := null }`, { violated: ['P.leak'] }],
  ['but not while a local holds it', `${TWO}process p { var c: Q? c := new Q { } touch c free c c := null }`, { violated: [] }],
]);
