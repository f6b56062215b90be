// Liveness of known algorithms: what holds, what fails, and for want of what. Each verdict can be checked by hand.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkText } from '../support/check-text.js';

const verdictOf = (text: string, property: string, constants: Readonly<Record<string, string>> = {}): { readonly verdict: string; readonly why: readonly string[]; readonly loop?: number } => {
  const found = checkText(text, constants).properties.find((p) => p.name === property)!;
  const { loopStart, steps } = found.trace ?? {};
  return { verdict: found.verdict, why: found.trace?.why ?? [], ...(loopStart === undefined ? {} : { loop: steps!.length - loopStart }) };
};

const FILTER = readFileSync(new URL('../../specs/classic/filter.heddle', import.meta.url), 'utf8').replace(/check (five|six).*\n/g, '');

/** The filter lock with the processes of `set` declared on their own, with the given fairness. */
const filterWithOneUnfair = `${FILTER.replace('fair process p(i in Process) {', 'procedure run(i: Process) {').replace(/\/\/\/ At most[\s\S]*/, '')}
fair process p(i in 1..N - 1) { call: run(i) }
process slow(i in N..N) { call: run(i) }
property Enters = forall i in 1..N - 1: at(p[i], set) ~> at(p[i], cs)
check default { N = 3 }
`;

describe('the filter lock', () => {
  test.each(['3', '4'])('with fair processes, whoever wants to enter does (N = %s)', (N) => {
    expect(verdictOf(FILTER, 'Enters', { N })).toMatchObject({ verdict: 'holds' });
  });

  test('without fairness a process may stop at once, and the message says what is missing', () => {
    const { verdict, why, loop } = verdictOf(FILTER.replace('fair process', 'process'), 'Enters');
    expect({ verdict, loop }).toEqual({ verdict: 'violated', loop: 0 });
    expect(why).toContain('p[1] at `set` could move, but is not owed a step: `p` is not `fair`.');
    expect(why.at(-1)).toBe('With `fair process p` it would hold.');
  });

  test('one process that is not fair holds up the others', () => {
    const { verdict, why } = verdictOf(filterWithOneUnfair, 'Enters');
    expect(verdict).toBe('violated');
    expect(why.at(-1)).toBe('With `fair process slow` it would hold.');
  });
});

const DEKKER = (giveWay: string): string => `
steps label
var wants: [0..1 -> bool] = false
var turn: 0..1 = 0
fair process p(i in 0..1) {
  loop {
    idle:-  skip
    want:   wants[i] := true
    test:   while wants[1 - i] {
              ${giveWay}
            }
    cs:     skip
    leave:  wants[i] := false
            turn := 1 - i
  }
}
invariant Mutex = !(at(p[0], cs) && at(p[1], cs))
property Enters = forall i in 0..1: at(p[i], test) ~> at(p[i], cs)
property SomeoneEnters = (exists i in 0..1: at(p[i], test)) ~> (exists i in 0..1: at(p[i], cs))
`;

describe("Dekker's algorithm", () => {
  test('lets everyone in, turn by turn', () => {
    const text = DEKKER('back: if turn != i { away: wants[i] := false  wait: await turn == i  again: wants[i] := true }');
    expect(verdictOf(text, 'Mutex')).toMatchObject({ verdict: 'holds' });
    expect(verdictOf(text, 'Enters')).toMatchObject({ verdict: 'holds' });
  });

  test('without the turn both give way to each other for ever', () => {
    const text = DEKKER('away: wants[i] := false\n again: wants[i] := true');
    expect(verdictOf(text, 'Mutex')).toMatchObject({ verdict: 'holds' });
    const { verdict, loop, why } = verdictOf(text, 'SomeoneEnters');
    expect(verdict).toBe('violated');
    expect(loop).toBeGreaterThan(3);
    expect(why).toEqual(['No fairness of processes would rule this out.']);
  });
});

const SEMAPHORE = (fairness: string, plus = ''): string => `
var open: bool = true
var inside: [0..1 -> bool] = false
${fairness} process p(i in 0..1) {
  loop {
    take:${plus} atomic { await open  open := false }
    inside[i] := true
    inside[i] := false
    open := true
  }
}
property Enters = forall i in 0..1: always eventually inside[i]
`;

