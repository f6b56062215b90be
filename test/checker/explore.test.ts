import { describe, expect, test } from 'vitest';
import { explore, type Exploration, type ExploreOptions, type Progress } from '../../src/checker/explore.js';
import { kernelOf } from '../../src/checker/kernel.js';
import type { PropertyInfo, SuccessorSink, System } from '../../src/checker/system.js';
import { graphSystem, type Graph } from '../support/graph-system.js';

const invariant = (name: string): PropertyInfo => ({ name, kind: 'invariant' });
const builtin = (name: string): PropertyInfo => ({ name, kind: 'builtin' });
const deadlock: PropertyInfo = { name: 'deadlock', kind: 'deadlock' };

function optionsFor(system: System, changed: Partial<ExploreOptions> = {}): ExploreOptions {
  return {
    expected: system.properties.map(() => 'holds'),
    chosen: system.properties.map(() => true),
    continueOnViolation: false,
    clock: () => 0,
    shouldStop: () => false,
    ...changed,
  };
}

/** Explores a graph; verdicts by name, each written like `holds`, `violated a b c|step`, `undecided states`. */
function run(graph: Graph, changed: Partial<ExploreOptions> = {}): Exploration & { readonly shown: { readonly [property: string]: string } } {
  const system = graphSystem(graph);
  const result = explore(kernelOf(system), optionsFor(system, changed));
  const shown: Record<string, string> = {};
  result.verdicts.forEach((verdict, i) => {
    const name = system.properties[i]!.name;
    if (verdict?.kind === 'holds') shown[name] = ['holds', ...(verdict.upTo ?? [])].join(' ');
    if (verdict?.kind === 'undecided') shown[name] = `undecided ${verdict.reason}`;
    if (verdict?.kind === 'violated') shown[name] = `violated ${verdict.trace.states.map(system.nameOf).join(' ')}|${verdict.trace.end}`;
  });
  return { ...result, shown };
}

describe('counting', () => {
  test('duplicates are generated but not distinct, and depth counts levels', () => {
    const { counts } = run({ initial: ['a', 'b', 'a'], steps: { a: ['c', 'c'], b: ['c', 'd'], c: ['a'], d: ['e'], e: ['e'] } });
    expect(counts).toEqual({ distinct: 5, generated: 3 + 2 + 2 + 1 + 1 + 1, initial: 2, depth: 3, complete: true });
  });

  test('a terminated state adds one stuttering successor, a deadlocked one none', () => {
    const graph: Graph = { initial: ['a'], steps: { a: ['b', 'c'] }, done: ['b'], properties: [deadlock] };
    const { counts, shown } = run(graph);
    expect(counts.generated).toBe(1 + 2 + 1);
    expect(shown).toEqual({ deadlock: 'violated a c|state' });
  });

  test('a state in which all are done but a step is enabled is not terminated', () => {
    expect(run({ initial: ['a'], steps: { a: ['a'] }, done: ['a'] }).counts.generated).toBe(2);
  });

  test('a step that errs adds nothing and counts as enabled', () => {
    const { counts, shown } = run({ initial: ['a'], steps: { a: [{ error: 'E' }] }, properties: [builtin('E'), deadlock] }, { continueOnViolation: true });
    expect(counts).toMatchObject({ distinct: 1, generated: 1, depth: 1, complete: true });
    expect(shown).toEqual({ E: 'violated a|error', deadlock: 'holds E' });
  });

  test('a system without an initial state has depth 0', () => {
    expect(run({ initial: [] }).counts).toEqual({ distinct: 0, generated: 0, initial: 0, depth: 0, complete: true });
  });
});

