// The value of an expression in a state. Walks the tree; each case says what the language says. What can go wrong is thrown as a Failure.

import { assert, unreachable } from '../base/unreachable.js';
import type { Bound, Expr, PathStep, Place, Pool, Variable } from '../core/expr.js';
import { misfit, misfitText } from '../core/misfit.js';
import { applyBinary, applyUnary, type Operation, type OperatorError } from '../core/operate.js';
import { showType, type Type } from '../core/type.js';
import { hasType, numberOf, objectName, ordinalOf, partsOf, sameValue, setOf, showValue, valuesOf, type Value } from '../core/value.js';
import { Failure, remarkKey, textAt } from './failure.js';
import type { Index, State } from './state.js';

/** Where an expression is evaluated. Always made with all its fields: V8 is several times faster when they have one shape. */
export interface Environment {
  readonly world: World;
  readonly state: State;
  /** The state after the step, for `e'`. */
  readonly next: State | undefined;
  /** The process that runs; undefined in a property. */
  readonly pid: number | undefined;
  readonly bound: Binding | undefined;
}

/** What does not change while a state is looked at. */
export interface World {
  readonly index: Index;
  isEnabled(state: State, pid: number): boolean;
  /** An antecedent of an invariant was true. */
  antecedent(site: number): void;
  remark(key: string): void;
}

export interface Binding {
  readonly name: Bound;
  readonly value: Value;
  readonly outer: Binding | undefined;
}

/** @throws Failure */
export function evaluate(e: Expr, env: Environment): Value {
  const { world, state } = env;
  switch (e.op) {
    case 'const':
      return e.value;
    case 'all':
      return allValues(e.of);
    case 'live':
      return state.alive[world.index.pool(e.pool)]!.flatMap((alive, slot) => (alive ? [slot] : []));
    case 'var':
      return readVariable(e.variable, env);
    case 'localOf': {
      const pid = numberOf(evaluate(e.pid, env));
      const home = world.index.home(e.variable);
      assert(home.kind === 'local' && home.family === world.index.family(pid), `${e.variable.name} is no local of process ${pid}`);
      return state.locals[pid]![home.index]!;
    }
    case 'bound':
      return valueOfBound(e.bound, env.bound);
    case 'parameter':
      return world.index.instance(ownPid(env)).argument;
    case 'self':
      return ownPid(env);
    case 'instance':
      return instanceNumber(e, env);
    case 'load': {
      const home = world.index.home(e.variable);
      assert(home.kind === 'field', `${e.variable.name} is no field`);
      return state.fields[home.pool]![home.index]![liveSlot(e.variable, e.ref, env)]!;
    }
    case 'index': {
      const map = partsOf(evaluate(e.map, env));
      assert(e.map.type.kind === 'map', 'only maps are indexed');
      return map[keyOrdinal(e.map.type.key, e.index, env)]!;
    }
    case 'field':
      return partsOf(evaluate(e.record, env))[e.field]!;
    case 'unary':
      return applyUnary(e, evaluate(e.operand, env), failed);
    case 'binary':
      return binary(e, env);
    case 'implies':
      if (evaluate(e.left, env) !== true) return true;
      if (e.site !== undefined) world.antecedent(e.site);
      return evaluate(e.right, env);
    case 'eq': {
      const [left, right] = [evaluate(e.left, env), evaluate(e.right, env)];
      if (e.stale !== undefined && (isStale(left, e.stale, env) || isStale(right, e.stale, env))) world.remark(remarkKey('lifetime/stale-compare', e.at));
      return sameValue(left, right) !== e.negated;
    }
    case 'if':
      return evaluate(evaluate(e.condition, env) === true ? e.then : e.else, env);
    case 'quantifier':
      return quantifier(e, env);
    case 'filter':
      return partsOf(evaluate(e.set, env)).filter((value) => evaluate(e.condition, bind(env, e.bound, value)) === true);
    case 'interval': {
      const [lo, hi] = [numberOf(evaluate(e.lo, env)), numberOf(evaluate(e.hi, env))];
      return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, i) => lo + i);
    }
    case 'set':
      return setOf(elementType(e.type), e.elements.map((element) => evaluate(element, env)));
    case 'seq':
      return e.elements.map((element) => evaluate(element, env));
    case 'record':
      return e.fields.map((field) => evaluate(field, env));
    case 'map':
      assert(e.type.kind === 'map', 'a map literal is a map');
      return allValues(e.type.key).map((key) => evaluate(e.body, bind(env, e.bound, key)));
    case 'withIndex': {
      const map = partsOf(evaluate(e.map, env));
      assert(e.map.type.kind === 'map', 'only maps are indexed');
      const key = keyOrdinal(e.map.type.key, e.index, env);
      return map.with(key, evaluate(e.value, env));
    }
    case 'withFields':
      return e.fields.reduce((record, { field, value }) => record.with(field, evaluate(value, env)), partsOf(evaluate(e.record, env)));
    case 'convert': {
      const value = evaluate(e.operand, env);
      checkType(e.type, value, e);
      return value;
    }
    case 'alive': {
      const ref = evaluate(e.ref, env);
      return ref !== null && isAlive(e.pool, numberOf(ref), env);
    }
    case 'pcIn': {
      const pid = numberOf(evaluate(e.pid, env));
      return e.locations[world.index.instance(pid).family]?.includes(state.at[pid]!) ?? false;
    }
    case 'enabled':
      return world.isEnabled(state, numberOf(evaluate(e.pid, env)));
    case 'prime': {
      const { next, pid, bound } = env;
      assert(next !== undefined, 'a prime outside a step invariant');
      return evaluate(e.operand, { world, state: next, next: undefined, pid, bound });
    }
    case 'at':
    case 'inProcedure':
    case 'done':
    case 'temporal':
    case 'until':
    case 'leadsto':
      throw new Error(`internal error: \`${e.op}\` has no value in a state`);
    default:
      return unreachable(e);
  }
}

