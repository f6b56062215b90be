// Temporal properties of a spec whose states are all known.

import type { Label } from '../../../src/ast/nodes.js';
import { evaluate, test } from './expressions.js';
import { countUntils, isViolated, type FairGraph } from './fair-runs.js';
import { actionsOf, type FairAction } from './fairness.js';
import { formulaOf, type Formula } from './formula.js';
import { Erred, Skip, skip } from './outcomes.js';
import type { System } from './processes.js';
import { declared, type Scene, type Spec } from './spec.js';
import { changes } from './standing.js';
import type { State } from './state.js';
import { has } from './values.js';

/** What a process can do in a state. States are numbers. */
export interface Move {
  readonly before: number;
  readonly process: number;
  readonly after: readonly number[];
  readonly errs: boolean;
  /** An activation of an interrupt. */
  readonly begins: boolean;
  readonly label: Label | undefined;
}

/** Guesses of a run, times states: more would take too long. */
const MOST_NODES = 60_000;

interface Found {
  readonly violated: Set<string>;
  readonly skipped: Map<string, string>;
}

/**
 * By weak fairness: it would not hold if nothing were owed; by strong: nor if strong fairness were weak. `unevaluable`: violated, because a
 * state formula errs.
 */
export type TemporalVerdict = 'holds' | 'holds by weak fairness' | 'holds by strong fairness' | 'violated' | 'unevaluable';

/** @param initial how many of the states, the first ones, are initial */
export function judgeTemporal(
  system: System, states: readonly State[], initial: number, moves: readonly Move[], found: Found,
): ReadonlyMap<string, TemporalVerdict> {
  const properties = declared(system.spec.declarations, 'property');
  const verdicts = new Map<string, TemporalVerdict>();
  let graph: FairGraph | undefined;
  for (const { name: { text: name }, formula } of properties) {
    const skipped = orSkip(() => {
      graph ??= graphOf(system.spec, states, initial, moves);
      const verdict = verdictOf(system, states, graph, formulaOf(system.spec, formula));
      verdicts.set(name, verdict);
      if (verdict === 'violated' || verdict === 'unevaluable') found.violated.add(name);
    });
    if (skipped !== undefined) found.skipped.set(name, skipped);
  }
  return verdicts;
}

function orSkip(run: () => void): string | undefined {
  try {
    return void run();
  } catch (x) {
    if (x instanceof Skip) return x.message;
    throw x;
  }
}

function graphOf(spec: Spec, states: readonly State[], initial: number, moves: readonly Move[]): FairGraph {
  const steps = states.map((): { to: number; actions: ReadonlySet<string> }[] => []);
  const enabled = states.map(() => new Set<string>());
  const actions = new Map<string, FairAction>();
  for (const { before, process, after, errs, begins, label } of moves) {
    const own = actionsOf(spec.instances[process]!, begins, label);
    for (const a of own) actions.set(a.name, a);
    const names = new Set(own.map((a) => a.name));
    for (const to of after) {
      const isStep = to !== before && changes(spec, states[before]!, states[to]!, process);
      steps[before]!.push({ to, actions: isStep ? names : new Set() });
      if (isStep) for (const name of names) enabled[before]!.add(name);
    }
    if (errs) for (const name of names) enabled[before]!.add(name);
  }
  return { size: states.length, initial: states.slice(0, initial).map((_, i) => i), steps, enabled, actions: [...actions.values()] };
}

/** A state formula that errs in some state violates the property. */
function verdictOf({ spec, standing }: System, states: readonly State[], graph: FairGraph, formula: Formula): TemporalVerdict {
  if (states.length * 2 ** countUntils(formula) > MOST_NODES) skip('too long a formula');
  const truths = new Map<Formula, readonly boolean[]>();
  const look = (f: Formula): boolean => {
    switch (f.op) {
      case 'constant':
        return true;
      case 'not':
        return look(f.of);
      case 'and':
      case 'until':
        return look(f.left) && look(f.right);
      case 'atom': {
        const scene = (state: State): Scene => ({ spec, state, bound: f.bound, standing, overSlots: true });
        const truth = (state: State): boolean => (f.element === undefined ? test(f.expr, scene(state)) : has(evaluate(f.expr, scene(state)), f.element));
        try {
          truths.set(f, states.map(truth));
          return true;
        } catch (x) {
          if (x instanceof Erred) return false;
          throw x;
        }
      }
    }
  };
  if (!look(formula)) return 'unevaluable';
  const holds = (atom: Formula, state: number): boolean => truths.get(atom)![state]!;
  const isBrokenUnder = (actions: readonly FairAction[]): boolean => isViolated({ ...graph, actions }, formula, holds);
  if (isBrokenUnder(graph.actions)) return 'violated';
  if (!isBrokenUnder([])) return 'holds';
  return isBrokenUnder(graph.actions.map((a) => ({ ...a, strength: 'weak' }))) ? 'holds by strong fairness' : 'holds by weak fairness';
}
