// From what another checker tells of a violation (which process moves at each step) back to a path of Heddle's own states. The interpreter
// follows the processes; among the states they can reach, one must violate the property. So a trace that is shown is one of the model.

import type { PackedState } from '../checker/system.js';
import type { Trace } from '../checker/verdict.js';
import { interpreterOf, type Outcome } from '../model/interpret.js';
import type { Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import type { State } from '../model/state.js';
import { judgeOf, leakOf } from '../model/system.js';

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

  const violates = (outcome: Outcome, before?: State): boolean => {
    if (p.kind === 'builtin') return outcome.kind === 'error' && outcome.failure.error === p.error;
    if (p.kind === 'assertion') return outcome.violated.includes(p.name);
    let found = false;
    if (outcome.kind === 'next' && before !== undefined) judge.step(before, outcome.state, (violated) => (found ||= violated === property));
    return found;
  };
  const violatedIn = (state: State): boolean => {
    if (p.kind === 'deadlock') return isStuck(state);
    let found = false;
    judge.state(state, (violated) => (found ||= violated === property));
    return found;
  };
  const isStuck = (state: State): boolean =>
    model.instances.every((_, pid) => [...interpreter.steps(state, pid)].length === 0) &&
    !model.instances.every(({ family }, pid) => model.families[family]!.locations[state.at[pid]!]!.rests);

  let level = new Map<string, Reached>();
  for (const outcome of interpreter.initial()) {
    if (byStep && processes.length === 0 && violates(outcome)) {
      return outcome.kind === 'error' ? { states: [], end: 'error' } : { states: [layout.encode(outcome.state)], end: 'step' };
    }
    if (outcome.kind === 'next') add(level, layout, outcome.state, undefined);
  }
  for (const [i, pids] of processes.entries()) {
    const next = new Map<string, Reached>();
    const isLast = i === processes.length - 1;
    for (const reached of level.values()) {
      for (const outcome of pids.flatMap((pid) => [...interpreter.steps(reached.state, pid)])) {
        if (isLast && byStep && violates(outcome, reached.state)) {
          const states = statesTo(reached);
          return outcome.kind === 'error' ? { states, end: 'error' } : { states: [...states, layout.encode(outcome.state)], end: 'step' };
        }
        if (outcome.kind === 'next' && next.size < MOST_STATES) add(next, layout, outcome.state, reached);
      }
    }
    level = next;
  }
  if (loopStart !== undefined) return lasso([...level.values()], loopStart);
  if (byStep) return undefined;
  const last = [...level.values()].find(({ state }) => violatedIn(state));
  return last === undefined ? undefined : { states: statesTo(last), end: 'state' };
}

/** A path that ends where it was before. */
function lasso(ends: readonly Reached[], loopStart: number): Trace | undefined {
  for (const end of ends) {
    const states = statesTo(end);
    if (states[loopStart]?.join() === end.packed.join()) return { states, end: 'state', loopStart };
  }
  return undefined;
}

function add(level: Map<string, Reached>, layout: Layout, state: State, from: Reached | undefined): void {
  const packed = layout.encode(state);
  const key = packed.join();
  if (!level.has(key)) level.set(key, { state, packed, from });
}

function statesTo(last: Reached): readonly PackedState[] {
  const states: PackedState[] = [];
  for (let reached: Reached | undefined = last; reached !== undefined; reached = reached.from) states.unshift(reached.packed);
  return states;
}