describe('traces', () => {
  test('the smallest violating state of the first level is chosen, whatever the order of the search', () => {
    const graph = (order: string[]): Graph => ({
      initial: ['a'], steps: { a: order, b: ['b'], c: ['e'], e: ['a'] }, properties: [invariant('I')], violating: { I: ['d', 'c', 'e'] },
    });
    expect(run(graph(['d', 'c', 'b'])).shown['I']).toBe('violated a c|state');
    expect(run(graph(['b', 'c', 'd'])).shown['I']).toBe('violated a c|state');
  });

  test('the smallest predecessor is taken on each level on the way back', () => {
    const steps = (order: string[]): NonNullable<Graph['steps']> => ({ a: order, b: ['z'], c: ['y'], d: ['y'], y: ['x'], z: ['x'], x: ['x'] });
    for (const order of [['d', 'c', 'b'], ['b', 'c', 'd'], ['c', 'b', 'd']]) {
      const { shown } = run({ initial: ['a'], steps: steps(order), properties: [invariant('I')], violating: { I: ['x'] } });
      expect(shown['I']).toBe('violated a c y x|state');
    }
  });

  test('an arrow from a deeper level is no way back', () => {
    const { shown } = run({ initial: ['c'], steps: { c: ['d'], d: ['a'], a: ['d'] }, properties: [invariant('I')], violating: { I: ['a'] } });
    expect(shown['I']).toBe('violated c d a|state');
  });

  test('words are compared unsigned and the first word first', () => {
    const { shown } = run({
      initial: ['a'], steps: { a: ['b', 'c'], b: ['b'], c: ['c'] }, properties: [invariant('I')], violating: { I: ['b', 'c'] },
      words: { a: [0, 0], b: [0x80000000, 0], c: [0x7fffffff, 5] },
    });
    expect(shown['I']).toBe('violated a c|state');
  });

  test('of the steps that violate a property, the smallest start and then the smallest end is chosen', () => {
    const bad = (to: string) => ({ to, violates: ['S'] });
    const { shown } = run({
      initial: ['a'], steps: { a: ['c', 'b'], b: [bad('e'), bad('d')], c: [bad('a')], d: ['d'], e: [bad('a')] },
      properties: [{ name: 'S', kind: 'step-invariant' }],
    });
    expect(shown['S']).toBe('violated a b d|step');
  });

  test('an assertion that fails in a step that then errs ends in the state before it', () => {
    const properties: PropertyInfo[] = [{ name: 'A', kind: 'assertion' }, builtin('E')];
    const { shown } = run({ initial: ['a'], steps: { a: [{ error: 'E', violates: ['A'] }] }, properties });
    expect(shown).toEqual({ A: 'violated a|error', E: 'violated a|error' });
  });

  test('the smallest of several initial states is chosen', () => {
    expect(run({ initial: ['c', 'b'], done: ['b', 'c'], properties: [invariant('I')], violating: { I: ['b', 'c'] } }).shown['I']).toBe('violated b|state');
  });

  test('an error of init has an empty trace, an assertion of init the state it leads to', () => {
    const properties: PropertyInfo[] = [builtin('E'), { name: 'A', kind: 'assertion' }];
    const { shown } = run({ initial: [{ error: 'E' }, { to: 'b', violates: ['A'] }, { to: 'a', violates: ['A'] }], done: ['a', 'b'], properties });
    expect(shown).toEqual({ E: 'violated |error', A: 'violated a|step' });
  });
});

describe('verdicts', () => {
  const chain: Graph = {
    initial: ['a'], steps: { a: ['b', { error: 'E' }], b: ['c'], c: ['d'], d: ['a'] },
    properties: [invariant('I'), invariant('J'), builtin('E')], violating: { I: ['b'] },
  };

  test('a state that violates an invariant is explored further when that was expected', () => {
    const { shown, counts } = run({ ...chain, steps: { ...chain.steps, a: ['b'] } }, { expected: ['violated', 'holds', 'holds'] });
    expect(counts).toMatchObject({ distinct: 4, complete: true });
    expect(shown).toEqual({ I: 'violated a b|state', J: 'holds', E: 'holds' });
  });

  test('an unexpected violation ends the search after its level', () => {
    const { shown, counts, ended } = run(chain, { expected: ['holds', 'holds', 'violated'] });
    expect(counts).toMatchObject({ distinct: 2, depth: 2, complete: false });
    expect(ended).toBe('violation');
    expect(shown).toEqual({ I: 'violated a b|state', J: 'undecided error', E: 'violated a|error' });
  });

  test('an unexpected violation found in the last level leaves a complete search', () => {
    const { shown, ended } = run({ initial: ['a'], steps: { a: ['a', { error: 'E' }] }, properties: [builtin('E'), deadlock] });
    expect(ended).toBe('complete');
    expect(shown).toEqual({ E: 'violated a|error', deadlock: 'holds E' });
  });

  test('what was not violated holds up to the errors that occurred', () => {
    expect(run(chain, { continueOnViolation: true }).shown).toEqual({ I: 'violated a b|state', J: 'holds E', E: 'violated a|error' });
  });

  test('after an exhausted pool nothing that was not violated is decided', () => {
    const exhausted: PropertyInfo = { name: 'P.exhausted', kind: 'builtin', undermines: true };
    const { shown, undermined } = run(
      { initial: ['a'], steps: { a: ['b', { error: 'P.exhausted' }], b: ['b'] }, properties: [invariant('I'), exhausted, deadlock], violating: { I: ['b'] } },
      { expected: ['violated', 'violated', 'holds'] },
    );
    expect(undermined).toBe(true);
    expect(shown).toEqual({ I: 'violated a b|state', 'P.exhausted': 'violated a|error', deadlock: 'undecided error' });
  });

  test('a temporal property is undecided when the system does not say what it needs to know', () => {
    expect(run({ initial: ['a'], steps: { a: ['a'] }, properties: [{ name: 'L', kind: 'temporal' }] }).shown).toEqual({ L: 'undecided unsupported' });
  });

  test('a property that was not chosen is not looked at, but an error of a step is', () => {
    const { shown } = run(chain, { chosen: [false, true, false] });
    expect(shown).toEqual({ J: 'undecided error', E: 'violated a|error' });
    expect(run({ ...chain, steps: { a: ['b'], b: ['b'] } }, { chosen: [false, true, false] }).shown).toEqual({ J: 'holds' });
  });
});

