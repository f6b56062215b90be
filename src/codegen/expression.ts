// Typed expressions as JavaScript. The text has no effects; checks go to the emitter, in the order in which the interpreter makes them.

import { assert, unreachable } from '../base/unreachable.js';
import type { Expr, Pool, Variable } from '../core/expr.js';
import { isSubtype, join, type Type } from '../core/type.js';
import { valuesOf } from '../core/value.js';
import { remarkKey } from '../model/failure.js';
import { elementOf, encode, NOWHERE, readBits, type Located } from './access.js';
import { quantifierJs, setJs } from './collection.js';
import { boxed, checked, coerce, insertJs, literal, readCellJs, unboxed } from './convert.js';
import type { Emitter } from './emitter.js';
import { packedCell, plainOf, reprOf } from './representation.js';
import { withBound, type Scope } from './scope.js';

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
      return dispatchJs(em.hold(valueJs(e.pid, s, em)), everyPid(s), (pid) => `${s.unit.enabled(pid)}(${s.source.array}, ${s.source.at})`);
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

const asNumber = (condition: string): string => `(${condition} ? 1 : 0)`;

function ownPid(s: Scope): number {
  assert(s.own !== undefined, 'a property has no process of its own');
  return s.own.pid;
}

function mapType(t: Type): Type & { readonly kind: 'map' } {
  assert(t.kind === 'map', 'only maps are indexed');
  return t;
}

export function fieldType(t: Type, field: number): Type {
  assert(t.kind === 'record', 'only records have fields');
  return t.fields[field]!.type;
}

// ---- reading ------------------------------------------------------------------------------------------------------------

/** Where in the state the value lies, if it lies there whole; checks the way to it. */
export function locate(e: Expr, s: Scope, em: Emitter): Located | undefined {
  const { layout, index } = s.unit;
  switch (e.op) {
    case 'var': {
      const home = index.home(e.variable);
      return home.kind === 'shared' ? { source: s.source, cell: layout.variables[home.index]!, words: NOWHERE, shift: NOWHERE } : undefined;
    }
    case 'load': {
      const home = index.home(e.variable);
      assert(home.kind === 'field', `${e.variable.name} is a field`);
      return elementOf({ source: s.source, words: NOWHERE, shift: NOWHERE }, layout.pools[home.pool]!.fields[home.index]!, slotJs(e.variable, e.ref, s, em));
    }
    case 'index': {
      const map = locate(e.map, s, em);
      return map && partOf(map, keyJs(mapType(e.map.type).key, e.index, s, em));
    }
    case 'field': {
      const record = locate(e.record, s, em);
      return record && partOf(record, String(e.field));
    }
    default:
      return undefined;
  }
}

/** A key's ordinal or a field's number leads into a map or record. */
export function partOf(located: Located, part: string): Located {
  const { cell } = located;
  if (cell.kind === 'map') return elementOf(located, cell.elements, part);
  assert(cell.kind === 'record', 'only maps and records have such parts');
  return { ...located, cell: cell.fields[Number(part)]! };
}

function readJs(e: Expr & { readonly op: 'var' | 'load' | 'index' | 'field' }, s: Scope, em: Emitter): string {
  const located = locate(e, s, em);
  if (located !== undefined) return readCellJs(s.unit, located, e.type);
  switch (e.op) {
    case 'var': {
      const local = s.own?.locals.get(e.variable);
      assert(local !== undefined, `${e.variable.name} is a local of the process that runs`);
      return local;
    }
    case 'index': {
      const map = em.hold(valueJs(e.map, s, em));
      return readPart(e.map.type, map, keyJs(mapType(e.map.type).key, e.index, s, em), e.type, s);
    }
    case 'field':
      return readPart(e.record.type, em.hold(valueJs(e.record, s, em)), String(e.field), e.type, s);
    case 'load':
      throw new Error('internal error: a field lies in the state');
    default:
      return unreachable(e);
  }
}

