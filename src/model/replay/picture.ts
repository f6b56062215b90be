// A state as a reader sees it, and what changed between two.
//
// Names: `slot` for a variable; `cb#0` for a live object, whose value is an object with its fields; `armed` for a map keyed by a pool, with
// the entries of live objects; `task[0].err` and `task[0].f.x` for live locals; and `at`, an object with each process's location by name.
// Paths of changes go down to single values: `slot[0]`, `cb#0.refcnt`, `armed[cb#0]`, `task[0].err`. A set or a sequence is one value. An
// object that is made or freed changes as `cb#0` from "free" to "live" or back; a location that changes is not listed.

import type { Json, Shape } from '../../checker/outcome.js';
import type { Variable } from '../../core/expr.js';
import type { Type } from '../../core/type.js';
import { objectName, partsOf, sameValue, showValue, toJson, valueAt, type Value } from '../../core/value.js';
import { lastName } from '../../core/names.js';
import { unreachable } from '../../base/unreachable.js';
import { pathOfField } from '../evaluate.js';
import type { Index, State } from '../state.js';

export type Picture = { readonly [name: string]: Json };
export type Changes = { readonly [path: string]: readonly [Json, Json] };
type Shapes = { [path: string]: Shape };

/** Everything in the state. Shapes of what holds sets, sequences or maps are added to `shapes`. */
export function pictureOf(index: Index, state: State, shapes: Shapes): Picture {
  const { model } = index;
  const picture: { [name: string]: Json } = {};
  const add = (name: string, type: Type, value: Value): void => {
    picture[name] = toJson(type, value);
    note(shapes, name, shapeOf(type));
  };
  model.variables.forEach(({ variable }, i) => add(variable.name, variable.type, state.shared[i]!));
  model.pools.forEach((pool, p) => {
    const live = state.alive[p]!.flatMap((alive, slot) => (alive ? [slot] : []));
    const fields = pool.fields.flatMap(({ variable }, f) => (isMap(variable) ? [] : [{ variable, values: state.fields[p]![f]!, name: lastName(variable.name) }]));
    for (const slot of live) {
      const name = objectName(pool.name, slot);
      picture[name] = Object.fromEntries(fields.map((field) => [field.name, toJson(field.variable.type, field.values[slot]!)]));
      note(shapes, name, { kind: 'record', fields: Object.fromEntries(fields.map((field) => [field.name, shapeOf(field.variable.type)])) });
    }
    pool.fields.forEach(({ variable }, f) => {
      if (!isMap(variable)) return;
      picture[variable.name] = live.map((slot) => [objectName(pool.name, slot), toJson(variable.type, state.fields[p]![f]![slot]!)]);
      note(shapes, variable.name, { kind: 'map', key: 'scalar', value: shapeOf(variable.type) });
    });
  });
  for (const { name, variable, value } of liveLocals(index, state)) add(name, variable.type, value);
  const at = 'at' in picture ? 'at()' : 'at';
  picture[at] = Object.fromEntries(model.instances.map(({ name }, pid) => [name, index.family(pid).locations[state.at[pid]!]!.name]));
  return picture;
}

/** A map keyed by a pool is kept like a field of it. */
const isMap = (variable: Variable): boolean => !variable.name.startsWith(`${variable.pool!.name}.`);

interface LiveLocal {
  readonly name: string;
  readonly variable: Variable;
  readonly pid: number;
  readonly local: number;
  readonly value: Value;
}

function liveLocals(index: Index, state: State): LiveLocal[] {
  return index.model.instances.flatMap(({ name }, pid) => {
    const family = index.family(pid);
    return [...index.liveAt(pid, state.at[pid]!)].map((local) => {
      const { variable } = family.locals[local]!;
      const own = variable.name.startsWith(`${family.name}.`) ? variable.name.slice(family.name.length + 1) : variable.name;
      return { name: `${name}.${own}`, variable, pid, local, value: state.locals[pid]![local]! };
    });
  });
}

/** What is different after a step. Fields of objects that are freed, and locals that die, are left out. */
export function changesBetween(index: Index, before: State, after: State, shapes: Shapes): Changes {
  const { model } = index;
  const changes: { [path: string]: readonly [Json, Json] } = {};
  const compare = (path: string, type: Type, a: Value, b: Value): void => compareLeaves(path, type, a, b, changes, shapes);
  model.variables.forEach(({ variable }, i) => compare(variable.name, variable.type, before.shared[i]!, after.shared[i]!));
  model.pools.forEach((pool, p) => {
    for (let slot = 0; slot < pool.size; slot++) {
      const [was, is] = [before.alive[p]![slot]!, after.alive[p]![slot]!];
      if (was !== is) changes[objectName(pool.name, slot)] = is ? ['free', 'live'] : ['live', 'free'];
      if (is) pool.fields.forEach(({ variable }, f) => compare(pathOfField(variable, slot), variable.type, before.fields[p]![f]![slot]!, after.fields[p]![f]![slot]!));
    }
  });
  for (const { name, variable, pid, local, value } of liveLocals(index, after)) compare(name, variable.type, before.locals[pid]![local]!, value);
  return changes;
}

function compareLeaves(path: string, type: Type, a: Value, b: Value, changes: { [path: string]: readonly [Json, Json] }, shapes: Shapes): void {
  if (sameValue(a, b)) return;
  const t = type.kind === 'nullable' && a !== null && b !== null ? type.of : type;
  if (t.kind === 'map') {
    partsOf(a).forEach((part, i) => compareLeaves(`${path}[${showValue(t.key, valueAt(t.key, i))}]`, t.value, part, partsOf(b)[i]!, changes, shapes));
  } else if (t.kind === 'record') {
    t.fields.forEach((field, i) => compareLeaves(`${path}.${field.name}`, field.type, partsOf(a)[i]!, partsOf(b)[i]!, changes, shapes));
  } else {
    changes[path] = [toJson(t, a), toJson(t, b)];
    note(shapes, path, shapeOf(t));
  }
}

function note(shapes: Shapes, path: string, shape: Shape): void {
  if (mattersIn(shape)) shapes[path] = shape;
}

/** The shape tells more than the plain data do. */
const mattersIn = (shape: Shape): boolean => shape !== 'scalar' && (shape.kind !== 'record' || Object.values(shape.fields).some(mattersIn));

/** How values of the type read once they are plain data. */
function shapeOf(t: Type): Shape {
  switch (t.kind) {
    case 'nullable':
      return shapeOf(t.of);
    case 'set':
    case 'seq':
      return { kind: t.kind, element: shapeOf(t.of) };
    case 'map':
      return { kind: 'map', key: shapeOf(t.key), value: shapeOf(t.value) };
    case 'record':
      return { kind: 'record', fields: Object.fromEntries(t.fields.map((field) => [field.name, shapeOf(field.type)])) };
    case 'bool':
    case 'range':
    case 'enum':
    case 'ref':
    case 'pid':
      return 'scalar';
    default:
      return unreachable(t);
  }
}
