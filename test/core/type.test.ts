import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitsFor, bitsOf, cardinality, isSubtype, join, mentionsPool, nothing, nullable, overlaps, range, sameType, showType, type Type } from '../../src/core/type.js';
import { hasType } from '../../src/core/value.js';
import { bool, cbRef, color, typeOfDepth, valueOf } from '../support/types.js';

const setOf = (of: Type): Type => ({ kind: 'set', of });

describe('relations of types', () => {
  test('a range is a subtype of a wider one, and overlaps one that it meets', () => {
    expect(isSubtype(range(1, 2), range(0, 3))).toBe(true);
    expect(isSubtype(range(1, 4), range(0, 3))).toBe(false);
    expect(overlaps(range(1, 4), range(4, 9))).toBe(true);
    expect(overlaps(range(1, 4), range(5, 9))).toBe(false);
  });

  test('null belongs to every nullable type, and the empty set to every set', () => {
    expect(isSubtype(nullable(nothing), nullable(cbRef))).toBe(true);
    expect(isSubtype(nullable(cbRef), cbRef)).toBe(false);
    expect(isSubtype(setOf(nothing), setOf(color))).toBe(true);
    expect(overlaps(nullable(nothing), cbRef)).toBe(false);
    expect(overlaps(nullable(cbRef), nullable(nothing))).toBe(true);
  });

  test('sets of different things do not overlap', () => {
    expect(overlaps(setOf(color), setOf(range(0, 2)))).toBe(false);
  });

  test('the join of ranges is their hull, of null and T it is T?, and there may be none', () => {
    expect(join(range(0, 1), range(5, 6))).toEqual(range(0, 6));
    expect(join(nullable(nothing), cbRef)).toEqual(nullable(cbRef));
    expect(join(setOf(nothing), setOf(color))).toEqual(setOf(color));
    expect(join(color, bool)).toBeUndefined();
  });

  test('of random types: a join holds both, and a subtype holds no other values', () => {
    fc.assert(
      fc.property(typeOfDepth(2), typeOfDepth(2), (a, b) => {
        const both = join(a, b);
        expect(sameType(a, a)).toBe(true);
        if (both !== undefined) expect(isSubtype(a, both) && isSubtype(b, both)).toBe(true);
        if (isSubtype(a, b)) {
          fc.assert(fc.property(valueOf(a), (v) => hasType(b, v)), { numRuns: 10 });
          if (cardinality(a) > 0) expect(overlaps(a, b)).toBe(true);
        }
      }),
    );
  });
});

describe('sizes', () => {
  test('one value needs no bit, and n values need the bits of n - 1', () => {
    expect([0, 1, 2, 3, 4, 5, 2 ** 32].map(bitsFor)).toEqual([0, 0, 1, 2, 2, 3, 32]);
  });

  test('of compound types', () => {
    const seq: Type = { kind: 'seq', of: color, max: 3 };
    expect(cardinality(seq)).toBe(1 + 3 + 9 + 27);
    expect(bitsOf(seq)).toBe(2 + 3 * 2);
    expect(cardinality(setOf(color))).toBe(8);
    expect(bitsOf(nullable(setOf(color)))).toBe(4);
    expect(bitsOf(nullable(range(0, 2)))).toBe(2);
    expect(bitsOf({ kind: 'map', key: color, value: range(0, 4) })).toBe(9);
    expect(cardinality(setOf(range(0, 5000)))).toBe(Infinity);
  });

  test('a reference is found in whatever holds it, but not in the keys of a map', () => {
    expect(mentionsPool(setOf(nullable(cbRef)), 'Cb')).toBe(true);
    expect(mentionsPool(setOf(nullable(cbRef)), 'Timer')).toBe(false);
    expect(mentionsPool({ kind: 'map', key: cbRef, value: bool })).toBe(false);
  });
});

test('types show as they are written', () => {
  const all: Type = { kind: 'map', key: nullable(range(-1, 3)), value: { kind: 'seq', of: nullable(setOf(cbRef)), max: 2 } };
  expect(showType(all)).toBe('[-1..3? -> seq of (set of Cb)? max 2]');
  expect(showType(nullable(nothing))).toBe('null');
});
