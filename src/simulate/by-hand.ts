// A walk that somebody chooses: the steps that are possible in a state, with what each would change and violate, on the interpreter.

import type { Json, Shape, StepData, TraceData } from '../checker/outcome.js';
import { interpreterOf, type Outcome } from '../model/interpret.js';
import type { Model } from '../model/model.js';
import { stepData } from '../model/replay.js';
import { pictureOf } from '../model/replay/picture.js';
import type { State } from '../model/state.js';
import { judgeOf } from '../model/system.js';

export interface Choice {
  readonly step: StepData;
  /** Names of the properties that it violates, on the way or in the state behind it; of the error that it ends in. */
  readonly violates: readonly string[];
  /** Absent when it errs. */
  readonly next?: State;
}

export interface HandWalk {
  /** Every initial state, as a reader sees it. */
  readonly initial: readonly { readonly state: State; readonly values: TraceData['initial'] }[];
  /** What is possible in a state, processes in order. `number`: that of the step. */
  choices(state: State, number: number): readonly Choice[];
  /** Names of the properties that the state violates, deadlock included. */
  violatedIn(state: State): readonly string[];
  values(state: State): { readonly [name: string]: Json };
  /** Every process is done. */
  isOver(state: State): boolean;
  readonly shapes: { readonly [path: string]: Shape };
}

/** More are not listed: a step can choose among very many values. */
const MOST_CHOICES = 400;

export function handWalk(model: Model): HandWalk {
  const interpreter = interpreterOf(model);
  const { index } = interpreter;
  const judge = judgeOf(interpreter);
  const shapes: { [path: string]: Shape } = {};
  const nameOf = (property: number): string => model.properties[property]!.name;
  const inState = (state: State): string[] => {
    const names: string[] = [];
    judge.state(state, (property) => names.push(nameOf(property)));
    return names;
  };
  const isOver = (state: State): boolean => model.instances.every((_, pid) => index.family(pid).locations[state.at[pid]!]!.rests);
  const canMove = (state: State): boolean => [...model.instances.keys()].some((pid) => !interpreter.steps(state, pid)[Symbol.iterator]().next().done);
  const violates = (before: State, outcome: Outcome): readonly string[] => {
    const names = [...outcome.violated];
    if (outcome.kind === 'error') names.push(...judge.error(outcome.failure.error).map(nameOf));
    else {
      judge.step(before, outcome.state, (property) => names.push(nameOf(property)));
      names.push(...inState(outcome.state));
    }
    return [...new Set(names)];
  };
  return {
    shapes,
    initial: [...interpreter.initial()].flatMap((outcome) => (outcome.kind === 'next' ? [{ state: outcome.state, values: pictureOf(index, outcome.state, shapes) }] : [])),
    choices(state, number) {
      const found: Choice[] = [];
      for (const pid of model.instances.keys()) {
        for (const outcome of interpreter.steps(state, pid)) {
          if (found.length === MOST_CHOICES) return found;
          const step = stepData(interpreter, number, state, { pid, outcome }, shapes);
          found.push({ step, violates: violates(state, outcome), ...(outcome.kind === 'next' ? { next: outcome.state } : {}) });
        }
      }
      return found;
    },
    violatedIn: (state) => [...inState(state), ...(model.properties.some(({ kind }) => kind === 'deadlock') && !isOver(state) && !canMove(state) ? ['deadlock'] : [])],
    values: (state) => pictureOf(index, state, shapes),
    isOver,
  };
}
