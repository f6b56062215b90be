// Models made by hand: expressions by short functions, and code by nested lists instead of numbered nodes.

import type { Location, SourceFile } from '../../src/base/span.js';
import type { BinaryOp, Bound, Expr, Place, PathStep, Pool, UnaryOp, Variable } from '../../src/core/expr.js';
import { nothing, nullable, range, type Type } from '../../src/core/type.js';
import { defaultValue, type Value } from '../../src/core/value.js';
import type { Family, FamilyLocal, Frame, Model, ModelLocation, ModelProperty, Node, Site } from '../../src/model/model.js';

export const file: SourceFile = { path: 'hand.heddle', text: '' };
export const nowhere: Location = { file, start: 0, end: 0 };
const at = nowhere;
export const bool: Type = { kind: 'bool' };

// ---- variables ----------------------------------------------------------------------------------------------------------

export const shared = (name: string, type: Type): Variable => ({ name, type, kind: 'shared', at });
export const ghost = (name: string, type: Type): Variable => ({ name, type, kind: 'ghost', at });
export const local = (name: string, type: Type): Variable => ({ name, type, kind: 'local', at });
export const refTo = (name: string, size: number): Type => ({ kind: 'ref', pool: name, size });

/** A pool with fields `Name.field`; the fields' initial values are the defaults of their types. Names with `ghost ` in front are ghosts. */
export function pool(name: string, size: number, types: Record<string, Type>, more: Partial<Pool> = {}): Pool & { readonly field: Record<string, Variable> } {
  const made = { name, size, reuse: false, noleak: false, at, ...more, fields: [] as { variable: Variable; initial: Value }[], field: {} as Record<string, Variable> };
  for (const [given, type] of Object.entries(types)) {
    const field = given.replace(/^(ghost|map) /, '');
    const variable: Variable = { name: given.startsWith('map ') ? field : `${name}.${field}`, type, kind: given.startsWith('ghost ') ? 'ghost' : 'shared', pool: made, at };
    made.fields.push({ variable, initial: defaultValue(type) });
    made.field[field] = variable;
  }
  return made;
}

// ---- expressions --------------------------------------------------------------------------------------------------------

export const constant = (value: Value, type: Type): Expr => ({ op: 'const', value, type, at });
export const num = (n: number): Expr => constant(n, range(n, n));
export const truth = (b: boolean): Expr => constant(b, bool);
export const nil: Expr = constant(null, nullable(nothing));
export const read = (variable: Variable): Expr => ({ op: 'var', variable, type: variable.type, at });
export const load = (variable: Variable, ref: Expr): Expr => ({ op: 'load', variable, ref, type: variable.type, at });
export const bin = (operator: BinaryOp, left: Expr, right: Expr, type: Type = range(-99, 99)): Expr => ({ op: 'binary', operator, left, right, type, at });
export const un = (operator: UnaryOp, operand: Expr, type: Type = bool): Expr => ({ op: 'unary', operator, operand, type, at });
export const eq = (left: Expr, right: Expr, stale?: Pool): Expr => ({ op: 'eq', left, right, negated: false, type: bool, at, ...(stale === undefined ? {} : { stale }) });
export const convert = (operand: Expr, type: Type): Expr => ({ op: 'convert', operand, type, at });
export const indexed = (map: Expr, index: Expr): Expr => ({ op: 'index', map, index, type: map.type.kind === 'map' ? map.type.value : map.type, at });
export const setLiteral = (of: Type, ...elements: Expr[]): Expr => ({ op: 'set', elements, type: { kind: 'set', of }, at });
export const bound = (name: string, type: Type): Bound => ({ name, type });
export const boundValue = (b: Bound): Expr => ({ op: 'bound', bound: b, type: b.type, at });
export const quantifier = (kind: 'forall' | 'exists' | 'count', b: Bound, set: Expr, body: Expr): Expr => ({
  op: 'quantifier', quantifier: kind, bound: b, set, body, type: kind === 'count' ? range(0, 99) : bool, at,
});
export const prime = (operand: Expr): Expr => ({ op: 'prime', operand, type: operand.type, at });

export const place = (variable: Variable, ...path: PathStep[]): Place => ({ variable, path, type: variable.type, at });
export const ofObject = (ref: Expr): PathStep => ({ kind: 'object', ref });
export const atIndex = (index: Expr, key: Type): PathStep => ({ kind: 'index', index, key });

// ---- code ---------------------------------------------------------------------------------------------------------------

type Bare<T> = T extends { readonly next: number } ? Omit<T, 'next' | 'at' | 'frame'> & { readonly at?: Location; readonly frame?: number } : never;

export type Op =
  | Bare<Node>
  | { readonly op: 'either'; readonly branches: readonly Code[] }
  | { readonly op: 'branch'; readonly condition: Expr; readonly then: Code; readonly else: Code }
  /** A loop inside a step. */
  | { readonly op: 'while'; readonly condition: Expr; readonly body: Code }
  /** The process then stands there; what follows is not run. */
  | { readonly op: 'goto'; readonly location: number };
