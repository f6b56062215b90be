import { describe, expect, test } from 'vitest';
import type { Expr } from '../../src/core/expr.js';
import { nullable, range, type Type } from '../../src/core/type.js';
import type { Value } from '../../src/core/value.js';
import type { Failure } from '../../src/model/failure.js';
import { interpreterOf, type Interpreter, type Outcome } from '../../src/model/interpret.js';
import type { State } from '../../src/model/state.js';
import {
  atIndex, bin, bool, bound, boundValue, constant, convert, eq, ghost, indexed, load, local, model, nil, num, ofObject, place, pool, prime, quantifier, read,
  refTo, set, setLiteral, shared, truth, un, wait, type Code, type HandModel, type HandProcess,
} from '../support/models.js';

const digit = range(0, 9);
const x = shared('x', digit);
const y = shared('y', digit);
const m = shared('m', { kind: 'map', key: range(1, 3), value: digit });
const Cb = pool('Cb', 2, { refcnt: digit, next: nullable(refTo('Cb', 2)), 'map armed': bool });
const cb = nullable(refTo('Cb', 2));
const a = shared('a', cb);
const b = shared('b', cb);
const names = { x, y, m, a, b };

const first = (i: Interpreter): State => {
  for (const outcome of i.initial()) if (outcome.kind === 'next') return outcome.state;
  throw new Error('no initial state');
};

/** What the outcomes of the code are, as one step of a process: the variables that are not as they were, or the error. */
function outcomesOf(code: Code, hand: HandModel & { readonly before?: readonly Code[]; readonly process?: Partial<HandProcess> } = {}): unknown[] {
  const before = hand.before ?? [];
  const variables = hand.variables ?? Object.values(names);
  const i = interpreterOf(model({ pools: [Cb], variables, ...hand, processes: [{ ...hand.process, steps: [...before, code] }] }));
  let state = first(i);
  for (const _ of before) {
    const outcome = [...i.steps(state, 0)][0]!;
    if (outcome.kind === 'error') throw new Error(`before: ${outcome.failure.detail}`);
    state = outcome.state;
  }
  return [...i.steps(state, 0)].map((o) => brief(i, state, o));
}

function brief(i: Interpreter, before: State, o: Outcome): unknown {
  const more = o.violated.length === 0 ? {} : { violated: o.violated };
  if (o.kind === 'error') return { error: o.failure.error, ...more };
  const changed: Record<string, Value> = {};
  i.index.model.variables.forEach(({ variable }, v) => {
    if (JSON.stringify(before.shared[v]) !== JSON.stringify(o.state.shared[v])) changed[variable.name] = o.state.shared[v]!;
  });
  return { ...changed, ...more };
}

const fresh = (target = a, fields: { variable: (typeof Cb)['field'][string]; value: Expr }[] = []): Code[number] => ({
  op: 'new', target: place(target), pool: Cb, fields, optional: false,
});
const free = (ref: Expr): Code[number] => ({ op: 'free', pool: Cb, ref });
const touch = (ref: Expr): Code[number] => ({ op: 'touch', pool: Cb, ref });
const refcnt = Cb.field['refcnt']!;
const seq: Type = { kind: 'seq', of: digit, max: 2 };
const sq = (...values: number[]): Expr => constant(values, seq);

