// What an expression means, by the language page: left to right, short-circuit, errors at the place where they arise.

import type { Expr } from '../../../src/ast/nodes.js';
import { callValue } from './builtins.js';
import { erred, skip } from './outcomes.js';
import { fit, valuesOf } from './shapes.js';
import { isProcess, nameOf, type Scene } from './spec.js';
import { objectAt, read, slotsOf, type Place } from './state.js';
import {
  as, elementsOf, entryOf, fieldOf, has, identity, inBrackets, inOrder, number, same, sequenceOf, setOf, truth, withEntry, type Value,
} from './values.js';

export const bind = (scene: Scene, name: string, value: Value): Scene => ({ ...scene, bound: new Map([...scene.bound, [name, value]]) });
export const test = (e: Expr, scene: Scene): boolean => truth(evaluate(e, scene));

/** What a name stands for: a place, or a value that cannot be assigned. */
function resolve(name: string, scene: Scene): Place | { readonly value: Value } {
  const { spec, state, at } = scene;
  if (scene.bound.has(name)) return { value: scene.bound.get(name)! };
  const late = scene.late?.get(name);
  if (late !== undefined) return { value: late() };
  if (at !== undefined) {
    const frame = state.processes[at.process]!.frames[at.frame]!;
    const alias = frame.aliases[name];
    if (alias !== undefined) return alias;
    if (name in frame.locals) return { root: { of: 'local', ...at }, name, path: [] };
    const instance = spec.instances[at.process];
    if (instance !== undefined && (name === spec.context || (at.frame === 0 && name === instance.process.parameter?.name.text))) return { value: instance.argument };
  }
  const member = spec.members.get(name);
  if (member !== undefined) return { value: member };
  const d = spec.named.get(name);
  switch (d?.kind) {
    case 'var':
      return { root: { of: 'shared' }, name, path: [] };
    case 'const':
      return { value: d.value === undefined ? skip('abstract constant') : evaluate(d.value, scene) };
    case 'enum':
    case 'type':
      return { value: setOf(valuesOf(spec.shapeOf({ kind: 'named', path: { parts: [d.name], span: d.span }, span: d.span }))) };
    case 'pool':
      return { value: setOf(state.pools[name]!.flatMap((fields, slot) => (fields === null ? [] : [{ kind: 'object' as const, pool: name, slot }]))) };
    case 'process':
      return { value: { kind: 'process', name } };
    default:
      if (name === 'bool') return { value: setOf([false, true]) };
      if (name === 'pid') return { value: setOf(spec.instances.map((i) => ({ kind: 'process', name: i.name }))) };
      return skip(`a name that is a ${d?.kind ?? 'stranger'}`);
  }
}

/** The place that an expression names. Undefined: it is not one. */
export function placeOf(e: Expr, scene: Scene): Place | undefined {
  switch (e.kind) {
    case 'group':
      return placeOf(e.inner, scene);
    case 'name': {
      const found = resolve(e.name.text, scene);
      return 'value' in found ? undefined : found;
    }
    case 'field': {
      if (scene.spec.objectFields.has(e.field.text)) return { root: { of: 'object', ref: evaluate(e.object, scene) }, name: e.field.text, path: [] };
      const place = placeOf(e.object, scene);
      return place && { ...place, path: [...place.path, { field: e.field.text }] };
    }
    case 'index': {
      const map = nameOf(e.object);
      if (map !== undefined && scene.spec.keyedMaps.has(map)) return { root: { of: 'object', ref: evaluate(e.index, scene) }, name: map, path: [] };
      const place = placeOf(e.object, scene);
      return place && { ...place, path: [...place.path, { key: evaluate(e.index, scene) }] };
    }
    default:
      return undefined;
  }
}

/** The number of the instance that a pid names. */
export function instanceOf(pid: Value, scene: Scene): number {
  const { name } = as('process', pid);
  const i = scene.spec.instances.findIndex((one) => one.name === name);
  return i < 0 ? erred('bad_index') : i;
}

