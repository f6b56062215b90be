import { expect, test } from 'vitest';
import type { Ltl } from '../../src/checker/liveness/plan.js';
import { isBadPrefix } from '../../src/engines/bad-prefix.js';

/** States as the letters of the atoms that are true there: `a` is atom 0. */
const path = (...states: readonly string[]): readonly ((atom: number) => boolean)[] => states.map((state) => (atom) => state.includes('ab'[atom]!));
const a: Ltl = { op: 'atom', atom: 0, negated: false };
const b: Ltl = { op: 'atom', atom: 1, negated: false };

test('what must always be so is lost in the first state where it is not', () => {
  expect(isBadPrefix({ kind: 'always', p: 0 }, path('a', 'a'))).toBe(false);
  expect(isBadPrefix({ kind: 'always', p: 0 }, path('a', '', 'a'))).toBe(true);
});

test('what must come in the end can always still come', () => {
  expect(isBadPrefix({ kind: 'eventually', p: 0 }, path('', '', ''))).toBe(false);
  expect(isBadPrefix({ kind: 'always-eventually', p: 0 }, path('', 'a', ''))).toBe(false);
  expect(isBadPrefix({ kind: 'eventually-always', p: 0 }, path('a', ''))).toBe(false);
  expect(isBadPrefix({ kind: 'leads-to', p: 0, q: 1 }, path('a', 'a'))).toBe(false);
});

test('until is lost where neither is true before the second was', () => {
  const until = (negated: boolean): { readonly kind: 'formula'; readonly formula: Ltl } => ({ kind: 'formula', formula: { op: 'until', left: { ...a, negated } as Ltl, right: b } });
  expect(isBadPrefix(until(false), path('a', 'a', ''))).toBe(true);
  expect(isBadPrefix(until(false), path('a', 'b', ''))).toBe(false);
  expect(isBadPrefix(until(true), path('', '', 'a'))).toBe(true);
});

test('one of two is lost where both are, however far apart', () => {
  const formula: Ltl = { op: 'or', left: { op: 'release', left: { op: 'false' }, right: a }, right: { op: 'release', left: { op: 'false' }, right: b } };
  expect(isBadPrefix({ kind: 'formula', formula }, path('ab', 'a', 'a'))).toBe(false);
  expect(isBadPrefix({ kind: 'formula', formula }, path('ab', 'a', 'ab', 'b'))).toBe(true);
});