describe('a semaphore', () => {
  test('starves a process under weak fairness, which is owed a step only while it stays enabled', () => {
    const { verdict, why } = verdictOf(SEMAPHORE('fair'), 'Enters');
    expect(verdict).toBe('violated');
    expect(why).toEqual([
      'p[0] at `take` could move now and then, but not all the time: weak fairness owes it nothing.',
      'With `fair+ process p` it would hold.',
    ]);
  });

  test.each([['fair+', ''], ['fair', '+']])('serves everyone under strong fairness (%s process, take:%s)', (fairness, plus) => {
    expect(verdictOf(SEMAPHORE(fairness, plus), 'Enters')).toMatchObject({ verdict: 'holds' });
  });
});

describe('what fairness means', () => {
  const loop = (process: string, property: string): string => `var x: 0..3 = 0\n${process}\nproperty P = ${property}`;

  test('a label with - is owed nothing', () => {
    expect(verdictOf(loop('fair process p { a:- x := 1 }', 'eventually x == 1'), 'P')).toMatchObject({
      verdict: 'violated',
      why: ['p at `a` could move, but is not owed a step: its label has a `-`.', 'No fairness of processes would rule this out.'],
    });
  });

  test('labels of a process that is not fair owe nothing', () => {
    expect(verdictOf(loop('process p { a:+ x := 1 }\nfair process q { skip }', 'eventually x == 1'), 'P')).toMatchObject({ verdict: 'violated' });
  });

  test('a step that errs counts as enabled: nothing can be owed behind it', () => {
    const text = 'var x: 0..1 = 0\nvar d: bool = false\nfair process p { x := 1\n x := x + 1 }\nfair process q { d := true }\nproperty P = eventually d\nexpect out_of_range violated';
    expect(checkText(text).properties.find((p) => p.name === 'P')).toMatchObject({ verdict: 'holds', upTo: ['out_of_range'] });
  });

  test('a step that changes nothing is not owed, and is no progress', () => {
    expect(verdictOf(loop('fair process p { loop { x := 0 } }\nfair process q { await x == 1 }', 'eventually x == 1'), 'P')).toMatchObject({ verdict: 'violated' });
  });

  test('an interrupt that has begun goes on, and one that is not fair need not begin', () => {
    const text = (fair: string): string => `var a: 0..2 = 0\nvar b: bool = false\nfair+ process t { b := true }\n${fair} process irq interrupts t { await a < 2  a := 1  a := 2 }\nproperty Ends = a == 1 ~> a == 2\nproperty Begins = eventually a == 1`;
    expect(verdictOf(text(''), 'Ends')).toMatchObject({ verdict: 'holds' });
    expect(verdictOf(text(''), 'Begins')).toMatchObject({ verdict: 'violated' });
    expect(verdictOf(text('fair'), 'Begins')).toMatchObject({ verdict: 'holds' });
  });

  test('a deadlock stutters for ever', () => {
    expect(verdictOf(loop('fair process p { await x == 1 }', 'eventually x == 1'), 'P')).toMatchObject({ verdict: 'violated', loop: 0 });
  });
});

describe('what is not decided, or says nothing', () => {
  test('after a limit was hit, a temporal property is undecided', () => {
    expect(checkText(FILTER, {}, { maxStates: 100 }).properties.find((p) => p.name === 'Enters')).toMatchObject({ verdict: 'undecided', reason: 'states' });
  });

  test('the graph does not fit into memory: the others keep their verdicts', () => {
    const { properties } = checkText(FILTER, { N: '4' }, { maxMemoryBytes: 1_000_000 });
    expect(properties.find((p) => p.name === 'Enters')).toMatchObject({ verdict: 'undecided', reason: 'memory' });
    expect(properties.find((p) => p.name === 'Mutex')).toMatchObject({ verdict: 'holds' });
  });

  test('a left side of ~> that is never true is warned of', () => {
    const outcome = checkText('var x: 0..3 = 0\nfair process p { x := 1 }\nproperty P = x == 3 ~> x == 1');
    expect(outcome.properties.find((p) => p.name === 'P')).toMatchObject({ verdict: 'holds', vacuous: true });
    expect(outcome.warnings.map((w) => w.code)).toEqual(['coverage/vacuous']);
  });

  test('a state formula that errs violates the property where it does, by a shortest trace', () => {
    const text = 'pool Cb[1] { v: 0..1 = 0 }\nvar c: Cb? = null\nfair process p { c := new Cb { }\n c.v := 1 }\nproperty P = eventually c.v == 1';
    const found = checkText(text).properties.find((p) => p.name === 'P')!;
    expect(found).toMatchObject({ verdict: 'violated', trace: { steps: [] } });
    expect(found.trace!.fault).toMatch(/^P cannot be evaluated: .*null/);
  });
});
