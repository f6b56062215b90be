// Statements of random specs. Nothing here can give one step more than a few dozen paths: `ways` counts them where choices multiply.

import { cardinality, range, type Type } from '../../../src/core/type.js';
import { showValue, valueAt } from '../../../src/core/value.js';
import { numberOf, valueOf } from './numbers.js';
import { keyOf, setOfSome, truthOf } from './expressions.js';
import { callStatements, exchange, objectStatements } from './operations.js';
import { literal } from './types.js';
import { bind, freshName, type Named, type Scope, type World } from './world.js';

/** A scope in which statements stand. */
export interface Flow extends Scope {
  readonly owner: { readonly kind: 'process' | 'procedure' | 'init' | 'macro'; readonly name: string; readonly result?: Type };
  readonly inLoop: boolean;
  readonly inAtomic: boolean;
  readonly depth: number;
  /** Labels of the body that may be jumped to. */
  readonly targets: readonly string[];
  /** How many more paths the step may have. */
  readonly ways: { left: number };
  /** Under `steps label`: the next statement must have a label. */
  readonly needsLabel: { value: boolean };
  /** Something stands before it in its block. */
  readonly follows?: boolean;
}

export const MOST_WAYS = 32;

const indent = (lines: readonly string[]): string[] => lines.map((l) => `  ${l}`);

/** A place that can be assigned, and what it takes. */
export function placeOf(flow: Flow, wanted: (t: Type) => boolean = () => true): { readonly text: string; readonly type: Type } | undefined {
  const { world } = flow;
  const { choices } = world;
  const isRef = (t: Type): boolean => t.kind === 'ref' || (t.kind === 'nullable' && t.of.kind === 'ref') || (t.kind === 'set' && t.of.kind === 'ref');
  const found: { text: () => string; type: Type }[] = [...flow.locals, ...flow.locals.filter((v) => v.type.kind === 'map' || v.type.kind === 'record'), ...world.shared]
    .filter(({ type }) => world.temper === 'bold' || !isRef(type))
    .flatMap(({ name, type }) => [{ text: () => name, type }, ...partsOf(flow, name, type)]);
  if (world.pool !== undefined && world.temper === 'bold') {
    for (const { name, type } of [...flow.locals, ...world.shared]) {
      if (type.kind !== 'nullable' || type.of.kind !== 'ref') continue;
      for (const field of world.pool.fields) found.push({ text: () => `${name}.${field.name}`, type: field.type });
    }
  }
  const fitting = found.filter(({ type }) => wanted(type));
  if (fitting.length === 0) return undefined;
  const { text, type } = choices.pick(fitting);
  return { text: text(), type };
}

function partsOf(flow: Flow, text: string, type: Type): { text: () => string; type: Type }[] {
  if (type.kind === 'record') return type.fields.map((f) => ({ text: () => `${text}.${f.name}`, type: f.type }));
  return type.kind === 'map' ? [{ text: () => `${text}[${keyOf(flow, type.key)}]`, type: type.value }] : [];
}

export function block(flow: Flow, most: number): string[] {
  const inner = { ...flow, depth: flow.depth + 1 };
  return Array.from({ length: 1 + flow.world.choices.below(most) }, (_, i) => statement({ ...inner, follows: i > 0 })).flat();
}

/** One statement, with a label where it has one. `label`: it must have this one. */
export function statement(flow: Flow, label?: string): string[] {
  const { world, needsLabel } = flow;
  const { choices } = world;
  const isNeeded = needsLabel.value;
  needsLabel.value = false;
  const [made, kind] = unlabelled(flow, label !== undefined);
  const mayHave = !flow.inAtomic && flow.owner.kind !== 'macro' && flow.owner.kind !== 'init';
  if (!mayHave) {
    needsLabel.value = isNeeded;
    return made;
  }
  if (kind === 'ghost') {
    if (!world.labelled || !isNeeded) return made;
    return [`${freshName(world, 'l')}: skip`, ...made];
  }
  const wanted = label !== undefined || (world.labelled ? isNeeded || kind !== 'plain' || choices.chance(60) : choices.chance(world.focus === 'fairness' ? 45 : 12));
  needsLabel.value = world.labelled && kind !== 'plain';
  if (!wanted) return made;
  const name = label ?? freshName(world, 'l');
  // What stands first in a branch starts no step: a process does not stand there, and its fairness cannot be changed.
  const isFocus = world.focus === 'fairness' && flow.follows === true;
  if (flow.owner.kind === 'process' && (flow.depth === 0 || isFocus)) world.labels.push({ process: flow.owner.name, label: name });
  const mayMark = world.labelled || isFocus || (flow.owner.kind === 'process' && flow.depth === 0 && !flow.inLoop);
  return [`${name}:${mayMark ? markOf(world) : ''} ${made[0]!}`, ...made.slice(1)];
}

