// What a step consists of, before its text is made: the nodes that it may pass, where its paths join, and the variables that belong to
// each path (the process's own locals, passes of loops, sites, assertions that failed).

import { assert } from '../base/unreachable.js';
import type { Expr, Variable } from '../core/expr.js';
import { subexpressions } from '../core/walk.js';
import type { Family, Node } from '../model/model.js';
import { nodeExpressions, nodePlaces, nodeSuccessors } from '../model/node.js';
import { addressOf, NOWHERE, type Memory, type StateWords } from './access.js';
import { literal, readCellJs } from './convert.js';
import { plainName } from './place.js';
import type { Unit } from './scope.js';

/** What a step needs of the module around it. */
export interface StepUnit extends Unit {
  /** The number that stands for an error when it is thrown. */
  error(name: string): number;
  /** Property number of a named assertion. */
  assertion(name: string): number;
  readonly hasStepInvariants: boolean;
}

export interface StepParts extends FamilyStep {
  readonly unit: StepUnit;
  readonly pid: number;
}

/** The part that the instances of a family have in common. */
interface FamilyStep {
  readonly location: number;
  readonly family: Family;
  readonly entry: number;
  readonly nodes: ReadonlyMap<number, Node>;
  /** Nodes to which paths jump, with the entry; none in a tree. */
  readonly heads: ReadonlySet<number>;
  /** A path may come back to the entry. */
  readonly returns: boolean;
  readonly chooses: boolean;
  readonly loops: readonly number[];
  readonly locals: ReadonlyMap<Variable, string>;
  /** Sites passed, one bit each (see `setBit`). */
  readonly sites: readonly number[];
  readonly siteWords: readonly (readonly number[])[];
  /** Named assertions, the same. */
  readonly asserted: readonly string[];
  readonly assertedWords: readonly (readonly string[])[];
}

export const BEFORE: Memory = { kind: 'memory', array: 'S', at: 'b' };
export const AFTER: Memory = { kind: 'memory', array: 'O', at: 'q' };

/** The words of a state before and after a step, as variables: for states of few words. */
const MOST_VARIABLES = 4;
export const BEFORE_HERE: StateWords = { kind: 'variables', prefix: 'word' };
export const AFTER_HERE: StateWords = { kind: 'variables', prefix: 'next' };

/** The variables that hold a state; none when it has too many words. */
export const wordNames = ({ layout: { words } }: Unit, state: StateWords): readonly string[] =>
  words > MOST_VARIABLES ? [] : Array.from({ length: words }, (_, w) => addressOf(state, w, NOWHERE));

/** The parameters of a step's function: the words of the state if they are few, where it lies, and where its next successor goes. */
export const stepParameters = (unit: Unit): string => [...wordNames(unit, BEFORE_HERE), 'S', 'b', 'O', 'q'].join(', ');

/** What a step's function is called with, for the state that lies in memory: its words too, if they are few. */
export const argumentsOf = (unit: Unit, { array, at }: Memory): string => [...wordNames(unit, { kind: 'memory', array, at }), array, at].join(', ');

/** Bits that are used of a word. */
export const BITS = 31;

/** Nodes that a step may have when it is written out as a tree. */
const LONGEST_TREE = 300;

export function partsOfStep(unit: StepUnit, pid: number, location: number): StepParts {
  const family = unit.index.family(pid);
  const known = stepsOf.get(family) ?? [];
  stepsOf.set(family, known);
  return { unit, pid, ...(known[location] ??= familyStep(family, location)) };
}

const stepsOf = new WeakMap<Family, (FamilyStep | undefined)[]>();

function familyStep(family: Family, location: number): FamilyStep {
  const { entry } = family.locations[location]!;
  assert(entry !== undefined, 'a step has a beginning');
  const { nodes, arrivals } = reachable(family, entry);
  const heads = new Set(isTree(nodes, entry) ? [] : jumpedTo(nodes, arrivals));
  const returns = heads.has(entry);
  if (heads.size > 0) heads.add(entry);
  const all = [...nodes.values()];
  const sites = [...new Set(all.flatMap((n) => (n.site === undefined ? [] : [n.site])))];
  const asserted = [...new Set(all.flatMap((n) => (n.op === 'assert' && n.property !== undefined ? [n.property] : [])))];
  return {
    location,
    family,
    entry,
    nodes,
    heads,
    returns,
    chooses: all.some((n) => n.op === 'either' || n.op === 'pick'),
    loops: [...nodes].filter(([, n]) => n.op === 'loop').map(([id]) => id),
    locals: namesOfLocals(family, all),
    sites,
    siteWords: inWords(sites),
    asserted,
    assertedWords: inWords(asserted),
  };
}

/** Things that get a bit each, in words of 31. */
const inWords = <T>(things: readonly T[]): readonly (readonly T[])[] => Array.from({ length: Math.ceil(things.length / BITS) }, (_, i) => things.slice(BITS * i, BITS * (i + 1)));

/** The statement that sets the bit of the thing with that number, in `name0`, `name1` … */
export const setBit = (name: string, number: number): string => `${name}${Math.floor(number / BITS)} |= ${1 << number % BITS};`;

/** The nodes of a step, and how many ways lead to each. */
function reachable(family: Family, entry: number): { readonly nodes: ReadonlyMap<number, Node>; readonly arrivals: ReadonlyMap<number, number> } {
  const nodes = new Map<number, Node>();
  const arrivals = new Map<number, number>();
  const work = [entry];
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
    if (nodes.has(id)) continue;
    const node = family.nodes[id]!;
    nodes.set(id, node);
    work.push(...nodeSuccessors(node));
  }
  return { nodes, arrivals };
}

