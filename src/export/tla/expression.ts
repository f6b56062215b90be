// Expressions in TLA+, over the current values of a step: what is assigned on the way is put in the place of the variables. Checks of what may
// go wrong are collected beside it, each with the condition under which it is evaluated.

import { assert, unreachable } from '../../base/unreachable.js';
import type { Bound, ErrorName, Expr, Variable } from '../../core/expr.js';
import { isSubtype, type Type } from '../../core/type.js';
import { Unsupported } from '../unsupported.js';
import { closed, isExcluded, negated } from './condition.js';
import { misfitText } from './convert.js';
import type { Value } from '../../core/value.js';
import { familyOf, pidOf, typeText, valueText, type TlaFamily, type TlaUnit } from './unit.js';

export interface TlaScope {
  readonly unit: TlaUnit;
  /** The process that runs; absent in a property. */
  readonly family?: TlaFamily;
  /** What a variable holds now: for a local the own value. `undefined`: what it held before the step. */
  readonly value: (variable: Variable) => string | undefined;
  /** Which objects live now. */
  readonly live: (pool: string) => string | undefined;
  readonly bound: ReadonlyMap<Bound, string>;
  /** Names in use around. */
  readonly taken: ReadonlySet<string>;
  readonly faults: TlaFault[];
  /** Conditions and quantifiers around, from the outside. */
  readonly path: readonly string[];
}

/** Something that may go wrong: when (as text), and with which error. */
export interface TlaFault {
  readonly when: string;
  readonly error: ErrorName;
}

/** Binding strength; higher binds closer. */
const ATOM = 20;
interface Text {
  readonly text: string;
  readonly level: number;
}

const atom = (text: string): Text => ({ text, level: ATOM });
const wrap = (t: Text, level: number): string => (t.level < level ? `(${t.text})` : t.text);

export const tla = (e: Expr, scope: TlaScope): string => show(e, scope).text;
/** As an operand of something tight. */
export const tight = (e: Expr, scope: TlaScope): string => wrap(show(e, scope), 12);

function fault(scope: TlaScope, when: string, error: ErrorName): void {
  if (when === 'FALSE' || isExcluded(scope.path, when)) return;
  scope.faults.push({ when: closed(scope.path, when), error });
}

const under = (scope: TlaScope, condition: string): TlaScope => ({ ...scope, path: [...scope.path, condition] });

export function bindName(scope: TlaScope, bound: Bound): { readonly name: string; readonly scope: TlaScope } {
  const name = scope.unit.names.bound(bound.name, scope.taken);
  return { name, scope: { ...scope, bound: new Map(scope.bound).set(bound, name), taken: new Set([...scope.taken, name]) } };
}

