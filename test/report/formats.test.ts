// The forms for machines, and the table.
import { expect, test } from 'vitest';
import { itf, itfTrace, itfValue } from '../../src/report/itf.js';
import { json, jsonTraces } from '../../src/report/json.js';
import { table } from '../../src/report/table.js';
import { builtin, outcome, property, raceProperty, raceTrace, traceOf, useAfterFree } from './sample-outcomes.js';

test('the JSON has the fields of the contract and no others', () => {
  const full = outcome({
    properties: [raceProperty, property('A', { verdict: 'undecided', reason: 'time' }), property('B', { upTo: ['Cb.use_after_free'], vacuous: true, doc: 'x' })],
    warnings: [{ code: 'c/w', severity: 'warning', file: 'f', line: 1, column: 2, endLine: 1, endColumn: 3, message: 'm', help: 'h', source: 's' }],
  });
  const [object] = JSON.parse(json([full], '0.1.0'));
  expect(Object.keys(object)).toEqual([
    'heddle', 'spec', 'file', 'check', 'engine', 'workers', 'memoryModel', 'constants', 'outcome', 'states', 'cost', 'properties', 'warnings',
  ]);
  expect(object).toMatchObject({ heddle: '0.1.0', memoryModel: 'sc', outcome: 'expected', constants: { TASKS: 2 } });
  expect(Object.keys(object.states)).toEqual(['distinct', 'generated', 'initial', 'depth', 'complete']);
  expect(Object.keys(object.cost)).toEqual(['seconds', 'compileSeconds', 'statesPerSecond', 'peakMemoryBytes', 'bytesPerState']);
  expect(object.properties[1]).toEqual({ name: 'A', kind: 'invariant', verdict: 'undecided', expected: 'holds', reason: 'time' });
  expect(object.properties[2]).toEqual({ name: 'B', kind: 'invariant', verdict: 'holds', expected: 'holds', upTo: ['Cb.use_after_free'] });
  expect(Object.keys(object.properties[0].trace)).toEqual(['initial', 'steps']);
  expect(object.properties[0].trace.steps[0]).toEqual({
    index: 1, process: 'task[0]', step: 'bpf_timer_start:95', calls: ['bpf_timer_start'],
    events: [{ kind: 'call', procedure: 'bpf_timer_start', depth: 0, observable: false, arguments: { c: 0, s: 0 } }],
    file: 'specs/async_cb/v1.heddle', line: 95, column: 3, changes: { 'task[0].bpf_timer_start.t': [null, 'cb#0'] },
  });
  expect(object.warnings).toEqual([{ code: 'c/w', severity: 'warning', file: 'f', line: 1, column: 2, endLine: 1, endColumn: 3, message: 'm', help: 'h' }]);
});

test('a spec that is wrong has diagnostics', () => {
  const wrong = outcome({ outcome: 'error', properties: [], diagnostics: [{ code: 'p/x', severity: 'error', file: 'f', line: 1, column: 1, endLine: 1, endColumn: 2, message: 'm' }] });
  expect(JSON.parse(json([wrong], '0'))[0].diagnostics).toHaveLength(1);
  expect(json([], '0')).toBe('[]\n');
});

test('a lasso keeps its loop, in JSON and in ITF', () => {
  const trace = traceOf({ x: 0 }, 'never', [{ process: 'p', text: 'x := 1', changes: { x: [0, 1] } }], { loopStart: 1 });
  const o = outcome({ properties: [property('L', { verdict: 'violated', trace })] });
  expect(JSON.parse(json([o], '0'))[0].properties[0].trace.loopStart).toBe(1);
  expect(JSON.parse(itf([o])).loop).toBe(1);
  expect(JSON.parse(jsonTraces([o]))).toMatchObject([{ check: 'quick', property: 'L', trace: { loopStart: 1 } }]);
});

