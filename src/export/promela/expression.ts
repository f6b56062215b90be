// Expressions as cells. Promela has numbers, comparisons and `&& ||` only, so quantifiers are written out over the values there are, and
// sets are bits. Each case says what model/evaluate.ts says.

import { assert, unreachable } from '../../base/unreachable.js';
import type { Expr } from '../../core/expr.js';
import { cardinality, isSubtype, join, type SetType, type Type } from '../../core/type.js';
import { ordinalOf } from '../../core/value.js';
import { Unsupported } from '../unsupported.js';
import { adapt, chooseCells, constant, contains, fits, isNull, partAt, plainType, same, setFrom, single, type Cells } from './cells.js';
import { convert } from './convert.js';
import { elementsOf, type Element } from './elements.js';
import { instanceTerm, isLive, parameterCells, standsIn } from './instances.js';
import { keyOrdinal, locate, readPart } from './part.js';
import { bind, mayErr, under, type Scope } from './scope.js';
import { cellCount, fieldStart, valuesWrittenOut } from './shape.js';
import { all, and, any, compare, compute, negative, not, number, or, truth, type Term } from './term.js';

/** The expression as a value of a type that holds it. */
export function cellsAs(e: Expr, type: Type, scope: Scope): Cells {
  if (e.op === 'const') return constant(scope.unit, type, e.value);
  if (e.op === 'bound') return constant(scope.unit, type, boundValue(e, scope));
  return adapt(scope.unit, e.type, type, cellsIn(e, scope));
}

/** A plain value: a number or a truth value. */
export const termOf = (e: Expr, scope: Scope): Term => cellsIn(e, scope)[0]!;

function boundValue(e: Expr & { readonly op: 'bound' }, scope: Scope): Parameters<typeof constant>[2] {
  const value = scope.bound.get(e.bound);
  assert(value !== undefined, `${e.bound.name} is bound`);
  return value;
}