describe('limits', () => {
  /** A comb: 0 → 1 → 2 …, one state a level, or `width` states a level. */
  function wide(width: number, levels: number): System {
    return {
      words: 1, properties: [invariant('I'), invariant('Never')], sites: 0, antecedents: 0,
      initial: (sink) => { for (let i = 0; i < width; i++) sink.successor(Uint32Array.of(i)); },
      successors: (state, sink) => { if (state[0]! < width * levels) sink.successor(Uint32Array.of(state[0]! + width)); },
      violations: (state, report) => { if (state[0] === 5) report(0); },
      isTerminated: () => true,
      coverage: { sites: new Uint8Array(0), antecedents: new Uint8Array(0) }, remarks: new Set(),
    };
  }
  const expected = ['violated', 'holds'] as const;

  test('a limit on states is taken at the end of a level, and what was violated stays so', () => {
    const system = wide(100, 50);
    const { counts, verdicts, ended } = explore(kernelOf(system), optionsFor(system, { expected, maxStates: 250 }));
    expect(ended).toBe('states');
    expect(counts).toMatchObject({ distinct: 300, depth: 3, complete: false });
    expect(verdicts.map((v) => v?.kind)).toEqual(['violated', 'undecided']);
    expect(verdicts[1]).toEqual({ kind: 'undecided', reason: 'states' });
  });

  test('a space as large as the limit is searched to its end', () => {
    const system = wide(100, 2);
    expect(explore(kernelOf(system), optionsFor(system, { expected, maxStates: 300 })).counts).toMatchObject({ distinct: 300, complete: true });
  });

  test('the stop signal ends the search in the middle of a level', () => {
    const system = wide(10_000, 5);
    let asked = 0;
    const { counts, ended, verdicts } = explore(kernelOf(system), optionsFor(system, { expected, shouldStop: () => ++asked > 3 }));
    expect(ended).toBe('interrupted');
    expect(counts.distinct).toBeLessThan(10_000);
    expect(verdicts[0]?.kind).toBe('violated');
    expect(verdicts[1]).toEqual({ kind: 'undecided', reason: 'interrupted' });
  });

  test('the stop signal ends the search in the middle of a step that gives nothing', () => {
    const system = { ...graphSystem({ initial: ['a'] }), successors: (_: unknown, sink: SuccessorSink) => { for (;;) sink.poll?.(); } };
    let asked = 0;
    expect(explore(kernelOf(system), optionsFor(system, { shouldStop: () => ++asked > 10 })).ended).toBe('interrupted');
  });

  test('time and memory end the search in the middle of a level', () => {
    let now = 0;
    const system = wide(100_000, 5);
    const byTime = explore(kernelOf(system), optionsFor(system, { expected, clock: () => now++, timeLimitMs: 20 }));
    expect(byTime.ended).toBe('time');
    const byMemory = explore(kernelOf(system), optionsFor(system, { expected, maxMemoryBytes: 1_000_000 }));
    expect(byMemory.ended).toBe('memory');
    expect(byMemory.counts.distinct).toBeLessThan(100_000);
  });

  test('progress comes about five times a second of the clock', () => {
    let now = 0;
    const seen: Progress[] = [];
    const system = wide(20_000, 10);
    explore(kernelOf(system), optionsFor(system, { expected, clock: () => (now += 10), onProgress: (p) => seen.push(p) }));
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.at(-1)!.states).toBeGreaterThan(seen[0]!.states);
    expect(seen.every((p) => p.frontier <= p.states && p.memoryBytes > 0)).toBe(true);
  });
});

test('a search that a limit ended says how far it was, and one out of memory what it would need', () => {
  // Each state has two successors of its own; a name that is a number stands for it in one word.
  const words = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [String(i), [i]]));
  const tree: Graph = { initial: ['0'], words, steps: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [String(i), [String(2 * i + 1), String(2 * i + 2)]])) };
  expect(run(tree, { maxStates: 20 }).unfinished).toEqual({ frontier: 16, growth: 2 });
  expect(run(tree).unfinished).toBeUndefined();
  const long: Graph = { initial: ['0'], words, steps: Object.fromEntries(Array.from({ length: 150_000 }, (_, i) => [String(i), [String(i + 1)]])) };
  const { unfinished, counts } = run(long, { maxMemoryBytes: 500_000 });
  expect(counts.complete).toBe(false);
  expect(unfinished!.neededBytes).toBeGreaterThan(500_000);
});