/** A condition: true or false. */
export const holds = (e: Expr, env: Environment): boolean => evaluate(e, env) === true;

/** The environment with one more name. */
export const bind = ({ world, state, next, pid, bound: outer }: Environment, name: Bound, value: Value): Environment => ({
  world, state, next, pid, bound: { name, value, outer },
});

function valueOfBound(name: Bound, binding: Binding | undefined): Value {
  for (let b = binding; b !== undefined; b = b.outer) if (b.name === name) return b.value;
  throw new Error(`internal error: ${name.name} is not bound`);
}

function ownPid(env: Environment): number {
  assert(env.pid !== undefined, 'a property has no process of its own');
  return env.pid;
}

function readVariable(variable: Variable, env: Environment): Value {
  const home = env.world.index.home(variable);
  assert(home.kind !== 'field', `${variable.name} is read without an object`);
  return home.kind === 'shared' ? env.state.shared[home.index]! : env.state.locals[ownPid(env)]![home.index]!;
}

// ---- objects and indices ------------------------------------------------------------------------------------------------

const isAlive = (pool: Pool, slot: number, { world, state }: Environment): boolean => state.alive[world.index.pool(pool)]![slot]!;

/** The value is a reference to a freed object. */
const isStale = (value: Value, pool: Pool, env: Environment): boolean => typeof value === 'number' && !isAlive(pool, value, env);

/** The slot of the object that `ref` refers to, for an access to its field. Errs on null and on a freed object. */
function liveSlot(field: Variable, ref: Expr, env: Environment): number {
  const pool = field.pool!;
  const slot = evaluate(ref, env);
  if (slot === null) throw new Failure('null_dereference', ref.at, `${textAt(ref.at) || 'the reference'} is null: it has no ${fieldName(field)}`);
  if (!isAlive(pool, numberOf(slot), env)) {
    throw new Failure(`${pool.name}.use_after_free`, ref.at, `${pathOfField(field, numberOf(slot))} is used after ${objectName(pool.name, numberOf(slot))} was freed`);
  }
  return numberOf(slot);
}

/** `refcnt` of `Cb.refcnt`; a map keyed by a pool has a name of its own. */
const fieldName = (field: Variable): string => (isFieldOf(field) ? field.name.slice(field.pool!.name.length + 1) : `entry in ${field.name}`);

const isFieldOf = (field: Variable): boolean => field.name.startsWith(`${field.pool!.name}.`);

/** How a trace names what an object holds: `cb#0.refcnt`, and `armed[cb#0]` for a map keyed by the pool. */
export function pathOfField(field: Variable, slot: number): string {
  const object = objectName(field.pool!.name, slot);
  return isFieldOf(field) ? `${object}.${fieldName(field)}` : `${field.name}[${object}]`;
}

/** Where in the map the index leads. */
function keyOrdinal(key: Type, index: Expr, env: Environment): number {
  const value = evaluate(index, env);
  if (hasType(key, value)) return ordinalOf(key, value);
  if (value === null) throw new Failure('null_dereference', index.at, `${textAt(index.at) || 'null'} is null and is used as an index`);
  throw new Failure('bad_index', index.at, `the index ${showValue(index.type, value)} is not in ${showType(key)}`);
}

