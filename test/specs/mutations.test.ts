// Every safety property of the async_cb harness can fail in every revision: each is violated by the revision itself or by a mutation of it.

import { describe } from 'vitest';
import { testMutations } from '../support/mutate.js';

describe('lock', () => {
  testMutations('specs/async_cb/lock.heddle', [
    {
      name: 'frees at once instead of after a grace period',
      violates: 'NoUAFcb',
      edits: [['  cb_rcu.call_rcu(cb) ', '  free cb ']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'bpf_timer_delete does not wait for the callback',
      violates: 'NoUAFcb',
      edits: [['    hr.hrtimer_cancel(cb)                                   //    hrtimer_cancel(&t->timer)', '    hr.hrtimer_try_cancel(cb) //'], ['  cb_rcu.call_rcu(cb) ', '  free cb ']],
      constants: { ONLY: 'END' },
    },
    {
      name: 'kfree is left in beside call_rcu',
      violates: 'NoDoubleFree',
      edits: [['  cb_rcu.call_rcu(cb)  ', '  cb_rcu.call_rcu(cb) free cb ']],
      constants: { ONLY: 'END' },
    },
    {
      name: 'set_callback does not put the program before',
      violates: 'NoProgLeak',
      edits: [['    if prev != null { bpf_prog_put(prev) }  ', '    ']],
      constants: { ONLY: 'SWAP' },
    },
    {
      name: 'drop_prog_refcnt forgets the callback',
      violates: 'PairQuiescent',
      edits: [['    cb.callback_fn := null ', '    skip ']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'bpf_timer_start gives the lock back before it starts the timer',
      violates: 'NoArmAfterDelete',
      edits: [['  hr.hrtimer_start(t)   ', '  async_unlock(s, flags)\n  hr.hrtimer_start(t)\n  flags := async_lock(s) ']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'bpf_timer_cancel does not drop the program',
      violates: 'NoArmAfterCancel',
      edits: [['    if ret == OK { drop_prog_refcnt(t) }', '']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'bpf_timer_cancel does not wait for the callback',
      violates: 'CancelWaits',
      edits: [['    hr.hrtimer_cancel(t) ', '    hr.hrtimer_try_cancel(t) ']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'init does not look whether the slot is taken',
      violates: 'InitExclusive',
      edits: [['  if cb != null { return EBUSY }\n', '']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'init reads usercnt before it publishes (fixed by fd381ce60a2d)',
      violates: 'InitUref',
      edits: [['  slot[s] := cb                                             // 4', '  cnt := usercnt\n  slot[s] := cb // 4'], ['  cnt := usercnt                                            // 5', '  // 5']],
      constants: { ONLY: 'FIRST' },
    },
    {
      name: 'two callbacks cancel each other without asking',
      violates: 'NoDeadlock',
      edits: [['      if n > 0 { ret := EDEADLK } ', '      ']],
      constants: { ONLY: 'MUTUAL' },
    },
    {
      name: 'bpf_timer_start fails at once when the lock is taken',
      violates: 'NoSpuriousFail',
      edits: [['  flags := async_lock(s)                                    // 1\n  defer async_unlock(s, flags)                              // 4', '  if lock[s] != null { return EBUSY }\n  flags := async_lock(s)\n  defer async_unlock(s, flags)']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'the lock only turns interrupts off',
      violates: 'LockMutex',
      edits: [['  flags := spin_lock_irqsave(lock[s])', '  flags := local_irq_save()'], ['  spin_unlock_irqrestore(lock[s], flags)', '  local_irq_restore(flags)']],
      constants: { ONLY: 'RACE' },
    },
  ]);
});

describe('v1', () => {
  const UPDATE = '  if state == BUSY { return EBUSY }';
  testMutations('specs/async_cb/v1.heddle', [
    {
      name: 'starts the timer without taking a reference',
      violates: 'NoUAFcb',
      edits: [['  got := refcount_inc_not_zero(t.refcnt) ', '  got := true '], ['  bpf_async_put(t)  ', '  skip  ']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'kfree is left in beside call_rcu',
      violates: 'NoDoubleFree',
      edits: [['  cb_rcu.call_rcu(cb)  ', '  cb_rcu.call_rcu(cb) free cb ']],
      constants: { ONLY: 'END' },
    },
    {
      name: 'no FREED test after the exchange of BUSY for READY',
      violates: 'NoProgLeak',
      edits: [['    state := cmpxchg(cb.state, BUSY, READY) ', '    cmpxchg(cb.state, BUSY, READY) ']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'a plain read and write of prog instead of the exchange',
      violates: 'NoProgLeak',
      edits: [['prev := xchg(cb.prog, p)', 'cb.prog := p']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'returns early on FREED',
      violates: 'NoProgLeak',
      edits: [[UPDATE, `${UPDATE}\n  if state == FREED { return EPERM }`]],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'the drop path forgets the callback',
      violates: 'PairQuiescent',
      edits: [['    cb.callback_fn := null  ', '    skip  ']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'bpf_timer_start puts its reference before it starts the timer',
      violates: 'NoArmAfterDelete',
      edits: [['  hr.hrtimer_start(t)   ', '  bpf_async_put(t)\n  hr.hrtimer_start(t) //'], ['  bpf_async_put(t)                                          //     bpf_async_put(&t->cb)\n', '']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'bpf_timer_cancel does not wait for the callback',
      violates: 'CancelWaits',
      edits: [['    hr.hrtimer_cancel(t) ', '    hr.hrtimer_try_cancel(t) ']],
      constants: { ONLY: 'RACE' },
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
      name: 'two callbacks cancel each other without asking',
      violates: 'NoDeadlock',
      edits: [['    if n > 0 { ret := EDEADLK } ', '    ']],
      constants: { ONLY: 'MUTUAL' },
    },
    {
      name: 'two updates at once',
      violates: 'UpdateMutex',
      edits: [[UPDATE, '']],
      constants: { ONLY: 'RACE' },
    },
    {
      name: 'the state leaves FREED',
      violates: 'FreedStable',
      edits: [['state := cmpxchg(cb.state, BUSY, READY)', 'state := xchg(cb.state, READY)']],
      constants: { ONLY: 'RACE' },
    },
  ]);
});
