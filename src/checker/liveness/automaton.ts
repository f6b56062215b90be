// From a formula of linear temporal logic to a generalised Büchi automaton whose states carry the literals that must be true there.
// Gerth, Peled, Vardi & Wolper, Simple on-the-fly automatic verification of linear temporal logic, 1995.

import { unreachable } from '../../base/unreachable.js';
import type { Ltl } from './plan.js';

export interface Automaton {
  readonly states: readonly AutomatonState[];
  readonly initial: readonly number[];
  /** A run is accepted when it visits each of these sets of states again and again. */
  readonly accepting: readonly (readonly boolean[])[];
}

export interface AutomatonState {
  readonly literals: readonly { readonly atom: number; readonly negated: boolean }[];
  readonly next: readonly number[];
}

/** The automaton would have more states than anybody can search. */
export class FormulaTooLarge extends Error {}

const MOST_STATES = 4096;

interface Node {
  readonly incoming: Set<number>;
  readonly old: ReadonlySet<string>;
  readonly next: ReadonlySet<string>;
}

/** Where a node comes from when it may be the first. */
const INITIAL = -1;

/** @throws FormulaTooLarge */
export function automatonOf(formula: Ltl): Automaton {
  const formulas = new Map<string, Ltl>();
  const intern = (f: Ltl): string => {
    const key = keyOf(f);
    formulas.set(key, f);
    return key;
  };
  const nodes: Node[] = [];
  const known = new Map<string, Node>();

  interface Open {
    readonly incoming: Set<number>;
    readonly todo: readonly string[];
    readonly old: ReadonlySet<string>;
    readonly next: ReadonlySet<string>;
  }
  const open: Open[] = [{ incoming: new Set([INITIAL]), todo: [intern(formula)], old: new Set(), next: new Set() }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { incoming, old, next } = node;
    const [key, ...todo] = node.todo;
    if (key === undefined) {
      const identity = `${[...old].sort().join(' ; ')} | ${[...next].sort().join(' ; ')}`;
      const same = known.get(identity);
      if (same !== undefined) {
        for (const from of incoming) same.incoming.add(from);
        continue;
      }
      if (nodes.length >= MOST_STATES) throw new FormulaTooLarge();
      const made: Node = { incoming, old, next };
      known.set(identity, made);
      const number = nodes.push(made) - 1;
      open.push({ incoming: new Set([number]), todo: [...next], old: new Set(), next: new Set() });
      continue;
    }
    if (old.has(key)) {
      open.push({ ...node, todo });
      continue;
    }
    const f = formulas.get(key)!;
    const withOld = new Set(old).add(key);
    const go = (more: readonly Ltl[], later: readonly Ltl[] = []): void => {
      open.push({ incoming: new Set(incoming), todo: [...todo, ...more.map(intern)], old: withOld, next: new Set([...next, ...later.map(intern)]) });
    };
    switch (f.op) {
      case 'true':
        go([]);
        break;
      case 'false':
        break;
      case 'atom':
        if (!old.has(keyOf({ ...f, negated: !f.negated }))) go([]);
        break;
      case 'and':
        go([f.left, f.right]);
        break;
      case 'or':
        go([f.left]);
        go([f.right]);
        break;
      case 'until':
        go([f.left], [f]);
        go([f.right]);
        break;
      case 'release':
        go([f.right], [f]);
        go([f.left, f.right]);
        break;
      default:
        unreachable(f);
    }
  }
  const untils = [...formulas].flatMap(([key, f]) => (f.op === 'until' ? [{ key, goal: keyOf(f.right) }] : []));
  return {
    states: nodes.map(({ old }, number) => ({
      literals: [...old].flatMap((key) => {
        const f = formulas.get(key)!;
        return f.op === 'atom' ? [{ atom: f.atom, negated: f.negated }] : [];
      }),
      next: nodes.flatMap(({ incoming }, to) => (incoming.has(number) ? [to] : [])),
    })),
    initial: nodes.flatMap(({ incoming }, number) => (incoming.has(INITIAL) ? [number] : [])),
    accepting: untils.map(({ key, goal }) => nodes.map(({ old }) => !old.has(key) || old.has(goal))),
  };
}

function keyOf(f: Ltl): string {
  switch (f.op) {
    case 'true':
    case 'false':
      return f.op;
    case 'atom':
      return `${f.negated ? '!' : ''}${String(f.atom)}`;
    case 'and':
    case 'or':
    case 'until':
    case 'release':
      return `(${keyOf(f.left)} ${f.op} ${keyOf(f.right)})`;
    default:
      return unreachable(f);
  }
}

/** The formula that is true where this one is not. */
export function negation(f: Ltl): Ltl {
  switch (f.op) {
    case 'true':
      return { op: 'false' };
    case 'false':
      return { op: 'true' };
    case 'atom':
      return { ...f, negated: !f.negated };
    case 'and':
    case 'or':
      return { op: f.op === 'and' ? 'or' : 'and', left: negation(f.left), right: negation(f.right) };
    case 'until':
    case 'release':
      return { op: f.op === 'until' ? 'release' : 'until', left: negation(f.left), right: negation(f.right) };
    default:
      return unreachable(f);
  }
}