describe('one step', () => {
  test('assigns in parallel: values first, then stores', () => {
    const swap: Code = [{ op: 'assign', targets: [place(x), place(y)], values: [read(y), read(x)] }];
    expect(outcomesOf(swap, { initial: { x: [1], y: [2] } })).toEqual([{ x: 2, y: 1 }]);
  });

  test('refuses to assign one place twice, also when one lies inside the other', () => {
    const twice = (i: number, j: number): Code => [
      { op: 'assign', targets: [place(m, atIndex(num(i), range(1, 3))), place(m, atIndex(num(j), range(1, 3)))], values: [num(1), num(2)] },
    ];
    expect(outcomesOf(twice(1, 2))).toEqual([{ m: [1, 2, 0] }]);
    expect(outcomesOf(twice(2, 2))).toEqual([{ error: 'assigned_twice' }]);
    const whole: Code = [{ op: 'assign', targets: [place(m, atIndex(num(1), range(1, 3))), place(m)], values: [num(1), constant([4, 5, 6], m.type)] }];
    expect(outcomesOf(whole)).toEqual([{ error: 'assigned_twice' }]);
  });

  test('gives an outcome for each branch and each element, in order', () => {
    expect(outcomesOf([{ op: 'either', branches: [[set(x, num(1))], [{ op: 'either', branches: [[set(x, num(2))], [set(x, num(3))]] }], [set(x, num(4))]] }])).toEqual([
      { x: 1 }, { x: 2 }, { x: 3 }, { x: 4 },
    ]);
    expect(outcomesOf([{ op: 'pick', variable: y, set: setLiteral(digit, num(7), num(3), num(7)) }])).toEqual([{ y: 3 }, { y: 7 }]);
    expect(outcomesOf([{ op: 'pick', variable: y, set: setLiteral(digit) }])).toEqual([]);
  });

  test('is not enabled where it cannot run to its end, but an error counts as soon as it is reached', () => {
    expect(outcomesOf([set(x, num(1)), wait(truth(false))])).toEqual([]);
    expect(outcomesOf([set(x, convert(num(10), digit)), wait(truth(false))])).toEqual([{ error: 'out_of_range' }]);
    expect(outcomesOf([{ op: 'either', branches: [[wait(truth(false))], [set(x, num(2))]] }])).toEqual([{ x: 2 }]);
  });

  test('goes on behind a named assertion that fails, and ends at an unnamed one', () => {
    const named: Code = [{ op: 'assert', condition: truth(false), property: 'Good' }, set(x, num(1))];
    expect(outcomesOf(named)).toEqual([{ x: 1, violated: ['Good'] }]);
    expect(outcomesOf([...named, { op: 'assert', condition: truth(false) }])).toEqual([{ error: 'assertion', violated: ['Good'] }]);
  });

  test('may go round a loop 10,000 times and no more', () => {
    const n = shared('n', range(0, 20_000));
    const count = (to: number): Code => [{ op: 'while', condition: bin('lt', read(n), num(to), bool), body: [set(n, bin('add', read(n), num(1)))] }];
    expect(outcomesOf(count(9_999), { variables: [n] })).toEqual([{ n: 9_999 }]);
    expect(outcomesOf(count(10_000), { variables: [n] })).toEqual([{ error: 'endless_atomic' }]);
  });

  test('resets locals, also those that are dead where it ends', () => {
    const [s, t] = [local('p.s', digit), local('p.t', digit)];
    const code: Code = [set(s, num(1)), set(t, num(2)), set(x, bin('add', read(s), read(t)))];
    const i = interpreterOf(model({ variables: [x], processes: [{ steps: [code, []], locals: [{ variable: s, liveAt: [1] }, { variable: t, liveAt: [], reset: [9] }] }] }));
    const [after] = i.steps(first(i), 0);
    expect(after).toMatchObject({ kind: 'next', state: { shared: [3], locals: [[1, 9]], at: [1] } });
    const reset: Code = [set(s, num(1)), { op: 'reset', locals: [s] }, set(x, read(s))];
    expect(outcomesOf(reset, { process: { locals: [{ variable: s, reset: [5] }] } })).toEqual([{ x: 5 }]);
  });
});

describe('expressions err', () => {
  const value = (e: Expr): unknown => outcomesOf([set(x, convert(e, digit))])[0];
  test.each<[string, Expr, unknown]>([
    ['division truncates', bin('div', num(-7), num(2)), { error: 'out_of_range' }],
    ['the remainder has the sign of the dividend', bin('add', bin('mod', num(-7), num(4)), num(5)), { x: 2 }],
    ['division by zero', bin('mod', num(1), num(0)), { error: 'division_by_zero' }],
    ['a value too large', bin('mul', num(5), num(2)), { error: 'out_of_range' }],
    ['an index that is no key', indexed(read(m), num(4)), { error: 'bad_index' }],
    ['null as an index', indexed(read(m), nil), { error: 'null_dereference' }],
    ['null as a value', nil, { error: 'null_dereference' }],
    ['a field of null', load(refcnt, read(a)), { error: 'null_dereference' }],
    ['min of nothing', un('min', setLiteral(digit), digit), { error: 'empty_set' }],
    ['max', un('max', setLiteral(digit, num(3), num(8)), digit), { x: 8 }],
    ['head of nothing', un('head', sq(), digit), { error: 'empty_sequence' }],
    ['head', un('head', sq(4, 5), digit), { x: 4 }],
    ['tail', un('len', un('tail', sq(4, 5), seq), digit), { x: 1 }],
    ['append to a full sequence', un('len', bin('append', sq(4, 5), num(1), seq), digit), { error: 'full_sequence' }],
  ])('%s', (_, e, expected) => expect(value(e)).toEqual(expected));

  test('deep inside a value too', () => {
    const s = shared('s', { kind: 'set', of: digit });
    expect(outcomesOf([set(s, convert(setLiteral(range(0, 99), num(3), num(12)), s.type))], { variables: [s] })).toEqual([{ error: 'out_of_range' }]);
  });

  test('but not where short-circuit evaluation does not go', () => {
    const bad = eq(bin('div', num(1), num(0)), num(1));
    const check = (e: Expr): unknown => outcomesOf([wait(e)]).length;
    expect(check(un('not', bin('and', truth(false), bad, bool)))).toBe(1);
    expect(check(bin('or', truth(true), bad, bool))).toBe(1);
    expect(check({ op: 'implies', left: truth(false), right: bad, type: bool, at: bad.at })).toBe(1);
    const k = bound('k', digit);
    const risky = eq(bin('div', num(6), boundValue(k)), num(9));
    expect(check(un('not', quantifier('forall', k, setLiteral(digit, num(1), num(0)), risky)))).toBe(1);
    expect(outcomesOf([wait(quantifier('exists', k, setLiteral(digit, num(3), num(0)), risky))])).toEqual([{ error: 'division_by_zero' }]);
  });
});