/** A part of a value at hand. */
function readPart(whole: Type, js: string, part: string, t: Type, { unit }: Scope): string {
  if (reprOf(whole) === 'boxed') return unboxed(unit, t, `${js}[${part}]`);
  return readCellJs(unit, partOf({ source: { kind: 'word', js }, cell: packedCell(whole), words: NOWHERE, shift: NOWHERE }, part), t);
}

/** A value at hand with one part replaced by a value of the part's type. */
function withPart(whole: Type, js: string, part: string, value: string, { unit }: Scope, em: Emitter): string {
  const t = whole.kind === 'map' ? whole.value : fieldType(whole, Number(part));
  if (reprOf(whole) === 'boxed') return `rt.replace(${js}, ${part}, ${boxed(unit, t, value)})`;
  return insertJs(unit, partOf({ source: { kind: 'word', js }, cell: packedCell(whole), words: NOWHERE, shift: NOWHERE }, part), t, em.hold(value));
}

function localOfJs(e: Expr & { readonly op: 'localOf' }, s: Scope, em: Emitter): string {
  const home = s.unit.index.home(e.variable);
  assert(home.kind === 'local', `${e.variable.name} is a local`);
  const pids = everyPid(s).filter((pid) => s.unit.index.family(pid) === home.family);
  // In the middle of a step the process's own locals are variables of the function; the state has them as they were before.
  const own = s.own?.locals.get(e.variable);
  return dispatchJs(em.hold(valueJs(e.pid, s, em)), pids, (pid) => (own !== undefined && pid === s.own!.pid ? own : readLocal(e.variable, pid, e.type, s)));
}

/** A local of a process as the state has it: where it is dead, its reset value. */
export function readLocal(variable: Variable, pid: number, t: Type, s: Scope): string {
  const { unit } = s;
  const home = unit.index.home(variable);
  assert(home.kind === 'local', `${variable.name} is a local`);
  const local = home.family.locals[home.index]!;
  const cell = unit.layout.instances[pid]!.locals[home.index];
  const reset = literal(unit, t, local.reset[unit.index.instance(pid).index]!);
  if (cell === undefined) return reset;
  const value = readCellJs(unit, { source: s.source, cell, words: NOWHERE, shift: NOWHERE }, t);
  return local.liveAt.length === home.family.locations.length ? value : `(${standsAt(pid, local.liveAt, s)} ? ${value} : ${reset})`;
}

// ---- processes ----------------------------------------------------------------------------------------------------------

const everyPid = (s: Scope): readonly number[] => [...s.unit.index.model.instances.keys()];

export const locationJs = (pid: number, s: Scope): string => readBits({ source: s.source, words: NOWHERE, shift: NOWHERE }, s.unit.layout.instances[pid]!.location);

/** The process stands at one of the locations. */
export function standsAt(pid: number, locations: readonly number[], s: Scope): string {
  const at = locationJs(pid, s);
  const count = s.unit.index.family(pid).locations.length;
  if (locations.length === 0) return 'false';
  if (locations.length === count) return 'true';
  const [first] = locations;
  if (locations.length === 1) return `(${at} === ${first})`;
  if (count <= 32) return `((${String(locations.reduce((mask, l) => mask | (1 << l), 0))} >>> ${at} & 1) !== 0)`;
  const table = Array.from({ length: count }, (_, l) => (locations.includes(l) ? 1 : 0));
  return `(${s.unit.constant(table)}[${at}] !== 0)`;
}

function pcInJs(e: Expr & { readonly op: 'pcIn' }, s: Scope, em: Emitter): string {
  return dispatchJs(em.hold(valueJs(e.pid, s, em)), everyPid(s), (pid) => standsAt(pid, e.locations[s.unit.index.instance(pid).family] ?? [], s));
}

