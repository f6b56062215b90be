// From the parsed tree to a spec that can be run. What the oracle does not know is refused here where it can be seen.

import type { Declaration, Expr, TypeExpr } from '../../../src/ast/nodes.js';
import { unreachable } from '../../../src/base/unreachable.js';
import { parse } from '../../../src/parser/parse.js';
import { Code } from './code.js';
import { evaluateConstant } from './constants.js';
import { skip } from './outcomes.js';
import { defaultOf, fill, type FieldShape, type Shape } from './shapes.js';
import { declared, nameOf, type Instance, type ObjectField, type PoolPlan, type Process, type Spec } from './spec.js';
import { elementsOf, inBrackets, inOrder, number, type Member, type Value } from './values.js';

/** @throws Skip for imports and for pools whose slots are used again only when nothing refers to them */
export function readSpec(source: string): Spec {
  const { declarations } = parse({ path: 'oracle.heddle', text: source }).file;
  if (declarations.some((d) => d.kind === 'import')) skip('imports');
  if (declared(declarations, 'pool').some((p) => !p.reuse)) skip('a pool without reuse');
  const named = new Map(declarations.flatMap((d) => ('name' in d && d.kind !== 'check' && d.kind !== 'spec' ? [[d.name.text, d] as const] : [])));
  const enums = declared(declarations, 'enum').map((d) => d.members.map((m, index): Member => ({ kind: 'member', name: m.text, index })));
  const shapes = new Map<TypeExpr, Shape>();
  const instances: Instance[] = [];
  const pools = new Map<string, PoolPlan>();
  const keyedMaps = new Set<string>();
  const objectFields = new Map<string, Shape>();
  const spec: Spec = {
    declarations, named, instances, pools, keyedMaps, objectFields,
    grain: declared(declarations, 'steps')[0]?.grain ?? 'statement',
    members: new Map(enums.flat().map((m) => [m.name, m])),
    context: declared(declarations, 'context')[0]?.name.text,
    ghosts: new Set(declared(declarations, 'var').flatMap((v) => (v.ghost ? [v.name.text] : []))),
    code: new Code(),
    shapeOf(type) {
      let shape = shapes.get(type);
      if (shape === undefined) shapes.set(type, (shape = shapeOf(spec, type)));
      return shape;
    },
  };
  for (const d of declared(declarations, 'pool')) {
    const plan = poolPlan(spec, d.name.text, d.size);
    pools.set(plan.name, plan);
    for (const f of plan.fields) objectFields.set(f.name, f.shape);
  }
  for (const v of declared(declarations, 'var')) if (keyingPool(spec, v.type) !== undefined) keyedMaps.add(v.name.text);
  if (declared(declarations, 'record').some((r) => r.fields.some((f) => objectFields.has(f.name.text)))) skip('a field of records and objects');
  for (const d of declared(declarations, 'process')) instances.push(...instancesOf(spec, d));
  return spec;
}

function shapeOf(spec: Spec, t: TypeExpr): Shape {
  const bound = (e: Expr): number => number(evaluateConstant(spec, e));
  switch (t.kind) {
    case 'named':
      return namedShape(spec, t.path.parts.map((p) => p.text).join('.'));
    case 'range':
      return { kind: 'range', lo: bound(t.lo), hi: bound(t.hi) };
    case 'nullable':
      return { kind: 'nullable', of: spec.shapeOf(t.of) };
    case 'map':
      return { kind: 'map', key: spec.shapeOf(t.key), value: spec.shapeOf(t.value) };
    case 'set':
      return { kind: 'set', of: spec.shapeOf(t.of) };
    case 'seq':
      return { kind: 'sequence', of: spec.shapeOf(t.of), max: bound(t.max) };
    default:
      return unreachable(t);
  }
}

