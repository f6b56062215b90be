// What the leader of a simulation and its threads tell each other.

import type { PortableKernel } from '../codegen/instantiate.js';
import type { Model } from '../model/model.js';
import type { BatchResult } from '../simulate/batch.js';
import type { Sketch } from '../simulate/sketch.js';
import type { WalkerOptions } from '../simulate/walk.js';

/** Words of the memory that the threads share. */
export const Shared = {
  /** The next batch that nobody has taken. */
  next: 0,
  /** Batches with this number and above are not taken any more. */
  end: 1,
  /** Not 0: leave at once. */
  stop: 2,
  words: 3,
} as const;

export interface WalkOrder {
  readonly shared: SharedArrayBuffer;
  /** The generated code; or, where none can be made of the model, the model itself, for the interpreter. */
  readonly kernel: PortableKernel | Model;
  readonly initial: Int32Array;
  readonly options: Omit<WalkerOptions, 'sketch' | 'poll'>;
  readonly runs: number;
}

export type WalkMessage =
  | { readonly kind: 'batch'; readonly result: BatchResult }
  /** `sites`: those that the thread passed, not 0. */
  | { readonly kind: 'end'; readonly sketch: Sketch; readonly sites: Uint8Array }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string };
