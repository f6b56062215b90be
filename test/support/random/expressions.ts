// Expressions of random specs, by the type that is wanted. Every kind of expression of the language comes up.

import { cardinality, nullable, range, type Type } from '../../../src/core/type.js';
import { showValue, valueAt } from '../../../src/core/value.js';
import { numberIn, numberOf, valueOf } from './numbers.js';
import { bool, literal, showSet } from './types.js';
import { bind, freshName, paths, pathsOf, readable, type ProcessPlan, type Readable, type Scope } from './world.js';

/** An expression of the type, safe to put anywhere (in parentheses if need be). A number may not fit where the temper is bold. */
export function expression(scope: Scope, t: Type, depth: number): string {
  const { choices } = scope.world;
  const known = readings(scope, t);
  if (known.length > 0 && choices.chance(depth <= 0 ? 70 : 40)) return choices.pick(known)();
  if (depth > 0 && choices.chance(8)) return `(if ${truthOf(scope, depth - 1)} then ${valueOf(scope, t, depth - 1)} else ${valueOf(scope, t, depth - 1)})`;
  switch (t.kind) {
    case 'bool':
      return truthOf(scope, depth);
    case 'range':
      return numberIn(scope, t, depth);
    case 'record':
      return recordOf(scope, t, depth);
    case 'map':
      return mapOf(scope, t, depth);
    case 'set':
      return setOf(scope, t, depth);
    case 'seq':
      return sequenceOf(scope, t, depth);
    case 'nullable':
      return choices.chance(65) && t.of.kind !== 'ref' ? valueOf(scope, t.of, depth - 1) : 'null';
    case 'pid':
      return pidOf(scope);
    case 'ref':
      return 'null';
    case 'enum':
      return literal(choices, t);
  }
}

/** Ways to read a value of the type: variables, entries of maps, fields of objects, heads. */
function readings(scope: Scope, t: Type): (() => string)[] {
  const { world } = scope;
  const found = pathsOf(scope, t).map(({ text }) => () => text);
  for (const { text, type } of paths(scope)) {
    if (type.kind === 'map' && sameText(type.value, t)) found.push(() => `${text}[${keyOf(scope, type.key)}]`);
    if (type.kind === 'seq' && sameText(type.of, t)) found.push(() => `(if len(${text}) > 0 then head(${text}) else ${valueOf(scope, t, 0)})`);
    if (world.temper === 'bold' && type.kind === 'nullable' && type.of.kind !== 'ref' && sameText(type.of, t)) found.push(() => text);
  }
  if (world.pool !== undefined) {
    for (const field of [...world.pool.fields, ...world.pool.maps].filter((f) => sameText(f.type, t))) {
      const isMap = world.pool.maps.includes(field);
      const access = (ref: string): string => (isMap ? `${field.name}[${ref}]` : `${ref}.${field.name}`);
      for (const ref of references(scope)) found.push(() => (world.temper === 'bold' ? access(ref.text) : `(if alive(${ref.text}) then ${access(ref.text)} else ${literalText(scope, t)})`));
    }
  }
  return found;
}

const literalText = (scope: Scope, t: Type): string => (t.kind === 'record' ? `(${literal(scope.world.choices, t)})` : literal(scope.world.choices, t));
const sameText = (a: Type, b: Type): boolean => JSON.stringify(a) === JSON.stringify(b);

/** References to objects that are in reach; only what owns an object alone is safe to follow, and `calm` specs ask first. */
export const references = (scope: Scope): readonly Readable[] =>
  readable(scope).flatMap(({ name, type }) => (type.kind === 'ref' || (type.kind === 'nullable' && type.of.kind === 'ref') ? [{ text: name, type }] : []));

