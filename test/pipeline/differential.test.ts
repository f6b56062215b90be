// Generated code against the interpreter, on random specs: counts, verdicts, traces state for state, coverage and remarks are the same.
// HEDDLE_SEED, HEDDLE_SPECS and HEDDLE_STATES (the size at which a search is cut off) for more; HEDDLE_FROM for a slice of them.

import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { kernelOf } from '../../src/checker/kernel.js';
import { compiledKernel } from '../../src/codegen/kernel.js';
import { systemOf } from '../../src/model/system.js';
import { compareKernels, differences, exploreWithin, type KernelFactory } from '../support/differential.js';
import { mutants } from '../support/mutate-model.js';
import { compileRandom, modelOf, runSpec, sharesOf, sizesOf, type Run } from '../support/random-run.js';
import { randomSpec } from '../support/random-spec.js';
import { shrinkSpec } from '../support/shrink-spec.js';

const fromEnvironment = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const SEED = fromEnvironment('HEDDLE_SEED', 3);
const FROM = fromEnvironment('HEDDLE_FROM', 0);
const SPECS = fromEnvironment('HEDDLE_SPECS', 200);
const STATES = fromEnvironment('HEDDLE_STATES', 1_500);
const BOUNDS = { states: STATES, polls: 100 + STATES / 10 };

const interpreted: KernelFactory = (model, layout) => kernelOf(systemOf(model, layout));
const generated: KernelFactory = (model, layout) => compiledKernel(model, layout).kernel;

/** What differs on a spec; nothing when it does not compile. */
function differencesOn(text: string, states = STATES): readonly string[] {
  const { model, layout } = compileRandom(text);
  if (model === undefined || layout === undefined) return [];
  try {
    return compareKernels(model, layout, [interpreted, generated], { ...BOUNDS, states }) ?? [];
  } catch (error) {
    return [`thrown: ${(error as Error).stack ?? ''}`];
  }
}

const runs: Run[] = [];

describe('generated code and the interpreter', () => {
  afterAll(() => {
    const words = Object.entries(sharesOf(runs)).map(([what, percent]) => `${what} ${percent} %`);
    const sizes = sizesOf(runs).join(', ');
    console.log(`generated code against the interpreter: ${runs.length} specs of seed ${SEED} from no. ${FROM}: ${words.join(', ')}; states of a tenth, half, nine tenths, all: ${sizes}`);
  });

  test('give the same on random specs', { timeout: 24 * 3_600_000 }, () => {
    const wrong: string[] = [];
    fc.sample(randomSpec, { seed: SEED, numRuns: FROM + SPECS }).slice(FROM).forEach((text, i) => {
      const { model } = compileRandom(text);
      if (model === undefined || wrong.length >= 5) return;
      const a = runSpec(text, BOUNDS);
      runs.push(a);
      if (a.exploration.ended === 'interrupted') return;
      let found: readonly string[];
      try {
        found = differences(a, exploreWithin(generated(a.model, a.layout), { ...BOUNDS, polls: 100 * BOUNDS.polls }));
      } catch (error) {
        found = [`thrown: ${(error as Error).stack ?? ''}`];
      }
      if (found.length === 0) return;
      const small = shrinkSpec(text, (t) => differencesOn(t, Math.min(STATES, 1_500)).length > 0);
      wrong.push(`spec ${FROM + i} of seed ${SEED}: ${found.join('\n')}\n${differencesOn(small).join('\n')}\n${small}`);
    });
    expect(wrong).toEqual([]);
  });

  test('a model with one thing wrong gives something else, but for what does not matter', { timeout: 600_000 }, () => {
    let noticed = 0;
    let all = 0;
    for (const text of fc.sample(randomSpec, { seed: 1, numRuns: 12 })) {
      const { model, layout } = modelOf(text);
      const bounds = { states: 300, polls: 100 };
      const right = exploreWithin(interpreted(model, layout), bounds);
      for (const mutant of mutants(model, layout, bounds.states)) {
        all++;
        // On the interpreter, which can be stopped: a loop that no longer counts has no end of paths.
        if (differences(right, exploreWithin(interpreted(mutant.model, layout), bounds)).length > 0) noticed++;
      }
    }
    // Some say the same as before, or nothing reads what they wrote.
    expect(noticed / all).toBeGreaterThan(0.4);
  });
});
