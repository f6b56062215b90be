// Modules, scopes, what hides what.

import { facts } from './facts.js';

const M = '//// m\nconst N: 1..2\nvar x: 0..2 = 0\nprocess p { x := N }\ninvariant I = x != N\n';
const TWO = `import "./m" as a with N = 1\nimport "./m" as b with N = 2\nprocess q { skip }\n`;

facts('modules', [
  ['two instances have variables and properties of their own', `${TWO}invariant Same = a.x == 0 || b.x == 0\n${M}`, { violated: ['a.I', 'b.I', 'Same'], states: 8 }],
  ['two instances with the same constants are two', `import "./m" as a with N = 1\nimport "./m" as b with N = 1\nprocess q { skip }\ninvariant Same = a.x == b.x\n${M}`, { violated: ['a.I', 'b.I', 'Same'] }],
  ['expect finds a property of an instance by its prefix', `${TWO}expect a.I violated\nexpect b.I violated\n${M}`, { errors: [], violated: ['a.I', 'b.I'] }],
  ['a bare name that several instances have is no property', `${TWO}expect I violated\n${M}`, { errors: ['check/unknown-property'] }],
  ['one prefix for two modules is an error', 'import "./m" as a\nimport "./n" as a\nprocess q { a.set() }\n//// m\nvar x: 0..2 = 0\nprocedure set() { x := 1 }\n//// n\nvar y: 0..2 = 0\nprocedure set() { y := 1 }\n', { errors: ['resolve/duplicate-name'] }],
  [
    'one prefix that two imports bring in for two modules is an error where it is used',
    'import "./a"\nimport "./b"\nprocess q { r.set() }\n//// a\nimport "./m" as r\n//// b\nimport "./n" as r\n//// m\nvar x: 0..2 = 0\nprocedure set() { x := 1 }\n//// n\nvar y: 0..2 = 0\nprocedure set() { y := 1 }\n',
    { errors: ['resolve/ambiguous'] },
  ],
  [
    'one prefix that two imports bring in for one module is no clash',
    'import "./a"\nimport "./b"\nprocess q { r.set() }\ninvariant I = r.x == 0\n//// a\nimport "./m" as r\n//// b\nimport "./m" as r\n//// m\nvar x: 0..2 = 0\nprocedure set() { x := 1 }\n',
    { violated: ['I'] },
  ],
  ['a built-in function that one file shadows is itself in others', 'import "./m"\ndef len(x: 0..3): 0..3 = 3\nprocess p { skip }\ninvariant I = n() == 1 && len(0) == 3\n//// m\nvar s: seq of 0..1 max 2 = <<1>>\ndef n(): 0..2 = len(s)\n', { violated: [] }],
  ['what gives an abstract procedure must have its parameters', 'import "./m"\nvar v: 0..3 = 0\nprocedure f(x: 0..3) { skip }\nprocess q { go() }\n//// m\nabstract procedure f(inout x: 0..3)\nvar w: 0..3 = 0\nprocedure go() { f(w) }\n', { errors: ['module/does-not-fit'] }],
  [
    'assertions of one name in two instances are two properties, each with its prefix',
    `import "./m" as a with N = 1\nimport "./m" as b with N = 2\nprocess q { skip }\nexpect a.Small holds\n//// m\nconst N: 1..2\nvar x: 0..2 = 0\nprocess p { x := N assert x == 1 as Small }\n`,
    { errors: [], violated: ['b.Small'] },
  ],
  ['each instance has its own pool, errors and names for them', `${TWO}expect b.Safe violated\n//// m\nconst N: 1..2\npool P[1] { f: 0..3 = N }\nprocess p { var c: P c := new P { } assert c.f == N as F free c if N == 2 { touch c } }\ninvariant Safe = never P.use_after_free\n`, { errors: [], violated: ['b.Safe'] }],
  ['each file keeps its grain', 'steps label\nimport "./m"\nvar y: 0..3 = 0\nprocess q { a: x := 1 y := 1 f() b: y := 2 }\ninvariant I = x == 1 => y >= 1\ninvariant J = x != 2\n//// m\nvar x: 0..3 = 0\nprocedure f() { x := 2 x := 3 }\n', { violated: ['J'] }],
  ['fairness, labels and temporal properties are those of the instance', 'import "./m" as a\nimport "./n" as b\nprocess q { skip }\nproperty A = eventually a.x == 1\nproperty B = eventually b.x == 1\n//// m\nvar x: 0..1 = 0\nfair process w { l:- x := 1 }\n//// n\nvar x: 0..1 = 0\nfair process w { l: x := 1 }\n', { violated: ['A'] }],
  ['an imported assertion with the name of a property has its prefix', 'import "./m" as a\nprocess q { skip }\ninvariant A = true\n//// m\nvar x: 0..2 = 0\nprocess p { x := 1 assert x == 2 as A }\n', { violated: ['m.A'] }],
]);

