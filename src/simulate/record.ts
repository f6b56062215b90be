// A walk is not kept: its seed and its number are enough to walk it again.

import type { Kernel } from '../checker/kernel.js';
import type { Trace } from '../checker/verdict.js';
import type { FirstSeen } from './batch.js';
import { shorten, type Recorded } from './shorten.js';
import { walker, type Move, type WalkerOptions } from './walk.js';

export interface Shortened {
  readonly trace: Trace;
  /** Steps of the walk up to the violation. */
  readonly walked: number;
}

/** The trace of a violation, made shorter. The options are those of the simulation. */
export function traceOfWalk(kernel: Kernel, initial: Int32Array, options: WalkerOptions, seen: FirstSeen): Shortened {
  const recorded = record(kernel, initial, options, seen);
  return { trace: shorten(kernel, recorded, seen.property), walked: recorded.moves.length };
}

function record(kernel: Kernel, initial: Int32Array, { depth, seed, chosen, stops }: WalkerOptions, { run, steps, process }: FirstSeen): Recorded {
  const { words } = kernel;
  const moves: Move[] = [];
  let start = 0;
  walker(kernel, initial, { depth, seed, chosen, stops }).walk(run, { start: (index) => void (start = index), move: (p, way) => void moves.push({ process: p, way }) });
  const last: readonly Move[] = process < 0 ? [] : [{ process, way: 0 }];
  return { start: initial.slice(start * words, (start + 1) * words), moves: [...moves.slice(0, steps), ...last] };
}