export function evaluate(e: Expr, scene: Scene): Value {
  switch (e.kind) {
    case 'int':
    case 'bool':
      return e.value;
    case 'null':
      return null;
    case 'self':
      return { kind: 'process', name: scene.spec.instances[scene.at!.process]!.name };
    case 'group':
      return evaluate(e.inner, scene);
    case 'name': {
      const found = resolve(e.name.text, scene);
      return 'value' in found ? found.value : read(scene.state, found);
    }
    case 'field':
      if (scene.spec.objectFields.has(e.field.text)) return objectAt(scene.state, evaluate(e.object, scene))[e.field.text]!;
      if (isProcess(scene.spec, e.object)) return scene.state.processes[instanceOf(evaluate(e.object, scene), scene)]!.frames[0]!.locals[e.field.text]!;
      return fieldOf(evaluate(e.object, scene), e.field.text);
    case 'index': {
      const name = nameOf(e.object) ?? '';
      if (isProcess(scene.spec, e.object)) return { kind: 'process', name: `${name}[${inBrackets(evaluate(e.index, scene))}]` };
      if (scene.spec.keyedMaps.has(name)) return objectAt(scene.state, evaluate(e.index, scene))[name]!;
      const map = evaluate(e.object, scene);
      return entryOf(map, evaluate(e.index, scene));
    }
    case 'prime':
      return scene.after === undefined ? skip('a prime outside a step') : evaluate(e.operand, { ...scene, state: scene.after });
    case 'unary': {
      const v = evaluate(e.operand, scene);
      if (e.operator === '!') return !truth(v);
      if (e.operator === '-') return 0 - number(v);
      if (e.operator !== 'min' && e.operator !== 'max') return skip(`the operator ${e.operator}`);
      if (elementsOf(v).length === 0) erred('empty_set');
      return Math[e.operator](...elementsOf(v).map(number));
    }
    case 'binary':
      return binary(e, scene);
    case 'if':
      return evaluate(test(e.condition, scene) ? e.then : e.else, scene);
    case 'quantifier':
      return quantified(e, e.binders.flatMap((b) => b.names.map((n) => ({ name: n.text, set: b.set }))), scene);
    case 'set':
      return setOf(e.elements.map((x) => evaluate(x, scene)));
    case 'seq':
      return sequenceOf(e.elements.map((x) => evaluate(x, scene)));
    case 'filter':
      return setOf(elementsOf(evaluate(e.set, scene)).filter((x) => test(e.condition, bind(scene, e.name.text, x))));
    case 'map':
      return { kind: 'map', entries: inOrder(elementsOf(evaluate(e.set, scene))).map((x) => [x, evaluate(e.value, bind(scene, e.name.text, x))]) };
    case 'record':
    case 'withFields':
      return recordValue(e, scene);
    case 'withIndex': {
      const map = as('map', evaluate(e.object, scene));
      const key = evaluate(e.index, scene);
      const value = evaluate(e.value, scene);
      entryOf(map, key);
      return withEntry(map, key, value);
    }
    case 'call':
      return callValue(e, scene);
    case 'new':
    case 'missing':
      return skip(`${e.kind} inside an expression`);
  }
}

type Of<K extends Expr['kind']> = Expr & { readonly kind: K };

function recordValue(e: Of<'record'> | Of<'withFields'>, scene: Scene): Value {
  const given = new Map(e.fields.map((f) => [f.name.text, f.value]));
  if (e.kind === 'record') {
    const shape = scene.spec.shapeOf({ kind: 'named', path: e.type, span: e.span });
    if (shape.kind !== 'record') return skip('a record of another name');
    return { kind: 'record', fields: Object.fromEntries(shape.fields.map((f) => [f.name, given.has(f.name) ? fit(evaluate(given.get(f.name)!, scene), f.shape) : f.initial])) };
  }
  const old = as('record', evaluate(e.object, scene));
  const fields = Object.entries(old.fields).map(([name, v]) => [name, given.has(name) ? fit(evaluate(given.get(name)!, scene), fieldShape(name, scene)) : v] as const);
  return { kind: 'record', fields: Object.fromEntries(fields) };
}

function fieldShape(name: string, { spec }: Scene): ReturnType<Scene['spec']['shapeOf']> {
  const found = spec.declarations.flatMap((d) => (d.kind === 'record' ? d.fields : [])).filter((f) => f.name.text === name);
  return found.length === 1 ? spec.shapeOf(found[0]!.type) : skip('a field of two records');
}

function quantified(e: Of<'quantifier'>, binders: readonly { readonly name: string; readonly set: Expr }[], scene: Scene): Value {
  const [binder, ...rest] = binders;
  if (binder === undefined) return test(e.body, scene);
  let count = 0;
  const slots = scene.overSlots === true ? scene.spec.pools.get(nameOf(binder.set) ?? '') : undefined;
  for (const x of slots === undefined ? inOrder(elementsOf(evaluate(binder.set, scene))) : slotsOf(slots)) {
    const v = quantified(e, rest, bind(scene, binder.name, x));
    if (v === (e.quantifier === 'exists') && e.quantifier !== 'count') return v;
    count += Number(v);
  }
  return e.quantifier === 'count' ? count : e.quantifier === 'forall';
}

function binary(e: Of<'binary'>, scene: Scene): Value {
  switch (e.operator) {
    case '&&':
      return test(e.left, scene) && test(e.right, scene);
    case '||':
      return test(e.left, scene) || test(e.right, scene);
    case '=>':
      return !test(e.left, scene) || test(e.right, scene);
    default: {
      const left = evaluate(e.left, scene);
      return operation(e.operator, left, evaluate(e.right, scene));
    }
  }
}

function operation(operator: Of<'binary'>['operator'], left: Value, right: Value): Value {
  switch (operator) {
    case '==':
      return same(left, right);
    case '!=':
      return !same(left, right);
    case 'in':
      return has(right, left);
    case '<=>':
      return truth(left) === truth(right);
    case 'union':
      return setOf([...elementsOf(left), ...elementsOf(right)]);
    case 'intersect':
      return setOf(elementsOf(left).filter((x) => has(right, x)));
    case 'minus':
      return setOf(elementsOf(left).filter((x) => !has(right, x)));
    default:
      return arithmetic(operator, number(left), number(right));
  }
}

/** `+ 0` because there is no negative zero. */
function arithmetic(operator: Of<'binary'>['operator'], a: number, b: number): Value {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b + 0;
    case '/':
      return b === 0 ? erred('division_by_zero') : Math.trunc(a / b) + 0;
    case '%':
      return b === 0 ? erred('division_by_zero') : (a % b) + 0;
    case '..':
      return setOf(a > b ? [] : Array.from({ length: b - a + 1 }, (_, i) => a + i));
    default:
      return skip(`the operator ${operator} of ${identity(a)}`);
  }
}
