// Types of random specs: those that a variable gets, and values of them as they are written.

import { cardinality, nullable, range, showType, type EnumType, type RecordType, type Type } from '../../../src/core/type.js';
import { showValue, valueAt } from '../../../src/core/value.js';
import type { Choices } from './choices.js';

export const bool: Type = { kind: 'bool' };

export function plainType(choices: Choices, enums: readonly EnumType[]): Type {
  return choices.among<Type>([
    [4, range(0, 1 + choices.below(3))],
    [2, bool],
    [2, choices.pick(enums)],
    [1, range(-1 - choices.below(2), 1 + choices.below(2))],
    [1, range(5, 6 + choices.below(3))],
    [1, nullable(range(0, 1 + choices.below(2)))],
    [1, nullable(choices.pick(enums))],
  ]);
}

/** A type whose values are the keys of a small map. */
export const keyType = (choices: Choices, enums: readonly EnumType[]): Type =>
  choices.among<Type>([[3, range(0, 1)], [1, range(1, 3)], [1, bool], [2, choices.pick(enums)]]);

export function anyType(choices: Choices, enums: readonly EnumType[], records: readonly RecordType[]): Type {
  const plain = plainType(choices, enums);
  return choices.among<Type>([
    [10, plain],
    [3, { kind: 'map', key: keyType(choices, enums), value: plain.kind === 'nullable' && choices.chance(50) ? bool : plain }],
    [2, { kind: 'set', of: choices.among<Type>([[2, range(0, 2)], [1, choices.pick(enums)], [1, range(-1, 1)]]) }],
    [2, { kind: 'seq', of: choices.among<Type>([[1, range(0, 1)], [1, choices.pick(enums)]]), max: 1 + choices.below(3) }],
    [records.length > 0 ? 2 : 0, records[0] ?? plain],
    [1, { kind: 'map', key: range(0, 1), value: choices.among<Type>([[1, { kind: 'set', of: range(0, 1) }], [1, records[0] ?? bool], [1, { kind: 'map', key: bool, value: range(0, 1) }]]) }],
  ]);
}

/** A type that takes many bits, or several words. */
export function wideType(choices: Choices, enums: readonly EnumType[]): Type {
  return choices.among<Type>([
    [2, range(0, 1000)],
    [1, range(-40_000, 40_000)],
    [2, { kind: 'set', of: range(0, 40) }],
    [2, { kind: 'map', key: range(0, 8), value: choices.among<Type>([[1, range(0, 200)], [1, nullable(choices.pick(enums))], [1, bool]]) }],
    [1, { kind: 'map', key: range(0, 2), value: { kind: 'map', key: range(0, 3), value: range(0, 100) } }],
    [1, { kind: 'seq', of: range(0, 300), max: 6 }],
  ]);
}

/** A value that needs no pool and no process. */
export function literal(choices: Choices, t: Type): string {
  switch (t.kind) {
    case 'nullable':
      return t.of.kind !== 'ref' && t.of.kind !== 'pid' && choices.chance(60) ? literal(choices, t.of) : 'null';
    case 'record':
      return `${t.name} { ${t.fields.map((f) => `${f.name}: ${literal(choices, f.type)}`).join(', ')} }`;
    case 'map': {
      const one = (): string => (t.value.kind === 'record' ? `(${literal(choices, t.value)})` : literal(choices, t.value));
      if (t.value.kind === 'map' || choices.chance(60)) return `[_k in ${showSet(t.key)} -> ${one()}]`;
      const key = showValue(t.key, valueAt(t.key, choices.below(Math.min(2, cardinality(t.key)))));
      return `[_k in ${showSet(t.key)} -> if _k == ${key} then ${one()} else ${one()}]`;
    }
    case 'seq':
      return `<<${Array.from({ length: choices.below(Math.min(t.max, 2) + 1) }, () => literal(choices, t.of)).join(', ')}>>`;
    default:
      return showValue(t, valueAt(t, choices.below(Math.min(cardinality(t), 2 ** 20))));
  }
}

/** The set of a type's values, as an expression. */
export const showSet = (t: Type): string => (t.kind === 'range' ? `${t.lo}..${t.hi}` : showType(t));
