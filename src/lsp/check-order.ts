// What the server and the process of a check say to each other.

import type { Progress } from '../checker/explore.js';
import type { CheckOutcome } from '../checker/outcome.js';

/** What to check: texts as they are open, saved or not. */
export interface CheckOrder {
  readonly path: string;
  readonly checks: readonly string[];
  readonly properties?: readonly string[];
  readonly folders: readonly string[];
  readonly library: string;
  readonly texts: readonly (readonly [path: string, text: string])[];
  readonly workers: number;
  readonly maxMemoryBytes: number;
  readonly timeLimitMs?: number;
}

/** To the process. It also ends when the server is gone. */
export type ToCheck = { readonly kind: 'order'; readonly order: CheckOrder } | { readonly kind: 'stop' };

export type FromCheck =
  | { readonly kind: 'progress'; readonly check: string; readonly progress: Progress }
  | { readonly kind: 'outcome'; readonly outcome: CheckOutcome }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done' };
