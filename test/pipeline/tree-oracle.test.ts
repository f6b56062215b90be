// Analysis, lowering and layout are shared by everything that runs a spec, so no comparison of two engines sees a fault in them. Here random
// specs are judged a second time, straight from the parsed tree. HEDDLE_SEED=n tries other specs, HEDDLE_SPECS=n more of them.

import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { refusalsOf } from '../support/random-run.js';
import { randomFairSpec, randomSpec } from '../support/random-spec.js';
import { shrinkSpec } from '../support/shrink-spec.js';
import { compareWithTree, type Comparison } from '../support/tree-oracle/compare.js';

const SEED = Number(process.env['HEDDLE_SEED'] ?? 20_261_121);
const SPECS = Number(process.env['HEDDLE_SPECS'] ?? 80);
const BOUNDS = { states: 1_000, polls: 60 };

/** The oracle knows no slots that wait until nothing refers to them: it is given pools that use a slot again at once. */
const withReuse = (text: string): string => text.replace(/^(pool \w+\[\d+\](?: noleak)?) \{/gm, '$1 reuse {');

const compare = (text: string, bounds = BOUNDS): Comparison => (refusalsOf(text).length > 0 ? { skipped: 'refused' } : compareWithTree(text, bounds));
const differ = (text: string): boolean => {
  const c = compare(text);
  return 'differences' in c && c.differences.length > 0;
};

describe('specs as the language page reads them', () => {
  const tally = new Map<string, number>();
  const tell = (): void => {
    if (tally.size > 0) console.log(`seed ${SEED}: ${[...tally].sort((a, b) => b[1] - a[1]).map(([what, n]) => `${what} ${n}`).join('; ')}`);
    tally.clear();
  };
  const count = (what: string, by = 1): void => void tally.set(what, (tally.get(what) ?? 0) + by);
  const counted = (what: string): number => tally.get(what) ?? 0;
  afterEach(tell);

  /** Counts what came out; throws for the first spec that comes out otherwise. */
  const judgeAll = (specs: fc.Arbitrary<string>, numRuns: number, bounds = BOUNDS): void =>
    fc.sample(specs, { seed: SEED, numRuns }).map(withReuse).forEach((text, i) => {
      const c = compare(text, bounds);
      if ('skipped' in c) return count(`skipped for ${c.skipped}`);
      count('compared');
      count('properties', c.properties);
      for (const verdict of c.temporal.values()) count(verdict);
      for (const reason of c.unknown) count(`not looked at for ${reason}`);
      if (c.differences.length > 0) throw new Error(`seed ${SEED}, spec ${i}:\n${c.differences.join('\n')}\n${shrinkSpec(text, differ)}`);
    });

  /** Seldom drawn at random: a choice of its own would be stuck in the branch that waits for ever. */
  test('a choice is made together with the first statement of its branch', () => {
    const text = `var a: bool = false
var b: bool = false
var x: 0..3 = 0
process p {
  x := 1
  either { await a  x := 2 } or { await b  x := 3 }
}
process q { b := true }
invariant I = x <= 3
`;
    expect(compareWithTree(text, BOUNDS)).toMatchObject({ differences: [], properties: 2 });
  });

  test('what is possible now and then is owed by strong fairness alone, and nothing by a label with a minus', () => {
    const waiting = (name: string, fairness: string, mark = ''): string => `${fairness}process ${name} {
  at_${name}:${mark} await v
  x := true
}
property ${name.toUpperCase()} = eventually done(${name})
`;
    const text = `var v: bool = true
var x: bool = false
fair process to_and_fro {
  loop {
    down: v := false
    up: v := true
  }
}
${waiting('a', 'fair ')}${waiting('b', 'fair+ ')}${waiting('c', 'fair ', '+')}${waiting('d', 'fair+ ', '-')}${waiting('e', '', '+')}
property Up = at(to_and_fro, up) ~> v
property Turns = always eventually at(to_and_fro, down)
`;
    const strong = 'holds by strong fairness';
    expect(compareWithTree(text, BOUNDS)).toMatchObject({
      differences: [],
      temporal: new Map([['A', 'violated'], ['B', strong], ['C', strong], ['D', 'violated'], ['E', 'violated'], ['Up', 'holds by weak fairness'], ['Turns', 'holds by weak fairness']]),
    });
  });

  test('a process that waits at a rest is done while an interrupt rests in its activation; one with nothing to do is done at once', () => {
    const text = `process p { rest until false }
process q { }
process irq interrupts p {
  await true
  rest until false
}
invariant Done = done(p) && done(q)
`;
    expect(compareWithTree(text, BOUNDS)).toMatchObject({ differences: [], properties: 2 });
  });

  test('what is given for a parameter of a def is evaluated where it is read', () => {
    const text = `var x: 0..1 in 0..1
var y: bool = false
def never(a: 0..1): bool = true
process p { y := never(1 / x) }
invariant I = x <= 1
`;
    expect(compareWithTree(text, BOUNDS)).toMatchObject({ differences: [], properties: 2 });
  });

  test('random specs have the states, the errors and the verdicts that their trees have', () => {
    judgeAll(randomSpec, SPECS);
    expect(counted('compared')).toBeGreaterThan(SPECS / 2);
  }, 300_000);

  test('temporal properties of random specs have the verdicts that their trees have', () => {
    judgeAll(randomFairSpec, SPECS, { ...BOUNDS, states: 300 });
    expect(counted('compared')).toBeGreaterThan(SPECS / 2);
    // Both verdicts, and fairness decides.
    for (const verdict of ['violated', 'holds']) expect(counted(verdict)).toBeGreaterThan(SPECS);
    expect(counted('holds by weak fairness')).toBeGreaterThan(SPECS / 4);
    expect(counted('holds by strong fairness')).toBeGreaterThan(0);
  }, 300_000);
});
