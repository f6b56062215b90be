// What a complete search says was never done: only what the configuration could have done, and only of properties that were chosen.

import { expect, test } from 'vitest';
import { checkFile } from '../../src/check/check.js';

const SPEC = `
spec covered
const N: 0..2 = 0
var x: 0..1 = 0

process some { skip }
process extra(i in {k in 0..1: k < N}) {
  if i == 1 { second: x := 1 }
}

invariant A = x == 1 => x == 1
invariant B = x == 0 => x == 0
`;

function warningsOf(constants: readonly (readonly [string, string])[], properties?: readonly string[]): readonly string[] {
  const job = {
    source: { path: 'covered.heddle', text: SPEC },
    check: 'default',
    constants,
    continueOnViolation: true,
    maxMemoryBytes: 2 ** 30,
    engine: 'builtin' as const,
    ...(properties === undefined ? {} : { properties }),
  };
  const { warnings } = checkFile(job, { load: () => undefined }, { clock: () => 0, shouldStop: () => false });
  return warnings.map((w) => w.message);
}

test('a process without instances misses no step', () => {
  expect(warningsOf([])).toEqual(['The left side of this `=>` in A was never true.']);
});

test('one with instances does', () => {
  expect(warningsOf([['N', '1']])).toEqual(['Step `second` was never reached.', 'The left side of this `=>` in A was never true.']);
  expect(warningsOf([['N', '2']])).toEqual([]);
});

test('a property that was not chosen is not said to hold for no reason', () => {
  expect(warningsOf([], ['B'])).toEqual([]);
});