export const markOf = ({ choices, focus }: World): string => choices.among([[focus === 'fairness' ? 2 : 8, ''], [1, '+'], [1, '-']]);

/** `plain`: under `steps label` what follows needs no label. */
type Kind = 'plain' | 'compound' | 'ghost';

function unlabelled(flow: Flow, mustTakeLabel: boolean): readonly [string[], Kind] {
  const { choices, labelled } = flow.world;
  if (labelled && !flow.inAtomic) flow.ways.left = MOST_WAYS;
  if (flow.depth < 3 && choices.chance(flow.depth === 0 ? 40 : 25)) {
    const made = compound(flow);
    if (made !== undefined) return [made, 'compound'];
  }
  if (!mustTakeLabel && flow.world.ghosts.length > 0 && flow.owner.kind !== 'init' && choices.chance(7)) return [ghostStatement(flow), 'ghost'];
  return simple(flow);
}

function ghostStatement(flow: Flow): string[] {
  const { choices, ghosts } = flow.world;
  const scope: Scope = { ...flow, mode: 'ghost' };
  const { name, type } = choices.pick(ghosts);
  const assign = `${name} := ${valueOf(scope, type, 1)}`;
  return choices.chance(25) ? [`if ${truthOf(scope, 1)} { ${assign} }`] : [assign];
}

/** `n` paths instead of one; false when the step has too many already. */
export function spend(flow: Flow, n: number): boolean {
  if (!flow.inAtomic && !flow.world.labelled && flow.owner.kind === 'process') return true;
  if (flow.ways.left < n) return false;
  flow.ways.left = Math.floor(flow.ways.left / n);
  return true;
}

function compound(flow: Flow): string[] | undefined {
  const { choices, labelled } = flow.world;
  const isMacro = flow.owner.kind === 'macro';
  const plain = isMacro || flow.owner.kind === 'init';
  return choices.among<() => string[] | undefined>([
    [5, () => conditional(flow)],
    [4, () => eitherOf(flow)],
    [3, () => withOf(flow)],
    [flow.inAtomic ? 0 : 3, () => ['atomic {', ...indent(block({ ...flow, inAtomic: true, ways: { left: MOST_WAYS } }, 3)), '}']],
    [plain ? 0 : 2, () => (flow.inAtomic ? countedLoop(flow) : loopWhile(flow))],
    [plain || flow.inAtomic ? 0 : 2, () => ['loop {', ...indent(roundOf(flow)), ...indent(labelled ? [`${freshName(flow.world, 'l')}: if ${truthOf(flow, 1)} { break }`] : [`if ${truthOf(flow, 1)} { break }`]), '}']],
  ])();
}

function conditional(flow: Flow): string[] {
  const { choices } = flow.world;
  const lines = [`if ${truthOf(flow, 2)} {`, ...indent(block(flow, 2))];
  if (choices.chance(20)) lines.push(`} else if ${truthOf(flow, 1)} {`, ...indent(block(flow, 1)));
  if (choices.chance(45)) lines.push('} else {', ...indent(block(flow, 2)));
  return [...lines, '}'];
}

function eitherOf(flow: Flow): string[] | undefined {
  const { choices } = flow.world;
  const branches = choices.chance(25) ? 3 : 2;
  if (!spend(flow, branches)) return undefined;
  return [...Array.from({ length: branches }).flatMap((_, i) => [i === 0 ? 'either {' : '} or {', ...indent(block(flow, 2))]), '}'];
}

