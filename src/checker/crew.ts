// Several threads search one space. One of them leads: it decides what is done next, alone or with the others, and puts together what
// they found. This file says what they tell each other; `follow.ts` is what the others do; threads themselves belong to the caller.

import type { Finding } from './findings.js';
import type { SharedGraph } from './liveness/edges.js';
import type { SharedSpace } from './space.js';

/** Words of the memory that all threads share besides the space. */
export const Control = {
  /** The number of the next piece of the task that nobody has taken. */
  nextPiece: 0,
  /** States found. */
  found: 1,
  /** Not 0: everybody comes back at the end of the batch; PAUSE to go on with a larger space, STOP for good. */
  halt: 2,
  words: 3,
} as const;

export const PAUSE = 1;
export const STOP = 2;

/** A level: for each worker the numbers of its first state in it and of the first after it. */
export interface LevelBounds {
  readonly level: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export type Task =
  | { readonly kind: 'expand'; readonly space: SharedSpace; readonly bounds: LevelBounds }
  /** Go on with the level, in a larger space. */
  | { readonly kind: 'resume'; readonly space: SharedSpace }
  /** Write one's share of the new table, before anybody reads it. */
  | { readonly kind: 'clear'; readonly space: SharedSpace }
  /** Put one's share of all states into the new table; each worker has found so many. */
  | { readonly kind: 'rehash'; readonly space: SharedSpace; readonly counts: readonly number[] }
  /** The smallest predecessors of the targets in a level. */
  | { readonly kind: 'retrace'; readonly space: SharedSpace; readonly bounds: LevelBounds; readonly targets: readonly Int32Array[] }
  /** The edges of all states, for temporal properties. */
  | { readonly kind: 'graph'; readonly space: SharedSpace; readonly bounds: LevelBounds; readonly graph: SharedGraph };

/** What a worker has done; counts and findings are those of the whole search. */
export interface Report {
  /** States that the worker found. */
  readonly count: number;
  readonly generated: number;
  readonly findings: readonly Finding[];
  readonly erred: readonly number[];
  readonly remarks: readonly string[];
  /** It has not finished, but was halted, or lacks room for `pending` successors. */
  readonly halted: boolean;
  readonly pending: number;
  readonly predecessors?: readonly (Int32Array | undefined)[];
}

export interface Crew {
  /** Threads, the leader included. */
  readonly workers: number;
  readonly control: Int32Array;
  /** Whether the others shall help with a level of so many states: at first those in time for which they start, later those that are not soon done. */
  isWorthwhile(states: number): boolean;
  /** The others were called, and are not there yet. */
  readonly isStarting: boolean;
  /** The others are there, and wait for a task. The first call starts them. */
  isReady(chosen: readonly boolean[]): boolean;
  /** Lets what others sent arrive. */
  breathe(): Promise<void>;
  /** Gives every other worker the task. */
  begin(task: Task): void;
  /** What each of them did, when all have done. Rejects when one of them is lost. */
  finish(): Promise<readonly Report[]>;
}
