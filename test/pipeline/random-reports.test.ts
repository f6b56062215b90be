// Random specs from text to report: with either engine the same outcome, every trace replayed, and every form of report made of it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../src/check/check.js';
import type { Engine } from '../../src/check/job.js';
import type { CheckOutcome } from '../../src/checker/outcome.js';
import { itf } from '../../src/report/itf.js';
import { json, jsonTraces } from '../../src/report/json.js';
import { checkText } from '../../src/report/text.js';
import { compileRandom } from '../support/random-run.js';
import { randomLoader, randomSpec } from '../support/random-spec.js';

const SEED = Number(process.env['HEDDLE_SEED'] ?? 8);
const SPECS = Number(process.env['HEDDLE_SPECS'] ?? 50);

function outcomeOf(text: string, check: string, engine: Engine): CheckOutcome {
  let asked = 0;
  const job = { source: { path: 'random.heddle', text }, check, constants: [], continueOnViolation: true, maxStates: 500, maxMemoryBytes: 2 ** 30, engine };
  return checkFile(job, randomLoader, { clock: () => 0, shouldStop: () => ++asked > 50 });
}

const checks = fc
  .sample(randomSpec, { seed: SEED, numRuns: SPECS })
  .flatMap((text) => {
    const { analysis, model } = compileRandom(text);
    return model === undefined ? [] : analysis.checks.map((c) => ({ text, check: c.name }));
  });

describe('checks of random specs', () => {
  test('give the same outcome with either engine, traces and warnings included', () => {
    for (const { text, check } of checks) {
      const [a, b] = [outcomeOf(text, check, 'interpreter'), outcomeOf(text, check, 'builtin')];
      if (a.properties.some((p) => p.reason === 'interrupted')) continue;
      expect({ ...b, engine: a.engine, cost: a.cost }, text).toEqual(a);
    }
  });

  test('are reported in every form, and the report says nothing that is not there', () => {
    let traces = 0;
    for (const { text, check } of checks) {
      const outcome = outcomeOf(text, check, 'builtin');
      const errors = (outcome.diagnostics ?? []).filter((d) => d.severity === 'error' && d.code !== 'init/no-state');
      expect(errors, text).toEqual([]);
      traces += outcome.properties.filter((p) => p.trace !== undefined).length;
      const reports = [
        ...(['table', 'lanes'] as const).map((trace) => checkText(outcome, { trace, traceAsked: true })),
        json([outcome], '0.0.0'), jsonTraces([outcome]), itf([outcome]),
      ];
      for (const report of reports) expect(report, text).not.toMatch(/\bundefined\b|\bNaN\b|\[object /);
      JSON.parse(reports[2]!);
      JSON.parse(reports[4]!);
    }
    expect(traces).toBeGreaterThan(SPECS / 4);
  });
});