/** One text for each process, chosen by its number. */
function dispatchJs(pid: string, pids: readonly number[], of: (pid: number) => string): string {
  if (/^\d+$/.test(pid)) return of(Number(pid));
  const [last, ...others] = [...pids].reverse();
  assert(last !== undefined, 'there are processes');
  return others.reduce((rest, p) => `(${pid} === ${p} ? ${of(p)} : ${rest})`, of(last));
}

function instanceJs(e: Expr & { readonly op: 'instance' }, s: Scope, em: Emitter): string {
  const { index } = s.unit;
  const pids = index.pidsOf(e.process);
  if (e.argument === undefined) return String(pids[0]);
  const t = e.argument.type;
  const js = em.hold(valueJs(e.argument, s, em));
  const same = (pid: number): string => {
    const { argument } = index.instance(pid);
    return reprOf(t) === 'number' ? `${js} === ${literal(s.unit, t, argument)}` : `rt.same(${boxed(s.unit, t, js)}, ${s.unit.constant(argument)})`;
  };
  const known = pids.find((pid) => reprOf(t) === 'number' && literal(s.unit, t, index.instance(pid).argument) === js);
  if (known !== undefined) return String(known);
  const found = em.hold(pids.reduceRight((rest, pid) => `(${same(pid)} ? ${pid} : ${rest})`, '-1'));
  em.line(`if (${found} < 0) ${s.fail('bad_index')}`);
  return found;
}

// ---- objects and indices ------------------------------------------------------------------------------------------------

/** 1 while the slot holds a live object. The slot is a number or a name, and a slot of the pool. */
export function aliveJs(pool: Pool, slot: string, s: Scope): string {
  const { alive } = s.unit.layout.pools[s.unit.index.pool(pool)]!;
  const element = elementOf({ source: s.source, words: NOWHERE, shift: NOWHERE }, alive, slot);
  assert(element.cell.kind === 'scalar', 'one bit a slot');
  return readBits(element, element.cell.bits);
}

/** The slot of a live object that `ref` refers to. */
export function slotJs(field: Variable, ref: Expr, s: Scope, em: Emitter): string {
  return liveSlotJs(field.pool!, ref, 'use_after_free', s, em);
}

export function liveSlotJs(pool: Pool, ref: Expr, error: 'use_after_free' | 'double_free', s: Scope, em: Emitter): string {
  const slot = em.hold(valueJs(ref, s, em));
  // In a property a local of a pool type may be looked at before it has a value.
  if (ref.type.kind === 'nullable' || s.own === undefined) em.line(`if (${slot} === ${s.unit.nil}) ${s.fail('null_dereference')}`);
  em.line(`if (${aliveJs(pool, slot, s)} === 0) ${s.fail(`${pool.name}.${error}`)}`);
  return slot;
}

/** The ordinal of an index among the keys of a map. */
export function keyJs(key: Type, index: Expr, s: Scope, em: Emitter): string {
  const js = valueJs(index, s, em);
  if (plainOf(key) === undefined || plainOf(index.type) === undefined) {
    const value = em.hold(boxed(s.unit, index.type, em.hold(js)));
    const ordinal = em.hold(`rt.keyOrdinal(${s.unit.constant(key)}, ${value})`);
    if (index.type.kind === 'nullable') em.line(`if (${ordinal} < 0 && ${value} === null) ${s.fail('null_dereference')}`);
    em.line(`if (${ordinal} < 0) ${s.fail('bad_index')}`);
    return ordinal;
  }
  const name = em.hold(js);
  if (!isSubtype(index.type, key)) {
    if (index.type.kind === 'nullable' && key.kind !== 'nullable') em.line(`if (${name} === ${s.unit.nil}) ${s.fail('null_dereference')}`);
    const [from, to] = [plainOf(index.type)!, plainOf(key)!];
    if (from.kind === 'range' && to.kind === 'range') {
      const misses = [...(from.lo < to.lo ? [`${name} < ${to.lo}`] : []), ...(from.hi > to.hi ? [`${name} > ${to.hi}`] : [])].join(' || ');
      const nullFits = index.type.kind === 'nullable' && key.kind === 'nullable';
      if (misses !== '') em.line(`if (${nullFits ? `${name} !== ${s.unit.nil} && (${misses})` : misses}) ${s.fail('bad_index')}`);
    }
  }
  return em.hold(encode(key, name, s.unit.nil));
}

