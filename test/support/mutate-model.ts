// Models with one thing wrong, to see that what compares models notices.

import type { Family, Model, Node } from '../../src/model/model.js';

/** Every way to break the model by one node: a wait that no longer waits, a condition turned round, an assignment that does not happen. */
export function mutants(model: Model): readonly { readonly what: string; readonly model: Model }[] {
  return model.families.flatMap((family, f) =>
    family.nodes.flatMap((node, n) => {
      const broken = breakNode(node);
      if (broken === undefined) return [];
      const changed: Family = { ...family, nodes: family.nodes.with(n, broken) };
      return [{ what: `${node.op} in node ${n} of ${family.name}`, model: { ...model, families: model.families.with(f, changed) } }];
    }),
  );
}

function breakNode(node: Node): Node | undefined {
  switch (node.op) {
    case 'await':
      return { ...node, op: 'assign', targets: [], values: [] };
    case 'branch':
      return { ...node, then: node.else, else: node.then };
    case 'assign':
      return node.targets.length === 0 ? undefined : { ...node, targets: node.targets.slice(1), values: node.values.slice(1) };
    case 'either':
      return { ...node, branches: node.branches.slice(1) };
    case 'free':
    case 'reset':
    case 'assert':
    case 'pick':
    case 'new':
    case 'touch':
    case 'call':
    case 'return':
    case 'loop':
    case 'stop':
      return undefined;
  }
}
