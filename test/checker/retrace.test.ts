import { expect, test } from 'vitest';
import { compile } from '../../src/compile.js';
import { compiledKernel } from '../../src/codegen/kernel.js';
import { explore } from '../../src/checker/explore.js';
import { Outcomes, type Kernel } from '../../src/checker/kernel.js';
import { smallestPredecessors } from '../../src/checker/retrace.js';
import { StateSpace } from '../../src/checker/space.js';

/** Each state has `many` successors, all numbers below it that differ. */
const fan = (many: number): Kernel => ({
  words: 1, properties: [], initial: () => undefined, violations: () => undefined, isTerminated: () => true,
  coverage: { sites: new Uint8Array(0), antecedents: new Uint8Array(0) }, remarks: new Set(),
  successors(states, at, out) {
    for (let i = 0; i < many; i++) {
      out.reserve();
      out.words[out.used++] = states[at]! + i;
    }
  },
});

test('a state with very many successors is looked through without keeping them', () => {
  const space = StateSpace.create(1, 1);
  const cursor = space.cursor(0);
  space.insert(Int32Array.of(5, 3), 2, cursor);
  let polls = 0;
  const [found] = smallestPredecessors(fan(100_000), space, [{ from: 0, to: 2 }], [Int32Array.of(90_000)], () => polls++);
  expect([...found!]).toEqual([3]);
  expect(polls).toBeGreaterThan(100);
});

test('a step with millions of ways that lead nowhere can be left', () => {
  const text = `
var x: 0..1 = 0
process p {
  atomic {
    with a in 0..20 { with b in 0..20 { with c in 0..20 { with d in 0..20 { with e in 0..20 { await a + b + c + d + e == 101 } } } } }
    x := 1
  }
}
invariant I = x == 0
`;
  const { model, layout } = compile({ entry: { path: 'ways.heddle', text }, loader: { load: () => undefined, known: () => [] } });
  let asked = 0;
  const { ended, verdicts } = explore(compiledKernel(model!, layout!).kernel, {
    expected: model!.properties.map(() => 'holds'),
    chosen: model!.properties.map(() => true),
    continueOnViolation: false,
    clock: () => 0,
    shouldStop: () => ++asked > 50,
  });
  expect(ended).toBe('interrupted');
  expect(verdicts.some((v) => v?.kind === 'holds')).toBe(false);
});

test('a buffer that nobody empties grows', () => {
  const out = new Outcomes(1, 1);
  for (let i = 0; i < 100; i++) {
    out.reserve();
    out.words[out.used++] = i;
  }
  expect([...out.words.slice(0, out.used)]).toEqual(Array.from({ length: 100 }, (_, i) => i));
});
