import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardinality, nullable, range, type Type } from '../../src/core/type.js';
import { compareValues, defaultValue, hasType, ordinalOf, sameValue, setOf, showValue, toJson, valueAt, valuesOf } from '../../src/core/value.js';
import { bool, cbRef, color, pid, typeOfDepth, valueOf } from '../support/types.js';

const smallType = typeOfDepth(2).filter((t) => cardinality(t) <= 2 ** 40);

describe('ordinals', () => {
  test('lead to the value and back, for random types', () => {
    fc.assert(
      fc.property(smallType.chain((t) => fc.tuple(fc.constant(t), fc.nat(cardinality(t) - 1))), ([t, ordinal]) => {
        const v = valueAt(t, ordinal);
        expect(hasType(t, v)).toBe(true);
        expect(ordinalOf(t, v)).toBe(ordinal);
      }),
    );
  });

  test('order values as compareValues does', () => {
    fc.assert(
      fc.property(smallType.chain((t) => fc.tuple(fc.constant(t), valueOf(t), valueOf(t))), ([t, a, b]) => {
        expect(Math.sign(compareValues(t, a, b))).toBe(Math.sign(ordinalOf(t, a) - ordinalOf(t, b)));
        expect(compareValues(t, a, b) === 0).toBe(sameValue(a, b));
      }),
    );
  });

  test('count all values', () => {
    expect(valuesOf(nullable(bool))).toEqual([null, false, true]);
    expect(valuesOf({ kind: 'set', of: range(1, 2) })).toEqual([[], [1], [2], [1, 2]]);
    expect(valuesOf({ kind: 'seq', of: bool, max: 1 })).toEqual([[], [false], [true]]);
    expect(valuesOf({ kind: 'map', key: bool, value: range(0, 1) })).toEqual([[0, 0], [0, 1], [1, 0], [1, 1]]);
  });
});

test('different values of a type show differently, as text and as JSON', () => {
  fc.assert(
    fc.property(smallType.chain((t) => fc.tuple(fc.constant(t), valueOf(t), valueOf(t))), ([t, a, b]) => {
      expect(showValue(t, a) === showValue(t, b)).toBe(sameValue(a, b));
      expect(JSON.stringify(toJson(t, a)) === JSON.stringify(toJson(t, b))).toBe(sameValue(a, b));
    }),
  );
});

describe('what belongs to a type', () => {
  test('a set has its elements in order and once', () => {
    const t: Type = { kind: 'set', of: range(0, 3) };
    expect(hasType(t, [0, 2])).toBe(true);
    expect(hasType(t, [2, 0])).toBe(false);
    expect(hasType(t, [2, 2])).toBe(false);
    expect(setOf(range(0, 3), [2, 0, 2])).toEqual([0, 2]);
  });

  test('the default is of the type, but for references', () => {
    fc.assert(fc.property(typeOfDepth(2), (t) => hasType(t, defaultValue(t)) || JSON.stringify(t).includes('"ref"')));
    expect(defaultValue(cbRef)).toBeNull();
    expect(defaultValue(range(-3, 3))).toBe(-3);
  });
});

test('values show as they are written, and as JSON', () => {
  const queue: Type = { kind: 'ref', pool: 'hr.Queue', size: 2 };
  const r: Type = { kind: 'record', name: 'R', fields: [{ name: 'a', type: range(0, 9) }, { name: 'c', type: { kind: 'seq', of: nullable(color), max: 2 } }] };
  const m: Type = { kind: 'map', key: color, value: { kind: 'set', of: pid } };
  expect(showValue(queue, 1)).toBe('hr.queue#1');
  expect(showValue(nullable(cbRef), 0)).toBe('cb#0');
  expect(showValue(r, [1, [0, null]])).toBe('R { a: 1, c: <<RED, null>> }');
  expect(toJson(r, [1, [0, null]])).toEqual({ a: 1, c: ['RED', null] });
  expect(showValue(m, [[], [0, 2], []])).toBe('[RED -> {}, GREEN -> {task[0], kworker}, BLUE -> {}]');
  expect(toJson(m, [[], [2], []])).toEqual([['RED', []], ['GREEN', ['kworker']], ['BLUE', []]]);
});
