// What the explorer runs: states packed one behind the other in one array of words, expanded into a buffer. Generated code is a Kernel;
// `kernelOf` makes one of any System.

import { assert } from '../base/unreachable.js';
import type { TemporalPlan } from './liveness/plan.js';
import type { PropertyInfo, System } from './system.js';

export interface Kernel {
  /** 32-bit words of a packed state, at least 1. */
  readonly words: number;
  readonly properties: readonly PropertyInfo[];
  /** Every initial state (duplicates included), and what erred or was violated on the way to one. */
  initial(out: Outcomes): void;
  /** Every successor of the state at `states[at]` …, always in the same order, duplicates included. */
  successors(states: Int32Array, at: number, out: Outcomes): void;
  /** How many processes there are, where the kernel can give the steps of one alone. */
  readonly processes?: number;
  /** The successors that one process gives; those of all, in order, are `successors`. */
  successorsOf?(process: number, states: Int32Array, at: number, out: Outcomes): void;
  /** For each process a mask of a state's bits that none of its steps changes, where that is known. */
  readonly keeps?: readonly Int32Array[];
  /** Adds the indices of the properties that the state violates. */
  violations(states: Int32Array, at: number, found: number[]): void;
  /** Every process is done (whether a step is enabled or not). */
  isTerminated(states: Int32Array, at: number): boolean;
  /** What was executed so far: 1 at a site or antecedent that was reached at least once. */
  readonly coverage: { readonly sites: Uint8Array; readonly antecedents: Uint8Array };
  /** Warnings that arose while running, each once, as keys that the caller understands. */
  readonly remarks: Set<string>;
  /** Absent when the model has no temporal property. */
  readonly temporal?: TemporalKernel;
}

/** What temporal properties need to know of states. */
export interface TemporalKernel {
  readonly plan: TemporalPlan;
  /** Like `successorsOf`, but for nothing else: what is executed is not counted as covered, and notes say nothing. */
  moves(process: number, states: Int32Array, at: number, out: Outcomes): void;
  /** Where the process stands. */
  location(process: number, states: Int32Array, at: number): number;
  /** 1: the atom is true in the state, 0: it is not, 2: its evaluation errs. */
  atom(atom: number, states: Int32Array, at: number): number;
}

/** Second half of a note: the step violated the property on its way to an error. */
export const NO_SUCCESSOR = -1;
/** Second half of a note: the property is the error. */
export const ERRED = -2;

/** What expansions gave: a buffer that a kernel fills and its owner empties. */
export class Outcomes {
  /** Successors, one behind the other. */
  words: Int32Array;
  /** Words in use. */
  used = 0;
  /** Outcomes that are errors: steps without a successor. */
  errors = 0;
  /** Pairs: a violated property, and where its successor begins in `words`, or NO_SUCCESSOR, or ERRED. */
  readonly notes: number[] = [];
  /** Called by a kernel now and then in the middle of a step that takes long. May throw, to end the search. */
  onPoll: () => void = () => undefined;

  /** @param onFull called by the kernel when there is no room for one more state; must make some, by emptying or by `enlarge` */
  constructor(
    readonly stateWords: number,
    capacity: number,
    readonly onFull: (out: Outcomes) => void = (out) => out.enlarge(),
  ) {
    this.words = new Int32Array(capacity * stateWords);
  }

  enlarge(): void {
    const words = new Int32Array(2 * this.words.length);
    words.set(this.words);
    this.words = words;
  }

  /** Room for one more state at `used`. */
  reserve(): void {
    if (this.used + this.stateWords > this.words.length) this.onFull(this);
  }
}

export function kernelOf(system: System): Kernel {
  const { words } = system;
  const state = new Uint32Array(words);
  const read = (states: Int32Array, at: number): Uint32Array => {
    for (let i = 0; i < words; i++) state[i] = states[at + i]!;
    return state;
  };
  let out: Outcomes;
  const pending: number[] = [];
  const note = (successor: number): void => {
    for (const property of pending) out.notes.push(property, successor);
    pending.length = 0;
  };
  const sink = {
    violated: (property: number) => void pending.push(property),
    successor(next: Uint32Array) {
      out.reserve();
      note(out.used);
      for (let i = 0; i < words; i++) out.words[out.used + i] = next[i]!;
      out.used += words;
    },
    error(property: number) {
      note(NO_SUCCESSOR);
      out.notes.push(property, ERRED);
      out.errors++;
    },
    poll: () => out.onPoll(),
  };
  const into = (target: Outcomes, run: () => void): void => {
    out = target;
    pending.length = 0; // a search that was ended in the middle of a step may have left some
    run();
    assert(pending.length === 0, 'a violation without an outcome');
  };
  const { temporal } = system;
  return {
    words,
    properties: system.properties,
    initial: (target) => into(target, () => system.initial(sink)),
    successors: (states, at, target) => into(target, () => system.successors(read(states, at), sink)),
    ...(system.successorsOf === undefined
      ? {}
      : {
          processes: system.processes!,
          successorsOf: (process: number, states: Int32Array, at: number, target: Outcomes) => into(target, () => system.successorsOf!(process, read(states, at), sink)),
        }),
    violations: (states, at, found) => system.violations(read(states, at), (property) => found.push(property)),
    isTerminated: (states, at) => system.isTerminated(read(states, at)),
    coverage: system.coverage,
    remarks: system.remarks as Set<string>,
    ...(temporal === undefined
      ? {}
      : {
          temporal: {
            plan: temporal.plan,
            moves: (process, states, at, target) => into(target, () => temporal.moves(process, read(states, at), sink)),
            location: (process, states, at) => temporal.location(process, read(states, at)),
            atom: (atom, states, at) => temporal.atom(atom, read(states, at)),
          },
        }),
  };
}
