// Operators of plain values and conditions as JavaScript. Numbers in the text are computed at once: parameters of processes and elements of
// unrolled sets are known.

import { unreachable } from '../base/unreachable.js';
import type { Expr } from '../core/expr.js';
import { join, type Type } from '../core/type.js';
import { remarkKey } from '../model/failure.js';
import { undecoded } from './access.js';
import { setJs } from './collection.js';
import { boxed, coerce } from './convert.js';
import { closesAtEnd, type Emitter } from './emitter.js';
import { asNumber, conditionJs, valueJs } from './expression.js';
import { aliveJs } from './read.js';
import { plainOf, reprOf } from './representation.js';
import type { Scope } from './scope.js';

export function unaryJs(e: Expr & { readonly op: 'unary' }, s: Scope, em: Emitter): string {
  switch (e.operator) {
    case 'not':
      return asNumber(conditionJs(e, s, em));
    case 'neg':
      return `(0 - ${valueJs(e.operand, s, em)})`;
    case 'min':
    case 'max':
    case 'len':
    case 'head':
    case 'tail':
      return setJs(e, s, em);
    default:
      return unreachable(e.operator);
  }
}

const fitsInt32 = (t: Type): boolean => t.kind === 'range' && t.lo >= -(2 ** 31) && t.hi < 2 ** 31;

export function binaryJs(e: Expr & { readonly op: 'binary' }, s: Scope, em: Emitter): string {
  const condition = binaryConditionJs(e, s, em);
  if (condition !== undefined) return asNumber(condition);
  switch (e.operator) {
    case 'add':
    case 'sub': {
      const left = valueJs(e.left, s, em);
      const right = valueJs(e.right, s, em);
      return computed(left, right, (a, b) => (e.operator === 'add' ? a + b : a - b)) ?? `(${left} ${e.operator === 'add' ? '+' : '-'} ${right})`;
    }
    case 'mul': {
      const left = valueJs(e.left, s, em);
      const right = valueJs(e.right, s, em);
      const known = computed(left, right, (a, b) => a * b);
      if (known !== undefined) return known;
      return fitsInt32(e.type) && fitsInt32(e.left.type) && fitsInt32(e.right.type) ? `Math.imul(${left}, ${right})` : `(${left} * ${right} + 0)`;
    }
    case 'div':
    case 'mod': {
      const left = valueJs(e.left, s, em);
      const right = em.hold(valueJs(e.right, s, em));
      const known = right === '0' ? undefined : computed(left, right, (a, b) => (e.operator === 'div' ? Math.trunc(a / b) : a % b));
      if (known !== undefined) return known;
      const t = e.right.type;
      if (t.kind !== 'range' || (t.lo <= 0 && t.hi >= 0)) em.leave(`${right} === 0`, s.fail('division_by_zero'));
      const operator = e.operator === 'div' ? '/' : '%';
      if (fitsInt32(e.left.type) && fitsInt32(t)) return `((${left} ${operator} ${right}) | 0)`;
      return e.operator === 'div' ? `(Math.trunc(${left} / ${right}) + 0)` : `(${left} % ${right} + 0)`;
    }
    case 'union':
    case 'intersect':
    case 'minus':
    case 'append':
      return setJs(e, s, em);
    case 'and':
    case 'or':
    case 'iff':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'in':
      throw new Error('internal error: a condition');
    default:
      return unreachable(e.operator);
  }
}

/** The result as a number in the text, when both operands are: parameters of processes and elements of unrolled sets are known. */
function computed(left: string, right: string, operation: (a: number, b: number) => number): string | undefined {
  return /^-?\d+$/.test(left) && /^-?\d+$/.test(right) ? String(operation(Number(left), Number(right)) + 0) : undefined;
}

export function binaryConditionJs(e: Expr & { readonly op: 'binary' }, s: Scope, em: Emitter): string | undefined {
  switch (e.operator) {
    case 'and':
    case 'or':
      return shortCircuit(conditionJs(e.left, s, em), e.operator === 'and', (inner) => conditionJs(e.right, s, inner), em);
    case 'iff': {
      const left = conditionJs(e.left, s, em);
      return `((${left}) === (${conditionJs(e.right, s, em)}))`;
    }
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge': {
      const operator = { lt: '<', le: '<=', gt: '>', ge: '>=' }[e.operator];
      const left = valueJs(e.left, s, em);
      const right = valueJs(e.right, s, em);
      const known = computed(left, right, (a, b) => Number(operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b));
      return known === undefined ? `(${left} ${operator} ${right})` : String(known === '1');
    }
    case 'in':
      return setJs(e, s, em);
    default:
      return undefined;
  }
}

