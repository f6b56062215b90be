// The bits that a process is said to leave alone, against every step that it takes on random specs.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernelOf, Outcomes } from '../../src/checker/kernel.js';
import { keptBits } from '../../src/model/layout/kept.js';
import { systemOf } from '../../src/model/system.js';
import { compileRandom, modelOf } from '../support/random-run.js';
import { randomSpec } from '../support/random-spec.js';

const SPECS = 60;
const STATES = 300;

/** Compares the first states with their successors: how many steps were looked at, and which changed a bit that is said to be kept. */
function stepsOf(text: string): { readonly steps: number; readonly wrong: readonly string[] } {
  const { model, layout } = compileRandom(text);
  if (model === undefined || layout === undefined) return { steps: 0, wrong: [] };
  const kernel = kernelOf(systemOf(model, layout));
  const { words } = kernel;
  const kept = keptBits(model, layout);
  const out = new Outcomes(words, 64);
  const known = new Set<string>();
  const work: Int32Array[] = [];
  const wrong: string[] = [];
  let steps = 0;
  let polls = 0;
  out.onPoll = () => {
    if (++polls > 100) throw new RangeError('enough');
  };
  const take = (from: Int32Array | undefined, process: number): void => {
    for (let q = 0; q < out.used; q += words) {
      const state = out.words.slice(q, q + words);
      if (from !== undefined) steps++;
      if (from?.some((word, w) => ((word ^ state[w]!) & kept[process]![w]!) !== 0) === true) wrong.push(`${model.instances[process]!.name}: ${from.join(' ')} -> ${state.join(' ')}`);
      if (known.has(state.join())) continue;
      known.add(state.join());
      work.push(state);
    }
    out.used = 0;
  };
  try {
    kernel.initial(out);
    take(undefined, -1);
    for (let state = work.pop(); state !== undefined && known.size < STATES; state = work.pop()) {
      for (let process = 0; process < kernel.processes!; process++) {
        kernel.successorsOf!(process, state, 0, out);
        take(state, process);
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { steps, wrong };
}

test('no step of a process changes a bit that the process keeps', { timeout: 300_000 }, () => {
  let steps = 0;
  for (const text of fc.sample(randomSpec, { seed: 20_261_121, numRuns: SPECS })) {
    const found = stepsOf(text);
    expect(found.wrong, text).toEqual([]);
    steps += found.steps;
  }
  expect(steps).toBeGreaterThan(5_000);
});

test('what has to forget an object whose slot is taken again is not kept', () => {
  // The second process writes no variable that the first reads; but its new object makes `last` null.
  const { steps, wrong } = stepsOf(`spec s
steps label
pool P[1] { }
ghost var last: P? = null
process a {
  var x: P?
  a1: x := new? P { }
      last := x
  a2: if x != null { free x }
      x := null
}
process b {
  var y: P?
  b1: y := new? P { }
}
`);
  expect(steps).toBeGreaterThan(3);
  expect(wrong).toEqual([]);
});

test('a process keeps what only others write', () => {
  const { model, layout } = modelOf(`spec s
steps label
var x: 0..3 = 0
var y: 0..3 = 0
process a { a1: x := 1 }
process b { b1: y := x }
`);
  const [a, b] = keptBits(model, layout);
  expect(layout.words).toBe(1);
  // Together they may change everything that is used; what one may change the other keeps.
  expect(a![0]! | b![0]!).toBe(-1);
  expect(~(a![0]! & b![0]!)).toBe(2 ** layout.bits - 1);
});