describe('objects', () => {
  test('new takes the lowest free slot, and fields start anew', () => {
    expect(outcomesOf([fresh(b)], { before: [[fresh(a)]] })).toEqual([{ b: 1 }]);
    const code: Code = [fresh(b), set(x, load(refcnt, read(b)))];
    const before: Code[] = [[fresh(a, [{ variable: refcnt, value: num(3) }])], [free(read(a)), set(a, nil)]];
    expect(outcomesOf(code, { before })).toEqual([{ b: 0 }]);
    expect(outcomesOf([set(x, load(refcnt, read(a)))], { before: [before[0]!] })).toEqual([{ x: 3 }]);
  });

  test('use after free, double free and touch are caught', () => {
    const before: Code[] = [[fresh()], [free(read(a))]];
    expect(outcomesOf([set(x, load(refcnt, read(a)))], { before })).toEqual([{ error: 'Cb.use_after_free' }]);
    expect(outcomesOf([set(place(refcnt, ofObject(read(a))), num(1))], { before })).toEqual([{ error: 'Cb.use_after_free' }]);
    expect(outcomesOf([touch(read(a))], { before })).toEqual([{ error: 'Cb.use_after_free' }]);
    expect(outcomesOf([free(read(a))], { before })).toEqual([{ error: 'Cb.double_free' }]);
    expect(outcomesOf([free(read(b))], { before })).toEqual([{ error: 'null_dereference' }]);
    expect(outcomesOf([touch(read(a))], { before: [[fresh()]] })).toEqual([{}]);
  });

  test('a freed slot that something still refers to is not used again', () => {
    const before: Code[] = [[fresh(a)], [free(read(a))]];
    expect(outcomesOf([fresh(b)], { before })).toEqual([{ b: 1 }]);
    expect(outcomesOf([set(a, nil), fresh(b)], { before })).toEqual([{ a: null, b: 0 }]);
    const reusing = pool('Cb', 2, {}, { reuse: true });
    const make: Code = [{ op: 'new', target: place(b), pool: reusing, fields: [], optional: false }];
    expect(outcomesOf(make, { before: [[{ ...make[0], target: place(a) } as Code[number]], [{ op: 'free', pool: reusing, ref: read(a) }]], pools: [reusing] })).toEqual([{ b: 0 }]);
  });

  test('fields of live objects, sets and locals hold a slot; ghosts and fields of dead objects do not', () => {
    const next = Cb.field['next']!;
    const linked: Code[] = [[fresh(a), fresh(b), set(place(next, ofObject(read(a))), read(b))], [free(read(b)), set(b, nil)]];
    expect(outcomesOf([fresh(b)], { before: linked })).toEqual([{ error: 'Cb.exhausted' }]);
    expect(outcomesOf([free(read(a)), set(a, nil), fresh(b)], { before: linked })).toEqual([{ a: null, b: 0 }]);

    const wheel = shared('wheel', { kind: 'set', of: refTo('Cb', 2) });
    const t = local('p.t', cb);
    const seen = ghost('seen', cb);
    const freed = (...keep: Code): Code[] => [[fresh(a), ...keep, free(read(a)), set(a, nil)]];
    const again = (before: Code[]): unknown[] => outcomesOf([fresh(b)], { before, variables: [a, b, wheel, seen], process: { locals: [{ variable: t }] } });
    expect(again(freed(set(wheel, setLiteral(refTo('Cb', 2), read(a)))))).toEqual([{ b: 1 }]);
    expect(again(freed(set(t, read(a))))).toEqual([{ b: 1 }]);
    expect(again(freed(set(seen, read(a))))).toEqual([{ b: 0, seen: null }]);
  });

  test('ghost sets lose an object whose slot is used again', () => {
    const all = ghost('all', { kind: 'set', of: refTo('Cb', 2) });
    const before: Code[] = [[fresh(a), fresh(b), set(all, setLiteral(refTo('Cb', 2), read(a), read(b))), free(read(a)), set(a, nil)]];
    expect(outcomesOf([fresh(a)], { before, variables: [a, b, all] })).toEqual([{ a: 0, all: [1] }]);
  });

  test('an exhausted pool is an error, or null for new?', () => {
    const before: Code[] = [[fresh(a), fresh(b)]];
    const c = shared('c', cb);
    expect(outcomesOf([fresh(c)], { before, variables: [a, b, c] })).toEqual([{ error: 'Cb.exhausted' }]);
    expect(outcomesOf([{ ...fresh(c), optional: true } as Code[number]], { before, variables: [a, b, c], initial: { c: [null] } })).toEqual([{}]);
  });

  test('a map keyed by a pool starts anew with each object and is checked like a field', () => {
    const armed = Cb.field['armed']!;
    expect(outcomesOf([set(place(armed, ofObject(read(a))), truth(true))])).toEqual([{ error: 'null_dereference' }]);
    const before: Code[] = [[fresh(a), set(place(armed, ofObject(read(a))), truth(true)), free(read(a)), set(a, nil), fresh(a)]];
    expect(outcomesOf([wait(load(armed, read(a)))], { before })).toEqual([]);
  });

  test('alive is false for freed objects and null, and live gives the objects in order', () => {
    const alive = (ref: Expr): Expr => ({ op: 'alive', pool: Cb, ref, type: bool, at: ref.at });
    const before: Code[] = [[fresh(a), fresh(b), free(read(a))]];
    expect(outcomesOf([wait(alive(read(b))), wait(un('not', alive(read(a)))), wait(un('not', alive(nil)))], { before })).toEqual([{}]);
    const live: Expr = { op: 'live', pool: Cb, type: { kind: 'set', of: refTo('Cb', 2) }, at: nil.at };
    expect(outcomesOf([wait(eq(live, setLiteral(refTo('Cb', 2), read(b))))], { before })).toEqual([{}]);
  });

  test('comparing a stale reference is remarked upon', () => {
    const remarks: string[] = [];
    const code: Code = [fresh(a), set(b, read(a)), wait(eq(read(a), read(b), Cb)), free(read(a))];
    const i = interpreterOf(model({ pools: [Cb], variables: [a, b], processes: [{ steps: [code, [wait(eq(read(a), read(b), Cb))]] }] }), { remark: (key) => remarks.push(key) });
    const outcome = [...i.steps(first(i), 0)][0]!;
    expect(remarks).toEqual([]);
    if (outcome.kind === 'next') expect([...i.steps(outcome.state, 0)]).toHaveLength(1);
    expect(remarks).toHaveLength(1);
  });
});

