// Random types and values of them.

import fc from 'fast-check';
import { cardinality, nullable, range, showType, type Type } from '../../src/core/type.js';
import { setOf, valueAt, valuesOf, type Value } from '../../src/core/value.js';

export const bool: Type = { kind: 'bool' };
export const color: Type = { kind: 'enum', name: 'Color', members: ['RED', 'GREEN', 'BLUE'] };
export const cbRef: Type = { kind: 'ref', pool: 'Cb', size: 2 };
export const pid: Type = { kind: 'pid', names: ['task[0]', 'task[1]', 'kworker'] };

const plain: fc.Arbitrary<Type> = fc.oneof(
  fc.constantFrom(bool, color, cbRef, pid),
  fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 20 })).map(([lo, size]) => range(lo, lo + size)),
);

/** Types with at most a few hundred bits; `depth` levels of compound types. */
export const typeOfDepth = (depth: number): fc.Arbitrary<Type> => {
  if (depth === 0) return plain;
  const inner = typeOfDepth(depth - 1);
  return fc.oneof(
    plain,
    inner.map(nullable),
    fc.tuple(fc.constantFrom<Type>(bool, color, range(0, 4)), inner).map(([key, value]): Type => ({ kind: 'map', key, value })),
    plain.map((of): Type => ({ kind: 'set', of: nullable(of) })),
    inner.filter((t) => cardinality(t) <= 70).map((of): Type => ({ kind: 'set', of })),
    fc.tuple(inner, fc.integer({ min: 0, max: 4 })).map(([of, max]): Type => ({ kind: 'seq', of, max })),
    fc.array(inner, { minLength: 0, maxLength: 3 }).map((types): Type => ({
      kind: 'record',
      // Records are the same by name.
      name: `R(${types.map(showType).join()})`,
      fields: types.map((type, i) => ({ name: 'abc'[i]!, type })),
    })),
  );
};

/** A value of the type, however many it has. */
export function valueOf(t: Type): fc.Arbitrary<Value> {
  if (cardinality(t) < 2 ** 40) return fc.nat(cardinality(t) - 1).map((ordinal) => valueAt(t, ordinal));
  switch (t.kind) {
    case 'nullable':
      return fc.oneof(fc.constant(null), valueOf(t.of));
    case 'record':
      return fc.tuple(...t.fields.map((field) => valueOf(field.type)));
    case 'map':
      return fc.tuple(...valuesOf(t.key).map(() => valueOf(t.value)));
    case 'set':
      return fc.array(valueOf(t.of), { maxLength: 6 }).map((elements) => setOf(t.of, elements));
    case 'seq':
      return fc.array(valueOf(t.of), { maxLength: t.max });
    default:
      throw new Error(`a large ${t.kind}`);
  }
}
