// Specs that random programs once tripped over, each shrunk to what mattered.

import { expect, test } from 'vitest';
import { print } from '../../src/ast/print.js';
import { kernelOf } from '../../src/checker/kernel.js';
import { compiledKernel } from '../../src/codegen/kernel.js';
import { systemOf } from '../../src/model/system.js';
import { parse } from '../../src/parser/parse.js';
import { differences, exploreWithin } from '../support/differential.js';
import { modelOf, refusalsOf, runSpec } from '../support/random-run.js';

const BOUNDS = { states: 1000, polls: 100 };
const verdicts = (text: string): Record<string, string> => Object.fromEntries(runSpec(text, BOUNDS).verdicts);

test('a goto may lead to a deferred call', () => {
  const text = `
    var x: 0..2 = 0
    procedure f(a: 0..2) { x := a }
    process p {
      var n: 0..2 = 0
      again: defer f(n)
      n := (n + 1) % 3
      if n == 1 { goto again }
    }
    invariant Last = done(p) => x == 1`;
  expect(verdicts(text)).toMatchObject({ Last: 'holds', deadlock: 'holds' });
});

test('a goto may lead into a branch that its condition never takes', () => {
  const text = `
    var x: 0..2 = 0
    process p {
      goto inner
      if 1 == 2 {
        inner: x := 2
      }
    }
    invariant Reached = done(p) => x == 2`;
  expect(verdicts(text)).toMatchObject({ Reached: 'holds' });
});

test('under steps label, nothing inside atomic needs a label', () => {
  const text = `
    steps label
    var x: 0..2 = 0
    process p {
      a: atomic {
        while x < 2 { x := x + 1 }
        if x == 2 { x := 1 } else { x := 0 }
        x := x
      }
    }
    invariant One = done(p) => x == 1`;
  expect(verdicts(text)).toMatchObject({ One: 'holds' });
});

test('an assertion and a ghost may look at a local of another process', () => {
  const text = `
    var x: 0..2 = 0
    ghost var g: 0..2 = 0
    process p {
      var n: 0..2 = 0
      n := 2
      x := n
    }
    process q {
      await x == 2
      g := p.n
      assert p.n == 2 as Two
    }
    invariant Seen = done(q) => g == 2`;
  expect(verdicts(text)).toMatchObject({ Two: 'holds', Seen: 'holds' });
});

test('a step with 2^40 paths is left when there is too much to do', () => {
  const choices = Array.from({ length: 40 }, () => '    either { x := 1 } or { x := 2 }').join('\n');
  const run = runSpec(`var x: 0..2 = 0\nprocess p {\n  atomic {\n${choices}\n    await false\n  }\n}\ninvariant I = x == 0\n`, BOUNDS);
  expect(run.exploration.ended).toBe('interrupted');
  expect(run.verdicts.get('I')).toBe('undecided');
});

test('a remainder by zero is an error of the step, whatever is divided', () => {
  const text = `
    var x: -2..2 = -1
    process p { x := x % 0 }
    invariant Kept = x % 1 == 0`;
  expect(verdicts(text)).toMatchObject({ division_by_zero: 'violated', Kept: 'holds' });
});

test('an assertion or a ghost may not ask whether a step is enabled: it could be its own', () => {
  expect(refusalsOf('var x: 0..2 = 0\nprocess p {\n  x := 1\n  assert enabled(p) as Can\n}\n')).toEqual(['type/misplaced']);
  expect(refusalsOf('var x: 0..2 = 0\nghost var g = false\nprocess p {\n  x := 1\n  g := enabled(p)\n}\n')).toEqual(['type/misplaced']);
});

test('an interrupt may have nothing to do', () => {
  const text = `
    var x: 0..1 = 0
    process p { x := 1 }
    process idle interrupts p { }
    process local interrupts p {
      var n: 0..1
      n := 1
    }
    invariant I = done(p) => x == 1`;
  expect(verdicts(text)).toMatchObject({ I: 'holds', deadlock: 'holds' });
});

/** Where generated code and the interpreter do not agree. */
function disagreements(text: string): readonly string[] {
  const { model, layout } = modelOf(text);
  const [a, b] = [kernelOf(systemOf(model, layout)), compiledKernel(model, layout).kernel].map((kernel) => exploreWithin(kernel, BOUNDS));
  return differences(a!, b!);
}

test('a map of maps is made key by key in generated code', () => {
  expect(disagreements('var v: [0..2 -> [0..3 -> 0..100]]\nprocess p(i in 0..1) {\n  v := [k in 0..2 -> v[2 - k]]\n}\ninvariant I = v[0][0] == 0\n')).toEqual([]);
});

test('an assertion that reads a local of its own process by name sees what the step has made of it', () => {
  const text = `
    var num: 0..2 = 2
    process p(i in 0..1) {
      var n: 0..2 = 0
      n := xchg(num, 0)
      assert p[0].n >= n => num == 1 as Least
    }`;
  expect(disagreements(text)).toEqual([]);
});

test.each(['Obj?', 'set of Obj', '[0..1 -> Obj?]'])('a local of type %s that only a property reads forgets the object when its slot is used again', (type) => {
  const keep = type === 'Obj?' ? 'kept := o' : type === 'set of Obj' ? 'kept := {o}' : 'kept[0] := o';
  const sees = type === 'Obj?' ? 'p[0].kept == null' : type === 'set of Obj' ? 'p[0].kept == {}' : 'p[0].kept[0] == null';
  const text = `
    pool Obj[1] { v: 0..1 = 0 }
    var turn: 0..3 = 0
    process p(i in 0..1) {
      var o: Obj?
      var kept: ${type}
      loop {
        await turn < 3
        o := new? Obj
        if o != null {
          ${keep}
          free o
          turn := turn + 1
        }
      }
    }
    invariant I = turn < 3 || ${sees}`;
  expect(disagreements(text)).toEqual([]);
});

test('under steps by label, a local that is never read forgets the object, too', () => {
  const text = `
    steps label
    pool Obj[2] reuse { }
    process p(i in 0..1) {
      var o: Obj?
      a: o := new? Obj
    }
    process q {
      var o: Obj?
      b: o := new? Obj
      c: while o != null { free o }
    }`;
  expect(disagreements(text)).toEqual([]);
});

test('what stands behind a condition on its line does not break the condition', () => {
  const long = 'if (v != v || 1 in 1..2) { v := (if v < 2 then (if v > 0 then v + 1 else v) else (if v > 1 then v - 1 else v)) }';
  const printed = (text: string): string => { const source = { path: 'random.heddle', text }; return print(parse(source).file, source); };
  const once = printed(`var v: 0..2 = 0\nprocess p {\n  ${long}\n}\n`);
  expect(once).toContain('  if (v != v || 1 in 1..2) {\n');
  expect(printed(once)).toBe(once);
});
