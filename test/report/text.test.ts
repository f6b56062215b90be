// The summary of a check, and the last lines of a call.
import { expect, test } from 'vitest';
import type { CheckOutcome, DiagnosticData } from '../../src/checker/outcome.js';
import { callSummary } from '../../src/report/call-summary.js';
import { plainPalette } from '../../src/report/palette.js';
import { bytes, counted, duration, rate } from '../../src/report/quantities.js';
import { checkText } from '../../src/report/text.js';
import { builtin, outcome, property, raceProperty, useAfterFree } from './sample-outcomes.js';

const warning: DiagnosticData = {
  code: 'coverage/unreached-step', severity: 'warning', file: 'specs/async_cb/v1.heddle', line: 88, column: 5, endLine: 88, endColumn: 20,
  message: 'Step `bpf_timer_start:oom` was never reached.',
};
const whole = (o: CheckOutcome): string => `${checkText(o)}\n\n${callSummary([o], [])}`;

test('a check that came out as expected', () => {
  expect(whole(outcome({ warnings: [warning] }))).toMatchInlineSnapshot(`
    "specs/async_cb/v1.heddle  quick: TASKS=2, SLOTS=1, PROGS=2, sequentially consistent memory
      184,302 states, 611,090 generated, depth 61, in 0.3 s (1.2 million/s, 21 B a state)

      holds      NoUAFcb, NoDoubleFree, NoProgLeak, InitExclusive, UpdateMutex, CancelWaits
                 no deadlock, no step errs
      violated   NoArmAfterCancel  after 8 steps, as expected
      warning    specs/async_cb/v1.heddle:88:5 Step \`bpf_timer_start:oom\` was never reached.
                 [coverage/unreached-step]

    As expected: 7 properties in 1 file (6 hold, 1 violated as expected).
    Bounds: TASKS=2, SLOTS=1, PROGS=2. For sequentially consistent memory."
  `);
});

test('the trace of an expected violation is shown when it is asked for', () => {
  expect(checkText(outcome())).not.toContain('<-- violated here');
  expect(checkText(outcome(), { properties: ['NoArmAfterCancel'] })).toContain('<-- violated here');
  expect(checkText(outcome(), { properties: ['NoUAFcb'] })).not.toContain('<-- violated here');
  expect(checkText(outcome(), { trace: 'table', traceAsked: true })).toContain('changes');
  expect(checkText(outcome(), { trace: 'none', properties: ['NoArmAfterCancel'] })).not.toContain('<-- violated here');
});

test('an unexpected error, what it hides, and what should have been violated', () => {
  const upTo = ['Node.use_after_free'];
  const o = outcome({
    outcome: 'unexpected',
    states: { distinct: 1, generated: 4, initial: 1, depth: 2, complete: false },
    properties: [
      property('Listed', { upTo }), property('Broken', { expected: 'violated', upTo }), builtin('deadlock', { upTo }),
      builtin('null_dereference', { upTo }), builtin('Node.use_after_free', { verdict: 'violated', trace: useAfterFree }),
    ],
  });
  expect(checkText(o, { trace: 'none' })).toMatchInlineSnapshot(`
    "specs/async_cb/v1.heddle  quick: TASKS=2, SLOTS=1, PROGS=2, sequentially consistent memory
      1 state, 4 generated, depth 2, in 0.3 s
      The search is not complete.

      holds      Listed; no deadlock, no step errs otherwise - up to Node.use_after_free (what such an
                 error hides was not explored)
      violated   Node.use_after_free  after 4 steps, NOT expected
      holds      Broken  NOT expected: it should be violated (holds up to Node.use_after_free)"
  `);
  expect(callSummary([o], [])).toMatchInlineSnapshot(`
    "NOT as expected: 2 of 3 properties: Broken holds; Node.use_after_free violated.
    Bounds: TASKS=2, SLOTS=1, PROGS=2. For sequentially consistent memory."
  `);
});

test('an undecided check says why, and is no success', () => {
  const undecided = { verdict: 'undecided', reason: 'states' } as const;
  const o = outcome({
    outcome: 'undecided', declared: 3,
    properties: [
      property('A', undecided), property('B', undecided), property('Live', { verdict: 'undecided', reason: 'unsupported' }),
      builtin('deadlock', undecided), builtin('bad_index', undecided), builtin('out_of_range', undecided),
    ],
  });
  expect(whole(o)).toMatchInlineSnapshot(`
    "specs/async_cb/v1.heddle  quick: TASKS=2, SLOTS=1, PROGS=2, sequentially consistent memory
      184,302 states, 611,090 generated, depth 61, in 0.3 s (1.2 million/s, 21 B a state)

      undecided  A, B, deadlock, whether a step errs: the limit on states ended the search
      undecided  Live: the automaton of the formula would be too large
      note       Nothing was shown: every property is undecided.

    Undecided: 6 of 6 properties. That is not success.
    Bounds: TASKS=2, SLOTS=1, PROGS=2. For sequentially consistent memory."
  `);
});

