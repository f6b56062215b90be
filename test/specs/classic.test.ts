// The classic protocols give exactly the counts that TLC, Spin and rumur give on the same models (every size up to 150,000 states).

import { expect, test } from 'vitest';
import { checkSpec } from '../support/check-spec.js';

const COUNTS: readonly (readonly [spec: string, check: string, distinct: number, generated: number, depth: number])[] = [
  ['filter', 'three', 705, 1_726, 22],
  ['filter', 'four', 14_844, 44_121, 37],
  ['phil', 'six', 5_777, 28_741, 22],
  ['phil', 'eight', 103_681, 687_761, 30],
  ['twophase', 'three', 288, 1_146, 11],
  ['twophase', 'five', 8_832, 58_146, 17],
  ['ticket', 'five', 3_255, 6_476, 19],
  ['buffer', 'small', 8_472, 29_895, 32],
  ['buffer', 'wide', 139_536, 699_049, 41],
];

test.each(COUNTS)('%s %s has %i states', { timeout: 180_000 }, (spec, check, distinct, generated, depth) => {
  const { states, outcome, properties } = checkSpec({ file: `specs/classic/${spec}.heddle`, check });
  expect(states).toEqual({ distinct, generated, depth, initial: 1, complete: true });
  expect(outcome).toBe('expected');
  if (spec === 'phil' && check === 'eight') {
    // 17 states, the initial one included.
    expect(properties.find((p) => p.name === 'deadlock')?.trace?.steps).toHaveLength(16);
  }
});
