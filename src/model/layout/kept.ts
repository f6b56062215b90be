// Which bits of a state the steps of a process leave as they are. Whoever looks for the states from which a process leads to a given one
// need not try those that differ from it in such a bit.

import type { Pool, Variable } from '../../core/expr.js';
import { mentionsPool } from '../../core/type.js';
import type { Placement } from '../layout.js';
import type { Model, Node } from '../model.js';
import { nodePlaces } from '../node.js';
import { indexOf } from '../state.js';
import { eachBits, mask, type ArrayCell, type Cell } from './cell.js';

/** For each instance the words of a mask: 1 in each bit that none of its steps changes. Rather too few bits than too many. */
export function keptBits(model: Model, layout: Placement): readonly Int32Array[] {
  const index = indexOf(model);
  const touched = model.families.map((family) => touchedBy(family.nodes));
  const referringTo = new Map([...new Set(touched.flatMap(({ renewed }) => [...renewed]))].map((pool) => [pool, referring(model, layout, pool)]));
  return model.instances.map(({ family }, pid) => {
    const kept = new Int32Array(layout.words).fill(-1);
    const touch = (cell: Cell): void => eachBits(cell, 0, 0, (word, shift, width) => width > 0 && (kept[word]! &= ~(mask(width) << shift)));
    const touchArray = (elements: ArrayCell): void => touch({ kind: 'map', elements });
    const { location, locals } = layout.instances[pid]!;
    touch({ kind: 'scalar', type: { kind: 'bool' }, bits: location });
    for (const cell of locals) if (cell !== undefined) touch(cell);

    const { variables, pools, renewed } = touched[family]!;
    for (const variable of variables) {
      const home = index.home(variable);
      if (home.kind === 'shared') touch(layout.variables[home.index]!);
      if (home.kind === 'field') touchArray(layout.pools[home.pool]!.fields[home.index]!);
    }
    for (const pool of pools) {
      const { alive, fields } = layout.pools[index.pool(pool)]!;
      touchArray(alive);
      fields.forEach(touchArray);
    }
    for (const pool of renewed) referringTo.get(pool)!.forEach(touch);
    return kept;
  });
}

/** What a family's steps store to: its own locals may be among the variables. */
function touchedBy(nodes: readonly Node[]): { readonly variables: ReadonlySet<Variable>; readonly pools: ReadonlySet<Pool>; readonly renewed: ReadonlySet<Pool> } {
  const [variables, pools, renewed] = [new Set<Variable>(), new Set<Pool>(), new Set<Pool>()];
  for (const node of nodes) {
    for (const { variable } of nodePlaces(node)) variables.add(variable);
    if (node.op === 'pick') variables.add(node.variable);
    if (node.op === 'new' || node.op === 'free') pools.add(node.pool);
    if (node.op === 'new') renewed.add(node.pool);
  }
  return { variables, pools, renewed };
}

/** What may have to forget the object that stood in a slot when `new` takes the slot again. */
function referring(model: Model, layout: Placement, pool: Pool): readonly Cell[] {
  const refers = (variable: Variable): boolean => mentionsPool(variable.type, pool.name);
  return [
    ...model.variables.flatMap(({ variable }, i) => (refers(variable) ? [layout.variables[i]!] : [])),
    ...model.instances.flatMap(({ family }, pid) =>
      model.families[family]!.locals.flatMap(({ variable }, i) => {
        const cell = layout.instances[pid]!.locals[i];
        return cell !== undefined && refers(variable) ? [cell] : [];
      }),
    ),
    ...model.pools.flatMap((of, p) => of.fields.flatMap(({ variable }, f) => (refers(variable) ? [{ kind: 'map', elements: layout.pools[p]!.fields[f]! } as const] : []))),
  ];
}