export function truthOf(scope: Scope, depth: number): string {
  const { choices, defs } = scope.world;
  const flags = pathsOf(scope, bool);
  if (depth <= 0) return flags.length > 0 && choices.chance(35) ? choices.pick(flags).text : comparison(scope, 0);
  const sub = (): string => truthOf(scope, depth - 1);
  return choices.among<() => string>([
    [8, () => comparison(scope, depth - 1)],
    [flags.length > 0 ? 3 : 0, () => choices.pick(flags).text],
    [3, () => `(${sub()} && ${sub()})`],
    [3, () => `(${sub()} || ${sub()})`],
    [2, () => `!(${sub()})`],
    [1, () => `(${sub()} => ${sub()})`],
    [1, () => `(${sub()} <=> ${sub()})`],
    [2, () => quantified(scope, depth)],
    [defs.length > 0 ? 2 : 0, () => { const d = choices.pick(defs); return d.result.kind === 'bool' ? `${d.name}(${valueOf(scope, d.parameter, depth - 1)})` : `${d.name}(${valueOf(scope, d.parameter, depth - 1)}) > 0`; }],
    [scope.mode === 'program' ? 0 : 3, () => aboutProcesses(scope, depth)],
    [scope.mode === 'step' ? 3 : 0, () => primed(scope)],
    [scope.hasSelf ? 1 : 0, () => `self == ${pidOf(scope)}`],
    [references(scope).length > 0 ? 3 : 0, () => aboutObjects(scope, depth)],
  ])();
}

function quantified(scope: Scope, depth: number): string {
  const { choices } = scope.world;
  const { text, type } = setOfSome(scope, depth - 1);
  const name = freshName(scope.world, 'k');
  const inner = bind(scope, name, type);
  if (choices.chance(20)) {
    const other = freshName(scope.world, 'k');
    return `(${choices.pick(['forall', 'exists'])} ${name}, ${other} in ${text}: ${truthOf(bind(inner, other, type), depth - 1)})`;
  }
  return `(${choices.pick(['forall', 'exists'])} ${name} in ${text}: ${truthOf(inner, depth - 1)})`;
}

function comparison(scope: Scope, depth: number): string {
  const { choices } = scope.world;
  const others = paths(scope).filter(({ type }) => type.kind !== 'range' && type.kind !== 'bool' && type.kind !== 'ref' && !(type.kind === 'nullable' && type.of.kind === 'ref'));
  const sets = paths(scope).filter(({ type }) => type.kind === 'set' && (type.of.kind !== 'ref' || references(scope).length > 0));
  return choices.among<() => string>([
    [4, () => { const [a, b] = [numberOf(scope, depth), numberOf(scope, 0)]; return `${a.text} ${choices.pick(['<', '<=', '>', '>=', '==', '!='])} ${b.text}`; }],
    [others.length > 0 ? 3 : 0, () => { const { text, type } = choices.pick(others); return `${text} ${choices.pick(['==', '!='])} ${type.kind === 'record' ? literalText(scope, type) : expression(scope, type, depth)}`; }],
    [sets.length > 0 ? 2 : 0, () => { const { text, type } = choices.pick(sets); return `${elementOf(scope, (type as Type & { kind: 'set' }).of, 0)} in ${text}`; }],
    [1, () => { const lo = choices.below(2); return `${numberIn(scope, { kind: 'range', lo, hi: lo + 1 }, depth)} in ${lo}..${lo + 1}`; }],
  ])();
}

/** Where processes stand. */
export function aboutProcesses(scope: Scope, depth: number): string {
  const { choices, processes, labels, calls } = scope.world;
  const process = choices.pick(processes.filter((p) => p.instances.length > 0));
  const instance = instanceOf(scope, process);
  const known = labels.filter((l) => processes.some((p) => p.name === l.process && p.instances.length > 0));
  const label = known.length > 0 ? choices.pick(known) : undefined;
  const called = calls.filter((c) => processes.some((p) => p.name === c.process && p.instances.length > 0));
  const call = called.length > 0 ? choices.pick(called) : undefined;
  const oneOf = (name: string): string => instanceOf(scope, processes.find((p) => p.name === name)!);
  return choices.among<() => string>([
    [3, () => `done(${instance})`],
    // An assertion that asks whether a step is enabled would ask for itself.
    [scope.mode === 'ghost' ? 0 : 1, () => `enabled(${instance})`],
    [label === undefined ? 0 : 4, () => `at(${oneOf(label!.process)}, ${label!.label})`],
    [call === undefined ? 0 : 2, () => `in(${oneOf(call!.process)}, ${call!.procedure})`],
    [2, () => `${instance}.n >= ${numberOf(scope, depth - 1).text}`],
  ])();
}