function show(e: Expr, scope: TlaScope): Text {
  const { unit } = scope;
  switch (e.op) {
    case 'const': {
      const text = valueText(unit, e.type, e.value);
      return { text, level: text.startsWith('-') ? 9 : ATOM };
    }
    case 'all':
      return { text: typeText(unit, e.of), level: 9 };
    case 'live':
      return atom(scope.live(e.pool.name) ?? unit.pools.get(e.pool.name)!.live);
    case 'bound': {
      const name = scope.bound.get(e.bound);
      assert(name !== undefined, `${e.bound.name} is bound`);
      return atom(name);
    }
    case 'var':
      return atom(readVariable(e.variable, scope));
    case 'localOf': {
      const name = unit.variables.get(e.variable)!;
      const home = unit.index.home(e.variable);
      assert(home.kind === 'local', 'a local');
      const family = familyOf(unit, unit.model.families.indexOf(home.family));
      return atom(family.domain === undefined ? name : `${name}[${parameterOf(e.pid, family, scope)}]`);
    }
    case 'parameter':
      assert(scope.family !== undefined, 'a process has a parameter');
      return atom(scope.family.parameter);
    case 'self':
      return atom(pidOf(scope.family!.family, scope.family!.domain === undefined ? undefined : scope.family!.parameter));
    case 'instance':
      return atom(instanceText(e, scope));
    case 'load':
      return atom(`${scope.value(e.variable) ?? unit.variables.get(e.variable)!}[${liveSlot(e.variable, e.ref, scope)}]`);
    case 'index': {
      assert(e.map.type.kind === 'map', 'a map');
      return atom(`${wrap(show(e.map, scope), ATOM)}[${keyText(e.map.type.key, e.index, scope)}]`);
    }
    case 'field': {
      assert(e.record.type.kind === 'record', 'a record');
      return atom(`${wrap(show(e.record, scope), ATOM)}.${e.record.type.fields[e.field]!.name}`);
    }
    case 'unary':
      return unary(e, scope);
    case 'binary':
      return binary(e, scope);
    case 'implies': {
      const left = show(e.left, scope);
      return { text: `${wrap(left, 3)} => ${wrap(show(e.right, under(scope, left.text)), 3)}`, level: 2 };
    }
    case 'eq':
      return { text: `${wrap(show(e.left, scope), 6)} ${e.negated ? '#' : '='} ${wrap(show(e.right, scope), 6)}`, level: 5 };
    case 'if': {
      const condition = show(e.condition, scope).text;
      const then = show(e.then, under(scope, condition)).text;
      return { text: `IF ${condition} THEN ${then} ELSE ${show(e.else, under(scope, negated(condition))).text}`, level: 0 };
    }
    case 'quantifier': {
      const set = wrap(show(e.set, scope), 7);
      const { name, scope: inner } = bindName(scope, e.bound);
      if (e.quantifier === 'count') {
        unit.used.add('FiniteSets');
        return atom(`Cardinality({${name} \\in ${set} : ${tla(e.body, elements(inner, name, set))}})`);
      }
      const around = elements(inner, name, set);
      const own: TlaFault[] = [];
      const body = show(e.body, { ...around, faults: own }).text;
      // It looks at one element after the other, until it knows; what errs behind that does not err.
      const unknown = own.length === 0 ? undefined : unknownBefore(e, name, set, scope);
      if (unknown === undefined) scope.faults.push(...own);
      else show(e.body, under(around, unknown));
      return { text: `${e.quantifier === 'forall' ? '\\A' : '\\E'} ${name} \\in ${set} : ${body}`, level: 0 };
    }
    case 'filter': {
      const set = wrap(show(e.set, scope), 7);
      const { name, scope: inner } = bindName(scope, e.bound);
      return atom(`{${name} \\in ${set} : ${tla(e.condition, elements(inner, name, set))}}`);
    }
    case 'interval':
      return { text: `${wrap(show(e.lo, scope), 10)}..${wrap(show(e.hi, scope), 10)}`, level: 9 };
    case 'set':
      return atom(`{${e.elements.map((x) => tla(x, scope)).join(', ')}}`);
    case 'seq':
      return atom(`<<${e.elements.map((x) => tla(x, scope)).join(', ')}>>`);
    case 'record': {
      assert(e.type.kind === 'record', 'a record');
      const { fields } = e.type;
      return atom(`[${e.fields.map((x, i) => `${fields[i]!.name} |-> ${tla(x, scope)}`).join(', ')}]`);
    }
    case 'map': {
      assert(e.type.kind === 'map', 'a map');
      const key = typeText(unit, e.type.key);
      const { name, scope: inner } = bindName(scope, e.bound);
      return atom(`[${name} \\in ${key} |-> ${tla(e.body, elements(inner, name, key))}]`);
    }
    case 'withIndex':
      assert(e.map.type.kind === 'map', 'a map');
      return atom(`[${tla(e.map, scope)} EXCEPT ![${keyText(e.map.type.key, e.index, scope)}] = ${tla(e.value, scope)}]`);
    case 'withFields': {
      const { type } = e.record;
      assert(type.kind === 'record', 'a record');
      return atom(`[${tla(e.record, scope)} EXCEPT ${e.fields.map(({ field, value }) => `!.${type.fields[field]!.name} = ${tla(value, scope)}`).join(', ')}]`);
    }
    case 'convert': {
      const operand = show(e.operand, scope);
      for (const { when, error } of misfitText(unit, e.operand.type, e.type, operand.text)) fault(scope, when, error);
      return operand;
    }
    case 'alive':
      return { text: `${wrap(show(e.ref, scope), 6)} \\in ${scope.live(e.pool.name) ?? unit.pools.get(e.pool.name)!.live}`, level: 5 };
    case 'pcIn':
      return standsIn(e, scope);
    case 'enabled':
      return enabledText(e, scope);
    case 'prime': {
      // What stands around speaks of the state before, and what errs inside errs in the state after.
      const next: TlaScope = { ...scope, faults: [], path: [] };
      const text = `(${tla(e.operand, next)})'`;
      for (const { when, error } of next.faults) fault(scope, `(${when})'`, error);
      return atom(text);
    }
    case 'temporal':
      return { text: `${e.operator === 'always' ? '[]' : '<>'}${wrap(show(e.operand, scope), 13)}`, level: 4 };
    case 'leadsto':
      return { text: `${wrap(show(e.left, scope), 3)} ~> ${wrap(show(e.right, scope), 3)}`, level: 2 };
    case 'until':
      throw new Unsupported('TLA+ has no `until`, and without a further variable nothing else says what this one does; Heddle and Spin check it');
    case 'at':
    case 'inProcedure':
    case 'done':
      throw new Error(`internal error: \`${e.op}\` is resolved by lowering`);
    default:
      return unreachable(e);
  }
}

