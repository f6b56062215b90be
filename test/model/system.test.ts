import { describe, expect, test } from 'vitest';
import type { System } from '../../src/checker/system.js';
import { nullable, range } from '../../src/core/type.js';
import { remarkOf } from '../../src/model/failure.js';
import { layoutOf } from '../../src/model/layout.js';
import type { ModelProperty } from '../../src/model/model.js';
import { systemOf } from '../../src/model/system.js';
import {
  bin, bool, builtin, convert, eq, invariant, load, local, model, nil, nowhere, num, pool, prime, read, refTo, set, shared, truth, un, wait, type Code, type HandModel,
} from '../support/models.js';

const digit = range(0, 9);
const x = shared('x', digit);
const y = shared('y', digit);

/** Everything that happens in the states that are reached, by number in the order of their discovery. */
function run(hand: HandModel): { readonly log: string[]; readonly states: Uint32Array[]; readonly system: System } {
  const m = model(hand);
  const system = systemOf(m, layoutOf(m));
  const states: Uint32Array[] = [];
  const log: string[] = [];
  const name = (property: number): string => system.properties[property]!.name;
  const sink = (from: string): Parameters<System['initial']>[0] => ({
    violated: (property) => log.push(`${from} ! ${name(property)}`),
    error: (property) => log.push(`${from} error ${name(property)}`),
    successor: (state) => {
      let id = states.findIndex((s) => s.join() === state.join());
      if (id < 0) {
        id = states.push(Uint32Array.from(state)) - 1;
        system.violations(state, (property) => log.push(`${id} violates ${name(property)}`));
      }
      log.push(`${from} -> ${id}`);
    },
  });
  system.initial(sink('init'));
  for (let id = 0; id < states.length; id++) {
    system.successors(states[id]!, sink(String(id)));
    if (system.isTerminated(states[id]!)) log.push(`${id} ends`);
  }
  return { log, states, system };
}

const assertion = (name: string): ModelProperty => ({ kind: 'assertion', name, at: nowhere });
const stepInvariant = (name: string, formula: ReturnType<typeof truth>): ModelProperty => ({ kind: 'step-invariant', name, formula, at: nowhere });