/** An instance of the process: `p[1]`, or `p[n]` where n is one of its parameters. */
function instanceOf(scope: Scope, process: ProcessPlan): string {
  const { choices } = scope.world;
  const known = process.parameter === undefined ? [] : pathsOf(scope, process.parameter.type);
  return known.length > 0 && choices.chance(40) ? `${process.name}[${choices.pick(known).text}]` : choices.pick(process.instances);
}

function primed(scope: Scope): string {
  const { choices } = scope.world;
  const known = paths({ ...scope, bound: [] }).filter(({ type }) => type.kind !== 'ref' && !(type.kind === 'nullable' && type.of.kind === 'ref'));
  if (known.length === 0) return 'true';
  const { text, type } = choices.pick(known);
  if (type.kind === 'range') return choices.pick([`(${text}' - ${text} <= 1)`, `(${text}' >= ${text})`, `((${text} + 1)' != ${text})`]);
  return `(${text}' ${choices.pick(['==', '!='])} ${text})`;
}

function aboutObjects(scope: Scope, depth: number): string {
  const { choices, pool } = scope.world;
  const { text: ref, type } = choices.pick(references(scope));
  const name = freshName(scope.world, 'o');
  const live = pool!.name;
  return choices.among<() => string>([
    [type.kind === 'nullable' ? 3 : 0, () => `${ref} ${choices.pick(['==', '!='])} null`],
    [2, () => `alive(${ref})`],
    [1, () => `${ref} == ${choices.pick(references(scope)).text}`],
    [scope.mode === 'program' ? 0 : 2, () => `(${choices.pick(['forall', 'exists'])} ${name} in ${live}: ${truthOf(bind(scope, name, { kind: 'ref', pool: live, size: pool!.size }), depth - 1)})`],
    [scope.mode === 'program' ? 0 : 2, () => `(alive(${ref}) => ${truthOf(scope, depth - 1)})`],
  ])();
}

function recordOf(scope: Scope, t: Type & { kind: 'record' }, depth: number): string {
  const { choices } = scope.world;
  const known = pathsOf(scope, t);
  const field = choices.pick(t.fields);
  if (known.length > 0 && choices.chance(60)) return `(${choices.pick(known).text} with { ${field.name}: ${valueOf(scope, field.type, depth - 1)} })`;
  return `(${t.name} { ${t.fields.map((f) => `${f.name}: ${valueOf(scope, f.type, depth - 1)}`).join(', ')} })`;
}

function mapOf(scope: Scope, t: Type & { kind: 'map' }, depth: number): string {
  const { choices } = scope.world;
  const known = pathsOf(scope, t).filter((p) => sameText(p.type, t));
  if (known.length > 0 && choices.chance(65)) return `(${choices.pick(known).text} with [${keyOf(scope, t.key)}] = (${valueOf(scope, t.value, depth - 1)}))`;
  const name = freshName(scope.world, 'k');
  return `[${name} in ${showSet(t.key)} -> ${valueOf(bind(scope, name, t.key), t.value, depth - 1)}]`;
}

/** A set of elements that are all of the type. */
function setOf(scope: Scope, t: Type & { kind: 'set' }, depth: number): string {
  const { choices } = scope.world;
  const known = pathsOf(scope, t);
  const some = (): string => (known.length > 0 ? choices.pick(known).text : elements());
  const elements = (): string => `{${Array.from({ length: 1 + choices.below(2) }, () => elementOf(scope, t.of, depth - 1)).join(', ')}}`;
  if (depth <= 0) return choices.chance(25) ? '{}' : elements();
  return choices.among<() => string>([
    [3, elements],
    [1, () => '{}'],
    [t.of.kind === 'ref' ? 0 : 1, () => `(${showSet(t.of)})`],
    [4, () => `(${some()} ${choices.pick(['union', 'minus', 'intersect'])} ${elements()})`],
    [2, () => { const name = freshName(scope.world, 'k'); return `{${name} in ${some()}: ${truthOf(bind(scope, name, t.of), depth - 1)}}`; }],
  ])();
}

