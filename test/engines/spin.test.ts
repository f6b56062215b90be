// Spin against the built-in engine: every check of specs/ that is small enough, and random specs. Counts, depths, verdicts and the lengths of
// traces are the same. HEDDLE_SPIN_STATES for larger ones (1000000 takes everything), HEDDLE_SPIN_SPECS and HEDDLE_SEED for more random specs.

import { readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import pLimit from 'p-limit';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.js';
import { isError } from '../../src/base/diagnostic.js';
import type { Loader } from '../../src/analysis/modules.js';
import type { SourceFile } from '../../src/base/span.js';
import type { CheckJob, PreparedCheck } from '../../src/check/job.js';
import { prepareCheck } from '../../src/check/prepare.js';
import { runAlone } from '../../src/check/run.js';
import type { CheckOutcome } from '../../src/checker/outcome.js';
import { checkElsewhere, Disagreement } from '../../src/engines/check.js';
import { compareOutcomes } from '../../src/engines/compare.js';
import type { Model } from '../../src/model/model.js';
import { loaderWith } from '../support/check-spec.js';
import { mutants } from '../support/mutate-model.js';
import { compileRandom, runSpec } from '../support/random-run.js';
import { randomLoader, randomSpec } from '../support/random-spec.js';
import { layoutOf } from '../../src/model/layout.js';

const fromEnvironment = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const STATES = fromEnvironment('HEDDLE_SPIN_STATES', 800);
const SPECS = fromEnvironment('HEDDLE_SPIN_SPECS', 30);
const SEED = fromEnvironment('HEDDLE_SEED', 1);

const missing = ['spin', 'gcc'].filter((program) => spawnSync(program, [program === 'spin' ? '-V' : '--version']).error !== undefined);
if (missing.length > 0) console.warn(`SKIPPED: Spin is not compared with anything, because ${missing.join(' and ')} cannot be run.`);

const clock = (): number => performance.now();
const limit = pLimit(2);

const TOO_LARGE = 'it has too many states';

interface Compared {
  readonly name: string;
  readonly differences: readonly string[];
  /** It was not compared: why. */
  readonly left?: string;
}

function prepared(source: SourceFile, check: string, loader: Loader, states: number): PreparedCheck {
  const job: CheckJob = { source, check, constants: [], continueOnViolation: true, maxMemoryBytes: 2 ** 31, maxStates: states, engine: 'builtin' };
  const found = prepareCheck(job, loader, clock);
  if (!('model' in found)) throw new Error(`${source.path} ${check}: ${JSON.stringify(found.diagnostics)}`);
  return found;
}

const builtin = (p: PreparedCheck): CheckOutcome => runAlone(p, { clock, shouldStop: () => false });
const onSpin = (p: PreparedCheck, exported?: (model: Model) => Model): Promise<CheckOutcome> =>
  checkElsewhere({ ...p, job: { ...p.job, engine: 'spin' } }, { clock, traces: true, small: true, ...(exported === undefined ? {} : { exported }) });

async function compare(name: string, p: PreparedCheck, exported?: (model: Model) => Model, reference: CheckOutcome = builtin(p)): Promise<Compared> {
  if (!reference.states.complete) return { name, differences: [], left: TOO_LARGE };
  try {
    const spin = await onSpin(p, exported);
    if (spin.outcome === 'error') {
      const said = spin.diagnostics!.map((d) => `${d.message} ${d.help ?? ''}`).join(' ');
      return spin.diagnostics!.every((d) => d.code === 'engine/unsupported') ? { name, differences: [], left: said } : { name, differences: [said] };
    }
    const { differences, counts } = compareOutcomes(reference, spin);
    const lengths = reference.properties.flatMap((property) => {
      const other = spin.properties.find((q) => q.name === property.name);
      const [a, b] = [property.trace?.steps.length, other?.trace?.steps.length];
      return property.kind !== 'temporal' && a !== undefined && b !== undefined && a !== b ? [`${property.name}: a trace of ${a} steps, and of ${b} with spin`] : [];
    });
    return { name, differences: [...differences, ...(counts ? [] : ['spin did not search everything']), ...lengths] };
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    return { name, differences: [error.message] };
  }
}

function specChecks(): readonly { readonly name: string; readonly run: () => PreparedCheck }[] {
  const loader = loaderWith();
  const files = readdirSync('specs', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.heddle')).map((f) => `specs/${f}`).sort();
  return files.flatMap((file) => {
    const source = loader.open(file);
    const analysis = analyse({ entry: source, loader });
    if (!analysis.runnable || analysis.open.length > 0 || (analysis.diagnostics.some(isError) && analysis.checks.every((c) => c.constants.length === 0))) return [];
    return analysis.checks.filter((c) => !c.manual || STATES >= 10_000).map((c) => ({ name: `${file} ${c.name}`, run: () => prepared(source, c.name, loader, STATES) }));
  });
}

/** The check that a call without `--check` runs first. */
const checkOf = (text: string): string => compileRandom(text).analysis.checks.find((c) => !c.manual)?.name ?? 'default';

const tell = (what: string, all: readonly Compared[]): void => {
  const left = all.filter((c) => c.left !== undefined);
  console.log(`Spin against the built-in engine: ${all.length - left.length} ${what} compared, ${left.length} left out${left.length === 0 ? '' : ` (${left.filter((c) => c.left === TOO_LARGE).length} with more than ${STATES} states)`}.`);
};

describe.skipIf(missing.length > 0)('Spin', () => {
  test('finds the same in every check of specs/ that is small enough', { timeout: 3_600_000 }, async () => {
    const all = await Promise.all(specChecks().map(({ name, run }) => limit(() => compare(name, run()))));
    tell('checks of specs/', all);
    expect(all.filter((c) => c.differences.length > 0)).toEqual([]);
    const small = all.filter((c) => c.left !== TOO_LARGE);
    expect(small.length).toBeGreaterThanOrEqual(20);
    expect(small.filter((c) => c.left === undefined).length, 'fewer than half were compared').toBeGreaterThanOrEqual(small.length / 2);
  });

  test('finds the same in random specs', { timeout: 3_600_000 }, async () => {
    const texts = fc.sample(randomSpec, { seed: SEED, numRuns: SPECS }).filter((text) => compileRandom(text).model !== undefined && runSpec(text, { states: 1_500, polls: 300 }).exploration.ended === 'complete');
    const all = await Promise.all(texts.map((text, i) => limit(() => compare(`random spec ${i} of seed ${SEED}:\n${text}`, prepared({ path: 'random.heddle', text }, checkOf(text), randomLoader, 1_500)))));
    tell('random specs', all);
    expect(all.filter((c) => c.differences.length > 0)).toEqual([]);
    expect(all.filter((c) => c.left === undefined).length, 'fewer than half were compared').toBeGreaterThan(all.length / 2);
  });

  describe('disagrees with', () => {
    const loader = loaderWith();
    const peterson = prepared(loader.open('specs/classic/peterson.heddle'), 'default', loader, 10_000);

    test('an exporter that drops the guard of a step', { timeout: 60_000 }, async () => {
      const [dropped] = mutants(peterson.model, layoutOf(peterson.model), 100).filter(({ what }) => what.startsWith('await'));
      const found = await compare(dropped!.what, peterson, () => dropped!.model);
      expect(found.differences).not.toEqual([]);
    });

    test('code that is generated wrongly', { timeout: 120_000 }, async () => {
      const broken = mutants(peterson.model, layoutOf(peterson.model), 100);
      expect(broken.length).toBeGreaterThan(3);
      const found = await Promise.all(broken.map(({ what, model }) => limit(() => compare(what, peterson, undefined, builtin({ ...peterson, model })))));
      expect(found.filter((c) => c.differences.length === 0)).toEqual([]);
    });
  });
});