describe('processes', () => {
  test('an interrupted process stands still, and an interrupt begins only where it may', () => {
    const task: HandProcess = { name: 'task', steps: [[set(x, num(1))], [set(x, num(2))]], blockedBy: [[1]] };
    const irq: HandProcess = { name: 'irq', isInterrupt: true, steps: [[set(y, num(1))], [set(y, num(2))]], beginBlockedBy: [[2]] };
    const other: HandProcess = { name: 'other', isInterrupt: true, steps: [[], []] };
    const i = interpreterOf(model({ variables: [x, y], processes: [task, irq, other] }));
    const enabled = (at: number[]): boolean[] => at.map((_, pid) => [...i.steps({ ...first(i), at }, pid)].length > 0);
    expect(enabled([0, 0, 0])).toEqual([true, true, true]);
    expect(enabled([0, 1, 0])).toEqual([false, true, true]);
    expect(enabled([0, 0, 1])).toEqual([true, false, true]);
    expect(enabled([2, 0, 0])).toEqual([false, true, true]);
    expect([...i.steps({ ...first(i), at: [0, 1, 0] }, 1)][0]).toMatchObject({ state: { at: [0, 0, 0] } });
  });

  test('know their number and parameter, and properties look into them', () => {
    const t = local('p.t', digit);
    const self: Expr = { op: 'self', type: { kind: 'pid', names: ['p[4]', 'p[7]'] }, at: nil.at };
    const parameter: Expr = { op: 'parameter', type: digit, at: nil.at };
    const i = interpreterOf(model({ variables: [x], processes: [{ arguments: [4, 7], locals: [{ variable: t }], steps: [[set(x, parameter), set(t, bin('add', self, num(1)))]] }] }));
    const outcome = [...i.steps(first(i), 1)][0]!;
    if (outcome.kind === 'error') throw new Error('no error here');
    const { state } = outcome;
    expect(state).toMatchObject({ shared: [7], locals: [[0], [2]], at: [0, 1] });
    const instance = (argument: number): Expr => ({ op: 'instance', process: 'p', argument: num(argument), type: self.type, at: nil.at });
    const localOf = (argument: number): Expr => ({ op: 'localOf', variable: t, pid: instance(argument), type: digit, at: nil.at });
    expect(i.check(eq(localOf(7), num(2)), state)).toBe(true);
    expect(i.check({ op: 'pcIn', pid: instance(7), locations: [[1]], type: bool, at: nil.at }, state)).toBe(true);
    expect(i.check({ op: 'pcIn', pid: instance(4), locations: [[1]], type: bool, at: nil.at }, state)).toBe(false);
    expect(i.check({ op: 'enabled', pid: instance(4), type: bool, at: nil.at }, state)).toBe(true);
    expect(i.check({ op: 'enabled', pid: instance(7), type: bool, at: nil.at }, state)).toBe(false);
    expect(() => i.check(eq(localOf(5), num(2)), state)).toThrow(expect.objectContaining({ error: 'bad_index' }) as Failure);
  });

  test('a prime looks at the state after the step, also for the live objects', () => {
    const i = interpreterOf(model({ pools: [Cb], variables: [x], processes: [{ steps: [[set(x, num(3))]] }] }));
    const before = first(i);
    const after: State = { ...before, shared: [3], alive: [[true, false]] };
    const live: Expr = { op: 'live', pool: Cb, type: { kind: 'set', of: refTo('Cb', 2) }, at: nil.at };
    const k = bound('k', refTo('Cb', 2));
    const many = quantifier('count', k, live, truth(true));
    expect(i.check(bin('and', eq(read(x), num(0)), eq(prime(read(x)), num(3)), bool), before, after)).toBe(true);
    expect(i.check(bin('and', eq(many, num(0)), eq(prime(many), num(1)), bool), before, after)).toBe(true);
  });
});

