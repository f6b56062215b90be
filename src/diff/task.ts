// What a diff computes beside the checks, as tasks that other threads can take: plain data in, plain data out.

import { unreachable } from '../base/unreachable.js';
import type { Model } from '../model/model.js';
import { automatonOf, type Automaton } from './behaviour/automaton.js';
import { labelledGraph } from './behaviour/graph.js';
import { compareBehaviours } from './behaviour/inclusion.js';
import { compareDefinitions } from './definition/definitions.js';
import type { Side } from './definition/small-world.js';
import type { Definitions } from './matrix.js';
import type { BehaviourChange } from './result.js';

export interface DefinitionsTask {
  readonly kind: 'definitions';
  readonly before: Side;
  readonly after: Side;
}

export interface AutomatonTask {
  readonly kind: 'automaton';
  readonly model: Model;
  readonly maxStates: number;
  readonly maxBytes: number;
}

export interface BehavioursTask {
  readonly kind: 'behaviours';
  readonly before: Automaton;
  readonly after: Automaton;
}

export type DiffTask = DefinitionsTask | AutomatonTask | BehavioursTask;

/** Why a revision's behaviours are not known. */
export type NoAutomaton = 'nothing-observable' | 'endless' | 'too-many-states' | 'too-large';

export interface TaskResults {
  readonly definitions: Definitions;
  readonly automaton: Automaton | NoAutomaton;
  readonly behaviours: BehaviourChange;
}

export type ResultOf<T extends DiffTask> = TaskResults[T['kind']];

export function runTask(task: DiffTask): TaskResults[DiffTask['kind']] {
  switch (task.kind) {
    case 'definitions':
      return compareDefinitions(task.before, task.after);
    case 'automaton': {
      const graph = labelledGraph(task.model, task.maxStates, task.maxBytes);
      return typeof graph === 'string' ? graph : automatonOf(graph);
    }
    case 'behaviours':
      return compareBehaviours(task.before, task.after);
    default:
      return unreachable(task);
  }
}
