// Spin against the built-in engine: every check of specs/ that is small enough, and random specs. Counts, depths, verdicts and the lengths of
// traces are the same. HEDDLE_SPIN_STATES for larger ones (1000000 takes everything that can be compared), HEDDLE_SPIN_SPECS and HEDDLE_SEED for more random specs.

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../src/model/layout.js';
import { loaderWith } from '../support/check-spec.js';
import { builtin, compareRandom, compareSpecs, compareWith, everything, HUGE, prepared, tell } from '../support/compare-engines.js';
import { SAMPLES } from '../support/engine-samples.js';
import { mutants } from '../support/mutate-model.js';

const fromEnvironment = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const STATES = fromEnvironment('HEDDLE_SPIN_STATES', 50_000);
const SPECS = fromEnvironment('HEDDLE_SPIN_SPECS', 30);
const SEED = fromEnvironment('HEDDLE_SEED', 1);

const missing = ['spin', 'gcc'].filter((program) => spawnSync(program, [program === 'spin' ? '-V' : '--version']).error !== undefined);
if (missing.length > 0) console.warn(`SKIPPED: Spin is not compared with anything, because ${missing.join(' and ')} cannot be run.`);

describe.skipIf(missing.length > 0)('Spin', () => {
  test('finds the same in every check of specs/ that is small enough', { timeout: 3_600_000 }, async () => {
    const all = await compareSpecs('spin', STATES);
    tell('spin', 'checks of specs/', all, STATES);
    expect(all.filter((c) => c.differences.length > 0)).toEqual([]);
    const million = all.filter((c) => c.left !== HUGE);
    expect(million.filter((c) => c.left === undefined).length, 'fewer than half of those with at most a million states were compared').toBeGreaterThanOrEqual(million.length / 2);
  });

  test('finds the same in random specs', { timeout: 3_600_000 }, async () => {
    const all = await compareRandom('spin', SEED, SPECS);
    tell('spin', 'random specs', all, 1_500);
    expect(all.filter((c) => c.differences.length > 0)).toEqual([]);
    expect(all.filter((c) => c.left === undefined).length, 'fewer than half were compared').toBeGreaterThan(all.length / 2);
  });

  test.each(SAMPLES)('agrees on $name', { timeout: 600_000 }, async ({ name, text }) => {
    const found = await compareWith('spin', name, prepared({ path: 'test.heddle', text }, 'default', loaderWith(), 10_000));
    expect(found).toEqual(everything(found));
  });

  describe('disagrees with', () => {
    const loader = loaderWith();
    const peterson = prepared(loader.open('specs/classic/peterson.heddle'), 'default', loader, 10_000);

    test('an exporter that drops the guard of a step', { timeout: 60_000 }, async () => {
      const [dropped] = mutants(peterson.model, layoutOf(peterson.model), 100).filter(({ what }) => what.startsWith('await'));
      const found = await compareWith('spin', dropped!.what, peterson, () => dropped!.model);
      expect(found.differences).not.toEqual([]);
    });

    test('code that is generated wrongly', { timeout: 120_000 }, async () => {
      const broken = mutants(peterson.model, layoutOf(peterson.model), 100);
      expect(broken.length).toBeGreaterThan(3);
      const found = await Promise.all(broken.map(({ what, model }) => compareWith('spin', what, peterson, undefined, builtin({ ...peterson, model }))));
      expect(found.filter((c) => c.differences.length === 0)).toEqual([]);
    });
  });
});
