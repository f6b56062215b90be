// Stores: in parallel, checked before anything changes.

import { Erred, skip } from './outcomes.js';
import { fit, type Shape } from './shapes.js';
import { declared, type Spec } from './spec.js';
import { read, write, type PathStep, type Place, type State } from './state.js';
import { as, fieldOf, entryOf, identity, withEntry, withField, type Value } from './values.js';

/** The type of what the place holds. */
export function shapeAt(spec: Spec, state: State, { root, name, path }: Place): Shape {
  let shape: Shape | undefined;
  if (root.of === 'object') shape = spec.objectFields.get(name);
  else if (root.of === 'local') shape = spec.code.owner(spec, state.processes[root.process]!.frames[root.frame]!.body).shapes.get(name);
  else shape = spec.shapeOf(declared(spec.declarations, 'var').find((v) => v.name.text === name)!.type ?? skip('a variable without a type'));
  if (shape === undefined) return skip('a store in a name that is bound');
  for (const step of path) {
    if (shape.kind === 'nullable') shape = shape.of;
    if ('field' in step && shape.kind === 'record') shape = shape.fields.find((f) => f.name === step.field)!.shape;
    else if (shape.kind === 'map') shape = shape.value;
  }
  return shape;
}

function changed(whole: Value, [step, ...rest]: readonly PathStep[], value: Value): Value {
  if (step === undefined) return value;
  if ('field' in step) return withField(as('record', whole), step.field, changed(fieldOf(whole, step.field), rest, value));
  return withEntry(as('map', whole), step.key, changed(entryOf(whole, step.key), rest, value));
}

/** One place is part of the other. */
function overlap(a: Place, b: Place): boolean {
  const common = Math.min(a.path.length, b.path.length);
  return identity([a.root, a.name, a.path.slice(0, common)]) === identity([b.root, b.name, b.path.slice(0, common)]);
}

/** `places := values`, all at once. */
export function assign(spec: Spec, state: State, places: readonly Place[], values: readonly Value[]): void {
  const fitting = values.map((v, i) => fit(v, shapeAt(spec, state, places[i]!)));
  for (const place of places) read(state, place);
  if (places.some((p, i) => places.slice(0, i).some((q) => overlap(p, q)))) throw new Erred('assigned_twice');
  places.forEach((place, i) => write(state, place, fitting[i]!, changed));
}
