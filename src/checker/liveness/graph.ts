// The graph on which liveness is decided: successors in compressed rows, and for each state the actions that are enabled there.
//
// A step that changes nothing is neither owed nor counted by fairness (TLA+'s <<A>>_vars), so it is no edge.

/** A set of states: 1 for each member. */
export type States = Uint8Array;

export interface LivenessGraph {
  /** Ids are below it; not every number is a state. */
  readonly size: number;
  /** The ids that are states. */
  readonly states: States;
  readonly initial: readonly number[];
  /** The edges of state s are those from first[s] to before end[s], in the order of the kernel. */
  readonly first: Uint32Array;
  readonly end: Uint32Array;
  readonly target: Int32Array;
  /** For each edge the number of its set of actions. */
  readonly via: Uint16Array;
  /** Words of a set of actions: action a is bit a % 32 of word a / 32. */
  readonly words: number;
  /** Sets of actions, `words` each; set 0 is empty. */
  readonly sets: Int32Array;
  /** For each state the set of actions of which a step that changes something, or errs, is possible. */
  readonly enabled: Int32Array;
  /** Every state may be repeated for ever without an edge to itself. */
  readonly stutters: boolean;
}

export const wordsFor = (actions: number): number => Math.max(1, Math.ceil(actions / 32));

/** The sets that occur among `actionsAt`, each once, as words; for each process and location the number of its set. */
export function actionSets(actionsAt: readonly (readonly (readonly number[])[])[], actions: number): { readonly sets: Int32Array; readonly numbers: readonly Int32Array[] } {
  const words = wordsFor(actions);
  const known = new Map<string, number>([['', 0]]);
  const members: (readonly number[])[] = [[]];
  const numbers = actionsAt.map((locations) =>
    Int32Array.from(locations, (set) => {
      const key = set.join(' ');
      const number = known.get(key) ?? members.push(set) - 1;
      known.set(key, number);
      return number;
    }),
  );
  const sets = new Int32Array(words * members.length);
  members.forEach((set, i) => {
    for (const action of set) sets[i * words + (action >> 5)]! |= 1 << (action & 31);
  });
  return { sets, numbers };
}
