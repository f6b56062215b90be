// The lanes trace: what a maintainer gets in a mail.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventData, Json, StepData } from '../../src/checker/outcome.js';
import { lanes } from '../../src/report/lanes.js';
import { back, builtin, call, property, raceProperty, raceTrace, traceOf, useAfterFree } from './sample-outcomes.js';

test('a race of two tasks stands side by side', () => {
  expect(lanes(raceProperty, raceTrace, 'specs/async_cb/v1.heddle, check quick: TASKS=2')).toMatchInlineSnapshot(`
    "NoArmAfterCancel: After bpf_timer_cancel() returned success and until the next
      start begins, the timer is not queued.
    Violated after 8 steps: the timer of slot[0] is queued after its cancel has
      returned.
    specs/async_cb/v1.heddle, check quick: TASKS=2

         task[0]                               task[1]
         -------                               -------
         bpf_timer_start(c=0, s=0)
      1    t := slot[s]  -> cb#0
      2    got := inc_not_zero(t.refcnt)
             [cb#0.refcnt: 1 -> 2]
             [got = true]
                                               bpf_timer_cancel(c=1, s=0)
      3                                          t := slot[s]               -> cb#0
                                                 bpf_async_update_callback(c=1, s=0,
                                                     cb=cb#0, fn=null, p=null)
      4                                            state := cmpxchg(cb.state, READY,
                                                       BUSY)           READY -> BUSY
      5                                            state := cmpxchg(cb.state, BUSY,
                                                       READY)
                                                     [cb#0.state: BUSY -> READY]
                                                     [updaters[cb#0]: 1 -> 0]
                                                   return OK
      6                                          r := hr.hrtimer_cancel(t)  -> 0
      7                                          rcu_read_unlock(c)
                                                   [quiet[0]: false -> true]
                                                 return OK
      8    hr.hrtimer_start(t)
             [hr.queued: {} -> {cb#0}]  <-- violated here"
  `);
});

test('an erring step is marked with its fault', () => {
  expect(lanes(builtin('Node.use_after_free'), useAfterFree)).toMatchInlineSnapshot(`
    "Node.use_after_free: violated after 4 steps: node#0.next is read after node#0
      was freed.

         reader                writer
         ------                ------
      1  p := head  -> node#0
      2                        head := null  node#0 -> null
      3                        free old  node#0: live -> freed
      4  q := p.next  <-- error: node#0.next is read after node#0 was freed"
  `);
});

test('a step that errs inside of the call that is its statement is one line', () => {
  const trace = traceOf({}, '-1 is not in 0..5', [{ process: 'p', text: 'rcu_read_unlock()', events: [call('rcu_read_unlock', 0)], errs: true }]);
  expect(lanes(builtin('out_of_range'), trace)).toMatch(/ 1 {2}rcu_read_unlock\(\) {2}<-- error: -1 is not in 0..5$/);
});

test('a deadlock says that nobody can move', () => {
  const trace = traceOf({}, 'no process can move', [
    { process: 'phil[0]', text: 'await fork[i]; fork[i] := false', changes: { 'fork[0]': [true, false] } },
    { process: 'phil[1]', text: 'await fork[i]; fork[i] := false', changes: { 'fork[1]': [true, false] } },
  ]);
  expect(lanes(builtin('deadlock'), trace)).toMatchInlineSnapshot(`
    "deadlock: violated after 2 steps: no process can move.

         phil[0]                               phil[1]
         -------                               -------
      1  await fork[i]; fork[i] := false
           [fork[0]: true -> false]
      2                                        await fork[i]; fork[i] := false
                                                 [fork[1]: true -> false]
                                               <-- deadlock: no process can move"
  `);
});

test('instances stand in the order of their numbers, whoever moves first', () => {
  const trace = traceOf({}, 'both are inside', [
    { process: 'thread[1]', text: 'turn := 0', changes: { turn: [1, 0] } },
    { process: 'thread[0]', text: 'turn := 1', changes: { turn: [0, 1] } },
  ]);
  expect(lanes(property('Mutex'), trace)).toMatchInlineSnapshot(`
    "Mutex: violated after 2 steps: both are inside.

         thread[0]          thread[1]
         ---------          ---------
      1                     turn := 0  1 -> 0
      2  turn := 1  0 -> 1  <-- violated here"
  `);
});