facts('scopes', [
  ['a local that hides a shared variable is warned of', 'var x: 0..3 = 0\nprocess p { var x: 0..3 = 1  x := 2 }\ninvariant I = x == 0', { warnings: ['resolve/shadows-variable'], violated: [] }],
  ['a local with the name of a parameter is an error', 'var y: 0..3 = 0\nprocedure f(a: 0..3) { var a: 0..3 = 1  y := a }\nprocess p { f(2) }', { errors: ['resolve/duplicate-name'] }],
  ['a local with the name of the process’s parameter is an error', 'var y: 0..3 = 0\nprocess p(i in 0..1) { var i: 0..3 = 1  y := i }', { errors: ['resolve/duplicate-name'] }],
  ['an initial value sees the locals above it', 'var r: 0..3 = 0\nprocess p { var a: 0..3 = 2  var b = a  r := b }\ninvariant I = r in {0, 2}', { violated: [], states: 2 }],
  ['an initial value sees the local above it, not the constant that it hides', 'const N: 0..3 = 1\nvar r: 0..3 = 0\nprocess p { var N: 0..3 = 2  var y: 0..3 = N  r := y }\ninvariant I = r in {0, 2}', { violated: [] }],
  ['an initial value does not see itself', 'const a: 0..3 = 1\nvar r: 0..3 = 0\nprocess p { var a: 0..3 = a  r := a }\ninvariant I = r in {0, 1}', { violated: [] }],
  ['a parameter hides a constant', 'const N: 0..3 = 1\nvar x: 0..3 = 0\nprocedure f(N: 0..3) { x := N }\nprocess p { f(2) }\ninvariant I = x in {0, 2}', { violated: [] }],
  ['a macro means the names around its declaration, not those around its use', 'var x: 0..7 = 3\nvar y: 0..7 = 0\nmacro put() { y := x }\nprocess p { var x: 0..7 = 5  put() }\ninvariant I = y in {0, 3}', { violated: [] }],
  ['what is passed to a macro means the names around its use', 'var x: 0..7 = 0\nmacro put(a) { with v in {1} { x := a + v } }\nprocess p { with v in {5} { put(v) } }\ninvariant I = x in {0, 6}', { violated: [] }],
  ['a quantifier’s name hides a variable in its body only', 'var x: 0..3 = 0\nprocess p { x := 1 }\ninvariant I = (forall x in {2}: x == 2) && x <= 1', { violated: [] }],
  ['what is passed to a def means the names around its use', 'var m: [0..1 -> 0..1] = [k in 0..1 -> k]\ndef other(v: 0..1): bool = exists k in 0..1: m[k] == v && k != v\nprocess p { skip }\ninvariant I = forall k in 0..1: !other(k)', { violated: [] }],
  ['calls in a circle are an error, called or not', 'procedure f() { g() }\nprocedure g() { defer f() }\nprocess p { skip }', { errors: ['resolve/recursion'] }],
  ['a def in terms of itself is an error', 'def f(x: 0..3): 0..3 = if x == 0 then 0 else f(x)\nprocess p { skip }\ninvariant I = f(1) == 0', { errors: ['resolve/recursion'] }],
]);

facts('checks', [
  ['a constant set twice in one block is an error', 'const N: 1..2 = 1\nprocess q { skip }\ninvariant I = N == 1\ncheck c { N = 1 N = 2 }', { errors: ['check/contradiction'] }],
  ['a name that several imported constants have sets none of them', 'import "./m" as a with N = 1\nimport "./m" as b with N = 2\nprocess q { skip }\ninvariant I = a.n() == 1\ncheck c { N = 4 }\n//// m\nconst N: 1..4\ndef n(): 1..4 = N\nprocess p { skip }\n', { errors: ['check/unknown-constant'] }],
  ['the prefix says which of them', 'import "./m" as a with N = 1\nimport "./m" as b with N = 2\nprocess q { skip }\ninvariant I = a.n() == 1 && b.n() == 4\ncheck c { b.N = 4 }\n//// m\nconst N: 1..4\ndef n(): 1..4 = N\nprocess p { skip }\n', { errors: [], violated: [] }],
  ['the bare name is that of the spec’s own constant', 'import "./m" as a\nconst N: 1..4 = 2\nprocess q { skip }\ninvariant I = N == 4 && a.n() == 3\ncheck c { N = 4 }\n//// m\nconst N: 1..4 = 3\ndef n(): 1..4 = N\nprocess p { skip }\n', { errors: [], violated: [] }],
  ['or of the only one that is imported', 'import "./m" as a\nvar m: 0..1 = 0\nprocess q { skip }\ninvariant I = a.n() == 4\ncheck c { N = 4 }\n//// m\nconst N: 1..4 = 3\ndef n(): 1..4 = N\nprocess p { skip }\n', { errors: [], violated: [] }],
  ['two things expected of one property in one place are an error', 'var x: 0..3 = 0\nprocess p { x := 1 }\ninvariant I = x == 0\nexpect I violated\nexpect I holds', { errors: ['check/contradiction'] }],
  ['a block may expect other than the file', 'var x: 0..3 = 0\nprocess p { x := 1 }\ninvariant I = x == 0\nexpect I holds\ncheck c { expect I violated }', { errors: [], violated: ['I'] }],
  ['a constant outside its type is an error', 'const N: 1..2 = 1\nprocess q { skip }\ninvariant I = N == 1\ncheck c { N = 3 }', { errors: ['check/constant-value'] }],
  ['steps that err are reported whatever is chosen', 'var x: 0..3 = 3\nprocess p { x := x + 1 }\ninvariant I = x == 3\ncheck c { only I }', { violated: ['out_of_range'] }],
]);
