// Random walks: what they visit is reachable, what they find is real and is made short, and who walks makes no difference.
import { describe, expect, test } from 'vitest';
import { Outcomes, type Kernel } from '../../src/checker/kernel.js';
import { compiledKernel } from '../../src/codegen/kernel.js';
import { kernelOf } from '../../src/checker/kernel.js';
import { compile } from '../../src/compile.js';
import type { Layout } from '../../src/model/layout.js';
import type { Model } from '../../src/model/model.js';
import { replay } from '../../src/model/replay.js';
import { systemOf } from '../../src/model/system.js';
import { BATCH, Tallying, walkBatch, type Tally } from '../../src/simulate/batch.js';
import { randomOf } from '../../src/simulate/random.js';
import { traceOfWalk } from '../../src/simulate/record.js';
import { estimate, mergeSketch, newSketch, noteState } from '../../src/simulate/sketch.js';
import { initialStates, walker, type WalkerOptions } from '../../src/simulate/walk.js';
import { checkSpec, loaderWith } from '../support/check-spec.js';

interface Subject {
  readonly model: Model;
  readonly layout: Layout;
  readonly kernel: Kernel;
  readonly initial: Int32Array;
}

function subjectOf(text: string, file = 'a.heddle'): Subject {
  const { model, layout, diagnostics } = compile({ entry: { path: file, text }, loader: loaderWith([]) });
  if (model === undefined || layout === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  const { kernel } = compiledKernel(model, layout);
  return { model, layout, kernel, initial: initialStates(kernel) };
}

const optionsFor = ({ kernel }: Subject, rest: Partial<WalkerOptions> = {}): WalkerOptions => ({
  depth: 200, seed: 1, chosen: kernel.properties.map(() => true), stops: kernel.properties.map(() => true), ...rest,
});

const property = ({ model }: Subject, name: string): number => model.properties.findIndex((p) => p.name === name);

/** Two tasks that add without a lock, among others that do something else. */
const RACE = `
var counter: 0..4 = 0
var noise: [0..3 -> 0..5] = 0
process task(i in 0..1) { var t: 0..4 = 0
  t := counter
  counter := t + 1 }
process other(i in 0..3) { loop { if noise[i] < 5 { noise[i] := 5 } else { noise[i] := 0 } } }
invariant NoLostUpdate = done(task[0]) && done(task[1]) => counter == 2
invariant Small = counter <= 2
`;

describe('numbers', () => {
  test('depend on the seed and the walk alone', () => {
    const row = (seed: number, run: number): readonly number[] => {
      const random = randomOf(seed, run);
      return Array.from({ length: 8 }, () => random.below(1000));
    };
    expect(row(3, 4)).toEqual(row(3, 4));
    expect(row(3, 5)).not.toEqual(row(3, 4));
    expect(row(4, 4)).not.toEqual(row(3, 4));
  });

  test('are about equally likely', () => {
    const counts = new Array<number>(7).fill(0);
    for (let run = 0; run < 700; run++) {
      const random = randomOf(9, run);
      for (let i = 0; i < 100; i++) counts[random.below(7)]!++;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

test.each([10, 1000, 50_000, 400_000])('%i states are estimated to within 3 %%', (n) => {
  const [one, two] = [newSketch(), newSketch()];
  const state = new Int32Array(3);
  for (let i = 0; i < n; i++) {
    state.set([i % 977, i, 5]);
    noteState(i % 2 === 0 ? one : two, state, 0, 3);
    noteState(one, state, 0, 3);
  }
  mergeSketch(two, one);
  expect(Math.abs(estimate(two) / n - 1)).toBeLessThan(0.03);
});

describe('a walk', () => {
  test('visits reachable states only, and in the end all of a small spec', () => {
    const subject = subjectOf('var x: 0..2 = 0\nprocess p(i in 0..2) { loop { either { atomic { await x < 2\n x := x + 1 } } or { x := 0 } } }\ninvariant I = x <= 2\n');
    const sketch = newSketch();
    const all = walker(subject.kernel, subject.initial, optionsFor(subject, { sketch }));
    for (let run = 0; run < 50; run++) expect(all.walk(run)).toEqual({ steps: 200, end: 'long enough' });
    expect(all.seen).toEqual([]);
    expect(estimate(sketch)).toBe(3);
  });

  test('says how it ended', () => {
    const end = (text: string): string => {
      const subject = subjectOf(text);
      return walker(subject.kernel, subject.initial, optionsFor(subject, { stops: subject.kernel.properties.map(() => false) })).walk(0).end;
    };
    expect(end('var x: 0..1 = 0\nprocess p { x := 1 }\n')).toBe('all done');
    expect(end('var x: 0..1 = 0\nprocess p { await x == 1 }\n')).toBe('stuck');
    expect(end('var x: 0..1 = 0\nprocess p { loop { x := x + 1 } }\n')).toBe('stuck');
  });

  test('takes each process that can move equally often, whatever the number of its ways', () => {
    const subject = subjectOf('var a: 0..7 = 0\nvar b: 0..1 = 0\nprocess many { with n in 0..7 { a := n } }\nprocess one { b := 1 }\n');
    let first = 0;
    const own = walker(subject.kernel, subject.initial, optionsFor(subject, { depth: 1 }));
    for (let run = 0; run < 4000; run++) own.walk(run, { start: () => undefined, move: (process) => void (first += process) });
    expect(Math.abs(first - 2000)).toBeLessThan(130);
  });

  test('is the same on generated code and on the interpreter', () => {
    const subject = subjectOf(RACE);
    const slow = kernelOf(systemOf(subject.model, subject.layout));
    const options = optionsFor(subject);
    const [fast, interpreted] = [walker(subject.kernel, subject.initial, options), walker(slow, subject.initial, options)];
    for (let run = 0; run < 100; run++) {
      expect(interpreted.walk(run)).toEqual(fast.walk(run));
      expect(interpreted.seen).toEqual(fast.seen);
    }
  });
});

describe('a violation', () => {
  test.each([
    ['a state', RACE, 'NoLostUpdate', 4],
    ['a deadlock', 'var f: [0..1 -> bool] = false\nvar n: 0..3 = 0\nprocess p(i in 0..1) { loop { await !f[i]\n f[i] := true\n await !f[1 - i]\n f[1 - i] := true\n f[i] := false\n f[1 - i] := false } }', 'deadlock', 4],
    ['a step that errs', 'pool Cb[2] { v: 0..1 = 0 }\nvar c: Cb? = null\nvar n: 0..3 = 0\ninit { c := new Cb {} }\nprocess u { var x: Cb?\n var v: 0..1\n x := c\n if x != null { v := x.v } }\nprocess f { var x: Cb?\n x := xchg(c, null)\n free x }\nprocess q { loop { if n < 3 { n := 3 } else { n := 0 } } }', 'Cb.use_after_free', 4],
    ['a step', 'var x: 0..3 = 0\nvar n: 0..3 = 0\nprocess p { x := 2\n x := 3\n x := 1 }\nprocess q { loop { if n < 3 { n := 3 } else { n := 0 } } }\nstep invariant Up = x <= x\'', 'Up', 3],
    ['an assertion', 'var x: 0..3 = 0\nvar n: 0..3 = 0\nprocess p { x := 2\n assert x < 1 as Less }\nprocess q { loop { if n < 3 { n := 3 } else { n := 0 } } }', 'Less', 1],
  ])('by %s is found and made short', (_, text, name, shortest) => {
    const subject = subjectOf(text);
    const number = property(subject, name);
    const options = optionsFor(subject, { stops: subject.kernel.properties.map((_p, i) => i === number) });
    const own = walker(subject.kernel, subject.initial, options);
    for (let run = 0; ; run++) {
      expect(run).toBeLessThan(2000);
      own.walk(run);
      const seen = own.seen.find((s) => s.property === number);
      if (seen === undefined) continue;
      const { trace, walked } = traceOfWalk(subject.kernel, subject.initial, options, { ...seen, run });
      // The replay refuses a path that the model does not have.
      const told = replay(subject.model, subject.layout, trace, number);
      expect(told.steps.length).toBeLessThanOrEqual(Math.max(1, walked));
      expect(told.steps).toHaveLength(shortest);
      expect(told.steps.filter(({ process }) => process.startsWith('other') || process === 'q')).toEqual([]);
      return;
    }
  });

  test('of the async_cb revision is one that a search finds, too', () => {
    const { model, layout } = compile({ entry: loaderWith([]).open('specs/async_cb/v1.heddle'), loader: loaderWith([]), check: 'quick' });
    const { kernel } = compiledKernel(model!, layout!);
    const subject = { model: model!, layout: layout!, kernel, initial: initialStates(kernel) };
    const options = optionsFor(subject, { stops: kernel.properties.map(() => false), depth: 1000 });
    const own = walker(kernel, subject.initial, options);
    const seen = new Set<string>();
    // The check looks at some of the properties only.
    const { properties } = checkSpec({ file: 'specs/async_cb/v1.heddle', check: 'quick' });
    const violated = properties.filter((p) => p.verdict === 'violated').map((p) => p.name);
    const isChosen = (name: string): boolean => properties.some((p) => p.name === name);
    expect(violated.length).toBeGreaterThan(0);
    for (let run = 0; run < 20_000 && (run < 2000 || seen.size === 0); run++) {
      own.walk(run);
      for (const s of own.seen) if (isChosen(kernel.properties[s.property]!.name)) seen.add(kernel.properties[s.property]!.name);
    }
    expect(seen.size).toBeGreaterThan(0);
    expect([...seen].filter((name) => !violated.includes(name))).toEqual([]);
  });
});

describe('batches', () => {
  const subject = subjectOf(RACE);
  const runs = 40 * BATCH;
  const tallyOf = (order: (batches: number[]) => number[], stops: boolean): Tally => {
    const tallying = new Tallying();
    for (const batch of order([...Array(40).keys()])) tallying.add(walkBatch(walker(subject.kernel, subject.initial, optionsFor(subject, { depth: 9, stops: subject.kernel.properties.map(() => stops) })), batch, runs));
    tallying.addRest();
    return tallying.tally;
  };

  test.each([true, false])('count the same in whichever order they come (violations stop: %s)', (stops) => {
    const inOrder = tallyOf((b) => b, stops);
    expect(inOrder.stopped).toBe(stops);
    expect(inOrder.seen.length).toBeGreaterThan(0);
    expect(tallyOf((b) => b.reverse(), stops)).toEqual(inOrder);
    expect(tallyOf((b) => [...b.filter((i) => i % 3 === 0), ...b.filter((i) => i % 3 !== 0)], stops)).toEqual(inOrder);
  });
});

test('the ways of the processes, one after the other, are those of all', () => {
  const { kernel, initial } = subjectOf(RACE);
  const [all, each] = [new Outcomes(kernel.words, 64), new Outcomes(kernel.words, 64)];
  kernel.successors(initial, 0, all);
  for (let process = 0; process < kernel.processes!; process++) kernel.successorsOf!(process, initial, 0, each);
  expect(each.words.slice(0, each.used)).toEqual(all.words.slice(0, all.used));
});