describe('a step with 2^60 paths', () => {
  const choices: Code = Array.from({ length: 60 }, () => ({ op: 'either', branches: [[set(x, num(1))], [set(x, num(2))]] }));
  const process = (last: Code): HandModel => ({ variables: [x, y], processes: [{ steps: [[...choices, ...last], []] }] });

  test('gives its outcomes one by one, and it is known at once that there is one', () => {
    const i = interpreterOf(model(process([])));
    const outcomes = i.steps(first(i), 0)[Symbol.iterator]();
    expect([outcomes.next().value, outcomes.next().value]).toMatchObject([{ state: { shared: [1, 0] } }, { state: { shared: [2, 0] } }]);
    const self: Expr = { op: 'instance', process: 'p', type: { kind: 'pid', names: ['p'] }, at: nil.at };
    expect(i.check({ op: 'enabled', pid: self, type: bool, at: nil.at }, first(i))).toBe(true);
  });

  test('can be left in the middle, though none of them leads anywhere', () => {
    const i = interpreterOf(model(process([wait(truth(false))])), { poll: () => { throw new Error('enough'); } });
    expect(() => [...i.steps(first(i), 0)]).toThrow('enough');
  });
});

describe('initial states', () => {
  const initial = (hand: HandModel): unknown[] => [...interpreterOf(model(hand)).initial()].map((o) => (o.kind === 'next' ? o.state.shared : o.failure.error));

  test('are all combinations of initial values', () => {
    expect(initial({ variables: [x, y], initial: { x: [1, 2], y: [5, 6] } })).toEqual([[1, 5], [1, 6], [2, 5], [2, 6]]);
    expect(initial({ variables: [x, y], initial: { x: [] } })).toEqual([]);
  });

  test('come out of init, from each combination', () => {
    const v = local('init.v', digit);
    const init: HandProcess = {
      name: 'init',
      locals: [{ variable: v, liveAt: [] }],
      steps: [[{ op: 'pick', variable: v, set: setLiteral(digit, num(0), num(1)) }, set(y, bin('div', read(x), read(v)))]],
    };
    expect(initial({ variables: [x, y], initial: { x: [3, 4] }, init, processes: [{ steps: [[]] }] })).toEqual(['division_by_zero', [3, 3], 'division_by_zero', [4, 4]]);
  });
});