/** Whether the step has no loop, and is not too long when it is written out. */
function isTree(nodes: ReadonlyMap<number, Node>, entry: number): boolean {
  const sizes = new Map<number, number>();
  const size = (id: number): number => {
    const known = sizes.get(id);
    if (known !== undefined) return known;
    // Met again while it is under way: a loop.
    sizes.set(id, Infinity);
    const sum = nodeSuccessors(nodes.get(id)!).reduce((total, next) => total + size(next), 1);
    sizes.set(id, sum);
    return sum;
  };
  return size(entry) <= LONGEST_TREE;
}

function jumpedTo(nodes: ReadonlyMap<number, Node>, arrivals: ReadonlyMap<number, number>): readonly number[] {
  return [
    ...[...arrivals].flatMap(([id, count]) => (count > 1 && nodes.get(id)!.op !== 'stop' ? [id] : [])),
    ...[...nodes.values()].flatMap((node) => (node.op === 'either' ? node.branches : [])),
    ...[...nodes].flatMap(([id, node]) => (node.op === 'pick' ? [id] : [])),
  ];
}

/** The variables of the function that hold the locals which the step reads or changes. */
function namesOfLocals(family: Family, nodes: readonly Node[]): ReadonlyMap<Variable, string> {
  const own = new Set(family.locals.map((l) => l.variable));
  const names = new Map<Variable, string>();
  for (const node of nodes) {
    for (const variable of touched(node)) if (own.has(variable) && !names.has(variable)) names.set(variable, `x${names.size}_${plainName(variable)}`);
  }
  return names;
}

/** What is asked of a node again and again: many steps pass it. */
const touchedBy = new WeakMap<Node, ReadonlySet<Variable>>();
const changedBy = new WeakMap<Node, readonly Variable[]>();

/** The variables that a node reads or changes. */
function touched(node: Node): ReadonlySet<Variable> {
  let variables = touchedBy.get(node);
  if (variables === undefined) {
    const found = new Set<Variable>();
    const inExpr = (e: Expr): void => {
      if (e.op === 'var') found.add(e.variable);
      subexpressions(e).forEach(inExpr);
    };
    nodeExpressions(node).forEach(inExpr);
    for (const variable of changed(node)) found.add(variable);
    touchedBy.set(node, (variables = found));
  }
  return variables;
}

function changed(node: Node): readonly Variable[] {
  let variables = changedBy.get(node);
  if (variables === undefined) {
    variables = [...nodePlaces(node).map((place) => place.variable), ...(node.op === 'pick' ? [node.variable] : []), ...(node.op === 'reset' ? node.locals : [])];
    changedBy.set(node, variables);
  }
  return variables;
}

/** The process's own locals that a node may change. What ghosts forget at `new` they forget in the state, too. */
export function localsChangedBy(node: Node, { locals }: StepParts): readonly Variable[] {
  const all = changed(node);
  return all.length === 0 ? all : all.filter((variable) => locals.has(variable));
}

/** The number of a local in its family. */
export function localIndex({ index }: Unit, variable: Variable): number {
  const home = index.home(variable);
  assert(home.kind === 'local', `${variable.name} is a local`);
  return home.index;
}

/** Variables that belong to a path. */
export const pathVariables = ({ locals, loops, siteWords, assertedWords }: StepParts): readonly string[] => [
  ...locals.values(),
  ...loops.map((id) => `n${id}`),
  ...siteWords.map((_, i) => `site${i}`),
  ...assertedWords.map((_, i) => `violated${i}`),
];

/** Their declarations, with what they are at the beginning. */
export function declarations(step: StepParts, before: StateWords): readonly string[] {
  const { locals, loops, siteWords, assertedWords } = step;
  const lines = [...initialLocals(step, before)].map(([variable, value]) => `let ${locals.get(variable)!} = ${value};`);
  for (const id of loops) lines.push(`let n${id} = 0;`);
  siteWords.forEach((_, i) => lines.push(`let site${i} = 0;`));
  assertedWords.forEach((_, i) => lines.push(`let violated${i} = 0;`));
  return lines;
}

/** The same in a tree, where nothing is declared that is known, and what each local is. */
export function startOfTree(step: StepParts, before: StateWords): { readonly lines: readonly string[]; readonly locals: Map<Variable, string> } {
  const lines = step.assertedWords.map((_, i) => `let violated${i} = 0;`);
  const locals = new Map<Variable, string>();
  for (const [variable, value] of initialLocals(step, before)) {
    const name = /^-?\w+$/.test(value) ? value : `${plainName(variable)}_${locals.size}L`;
    if (name !== value) lines.push(`const ${name} = ${value};`);
    locals.set(variable, name);
  }
  return { lines, locals };
}

/** What the locals are that the step touches. */
function* initialLocals({ unit, family, pid, location, locals }: StepParts, before: StateWords): Generator<readonly [Variable, string]> {
  const instance = unit.index.instance(pid);
  for (const variable of locals.keys()) {
    const i = localIndex(unit, variable);
    const local = family.locals[i]!;
    const cell = unit.layout.instances[pid]!.locals[i];
    const live = cell !== undefined && local.liveAt.includes(location);
    const value = live ? readCellJs(unit, { source: before, cell, words: NOWHERE, shift: NOWHERE }, variable.type) : literal(unit, variable.type, local.reset[instance.index]!);
    yield [variable, value];
  }
}