function elementOf(scope: Scope, of: Type, depth: number): string {
  if (of.kind !== 'ref') return valueOf(scope, of, depth);
  return scope.world.choices.pick(references(scope)).text;
}

function sequenceOf(scope: Scope, t: Type & { kind: 'seq' }, depth: number): string {
  const { choices, temper } = scope.world;
  const known = pathsOf(scope, t).filter((p) => sameText(p.type, t));
  if (known.length === 0 || choices.chance(20)) return choices.chance(40) ? '<<>>' : `<<${valueOf(scope, t.of, depth - 1)}>>`;
  const { text } = choices.pick(known);
  const element = valueOf(scope, t.of, depth - 1);
  if (temper === 'bold' && choices.chance(30)) return choices.chance(50) ? `tail(${text})` : `append(${text}, ${element})`;
  return choices.chance(50) ? `(if len(${text}) < ${t.max} then append(${text}, ${element}) else ${text})` : `(if len(${text}) > 0 then tail(${text}) else <<>>)`;
}

export function pidOf(scope: Scope): string {
  const { choices, processes } = scope.world;
  const known = readable(scope).filter(({ type }) => type.kind === 'pid');
  if (known.length > 0 && choices.chance(40)) return choices.pick(known).name;
  if (scope.hasSelf && choices.chance(60)) return 'self';
  return choices.pick(processes.flatMap((p) => p.instances));
}

/** A key of a map, most often a good one. */
export function keyOf(scope: Scope, key: Type): string {
  const { choices, temper } = scope.world;
  const known = pathsOf(scope, key);
  if (known.length > 0 && choices.chance(60)) return choices.pick(known).text;
  if (temper === 'bold' && key.kind === 'range' && choices.chance(25)) {
    const { text, lo, hi } = numberOf(scope, 1);
    if (lo <= key.hi && hi >= key.lo) return text;
  }
  if (temper === 'bold' && choices.chance(10)) {
    const loose = pathsOf(scope, nullable(key));
    if (loose.length > 0) return choices.pick(loose).text;
  }
  return key.kind === 'range' ? String(key.lo + choices.below(key.hi - key.lo + 1)) : showValue(key, valueAt(key, choices.below(2)));
}

/** Any set that can be gone through, and the type of its elements. */
export function setOfSome(scope: Scope, depth: number): { readonly text: string; readonly type: Type } {
  const { choices, enums, processes } = scope.world;
  const sets = paths(scope).flatMap(({ text, type }) => (type.kind === 'set' && type.of.kind !== 'ref' && cardinality(type.of) <= (depth > 0 ? 6 : 41) ? [{ text, type: type.of }] : []));
  return choices.among<() => { text: string; type: Type }>([
    [3, () => ({ text: '0..1', type: range(0, 1) })],
    [sets.length > 0 ? 5 : 0, () => choices.pick(sets)],
    [2, () => { const e = choices.pick(enums); return { text: e.name, type: e }; }],
    [1, () => ({ text: 'bool', type: bool })],
    [1, () => ({ text: 'pid', type: { kind: 'pid', names: processes.flatMap((p) => p.instances) } })],
    [2, () => ({ text: '{0, 2}', type: range(0, 2) })],
    [depth > 0 ? 2 : 0, () => ({ text: `{j in 0..2: j != ${numberIn(scope, range(0, 2), 0)}}`, type: range(0, 2) })],
    [depth > 0 ? 1 : 0, () => { const { text, lo } = fewBelow(numberOf(scope, 0)); return { text: `(${text}..2)`, type: range(lo, Math.max(2, lo)) }; }],
  ])();
}

/** No less than -20: two quantifiers over a range from -40,000 on are a billion pairs in each state. */
const fewBelow = ({ text, lo }: { readonly text: string; readonly lo: number }): { readonly text: string; readonly lo: number } =>
  lo < -20 ? { text: `(max {${text}, (-20)})`, lo: -20 } : { text, lo };