describe('the system', () => {
  test('gives successors process by process, duplicates included, and says when all are done', () => {
    const { log } = run({
      variables: [x, y],
      processes: [
        { name: 'p', steps: [[{ op: 'either', branches: [[set(x, num(1))], [set(x, num(1))]] }]] },
        { name: 'q', steps: [[wait(eq(read(x), num(1))), set(y, num(2))]] },
      ],
    });
    expect(log).toEqual(['init -> 0', '0 -> 1', '0 -> 1', '1 -> 2', '2 ends']);
  });

  test('reports errors by the name the user gave them, and assertions before their step', () => {
    const code: Code = [{ op: 'assert', condition: truth(false), property: 'Good' }, set(x, convert(bin('add', read(x), num(5)), digit))];
    const { log } = run({
      variables: [x],
      processes: [{ steps: [code, code] }],
      properties: [assertion('Good'), { kind: 'builtin', name: 'Fits', error: 'out_of_range', at: nowhere }],
    });
    expect(log).toEqual(['init -> 0', '0 ! Good', '0 -> 1', '1 ! Good', '1 error Fits']);
  });

  test('a built-in check with two names violates both', () => {
    const named = (name: string): ModelProperty => ({ kind: 'builtin', name, error: 'out_of_range', at: nowhere });
    expect(run({ variables: [x], processes: [{ steps: [[set(x, convert(num(10), digit))]] }], properties: [named('A'), named('B')] }).log).toEqual(['init -> 0', '0 ! B', '0 error A']);
  });

  test('an invariant that errs is violated, and one whose antecedent was never true is known', () => {
    const guarded = { op: 'implies', left: eq(read(x), num(7)), right: truth(true), site: 0, type: bool, at: nowhere } as const;
    const met = { op: 'implies', left: eq(read(x), num(1)), right: truth(true), site: 1, type: bool, at: nowhere } as const;
    const { log, system } = run({
      variables: [x],
      antecedents: 2,
      processes: [{ steps: [[set(x, num(1))]] }],
      properties: [invariant('Errs', eq(bin('div', num(1), bin('sub', num(1), read(x))), num(1))), invariant('Guarded', guarded), invariant('Met', met)],
    });
    expect(log).toEqual(['init -> 0', '1 violates Errs', '0 -> 1', '1 ends']);
    expect([...system.coverage.antecedents]).toEqual([0, 1]);
  });

  test('a step that changes nothing satisfies every step invariant', () => {
    const { log } = run({
      variables: [x],
      processes: [{ steps: [[{ op: 'either', branches: [[{ op: 'goto', location: 0 }], [set(x, num(1))], [set(x, num(2))]] }]] }],
      properties: [stepInvariant('Two', eq(prime(read(x)), num(2)))],
    });
    expect(log).toEqual(['init -> 0', '0 -> 0', '0 ! Two', '0 -> 1', '0 -> 2', '1 ends', '2 ends']);
  });

  test('sites count as reached on ways that end in a state or an error, not on those that wait', () => {
    const { system } = run({
      variables: [x],
      sites: ['a', 'b', 'c', 'd'].map((name) => ({ name, at: nowhere })),
      processes: [{
        steps: [[
          { ...set(x, num(1)), site: 0 } as Code[number],
          { op: 'either', branches: [[{ ...wait(truth(false)), site: 1 } as Code[number]], [{ ...set(x, convert(num(10), digit)), site: 2 } as Code[number]]] },
        ], [{ ...set(x, num(1)), site: 3 } as Code[number]]],
      }],
      properties: [builtin('out_of_range')],
    });
    expect([...system.coverage.sites]).toEqual([1, 0, 1, 0]);
  });

  test('a live object that nothing leads to is leaked', () => {
    const Cb = pool('Cb', 3, { next: nullable(refTo('Cb', 3)), 'ghost seen': nullable(refTo('Cb', 3)) }, { noleak: true });
    const a = shared('a', nullable(refTo('Cb', 3)));
    const t = local('p.t', nullable(refTo('Cb', 3)));
    const fresh = (target: typeof a, next = read(a)): Code[number] => ({ op: 'new', target: { variable: target, path: [], type: target.type, at: nowhere }, pool: Cb, fields: [{ variable: Cb.field['next']!, value: next }], optional: false });
    const { log } = run({
      pools: [Cb],
      variables: [a],
      processes: [{
        locals: [{ variable: t, liveAt: [2] }],
        steps: [[fresh(a), fresh(a)], [set(t, read(a)), set(a, nil)], [wait(un('not', eq(load(Cb.field['next']!, read(t)), nil)))]],
      }],
      properties: [builtin('Cb.leak')],
    });
    expect(log).toEqual(['init -> 0', '0 -> 1', '1 -> 2', '3 violates Cb.leak', '2 -> 3', '3 ends']);
  });

  test('an exhausted pool undermines what did not happen', () => {
    const { system } = run({ properties: [builtin('Cb.exhausted'), builtin('Cb.double_free')] });
    expect(system.properties.map((p) => p.undermines)).toEqual([true, undefined]);
  });

  test('remarks can be read back', () => {
    const Cb = pool('Cb', 1, {});
    const a = shared('a', nullable(refTo('Cb', 1)));
    const { system } = run({
      pools: [Cb],
      variables: [a],
      processes: [{ steps: [[{ op: 'new', target: { variable: a, path: [], type: a.type, at: nowhere }, pool: Cb, fields: [], optional: false }, { op: 'free', pool: Cb, ref: read(a) }], [wait(eq(read(a), read(a), Cb))]] }],
    });
    expect([...system.remarks].map(remarkOf)).toEqual([{ code: 'lifetime/stale-compare', path: 'hand.heddle', start: 0, end: 0 }]);
  });
});
