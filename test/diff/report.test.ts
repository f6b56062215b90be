// The forms of a diff's report: widths, what each remark says, lines compared.

import { describe, expect, test } from 'vitest';
import type { TraceData } from '../../src/checker/outcome.js';
import { compareLines, compareTexts, declaredTexts, propertyText } from '../../src/diff/declarations.js';
import { firstBadText } from '../../src/diff/report/first-bad.js';
import { diffHtml } from '../../src/diff/report/html.js';
import { diffMarkdown } from '../../src/diff/report/markdown.js';
import { diffText } from '../../src/diff/report/text.js';
import type { Cell, Definition, DiffResult, Row } from '../../src/diff/result.js';
import { diffOutcome, exitCodeOf, isEmpty } from '../../src/diff/verdict.js';

const trace = (steps: number): TraceData => ({
  initial: { x: 0 },
  steps: Array.from({ length: steps }, (_, i) => ({
    index: i + 1, process: 'p', step: 's', file: 'a.heddle', line: 1, column: 1, text: 'x := x + 1', calls: [], events: [], changes: { x: [i, i + 1] as const }, state: { x: i + 1 },
  })),
  fault: 'x is too large',
});
const HOLDS: Cell = { verdict: 'holds' };
const ABSENT: Cell = { verdict: 'absent' };
const violated = (steps: number): Cell => ({ verdict: 'violated', trace: trace(steps) });
const SAME: Definition = { kind: 'same' };
const row = (property: string, cells: readonly Cell[], definitions: readonly (Definition | undefined)[] = cells.slice(1).map(() => SAME)): Row => ({
  property, kind: 'invariant', cells, definitions, names: cells.map((c) => (c.verdict === 'absent' ? undefined : property)),
});

function result(names: readonly string[], rows: readonly Row[], distinct = 6_203_538): DiffResult {
  const nothing = { gained: { kind: 'none' }, lost: { kind: 'none' }, newResults: [], lostResults: [] } as const;
  return {
    check: 'default',
    rows,
    revisions: names.map((name) => ({
      name, file: `${name}.heddle`, spec: name, check: 'default', seconds: 1, constants: { N: 2 }, bounds: ['N'],
      states: { distinct, generated: 2 * distinct, initial: 1, depth: 9, complete: true },
    })),
    changes: names.slice(1).map((to, i) => ({ from: names[i]!, to, constants: [], processes: [], declarations: [], steps: [], behaviours: nothing })),
  };
}

const SERIES = ['lock', 'v1', 'v3', 'v4', 'v5', 'v6', 'v9', 'mainline'];
const series = result(SERIES, [row('NoArmAfterCancel', SERIES.map((_, i) => (i % 2 === 0 ? HOLDS : violated(10 + i)))), row('UpdateMutex', SERIES.map((_, i) => (i === 1 ? HOLDS : ABSENT)))]);

