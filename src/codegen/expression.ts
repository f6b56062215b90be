// Typed expressions as JavaScript. The text has no effects; checks go to the emitter, in the order in which the interpreter makes them.

import { assert, unreachable } from '../base/unreachable.js';
import type { Expr } from '../core/expr.js';
import type { Type } from '../core/type.js';
import { inMemory } from './access.js';
import { quantifierJs, setJs } from './collection.js';
import { mapJs, partsJs } from './compound.js';
import { checked, coerce, literal } from './convert.js';
import type { Emitter } from './emitter.js';
import { binaryConditionJs, binaryJs, eqJs, impliesJs, not, unaryJs } from './operator.js';
import { dispatchJs, everyPid, instanceJs, localOfJs, pcInJs } from './process.js';
import { aliveJs, fieldType, keyJs, mapType, readJs, withPart } from './read.js';
import type { Scope } from './scope.js';

/** The value, as the representation of the expression's type has it. */
export function valueJs(e: Expr, s: Scope, em: Emitter): string {
  const { unit } = s;
  switch (e.op) {
    case 'const':
      return literal(unit, e.type, e.value);
    case 'all':
    case 'live':
    case 'filter':
    case 'interval':
    case 'set':
      return setJs(e, s, em);
    case 'var':
    case 'load':
    case 'index':
    case 'field':
      return readJs(e, s, em);
    case 'localOf':
      return localOfJs(e, s, em);
    case 'bound': {
      const js = s.bound.get(e.bound);
      assert(js !== undefined, `${e.bound.name} is bound`);
      return js;
    }
    case 'parameter':
      return literal(unit, e.type, unit.index.instance(ownPid(s)).argument);
    case 'self':
      return String(ownPid(s));
    case 'instance':
      return instanceJs(e, s, em);
    case 'unary':
      return unaryJs(e, s, em);
    case 'binary':
      return binaryJs(e, s, em);
    case 'implies':
    case 'eq':
    case 'alive':
    case 'pcIn':
    case 'enabled':
      return asNumber(conditionJs(e, s, em));
    case 'quantifier':
      return e.quantifier === 'count' ? quantifierJs(e, s, em) : asNumber(quantifierJs(e, s, em));
    case 'if':
      return ifJs(e, s, em);
    case 'seq':
    case 'record':
      return partsJs(e, s, em);
    case 'map':
      return mapJs(e, s, em);
    case 'withIndex': {
      const map = em.hold(valueJs(e.map, s, em));
      const key = keyJs(mapType(e.map.type).key, e.index, s, em);
      return withPart(e.map.type, map, key, typedJs(e.value, mapType(e.map.type).value, s, em), s, em);
    }
    case 'withFields': {
      let record = em.hold(valueJs(e.record, s, em));
      for (const { field, value } of e.fields) {
        const js = typedJs(value, fieldType(e.record.type, field), s, em);
        record = em.hold(withPart(e.record.type, record, String(field), js, s, em));
      }
      return record;
    }
    case 'convert':
      return checked(s, e.operand.type, e.type, valueJs(e.operand, s, em), em);
    case 'prime': {
      assert(s.next !== undefined, 'a prime outside a step invariant');
      const { next, ...rest } = s;
      return valueJs(e.operand, { ...rest, source: next }, em);
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

/** A condition, as something that JavaScript takes for true or false. */
export function conditionJs(e: Expr, s: Scope, em: Emitter): string {
  switch (e.op) {
    case 'const':
      return String(e.value === true);
    case 'unary':
      return e.operator === 'not' ? not(conditionJs(e.operand, s, em)) : `${valueJs(e, s, em)} !== 0`;
    case 'binary':
      return binaryConditionJs(e, s, em) ?? `${valueJs(e, s, em)} !== 0`;
    case 'implies':
      return impliesJs(e, s, em);
    case 'eq':
      return eqJs(e, s, em);
    case 'quantifier':
      return e.quantifier === 'count' ? `${valueJs(e, s, em)} !== 0` : quantifierJs(e, s, em);
    case 'alive': {
      const ref = em.hold(valueJs(e.ref, s, em));
      return `(${ref} !== ${s.unit.nil} && ${aliveJs(e.pool, ref, s)} !== 0)`;
    }
    case 'pcIn':
      return pcInJs(e, s, em);
    case 'enabled':
      return enabledJs(e, s, em);
    case 'prime': {
      assert(s.next !== undefined, 'a prime outside a step invariant');
      const { next, ...rest } = s;
      return conditionJs(e.operand, { ...rest, source: next }, em);
    }
    default:
      return `${valueJs(e, s, em)} !== 0`;
  }
}

/** The value as one of another type, to which it belongs. */
export const typedJs = (e: Expr, t: Type, s: Scope, em: Emitter): string => coerce(s.unit, e.type, t, valueJs(e, s, em));

export const asNumber = (condition: string): string => (condition === 'true' ? '1' : condition === 'false' ? '0' : `(${condition} ? 1 : 0)`);

export function ownPid(s: Scope): number {
  assert(s.own !== undefined, 'a property has no process of its own');
  return s.own.pid;
}

function ifJs(e: Expr & { readonly op: 'if' }, s: Scope, em: Emitter): string {
  const condition = conditionJs(e.condition, s, em);
  if (condition === 'true' || condition === 'false') return typedJs(condition === 'true' ? e.then : e.else, e.type, s, em);
  const [then, otherwise] = [em.child(), em.child()];
  then.learn(condition, true);
  otherwise.learn(condition, false);
  const yes = typedJs(e.then, e.type, s, then);
  const no = typedJs(e.else, e.type, s, otherwise);
  if (then.lines.length === 0 && otherwise.lines.length === 0) return `(${condition} ? ${yes} : ${no})`;
  const result = em.fresh('v');
  em.line(`let ${result};`);
  then.line(`${result} = ${yes};`);
  otherwise.line(`${result} = ${no};`);
  em.block(`if (${condition})`, then);
  em.block('else', otherwise);
  return result;
}

function enabledJs(e: Expr & { readonly op: 'enabled' }, s: Scope, em: Emitter): string {
  const { array, at } = inMemory(s.source);
  return dispatchJs(em.hold(valueJs(e.pid, s, em)), everyPid(s), (pid) => `${s.unit.enabled(pid)}(${array}, ${at})`);
}