// ---- operators ----------------------------------------------------------------------------------------------------------

function unaryJs(e: Expr & { readonly op: 'unary' }, s: Scope, em: Emitter): string {
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

function binaryJs(e: Expr & { readonly op: 'binary' }, s: Scope, em: Emitter): string {
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
      if (t.kind !== 'range' || (t.lo <= 0 && t.hi >= 0)) em.line(`if (${right} === 0) ${s.fail('division_by_zero')}`);
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

function binaryConditionJs(e: Expr & { readonly op: 'binary' }, s: Scope, em: Emitter): string | undefined {
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
      return `(${left} ${operator} ${valueJs(e.right, s, em)})`;
    }
    case 'in':
      return setJs(e, s, em);
    default:
      return undefined;
  }
}

/** `!x`. What is known is known: unrolled quantifiers compare numbers with themselves. */
const not = (js: string): string => (js === 'true' ? 'false' : js === 'false' ? 'true' : `!(${js})`);

/** Conditions joined by `&&` or `||`. */
export function connect(conditions: readonly string[], and: boolean): string {
  const [decides, says] = and ? ['false', 'true'] : ['true', 'false'];
  const end = conditions.indexOf(decides);
  const open = (end < 0 ? conditions : conditions.slice(0, end + 1)).filter((js) => js !== says);
  return open.length === 0 ? says : open.length === 1 ? open[0]! : `(${open.join(and ? ' && ' : ' || ')})`;
}

/** `left && right` or `left || right`, where the right side may have to do something before it has a value. */
function shortCircuit(left: string, and: boolean, right: (em: Emitter) => string, em: Emitter): string {
  const inner = em.child();
  const js = right(inner);
  if (inner.lines.length === 0) return connect([left, js], and);
  const result = em.fresh('c');
  em.line(`let ${result} = ${left};`);
  inner.line(`${result} = ${js};`);
  em.block(`if (${and ? result : `!(${result})`})`, inner);
  return result;
}

function impliesJs(e: Expr & { readonly op: 'implies' }, s: Scope, em: Emitter): string {
  const left = conditionJs(e.left, s, em);
  return shortCircuit(not(left), false, (inner) => {
    const right = conditionJs(e.right, s, inner);
    // Marked before the right side is looked at, which may err. To mark twice does no harm.
    if (e.site === undefined) return right;
    if (inner.lines.length === 0) return `(antecedents[${e.site}] = 1, ${right})`;
    inner.lines.unshift(`antecedents[${e.site}] = 1;`);
    return right;
  }, em);
}

function eqJs(e: Expr & { readonly op: 'eq' }, s: Scope, em: Emitter): string {
  const { unit } = s;
  let left = valueJs(e.left, s, em);
  let right = valueJs(e.right, s, em);
  if (e.stale !== undefined) {
    [left, right] = [em.hold(left), em.hold(right)];
    const { stale } = e;
    const dead = (js: string): string => `(${js} !== ${unit.nil} && ${aliveJs(stale, js, s)} === 0)`;
    remark([...([[e.left.type, left], [e.right.type, right]] as const)].filter(([t]) => plainOf(t)?.kind === 'ref').map(([, js]) => dead(js)), e, s, em);
  }
  const t = join(e.left.type, e.right.type);
  const plain = plainOf(e.left.type) !== undefined && plainOf(e.right.type) !== undefined;
  const same = plain || (t !== undefined && reprOf(t) !== 'boxed')
    ? `${plain ? left : coerce(unit, e.left.type, t!, left)} === ${plain ? right : coerce(unit, e.right.type, t!, right)}`
    : `rt.same(${boxed(unit, e.left.type, em.hold(left))}, ${boxed(unit, e.right.type, em.hold(right))})`;
  const known = /^(-?\d+) === (-?\d+)$/.exec(same);
  const js = known === null ? `(${same})` : String(known[1] === known[2]);
  return e.negated ? not(js) : js;
}

