// The normal form of a formula, as text: equal texts mean equal formulas. Names are resolved (the same variable, member, label is the same
// word), bound names are numbered, constants folded, negations pushed inward, `=>`, `>` and `~>` written by other operators, and the
// operands of commutative operators sorted where none of them can err: `x.f == 1 && alive(x)` errs where `alive(x) && x.f == 1` is false.

import { assert, unreachable } from '../../base/unreachable.js';
import type { BinaryOp, Bound, Expr } from '../../core/expr.js';
import { isSubtype, showType } from '../../core/type.js';
import { sameValue, showValue } from '../../core/value.js';
import { mayErr } from '../../model/lower/possible-errors.js';

/** Names of bound variables by how deep they are bound. */
type Names = ReadonlyMap<Bound, string>;

/** @param free names that are bound outside of the formula, and what stands for each */
export const normalForm = (formula: Expr, free: Names = new Map()): string => condition(formula, false, free);

/** The form of a condition, or of its negation. */
function condition(e: Expr, negated: boolean, names: Names): string {
  switch (e.op) {
    case 'const':
      return String((e.value === true) !== negated);
    case 'unary':
      return e.operator === 'not' ? condition(e.operand, !negated, names) : atom(e, negated, names);
    case 'implies':
      return junction(negated ? 'and' : 'or', [{ e: e.left, negated: !negated }, { e: e.right, negated }], names);
    case 'binary':
      switch (e.operator) {
        case 'and':
        case 'or':
          return junction((e.operator === 'and') !== negated ? 'and' : 'or', [{ e: e.left, negated }, { e: e.right, negated }], names);
        case 'iff':
          return equivalence(e.left, e.right, negated, names);
        case 'lt':
        case 'ge':
          return less(e.left, e.right, (e.operator === 'ge') !== negated, names);
        case 'gt':
        case 'le':
          return less(e.right, e.left, (e.operator === 'le') !== negated, names);
        default:
          return atom(e, negated, names);
      }
    case 'eq': {
      if (e.left.type.kind === 'bool' && e.right.type.kind === 'bool') return equivalence(e.left, e.right, e.negated !== negated, names);
      const [a, b] = [term(e.left, names), term(e.right, names)].sort();
      if (e.left.op === 'const' && e.right.op === 'const') return String(sameValue(e.left.value, e.right.value) !== (e.negated !== negated));
      return `(${a!} ${e.negated !== negated ? '!=' : '=='} ${b!})`;
    }
    case 'quantifier': {
      if (e.quantifier === 'count') return atom(e, negated, names);
      const forall = (e.quantifier === 'forall') !== negated;
      const name = `$${names.size}`;
      return `(${forall ? 'forall' : 'exists'} ${name} in ${term(e.set, names)}: ${condition(e.body, negated, new Map(names).set(e.bound, name))})`;
    }
    case 'if':
      return `(if ${condition(e.condition, false, names)} then ${condition(e.then, negated, names)} else ${condition(e.else, negated, names)})`;
    case 'prime':
      return `(${condition(e.operand, negated, names)})'`;
    case 'temporal': {
      const always = (e.operator === 'always') !== negated;
      return `${always ? 'always' : 'eventually'} ${condition(e.operand, negated, names)}`;
    }
    case 'leadsto': {
      const eventually: Expr = { op: 'temporal', operator: 'eventually', operand: e.right, type: e.type, at: e.at };
      return condition({ op: 'temporal', operator: 'always', operand: { op: 'implies', left: e.left, right: eventually, type: e.type, at: e.at }, type: e.type, at: e.at }, negated, names);
    }
    default:
      return atom(e, negated, names);
  }
}

const atom = (e: Expr, negated: boolean, names: Names): string => `${negated ? '!' : ''}${term(e, names)}`;

/** `a < b`, or its negation `b <= a`. */
const less = (a: Expr, b: Expr, negated: boolean, names: Names): string =>
  negated ? `(${term(b, names)} <= ${term(a, names)})` : `(${term(a, names)} < ${term(b, names)})`;