function withOf(flow: Flow): string[] | undefined {
  const { text, type } = setOfSome(flow, 1);
  const size = Math.min(cardinality(type), 41);
  if (!spend(flow, size)) return undefined;
  const name = freshName(flow.world, 'w');
  return [`with ${name} in ${text} {`, ...indent(block(bind(flow, name, type) as Flow, 2)), '}'];
}

/** The statements of a round; a label comes first under `steps label`. */
const roundOf = (flow: Flow): string[] => block({ ...flow, inLoop: true, needsLabel: { value: true } }, 2);

function loopWhile(flow: Flow): string[] {
  return [`while ${truthOf(flow, 1)} {`, ...indent(roundOf(flow)), '}'];
}

/** A loop inside one step: a local of its own counts the rounds, and the choices of a round multiply. Where the temper is bold it may have no end. */
function countedLoop(flow: Flow): string[] | undefined {
  const { choices, temper } = flow.world;
  const counter = flow.bound.find((v) => v.name === 'c');
  if (counter === undefined) return undefined;
  const rounds = 1 + choices.below(3);
  const most = Math.max(1, Math.floor(flow.ways.left ** (1 / rounds)));
  const ways = { left: most };
  const inner: Flow = { ...flow, inLoop: false, ways, bound: flow.bound.filter((v) => v.name !== 'c') };
  const body = block(inner, 2);
  spend(flow, Math.ceil(most / Math.max(1, ways.left)) ** rounds);
  if (temper === 'bold' && choices.chance(4)) return [`while c >= 0 && ${truthOf(flow, 1)} {`, '  skip', '}'];
  return ['c := 0', `while c < ${rounds} {`, '  c := c + 1', ...indent(body), '}'];
}

function simple(flow: Flow): readonly [string[], Kind] {
  const { world, owner } = flow;
  const { choices, temper } = world;
  const assign = (): string[] => {
    const target = placeOf(flow);
    if (target === undefined) return ['skip'];
    const value = valueOf(flow, target.type, 2);
    return [`${target.text} := ${value === target.text ? valueOf(flow, target.type, 1) : value}`];
  };
  const jumps = flow.owner.kind === 'init' || flow.owner.kind === 'macro' ? [] : jumpsOf(flow);
  return choices.among<() => readonly [string[], Kind]>([
    [world.focus === 'fairness' ? 14 : 0, () => [turn(flow), 'plain']],
    [world.focus === 'fairness' ? 8 : 16, () => [assign(), 'plain']],
    [2, () => [parallel(flow), 'plain']],
    [2, () => [increment(flow), 'plain']],
    [1, () => [['skip'], 'plain']],
    [owner.kind === 'init' ? 0 : 4, () => [[`await ${truthOf(flow, 1)}`], 'plain']],
    [owner.kind === 'init' ? 0 : 2, () => [[assertion(flow)], 'plain']],
    [4, () => [exchange(flow), 'plain']],
    [jumps.length > 0 ? 3 : 0, () => [[choices.pick(jumps)], 'compound']],
    [owner.kind === 'init' || owner.kind === 'macro' ? 0 : 7, () => [callStatements(flow), 'compound']],
    [world.pool !== undefined && owner.kind !== 'init' ? (temper === 'bold' ? 12 : 9) : 0, () => [objectStatements(flow), 'compound']],
  ])();
}

/** Waits for a value of a variable, or gives it one, or both at once: what makes a process possible now and then. */
function turn(flow: Flow): string[] {
  const { choices } = flow.world;
  const { name, type } = small(flow);
  const await_ = `await ${name} ${choices.pick(['==', '==', '!='])} ${literal(choices, type)}`;
  const set = `${name} := ${literal(choices, type)}`;
  if (flow.owner.kind === 'init') return [set];
  const errs = flow.world.temper === 'bold' && type.kind === 'range' ? 1 : 0;
  return choices.among<() => string[]>([[2, () => [set]], [errs, () => [`${name} := ${name} + 1`]], [3, () => [await_]], [flow.inAtomic ? 0 : 2, () => ['atomic {', ...indent([await_, set]), '}']]])();
}

