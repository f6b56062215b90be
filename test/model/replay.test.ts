import { describe, expect, test } from 'vitest';
import type { Location, SourceFile } from '../../src/base/span.js';
import { explore } from '../../src/checker/explore.js';
import { kernelOf } from '../../src/checker/kernel.js';
import type { TraceData } from '../../src/checker/outcome.js';
import { nullable, range, type Type } from '../../src/core/type.js';
import { layoutOf } from '../../src/model/layout.js';
import type { ModelProperty } from '../../src/model/model.js';
import { replay } from '../../src/model/replay.js';
import { statementText } from '../../src/model/replay/statement-text.js';
import { systemOf } from '../../src/model/system.js';
import {
  atIndex, bin, bool, bound, boundValue, builtin, constant, convert, eq, indexed, load, local, model, nowhere, num, ofObject, place, pool, quantifier, read, refTo, set, shared,
  truth, un, wait, type Code, type HandModel,
} from '../support/models.js';

/** The trace of the first property. */
function traceOf(hand: HandModel): TraceData {
  const m = model(hand);
  const layout = layoutOf(m);
  const { verdicts } = explore(kernelOf(systemOf(m, layout)), {
    expected: m.properties.map(() => 'violated'), chosen: m.properties.map(() => true), continueOnViolation: true, clock: () => 0, shouldStop: () => false,
  });
  const verdict = verdicts[0];
  if (verdict?.kind !== 'violated') throw new Error(`${m.properties[0]!.name} is not violated`);
  return replay(m, layout, verdict.trace, 0);
}

const source: SourceFile = {
  path: 'specs/cb.heddle',
  text: `process task {
  take:  cb := new Cb { refcnt: 1 }   // a comment
  count[GREEN] := count[GREEN] + 1
  while true {
    put(cb)
  }
}`,
};
const where = (text: string): Location => ({ file: source, start: source.text.indexOf(text), end: source.text.indexOf(text) + text.length });
const statements = ['take:  cb := new Cb { refcnt: 1 }   // a comment', 'count[GREEN] := count[GREEN] + 1', 'while true {\n    put(cb)\n  }', 'put(cb)'];
const sites = statements.map((text, i) => ({ name: i === 0 ? 'take' : `task:${i + 2}`, at: where(text) }));

const digit = range(0, 9);
const color: Type = { kind: 'enum', name: 'Color', members: ['RED', 'GREEN'] };
const cbType = nullable(refTo('Cb', 2));
const Cb = pool('Cb', 2, { refcnt: digit, waiting: { kind: 'set', of: digit }, 'map armed': bool });
const count = shared('count', { kind: 'map', key: color, value: digit });
const cb = shared('cb', cbType);
const t = local('task.t', cbType);
const refcnt = Cb.field['refcnt']!;
const take: Code[number] = { op: 'new', target: place(cb), pool: Cb, fields: [{ variable: refcnt, value: num(1) }], optional: false, site: 0 };
const bump: Code = [
  { ...set(place(count, atIndex(constant(1, color), color)), bin('add', indexed(read(count), constant(1, color)), num(1))), site: 1 } as Code[number],
  set(place(Cb.field['waiting']!, ofObject(read(cb))), constant([3], { kind: 'set', of: digit })),
  set(place(Cb.field['armed']!, ofObject(read(cb))), truth(true)),
  set(t, read(cb)),
];
const put: Code = [
  { op: 'call', callee: 1, arguments: [{ name: 'x', value: read(t) }], site: 3 },
  { op: 'free', pool: Cb, ref: read(t), frame: 1 },
  { op: 'return', callee: 1, value: truth(true), frame: 1 },
];
const task = {
  name: 'task',
  arguments: [0],
  steps: [[take], bump, put, [set(place(refcnt, ofObject(read(t))), num(0))]],
  locals: [{ variable: t, liveAt: [2, 3] }],
  frames: [{ procedure: 'task', observable: false, at: nowhere }, { procedure: 'put', observable: true, caller: 0, at: nowhere }],
  labels: ['take', 'task:3', 'task:5', 'task:6'],
};
const hand: HandModel = { variables: [count, cb], pools: [Cb], processes: [task], sites };