function namedShape(spec: Spec, name: string): Shape {
  if (name === 'bool') return { kind: 'bool' };
  if (name === 'pid') return { kind: 'pid', names: () => spec.instances.map((i) => i.name) };
  const d: Declaration | undefined = spec.named.get(name);
  switch (d?.kind) {
    case 'enum':
      return { kind: 'enum', members: d.members.map((m, index) => ({ kind: 'member', name: m.text, index })) };
    case 'type':
      return spec.shapeOf(d.definition ?? skip('an abstract type'));
    case 'pool':
      return { kind: 'ref', pool: name };
    case 'record':
      return { kind: 'record', fields: d.fields.map((f): FieldShape => ({ name: f.name.text, ...initialOf(spec, spec.shapeOf(f.type), f.initial) })) };
    default:
      return skip(`a type that is a ${d?.kind ?? 'stranger'}`);
  }
}

const initialOf = (spec: Spec, shape: Shape, initial: Expr | undefined): { readonly shape: Shape; readonly initial: Value } => ({
  shape,
  initial: initial === undefined ? defaultOf(shape) : fill(evaluateConstant(spec, initial), shape),
});

/** The pool whose objects are the keys of the map. */
function keyingPool(spec: Spec, t: TypeExpr | undefined): string | undefined {
  const name = t?.kind === 'map' && t.key.kind === 'named' ? t.key.path.parts[0]!.text : '';
  return spec.named.get(name)?.kind === 'pool' ? name : undefined;
}

function poolPlan(spec: Spec, name: string, size: Expr): PoolPlan {
  const own = spec.declarations.flatMap((d) => ((d.kind === 'pool' && d.name.text === name) || (d.kind === 'extend' && d.pool.parts[0]!.text === name) ? d.fields : []));
  const fields = own.map((f): ObjectField => ({ name: f.name.text, ...initialOf(spec, spec.shapeOf(f.type), f.initial) }));
  const maps = declared(spec.declarations, 'var').flatMap((v): readonly ObjectField[] => {
    if (v.type?.kind !== 'map' || keyingPool(spec, v.type) !== name) return [];
    return [{ name: v.name.text, ...initialOf(spec, spec.shapeOf(v.type.value), v.initial?.expr) }];
  });
  return { name, size: number(evaluateConstant(spec, size)), fields: [...fields, ...maps] };
}

function instancesOf(spec: Spec, process: Process): readonly Instance[] {
  const { parameter, name, interrupts } = process;
  const one = (argument: Value, suffix: string): Instance => ({
    process, argument, name: `${name.text}${suffix}`, ...(interrupts === undefined ? {} : { interrupts: interruptedBy(spec, process, interrupts, argument) }),
  });
  if (parameter === undefined) return [one(null, '')];
  const pool = spec.pools.get(nameOf(parameter.set) ?? '');
  const values: readonly Value[] = pool === undefined ? inOrder(elementsOf(evaluateConstant(spec, parameter.set))) : Array.from({ length: pool.size }, (_, slot) => ({ kind: 'object', pool: pool.name, slot }));
  return values.map((v) => one(v, `[${inBrackets(v)}]`));
}

function interruptedBy(spec: Spec, process: Process, e: Expr, argument: Value): string {
  if (e.kind !== 'index') return nameOf(e) ?? skip('an interrupted process that is an expression');
  const isOwn = nameOf(e.index) !== undefined && nameOf(e.index) === process.parameter?.name.text;
  return `${nameOf(e.object)}[${inBrackets(isOwn ? argument : evaluateConstant(spec, e.index))}]`;
}

/** All values of a variable before `init`: several where it is declared `in` a set. */
export function startsOf(spec: Spec, type: TypeExpr, initial: { readonly kind: 'value' | 'choice'; readonly expr: Expr } | undefined): readonly Value[] {
  const shape = spec.shapeOf(type);
  if (initial === undefined) return [defaultOf(shape)];
  const value = evaluateConstant(spec, initial.expr);
  return initial.kind === 'value' ? [fill(value, shape)] : elementsOf(value).map((v) => fill(v, shape));
}