function instanceNumber(e: Expr & { readonly op: 'instance' }, env: Environment): number {
  const argument = e.argument === undefined ? null : evaluate(e.argument, env);
  const { index } = env.world;
  const pid = index.pidsOf(e.process).find((p) => sameValue(index.instance(p).argument, argument));
  if (pid !== undefined) return pid;
  const shown = e.argument === undefined ? '' : showValue(e.argument.type, argument);
  throw new Failure('bad_index', e.at, `there is no process ${e.process}[${shown}]`);
}

/** A place whose references and indices have their values. */
export interface ResolvedPlace {
  readonly variable: Variable;
  /** For a field: the slot of its object. */
  readonly slot?: number;
  /** The way into the value: ordinals of keys and numbers of fields. */
  readonly path: readonly number[];
}

/** @throws Failure */
export function resolve(place: Place, env: Environment): ResolvedPlace {
  const { variable } = place;
  let slot: number | undefined;
  const path = place.path.flatMap((step: PathStep): number[] => {
    switch (step.kind) {
      case 'object':
        slot = liveSlot(variable, step.ref, env);
        return [];
      case 'index':
        return [keyOrdinal(step.key, step.index, env)];
      case 'field':
        return [step.field];
      default:
        return unreachable(step);
    }
  });
  return slot === undefined ? { variable, path } : { variable, slot, path };
}

// ---- types --------------------------------------------------------------------------------------------------------------

const known = new WeakMap<Type, readonly Value[]>();

/** `valuesOf`, made once for each type. */
function allValues(t: Type): readonly Value[] {
  let values = known.get(t);
  if (values === undefined) known.set(t, (values = valuesOf(t)));
  return values;
}

function elementType(t: Type): Type {
  assert(t.kind === 'set' || t.kind === 'seq', 'a set or a sequence');
  return t.of;
}

/** @throws Failure when the value, or something in it, does not belong to the type. */
function checkType(t: Type, v: Value, e: Expr): void {
  const found = misfit(t, v);
  if (found !== undefined) throw new Failure(found.error, e.at, misfitText(found, textAt(e.at) || 'the value'));
}

// ---- operators ----------------------------------------------------------------------------------------------------------

function binary(e: Expr & { readonly op: 'binary' }, env: Environment): Value {
  const left = evaluate(e.left, env);
  if (e.operator === 'and') return left === true && evaluate(e.right, env);
  if (e.operator === 'or') return left === true || evaluate(e.right, env);
  const right = evaluate(e.right, env);
  const { stale } = e;
  if (e.operator === 'in' && stale !== undefined && [left, ...partsOf(right)].some((v) => isStale(v, stale, env))) env.world.remark(remarkKey('lifetime/stale-compare', e.at));
  return applyBinary(e, left, right, failed);
}

function failed(error: OperatorError, e: Operation, operand: Value): never {
  throw new Failure(error, e.at, whyFailed(error, e, operand));
}

function whyFailed(error: OperatorError, e: Operation, operand: Value): string {
  switch (error) {
    case 'empty_set':
      return `${e.operator} of an empty set`;
    case 'empty_sequence':
      return `${e.operator} of an empty sequence`;
    case 'division_by_zero':
      return `${numberOf(operand)} ${e.operator === 'div' ? '/' : '%'} 0`;
    case 'full_sequence':
      assert(e.op === 'binary' && e.type.kind === 'seq', 'append makes a sequence');
      return `${showValue(e.left.type, operand)} is full: it holds at most ${e.type.max}`;
    default:
      return unreachable(error);
  }
}

function quantifier(e: Expr & { readonly op: 'quantifier' }, env: Environment): Value {
  const elements = partsOf(evaluate(e.set, env));
  const isTrue = (value: Value): boolean => holds(e.body, bind(env, e.bound, value));
  switch (e.quantifier) {
    case 'forall':
      return elements.every(isTrue);
    case 'exists':
      return elements.some(isTrue);
    case 'count':
      return elements.filter(isTrue).length;
    default:
      return unreachable(e.quantifier);
  }
}

/** The value inside `value` to which the path leads, replaced. */
export function replaced(value: Value, path: readonly number[], by: Value): Value {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  const parts = partsOf(value);
  return parts.with(first, replaced(parts[first]!, rest, by));
}

