// Evaluates expressions that read nothing of the state: bounds, sizes, initial values, the sets over which processes are declared.

import { unreachable } from '../base/unreachable.js';
import { ERROR_TEXT, type GlobalError, type PoolError } from './errors.js';
import type { Bound, Expr } from './expr.js';
import { misfit, misfitText } from './misfit.js';
import { applyBinary, applyUnary } from './operate.js';
import { hasType, ordinalOf, partsOf, sameValue, setOf, valuesOf, type Value } from './value.js';
import { readsState } from './walk.js';

/** Computing the constant goes wrong; the message says how, in words. */
export class ConstantError extends Error {
  /** @param error where it is one that a step can have, too */
  constructor(message: string, readonly error?: GlobalError | PoolError) {
    super(message);
  }
}

/** What a closed expression may refer to. */
export interface Surroundings {
  /** The process's parameter and number, where there is one. */
  readonly parameter?: Value;
  readonly pid?: number;
}

/** The value of an expression without variables. Throws ConstantError. */
export function evaluateClosed(e: Expr, surroundings: Surroundings = {}): Value {
  return evaluate(e, surroundings, new Map());
}

/** The value of an expression that depends on nothing; undefined for another, and where computing it goes wrong. */
export function valueIfClosed(e: Expr): Value | undefined {
  if (readsState(e)) return undefined;
  try {
    return evaluateClosed(e);
  } catch (error) {
    if (error instanceof ConstantError) return undefined;
    throw error;
  }
}

/** The elements of a set that depends on nothing. */
export function closedSet(set: Expr): readonly Value[] | undefined {
  const value = valueIfClosed(set);
  return value === undefined ? undefined : partsOf(value);
}

function evaluate(e: Expr, s: Surroundings, bounds: ReadonlyMap<Bound, Value>): Value {
  const value = (x: Expr, b = bounds): Value => evaluate(x, s, b);
  const number = (x: Expr): number => value(x) as number;
  const truth = (x: Expr, b = bounds): boolean => value(x, b) === true;
  const elements = (x: Expr): readonly Value[] => value(x) as readonly Value[];
  const fail = (error: GlobalError | PoolError): never => {
    throw new ConstantError(ERROR_TEXT[error], error);
  };
  switch (e.op) {
    case 'const':
      return e.value;
    case 'all':
      return valuesOf(e.of);
    case 'bound':
      return bounds.get(e.bound)!;
    case 'parameter':
      if (s.parameter === undefined) throw new ConstantError('it depends on the process');
      return s.parameter;
    case 'self':
      if (s.pid === undefined) throw new ConstantError('it depends on the process');
      return s.pid;
    case 'unary':
      return applyUnary(e, value(e.operand), fail);
    case 'binary': {
      if (e.operator === 'and') return truth(e.left) && truth(e.right);
      if (e.operator === 'or') return truth(e.left) || truth(e.right);
      return applyBinary(e, value(e.left), value(e.right), fail);
    }
    case 'implies':
      return !truth(e.left) || truth(e.right);
    case 'eq':
      return sameValue(value(e.left), value(e.right)) !== e.negated;
    case 'if':
      return value(truth(e.condition) ? e.then : e.else);
    case 'quantifier': {
      const holds = (v: Value): boolean => truth(e.body, new Map(bounds).set(e.bound, v));
      const set = elements(e.set);
      return e.quantifier === 'forall' ? set.every(holds) : e.quantifier === 'exists' ? set.some(holds) : set.filter(holds).length;
    }
    case 'filter':
      return elements(e.set).filter((v) => truth(e.condition, new Map(bounds).set(e.bound, v)));
    case 'interval': {
      const [lo, hi] = [number(e.lo), number(e.hi)];
      return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, i) => lo + i);
    }
    case 'set':
      return e.type.kind === 'set' ? setOf(e.type.of, e.elements.map((x) => value(x))) : [];
    case 'seq':
      return e.elements.map((x) => value(x));
    case 'record':
      return e.fields.map((x) => value(x));
    case 'map':
      return valuesOf(e.bound.type).map((k) => value(e.body, new Map(bounds).set(e.bound, k)));
    case 'field':
      return elements(e.record)[e.field]!;
    case 'index':
      return elements(e.map)[keyOf(e.map, value(e.index), fail)]!;
    case 'withIndex': {
      const map = [...elements(e.map)];
      map[keyOf(e.map, value(e.index), fail)] = value(e.value);
      return map;
    }
    case 'withFields': {
      const record = [...elements(e.record)];
      for (const f of e.fields) record[f.field] = value(f.value);
      return record;
    }
    case 'convert': {
      const v = value(e.operand);
      const found = misfit(e.type, v);
      if (found !== undefined) throw new ConstantError(misfitText(found, 'the value'), found.error);
      return v;
    }
    case 'live':
    case 'var':
    case 'localOf':
    case 'instance':
    case 'load':
    case 'alive':
    case 'at':
    case 'inProcedure':
    case 'done':
    case 'pcIn':
    case 'enabled':
    case 'prime':
    case 'temporal':
    case 'until':
    case 'leadsto':
      throw new ConstantError('it reads the state');
    default:
      return unreachable(e);
  }
}

type Fail = (error: keyof typeof ERROR_TEXT) => never;

function keyOf(map: Expr, key: Value, fail: Fail): number {
  if (map.type.kind !== 'map' || !hasType(map.type.key, key)) return fail(key === null ? 'null_dereference' : 'bad_index');
  return ordinalOf(map.type.key, key);
}
