// Random specs through the whole pipeline. The seed is fixed and printed; HEDDLE_SEED=n tries another, HEDDLE_SPECS=n more of them. What must hold of every spec: it
// compiles, the search over it ends, printing it changes nothing, and the ways of lowering that only save states save nothing else.

import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { print } from '../../src/ast/print.js';
import { isError } from '../../src/base/diagnostic.js';
import { explore, type Exploration } from '../../src/checker/explore.js';
import { kernelOf } from '../../src/checker/kernel.js';
import { compile, type Compiled } from '../../src/compile.js';
import type { LowerOptions } from '../../src/model/lower.js';
import type { Model } from '../../src/model/model.js';
import { systemOf } from '../../src/model/system.js';
import { parse } from '../../src/parser/parse.js';
import { randomSpec } from '../support/random-spec.js';
import { sharedStates } from '../support/shared-states.js';

const SEED = Number(process.env['HEDDLE_SEED'] ?? 20_260_607);
const SPECS = Number(process.env['HEDDLE_SPECS'] ?? 20);
const MOST_STATES = 20_000;
/** A loop with choices inside `atomic` has exponentially many ways through one step: such a spec is given up, and counted. */
const MOST_MS = 1_000;

interface Run {
  readonly text: string;
  readonly model: Model;
  readonly exploration: Exploration;
  /** `kind` of each property's verdict; absent for an error of a step that did not occur. */
  readonly verdicts: ReadonlyMap<string, string>;
  /** The error of some step occurred: what lies behind it was not explored. */
  readonly erred: boolean;
  shared(): ReadonlySet<string>;
}

function compiled(text: string, lowering?: LowerOptions): Compiled {
  const loader = { load: () => undefined, known: () => [] };
  return compile({ entry: { path: 'random.heddle', text }, loader, ...(lowering === undefined ? {} : { lowering }) });
}

function run(text: string, lowering?: LowerOptions): Run {
  const { model, layout, diagnostics } = compiled(text, lowering);
  if (model === undefined || layout === undefined) throw new Error(`refused: ${diagnostics.filter(isError).map((d) => d.code).join(', ')}\n${text}`);
  const exploration = explore(kernelOf(systemOf(model, layout)), {
    expected: model.properties.map(() => 'violated'),
    // Built-in checks get a verdict when they occur, chosen or not.
    chosen: model.properties.map((p) => p.kind !== 'builtin' || p.error.endsWith('.leak')),
    continueOnViolation: true,
    maxStates: MOST_STATES,
    timeLimitMs: MOST_MS,
    clock: () => performance.now(),
    shouldStop: () => false,
  });
  const verdicts = new Map(model.properties.flatMap((p, i) => { const v = exploration.verdicts[i]; return v === undefined ? [] : [[p.name, v.kind] as const]; }));
  const erred = model.properties.some((p) => p.kind === 'builtin' && !p.error.endsWith('.leak') && verdicts.get(p.name) === 'violated');
  return { text, model, exploration, verdicts, erred, shared: () => sharedStates(model, layout) };
}

/** What the generator does not avoid: constants that can be seen to go wrong. Anything else would be a mistake, here or there. */
const REFUSALS: ReadonlySet<string> = new Set(['type/incomparable', 'type/never-fits', 'type/constant-error']);
const errorsOf = (text: string): readonly string[] => compiled(text).diagnostics.filter(isError).map((d) => d.code);

const drawn = fc.sample(randomSpec, { seed: SEED, numRuns: Math.ceil(SPECS * 1.4) }).map((text) => ({ text, errors: errorsOf(text) }));
const texts = drawn.filter((d) => d.errors.length === 0).map((d) => d.text).slice(0, SPECS);
const runs: Run[] = [];
/** The baseline runs, made once. */
function baseline(): readonly Run[] {
  if (runs.length === 0) runs.push(...texts.map((text) => run(text)));
  return runs;
}

const isComplete = (r: Run): boolean => r.exploration.ended === 'complete';

