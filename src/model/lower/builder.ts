// What the building of one family's graph shares: its nodes, the copies of locals, and the tables of sites.

import type { Body, Instance, Process, Procedure } from '../../analysis/program.js';
import type { Location } from '../../base/span.js';
import { evaluateClosed } from '../../core/constant.js';
import type { Expr, Pool, Variable } from '../../core/expr.js';
import type { Type } from '../../core/type.js';
import type { Value } from '../../core/value.js';
import { defaultValue } from '../../core/value.js';
import { lastName } from '../../core/names.js';
import type { Site } from '../model.js';
import { gotoTargets } from './build.js';
import { successorsOf, type Graph, type RawLocal, type RawNode } from './raw.js';
import type { Scope } from './scope.js';

/** Ways of lowering that tests turn off one by one: verdicts and reachable shared states must stay the same. */
export interface LowerOptions {
  /** Local statements belong to the step before them. */
  readonly joinLocals?: boolean;
  /** Locals that can no longer be read are reset. (Those of a pool type always are: a slot's reuse depends on it.) */
  readonly resetDead?: boolean;
}

export interface Builder {
  readonly graph: Graph;
  readonly process: Process;
  readonly options: LowerOptions;
  /** The node's number. `ghost`: it belongs to a statement that writes only ghosts. */
  add(node: RawNode, site?: number, ghost?: boolean): number;
  /** The number of the site for a statement: one for all copies of it. */
  site(name: string, at: Location): number;
  /** A new local of the family, the copy of a declared variable in a scope. */
  copyOf(declared: Variable, scope: Scope, kept: RawLocal['kept'], initial?: RawLocal['initial']): Variable;
  keptOf(scope: Scope): RawLocal['kept'];
  /** The scope of an inlined procedure with copies of its declared locals. */
  scopeOf(procedure: Procedure, frame: number, caller: Scope): { readonly scope: Scope; readonly locals: readonly Variable[] };
  /** The scope of the process's own body. */
  ownScope(exit: number): Scope;
  reachesWithoutBoundary(from: number, to: number): boolean;
  /** The mark of a comparison in which a reference may be stale. */
  staleComparison(type: Type, other: Expr): { readonly stale?: Pool };
}

export interface Sites {
  readonly list: Site[];
  readonly byKey: Map<string, number>;
}

export function makeBuilder(process: Process, instances: readonly Instance[], pools: readonly Pool[], sites: Sites, options: LowerOptions): Builder {
  const graph: Graph = { nodes: [], frames: [{ procedure: process.name, observable: false, at: process.at }], locals: [], joint: new Set() };
  const { nodes, locals } = graph;
  const labelsOf = (body: Body, frame: number): ReadonlyMap<string, number> =>
    new Map([...gotoTargets(body.statements)].map((name) => [name, add({ op: 'nop', at: body.at, frame, next: -1 })]));
  const add: Builder['add'] = (node, site, ghost) => {
    if (site !== undefined) node.site = site;
    if (ghost === true) node.ghost = true;
    return nodes.push(node) - 1;
  };

  const copyOf: Builder['copyOf'] = (declared, scope, kept, initial) => {
    const name = scope.frame === 0 ? `${process.name}.${lastName(declared.name)}` : `${process.name}.${scope.owner}.${lastName(declared.name)}`;
    const variable: Variable = { ...declared, name, kind: 'local' };
    const start = initial ?? instances.map(() => [emptyValue(declared.type)]);
    locals.push({ variable, frame: scope.frame, kept, initial: start, reset: start.map((values) => values[0]!) });
    return variable;
  };

  const declareLocals = (body: Body, scope: Scope): Variable[] =>
    body.locals.map((local) => {
      const kept = local.observed ? 'always' : keptOf(scope);
      const initial = instances.map((instance, pid): readonly Value[] => {
        if (local.choices !== undefined) return evaluateClosed(local.choices, { parameter: instance.argument, pid }) as readonly Value[];
        return [local.initial === undefined ? emptyValue(local.variable.type) : evaluateClosed(local.initial, { parameter: instance.argument, pid })];
      });
      const variable = copyOf(local.variable, scope, kept, initial);
      scope.values.set(local.variable, { op: 'var', variable, type: variable.type, at: variable.at });
      return variable;
    });

  const keptOf = (scope: Scope): RawLocal['kept'] => (scope.grain === 'label' ? 'frame' : 'live');

  return {
    graph,
    process,
    options,
    add,
    copyOf,
    keptOf,
    site(name, at) {
      const key = `${at.file.path}:${at.start}:${name}`;
      let index = sites.byKey.get(key);
      if (index === undefined) sites.byKey.set(key, (index = sites.list.push({ name, at }) - 1));
      return index;
    },
    ownScope(exit) {
      const { body } = process;
      const scope: Scope = {
        frame: 0, owner: process.name, grain: body.grain, atomic: false, ghost: false,
        values: new Map(), places: new Map(), fixed: new Set(), labels: labelsOf(body, 0), exit,
      };
      declareLocals(body, scope);
      return scope;
    },
    scopeOf(procedure, frame, caller) {
      const { body, result } = procedure;
      const scope: Scope = {
        frame, owner: procedure.name, grain: body.grain, atomic: caller.atomic, ghost: caller.ghost,
        values: new Map(), places: new Map(), fixed: new Set(caller.fixed), labels: labelsOf(body, frame), exit: -1,
      };
      const declared = declareLocals(body, scope);
      if (result === undefined) return { scope, locals: declared };
      const copy = copyOf(result, scope, 'live');
      scope.values.set(result, { op: 'var', variable: copy, type: copy.type, at: copy.at });
      return { scope: { ...scope, result: copy }, locals: declared };
    },
    reachesWithoutBoundary(from, to) {
      const seen = new Set<number>();
      const work = [from];
      for (let id = work.pop(); id !== undefined; id = work.pop()) {
        if (id === to) return true;
        if (id < 0 || seen.has(id)) continue;
        seen.add(id);
        const node = nodes[id]!;
        if (node.op !== 'boundary') work.push(...successorsOf(node));
      }
      return false;
    },
    staleComparison(type, other) {
      const of = type.kind === 'nullable' ? type.of : type;
      const pool = of.kind === 'ref' ? pools.find((p) => p.name === of.pool) : undefined;
      return pool === undefined || pool.reuse || (other.op === 'const' && other.value === null) ? {} : { stale: pool };
    },
  };
}

/** What a local holds before it is assigned: for a pool type null, which refers to no slot. */
const emptyValue = (type: Type): Value => (type.kind === 'ref' ? null : defaultValue(type));