/** No element before the one of this name has decided the quantifier. Where elements have no order that TLA+ could say, all are said to be looked at. */
function unknownBefore(e: Expr & { readonly op: 'quantifier' }, name: string, set: string, scope: TlaScope): string | undefined {
  const earlier = bindName({ ...scope, taken: new Set([...scope.taken, name]) }, e.bound);
  const isBefore = orderText(e.bound.type, earlier.name, name);
  if (isBefore === undefined) return undefined;
  const body = tla(e.body, { ...elements(earlier.scope, earlier.name, set), faults: [] });
  return `(\\A ${earlier.name} \\in ${set} : ${isBefore} => ${e.quantifier === 'forall' ? `(${body})` : negated(body)})`;
}

function orderText(t: Type, a: string, b: string): string | undefined {
  if (t.kind === 'range' || t.kind === 'ref') return `${a} < ${b}`;
  if (t.kind === 'bool') return `~${a} /\\ ${b}`;
  if (t.kind !== 'enum') return undefined;
  const rank = `(${t.members.map((member, i) => `"${member}" :> ${i}`).join(' @@ ')})`;
  return `${rank}[${a}] < ${rank}[${b}]`;
}

const elements = (scope: TlaScope, name: string, set: string): TlaScope => under(scope, `\\E ${name} \\in ${set}`);

function readVariable(variable: Variable, scope: TlaScope): string {
  const now = scope.value(variable);
  if (now !== undefined) return now;
  const name = scope.unit.variables.get(variable);
  assert(name !== undefined, `${variable.name} is a variable of the module`);
  if (scope.unit.index.home(variable).kind !== 'local') return name;
  return scope.family?.domain === undefined ? name : `${name}[${scope.family.parameter}]`;
}

/** The parameter of the process that a pid expression means, which is one of the family. */
function parameterOf(pid: Expr, family: TlaFamily, scope: TlaScope): string {
  if (pid.op === 'instance' && pid.process === family.family.name && pid.argument !== undefined) return checkedArgument(pid, scope);
  if (pid.op === 'self' && scope.family === family) return family.parameter;
  return `${tla(pid, scope)}[2]`;
}

function checkedArgument(e: Expr & { readonly op: 'instance' }, scope: TlaScope): string {
  const argument = tla(e.argument!, scope);
  const family = scope.unit.families.find((f) => f.family.name === e.process);
  const { type } = e.argument!;
  const known = new Set<Value>((family?.instances ?? []).map((i) => i.argument));
  const always = (e.argument!.op === 'const' && known.has(e.argument!.value)) || (type.kind === 'range' && Array.from({ length: Math.min(1000, type.hi - type.lo + 1) }, (_, i) => type.lo + i).every((n) => known.has(n)));
  if (!always) fault(scope, family?.domain === undefined ? 'TRUE' : `${argument} \\notin ${family.domain}`, 'bad_index');
  return argument;
}

function instanceText(e: Expr & { readonly op: 'instance' }, scope: TlaScope): string {
  if (e.argument === undefined) return `<<"${e.process}">>`;
  return `<<"${e.process}", ${checkedArgument(e, scope)}>>`;
}

export function liveSlot(field: Variable, ref: Expr, scope: TlaScope): string {
  const pool = field.pool!;
  const slot = tla(ref, scope);
  if (ref.type.kind === 'nullable') fault(scope, `${slot} = NULL`, 'null_dereference');
  const live = scope.live(pool.name) ?? scope.unit.pools.get(pool.name)!.live;
  fault(scope, `${slot} \\notin ${live}`, `${pool.name}.use_after_free`);
  return slot;
}

export function keyText(key: Type, index: Expr, scope: TlaScope): string {
  const text = tla(index, scope);
  const { type } = index;
  if (isSubtype(type, key)) return text;
  if (type.kind === 'nullable' && key.kind !== 'nullable') {
    fault(scope, `${text} = NULL`, 'null_dereference');
    if (!isSubtype(type.of, key)) fault(scope, `${text} \\notin ${typeText(scope.unit, key)}`, 'bad_index');
  } else fault(scope, `${text} \\notin ${typeText(scope.unit, key)}`, 'bad_index');
  return text;
}

function standsIn(e: Expr & { readonly op: 'pcIn' }, scope: TlaScope): Text {
  const parts = scope.unit.families.flatMap((family) => {
    const values = (e.locations[family.number] ?? []).map((l) => `"${family.locations[l]!.value}"`);
    const isOnly = e.pid.op === 'instance' && e.pid.process === family.family.name;
    if (e.pid.op === 'instance' && !isOnly) return [];
    if (values.length === 0) return isOnly ? ['FALSE'] : [];
    const pc = family.domain === undefined ? family.pc : `${family.pc}[${parameterOf(e.pid, family, scope)}]`;
    const is = values.length === 1 ? `${pc} = ${values[0]!}` : `${pc} \\in {${values.join(', ')}}`;
    return [isOnly ? is : `${tla(e.pid, scope)}[1] = "${family.family.name}" /\\ ${is}`];
  });
  if (parts.length === 0) return atom('FALSE');
  if (parts.length > 1) return { text: parts.map((p) => `(${p})`).join(' \\/ '), level: 3 };
  return { text: parts[0]!, level: parts[0]!.includes('/\\') ? 4 : 5 };
}

