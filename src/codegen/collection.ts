// Sets and sequences as JavaScript, and what runs over them: quantifiers, filters. A packed set has one bit for each possible element.

import { assert, unreachable } from '../base/unreachable.js';
import type { Expr } from '../core/expr.js';
import { cardinality, isSubtype, join, range, sameType, type Type } from '../core/type.js';
import { partsOf, setOf, valuesOf } from '../core/value.js';
import { decode, elementOf, NOWHERE, readBits, type Located } from './access.js';
import { boxed, coerce, elementJs, insertJs, literal, ordinalJs, readCellJs, unboxed } from './convert.js';
import { Emitter } from './emitter.js';
import { elementType } from './compound.js';
import { conditionJs, typedJs, valueJs } from './expression.js';
import { hoisted } from './hoist.js';
import { connect, remark } from './operator.js';
import { aliveJs } from './read.js';
import { packedCell, packedWidth, plainOf, reprOf } from './representation.js';
import { withBound, type Scope } from './scope.js';

/** Constant sets up to this size are unrolled. */
const UNROLL = 16;
/** Nested ones as long as the product of their sizes is at most this. */
const UNROLL_NESTED = 64;

type SetExpr = Expr & { readonly op: 'all' | 'live' | 'filter' | 'interval' | 'set' | 'unary' | 'binary' };

/** Set and sequence operators; of `in` a condition. */
export function setJs(e: SetExpr, s: Scope, em: Emitter): string {
  const { unit } = s;
  switch (e.op) {
    case 'all':
      return reprOf(e.type) === 'packed' ? String(ones(packedWidth(e.type))) : unit.constant(valuesOf(e.of));
    case 'live':
    case 'filter':
    case 'interval':
      return collect(e, s, em);
    case 'set': {
      const of = elementType(e.type);
      const elements = e.elements.map((x) => em.hold(typedJs(x, of, s, em)));
      if (reprOf(e.type) === 'boxed') return `rt.asSet(${unit.constant(of)}, [${elements.map((x) => boxed(unit, of, x)).join(', ')}])`;
      return union(elements.map((x) => bitOf(of, x, s)));
    }
    case 'unary':
      return unarySetJs(e, s, em);
    case 'binary':
      return binarySetJs(e, s, em);
    default:
      return unreachable(e);
  }
}

const ones = (bits: number): number => (bits === 32 ? -1 : (1 << bits) - 1);

/** The bit of an element, which belongs to the type. */
function bitOf(of: Type, js: string, s: Scope): string {
  const ordinal = ordinalJs(s.unit, of, js);
  return /^\d+$/.test(ordinal) ? String(1 << Number(ordinal)) : `(1 << ${ordinal})`;
}

/** Bits together. */
function union(bits: readonly string[]): string {
  const open = bits.filter((js) => !/^-?\d+$/.test(js));
  const known = bits.reduce((mask, js) => (open.includes(js) ? mask : mask | Number(js)), 0);
  const parts = known === 0 && open.length > 0 ? open : [...open, String(known)];
  return parts.length === 1 ? parts[0]! : `(${parts.join(' | ')})`;
}

/** Builds a set element by element. */
function collect(e: Expr, s: Scope, em: Emitter): string {
  const of = elementType(e.type);
  const result = em.fresh('s');
  const packed = reprOf(e.type) === 'packed';
  em.line(packed ? `let ${result} = 0;` : `const ${result} = [];`);
  const add = (js: string, from: Type, inner: Emitter): void => {
    const value = coerce(s.unit, from, of, js);
    inner.line(packed ? `${result} |= ${bitOf(of, value, s)};` : `${result}.push(${boxed(s.unit, of, inner.hold(value))});`);
  };
  if (e.op === 'filter') {
    loop(e.set, s, em, (js, inner) => {
      const kept = inner.child();
      const condition = conditionJs(e.condition, withBound(s, e.bound, inner.hold(coerce(s.unit, elementType(e.set.type), e.bound.type, js))), inner);
      add(js, elementType(e.set.type), kept);
      if (condition === 'true') inner.lines.push(...kept.lines);
      else if (condition !== 'false') inner.block(`if (${condition})`, kept);
    });
  } else {
    loop(e, s, em, (js, inner) => add(js, of, inner));
  }
  return result;
}