describe('a trace', () => {
  const trace = traceOf({ ...hand, properties: [builtin('Cb.use_after_free')] });

  test('begins with every variable, and each process where it stands', () => {
    expect(trace.initial).toEqual({ count: [['RED', 0], ['GREEN', 0]], cb: null, armed: [], at: { 'task[0]': 'take' } });
  });

  test('names each step by its label or line, with its text in one line', () => {
    expect(trace.steps.map((s) => [s.index, s.process, s.step, s.line, s.text])).toEqual([
      [1, 'task[0]', 'take', 2, 'cb := new Cb { refcnt: 1 }'],
      [2, 'task[0]', 'task:3', 3, 'count[GREEN] := count[GREEN] + 1'],
      [3, 'task[0]', 'task:5', 5, 'put(cb)'],
      [4, 'task[0]', 'task:6', 1, ''],
    ]);
  });

  test('says what changed, value by value', () => {
    expect(trace.steps.map((s) => s.changes)).toEqual([
      { cb: [null, 'cb#0'], 'cb#0': ['free', 'live'], 'cb#0.refcnt': [0, 1] },
      { 'count[GREEN]': [0, 1], 'cb#0.waiting': [[], [3]], 'armed[cb#0]': [false, true], 'task[0].t': [null, 'cb#0'] },
      { 'cb#0': ['live', 'free'] },
      {},
    ]);
    expect(trace.steps[1]!.state).toEqual({
      count: [['RED', 0], ['GREEN', 1]], cb: 'cb#0', 'cb#0': { refcnt: 1, waiting: [3] }, armed: [['cb#0', true]], 'task[0].t': 'cb#0', at: { 'task[0]': 'task:5' },
    });
  });

  test('has the calls and returns of each step', () => {
    expect(trace.steps[2]!.events).toEqual([
      { kind: 'call', procedure: 'put', depth: 0, observable: true, arguments: { x: 'cb#0' } },
      { kind: 'return', procedure: 'put', depth: 0, observable: true, result: true },
    ]);
    expect(trace.steps.map((s) => s.calls)).toEqual([[], [], [], []]);
  });

  test('ends with the step that errs, and what is wrong', () => {
    expect(trace.steps.map((s) => s.errs)).toEqual([undefined, undefined, undefined, true]);
    expect(trace.fault).toBe('cb#0.refcnt is used after cb#0 was freed');
  });

  test('tells sets and maps from sequences', () => {
    expect(trace.shapes).toEqual({
      count: { kind: 'map', key: 'scalar', value: 'scalar' },
      armed: { kind: 'map', key: 'scalar', value: 'scalar' },
      'cb#0': { kind: 'record', fields: { refcnt: 'scalar', waiting: { kind: 'set', element: 'scalar' } } },
      'cb#0.waiting': { kind: 'set', element: 'scalar' },
    });
  });
});