test('more processes than fit are named before each line', () => {
  const steps = [...'abcdef'].map((name, i) => ({
    process: `worker_${name}[${i}]`,
    text: 'items, total := items minus {smallest_of_all_the_items}, total + value_of(smallest_of_all_the_items)',
    changes: { total: [i, i + 1] as const, 'items[0]': [1, null] as const },
  }));
  expect(lanes(property('Total'), traceOf({}, 'total is too large', steps))).toMatchInlineSnapshot(`
    "Total: violated after 6 steps: total is too large.

      1  worker_a[0]  items, total := items minus {smallest_of_all_the_items}, total
         worker_a[0]      + value_of(smallest_of_all_the_items)
         worker_a[0]    [total: 0 -> 1, items[0]: 1 -> null]
      2  worker_b[1]  items, total := items minus {smallest_of_all_the_items}, total
         worker_b[1]      + value_of(smallest_of_all_the_items)
         worker_b[1]    [total: 1 -> 2, items[0]: 1 -> null]
      3  worker_c[2]  items, total := items minus {smallest_of_all_the_items}, total
         worker_c[2]      + value_of(smallest_of_all_the_items)
         worker_c[2]    [total: 2 -> 3, items[0]: 1 -> null]
      4  worker_d[3]  items, total := items minus {smallest_of_all_the_items}, total
         worker_d[3]      + value_of(smallest_of_all_the_items)
         worker_d[3]    [total: 3 -> 4, items[0]: 1 -> null]
      5  worker_e[4]  items, total := items minus {smallest_of_all_the_items}, total
         worker_e[4]      + value_of(smallest_of_all_the_items)
         worker_e[4]    [total: 4 -> 5, items[0]: 1 -> null]
      6  worker_f[5]  items, total := items minus {smallest_of_all_the_items}, total
         worker_f[5]      + value_of(smallest_of_all_the_items)
         worker_f[5]    [total: 5 -> 6, items[0]: 1 -> null]  <-- violated here"
  `);
});

test('the loop of a lasso is marked where it begins and where it ends', () => {
  const trace = traceOf({}, 'thread[0] never gets in', [
    { process: 'thread[0]', text: 'flag[i] := true', changes: { 'flag[0]': [false, true] } },
    { process: 'thread[1]', text: 'skip' },
    { process: 'thread[1]', text: 'turn := 0', changes: { turn: [1, 0] } },
  ], { loopStart: 1 });
  expect(lanes(property('NoStarvation', { kind: 'temporal' }), trace)).toMatchInlineSnapshot(`
    "NoStarvation: violated by repeating steps 2 and 3 for ever, thread[0] never gets
      in.

         thread[0]                       thread[1]
         ---------                       ---------
      1  flag[i] := true  false -> true
    -- the loop begins: what follows repeats for ever --
      2                                  skip
      3                                  turn := 0  1 -> 0
    -- the loop ends: on with step 2 --"
  `);
});

test('a property that is violated at once shows the initial state', () => {
  expect(lanes(property('Small'), traceOf({ x: 4, s: [1] }, 'x < 4 is false', [], { shapes: { s: { kind: 'set', element: 'scalar' } } }))).toMatchInlineSnapshot(`
    "Small: violated in the initial state: x < 4 is false.

      x = 4
      s = {1}"
  `);
});

test('a return statement shows its value, and a read of null is shown though nothing changed', () => {
  const trace = traceOf({ 'task[0].start.t': null }, 'start fails', [
    {
      process: 'task[0]', text: 't := slot[s]', calls: ['start'], changes: {},
      events: [{ kind: 'call', procedure: 'start', depth: 0, observable: true, arguments: { s: 0 } }],
    },
    { process: 'task[0]', text: 'return err', calls: ['start'], changes: {}, events: [{ kind: 'return', procedure: 'start', depth: 0, observable: true, result: 'EINVAL' }] },
  ]);
  expect(lanes(property('Starts'), trace)).toMatchInlineSnapshot(`
    "Starts: violated after 2 steps: start fails.

         task[0]
         -------
         start(s=0)
      1    t := slot[s]  -> null
      2    return err  -> EINVAL  <-- violated here"
  `);
});

test('the example of docs/cli.md is what is printed', () => {
  const add = (process: string) => ({
    read: { process, text: 't := counter', calls: ['add'], events: [call('add', 0)] },
    write: { process, text: 'counter := t + 1', calls: ['add'], events: [back('add', 0)] },
  });
  const [a, b] = [add('task[0]'), add('task[1]')];
  const trace = traceOf({ counter: 0, 'task[0].add.t': 0, 'task[1].add.t': 0 }, 'counter is 1 when both have added', [
    a.read,
    b.read,
    { ...a.write, changes: { counter: [0, 1] } },
    b.write,
  ]);
  const cli = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
  expect(cli).toContain(`\n${lanes(property('NoLostUpdate'), trace)}\n`);
});

