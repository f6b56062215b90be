// Temporal properties of random specs.

import type { Choices } from './choices.js';
import { aboutProcesses, truthOf } from './expressions.js';
import { literal, showSet } from './types.js';
import { bind, freshName, pathsOf, type Scope, type World } from './world.js';

/** A temporal formula over state formulas: mostly a common form, now and then one that needs an automaton. */
export function temporal(choices: Choices, p: () => string): string {
  return choices.among<() => string>([
    [3, () => `${p()} ~> ${p()}`],
    [2, () => `always eventually ${p()}`],
    [1, () => `eventually always ${p()}`],
    [1, () => `eventually ${p()}`],
    [1, () => `always (${p()} => eventually ${p()})`],
    [1, () => `forall w in 0..1: (w == 0 && ${p()}) ~> ${p()}`],
    [1, () => `${p()} until ${p()}`],
    [1, () => `(always eventually ${p()}) => (always eventually ${p()})`],
    [1, () => `always (${p()} => ${p()} until ${p()})`],
  ])();
}

/** For specs that are about fairness: several properties, and an invariant now and then. */
export function temporalProperties(world: World): string[] {
  const { choices } = world;
  const state: Scope = { world, mode: 'state', locals: [], bound: [], hasSelf: false };
  const lines = Array.from({ length: 5 + choices.below(5) }, (_, i) => `property Live${i} = ${property(state)}`);
  return choices.chance(30) ? [...lines, `invariant Random = ${truthOf(state, 2)}`] : lines;
}

/** An operator must be in it. */
function property(scope: Scope): string {
  const { choices } = scope.world;
  const p = (): string => atom(scope);
  return choices.among<() => string>([
    [9, () => progress(scope)],
    [4, () => `${p()} ~> ${p()}`],
    [3, () => `eventually ${p()}`],
    [3, () => `always eventually ${p()}`],
    [2, () => `eventually always ${p()}`],
    [1, () => `${p()} until ${p()}`],
    [1, () => `always (${p()} => ${p()} until ${p()})`],
    [1, () => `(always eventually ${p()}) => (always eventually ${p()})`],
    [1, () => `always (${p()} || eventually always ${p()})`],
    [2, () => quantified(scope)],
    [4, () => formula(scope, 2)],
  ])();
}

/** That some process goes on: what fairness is for. */
function progress(scope: Scope): string {
  const { choices, processes, labels } = scope.world;
  // The second one waits for the first.
  const { name, instances, interrupts } = choices.among([[3, processes[1] ?? processes[0]!], [1, processes[0]!], [2, processes.at(-1)!]]);
  const one = choices.pick(instances);
  if (interrupts && choices.chance(60)) return choices.pick([`!done(${one}) ~> done(${one})`, `always eventually done(${one})`, `always eventually !done(${one})`, `eventually !done(${one})`]);
  const own = labels.filter((l) => l.process === name);
  if (own.length === 0) return `eventually ${choices.pick([`done(${one})`, `!enabled(${one})`, `(${one}.n == 0)`])}`;
  const [here, there] = [`at(${one}, ${choices.pick(own).label})`, `at(${one}, ${choices.pick(own).label})`];
  return choices.pick([`${here} ~> !${here}`, `${here} ~> ${there}`, `always eventually ${here}`, `eventually !${here}`, `always eventually !${here}`, `eventually done(${one})`]);
}

/** Any formula with an operator on top, the deeper the larger; in parentheses where it stands inside another one. */
function formula(scope: Scope, depth: number): string {
  const { choices } = scope.world;
  const sub = (): string => (depth <= 1 || choices.chance(45) ? atom(scope) : `(${formula(scope, depth - 1)})`);
  const inner = (): string => `(${formula(scope, depth - 1)})`;
  return choices.among<() => string>([
    [2, () => `eventually ${sub()}`],
    [2, () => `always ${sub()}`],
    [2, () => `${sub()} ~> ${sub()}`],
    [2, () => `${sub()} until ${sub()}`],
    [depth > 1 ? 1 : 0, () => `!${inner()}`],
    [depth > 1 ? 1 : 0, () => `${inner()} && ${sub()}`],
    [depth > 1 ? 1 : 0, () => `${inner()} || ${sub()}`],
    [depth > 1 ? 1 : 0, () => `${sub()} => ${inner()}`],
    [depth > 1 ? 1 : 0, () => `${inner()} <=> ${sub()}`],
    [depth > 1 ? 1 : 0, () => `if ${sub()} then ${inner()} else ${inner()}`],
  ])();
}

/** For each element of a set, which may be that of a process, a pool's, or be read from the state. */
function quantified(scope: Scope): string {
  const { choices, processes, pool, shared } = scope.world;
  const name = freshName(scope.world, 'k');
  const sets = [
    ...processes.flatMap(({ parameter }) => (parameter === undefined || parameter.type.kind === 'ref' ? [] : [{ text: showSet(parameter.type), type: parameter.type }])),
    ...(pool === undefined ? [] : [{ text: pool.name, type: { kind: 'ref', pool: pool.name, size: pool.size } as const }]),
    ...shared.flatMap(({ name: text, type }) => (type.kind === 'set' && type.of.kind !== 'ref' ? [{ text, type: type.of }] : [])),
  ];
  if (sets.length === 0) return formula(scope, 2);
  const { text, type } = choices.pick(sets);
  return `${choices.pick(['forall', 'exists'])} ${name} in ${text}: ${formula(bind(scope, name, type), 1)}`;
}

/** A state formula: most often a value of one variable or where a process stands, so that neither always nor never it is true. */
function atom(scope: Scope): string {
  const { choices, shared, temper } = scope.world;
  const small = shared.filter(({ type }) => type.kind === 'range' || type.kind === 'enum' || type.kind === 'bool');
  const { name, type } = choices.pick(small);
  return choices.among<() => string>([
    [4, () => `(${name} ${choices.pick(['==', '!='])} ${literal(choices, type)})`],
    [5, () => `(${aboutProcesses(scope, 1)})`],
    [1, () => `!(${aboutProcesses(scope, 1)})`],
    [1, () => `(${truthOf(scope, 1)})`],
    [temper === 'bold' && type.kind === 'range' ? 1 : 0, () => `(1 / ${name} == 1)`],
    [pathsOf(scope, type).length > 1 ? 1 : 0, () => `(${name} == ${choices.pick(pathsOf(scope, type)).text})`],
  ])();
}