/** A loop over the elements of a set in order; what each is given to is compiled into its body. */
export function loop(set: Expr, s: Scope, em: Emitter, body: (element: string, inner: Emitter) => void): void {
  const { unit } = s;
  const of = elementType(set.type);
  const inner = em.child();
  switch (set.op) {
    case 'interval': {
      const lo = em.hold(valueJs(set.lo, s, em));
      const hi = em.hold(valueJs(set.hi, s, em));
      const i = em.fresh('i');
      body(i, inner);
      em.block(`for (let ${i} = ${lo}; ${i} <= ${hi}; ${i}++)`, inner);
      return;
    }
    case 'live': {
      const i = em.fresh('i');
      const alive = inner.child();
      alive.learn(`${aliveJs(set.pool, i, s)} === 0`, false);
      alive.learn(`${i} === ${unit.nil}`, false);
      body(i, alive);
      inner.block(`if (${aliveJs(set.pool, i, s)} !== 0)`, alive);
      em.block(`for (let ${i} = 0; ${i} < ${set.pool.size}; ${i}++)`, inner);
      return;
    }
    case 'all':
      if (plainOf(of) !== undefined) {
        const i = em.fresh('i');
        body(inner.hold(decode(of, i, unit.nil)), inner);
        em.block(`for (let ${i} = 0; ${i} < ${cardinality(of)}; ${i}++)`, inner);
        return;
      }
      break;
    default:
      break;
  }
  const js = valueJs(set, s, em);
  if (reprOf(set.type) === 'packed') {
    const m = em.fresh('m');
    body(inner.hold(elementJs(unit, of, `(31 - Math.clz32(${m} & -${m}))`), 'e'), inner);
    em.block(`for (let ${m} = ${js}; ${m} !== 0; ${m} &= ${m} - 1)`, inner);
    return;
  }
  const x = em.fresh('x');
  body(inner.hold(unboxed(unit, of, x), 'e'), inner);
  em.block(`for (const ${x} of ${js})`, inner);
}

/** The elements of a set that is known when the code is made, if they are few; as text of the given type. */
function fewElements(set: Expr, t: Type, s: Scope): readonly string[] | undefined {
  const of = elementType(set.type);
  if (set.op === 'const') {
    assert(Array.isArray(set.value), 'a set is an array');
    return set.value.length <= UNROLL ? set.value.map((v) => literal(s.unit, t, v)) : undefined;
  }
  if (set.op === 'set' && set.elements.length <= UNROLL) {
    const values = set.elements.flatMap((e) => (e.op === 'const' ? [e.value] : []));
    return values.length < set.elements.length ? undefined : partsOf(setOf(of, values)).map((v) => literal(s.unit, t, v));
  }
  if (set.op === 'if') {
    const condition = conditionJs(set.condition, s, new Emitter());
    return condition === 'true' || condition === 'false' ? fewElements(condition === 'true' ? set.then : set.else, t, s) : undefined;
  }
  if (set.op === 'all') return cardinality(of) <= UNROLL ? valuesOf(of).map((v) => literal(s.unit, t, v)) : undefined;
  if (set.op === 'interval' && set.lo.op === 'const' && set.hi.op === 'const') {
    const [lo, hi] = [Number(set.lo.value), Number(set.hi.value)];
    return hi - lo < UNROLL ? Array.from({ length: Math.max(0, hi - lo + 1) }, (_, i) => literal(s.unit, t, lo + i)) : undefined;
  }
  return undefined;
}

/** forall and exists as conditions, count as a number. */
export function quantifierJs(e: Expr & { readonly op: 'quantifier' }, s: Scope, em: Emitter): string {
  const elements = fewElements(e.set, e.bound.type, s);
  const unrolled = (s.unrolled ?? 1) * (elements?.length ?? 1);
  const first = elements === undefined || elements.length < 2 ? undefined : hoisted(e);
  if (first !== undefined) return conditionJs(first, s, em);
  if (elements !== undefined && unrolled <= UNROLL_NESTED) return unrolledJs(e, elements, { ...s, unrolled }, em);
  const result = em.fresh('q');
  em.line(`let ${result} = ${e.quantifier === 'count' ? '0' : String(e.quantifier === 'forall')};`);
  const from = elementType(e.set.type);
  loop(e.set, s, em, (js, inner) => {
    const condition = conditionJs(e.body, withBound(s, e.bound, inner.hold(coerce(s.unit, from, e.bound.type, js))), inner);
    if (e.quantifier === 'count') inner.line(`if (${condition}) ${result}++;`);
    else inner.line(e.quantifier === 'forall' ? `if (!(${condition})) { ${result} = false; break; }` : `if (${condition}) { ${result} = true; break; }`);
  });
  return result;
}