export type Code = readonly Op[];

export const set = (target: Variable | Place, value: Expr): Op => ({ op: 'assign', targets: ['path' in target ? target : place(target)], values: [value] });
export const wait = (condition: Expr): Op => ({ op: 'await', condition });

export interface HandProcess {
  readonly name?: string;
  /** The code of each location; a step goes on to the next one, the last is the end. */
  readonly steps: readonly Code[];
  readonly locals?: readonly (Partial<FamilyLocal> & { readonly variable: Variable })[];
  /** One instance for each; null for one without a parameter. */
  readonly arguments?: readonly Value[];
  readonly isInterrupt?: boolean;
  readonly rests?: readonly number[];
  readonly frames?: readonly Frame[];
  readonly labels?: readonly string[];
  /** Pids that must stand at location 0, for each instance. */
  readonly blockedBy?: readonly (readonly number[])[];
  readonly beginBlockedBy?: readonly (readonly number[])[];
}

export function family(process: HandProcess): Family {
  const nodes: Node[] = [];
  const end = process.steps.length;
  const emit = (node: Node): number => nodes.push(node) - 1;
  const stop = (location: number): number => emit({ op: 'stop', location, at, frame: 0 });
  const build = (code: Code, next: number): number => code.reduceRight((after, op) => one(op, after), next);
  const one = (op: Op, next: number): number => {
    switch (op.op) {
      case 'either':
        return emit({ op: 'either', branches: op.branches.map((branch) => build(branch, next)), at, frame: 0 });
      case 'branch':
        return emit({ op: 'branch', condition: op.condition, then: build(op.then, next), else: build(op.else, next), at, frame: 0 });
      case 'while': {
        const loop = emit({ op: 'loop', next: -1, at, frame: 0 });
        const body = build(op.body, loop);
        nodes[loop] = { op: 'loop', next: emit({ op: 'branch', condition: op.condition, then: body, else: next, at, frame: 0 }), at, frame: 0 };
        return loop;
      }
      case 'goto':
        return stop(op.location);
      default:
        return emit({ at, frame: 0, ...op, next } as Node);
    }
  };
  const instances = process.arguments?.length ?? 1;
  const locations = [...process.steps, undefined].map((code, i): ModelLocation => ({
    name: process.labels?.[i] ?? (code === undefined ? 'done' : `l${i}`),
    at,
    frame: 0,
    ...(code === undefined ? {} : { entry: build(code, stop(process.isInterrupt && i + 1 === end ? 0 : i + 1)) }),
    rests: code === undefined || (process.rests?.includes(i) ?? false) || (process.isInterrupt === true && i === 0),
    fairness: 'none',
  }));
  return {
    name: process.name ?? 'p',
    at,
    fairness: 'none',
    isInterrupt: process.isInterrupt ?? false,
    frames: process.frames ?? [{ procedure: process.name ?? 'p', observable: false, at }],
    nodes,
    locations,
    locals: (process.locals ?? []).map((l) => {
      const reset = new Array<Value>(instances).fill(defaultValue(l.variable.type));
      return { initial: reset.map((v) => [v]), reset, liveAt: locations.map((_, i) => i), ...l };
    }),
  };
}

export interface HandModel {
  readonly variables?: readonly Variable[];
  /** Of variables that do not start with the default of their type. */
  readonly initial?: Readonly<Record<string, readonly Value[]>>;
  readonly pools?: readonly Pool[];
  readonly processes?: readonly HandProcess[];
  readonly init?: HandProcess;
  readonly properties?: readonly ModelProperty[];
  readonly sites?: readonly Site[];
  readonly antecedents?: number;
}

/** Errors that occur need a property: `builtin('Cb.double_free')`. */
export function model(hand: HandModel): Model {
  const processes = hand.processes ?? [];
  return {
    name: 'hand',
    constants: [],
    enums: [],
    pools: hand.pools ?? [],
    variables: (hand.variables ?? []).map((variable) => ({ variable, initial: hand.initial?.[variable.name] ?? [defaultValue(variable.type)] })),
    families: processes.map(family),
    instances: processes.flatMap((process, f) =>
      (process.arguments ?? [null]).map((argument, index) => ({
        family: f,
        index,
        argument,
        name: argument === null ? (process.name ?? 'p') : `${process.name ?? 'p'}[${String(argument)}]`,
        blockedBy: process.blockedBy?.[index] ?? [],
        beginBlockedBy: process.beginBlockedBy?.[index] ?? [],
      })),
    ),
    ...(hand.init === undefined ? {} : { init: family(hand.init) }),
    properties: hand.properties ?? [],
    sites: hand.sites ?? [],
    antecedents: Array.from({ length: hand.antecedents ?? 0 }, () => ({ property: 'I', at })),
  };
}

export const builtin = (error: string): ModelProperty => ({ kind: 'builtin', name: error, error, at });
export const invariant = (name: string, formula: Expr): ModelProperty => ({ kind: 'invariant', name, formula, at });