interface Operand {
  readonly e: Expr;
  readonly negated: boolean;
}

/** Nested ones of the same operator are one list. */
function junction(operator: 'and' | 'or', operands: readonly Operand[], names: Names): string {
  const flat = operands.flatMap((o) => flatten(operator, o));
  const [neutral, decisive] = operator === 'and' ? ['true', 'false'] : ['false', 'true'];
  const forms: string[] = [];
  let errs = false;
  for (const { e, negated } of flat) {
    const form = condition(e, negated, names);
    if (form === neutral) continue;
    // What stands behind it is not evaluated.
    forms.push(form);
    if (form === decisive) break;
    errs ||= mayErr(e);
  }
  if (!errs && forms.includes(decisive)) return decisive;
  const ordered = errs ? forms : [...new Set(forms)].sort();
  if (ordered.length === 0) return neutral;
  return ordered.length === 1 ? ordered[0]! : `(${ordered.join(` ${operator} `)})`;
}

function flatten(operator: 'and' | 'or', o: Operand): readonly Operand[] {
  const { e, negated } = o;
  if (e.op === 'unary' && e.operator === 'not') return flatten(operator, { e: e.operand, negated: !negated });
  if (e.op === 'implies' && (negated ? 'and' : 'or') === operator) return [...flatten(operator, { e: e.left, negated: !negated }), ...flatten(operator, { e: e.right, negated })];
  const isSame = e.op === 'binary' && (e.operator === 'and' || e.operator === 'or') && ((e.operator === 'and') !== negated ? 'and' : 'or') === operator;
  return isSame ? [...flatten(operator, { e: e.left, negated }), ...flatten(operator, { e: e.right, negated })] : [o];
}

/** Of a condition and its negation the smaller text stands, so that `!a <=> b` is `!(a <=> b)`. */
function equivalence(left: Expr, right: Expr, negated: boolean, names: Names): string {
  if (left.op === 'const') return condition(right, negated !== (left.value !== true), names);
  if (right.op === 'const') return condition(left, negated !== (right.value !== true), names);
  let isOther = negated;
  const sides = [left, right].map((e) => {
    const [yes, no] = [condition(e, false, names), condition(e, true, names)];
    if (yes <= no) return yes;
    isOther = !isOther;
    return no;
  });
  return `(${sides.sort().join(isOther ? ' xor ' : ' iff ')})`;
}

