// Models with one thing wrong, to see that what compares models notices.

import { interpreterOf } from '../../src/model/interpret.js';
import type { Layout } from '../../src/model/layout.js';
import type { Family, Model, Node } from '../../src/model/model.js';
import type { State } from '../../src/model/state.js';

/** The nodes that steps from the first `most` states pass: `family node`. */
function passedNodes(model: Model, layout: Layout, most: number): ReadonlySet<string> {
  const interpreter = interpreterOf(model);
  const passed = new Set<string>();
  const seen = new Set<string>();
  const queue: State[] = [];
  const add = (state: State): void => {
    const key = layout.encode(state).join();
    if (!seen.has(key)) queue.push(state);
    seen.add(key);
  };
  for (const outcome of interpreter.initial()) if (outcome.kind === 'next') add(outcome.state);
  for (let i = 0; i < queue.length && i < most; i++) {
    model.instances.forEach(({ family }, pid) => {
      for (const outcome of interpreter.steps(queue[i]!, pid)) {
        for (let trail = outcome.trail; trail !== undefined; trail = trail.before) passed.add(`${family} ${trail.node}`);
        if (outcome.kind === 'next') add(outcome.state);
      }
    });
  }
  return passed;
}

/**
 * Every way to break the model by one node that is passed near the start: a wait that no longer waits, a condition turned round, an
 * assignment that does not happen, a branch that is gone.
 */
export function mutants(model: Model, layout: Layout, most: number): readonly { readonly what: string; readonly model: Model }[] {
  const passed = passedNodes(model, layout, most);
  return model.families.flatMap((family, f) =>
    family.nodes.flatMap((node, n) => {
      const broken = passed.has(`${f} ${n}`) ? breakNode(node) : undefined;
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
