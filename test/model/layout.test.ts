import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Variable } from '../../src/core/expr.js';
import { bitsOf, range, type Type } from '../../src/core/type.js';
import { defaultValue, sameValue, type Value } from '../../src/core/value.js';
import type { Cell } from '../../src/model/layout/cell.js';
import { layoutOf, layoutProblem, StateTooLarge, type Layout } from '../../src/model/layout.js';
import type { Model } from '../../src/model/model.js';
import { liveLocals, type State } from '../../src/model/state.js';
import { bool, local, model, pool, refTo, set, num, shared, type HandModel } from '../support/models.js';
import { typeOfDepth, valueOf } from '../support/types.js';

/** Models with a few variables of any type, a pool with two fields, and two instances with locals that are live here and there. */
const handModel: fc.Arbitrary<HandModel> = fc
  .record({
    types: fc.array(typeOfDepth(2), { maxLength: 5 }),
    fields: fc.array(typeOfDepth(1), { maxLength: 2 }),
    size: fc.integer({ min: 1, max: 9 }),
    locals: fc.array(fc.record({ type: typeOfDepth(1), liveAt: fc.subarray([0, 1, 2, 3]) }), { maxLength: 8 }),
  })
  .filter(({ types, fields, size }) => [...types, ...fields].reduce((sum, t) => sum + size * bitsOf(t), 0) < 5000)
  .map(({ types, fields, size, locals }) => ({
    variables: types.map((t, i) => shared(`v${i}`, t)),
    pools: [pool('P', size, Object.fromEntries(fields.map((t, i) => [`f${i}`, t])))],
    processes: [{ steps: [[], [], []], arguments: [0, 1], locals: locals.map(({ type, liveAt }, i) => ({ variable: local(`p.l${i}`, type), liveAt })) }],
  }));

const values = (types: readonly Type[]): fc.Arbitrary<Value[]> => fc.tuple(...types.map(valueOf));

/** Any state, canonical: dead locals and dead objects hold what they hold when they are dead. */
function stateOf(m: Model): fc.Arbitrary<State> {
  const { locals, locations } = m.families[0]!;
  const live = liveLocals(m.families[0]!);
  return fc
    .record({
      shared: values(m.variables.map(({ variable }) => variable.type)),
      alive: fc.tuple(...m.pools.map((p) => fc.array(fc.boolean(), { minLength: p.size, maxLength: p.size }))),
      fields: fc.tuple(...m.pools.map((p) => fc.tuple(...p.fields.map(({ variable }) => values(new Array<Type>(p.size).fill(variable.type)))))),
      locals: fc.tuple(...m.instances.map(() => values(locals.map(({ variable }) => variable.type)))),
      at: fc.tuple(...m.instances.map(() => fc.nat(locations.length - 1))),
    })
    .map((s) => ({
      ...s,
      locals: s.locals.map((own, pid) => own.map((v, i) => (live(s.at[pid]!).has(i) ? v : locals[i]!.reset[pid]!))),
    }));
}

const sameState = (a: State, b: State): boolean =>
  sameValue([...a.shared, ...a.locals, ...a.fields, ...a.alive] as Value, [...b.shared, ...b.locals, ...b.fields, ...b.alive] as Value) && a.at.join() === b.at.join();