function unrolledJs(e: Expr & { readonly op: 'quantifier' }, elements: readonly string[], s: Scope, em: Emitter): string {
  const of = (element: string, inner: Emitter): string => conditionJs(e.body, withBound(s, e.bound, element), inner);
  if (elements.length === 0) return e.quantifier === 'count' ? '0' : String(e.quantifier === 'forall');
  if (e.quantifier === 'count') return `(${elements.map((element) => `(${of(element, em)} ? 1 : 0)`).join(' + ')})`;
  const all = e.quantifier === 'forall';
  const trial = elements.map((element) => {
    const inner = em.child();
    return { inner, js: of(element, inner) };
  });
  if (trial.every(({ inner }) => inner.lines.length === 0)) return connect(trial.map(({ js }) => js), all);
  const result = em.fresh('q');
  trial.forEach(({ inner, js }, i) => {
    if (i === 0) {
      em.lines.push(...inner.lines);
      em.line(`let ${result} = ${js};`);
      return;
    }
    inner.line(`${result} = ${js};`);
    em.block(`if (${all ? result : `!${result}`})`, inner);
  });
  return result;
}

// ---- operators ----------------------------------------------------------------------------------------------------------

function unarySetJs(e: Expr & { readonly op: 'unary' }, s: Scope, em: Emitter): string {
  const { unit } = s;
  const t = e.operand.type;
  const of = elementType(t);
  const js = em.hold(valueJs(e.operand, s, em));
  const isPacked = reprOf(t) === 'packed';
  const result = (value: string): string => coerce(unit, of, e.type, value);
  if (e.operator === 'min' || e.operator === 'max') {
    em.leave(isPacked ? `${js} === 0` : `${js}.length === 0`, s.fail('empty_set'));
    if (!isPacked) return result(unboxed(unit, of, `${js}.at(${e.operator === 'min' ? 0 : -1})`));
    return result(elementJs(unit, of, `(31 - Math.clz32(${e.operator === 'min' ? `${js} & -${js}` : js}))`));
  }
  const length = isPacked ? lengthOf(t, js) : `${js}.length`;
  if (e.operator === 'len') return t.kind === 'set' ? `rt.size(${js})` : length;
  em.leave(`${length} === 0`, s.fail('empty_sequence'));
  if (e.operator === 'head') return result(isPacked ? readCellJs(unit, elementAt(t, js, '0'), of) : unboxed(unit, of, `${js}[0]`));
  if (!isPacked) return unboxed(unit, e.type, `${js}.slice(1)`);
  return coerce(unit, t, e.type, tailOf(t, js));
}

function sequence(t: Type): Extract<ReturnType<typeof packedCell>, { readonly kind: 'seq' }> {
  const cell = packedCell(t);
  assert(cell.kind === 'seq', 'a sequence');
  return cell;
}

const wordOf = (js: string): Omit<Located, 'cell'> => ({ source: { kind: 'word', js }, words: NOWHERE, shift: NOWHERE });

const lengthOf = (t: Type, js: string): string => readBits(wordOf(js), sequence(t).length);

const elementAt = (t: Type, js: string, index: string): Located => elementOf(wordOf(js), sequence(t).elements, index);

function withLength(t: Type, word: string, length: string, s: Scope): string {
  const { length: bits } = sequence(t);
  const counter = range(0, 2 ** bits.width - 1);
  return insertJs(s.unit, { ...wordOf(word), cell: { kind: 'scalar', type: counter, bits } }, counter, length);
}

/** Elements begin at the lowest bit, so all but the first come down by one. */
function tailOf(t: Type, js: string): string {
  const { elements, length } = sequence(t);
  const below = length.shift === 0 ? '0' : `((${js} & ${String(ones(length.shift))}) >>> ${elements.stride})`;
  return length.width === 0 ? js : `(${below} | ((${lengthOf(t, js)} - 1) << ${length.shift}))`;
}

function binarySetJs(e: Expr & { readonly op: 'binary' }, s: Scope, em: Emitter): string {
  const { unit } = s;
  switch (e.operator) {
    case 'in':
      return memberJs(e, s, em);
    case 'append':
      return appendJs(e, s, em);
    case 'union':
    case 'intersect':
    case 'minus': {
      const left = em.hold(valueJs(e.left, s, em));
      const right = em.hold(valueJs(e.right, s, em));
      const t = join(e.left.type, e.right.type);
      if (t !== undefined && reprOf(t) === 'packed' && reprOf(e.type) === 'packed') {
        const [a, b] = [coerce(unit, e.left.type, t, left), coerce(unit, e.right.type, t, right)];
        const js = e.operator === 'union' ? `(${a} | ${b})` : e.operator === 'intersect' ? `(${a} & ${b})` : `(${a} & ~${b})`;
        return coerce(unit, t, e.type, em.hold(js));
      }
      const [a, b] = [boxed(unit, e.left.type, left), boxed(unit, e.right.type, right)];
      const of = e.operator === 'union' ? `${unit.constant(elementType(e.type))}, ` : '';
      return unboxed(unit, e.type, `rt.${e.operator}(${of}${a}, ${b})`);
    }
    default:
      throw new Error('internal error: no operator of sets');
  }
}

