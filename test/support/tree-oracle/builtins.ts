// Calls inside expressions: `def`s and the built-in functions.

import type { Expr } from '../../../src/ast/nodes.js';
import { evaluate, instanceOf } from './expressions.js';
import { erred, skip } from './outcomes.js';
import { fit } from './shapes.js';
import { calleeOf, nameOf, type Scene } from './spec.js';
import { as, elementsOf, sequenceOf, type Value } from './values.js';

export function callValue(e: Expr & { readonly kind: 'call' }, scene: Scene): Value {
  const name = calleeOf(e) ?? skip('a call of something without a name');
  const d = scene.spec.named.get(name);
  if (d?.kind === 'def') {
    const late = new Map(d.parameters.map((p, i) => [p.name.text, () => fit(evaluate(e.arguments[i]!, scene), scene.spec.shapeOf(p.type))]));
    const { at: _, ...outside } = scene;
    const value = evaluate(d.value, { ...outside, bound: new Map(), late });
    return d.result === undefined ? value : fit(value, scene.spec.shapeOf(d.result));
  }
  const first = evaluate(e.arguments[0]!, scene);
  switch (name) {
    case 'alive':
      return first !== null && scene.state.pools[as('object', first).pool]![as('object', first).slot] !== null;
    case 'done':
    case 'enabled':
      return scene.standing(scene.state, instanceOf(first, scene))[name];
    case 'at':
      return scene.standing(scene.state, instanceOf(first, scene)).label === (nameOf(e.arguments[1]!) ?? skip('at of a label in a procedure'));
    case 'in':
      // It still stands where the step began.
      if (instanceOf(first, scene) === scene.at?.process) skip('an assertion about where processes stand');
      return scene.state.processes[instanceOf(first, scene)]!.frames.some((f, i) => i > 0 && f.entered && f.body === nameOf(e.arguments[1]!));
    case 'len':
      return elements(first).length;
    case 'head':
      return elements(first)[0] ?? (elements(first).length === 0 ? erred('empty_sequence') : null);
    case 'tail':
      return elements(first).length === 0 ? erred('empty_sequence') : sequenceOf(elements(first).slice(1));
    case 'append': {
      return sequenceOf([...elements(first), evaluate(e.arguments[1]!, scene)]);
    }
    default:
      return skip(`a call of ${name}`);
  }
}

const elements = (v: Value): readonly Value[] => (v === null ? erred('null_dereference') : elementsOf(v));