/** A step that errs counts, and has no successor. */
function enabledText(e: Expr & { readonly op: 'enabled' }, scope: TlaScope): Text {
  const { unit } = scope;
  const parts = scope.unit.families.flatMap((family) => {
    const isOnly = e.pid.op === 'instance' && e.pid.process === family.family.name;
    if (e.pid.op === 'instance' && !isOnly) return [];
    const call = family.domain === undefined ? family.action : `${family.action}(${parameterOf(e.pid, family, scope)})`;
    const errs = unit.failing.get(family);
    const is = errs === undefined ? `ENABLED ${call}` : `ENABLED ${call} \\/ ${call.replace(family.action, errs)}`;
    return [isOnly ? is : `${tla(e.pid, scope)}[1] = "${family.family.name}" /\\ ${is}`];
  });
  return atom(parts.length === 0 ? 'FALSE' : `(${parts.map((p) => `(${p})`).join(' \\/ ')})`);
}

// ---- operators ----------------------------------------------------------------------------------------------------------

function unary(e: Expr & { readonly op: 'unary' }, scope: TlaScope): Text {
  const operand = show(e.operand, scope);
  switch (e.operator) {
    case 'not':
      return { text: `~${wrap(operand, 13)}`, level: 4 };
    case 'neg':
      return { text: `-${wrap(operand, ATOM)}`, level: 11 };
    case 'min':
    case 'max': {
      fault(scope, `${operand.text} = {}`, 'empty_set');
      const name = e.operator === 'min' ? 'Min' : 'Max';
      scope.unit.used.add(name);
      return atom(`${name}(${operand.text})`);
    }
    case 'len':
      return atom(`Len(${operand.text})`);
    case 'head':
    case 'tail':
      fault(scope, `${operand.text} = <<>>`, 'empty_sequence');
      return atom(`${e.operator === 'head' ? 'Head' : 'Tail'}(${operand.text})`);
    default:
      return unreachable(e.operator);
  }
}

const INFIX = {
  iff: ['<=>', 2], add: ['+', 10], sub: ['-', 10], mul: ['*', 12], lt: ['<', 5], le: ['<=', 5], gt: ['>', 5], ge: ['>=', 5], in: ['\\in', 5], union: ['\\cup', 8], intersect: ['\\cap', 8], minus: ['\\', 8],
} as const;

function binary(e: Expr & { readonly op: 'binary' }, scope: TlaScope): Text {
  const left = show(e.left, scope);
  switch (e.operator) {
    case 'and': {
      const right = show(e.right, under(scope, left.text));
      return { text: `${left.text.startsWith('IF') || left.level < 4 ? `(${left.text})` : left.text} /\\ ${wrap(right, 4)}`, level: 4 };
    }
    case 'or':
      return { text: `${left.level === 4 && left.text.includes('/\\') ? `(${left.text})` : wrap(left, 3)} \\/ ${wrapOr(show(e.right, under(scope, negated(left.text))))}`, level: 3 };
    case 'div':
    case 'mod': {
      const right = show(e.right, scope);
      const { type } = e.right;
      if (type.kind !== 'range' || (type.lo <= 0 && type.hi >= 0)) fault(scope, `${right.text} = 0`, 'division_by_zero');
      if (isNatural(e.left.type) && isNatural(e.right.type)) return { text: `${wrap(left, 13)} ${e.operator === 'div' ? '\\div' : '%'} ${wrap(right, 13)}`, level: 9 };
      const name = e.operator === 'div' ? 'Quotient' : 'Remainder';
      scope.unit.used.add(name);
      return atom(`${name}(${left.text}, ${right.text})`);
    }
    case 'append':
      assert(e.type.kind === 'seq', 'a sequence');
      fault(scope, `Len(${left.text}) >= ${e.type.max}`, 'full_sequence');
      return atom(`Append(${left.text}, ${tla(e.right, scope)})`);
    default: {
      const [symbol, level] = INFIX[e.operator];
      return { text: `${wrap(left, level === 10 && (e.operator === 'add' || e.operator === 'sub') ? 10 : level + 1)} ${symbol} ${wrap(show(e.right, scope), level + 1)}`, level };
    }
  }
}

const wrapOr = (t: Text): string => (t.level < 3 || (t.level === 4 && t.text.includes('/\\')) ? `(${t.text})` : t.text);

const isNatural = (t: Type): boolean => t.kind === 'range' && t.lo >= 0;
