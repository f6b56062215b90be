// TLC against the built-in engine, where TLA2TOOLS_JAR names a tla2tools.jar: the same comparisons as with Spin, liveness included.
// HEDDLE_TLC_STATES for larger checks, HEDDLE_TLC_SPECS and HEDDLE_SEED for more random specs.

import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../src/model/layout.js';
import { loaderWith } from '../support/check-spec.js';
import { builtin, compareRandom, compareSpecs, compareWith, everything, prepared, tell, TOO_LARGE } from '../support/compare-engines.js';
import { SAMPLES } from '../support/engine-samples.js';
import { mutants } from '../support/mutate-model.js';

const fromEnvironment = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const STATES = fromEnvironment('HEDDLE_TLC_STATES', 800);
const SPECS = fromEnvironment('HEDDLE_TLC_SPECS', 20);
const SEED = fromEnvironment('HEDDLE_SEED', 1);

const jar = process.env['TLA2TOOLS_JAR'];
const isThere = jar !== undefined && existsSync(jar);
if (!isThere) console.warn('SKIPPED: TLC is not compared with anything, because TLA2TOOLS_JAR names no tla2tools.jar.');

describe.skipIf(!isThere)('TLC', () => {
  test('finds the same in every check of specs/ that is small enough', { timeout: 3_600_000 }, async () => {
    const all = await compareSpecs('tlc', STATES);
    tell('tlc', 'checks of specs/', all, STATES);
    expect(all.filter((c) => c.differences.length > 0)).toEqual([]);
    const small = all.filter((c) => c.left !== TOO_LARGE);
    expect(small.filter((c) => c.left === undefined).length, 'fewer than half were compared').toBeGreaterThanOrEqual(small.length / 2);
  });

  test('finds the same in random specs', { timeout: 3_600_000 }, async () => {
    const all = await compareRandom('tlc', SEED, SPECS);
    tell('tlc', 'random specs', all, 1_500);
    expect(all.filter((c) => c.differences.length > 0)).toEqual([]);
    expect(all.filter((c) => c.left === undefined).length, 'fewer than half were compared').toBeGreaterThan(all.length / 2);
  });

  test.each(SAMPLES)('agrees on $name', { timeout: 600_000 }, async ({ name, text }) => {
    const found = await compareWith('tlc', name, prepared({ path: 'test.heddle', text }, 'default', loaderWith(), 10_000));
    expect(found).toEqual(everything(found));
  });

  describe('disagrees with', () => {
    const loader = loaderWith();
    const peterson = prepared(loader.open('specs/classic/peterson.heddle'), 'default', loader, 10_000);
    const broken = mutants(peterson.model, layoutOf(peterson.model), 100);

    test('an exporter that drops the guard of a step', { timeout: 120_000 }, async () => {
      const [dropped] = broken.filter(({ what }) => what.startsWith('await'));
      const found = await compareWith('tlc', dropped!.what, peterson, () => dropped!.model);
      expect(found.differences).not.toEqual([]);
    });

    test('code that is generated wrongly', { timeout: 600_000 }, async () => {
      const found = await Promise.all(broken.map(({ what, model }) => compareWith('tlc', what, peterson, undefined, builtin({ ...peterson, model }))));
      expect(found.filter((c) => c.differences.length === 0)).toEqual([]);
    });
  });
});
