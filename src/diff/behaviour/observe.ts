// A model that writes down what can be observed of it: each call and each return of an `observable` procedure stores itself, with the
// process and the values, in variables of its own, which are empty between steps. So a successor tells what was observed on the way
// to it, whatever runs the model.

import type { Expr, Place, Variable } from '../../core/expr.js';
import { defaultValue, showValue } from '../../core/value.js';
import { isSubtype, join, nullable, range, type Type } from '../../core/type.js';
import type { Family, Model, Node } from '../../model/model.js';
import { nodeSuccessors } from '../../model/node.js';
import type { State } from '../../model/state.js';
import type { ObservedEvent } from '../result.js';
import { apart } from './apart.js';
import { withoutGhosts } from './bare.js';
import { withLiveness } from './live.js';

export interface ObservedModel {
  readonly model: Model;
  /** Indices of the added variables among the model's. */
  readonly added: readonly number[];
  /** What a state says was observed on the step that led to it, in order. */
  eventsOf(state: State): readonly ObservedEvent[];
}

/** Why nothing can be observed. */
export type NotObservable = 'nothing-observable' | 'endless';

/** One sort of event: a procedure's call or return. */
interface Sort {
  readonly kind: 'call' | 'return';
  readonly procedure: string;
  /** A variable for each argument, or for the result; indexed by the event's place within the step. */
  readonly values: Map<string, { type: Type; variable?: Variable }>;
}

const NOWHERE = { file: { path: '', text: '' }, start: 0, end: 0 };

export function observedModel(original: Model): ObservedModel | NotObservable {
  const bare = withoutGhosts(original);
  const model = { ...bare, families: bare.families.map((family) => withLiveness(apart(family, (node) => isObservable(family, node)))) };
  const sorts = new Map<string, Sort>();
  for (const family of model.families) for (const node of family.nodes) note(sorts, family, node);
  if (sorts.size === 0) return 'nothing-observable';
  const most = Math.max(...model.families.map(mostEvents));
  if (most === Infinity) return 'endless';
  if (most === 0) return 'nothing-observable';

  const place = range(0, most - 1);
  const added: Variable[] = [];
  const variable = (name: string, type: Type): Variable => {
    const v: Variable = { name: `observed ${name}`, type, kind: 'ghost', at: NOWHERE };
    added.push(v);
    return v;
  };
  const perEvent = (name: string, value: Type): Variable => variable(name, { kind: 'map', key: place, value });
  const names = model.instances.map((i) => i.name);
  const count = variable('count', range(0, most));
  const what = perEvent('what', range(0, sorts.size));
  const who = perEvent('who', { kind: 'pid', names });
  for (const [name, sort] of sorts) for (const [key, value] of sort.values) value.variable = perEvent(`${name} ${key}`, value.type);
  const order = [...sorts.values()];

  const record = (family: Family, node: Node & { readonly op: 'call' | 'return' }): Node => {
    const sort = sorts.get(sortName(node, family))!;
    const { at } = node;
    const counted: Expr = { op: 'var', variable: count, type: count.type, at };
    const into = (v: Variable): Place => ({ variable: v, path: [{ kind: 'index', index: counted, key: place }], type: (v.type as Type & { readonly kind: 'map' }).value, at });
    const passed = valuesOf(node).flatMap(([key, value]) => {
      const v = sort.values.get(key)!.variable!;
      return isSubtype(value.type, into(v).type) ? [{ target: into(v), value }] : [];
    });
    const number: Expr = { op: 'const', value: order.indexOf(sort) + 1, type: range(0, sorts.size), at };
    const self: Expr = { op: 'self', type: { kind: 'pid', names }, at };
    const more: Expr = { op: 'binary', operator: 'add', left: counted, right: { op: 'const', value: 1, type: range(1, 1), at }, type: range(1, most), at };
    return {
      op: 'assign', at, frame: node.frame, next: node.next,
      targets: [into(what), into(who), { variable: count, path: [], type: count.type, at }, ...passed.map((p) => p.target)],
      values: [number, self, more, ...passed.map((p) => p.value)],
      ...(node.site === undefined ? {} : { site: node.site }),
    };
  };
  const families = model.families.map((family): Family => ({ ...family, nodes: family.nodes.map((node) => (isObservable(family, node) ? record(family, node) : node)) }));
  const first = model.variables.length;
  return {
    model: {
      ...model,
      families,
      variables: [...model.variables, ...added.map((v) => ({ variable: v, initial: [v.type.kind === 'map' ? new Array(most).fill(defaultValue(v.type.value)) : 0] }))],
    },
    added: added.map((_, i) => first + i),
    eventsOf: ({ shared }) => {
      const value = (v: Variable, i: number): unknown => (shared[first + added.indexOf(v)] as readonly unknown[])[i];
      return Array.from({ length: shared[first] as number }, (_, i) => {
        const sort = order[(value(what, i) as number) - 1]!;
        const shown = [...sort.values].map(([key, { type, variable: v }]) => [key, showValue(type, value(v!, i) as Parameters<typeof showValue>[1])] as const);
        const event = { process: names[value(who, i) as number]!, kind: sort.kind, procedure: sort.procedure };
        if (sort.kind === 'call') return { ...event, arguments: Object.fromEntries(shown) };
        return shown.length === 0 ? event : { ...event, result: shown[0]![1] };
      });
    },
  };
}

const isObservable = (family: Family, node: Node): node is Node & { readonly op: 'call' | 'return' } =>
  (node.op === 'call' || node.op === 'return') && family.frames[node.callee]!.observable;

const sortName = (node: Node & { readonly op: 'call' | 'return' }, family: Family): string => `${node.op} ${family.frames[node.callee]!.procedure}`;

const valuesOf = (node: Node & { readonly op: 'call' | 'return' }): readonly (readonly [string, Expr])[] =>
  node.op === 'call' ? node.arguments.map(({ name, value }) => [name, value] as const) : node.value === undefined ? [] : [['result', node.value] as const];

/** Values of one name are of one type that all of them fit. A reference may be null, as it is while nothing is written. */
function note(sorts: Map<string, Sort>, family: Family, node: Node): void {
  if (!isObservable(family, node)) return;
  const name = sortName(node, family);
  let sort = sorts.get(name);
  if (sort === undefined) sorts.set(name, (sort = { kind: node.op, procedure: family.frames[node.callee]!.procedure, values: new Map() }));
  for (const [key, value] of valuesOf(node)) {
    const before = sort.values.get(key);
    const type = before === undefined ? value.type : (join(before.type, value.type) ?? before.type);
    sort.values.set(key, { type: type.kind === 'ref' ? nullable(type) : type });
  }
}

/** How many events a single step can have; Infinity where a loop in it has one. */
function mostEvents(family: Family): number {
  const own = family.nodes.map((node) => (isObservable(family, node) ? 1 : 0));
  const all = own.reduce<number>((sum, n) => sum + n, 0);
  if (all === 0) return 0;
  const most = own.map(() => 0);
  for (let changed = true; changed; ) {
    changed = false;
    for (let id = family.nodes.length - 1; id >= 0; id--) {
      const value = own[id]! + Math.max(0, ...nodeSuccessors(family.nodes[id]!).map((to) => most[to]!));
      if (value > all) return Infinity;
      if (value > most[id]!) {
        most[id] = value;
        changed = true;
      }
    }
  }
  return Math.max(...family.locations.map((l) => (l.entry === undefined ? 0 : most[l.entry]!)));
}