/** The expression's cells, as a value of its own type. */
export function cellsIn(e: Expr, scope: Scope): Cells {
  const { unit } = scope;
  switch (e.op) {
    case 'const':
      return constant(unit, e.type, e.value);
    case 'bound':
      return constant(unit, e.type, boundValue(e, scope));
    case 'all':
    case 'live':
    case 'interval':
    case 'filter':
      return fromElements(e.type, elementsOf(e, scope));
    case 'var':
    case 'localOf':
    case 'load':
      return readPart(e.type, locate(e, scope)!, scope);
    case 'index': {
      const part = locate(e, scope);
      if (part !== undefined) return readPart(e.type, part, scope);
      assert(e.map.type.kind === 'map', 'only maps are indexed');
      const map = cellsIn(e.map, scope);
      return partAt(map, cellCount(e.map.type.value), keyOrdinal(e.map.type.key, e.index, scope));
    }
    case 'field': {
      const part = locate(e, scope);
      if (part !== undefined) return readPart(e.type, part, scope);
      const start = fieldStart(e.record.type, e.field);
      return cellsIn(e.record, scope).slice(start, start + cellCount(e.type));
    }
    case 'parameter':
      return parameterCells(e.type, scope);
    case 'self':
      return [scope.self!];
    case 'instance':
      return [instanceTerm(e, scope)];
    case 'unary':
      return unary(e, scope);
    case 'binary':
      return binary(e, scope);
    case 'implies': {
      const left = termOf(e.left, scope);
      return [or(not(left), termOf(e.right, under(scope, () => left)))];
    }
    case 'eq': {
      const type = join(e.left.type, e.right.type);
      if (type === undefined) throw new Unsupported('values of two types that have nothing in common are compared');
      const equal = same(cellsAs(e.left, type, scope), cellsAs(e.right, type, scope));
      return [e.negated ? not(equal) : equal];
    }
    case 'if': {
      const condition = termOf(e.condition, scope);
      if (condition.known !== undefined) return cellsAs(condition.known === 0 ? e.else : e.then, e.type, scope);
      return chooseCells(condition, cellsAs(e.then, e.type, under(scope, () => condition)), cellsAs(e.else, e.type, under(scope, () => not(condition))));
    }
    case 'quantifier':
      return [quantifier(e, scope)];
    case 'set': {
      const set = e.type as SetType;
      return e.elements.reduce<Cells>(
        (sum, element) => sum.map((word, w) => compute('|', word, single(unit, set, element.type, cellsIn(element, scope))[w]!)),
        constant(unit, e.type, []),
      );
    }
    case 'seq': {
      assert(e.type.kind === 'seq', 'a sequence');
      const { of, max } = e.type;
      const elements = e.elements.flatMap((element) => cellsAs(element, of, scope));
      return [number(e.elements.length), ...elements, ...new Array<Term>(max * cellCount(of) - elements.length).fill(number(0))];
    }
    case 'record': {
      const { type } = e;
      assert(type.kind === 'record', 'a record');
      return e.fields.flatMap((field, i) => cellsAs(field, type.fields[i]!.type, scope));
    }
    case 'map': {
      const { type } = e;
      assert(type.kind === 'map', 'a map');
      return valuesWrittenOut(type.key).flatMap((key) => cellsAs(e.body, type.value, bind(scope, e.bound, key)));
    }
    case 'withIndex': {
      const { type } = e.map;
      assert(type.kind === 'map' && e.type.kind === 'map', 'a map');
      const whole = cellsAs(e.map, e.type, scope);
      const key = keyOrdinal(type.key, e.index, scope);
      const value = cellsAs(e.value, e.type.value, scope);
      const size = value.length;
      return Array.from({ length: cardinality(type.key) }, (_, k) => chooseCells(compare('==', key, number(k)), value, whole.slice(k * size, (k + 1) * size))).flat();
    }
    case 'withFields': {
      const { type } = e.record;
      assert(type.kind === 'record' && e.type.kind === 'record', 'a record');
      const cells = [...cellsAs(e.record, e.type, scope)];
      for (const { field, value } of e.fields) {
        const own = cellsAs(value, e.type.fields[field]!.type, scope);
        cells.splice(fieldStart(e.type, field), own.length, ...own);
      }
      return cells;
    }
    case 'convert':
      return convert(e.operand.type, e.type, e.operand.op === 'const' ? cellsAs(e.operand, e.operand.type, scope) : cellsIn(e.operand, scope), scope);
    case 'alive': {
      const ref = termOf(e.ref, scope);
      return [and(not(isNull(unit, e.ref.type, [ref])), isLive(e.pool, ref, scope))];
    }
    case 'pcIn':
      return [standsIn(e, termOf(e.pid, scope), scope)];
    case 'enabled': {
      const pid = termOf(e.pid, scope);
      const enabled = (p: number): Term => scope.enabled(p, scope.memory);
      if (pid.known !== undefined) return [enabled(pid.known)];
      return [any(unit.model.instances.map((_, p) => and(compare('==', pid, number(p)), enabled(p))))];
    }
    case 'prime': {
      assert(scope.next !== undefined, 'a prime outside a step invariant');
      const { next, ...rest } = scope;
      return cellsIn(e.operand, { ...rest, memory: next });
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

/** A set of which each element is known by itself. */
function fromElements(type: Type, elements: readonly Element[]): Cells {
  assert(type.kind === 'set', 'a set');
  return setFrom(type, elements.map(({ value, present }) => ({ at: ordinalOf(type.of, value), bit: present })));
}

// ---- operators ----------------------------------------------------------------------------------------------------------

function unary(e: Expr & { readonly op: 'unary' }, scope: Scope): Cells {
  const { unit } = scope;
  switch (e.operator) {
    case 'not':
      return [not(termOf(e.operand, scope))];
    case 'neg':
      return [negative(termOf(e.operand, scope))];
    case 'min':
    case 'max': {
      const elements = elementsOf(e.operand, scope);
      mayErr(scope, not(any(elements.map(({ present }) => present))), 'empty_set');
      const ordered = e.operator === 'min' ? elements : [...elements].reverse();
      const zero = new Array<Term>(cellCount(e.type)).fill(number(0));
      return ordered.reduceRight<Cells>((rest, { value, present }, i) => (i === ordered.length - 1 ? constant(unit, e.type, value) : chooseCells(present, constant(unit, e.type, value), rest)), zero);
    }
    case 'len':
      return [termOf(e.operand, scope)];
    case 'head':
    case 'tail': {
      const { type } = e.operand;
      assert(type.kind === 'seq', 'a sequence');
      const cells = cellsIn(e.operand, scope);
      const size = cellCount(type.of);
      mayErr(scope, compare('==', cells[0]!, number(0)), 'empty_sequence');
      if (e.operator === 'head') return type.max === 0 ? new Array<Term>(cellCount(e.type)).fill(number(0)) : adapt(unit, type.of, e.type, cells.slice(1, 1 + size));
      const shorter = type.max === 0 ? [number(0)] : [compute('-', cells[0]!, number(1)), ...cells.slice(1 + size), ...new Array<Term>(size).fill(number(0))];
      return adapt(unit, type, e.type, shorter);
    }
    default:
      return unreachable(e.operator);
  }
}

const OPERATORS = { add: '+', sub: '-', mul: '*', div: '/', mod: '%' } as const;
const COMPARISONS = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

function binary(e: Expr & { readonly op: 'binary' }, scope: Scope): Cells {
  const { unit } = scope;
  const { operator } = e;
  switch (operator) {
    case 'and': {
      const left = termOf(e.left, scope);
      return [left.known === 0 ? left : and(left, termOf(e.right, under(scope, () => left)))];
    }
    case 'or': {
      const left = termOf(e.left, scope);
      return [left.known === 1 ? left : or(left, termOf(e.right, under(scope, () => not(left))))];
    }
    case 'iff':
      return [compare('==', termOf(e.left, scope), termOf(e.right, scope))];
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'mod': {
      const [left, right] = [termOf(e.left, scope), termOf(e.right, scope)];
      if (operator === 'div' || operator === 'mod') mayErr(scope, compare('==', right, number(0)), 'division_by_zero');
      return [compute(OPERATORS[operator], left, right)];
    }
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return [compare(COMPARISONS[operator], termOf(e.left, scope), termOf(e.right, scope))];
    case 'in':
      return [isIn(e, scope)];
    case 'union':
    case 'intersect':
    case 'minus': {
      // In the type of the result, or of both for `minus`, whose right side may have elements that the result cannot have.
      const wide = join(e.left.type, e.right.type);
      if (wide === undefined) throw new Unsupported('sets of two types that have nothing in common are put together');
      const [left, right] = [cellsAs(e.left, wide, scope), cellsAs(e.right, wide, scope)];
      const words = left.map((word, w) => (operator === 'union' ? compute('|', word, right[w]!) : operator === 'intersect' ? compute('&', word, right[w]!) : without(word, right[w]!)));
      return adapt(unit, wide, e.type, words);
    }
    case 'append': {
      const { type } = e;
      assert(type.kind === 'seq', 'a sequence');
      const cells = cellsAs(e.left, type, scope);
      const element = cellsAs(e.right, type.of, scope);
      mayErr(scope, compare('>=', cells[0]!, number(type.max)), 'full_sequence');
      const size = element.length;
      const parts = Array.from({ length: type.max }, (_, i) => chooseCells(compare('==', cells[0]!, number(i)), element, cells.slice(1 + i * size, 1 + (i + 1) * size)));
      return [compute('+', cells[0]!, number(1)), ...parts.flat()];
    }
    default:
      return unreachable(operator);
  }
}

function without(a: Term, b: Term): Term {
  if (a.known !== undefined && b.known !== undefined) return number(a.known & ~b.known);
  if (b.known === 0) return a;
  return compute('&', a, { text: `~${b.level < 11 ? `(${b.text})` : b.text}`, level: 11 });
}

function isIn(e: Expr & { readonly op: 'binary' }, scope: Scope): Term {
  const { unit } = scope;
  const set = e.right;
  assert(set.type.kind === 'set', 'a set');
  const left = cellsIn(e.left, scope);
  const isPlain = plainType(e.left.type) !== undefined;
  if (isPlain && set.op === 'interval') {
    const [lo, hi] = [termOf(set.lo, scope), termOf(set.hi, scope)];
    return all([not(isNull(unit, e.left.type, left)), compare('<=', lo, left[0]!), compare('<=', left[0]!, hi)]);
  }
  if (isPlain && set.op === 'set') {
    const elements = set.elements.map((element) => ({ type: element.type, cells: cellsIn(element, scope) }));
    return any(elements.map(({ cells }) => same(left, cells)));
  }
  if (set.op === 'all' && isSubtype(e.left.type, set.of)) return truth(true);
  if (isPlain && set.op === 'all' && plainType(set.of)?.kind !== 'range') return fits(unit, set.of, e.left.type, left);
  if (set.op === 'live') return and(not(isNull(unit, e.left.type, left)), isLive(set.pool, left[0]!, scope));
  return contains(unit, set.type, cellsIn(set, scope), e.left.type, left);
}

function quantifier(e: Expr & { readonly op: 'quantifier' }, scope: Scope): Term {
  const elements = elementsOf(e.set, scope);
  if (e.quantifier === 'count') {
    const ones = elements.map(({ value, present }) => and(present, termOf(e.body, under(bind(scope, e.bound, value), () => present))));
    return ones.reduce<Term>((sum, one) => compute('+', sum, one.known === undefined ? one : number(one.known)), number(0));
  }
  // One by one: what comes behind the element that decides is not evaluated, and cannot err.
  const isForall = e.quantifier === 'forall';
  let parts: Term[] = [];
  for (const { value, present } of elements) {
    const before = parts;
    const undecided = (): Term => and(isForall ? all(before) : not(any(before)), present);
    const body = termOf(e.body, under(bind(scope, e.bound, value), undecided));
    parts = [...parts, isForall ? or(not(present), body) : and(present, body)];
  }
  return isForall ? all(parts) : any(parts);
}