/** Every run again in another way; `same` says what must not change. Its message names the spec. */
function compareAll(other: (text: string) => Run, same: (a: Run, b: Run) => void): number {
  let compared = 0;
  for (const a of baseline()) {
    const b = other(a.text);
    if (!isComplete(a) || !isComplete(b)) continue;
    compared++;
    try {
      same(a, b);
    } catch (error) {
      throw new Error(`seed ${SEED}: ${(error as Error).message}\n${a.text}`, { cause: error });
    }
  }
  return compared;
}

/** Dead locals and local statements of their own change no verdict, and no state as far as the processes share it. */
function sameFromOutside(a: Run, b: Run): void {
  if (a.erred || b.erred) {
    // A joined step that errs has no successor, where a step of its own lets the shared part happen first: only what was found counts.
    expect(b.erred).toBe(a.erred);
    for (const [name, kind] of a.verdicts) if (kind === 'violated' && name !== 'deadlock') expect(`${name} ${b.verdicts.get(name)}`).toBe(`${name} violated`);
    const other = b.shared();
    expect([...a.shared()].filter((state) => !other.has(state))).toEqual([]);
    return;
  }
  expect(b.verdicts).toEqual(a.verdicts);
  expect([...b.shared()].sort()).toEqual([...a.shared()].sort());
}

describe('random specs', () => {
  afterAll(() => console.log(sharesOf(runs)));

  test('compile, but for constants that go wrong', () => {
    expect(drawn.filter((d) => d.errors.some((code) => !REFUSALS.has(code)))).toEqual([]);
    expect(texts.length).toBe(SPECS);
  });

  test('are searched to an end', () => {
    for (const r of baseline()) {
      expect(['complete', 'states', 'time']).toContain(r.exploration.ended);
      if (isComplete(r)) expect([...r.verdicts.values()].filter((v) => v === 'undecided').length === 0 || r.exploration.undermined).toBe(true);
    }
    expect(baseline().filter(isComplete).length).toBeGreaterThan(SPECS * 0.8);
  });

  test('at least half have two processes that share variables', () => {
    expect(baseline().filter((r) => r.model.instances.length >= 2).length).toBeGreaterThanOrEqual(SPECS / 2);
  });

  test('printing is idempotent and never changes a model', () => {
    const printed = (text: string): string => {
      const source = { path: 'random.heddle', text };
      return print(parse(source).file, source);
    };
    for (const text of texts) expect(printed(printed(text))).toBe(printed(text));
    const compared = compareAll((text) => run(printed(text)), (a, b) => {
      expect(b.exploration.counts).toEqual(a.exploration.counts);
      expect(b.verdicts).toEqual(a.verdicts);
    });
    expect(compared).toBeGreaterThan(0);
  });

  test('local statements as steps of their own change no verdict and no shared state', () => {
    expect(compareAll((text) => run(text, { joinLocals: false }), sameFromOutside)).toBeGreaterThan(SPECS * 0.7);
  });

  test('dead locals that keep their values change no verdict and no shared state', () => {
    expect(compareAll((text) => run(text, { resetDead: false }), sameFromOutside)).toBeGreaterThan(SPECS * 0.7);
  });
});

function sharesOf(all: readonly Run[]): string {
  const share = (is: (r: Run) => boolean): string => `${Math.round((100 * all.filter(is).length) / Math.max(1, all.length))} %`;
  const violated = (r: Run): boolean => r.model.properties.some((p) => p.kind !== 'builtin' && p.kind !== 'deadlock' && r.verdicts.get(p.name) === 'violated');
  const deadlock = (r: Run): boolean => r.verdicts.get('deadlock') === 'violated';
  return (
    `${all.length} random specs of seed ${SEED}: errors of steps ${share((r) => r.erred)}, deadlocks ${share(deadlock)}, violations ${share(violated)}, ` +
    `all holds ${share((r) => isComplete(r) && !r.erred && !deadlock(r) && !violated(r))}, two processes or more ${share((r) => r.model.instances.length >= 2)}, ` +
    `given up at ${MOST_STATES} states or ${MOST_MS} ms ${share((r) => !isComplete(r))}`
  );
}
