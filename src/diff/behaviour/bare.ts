// A model without what only watches: ghosts, named assertions, properties but for errors. The program does not read them, so it behaves the
// same, in fewer states.

import type { Expr, Pool, Variable } from '../../core/expr.js';
import { variablesOf } from '../../core/walk.js';
import type { Family, Model, Node } from '../../model/model.js';
import { nodeExpressions, nodePlaces } from '../../model/node.js';
import { familiesOf } from '../../model/state.js';

export function withoutGhosts(model: Model): Model {
  const bare = { ...model, properties: model.properties.filter((p) => p.kind === 'builtin' || p.kind === 'assertion'), antecedents: [] };
  const fields = model.pools.flatMap((pool) => pool.fields);
  const ghosts = new Set([...model.variables, ...fields].flatMap(({ variable }) => (variable.kind === 'ghost' ? [variable] : [])));
  // An assertion without a name ends the step: it is part of what the program does.
  const steers = (node: Node): boolean => node.op === 'assert' && node.property === undefined && readsAny(ghosts, node);
  if (familiesOf(model).some((family) => family.nodes.some(steers))) return bare;
  const pools = new Map(model.pools.map((pool) => [pool, { ...pool, fields: pool.fields.filter(({ variable }) => !ghosts.has(variable)) }]));
  const strip = (family: Family): Family => ({ ...family, nodes: family.nodes.map((node) => stripped(node, ghosts, pools)) });
  return {
    ...bare,
    pools: [...pools.values()],
    variables: model.variables.filter(({ variable }) => !ghosts.has(variable)),
    families: model.families.map(strip),
    ...(model.init === undefined ? {} : { init: strip(model.init) }),
  };
}

function readsAny(ghosts: ReadonlySet<Variable>, node: Node): boolean {
  return nodeExpressions(node).some((e: Expr) => [...variablesOf(e)].some((v) => ghosts.has(v)));
}

/** What reads or writes a ghost belongs to a statement that writes ghosts only; both ways of such a condition meet again. */
function stripped(node: Node, ghosts: ReadonlySet<Variable>, pools: ReadonlyMap<Pool, Pool>): Node {
  const skip = (next: number): Node => ({ op: 'reset', locals: [], next, at: node.at, frame: node.frame, ...(node.site === undefined ? {} : { site: node.site }) });
  const writes = nodePlaces(node).some((place) => ghosts.has(place.variable));
  switch (node.op) {
    case 'branch':
      return readsAny(ghosts, node) ? skip(node.else) : node;
    case 'assert':
      return node.property !== undefined || readsAny(ghosts, node) ? skip(node.next) : node;
    case 'assign':
    case 'pick':
      return writes || readsAny(ghosts, node) ? skip(node.next) : node;
    case 'new':
      return { ...node, pool: pools.get(node.pool) ?? node.pool, fields: node.fields.filter(({ variable }) => !ghosts.has(variable)) };
    case 'free':
    case 'touch':
      return { ...node, pool: pools.get(node.pool) ?? node.pool };
    default:
      return node;
  }
}