const name = fc.constantFrom('slot[0]', 'cb#0.refcnt', 'a_very_long_name_of_a_shared_variable[with_a_long_key].and_field', 'task[0].t', 'x');
const value: fc.Arbitrary<Json> = fc.oneof(fc.integer(), fc.constant(null), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.array(fc.integer(), { maxLength: 30 }));
const procedure = fc.constantFrom('f', 'bpf_async_update_callback', 'a_procedure_whose_name_alone_is_wider_than_any_lane_could_ever_be_on_a_page');
const event: fc.Arbitrary<EventData> = fc.record({
  kind: fc.constantFrom('call', 'return'), procedure, depth: fc.nat(30), observable: fc.boolean(),
  arguments: fc.dictionary(fc.string({ maxLength: 8 }), value, { maxKeys: 4 }), result: value,
});
const step: fc.Arbitrary<Omit<StepData, 'index'>> = fc.record({
  process: fc.constantFrom('task[0]', 'task[1]', 'softirq[0]', 'kworker', 'a_process_with_a_name_that_is_far_too_long_for_a_lane[12345]', 'grâce'),
  step: fc.string(), file: fc.constant('a.heddle'), line: fc.nat(), column: fc.nat(), text: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constant('x := y')),
  calls: fc.array(procedure, { maxLength: 30 }), events: fc.array(event, { maxLength: 5 }),
  changes: fc.dictionary(name, fc.tuple(value, value), { maxKeys: 4 }), state: fc.constant({}), errs: fc.boolean(),
});

test('every line is printable ASCII, at most 80 columns wide, without blanks at its end', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 200 }), fc.option(fc.nat(20), { nil: undefined }), fc.string({ maxLength: 300 }), (steps, fault, loop, doc) => {
      const trace = {
        initial: { x: 1, long: 'y'.repeat(200) }, fault, steps: steps.map((s, i) => ({ ...s, index: i + 1 })),
        ...(loop === undefined || loop > steps.length ? {} : { loopStart: loop }),
      };
      for (const line of lanes(property('P', { doc }), trace, fault).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(80);
        expect(line).toMatch(/^[\x20-\x7e]*$/);
        expect(line).not.toMatch(/ $/);
      }
    }),
    { numRuns: 500 },
  );
});

test('every step of a trace is numbered, in order', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
      const trace = { initial: {}, fault: 'f', steps: steps.map((s, i) => ({ ...s, index: i + 1 })) };
      const numbers = lanes(property('P'), trace).split('\n').slice(2).flatMap((line) => /^ {1,2}(\d+)(?: |$)/.exec(line)?.[1] ?? []);
      expect(numbers).toEqual(steps.map((_, i) => String(i + 1)));
    }),
    { numRuns: 300 },
  );
});

test('ghosts, and arguments on their way into a call, are left out', () => {
  const trace = traceOf(
    { x: 0, seen: 0, 'asked[t[0]]': false, 't[0].a': 0, 't[0].f.n': 0 },
    'x is 1',
    [
      { process: 't[0]', text: 'a := x', changes: { 't[0].a': [0, 1], 't[0].f.n': [0, 1], seen: [0, 1], 'asked[t[0]]': [false, true] } },
      { process: 't[0]', text: 'x := n', calls: ['f'], events: [call('f', 0, { n: 1 })], changes: { x: [0, 1], seen: [1, 2] } },
    ],
    { ghosts: ['seen', 'asked'] },
  );
  expect(lanes(property('P', { verdict: 'violated' }), trace).split('\n').slice(4)).toEqual([
    '  1  a := x    -> 1',
    '     f(n=1)',
    '  2    x := n  0 -> 1  <-- violated here',
  ]);
});

test('a cmpxchg that exchanges nothing says so', () => {
  const trace = traceOf({ s: 1 }, 'x', [{ process: 'p', text: 'old := cmpxchg(s, 0, 1)', changes: {} }]);
  expect(lanes(property('P', { verdict: 'violated' }), trace)).toContain('old := cmpxchg(s, 0, 1)  fails  <-- violated here');
});

test('a long call is broken behind its bracket and its commas, not in a name', () => {
  const text = 'err := bpf_async_update(some_control_block,another_argument)';
  const trace = traceOf({ x: 0 }, 'x', [
    { process: 'a', text, changes: { x: [0, 1] } },
    { process: 'b', text, changes: { x: [1, 2] } },
  ]);
  const out = lanes(property('P', { verdict: 'violated' }), trace);
  for (const name of ['bpf_async_update(', 'some_control_block,']) expect(out).toContain(name);
  expect(out.split('\n').every((line) => line.length <= 80)).toBe(true);
});