describe('text', () => {
  test.each([60, 80, 100, 160])('eight revisions fit %i columns', (width) => {
    const lines = diffText(series, { width, trace: 'none' }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    for (const name of SERIES) expect(lines.some((line) => / {2}\S+( |$)/.test(line) && line.includes(name))).toBe(true);
  });

  test('the words of the matrix become shorter where there is little room', () => {
    expect(diffText(series, { width: 160 })).toContain('violated 11');
    expect(diffText(series, { width: 100 })).toContain('viol. 11');
    expect(diffText(series, { width: 80 })).toContain('X 11');
    expect(diffText(series, { width: 80 })).toContain('ok: holds');
  });

  test('a verdict that changed comes with its trace, the one that went away too', () => {
    const text = diffText(result(['a', 'b'], [row('I', [HOLDS, violated(2)]), row('J', [violated(1), HOLDS])]));
    expect(text).toContain('I in b: violated after 2 steps');
    expect(text).toContain('J in a: violated after 1 step');
    expect(diffText(result(['a', 'b'], [row('I', [HOLDS, violated(2)])]), { trace: 'none' })).not.toContain('I in b');
  });

  test('a definition that was only sampled says so', () => {
    const stronger = diffText(result(['a', 'b'], [row('I', [HOLDS, HOLDS], [{ kind: 'strengthened', sampled: true, tried: 1_048_576, before: 'x < 2', after: 'x < 1', nowForbidden: { x: '1' } }])]));
    expect(stronger).toContain('I: it forbids what it allowed; that it allows nothing more was only sampled');
    const text = diffText(result(['a', 'b'], [row('I', [HOLDS, HOLDS], [{ kind: 'same', sampled: true, tried: 1_048_576, before: 'x < 1', after: '1 > x' }])]));
    expect(text.replace(/\n +/g, ' ')).toContain('I: written otherwise, same (sampled): no difference in 1,048,576 states of what it reads');
  });

  test('no difference is one line', () => {
    const nothing = result(['a', 'b'], [row('I', [HOLDS, HOLDS])], 7);
    expect(isEmpty(nothing)).toBe(true);
    expect(diffText(nothing, { width: 300 })).toBe('No difference between a and b (check default): the same verdicts and definitions of 1 property, the same steps, the observable behaviours and 7 states.');
    expect(diffMarkdown(nothing).split('\n')).toHaveLength(2);
  });
});

describe('what it comes to', () => {
  const cases: readonly (readonly [what: string, code: number, rows: readonly Row[]])[] = [
    ['nothing', 0, [row('I', [HOLDS, HOLDS])]],
    ['a lost property', 1, [row('I', [HOLDS, violated(1)])]],
    ['one that was lost and regained', 1, [row('I', [HOLDS, violated(1), HOLDS])]],
    ['a property that is violated in both', 0, [row('I', [violated(2), violated(1)])]],
    ['a weakened definition', 1, [row('I', [HOLDS, HOLDS], [{ kind: 'weakened', nowAllowed: {} }])]],
    ['a stronger definition', 0, [row('I', [HOLDS, HOLDS], [{ kind: 'strengthened', nowForbidden: {} }])]],
    ['one that allows what it forbade, and the other way round', 1, [row('I', [HOLDS, HOLDS], [{ kind: 'changed', nowAllowed: {}, nowForbidden: {} }])]],
    ['one that cannot be compared', 3, [row('I', [HOLDS, HOLDS], [{ kind: 'changed', note: 'a has no `x`' }])]],
    ['a removed property', 1, [row('I', [HOLDS, ABSENT], [{ kind: 'removed' }])]],
    ['an undecided verdict', 3, [row('I', [HOLDS, { verdict: 'undecided', reason: 'states' }])]],
    ['an undecided verdict beside a lost one', 1, [row('I', [HOLDS, { verdict: 'undecided', reason: 'states' }]), row('J', [HOLDS, violated(1)])]],
  ];
  test.each(cases)('%s: exit %i', (_, code, rows) => {
    expect(exitCodeOf(diffOutcome(result(rows[0]!.cells.map((_c, i) => `r${i}`), rows)))).toBe(code);
  });

  test('an undecided comparison of behaviours is undecided', () => {
    const base = result(['a', 'b'], [row('I', [HOLDS, HOLDS])]);
    const open = { kind: 'undecided', why: 'it is large' } as const;
    const found: DiffResult = { ...base, changes: [{ ...base.changes[0]!, behaviours: { gained: open, lost: open, newResults: [], lostResults: [] } }] };
    expect(diffOutcome(found)).toBe('undecided');
    expect(diffText(found)).toContain('Whether a and b can do the same is undecided: it is large.');
  });

  test('the first bad revision passes over what is not known', () => {
    const found = result(['a', 'b', 'c', 'd'], [row('I', [HOLDS, { verdict: 'undecided', reason: 'time' }, violated(3), HOLDS])]);
    expect(firstBadText(found, 'I')).toBe('c lost I: holds in a, violated after 3 steps in c; undecided (time) in b.\nd regained I: violated in c, holds in d.');
    expect(firstBadText(found, 'deadlock')).toBe('deadlock holds in a, b, c, d.');
    expect(firstBadText(result(['a', 'b'], [row('I', [violated(1), violated(1)])]), 'I')).toBe('I is violated in every revision; none of them lost it.');
  });
});

test('names are escaped where a form gives signs a meaning', () => {
  const found = result(['a<b>', 'x|y'], [row('I', [HOLDS, HOLDS], [{ kind: 'weakened', nowAllowed: { 'm[0]': '<<1>>' }, before: 'a && b', after: 'a' }])]);
  expect(diffHtml(found)).not.toContain('a<b>');
  expect(diffHtml(found)).toContain('&lt;&lt;1&gt;&gt;');
  expect(diffMarkdown(found)).toContain('x\\|y');
});

describe('declarations as text', () => {
  const texts = (text: string, path = 'a.heddle'): ReturnType<typeof declaredTexts> => declaredTexts([{ path, text }]);

  test('layout and comments are no difference', () => {
    const [a, b] = ['procedure f(x: 0..1) { y := x }  // one\nvar y: 0..1 = 0', 'var y: 0..1 = 0\n/// More.\nprocedure f(x: 0..1) {\n  // here\n  y := x\n}'];
    expect(compareTexts(texts(a), texts(b))).toEqual({ steps: [], declarations: [] });
  });

  test('a changed procedure has its lines, what came and went its size', () => {
    const { steps, declarations } = compareTexts(texts('procedure f() {\n  x := 1\n  x := 2\n}\nvar x: 0..2 = 0\n'), texts('procedure f() {\n  x := 1\n  x := 0\n}\nprocedure g() {\n  skip\n}\nvar x: 0..3 = 0\n'));
    expect(steps.map(({ name, kind }) => [name, kind])).toEqual([['procedure f', 'changed'], ['procedure g', 'added']]);
    expect(steps[0]!.lines.map(({ kind, text }) => `${kind} ${text.trim()}`)).toEqual(['kept procedure f() {', 'kept x := 1', 'lost x := 2', 'gained x := 0', 'kept }']);
    expect(declarations.map((d) => d.name)).toEqual(['var x']);
  });

  test('a module that came whole is one change', () => {
    const entry = { path: 'a.heddle', text: 'var x: 0..1 = 0\n' };
    const module = { path: 'lib/lock.heddle', text: 'type L = bool\nprocedure take() {\n  skip\n}\n' };
    const { steps, declarations } = compareTexts(declaredTexts([entry]), declaredTexts([entry, module]));
    expect([...steps, ...declarations].map(({ name, kind }) => `${kind} ${name}`)).toEqual(['added module lock']);
  });

  test('a property is shown as written, without comments', () => {
    const text = 'invariant I =   // why\n  x <= 1 &&\n  y <= 1\n';
    expect(propertyText({ path: 'a.heddle', text }, text.indexOf('I ='))).toBe('x <= 1 && y <= 1');
  });

  test('lines that stay are a longest common part', () => {
    expect(compareLines(['a', 'b', 'c'], ['b', 'c', 'd']).map((l) => `${l.kind[0]!}${l.text}`)).toEqual(['la', 'kb', 'kc', 'gd']);
    expect(compareLines([], ['x']).map((l) => l.kind)).toEqual(['gained']);
  });
});