function term(e: Expr, names: Names): string {
  const t = (x: Expr): string => (x.type.kind === 'bool' ? condition(x, false, names) : term(x, names));
  const under = (bound: Bound, x: Expr): string => {
    const inner = new Map(names).set(bound, `$${names.size}`);
    return x.type.kind === 'bool' ? condition(x, false, inner) : term(x, inner);
  };
  switch (e.op) {
    case 'const':
      return showValue(e.type, e.value);
    case 'all':
      return e.of.kind === 'range' ? `${e.of.lo}..${e.of.hi}` : `all ${showType(e.of)}`;
    case 'live':
      return `live ${e.pool.name}`;
    case 'var':
      return e.variable.name;
    case 'localOf':
      return `${e.variable.name} of ${t(e.pid)}`;
    case 'bound': {
      const name = names.get(e.bound);
      assert(name !== undefined, 'a bound name stands under its binder');
      return name;
    }
    case 'parameter':
    case 'self':
      return e.op;
    case 'instance':
      return e.argument === undefined ? e.process : `${e.process}[${t(e.argument)}]`;
    case 'load':
      return `${t(e.ref)}.(${e.variable.name})`;
    case 'index':
      return `${t(e.map)}[${t(e.index)}]`;
    case 'field':
      return `${t(e.record)}.${e.record.type.kind === 'record' ? e.record.type.fields[e.field]!.name : String(e.field)}`;
    case 'unary':
      return e.operator === 'neg' ? sum(e, names) : `${e.operator}(${t(e.operand)})`;
    case 'binary':
      return binary(e, names);
    case 'quantifier':
      return e.quantifier === 'count' ? `(count $${names.size} in ${t(e.set)}: ${under(e.bound, e.body)})` : condition(e, false, names);
    case 'filter':
      return `{$${names.size} in ${t(e.set)}: ${under(e.bound, e.condition)}}`;
    case 'map':
      return `[$${names.size} -> ${under(e.bound, e.body)}]`;
    case 'interval':
      return `${t(e.lo)}..${t(e.hi)}`;
    case 'set':
      return `{${[...new Set(e.elements.map(t))].sort().join(', ')}}`;
    case 'seq':
      return `<<${e.elements.map(t).join(', ')}>>`;
    case 'record':
      return `${showType(e.type)}(${e.fields.map(t).join(', ')})`;
    case 'withIndex':
      return `(${t(e.map)} with [${t(e.index)}] = ${t(e.value)})`;
    case 'withFields':
      return `(${t(e.record)} with ${e.fields.map((f) => `${f.field}: ${t(f.value)}`).join(', ')})`;
    case 'convert':
      return isSubtype(e.operand.type, e.type) ? t(e.operand) : `(${t(e.operand)} as ${showType(e.type)})`;
    case 'alive':
      return `alive(${t(e.ref)})`;
    case 'at':
      return `at(${t(e.pid)}, ${e.process}.${e.procedure === undefined ? '' : `${e.procedure}.`}${e.label})`;
    case 'inProcedure':
      return `in(${t(e.pid)}, ${e.process}.${e.procedure})`;
    case 'done':
    case 'enabled':
      return `${e.op}(${t(e.pid)})`;
    case 'until':
      return `(${t(e.left)} until ${t(e.right)})`;
    case 'pcIn':
      return `pcIn(${t(e.pid)}, ${JSON.stringify(e.locations)})`;
    case 'if':
      return e.type.kind === 'bool' ? condition(e, false, names) : `(if ${t(e.condition)} then ${t(e.then)} else ${t(e.else)})`;
    case 'prime':
      return e.type.kind === 'bool' ? condition(e, false, names) : `(${t(e.operand)})'`;
    case 'implies':
    case 'eq':
    case 'temporal':
    case 'leadsto':
      return condition(e, false, names);
    default:
      return unreachable(e);
  }
}

const COMMUTATIVE: ReadonlySet<BinaryOp> = new Set(['union', 'intersect', 'mul']);

function binary(e: Expr & { readonly op: 'binary' }, names: Names): string {
  const { operator } = e;
  if (operator === 'add' || operator === 'sub') return sum(e, names);
  if (e.type.kind === 'bool' && operator !== 'in') return condition(e, false, names);
  if (!COMMUTATIVE.has(operator)) return `(${term(e.left, names)} ${operator} ${term(e.right, names)})`;
  const operands = (x: Expr): readonly Expr[] => (x.op === 'binary' && x.operator === operator ? [...operands(x.left), ...operands(x.right)] : [x]);
  const forms = operands(e).map((x) => term(x, names));
  return `(${forms.sort().join(` ${operator} `)})`;
}

/** Terms with their signs, sorted, and the sum of the constants. */
function sum(e: Expr, names: Names): string {
  const terms: string[] = [];
  let constant = 0;
  const add = (x: Expr, sign: 1 | -1): void => {
    if (x.op === 'const' && typeof x.value === 'number' && x.type.kind === 'range') constant += sign * x.value;
    else if (x.op === 'unary' && x.operator === 'neg') add(x.operand, sign === 1 ? -1 : 1);
    else if (x.op === 'binary' && (x.operator === 'add' || x.operator === 'sub')) {
      add(x.left, sign);
      add(x.right, x.operator === 'add' ? sign : sign === 1 ? -1 : 1);
    } else terms.push(`${sign === 1 ? '+' : '-'}${term(x, names)}`);
  };
  add(e, 1);
  terms.sort();
  if (terms.length === 0) return String(constant);
  if (terms.length === 1 && constant === 0 && terms[0]!.startsWith('+')) return terms[0]!.slice(1);
  return `(${terms.join(' ')}${constant === 0 ? '' : ` ${constant}`})`;
}