/** Most often the first variable. */
function small({ world: { choices, shared } }: Flow): Named {
  const known = shared.filter(({ type }) => type.kind === 'bool' || type.kind === 'range' || type.kind === 'enum');
  return choices.chance(30) ? choices.pick(known) : known[0]!;
}

/** For ever a process that never waits changes a variable to and fro; another one waits for it, which is possible now and then. */
export function dance(flow: Flow): string[] {
  const { choices, labels } = flow.world;
  const waits = choices.chance(flow.owner.name === 'p0' ? 20 : 80);
  const { name, type } = small(flow);
  const rounds = Array.from({ length: waits ? 1 + choices.below(2) : 2 + choices.below(2) }, (_, i) => {
    const label = freshName(flow.world, 'l');
    labels.push({ process: flow.owner.name, label });
    const one = (): string[] => (waits ? turn(flow) : [`${name} := ${showValue(type, valueAt(type, i % cardinality(type)))}`]);
    const made = choices.chance(15) ? ['either {', ...indent(one()), '} or {', ...indent(turn(flow)), '}'] : one();
    return [`${label}:${choices.among([[waits ? 2 : 4, ''], [waits ? 2 : 1, '+'], [1, '-']])} ${made[0]!}`, ...made.slice(1)];
  }).flat();
  return choices.chance(flow.owner.name === 'irq' ? 0 : waits ? 40 : 90) ? ['loop {', ...indent(rounds), '}'] : rounds;
}

function jumpsOf(flow: Flow): string[] {
  const found: string[] = [];
  if (flow.inLoop) found.push(`if ${truthOf(flow, 1)} { break }`, `if ${truthOf(flow, 1)} { continue }`);
  if (flow.owner.kind === 'procedure') found.push(`if ${truthOf(flow, 1)} { return${flow.owner.result === undefined ? '' : ` ${valueOf(flow, flow.owner.result, 1)}`} }`);
  if (flow.targets.length > 0 && !flow.inAtomic) found.push(`if ${truthOf(flow, 1)} { goto ${flow.world.choices.pick(flow.targets)} }`);
  return found;
}

/** Two places at once: of different variables, unless an error is welcome. */
function parallel(flow: Flow): string[] {
  const root = (text: string): string => /^\w+/.exec(text)![0];
  const [a, b] = [placeOf(flow), placeOf(flow)];
  if (a === undefined || b === undefined || (root(a.text) === root(b.text) && (flow.world.temper === 'calm' || !/\[/.test(a.text)))) return ['skip'];
  return [`${a.text}, ${b.text} := ${valueOf(flow, a.type, 1)}, ${valueOf(flow, b.type, 1)}`];
}

function increment(flow: Flow): string[] {
  const target = placeOf(flow, (t) => t.kind === 'range');
  if (target === undefined || target.type.kind !== 'range') return ['skip'];
  const { lo, hi } = target.type;
  const step = flow.world.choices.pick(['+ 1', '- 1']);
  const value = flow.world.temper === 'bold' ? `${target.text} ${step}` : step === '+ 1' ? `(if ${target.text} < ${hi} then ${target.text} + 1 else ${lo})` : `(if ${target.text} > ${lo} then ${target.text} - 1 else ${hi})`;
  return [`${target.text} := ${value}`];
}

function assertion(flow: Flow): string {
  const { world } = flow;
  const scope: Scope = { ...flow, mode: 'ghost' };
  if (world.choices.chance(60)) {
    world.asserted += 1;
    return `assert ${truthOf(scope, 2)} as Named${world.asserted % 2}`;
  }
  const { text, lo, hi } = numberOf(scope, 1);
  return world.temper === 'bold' ? `assert ${truthOf(scope, 2)}` : `assert ${text} >= ${lo} && ${text} <= ${hi}`;
}

/** Counts the rounds of loops inside a step; not for anything else to assign. */
export const loopCounter: Named = { name: 'c', type: range(0, 3) };