/** `!x`. What is known is known: unrolled quantifiers compare numbers with themselves. */
export function not(js: string): string {
  if (js === 'true' || js === 'false') return String(js === 'false');
  if (js.startsWith('!(') && closesAtEnd(js, 1)) return js.slice(1);
  return js.startsWith('(') && closesAtEnd(js, 0) ? `!${js}` : `!(${js})`;
}

/** Conditions joined by `&&` or `||`. */
export function connect(conditions: readonly string[], and: boolean): string {
  const [decides, says] = and ? ['false', 'true'] : ['true', 'false'];
  const end = conditions.indexOf(decides);
  // What stands before it is asked only for the marks that it leaves.
  if (end >= 0 && !conditions.slice(0, end).some((js) => js.includes('antecedents'))) return decides;
  const open = (end < 0 ? conditions : conditions.slice(0, end + 1)).filter((js) => js !== says);
  return open.length === 0 ? says : open.length === 1 ? open[0]! : `(${open.join(and ? ' && ' : ' || ')})`;
}

/** `left && right` or `left || right`, where the right side may have to do something before it has a value. */
function shortCircuit(left: string, and: boolean, right: (em: Emitter) => string, em: Emitter): string {
  if (left === (and ? 'false' : 'true')) return left;
  const inner = em.child();
  inner.learn(left, and);
  const js = right(inner);
  if (left === (and ? 'true' : 'false')) {
    em.lines.push(...inner.lines);
    return js;
  }
  if (inner.lines.length === 0) return connect([left, js], and);
  const result = em.fresh('c');
  em.line(`let ${result} = ${left};`);
  inner.line(`${result} = ${js};`);
  em.block(`if (${and ? result : `!${result}`})`, inner);
  return result;
}

export function impliesJs(e: Expr & { readonly op: 'implies' }, s: Scope, em: Emitter): string {
  const left = conditionJs(e.left, s, em);
  return shortCircuit(not(left), false, (inner) => {
    const right = conditionJs(e.right, s, inner);
    // Marked before the right side is looked at, which may err. Written once: all threads read it.
    if (e.site === undefined) return right;
    if (inner.lines.length === 0) return `(antecedents[${e.site}] ||= 1, ${right})`;
    inner.lines.unshift(`antecedents[${e.site}] ||= 1;`);
    return right;
  }, em);
}

export function eqJs(e: Expr & { readonly op: 'eq' }, s: Scope, em: Emitter): string {
  const { unit } = s;
  let left = valueJs(e.left, s, em);
  let right = valueJs(e.right, s, em);
  if (e.stale !== undefined) {
    [left, right] = [em.hold(left), em.hold(right)];
    const { stale } = e;
    const dead = (js: string): string => `(${js} !== ${unit.nil} && ${aliveJs(stale, js, s)} === 0)`;
    remark([...([[e.left.type, left], [e.right.type, right]] as const)].filter(([t]) => plainOf(t)?.kind === 'ref').map(([, js]) => dead(js)), e, s, em);
  }
  const plain = plainOf(e.left.type) !== undefined && plainOf(e.right.type) !== undefined;
  const t = plain ? undefined : join(e.left.type, e.right.type);
  const same = plain || (t !== undefined && reprOf(t) !== 'boxed')
    ? `${plain ? left : coerce(unit, e.left.type, t!, left)} === ${plain ? right : coerce(unit, e.right.type, t!, right)}`
    : `rt.same(${boxed(unit, e.left.type, em.hold(left))}, ${boxed(unit, e.right.type, em.hold(right))})`;
  const known = em.decided(same);
  // What both sides add to their bits need not be added.
  const [a, b] = plain ? [undecoded(left), undecoded(right) ?? numberOf(right)] : [];
  if (known === undefined && a !== undefined && b !== undefined && (a.base === b.base || 'number' in b)) {
    const js = `(${a.raw} === ${'number' in b ? b.number - a.base : b.raw})`;
    return e.negated ? not(js) : js;
  }
  const js = known === undefined ? `(${same})` : String(known);
  return e.negated ? not(js) : js;
}

const numberOf = (js: string): { readonly number: number; readonly base?: undefined } | undefined => (/^-?\d+$/.test(js) ? { number: Number(js) } : undefined);

/** Notes, once, that one of the conditions was true. */
export function remark(conditions: readonly string[], e: Expr, s: Scope, em: Emitter): void {
  if (conditions.length === 0) return;
  const once = s.unit.once();
  em.line(`if (${once} === 0 && (${conditions.join(' || ')})) { ${once} = 1; remarks.add(${JSON.stringify(remarkKey('lifetime/stale-compare', e.at))}); }`);
}