describe('the fault line', () => {
  const x = shared('x', digit);
  const property = (kind: 'invariant' | 'step-invariant', formula: ReturnType<typeof truth>): ModelProperty => ({ kind, name: 'Small', formula, at: nowhere });
  const fault = (properties: ModelProperty[], ...steps: Code[]): string => traceOf({ variables: [x], processes: [{ steps }], properties }).fault;

  test('of a deadlock says who waits where', () => {
    const deadlock: ModelProperty = { kind: 'deadlock', name: 'deadlock', at: nowhere };
    expect(fault([deadlock], [set(x, num(1))], [wait(eq(read(x), num(2)))])).toBe('no process can move: p waits at l1');
  });

  test('of an invariant says for which elements it is false', () => {
    const k = bound('k', digit);
    const forall = quantifier('forall', k, constant([3, 4], { kind: 'set', of: digit }), bin('lt', read(x), boundValue(k), bool));
    expect(fault([property('invariant', bin('and', truth(true), forall, bool))], [set(x, num(4))])).toBe('Small is false for k = 3');
    expect(fault([property('invariant', eq(bin('div', num(1), bin('sub', num(1), read(x))), num(1)))], [set(x, num(1))])).toBe('Small cannot be evaluated: 1 / 0');
    expect(fault([property('step-invariant', truth(false))], [set(x, num(4))])).toBe('Small is false');
  });

  test('of an assertion, of a leak and of init', () => {
    expect(fault([{ kind: 'assertion', name: 'Good', at: nowhere }], [{ op: 'assert', condition: truth(false), property: 'Good' }])).toBe('the assertion Good is false');
    const lost = traceOf({ ...hand, properties: [builtin('Cb.leak')], processes: [{ ...task, steps: [[take], [set(cb, convert(constant(null, cbType), cbType))], [], []] }] });
    expect(lost.fault).toBe('cb#0 is live, and nothing leads there any more');
    const init = traceOf({ variables: [x], init: { name: 'init', steps: [[set(x, convert(num(10), digit))]] }, properties: [builtin('out_of_range')] });
    expect(init).toEqual({ initial: {}, steps: [], fault: '10 is not in 0..9' });
  });

  test('of two steps between the same states the one that fails is shown', () => {
    const choice: Code = [{ op: 'either', branches: [[{ ...set(x, num(1)), site: 1 } as Code[number]], [{ op: 'assert', condition: un('not', truth(true)), property: 'Good' }, { ...set(x, num(1)), site: 3 } as Code[number]]] }];
    const trace = traceOf({ variables: [x], sites, processes: [{ steps: [choice] }], properties: [{ kind: 'assertion', name: 'Good', at: nowhere }] });
    expect(trace.steps.map((s) => s.text)).toEqual(['put(cb)']);
  });

  test('what an atomic call chooses inside does not name the step, what a plain call does first names it', () => {
    const calls = (more: { readonly atomic?: true }): unknown[] => {
      const frames = [{ procedure: 'task', observable: false, at: nowhere }, { procedure: 'put', observable: false, caller: 0, at: nowhere, ...more }];
      const code: Code = [{ op: 'call', callee: 1, arguments: [], site: 3 }, { ...set(x, num(1)), site: 1, frame: 1 } as Code[number], { op: 'assert', condition: truth(false), property: 'Good' }];
      const trace = traceOf({ variables: [x], sites, processes: [{ steps: [code], frames }], properties: [{ kind: 'assertion', name: 'Good', at: nowhere }] });
      return trace.steps.map((s) => [s.text, s.calls]);
    };
    expect(calls({})).toEqual([['count[GREEN] := count[GREEN] + 1', ['put']]]);
    expect(calls({ atomic: true })).toEqual([['put(cb)', []]]);
  });

  test('a field read through null is an error with its own words', () => {
    expect(traceOf({ ...hand, processes: [{ steps: [[wait(eq(load(refcnt, read(cb)), num(1)))]] }], properties: [builtin('null_dereference')] }).fault).toBe('the reference is null: it has no refcnt');
  });
});

test.each([
  ['x := y + 1 // why', 'x := y + 1'],
  ['  lock:+ await   !held', 'await !held'],
  ['lock:\n    await !held', 'await !held'],
  ['if seen == BUSY { return EBUSY }', 'if seen == BUSY'],
  ['while x in {1, 2} {\n x := 3 }', 'while x in {1, 2}'],
  ['with p in {A, B} union S {', 'with p in {A, B} union S'],
  ['with (R { a: 1 }).a in S { }', 'with (R { a: 1 }).a in S'],
  ['either { await a } or { await b }', 'either'],
  ['cb := new Cb { refcnt: 1 }', 'cb := new Cb { refcnt: 1 }'],
  ['x:= 1', 'x:= 1'],
])('the text of %j is %j', (text, shown) => expect(statementText(text)).toBe(shown));