describe('encoding', () => {
  test('decoding gives the state back, and different states differ', () => {
    fc.assert(
      fc.property(
        handModel.chain((hand) => {
          const m = model(hand);
          return fc.tuple(fc.constant(m), stateOf(m), stateOf(m), fc.boolean());
        }),
        ([m, a, b, share]) => {
          const layout = layoutOf(m, { share });
          const words = layout.encode(a);
          expect(words).toHaveLength(layout.words);
          expect(layout.decode(words)).toEqual(a);
          expect(words.join() === layout.encode(b).join()).toBe(sameState(a, b));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('no field crosses a word, and no two fields share bits unless they are locals that never live together', () => {
    fc.assert(fc.property(handModel, (hand) => checkDisjoint(model(hand))));
  });
});

/** Marks every bit of every value; a bit that is taken twice is a mistake. */
function checkDisjoint(m: Model): void {
  const layout = layoutOf(m);
  for (let location = 0; location < m.families[0]!.locations.length; location++) {
    const taken = new Set<number>();
    const take = (cell: Cell, words: number, shift: number): void => {
      for (const { word, width, shift: own } of bitsIn(cell, words, shift)) {
        expect(own + width).toBeLessThanOrEqual(32);
        expect(word).toBeLessThan(layout.words);
        for (let bit = 32 * word + own; bit < 32 * word + own + width; bit++) {
          expect(taken.has(bit)).toBe(false);
          taken.add(bit);
        }
      }
    };
    layout.variables.forEach((cell) => take(cell, 0, 0));
    layout.pools.forEach(({ alive, fields }) => [alive, ...fields].forEach((elements) => take({ kind: 'map', elements }, 0, 0)));
    layout.instances.forEach((instance) => {
      take({ kind: 'scalar', type: bool, bits: instance.location }, 0, 0);
      instance.locals.forEach((cell, i) => cell !== undefined && m.families[0]!.locals[i]!.liveAt.includes(location) && take(cell, 0, 0));
    });
  }
}

function bitsIn(cell: Cell, words: number, shift: number): { word: number; shift: number; width: number }[] {
  const here = (b: { word: number; shift: number; width: number }): { word: number; shift: number; width: number } => ({ word: b.word + words, shift: b.shift + shift, width: b.width });
  switch (cell.kind) {
    case 'scalar':
      return [here(cell.bits)];
    case 'nullable':
      return [here(cell.present), ...bitsIn(cell.of, words, shift)];
    case 'record':
      return cell.fields.flatMap((field) => bitsIn(field, words, shift));
    case 'map':
    case 'set':
    case 'seq': {
      const { count, first, perWord, stride, wordStride } = cell.elements;
      const elements = Array.from({ length: count }, (_, i) => bitsIn(first, words + Math.floor(i / perWord) * wordStride, shift + (i % perWord) * stride)).flat();
      return cell.kind === 'seq' ? [here(cell.length), ...elements] : elements;
    }
  }
}

describe('locals', () => {
  const t = range(0, 15);
  const hand = (liveAt: readonly (readonly number[])[]): Layout =>
    layoutOf(model({ processes: [{ steps: [[], [], []], locals: liveAt.map((at, i) => ({ variable: local(`p.l${i}`, t), liveAt: at })) }] }));

  test('that never matter at the same location share bits', () => {
    expect(hand([[0], [1], [2, 3]]).bits).toBe(2 + 4);
    expect(hand([[0, 1], [1, 2], [2, 3]]).bits).toBe(2 + 8);
    expect(hand([[0], [0], [0]]).bits).toBe(2 + 12);
  });

  test('two small ones share the bits of a large one', () => {
    const variables: Variable[] = [local('p.a', range(0, 3)), local('p.b', range(0, 255)), local('p.c', range(0, 3))];
    const layout = layoutOf(model({ processes: [{ steps: [[]], locals: variables.map((variable, i) => ({ variable, liveAt: [i === 1 ? 1 : 0] })) }] }));
    expect(layout.bits).toBe(1 + 8);
  });

  test('that matter nowhere take no bits, and all take their own when told so', () => {
    expect(hand([[], []]).bits).toBe(2);
    const m = model({ processes: [{ steps: [[], []], locals: [0, 1].map((i) => ({ variable: local(`p.l${i}`, t), liveAt: [i] })) }] });
    expect(layoutOf(m, { share: false }).bits).toBe(2 + 8);
  });

  test('of a pool type have room for null only where they can be without a value', () => {
    const v = local('p.v', refTo('P', 2));
    const P = pool('P', 2, {});
    const bits = (liveAt: readonly number[], assigned: boolean): number =>
      layoutOf(model({ pools: [P], processes: [{ steps: [assigned ? [set(v, num(1))] : [], []], locals: [{ variable: v, liveAt }] }] })).bits - 2 - 2;
    expect(bits([1], true)).toBe(1);
    expect(bits([1], false)).toBe(2);
    expect(bits([0, 1], true)).toBe(2);
  });
});

test('small arrays lie whole in one word', () => {
  const P = pool('P', 8, { refcnt: range(0, 7) });
  const m = model({ variables: [shared('wide', range(0, 2 ** 20)), shared('flags', { kind: 'map', key: range(0, 9), value: range(0, 4) })], pools: [P] });
  const layout = layoutOf(m);
  const flags = layout.variables[1]!;
  expect(flags).toMatchObject({ kind: 'map', elements: { count: 10, perWord: 10, stride: 3, wordStride: 0 } });
  expect(layout.pools[0]!.fields[0]).toMatchObject({ count: 8, perWord: 8, stride: 3, wordStride: 0 });
  expect(layout.words).toBe(3);
});

describe('too large a state', () => {
  test('is blamed on the largest variable', () => {
    const thousand = (value: Type): Type => ({ kind: 'map', key: range(0, 999), value });
    const small = shared('small', thousand(range(0, 255)));
    expect(layoutProblem(model({ variables: [small, shared('big', thousand(range(0, 2 ** 30)))] }))).toBeUndefined();
    const problem = layoutProblem(model({ variables: [small, shared('big', thousand(range(0, 2 ** 30))), shared('big2', thousand(range(0, 2 ** 30)))] }));
    expect(problem).toMatchObject({ variable: 'big', message: 'takes 31,000 of the 70,000 bits of a state, which has room for 65,536' });
  });

  test('is thrown as an error with that in it', () => {
    const m = model({ variables: [{ ...shared('big', range(-(2 ** 40), 0)) }], initial: { big: [defaultValue(range(0, 0))] } });
    expect(() => layoutOf(m)).toThrow(StateTooLarge);
    expect(() => layoutOf(m)).toThrow('big is a -1099511627776..0 with 1,099,511,627,777 values; at most 4,294,967,296 can be handled');
  });
});
