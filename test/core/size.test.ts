import { expect, test } from 'vitest';
import { sizeProblem } from '../../src/core/size.js';
import { nullable, range, type Type } from '../../src/core/type.js';
import { bool } from '../support/types.js';

const map = (key: Type, value: Type): Type => ({ kind: 'map', key, value });

test.each<[Type, string | undefined]>([
  [{ kind: 'set', of: range(0, 2 ** 21) }, 'is a set of 0..2097152 with 2,097,153 possible elements; at most 1,048,576 can be handled'],
  [range(0, 2 ** 40), 'is a 0..1099511627776 with 1,099,511,627,777 values; at most 4,294,967,296 can be handled'],
  [map(range(0, 2 ** 40), bool), 'is a [0..1099511627776 -> bool] with 1,099,511,627,777 keys; at most 1,048,576 can be handled'],
  [map(range(0, 999), map(range(0, 999), bool)), 'takes 1,000,000 bits, and a state has room for 65,536'],
  [nullable({ kind: 'seq', of: bool, max: 2 ** 30 }), 'is a seq of bool max 1073741824 with 1,073,741,824 possible elements; at most 1,048,576 can be handled'],
  [map(range(0, 999), bool), undefined],
  [range(-(2 ** 31), 2 ** 31 - 1), undefined],
])('a type may be too large to compute with', (type, problem) => expect(sizeProblem(type)).toBe(problem));
