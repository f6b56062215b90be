// Shared accesses of one step: how they are counted, statement by statement.
import { test } from 'vitest';
import { expectDiagnostics } from './diagnose.js';

/** In a module, where nothing need be used. */
const MODULE = `var x: 0..3 = 0
var y: 0..3 = 0
var m: [0..3 -> 0..3] = 0
pool P[2] { a: 0..3 = 0 }
var r: P? = null
ghost var g: 0..3 = 0
procedure get(a: 0..3): 0..3 { return a }
procedure put(inout a: 0..3) { a := 1 }
atomic procedure both(a: 0..3): 0..3 { return a }
`;
const HEAD = `import "./state"
process p {
  var l: 0..3 = 0
  var o: P
`;
// What a statement does not use is read here.
const TAIL = '\n}\ninvariant I = g <= 3 && p.l <= 3 && alive(p.o)\n';

test.each([
  'x := l', 'l := x', 'x, l := l, l', 'm[l] := l', 'm[x] := 1\n//^ atomicity/many-accesses: One step makes 2 shared accesses (reads x, writes m).',
  'x := x\n//^ atomicity/many-accesses: One step makes 2 shared accesses (reads x, writes x).',
  'x, y := l, l\n//^ atomicity/many-accesses: One step makes 2 shared accesses (writes x, writes y).',
  'await x == 0', 'await x == 0 || x == 1\n//^ atomicity/many-accesses', 'if x == y { skip }\n//^ atomicity/many-accesses',
  'while x == y { skip }\n//^ atomicity/many-accesses', 'l := get(x)', 'l := get(m[x])\n//^ atomicity/many-accesses', 'put(m[x])', 'x := get(y)', 'x := both(y)',
  'l := cmpxchg(x, 0, 1)', 'x := cmpxchg(y, 0, 1)\n//^ atomicity/many-accesses: One step makes 2 shared accesses (exchanges y, writes x).',
  'o := new P { }\n  l := o.a', 'touch r\n//^ atomicity/many-accesses: One step makes 2 shared accesses (reads r, touches an object).',
  'free r\n//^ atomicity/many-accesses: One step makes 2 shared accesses (reads r, frees an object).',
  'x := 1\n  g := x + y', 'x := 1\n  assert x == y', 'atomic { x := x + y }', 'with z in {x} { l := z }',
  'with z in {x} { y := z }\n//                ^ atomicity/many-accesses: One step makes 2 shared accesses (reads x, writes y).',
  'either { await x == 0 } or { await y == 0 }', 'with z in 0..3 { y := z }',
])('%s', (statement) => {
  expectDiagnostics(`${HEAD}  ${statement}${TAIL}`, { 'state.heddle': MODULE });
});
