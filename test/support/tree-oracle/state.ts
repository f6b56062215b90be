// A state of the oracle: everything that can differ, without any packing. Where a process stands is a stack of what it has still to do.

import { erred } from './outcomes.js';
import { entryOf, fieldOf, identity, type ObjectRef, type Value } from './values.js';

export type PathStep = { readonly field: string } | { readonly key: Value };
/** What can be assigned, its references and indices worked out. */
export interface Place {
  readonly root: { readonly of: 'shared' } | { readonly of: 'local'; readonly process: number; readonly frame: number } | { readonly of: 'object'; readonly ref: Value };
  readonly name: string;
  readonly path: readonly PathStep[];
}
export type Argument = { readonly place: Place } | { readonly value: Value };

/** Where the result of a call goes: the expression of a place (its number in the code), or out of the procedure that returns it. */
export type Target = number | 'result';

/** What a process has still to do. Lists, loops and targets are numbers in the code. */
export type Todo =
  | { readonly do: 'list'; readonly list: number; readonly next: number; readonly frame: number }
  | { readonly do: 'test' | 'again'; readonly loop: number; readonly frame: number }
  | { readonly do: 'end branch' | 'end atomic' }
  | { readonly do: 'return'; readonly frame: number; readonly caller: number; readonly into?: Target; readonly ownStep: boolean; readonly atomic: boolean }
  | { readonly do: 'store'; readonly into: Target; readonly value: Value; readonly frame: number; readonly ownStep: boolean }
  /** After `return f()`: out of the frame. */
  | { readonly do: 'leave'; readonly frame: number };

export interface Frame {
  /** The procedure or process. */
  readonly body: string;
  readonly locals: Record<string, Value>;
  /** Places that `inout` parameters stand for. */
  readonly aliases: Readonly<Record<string, Place>>;
  readonly deferred: { readonly procedure: string; readonly arguments: readonly Argument[] }[];
  result: Value;
  /** A statement in it, or in what it calls, was reached: `in(p, f)`. */
  entered: boolean;
}
export interface ProcessState {
  frames: Frame[];
  /** The last is done first; none is left at the end of the process. */
  todo: Todo[];
  /** Of an interrupt: an activation has begun. */
  active: boolean;
}
export type Fields = Record<string, Value>;
export interface State {
  readonly shared: Record<string, Value>;
  readonly pools: Record<string, (Fields | null)[]>;
  readonly processes: ProcessState[];
}

/** To be changed by a step. Values are immutable and shared. */
export const copyOf = (s: State): State => ({
  shared: { ...s.shared },
  pools: Object.fromEntries(Object.entries(s.pools).map(([name, slots]) => [name, slots.map((fields) => fields && { ...fields })])),
  processes: s.processes.map((p) => ({ ...p, frames: p.frames.map((f) => ({ ...f, locals: { ...f.locals }, deferred: [...f.deferred] })), todo: [...p.todo] })),
});
export const keyOf = (s: State): string => identity(s);

/** References to all slots of a pool, with an object in them or not. */
export const slotsOf = ({ name, size }: { readonly name: string; readonly size: number }): readonly ObjectRef[] =>
  Array.from({ length: size }, (_, slot) => ({ kind: 'object', pool: name, slot }));

/** The fields of a live object. */
export function objectAt(state: State, ref: Value, error = 'use_after_free'): Fields {
  if (ref === null) erred('null_dereference');
  const { pool, slot } = ref as ObjectRef;
  return state.pools[pool]![slot] ?? erred(`${pool}.${error}`);
}

const holderOf = (state: State, { root }: Place): Record<string, Value> => {
  if (root.of === 'shared') return state.shared;
  return root.of === 'local' ? state.processes[root.process]!.frames[root.frame]!.locals : objectAt(state, root.ref);
};
const partOf = (v: Value, step: PathStep): Value => ('field' in step ? fieldOf(v, step.field) : entryOf(v, step.key));

export const read = (state: State, place: Place): Value => place.path.reduce(partOf, holderOf(state, place)[place.name]!);

/** Stores a value that fits. */
export function write(state: State, place: Place, value: Value, changed: (whole: Value, path: readonly PathStep[], value: Value) => Value): void {
  const holder = holderOf(state, place);
  holder[place.name] = changed(holder[place.name]!, place.path, value);
}
