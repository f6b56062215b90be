import { test } from 'vitest';
import { expectDiagnostics } from './diagnose.js';

test('the program reads no ghost, and one assignment writes one kind', () => {
  expectDiagnostics(`
ghost var seen: 0..3 = 0
var x: 0..3 = 0
process p {
  x := seen
//     ^ ghost/read: The program reads the ghost 'seen'.
  x, seen := 1, 1
//^ ghost/mixed
  seen := x
}
invariant I = seen <= 3
`);
});

test('a ghost statement joins a step and has no label of its own', () => {
  expectDiagnostics(`
steps label
ghost var seen: 0..3 = 0
var x: 0..3 = 0
process p {
  a: x := 1
  b: seen := 1
//^ ghost/labelled
}
invariant I = seen <= x
`);
});

test('no step starts inside atomic, nor without a label under steps label', () => {
  expectDiagnostics(`
var x: 0..3 = 0
process p {
  atomic {
    x := 1
    l: x := 2
//  ^ steps/label-in-atomic: Label 'l' stands inside \`atomic\`
  }
}
`);
  expectDiagnostics(`
steps label
var x: 0..3 = 0
process p {
  x := 1
//^ steps/label-needed
}
`);
});

test('break, continue and return stand where they lead somewhere', () => {
  expectDiagnostics(`
var x: 0..3 = 0
process p {
  x := 1
  break
//^ flow/outside: \`break\` outside of
}
`);
});

test('what stands behind a jump or an endless loop cannot be reached', () => {
  expectDiagnostics(`
var x: 0..3 = 0
process p {
  loop { x := 1 }
  x := 2
//^ flow/unreachable
}
procedure f(): 0..3 {
  return 1
  x := 3
//^ flow/unreachable
}
process q { x := f() }
`);
});

test('a reference is assigned before it is read, on every way', () => {
  expectDiagnostics(`
pool Obj[2] { x: 0..1 }
var go: bool = false
process p {
  var o: Obj
  if go { o := new Obj { x: 1 } }
  o.x := 0
//^ flow/unassigned: 'o' may be read before it refers to an object.
}
`);
  expectDiagnostics(`
pool Obj[2] { x: 0..1 }
var go: bool = false
process p {
  var o: Obj
  if go { o := new Obj { x: 1 } } else { o := new Obj { x: 0 } }
  o.x := 0
}
`);
});

test('a procedure with a result returns on every way', () => {
  expectDiagnostics(`
var x: 0..3 = 0
procedure f(): 0..3 {
//        ^ flow/missing-return: 'f' has a result, but can end without \`return\`.
  if x > 0 { return 1 }
}
process p { x := f() }
`);
});

test('a step with several shared accesses is said, unless it is atomic', () => {
  expectDiagnostics(`
var x: 0..3 = 0
var y: 0..3 = 0
process p {
  x := y
//^ atomicity/many-accesses: One step makes 2 shared accesses
  atomic { y := x }
}
`);
});

test('no program sees all live objects, nor compares what may be freed without a word', () => {
  expectDiagnostics(`
pool Obj[2] { x: 0..1 }
var o: Obj? = null
process p {
  atomic { await exists q in Obj: q.x == 1 }
//                           ^ lifetime/omniscient: The program asks for all live objects of 'Obj'
  o := null
}
`);
});

test('a fair process that is interrupted is owed nothing by weak fairness', () => {
  expectDiagnostics(`
var x: 0..3 = 0
fair process p { x := 1 }
//           ^ fair/interrupted: 'p' is \`fair\`, but is interrupted
process irq interrupts p { x := 2 }
`);
  expectDiagnostics(`
var x: 0..3 = 0
fair+ process p { x := 1 }
process irq interrupts p { x := 2 }
`);
});

test('a label at which no state can stop is no place to be', () => {
  expectDiagnostics(`
var x: 0..3 = 0
process p {
  var l: 0..3 = 0
  x := 1
  here: l := 2
  x := l
}
invariant I = at(p, here) => x == 1
`);
});

test('rest until begins its step', () => {
  expectDiagnostics(`
var x: 0..3 = 0
process p {
  atomic {
    x := 1
    rest until x == 2
//  ^ steps/rest-not-first
  }
}
`);
});