test('a spec without properties of its own says that nothing else was shown', () => {
  expect(whole(outcome({ declared: 0, constants: {}, properties: [builtin('deadlock'), builtin('bad_index'), builtin('Cb.leak')] }))).toMatchInlineSnapshot(`
    "specs/async_cb/v1.heddle  quick: sequentially consistent memory
      184,302 states, 611,090 generated, depth 61, in 0.3 s (1.2 million/s, 21 B a state)

      holds      no deadlock, no step errs, no Cb leaks
      note       This spec declares no property of its own: only deadlock and steps that err were looked
                 for.

    As expected: no deadlock, no step errs in 1 file. No property was checked besides: nothing else is
      shown.
    For sequentially consistent memory."
  `);
});

test('properties that hold only vacuously say so', () => {
  const text = checkText(outcome({ properties: [property('A', { vacuous: true }), builtin('deadlock')] }));
  expect(text).toContain('A (vacuously)');
  expect(text).toContain('Nothing was shown');
});

test('an expected deadlock is named', () => {
  const text = checkText(outcome({ properties: [property('Mutex'), builtin('deadlock', { verdict: 'violated', expected: 'violated', trace: useAfterFree })] }));
  expect(text).toContain('violated   deadlock  after 4 steps, as expected');
  expect(text).not.toContain('no deadlock');
});

test('long lists of names wrap under the first name', () => {
  const properties = Array.from({ length: 30 }, (_, i) => property(`PropertyNumber${i}`));
  const lines = checkText(outcome({ properties }), { width: 80 }).split('\n').filter((line) => line.includes('PropertyNumber'));
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines.slice(1).every((line) => line.startsWith(' '.repeat(13)))).toBe(true);
});

test('many warnings of one code are cut short, and say so', () => {
  const text = checkText(outcome({ warnings: Array.from({ length: 20 }, (_, i) => ({ ...warning, line: i + 1 })) }));
  expect(text.match(/never reached/g)).toHaveLength(12);
  expect(text).toContain('and 8 more of coverage/unreached-step');
});

test('quiet leaves only what is unexpected', () => {
  expect(checkText(outcome({ warnings: [warning] }), { quiet: true })).toBe('');
  const o = outcome({ outcome: 'unexpected', warnings: [warning], properties: [property('Fine'), { ...raceProperty, expected: 'holds' }] });
  const text = checkText(o, { quiet: true });
  expect(text).toContain('NoArmAfterCancel  after 8 steps, NOT expected');
  expect(text).not.toMatch(/Fine|never reached/);
});

test('a check with errors is left to the diagnostics', () => {
  const o = outcome({ outcome: 'error', properties: [], diagnostics: [{ ...warning, severity: 'error', code: 'parse/unexpected' }] });
  expect(checkText(o)).toBe('');
  expect(callSummary([o], [])).toMatchInlineSnapshot(`"Not run: 1 file or check has errors: specs/async_cb/v1.heddle."`);
});

test('the last lines count checks and files, and name what was not run', () => {
  const text = callSummary([outcome(), outcome({ check: 'default' }), outcome({ file: 'a.heddle', declared: 0, properties: [builtin('deadlock')] })], [
    { file: 'harness.heddle', why: 'abstract: timer_init' },
  ]);
  expect(text).toMatchInlineSnapshot(`
    "As expected: 14 properties in 3 checks of 2 files (12 hold, 2 violated as expected). 1 file has no
      property: a.heddle.
    Not run: harness.heddle (abstract: timer_init).
    Each verdict is for the bounds shown with it, and for sequentially consistent memory."
  `);
});

test('colours are the palette\'s', () => {
  const palette = { ...plainPalette, red: (t: string) => `<r>${t}</r>`, bold: (t: string) => `<b>${t}</b>` };
  const text = checkText(outcome({ properties: [{ ...raceProperty, expected: 'holds' }] }), { palette, trace: 'none' });
  expect(text).toContain('<r>violated </r>');
  expect(text).toContain('<b>specs/async_cb/v1.heddle</b>');
});

test('quantities are written for people', () => {
  expect([counted(1, 'state'), counted(1234567, 'state'), counted(2, 'property', 'properties')]).toEqual(['1 state', '1,234,567 states', '2 properties']);
  expect([0.004, 0.31, 12.4, 125, 7260].map(duration)).toEqual(['0.00 s', '0.3 s', '12 s', '2 min 5 s', '2 h 1 min']);
  expect([6500, 1_240_000].map(rate)).toEqual(['6,500/s', '1.2 million/s']);
  expect([21.2, 1500, 73_400_320].map(bytes)).toEqual(['21 B', '1.5 kB', '73 MB']);
});

test('what hides the rest of a search is named: a pool that is too small, or a violation that ended it', () => {
  const open = property('A', { verdict: 'undecided', reason: 'error' });
  const full = { ...builtin('Cb.exhausted', { verdict: 'violated' }) };
  const flat = (text: string): string => text.replace(/\s+/g, ' ');
  expect(flat(checkText(outcome({ outcome: 'unexpected', properties: [open, full] }), { trace: 'none' }))).toContain(
    'undecided A: the pool Cb has too few slots, and what lies behind was not seen',
  );
  const violated = property('B', { verdict: 'violated' });
  expect(flat(checkText(outcome({ outcome: 'unexpected', properties: [open, violated] }), { trace: 'none' }))).toContain(
    'undecided A: the search ended at the violation; --continue searches on',
  );
});
