// How many states the protocols have, as Heddle and Spin (on the exported model) both counted them: a change of what a step is shows here,
// whether meant or not.

import { expect, test } from 'vitest';
import { checkSpec } from '../support/check-spec.js';

const COUNTS: { readonly [spec: string]: { readonly [check: string]: number } } = {
  'classic/peterson': { default: 42 },
  'kernel/atomic': { use: 36, misuse: 92 },
  'kernel/hrtimer': { use: 34, misuse: 56 },
  'kernel/irq_work': { use: 205, misuse: 160 },
  'kernel/llist': { use: 76, misuse: 184 },
  'kernel/percpu': { use: 25, misuse: 29 },
  'kernel/rcu': { use: 154, misuse: 82 },
  'kernel/rcu_callback': { use: 99, misuse: 144 },
  'kernel/refcount': { use: 82, misuse: 56 },
  'kernel/seqcount_latch': { use: 292, misuse: 156 },
  'kernel/spinlock': { use: 24, misuse: 24 },
  'kernel/workqueue': { use: 23, misuse: 26 },
  'async_cb/historic/cancel_and_free': { fixed: 60, buggy: 29 },
  'async_cb/historic/delete_in_callback': { fixed: 26_268, buggy: 44_844 },
  'async_cb/historic/mutual_cancel': { fixed: 1_264, buggy: 632 },
  'async_cb/historic/usercnt': { fixed: 57, buggy: 44 },
  'async_cb/lock': { quick: 23_553, quick_work: 23_289 },
  'async_cb/v1': { quick: 38_897, quick_work: 36_199 },
  'async_cb/v9': { quick: 61_918, quick_work: 46_010 },
  'async_cb/mainline': { quick: 94_333 },
};

const CASES = Object.entries(COUNTS).flatMap(([spec, checks]) => Object.entries(checks).map(([check, states]) => [spec, check, states] as const));

test.each(CASES)('%s %s: %i', { timeout: 120_000 }, (spec, check, states) => {
  expect(checkSpec({ file: `specs/${spec}.heddle`, check }).states.distinct).toBe(states);
});
