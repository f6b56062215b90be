// Outcomes made by hand, as `compile` and the checker would make them: a race of two tasks, an erring step, a deadlock, a lasso.

import type { CheckOutcome, EventData, Json, PropertyOutcome, StepData, TraceData } from '../../src/checker/outcome.js';

/** A step with the fields that matter; `state` grows by the changes. */
export function traceOf(
  initial: Record<string, Json>,
  fault: string,
  steps: readonly (Partial<StepData> & { readonly process: string; readonly text: string })[],
  rest: Partial<TraceData> = {},
): TraceData {
  const state: Record<string, Json> = { ...initial };
  const full = steps.map((step, i): StepData => {
    for (const [path, [, after]] of Object.entries(step.changes ?? {})) state[path] = after;
    const line = step.line ?? 40 + i;
    return {
      index: i + 1,
      step: `${step.calls?.at(-1) ?? step.process.replace(/\[.*/, '')}:${line}`,
      file: 'specs/async_cb/v1.heddle',
      line,
      column: 3,
      calls: [],
      events: [],
      changes: {},
      state: { ...state },
      ...step,
    };
  });
  return { initial, steps: full, fault, ...rest };
}

export const call = (procedure: string, depth: number, args: Record<string, Json> = {}): EventData => ({
  kind: 'call', procedure, depth, observable: false, arguments: args,
});
export const back = (procedure: string, depth: number, result?: Json): EventData => ({
  kind: 'return', procedure, depth, observable: false, ...(result === undefined ? {} : { result }),
});

/** A start that took its reference before the cancel, and arms the timer after the cancel has returned. */
export const raceTrace = traceOf(
  {
    'slot[0]': 'cb#0',
    'task[0].bpf_timer_start.t': null,
    'task[0].bpf_timer_start.got': false,
    'task[1].bpf_timer_cancel.t': null,
    'task[1].bpf_timer_cancel.ret': 'OK',
  },
  'the timer of slot[0] is queued after its cancel has returned',
  [
    { process: 'task[0]', text: 't := slot[s]', line: 95, calls: ['bpf_timer_start'], events: [call('bpf_timer_start', 0, { c: 0, s: 0 })], changes: { 'task[0].bpf_timer_start.t': [null, 'cb#0'] } },
    {
      process: 'task[0]', text: 'got := inc_not_zero(t.refcnt)', line: 97, calls: ['bpf_timer_start'],
      events: [call('inc_not_zero', 1), back('inc_not_zero', 1, true)],
      changes: { 'cb#0.refcnt': [1, 2], 'task[0].bpf_timer_start.got': [false, true] },
    },
    { process: 'task[1]', text: 't := slot[s]', line: 111, calls: ['bpf_timer_cancel'], events: [call('bpf_timer_cancel', 0, { c: 1, s: 0 })], changes: { 'task[1].bpf_timer_cancel.t': [null, 'cb#0'] } },
    {
      process: 'task[1]', text: 'state := cmpxchg(cb.state, READY, BUSY)', line: 60, calls: ['bpf_timer_cancel', 'bpf_async_update_callback'],
      events: [call('bpf_async_update_callback', 1, { c: 1, s: 0, cb: 'cb#0', fn: null, p: null })],
      changes: { 'cb#0.state': ['READY', 'BUSY'] },
    },
    {
      process: 'task[1]', text: 'state := cmpxchg(cb.state, BUSY, READY)', line: 70, calls: ['bpf_timer_cancel', 'bpf_async_update_callback'],
      events: [back('bpf_async_update_callback', 1, 'OK')],
      changes: { 'cb#0.state': ['BUSY', 'READY'], 'updaters[cb#0]': [1, 0] },
    },
    { process: 'task[1]', text: 'r := hr.hrtimer_cancel(t)', line: 125, calls: ['bpf_timer_cancel'], events: [call('hr.hrtimer_cancel', 1, { x: 'cb#0' }), back('hr.hrtimer_cancel', 1, 0)] },
    { process: 'task[1]', text: 'rcu_read_unlock(c)', line: 128, calls: ['bpf_timer_cancel'], events: [back('bpf_timer_cancel', 0, 'OK')], changes: { 'quiet[0]': [false, true], 'task[1].bpf_timer_cancel.t': ['cb#0', null] } },
    { process: 'task[0]', text: 'hr.hrtimer_start(t)', line: 99, calls: ['bpf_timer_start'], changes: { 'hr.queued': [[], ['cb#0']] } },
  ],
  { shapes: { 'hr.queued': { kind: 'set', element: 'scalar' } } },
);

/** A reader that follows a pointer to what was freed under it. */
export const useAfterFree = traceOf({ head: 'node#0' }, 'node#0.next is read after node#0 was freed', [
  { process: 'reader', text: 'p := head', changes: { 'reader.p': [null, 'node#0'] } },
  { process: 'writer', text: 'head := null', changes: { head: ['node#0', null] } },
  { process: 'writer', text: 'free old', changes: { 'node#0': ['live', 'freed'] } },
  { process: 'reader', text: 'q := p.next', errs: true },
]);

export const property = (name: string, rest: Partial<PropertyOutcome> = {}): PropertyOutcome => ({
  name, kind: 'invariant', verdict: 'holds', expected: 'holds', at: { file: 'specs/async_cb/v1.heddle', line: 150, column: 1 }, ...rest,
});
export const builtin = (name: string, rest: Partial<PropertyOutcome> = {}): PropertyOutcome => ({
  name, kind: name === 'deadlock' ? 'deadlock' : 'builtin', verdict: 'holds', expected: 'holds', ...rest,
});

export const raceProperty = property('NoArmAfterCancel', {
  kind: 'step-invariant', verdict: 'violated', expected: 'violated', trace: raceTrace,
  doc: 'After bpf_timer_cancel() returned success and until the next start begins, the timer is not queued.\nHolds in B0 only.',
});

export const outcome = (rest: Partial<CheckOutcome> = {}): CheckOutcome => ({
  spec: 'async_cb_v1', file: 'specs/async_cb/v1.heddle', check: 'quick', engine: 'interpreter', workers: 1,
  constants: { TASKS: 2, SLOTS: 1, PROGS: 2 },
  outcome: 'expected',
  states: { distinct: 184302, generated: 611090, initial: 1, depth: 61, complete: true },
  cost: { seconds: 0.31, compileSeconds: 0.02, statesPerSecond: 1_200_000, peakMemoryBytes: 73400320, bytesPerState: 21.2 },
  properties: [
    property('NoUAFcb', { kind: 'builtin' }), property('NoDoubleFree', { kind: 'builtin' }), property('NoProgLeak'), property('InitExclusive'),
    property('UpdateMutex'), property('CancelWaits'), raceProperty, builtin('deadlock'), builtin('null_dereference'), builtin('out_of_range'),
  ],
  warnings: [],
  declared: 7,
  ...rest,
});