/** Notes, once, that one of the conditions was true. */
export function remark(conditions: readonly string[], e: Expr, s: Scope, em: Emitter): void {
  if (conditions.length === 0) return;
  const once = s.unit.once();
  em.line(`if (${once} === 0 && (${conditions.join(' || ')})) { ${once} = 1; remarks.add(${JSON.stringify(remarkKey('lifetime/stale-compare', e.at))}); }`);
}

function ifJs(e: Expr & { readonly op: 'if' }, s: Scope, em: Emitter): string {
  const condition = conditionJs(e.condition, s, em);
  const [then, otherwise] = [em.child(), em.child()];
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

// ---- compound values ----------------------------------------------------------------------------------------------------

function partsJs(e: Expr & { readonly op: 'record' | 'seq' }, s: Scope, em: Emitter): string {
  const { unit } = s;
  const parts = e.op === 'record' ? e.fields : e.elements;
  const partType = (i: number): Type => (e.op === 'record' ? fieldType(e.type, i) : elementType(e.type));
  const values = parts.map((part, i) => typedJs(part, partType(i), s, em));
  if (reprOf(e.type) === 'boxed') return `[${values.map((v, i) => boxed(unit, partType(i), em.hold(v))).join(', ')}]`;
  const cell = packedCell(e.type);
  let word = '0';
  values.forEach((value, i) => {
    const whole: Located = { source: { kind: 'word', js: word }, cell, words: NOWHERE, shift: NOWHERE };
    const part = cell.kind === 'seq' ? elementOf(whole, cell.elements, String(i)) : partOf(whole, String(i));
    word = insertJs(unit, part, partType(i), value);
  });
  if (cell.kind !== 'seq') return word;
  return insertJs(unit, { source: { kind: 'word', js: word }, cell: { kind: 'scalar', type: { kind: 'range', lo: 0, hi: 2 ** cell.length.width - 1 }, bits: cell.length }, words: NOWHERE, shift: NOWHERE }, { kind: 'range', lo: 0, hi: parts.length }, String(parts.length));
}

export function elementType(t: Type): Type {
  assert(t.kind === 'set' || t.kind === 'seq', 'a set or a sequence');
  return t.of;
}

function mapJs(e: Expr & { readonly op: 'map' }, s: Scope, em: Emitter): string {
  const { key, value } = mapType(e.type);
  const { unit } = s;
  const keys = valuesOf(key);
  if (reprOf(e.type) === 'boxed') {
    const [list, k] = [em.fresh('m'), em.fresh('key')];
    const inner = em.child();
    const js = inner.hold(typedJs(e.body, value, withBound(s, e.bound, inner.hold(unboxed(unit, e.bound.type, k))), inner));
    inner.line(`${list}.push(${boxed(unit, value, js)});`);
    em.line(`const ${list} = [];`);
    em.block(`for (const ${k} of ${unit.constant(keys)})`, inner);
    return list;
  }
  let word = '0';
  keys.forEach((k, i) => {
    const js = em.hold(typedJs(e.body, value, withBound(s, e.bound, literal(unit, e.bound.type, k)), em));
    const whole: Located = { source: { kind: 'word', js: word }, cell: packedCell(e.type), words: NOWHERE, shift: NOWHERE };
    word = em.hold(insertJs(unit, partOf(whole, String(i)), value, js));
  });
  return word;
}
