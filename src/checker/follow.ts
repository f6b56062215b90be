// What a thread does that does not lead the search: the tasks that it is given, one after the other.

import { Control, PAUSE, STOP, type LevelBounds, type Report, type Task } from './crew.js';
import { Expander, type Piece } from './expander.js';
import type { Kernel } from './kernel.js';
import { fillGraph } from './liveness/edges.js';
import { smallestPredecessors } from './retrace.js';
import { StateSpace, type SharedSpace } from './space.js';

/** States of a piece at most: small enough that all workers end about together. */
const PIECE = 256;

/** The states of a level in ranges of ids, the same for every worker. */
export function piecesOf(space: StateSpace, { from, to }: LevelBounds): readonly Piece[] {
  return from.flatMap((first, worker) => [...space.pieces(worker, first, to[worker]!, PIECE)]);
}

/** Takes the pieces that nobody has taken yet. */
export function* claim(control: Int32Array, pieces: readonly Piece[]): Generator<Piece, void> {
  for (;;) {
    const piece = pieces[Atomics.add(control, Control.nextPiece, 1)];
    if (piece === undefined) return;
    yield piece;
  }
}

/** Thrown by a poll to leave a batch: the leader has ended the search. */
class Halted {}

export interface FollowerStart {
  readonly worker: number;
  readonly control: Int32Array;
  readonly chosen: readonly boolean[];
  readonly space: SharedSpace;
}

/** @returns does a task; the first must come with the space to work on */
export function follower(kernel: Kernel, { worker, control, chosen, space: shared }: FollowerStart): (task: Task) => Report {
  const space = new StateSpace(shared);
  const poll = (): void => {
    if (Atomics.load(control, Control.halt) === STOP) throw new Halted();
  };
  const expander = new Expander(kernel, space, worker, {
    total: () => Atomics.load(control, Control.found),
    count: (states) => void Atomics.add(control, Control.found, states),
    poll,
    isLookedAt: (property) => chosen[property]!,
  });
  let open: Iterator<Piece> = [][Symbol.iterator]();
  let level = 0;
  const run = (task: Task): { readonly halted: boolean; readonly predecessors?: readonly (Int32Array | undefined)[] } => {
    space.use(task.space);
    switch (task.kind) {
      case 'expand':
        level = task.bounds.level;
        open = claim(control, piecesOf(space, task.bounds));
        return { halted: !expandPieces(expander, open, level, control) };
      case 'resume':
        return { halted: !expandPieces(expander, open, level, control) };
      case 'clear':
        space.clear(worker);
        return { halted: false };
      case 'rehash':
        space.rehash(worker, task.counts);
        return { halted: false };
      case 'graph':
        fillGraph(kernel, space, claim(control, piecesOf(space, task.bounds)), task.graph, poll);
        return { halted: false };
      case 'retrace':
        return { halted: false, predecessors: smallestPredecessors(kernel, space, claim(control, piecesOf(space, task.bounds)), task.targets, poll) };
    }
  };
  return (task) => {
    const result = untilHalted(() => run(task));
    return {
      count: expander.cursor.count,
      generated: expander.generated,
      findings: expander.findings.all,
      erred: [...expander.erred],
      remarks: [...kernel.remarks],
      pending: expander.pending,
      ...result,
    };
  };
}

/**
 * Expands pieces until there are none left. False when there is no room for what they give, for this worker or another: then all come
 * back, the leader enlarges the space, and everybody calls again.
 */
export function expandPieces(expander: Expander, pieces: Iterator<Piece>, level: number, control?: Int32Array): boolean {
  const pause = (): false => {
    if (control !== undefined) Atomics.compareExchange(control, Control.halt, 0, PAUSE);
    return false;
  };
  if (!expander.resume()) return pause();
  for (;;) {
    if (control !== undefined && Atomics.load(control, Control.halt) === PAUSE) return false;
    const next = pieces.next();
    if (next.done === true) return expander.insert() || pause();
    if (!expander.expand(next.value, level)) return pause();
  }
}

function untilHalted<T>(run: () => T): T | { readonly halted: true } {
  try {
    return run();
  } catch (error) {
    if (error instanceof Halted) return { halted: true };
    throw error;
  }
}