function appendJs(e: Expr & { readonly op: 'binary' }, s: Scope, em: Emitter): string {
  const { unit } = s;
  assert(e.type.kind === 'seq', 'append makes a sequence');
  const left = em.hold(valueJs(e.left, s, em));
  const right = em.hold(typedJs(e.right, e.type.of, s, em));
  const isPacked = reprOf(e.left.type) === 'packed';
  const length = em.hold(isPacked ? lengthOf(e.left.type, left) : `${left}.length`);
  em.leave(`${length} >= ${e.type.max}`, s.fail('full_sequence'));
  if (e.type.max === 0) return literal(unit, e.type, []);
  if (reprOf(e.type) === 'boxed') return `[...${boxed(unit, e.left.type, left)}, ${boxed(unit, e.type.of, right)}]`;
  const whole = em.hold(coerce(unit, e.left.type, e.type, left));
  const longer = em.hold(insertJs(unit, elementAt(e.type, whole, length), e.type.of, right));
  return withLength(e.type, longer, em.hold(`${length} + 1`), s);
}

/** `x in S` as a condition. */
function memberJs(e: Expr & { readonly op: 'binary' }, s: Scope, em: Emitter): string {
  const { unit } = s;
  const [t, set] = [e.left.type, e.right];
  const x = em.hold(valueJs(e.left, s, em));
  const of = elementType(set.type);
  const plain = plainOf(t) !== undefined && plainOf(of) !== undefined;
  if (e.stale === undefined && plain && set.op === 'interval') {
    const lo = em.hold(valueJs(set.lo, s, em));
    const hi = em.hold(valueJs(set.hi, s, em));
    const isNumber = t.kind === 'nullable' ? `${x} !== ${unit.nil} && ` : '';
    return `(${isNumber}${x} >= ${lo} && ${x} <= ${hi})`;
  }
  const js = em.hold(valueJs(set, s, em));
  if (e.stale !== undefined) staleMember(e, x, js, s, em);
  if (reprOf(set.type) !== 'packed' || !(plain || sameType(t, of))) return `rt.contains(${boxed(unit, set.type, js)}, ${boxed(unit, t, x)})`;
  const bit = `((${js} >>> ${ordinalJs(unit, of, x)}) & 1) !== 0`;
  const fits = fitsIn(t, of, x, s);
  return fits === '' ? `(${bit})` : `(${fits} && ${bit})`;
}

/** The condition that a plain value belongs to the type; empty when it always does. */
function fitsIn(t: Type, of: Type, x: string, { unit }: Scope): string {
  if (isSubtype(t, of)) return '';
  const [from, to] = [plainOf(t)!, plainOf(of)!];
  const inRange = from.kind === 'range' && to.kind === 'range' ? `${x} >= ${to.lo} && ${x} <= ${to.hi}` : '';
  if (t.kind !== 'nullable') return inRange;
  if (of.kind !== 'nullable') return [`${x} !== ${unit.nil}`, ...(inRange === '' ? [] : [inRange])].join(' && ');
  return inRange === '' ? '' : `(${x} === ${unit.nil} || ${inRange})`;
}

function staleMember(e: Expr & { readonly op: 'binary' }, x: string, set: string, s: Scope, em: Emitter): void {
  const pool = e.stale!;
  const isDead = (js: string): string => `(${js} !== ${s.unit.nil} && ${aliveJs(pool, js, s)} === 0)`;
  const found = em.fresh('d');
  em.line(`let ${found} = ${plainOf(e.left.type)?.kind === 'ref' ? isDead(x) : 'false'};`);
  const of = elementType(e.right.type);
  if (plainOf(of)?.kind === 'ref') {
    const named: Expr = { op: 'bound', bound: { name: 'set', type: e.right.type }, type: e.right.type, at: e.right.at };
    loop(named, withBound(s, named.bound, set), em, (element, body) => body.line(`if (${isDead(element)}) ${found} = true;`));
  }
  remark([found], e, s, em);
}
