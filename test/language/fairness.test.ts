// What `+` and `-` behind a label change, where a process rests, and that neither is lost without a word.

import { facts } from './facts.js';

const XY = 'var x: 0..3 = 0\nvar y: 0..3 = 0\n';
const E = '\nproperty E = eventually x == 1';
const BLINK = `\nfair process q { loop { y := 1 y := 0 } }${E}`;

facts('a label with `-` owes no fairness', [
  ['on an assignment', `${XY}fair process p { a:- x := 1 }${E}`, { violated: ['E'] }],
  ['on `atomic`', `${XY}fair process p { a:- atomic { x := 1 y := 1 } }${E}`, { violated: ['E'] }],
  ['on `if`', `${XY}fair process p { a:- if y == 0 { x := 1 } }${E}`, { violated: ['E'] }],
  ['on `while`', `${XY}fair process p { a:- while y == 0 { x := 1 y := 1 } }${E}`, { violated: ['E'] }],
  ['on `loop`', `${XY}fair process p { a:- loop { x := 1 - x } }${E}`, { violated: ['E'] }],
  ['on a call', `${XY}procedure f() { x := 1 }\nfair process p { a:- f() }${E}`, { violated: ['E'] }],
  ['on a choice', `${XY}fair process p { a:- either { x := 1 } or { x := 1 y := 1 } }${E}`, { violated: ['E'] }],
  ['on a statement behind local ones', `${XY}fair process p { var n: 0..1  n := 1 a:- x := n }${E}`, { violated: ['E'] }],
  ['on `break`', `${XY}fair process p { loop { y := 1 a:- break } x := 1 }${E}`, { violated: ['E'] }],
]);

facts('a label with `+` owes strong fairness', [
  ['where weak fairness owes nothing', `${XY}fair process p { await y == 1 x := 1 }${BLINK}`, { violated: ['E'] }],
  ['to its step', `${XY}fair process p { a:+ await y == 1 x := 1 }${BLINK}`, { violated: [] }],
  ['to its step in a procedure, wherever it is called', `${XY}procedure f() { skip a:+ await y == 1 }\nfair process p { either { f() } or { f() } x := 1 }${BLINK}`, { violated: [] }],
  ['and nothing in a process that is not fair', `${XY}process p { a:+ await y == 1 x := 1 }${BLINK}`, { violated: ['E'] }],
]);

const LOST = { errors: ['steps/fairness-of-a-branch'] };

facts('`+` or `-` behind a label that starts no step is an error', [
  ['in a branch', `${XY}fair process p { either { a:- x := 1 } or { await false } }${E}`, LOST],
  ['in `with`', `${XY}fair process p { with i in 0..1 { a:+ await y == i } x := 1 }${E}`, LOST],
  ['at the start of a procedure that is called in a branch', `${XY}procedure f() { a:+ await y == 1 }\nfair process p { either { f() } or { f() } x := 1 }${BLINK}`, LOST],
  ['behind the label of a loop', `${XY}fair process p { b: loop { a:- x := 1 - x } }${E}`, LOST],
  ['but not in a process that owes nothing anyway', `${XY}process p { either { a:- x := 1 } or { y := 1 } }${E}`, { violated: ['E'] }],
  ['nor in a branch that a constant switches off', `const ON: bool = false\n${XY}fair process p { either { await ON x := 2 } or { x := 1 } }${E}`, { violated: [] }],
  ['nor under `steps label`, where it starts one', `steps label\n${XY}fair process p { c: either { a:- x := 1 } or { b: x := 1 } }${E}`, { violated: ['E'] }],
]);

const TASK = 'var z: 0..1 = 0\nfair+ process t { x := 1 }\nfair process q { loop { z := 1 z := 0 } }\n';
const irq = (fairness: string, body: string, property: string): string => `${XY}${TASK}${fairness}process a interrupts t { ${body} }\nproperty E = ${property}`;

facts('an interrupt', [
  ['that is not fair may never begin, whatever its label says', irq('', 'b:+ await y == 0 && z == 1 y := 1', 'eventually y == 1'), { violated: ['E'] }],
  ['that is fair is owed strong fairness at a label with `+`', irq('fair ', 'b:+ await y == 0 && z == 1 y := 1', 'eventually y == 1'), { violated: [] }],
  ['that is fair is owed no more than weak fairness elsewhere', irq('fair ', 'b: await y == 0 && z == 1 y := 1', 'eventually y == 1'), { violated: ['E'] }],
  ['that has begun goes on though it is not fair', irq('', 'await y == 0 y := 2 y := 1', 'y == 2 ~> y == 1'), { violated: [] }],
  ['that has begun is owed weak fairness though it is `fair+`', irq('fair+ ', 'await y == 0 y := 2 c: await z == 1 y := 1', 'y == 2 ~> y == 1'), { violated: ['E'] }],
  ['that has begun is owed strong fairness at a label with `+`', irq('', 'await y == 0 y := 2 c:+ await z == 1 y := 1', 'y == 2 ~> y == 1'), { violated: [] }],
  ['that has begun may stay at a label with `-`', irq('', 'await y == 0 y := 2 c:- y := 1', 'y == 2 ~> y == 1'), { violated: ['E'] }],
  ['may have no such label in a branch', irq('', 'await y == 0 y := 2 either { c:- y := 1 } or { await false }', 'y == 2 ~> y == 1'), LOST],
]);

const TWO = 'var x: 0..3 = 0\nprocess p { var n: 0..1 in {0, 1}  ';

facts('where locals say what a process begins with', [
  ['it rests only where they say so', `${TWO}loop { if n == 1 { rest until x == 3 } else { await x == 3 } } }\ninvariant I = done(p) => p.n == 1`, { violated: ['deadlock'] }],
  ['it rests where all ways lead to a rest', `${TWO}loop { if n == 1 { rest until x == 3 } else { rest until x == 2 } } }`, { violated: [], states: 2 }],
  ['it is at none of the labels behind them', `${TWO}if n == 1 { a: x := 1 } else { b: x := 2 } }\ninvariant I = at(p, a) => p.n == 1`, { errors: ['steps/label-not-a-state'] }],
  ['it is at the only label behind them', `var x: 0..3 = 0\nprocess p { var n: 0..1 = 1  while n > 0 { a: x := 1  n := 0 } }\ninvariant I = at(p, a)\ninvariant J = x == 0 => at(p, a)`, { violated: ['I'], states: 2 }],
  ['they still belong to the first step where no rest depends on them', `${TWO}if n == 1 { x := 1 } else { x := 2 } }`, { violated: [], states: 4 }],
]);

facts('two labels one behind the other', [
  ['are one step by statement', 'var x: 0..1 = 0\nprocess p { l: loop { a: x := 1 - x } }', { states: 2 }],
  ['are two steps by label', 'steps label\nvar x: 0..1 = 0\nprocess p { l: while true { a: x := 1 - x } }\ninvariant I = !at(p, a)', { violated: ['I'], states: 4 }],
  ['are two steps by label at a call in `return`', 'steps label\nvar x: 0..1 = 0\nprocedure f(): 0..1 { a: x := 1 - x return 1 }\nprocedure g(): 0..1 { l: return f() }\nprocess p { b: g() }\ninvariant I = !at(p, a)', { violated: ['I'], states: 4 }],
]);
