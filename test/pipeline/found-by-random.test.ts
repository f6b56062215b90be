// Specs that random programs once tripped over, each shrunk to what mattered.

import { expect, test } from 'vitest';
import { refusalsOf, runSpec } from '../support/random-run.js';

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
