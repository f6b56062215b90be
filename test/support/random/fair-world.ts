// What random specs that are about fairness declare.

import { nullable, range, type EnumType, type Type } from '../../../src/core/type.js';
import type { Choices } from './choices.js';
import { bool } from './types.js';
import type { Named, PoolPlan, ProcessPlan, World } from './world.js';

/** Few and small variables: what decides is who moves. */
export function fairWorld(choices: Choices): World {
  const enums: EnumType[] = [{ kind: 'enum', name: 'Phase', members: ['IDLE', 'BUSY'] }];
  const pool: PoolPlan | undefined = choices.chance(12) ? { name: 'Obj', size: 1 + choices.below(2), fields: [{ name: 'v', type: bool }], maps: [] } : undefined;
  const small = (): Type => choices.among<Type>([[6, bool], [2, range(0, 1)], [2, range(0, 2)], [1, enums[0]!], [1, { kind: 'map', key: range(0, 1), value: bool }], [1, { kind: 'set', of: range(0, 1) }]]);
  const shared: Named[] = [{ name: 'num', type: range(0, choices.chance(25) ? 2 : 1) }, ...Array.from({ length: 1 + choices.below(2) }, (_, i) => ({ name: `v${i}`, type: small() }))];
  if (pool !== undefined) shared.push({ name: 'ref', type: nullable({ kind: 'ref', pool: pool.name, size: pool.size }) });
  const plan = (name: string): ProcessPlan =>
    choices.chance(65) ? { name, instances: [name], interrupts: false } : { name, parameter: { name: 'i', type: range(0, 1) }, instances: [`${name}[0]`, `${name}[1]`], interrupts: false };
  const plans = choices.chance(85) ? [plan('p0'), plan('p1')] : [plan('p1')];
  return {
    choices, enums, shared, focus: 'fairness', dances: choices.chance(65), records: [], aliases: [],
    temper: choices.chance(30) ? 'bold' : 'calm',
    processes: choices.chance(65) ? plans : [...plans, { name: 'irq', parameter: { name: 'i', type: range(0, 0) }, instances: ['irq[0]'], interrupts: true }],
    labelled: choices.chance(20),
    ...(pool === undefined ? {} : { pool }),
    ghosts: choices.chance(20) ? [{ name: 'g0', type: bool }] : [],
    procedures: [], defs: [], macros: [], labels: [], calls: [], asserted: 0, fresh: 0,
  };
}
