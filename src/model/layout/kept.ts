// Which bits of a state the steps of a process leave as they are. Whoever looks for the states from which a process leads to a given one
// need not try those that differ from it in such a bit.

import { unreachable } from '../../base/unreachable.js';
import type { Pool, Variable } from '../../core/expr.js';
import { mentionsPool } from '../../core/type.js';
import type { Layout } from '../layout.js';
import type { Model, Node } from '../model.js';
import { nodePlaces } from '../node.js';
import { indexOf } from '../state.js';
import { eachBits, mask, type ArrayCell, type Cell } from './cell.js';

/** For each instance the words of a mask: 1 in each bit that none of its steps changes. Rather too few bits than too many. */
export function keptBits(model: Model, layout: Layout): readonly Int32Array[] {
  const index = indexOf(model);
  return model.instances.map((_, pid) => {
    const kept = new Int32Array(layout.words).fill(-1);
    const own = layout.instances[pid]!;
    const touch = (cell: Cell): void => eachBits(cell, 0, 0, (word, shift, width) => width > 0 && (kept[word]! &= ~(mask(width) << shift)));
    const touchArray = (elements: ArrayCell): void => touch({ kind: 'map', elements });
    const touchVariable = (variable: Variable): void => {
      const home = index.home(variable);
      switch (home.kind) {
        case 'shared':
          return touch(layout.variables[home.index]!);
        case 'field':
          return touchArray(layout.pools[home.pool]!.fields[home.index]!);
        case 'local':
          return;
        default:
          unreachable(home);
      }
    };
    const touchPool = (pool: Pool): void => {
      const { alive, fields } = layout.pools[index.pool(pool)]!;
      touchArray(alive);
      fields.forEach(touchArray);
    };
    const touchNode = (node: Node): void => {
      nodePlaces(node).forEach((place) => touchVariable(place.variable));
      if (node.op === 'pick') touchVariable(node.variable);
      if (node.op === 'new' || node.op === 'free') touchPool(node.pool);
      // Whatever may refer to the object that stood in the slot may have to forget it.
      if (node.op === 'new') referring(node.pool).forEach(touch);
    };
    const referring = (pool: Pool): readonly Cell[] => [
      ...model.variables.flatMap(({ variable }, i) => (mentionsPool(variable.type, pool.name) ? [layout.variables[i]!] : [])),
      ...model.instances.flatMap((_, other) =>
        index.family(other).locals.flatMap(({ variable }, i) => {
          const cell = layout.instances[other]!.locals[i];
          return cell !== undefined && mentionsPool(variable.type, pool.name) ? [cell] : [];
        }),
      ),
      ...model.pools.flatMap((of, p) => of.fields.flatMap(({ variable }, f) => (mentionsPool(variable.type, pool.name) ? [{ kind: 'map', elements: layout.pools[p]!.fields[f]! } as const] : []))),
    ];

    touch({ kind: 'scalar', type: { kind: 'bool' }, bits: own.location });
    for (const cell of own.locals) if (cell !== undefined) touch(cell);
    index.family(pid).nodes.forEach(touchNode);
    return kept;
  });
}