test('values in ITF', () => {
  const shape = { kind: 'map', key: 'scalar', value: { kind: 'set', element: 'scalar' } } as const;
  expect(itfValue([[0, ['cb#0']], [1, []]], shape)).toEqual({ '#map': [[{ '#bigint': '0' }, { '#set': ['cb#0'] }], [{ '#bigint': '1' }, { '#set': [] }]] });
  expect(itfValue([1, true, null], { kind: 'seq', element: 'scalar' })).toEqual([{ '#bigint': '1' }, true, 'null']);
  expect(itfValue({ a: [2] }, { kind: 'record', fields: { a: { kind: 'set', element: 'scalar' } } })).toEqual({ a: { '#set': [{ '#bigint': '2' }] } });
});

test('every state of an ITF trace sets every variable; the constants are its parameters', () => {
  const trace = itfTrace(outcome(), raceProperty, raceTrace);
  expect(trace.params).toEqual(['TASKS', 'SLOTS', 'PROGS']);
  expect(trace.states).toHaveLength(9);
  for (const state of trace.states) for (const name of [...trace.params!, ...trace.vars]) expect(state).toHaveProperty([name]);
});

test('one violated property is one ITF object, several are an array', () => {
  const error = builtin('Node.use_after_free', { verdict: 'violated', trace: useAfterFree });
  const both = outcome({ properties: [raceProperty, error] });
  expect(JSON.parse(itf([both]))).toHaveLength(2);
  expect(JSON.parse(itf([both], ['NoArmAfterCancel']))['#meta'].property).toBe('NoArmAfterCancel');
  expect(itfTrace(both, error, useAfterFree).states).toHaveLength(4);
  expect(itfTrace(both, error, useAfterFree)['#meta']['erring-step']).toMatchObject({ process: 'reader', line: 43 });
});

test('the table has a row a step and names what changed', () => {
  expect(table(raceProperty, raceTrace)).toMatchInlineSnapshot(`
    "NoArmAfterCancel: After bpf_timer_cancel() returned success and until the next start begins, the
      timer is not queued.
    Violated after 8 steps: the timer of slot[0] is queued after its cancel has returned.

    initially: slot[0] = cb#0

      #  process  step                          source                  changes
      1  task[0]  bpf_timer_start:95            t := slot[s]            bpf_timer_start.t: null -> cb#0
      2  task[0]  bpf_timer_start:97            got := inc_not_zero...  cb#0.refcnt: 1 -> 2
                                                                        bpf_timer_start.got: false ->
                                                                          true
      3  task[1]  bpf_timer_cancel:111          t := slot[s]            bpf_timer_cancel.t: null -> cb#0
      4  task[1]  bpf_async_update_callback:60  state := cmpxchg(cb...  cb#0.state: READY -> BUSY
      5  task[1]  bpf_async_update_callback:70  state := cmpxchg(cb...  cb#0.state: BUSY -> READY
                                                                        updaters[cb#0]: 1 -> 0
      6  task[1]  bpf_timer_cancel:125          r := hr.hrtimer_can...
      7  task[1]  bpf_timer_cancel:128          rcu_read_unlock(c)      quiet[0]: false -> true
                                                                        bpf_timer_cancel.t: cb#0 -> null
      8  task[0]  bpf_timer_start:99            hr.hrtimer_start(t)     hr.queued: {} -> {cb#0}
         <-- violated here"
  `);
});

test('the table keeps to its width', () => {
  for (const width of [60, 72, 100, 140]) {
    for (const line of table(raceProperty, raceTrace, width).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  }
});

test('a step from another file names it', () => {
  const trace = traceOf({}, 'late', [
    { process: 'p', text: 'x := 1', file: 'specs/a.heddle', changes: { x: [0, 1] } },
    { process: 'p', text: 'y := 2', file: 'lib/kernel/rcu.heddle', line: 12, errs: true },
  ]);
  expect(table(property('P'), trace)).toMatchInlineSnapshot(`
    "P: violated after 2 steps: late.

      #  process  step      source          changes
      1  p        p:40      x := 1          x: 0 -> 1
      2  p        p:12      rcu:12  y := 2
         <-- error: late"
  `);
});
