// From what another checker tells of a violation (which process moves at each step) back to a path of Heddle's own states. The interpreter
// follows the processes; among the states they can reach, one must violate the property. So a trace that is shown is one of the model.
// Of a lasso only that it closes is checked: that it is fair, and violates, is the other checker's word.

import type { PackedState } from '../checker/system.js';
import type { Trace } from '../checker/verdict.js';
import { atomsOf } from '../checker/liveness/plan.js';
import { Failure } from '../model/failure.js';
import { interpreterOf, type Outcome } from '../model/interpret.js';
import type { Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import type { State } from '../model/state.js';
import { judgeOf, leakOf } from '../model/system.js';
import { temporalOf } from '../model/temporal.js';
import { isBadPrefix } from './bad-prefix.js';

interface Reached {
  readonly state: State;
  readonly packed: PackedState;
  readonly from: Reached | undefined;
}

/** States that are followed side by side. */
const MOST_STATES = 20_000;

/**
 * @param processes for each step the instances one of which moves, in order; for a property that a step violates (an error, an assertion, a step invariant) the last
 *   one makes that step; empty for what `init` violates
 * @param loopStart of a lasso: the last state is that with this index once more
 * @returns undefined when no path of the model violates the property so
 */
export function pathAlong(model: Model, layout: Layout, processes: readonly (readonly number[])[], property: number, loopStart?: number): Trace | undefined {
  const interpreter = interpreterOf(model);
  const judge = judgeOf(interpreter);
  const p = model.properties[property]!;
  const byStep = p.kind === 'step-invariant' || p.kind === 'assertion' || (p.kind === 'builtin' && leakOf(p) === undefined);

  const temporal = p.kind === 'temporal' ? temporalOf(model) : undefined;
  const obligations = temporal?.plan.properties.find((q) => q.property === property)?.obligations ?? [];
  const atoms = obligations.flatMap(atomsOf).map((atom) => temporal!.atoms[atom]!);

  const violates = (outcome: Outcome, before?: State): boolean => {
    if (p.kind === 'builtin') return outcome.kind === 'error' && outcome.failure.error === p.error;
    if (p.kind === 'assertion') return outcome.violated.includes(p.name);
    let found = false;
    if (outcome.kind === 'next' && before !== undefined) judge.step(before, outcome.state, (violated) => (found ||= violated === property));
    return found;
  };
  const violatedIn = (last: Reached): boolean => {
    if (p.kind === 'deadlock') return isStuck(last.state);
    // Without a loop, a temporal property is violated where one of its state formulas cannot be evaluated, or nothing that follows could save it.
    if (p.kind === 'temporal') {
      const path = reachedTo(last);
      if (path.some((reached) => atoms.some((atom) => errs(() => interpreter.check(atom, reached.state))))) return true;
      const truths = path.map((reached) => (atom: number): boolean => interpreter.check(temporal!.atoms[atom]!, reached.state));
      return obligations.some((obligation) => isBadPrefix(obligation, truths));
    }
    let found = false;
    judge.state(last.state, (violated) => (found ||= violated === property));
    return found;
  };
  const isStuck = (state: State): boolean =>
    model.instances.every((_, pid) => [...interpreter.steps(state, pid)].length === 0) &&
    !model.instances.every(({ family }, pid) => model.families[family]!.locations[state.at[pid]!]!.rests);

  /** The states to which one of the processes leads; a trace, where the last step itself violates the property. */
  const after = (level: Level, pids: readonly number[], isLast: boolean): Level | Trace => {
    const next: Level = new Map();
    for (const reached of level.values()) {
      for (const outcome of pids.flatMap((pid) => [...interpreter.steps(reached.state, pid)])) {
        if (isLast && byStep && violates(outcome, reached.state)) {
          const states = statesTo(reached);
          return outcome.kind === 'error' ? { states, end: 'error' } : { states: [...states, layout.encode(outcome.state)], end: 'step' };
        }
        if (next.size >= MOST_STATES) continue;
        if (outcome.kind === 'next') add(next, layout, outcome.state, reached);
        // Other checkers stay where they are when a step errs.
        else if (p.kind === 'temporal') add(next, layout, reached.state, reached);
      }
    }
    return next;
  };

  let level: Level = new Map();
  for (const outcome of interpreter.initial()) {
    if (byStep && processes.length === 0 && violates(outcome)) {
      return outcome.kind === 'error' ? { states: [], end: 'error' } : { states: [layout.encode(outcome.state)], end: 'step' };
    }
    if (outcome.kind === 'next') add(level, layout, outcome.state, undefined);
  }
  const stem = loopStart ?? processes.length;
  for (const [i, pids] of processes.slice(0, stem).entries()) {
    const next = after(level, pids, i === processes.length - 1);
    if (!(next instanceof Map)) return next;
    level = next;
  }
  if (loopStart !== undefined) {
    const loop = processes.slice(loopStart);
    const round = (from: Reached): Reached | undefined => {
      const key = from.packed.join();
      let ends: Level = new Map([[key, from]]);
      for (const pids of loop) ends = after(ends, pids, false) as Level;
      return ends.get(key);
    };
    for (const from of level.values()) {
      const back = round(from);
      if (back !== undefined) return withoutStops(statesTo(back), loopStart);
    }
    return undefined;
  }
  if (byStep) return undefined;
  const last = [...level.values()].find(violatedIn);
  return last === undefined ? undefined : { states: statesTo(last), end: 'state' };
}

type Level = Map<string, Reached>;

function add(level: Level, layout: Layout, state: State, from: Reached | undefined): void {
  const packed = layout.encode(state);
  const key = packed.join();
  if (!level.has(key)) level.set(key, { state, packed, from });
}

function reachedTo(last: Reached): readonly Reached[] {
  const path: Reached[] = [];
  for (let reached: Reached | undefined = last; reached !== undefined; reached = reached.from) path.push(reached);
  return path.reverse();
}

const statesTo = (last: Reached): readonly PackedState[] => reachedTo(last).map(({ packed }) => packed);

/** The lasso without steps that change nothing. */
function withoutStops(states: readonly PackedState[], loopStart: number): Trace {
  const moves = (i: number): boolean => i === 0 || states[i]!.join() !== states[i - 1]!.join();
  const kept = states.flatMap((_, i) => (moves(i) ? [i] : []));
  return { states: kept.map((i) => states[i]!), end: 'state', loopStart: kept.findLastIndex((i) => i <= loopStart), remedy: 'unknown' };
}

function errs(evaluate: () => unknown): boolean {
  try {
    evaluate();
    return false;
  } catch (failure) {
    if (failure instanceof Failure) return true;
    throw failure;
  }
}
