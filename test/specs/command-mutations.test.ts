// Mutations of the revisions that hand operations to an irq_work. What they share is mutated in each in the same way.

import { describe } from 'vitest';
import { testMutations, type Mutation } from '../support/mutate.js';

/** What all of these revisions have line for line. */
const SHARED: readonly Mutation[] = [
  {
    name: 'bpf_timer_cancel does not wait for the callback',
    violates: 'CancelWaits',
    edits: [['    hr.hrtimer_cancel(t) ', '    hr.hrtimer_try_cancel(t) ']],
    constants: { ONLY: 'RACE', ONLY_OP: 'CANCEL' },
  },
  {
    name: 'two callbacks cancel each other without asking',
    violates: 'NoDeadlock',
    edits: [['    if n > 0 { ret := EDEADLK } ', '    ']],
    constants: { ONLY: 'MUTUAL' },
  },
  {
    name: 'init stores instead of exchanging',
    violates: 'InitExclusive',
    edits: [['  old := cmpxchg(slot[s], null, cb)', '  old := xchg(slot[s], cb)']],
    constants: { ONLY: 'FIRST' },
  },
  {
    name: 'init does not look at usercnt',
    violates: 'InitUref',
    edits: [['  if cnt == 0 {', '  if false {']],
    constants: { ONLY: 'FIRST' },
  },
  {
    name: 'a program is set without looking whether the callback is still its own',
    violates: 'PairQuiescent',
    edits: [['  while !fits {', '  while !fits {\n    fits := true'], ['      fits := now_fn == fn', '']],
    constants: { ONLY: 'SWAP', DETACH: 'false' },
  },
  {
    name: 'the memory is freed twice',
    violates: 'NoDoubleFree',
    edits: [['  free cb                                                   //     kfree_nolock(cb)', '  free cb\n  free cb']],
    constants: { ONLY: 'END' },
  },
];

const PROG_LEAK: Mutation = {
  name: 'the program is not put when the cb is freed',
  violates: 'NoProgLeak',
  edits: [['  if p != null { bpf_prog_put_irqs_on(p) }                  //       bpf_prog_put(cb->prog)\n', '']],
  constants: { ONLY: 'END' },
};

const PUT_FIRST: Mutation = {
  name: 'the program before is put before the callback is overwritten',
  violates: 'ProgAliveStrong',
  edits: [['    cb.callback_fn := fn                                    //', '    if prev != null { bpf_prog_put(prev) }\n    cb.callback_fn := fn //'], ['    if prev != null { bpf_prog_put(prev) }                  //     bpf_prog_put(prev)\n', '']],
  constants: { ONLY: 'SWAP' },
};

const WORKER_LATE: Mutation = {
  name: 'the irq_work drops its reference before it executes the command',
  violates: 'NoArmAfterDelete',
  edits: [[
    '    bpf_async_process_op(cb, op)\n  }\n  last := refcount_dec_and_test(cb.refcnt)\n  if last { bpf_async_process_op(cb, BPF_ASYNC_CANCEL_AND_FREE) }',
    '  }\n  last := refcount_dec_and_test(cb.refcnt)\n  if last { bpf_async_process_op(cb, BPF_ASYNC_CANCEL_AND_FREE) }\n  if op != null { bpf_async_process_op(cb, op) }',
  ]],
  constants: { ONLY: 'RACE', ONLY_OP: 'START', OR_OP: 'DELETE' },
};

describe('v3', () => {
  testMutations('specs/async_cb/v3.heddle', [
    ...SHARED,
    PROG_LEAK,
    PUT_FIRST,
    WORKER_LATE,
    {
      name: 'the irq_work stores the number of the command instead of claiming it',
      violates: 'AtMostOnce',
      edits: [['      again := cmpxchg(cb.last_seq, last, seq) ', '      cb.last_seq := seq\n      again := last ']],
      constants: { ONLY: 'RACE', ONLY_OP: 'START', OR_OP: 'CANCEL_ASYNC' },
    },
  ]);
});

describe('v4', () => {
  testMutations('specs/async_cb/v4.heddle', [...SHARED, PROG_LEAK, PUT_FIRST, WORKER_LATE]);
});

describe('v5', () => {
  testMutations('specs/async_cb/v5.heddle', [...SHARED, PROG_LEAK, PUT_FIRST, WORKER_LATE]);
});

describe('v6', () => {
  testMutations('specs/async_cb/v6.heddle', [...SHARED, PROG_LEAK, PUT_FIRST]);
});

/** v9 and what came of it. */
const LISTS: readonly Mutation[] = [
  ...SHARED,
  PUT_FIRST,
  {
    name: 'the irq_work does not go on to the next command',
    violates: 'AtMostOnce',
    edits: [['    list := tail(list)\n', ''], ['    free cmd   ', '    skip ']],
    constants: { ONLY: 'IRQ', ONLY_OP: 'START' },
  },
  {
    name: 'what is freed is not cancelled again',
    violates: 'NoUAFcb',
    edits: [['    ret := hr.hrtimer_try_cancel(cb)  ', '    ret := 0 ']],
    constants: { ONLY: 'RACE', ONLY_OP: 'START', OR_OP: 'DELETE' },
  },
  {
    name: 'bpf_timer_cancel is allowed in a hardirq',
    violates: 'NoSelfWait',
    edits: [['  if defers { return EOPNOTSUPP }\n', '']],
    constants: { ONLY: 'IRQ', ONLY_OP: 'CANCEL' },
  },
];

describe('v9', () => {
  testMutations('specs/async_cb/v9.heddle', [...LISTS, PROG_LEAK]);
});

describe('mainline', () => {
  testMutations('specs/async_cb/mainline.heddle', [
    ...LISTS,
    {
      name: 'the program before is not put',
      violates: 'NoProgLeak',
      edits: [['    if prev != null { bpf_prog_put(prev) }                  //     bpf_prog_put(prev)\n', '']],
      constants: { ONLY: 'END' },
    },
  ]);
});
