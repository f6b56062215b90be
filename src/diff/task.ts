// What a diff computes beside the checks, as tasks that other threads can take: plain data in, plain data out.

import { compareDefinitions } from './definition/definitions.js';
import type { Side } from './definition/small-world.js';
import type { Definitions } from './matrix.js';

export interface DefinitionsTask {
  readonly kind: 'definitions';
  readonly before: Side;
  readonly after: Side;
}

export type DiffTask = DefinitionsTask;

export interface TaskResults {
  readonly definitions: Definitions;
}

export type ResultOf<T extends DiffTask> = TaskResults[T['kind']];

export function runTask<T extends DiffTask>(task: T): ResultOf<T> {
  switch (task.kind) {
    case 'definitions':
      return compareDefinitions(task.before, task.after);
  }
}
