// Every safety property of the async_cb harness can fail: each is violated by a mutation made here, or by the other revision. A mutation
// edits the text of a spec in one place, as a wrong patch would edit the C code.

import { expect, test } from 'vitest';
import { checkSpec, violatedIn, type Edit } from '../support/check-spec.js';

const LOCK = 'specs/async_cb/lock.heddle';
const V1 = 'specs/async_cb/v1.heddle';
const RCU_CALLBACK = 'lib/kernel/rcu_callback.heddle';
const MODEL = 'specs/async_cb/model.heddle';

interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly violates: string;
  readonly edits: readonly Edit[];
  readonly check?: string;
  readonly constants?: Readonly<Record<string, string>>;
}

const USER_ONLY = { APART: 'false', SLOTS: '1', CPUS: '2', CALLERS: '1', BUDGET: '1', CALLBACK_OPS: 'false', DETACH: 'false', USER_DROPS: 'true' };
const DELETE_FROM_CALLBACK = { APART: 'false', SLOTS: '1', CPUS: '2', CALLERS: '1', BUDGET: '1', CALLBACK_OPS: 'true', DETACH: 'false', USER_DROPS: 'false' };

const MUTATIONS: readonly Mutation[] = [
  {
    name: 'v1 without the FREED test after the exchange of BUSY for READY',
    file: V1,
    violates: 'NoProgLeak',
    edits: [{ file: V1, from: '    state := cmpxchg(cb.state, BUSY, READY) ', to: '    cmpxchg(cb.state, BUSY, READY) ' }],
  },
  {
    name: 'v1 with a plain read and write of prog instead of the exchange',
    file: V1,
    violates: 'NoProgLeak',
    edits: [{ file: V1, from: 'prev := xchg(cb.prog, p)', to: 'cb.prog := p' }],
    constants: USER_ONLY,
  },
  {
    name: 'v1 that starts the timer without taking a reference',
    file: V1,
    violates: 'NoUAFcb',
    edits: [
      { file: V1, from: 'got := refcount_inc_not_zero(t.refcnt)', to: 'got := true' },
      { file: V1, from: 'bpf_async_put(t)  ', to: 'skip  ' },
    ],
  },
  {
    name: 'v1 that returns early on FREED',
    file: V1,
    violates: 'NoProgLeak',
    edits: [{ file: V1, from: '  if state == BUSY { return EBUSY }', to: '  if state == BUSY { return EBUSY }\n  if state == FREED { return EPERM }' }],
  },
  {
    name: 'lock that reads usercnt before it publishes',
    file: LOCK,
    violates: 'InitUref',
    edits: [
      { file: LOCK, from: '  slot[s] := cb                                             // 4', to: '  cnt := usercnt\n  slot[s] := cb // 4' },
      { file: LOCK, from: '  cnt := usercnt                                            // 5', to: '  // 5' },
    ],
    constants: { ...USER_ONLY, ARMED: 'false' },
  },
  {
    name: 'lock that frees at once instead of after a grace period',
    file: LOCK,
    violates: 'NoUAFcb',
    edits: [{ file: LOCK, from: 'cb_rcu.call_rcu(t)', to: 'free t' }],
  },
  {
    name: 'a deletion that does not wait for the callback',
    file: LOCK,
    violates: 'NoUAFcb',
    edits: [{ file: LOCK, from: '  hr.hrtimer_cancel(t)                                      //    hrtimer_cancel', to: '  hr.hrtimer_try_cancel(t) //' }, { file: RCU_CALLBACK, from: 'waits[x] := rcu_readers(TRACE)', to: 'waits[x] := {}' }],
    constants: USER_ONLY,
  },
  {
    name: 'bpf_timer_cancel that does not wait for the callback',
    file: LOCK,
    violates: 'CancelWaits',
    edits: [{ file: LOCK, from: '    hr.hrtimer_cancel(t)                                    // 7', to: '    hr.hrtimer_try_cancel(t) // 7' }],
  },
  {
    name: 'init that does not look whether the slot is taken',
    file: LOCK,
    violates: 'InitExclusive',
    edits: [{ file: LOCK, from: '  if cb != null { return EBUSY }\n', to: '' }],
  },
  {
    name: 'a program that is freed without a grace period',
    file: LOCK,
    violates: 'ProgAliveStrong',
    edits: [{ file: MODEL, from: 'else { prog_rcu.call_rcu(p) }', to: 'else { free_prog(p) }' }, { file: LOCK, from: 'prog_rcu.call_rcu(p)', to: 'free_prog(p)' }],
    check: 'default',
  },
  {
    name: 'a deletion that puts the cb twice',
    file: V1,
    violates: 'NoDoubleFree',
    edits: [{ file: RCU_CALLBACK, from: '          done(x)\n', to: '          done(x)\n          done(x)\n' }],
    constants: USER_ONLY,
  },
  {
    name: 'a start that arms a timer whose deletion is over',
    file: LOCK,
    violates: 'NoArmAfterDelete',
    edits: [
      { file: LOCK, from: '  hr.hrtimer_start(t)                                       // 3', to: '  async_unlock(s, flags)\n  hr.hrtimer_start(t)\n  flags := async_lock(s) // 3' },
    ],
  },
  {
    name: 'set_callback that forgets the callback',
    file: LOCK,
    violates: 'PairQuiescent',
    edits: [{ file: LOCK, from: '    cb.callback_fn := null ', to: '    skip ' }],
  },
  {
    name: 'a lock that only turns interrupts off',
    file: LOCK,
    violates: 'LockMutex',
    edits: [
      { file: LOCK, from: '  flags := spin_lock_irqsave(lock[s])', to: '  flags := local_irq_save()' },
      { file: LOCK, from: '  spin_unlock_irqrestore(lock[s], flags)', to: '  local_irq_restore(flags)' },
    ],
  },
  {
    name: 'two updates at once',
    file: V1,
    violates: 'UpdateMutex',
    edits: [{ file: V1, from: '  if state == BUSY { return EBUSY }', to: '' }],
  },
  {
    name: 'a state that leaves FREED',
    file: V1,
    violates: 'FreedStable',
    edits: [{ file: V1, from: 'state := cmpxchg(cb.state, BUSY, READY)', to: 'state := xchg(cb.state, READY)' }],
  },
  {
    name: 'a callback that cancels itself',
    file: LOCK,
    violates: 'NoDeadlock',
    edits: [{ file: LOCK, from: '    if cur == t {\n', to: '    if false {\n' }, { file: LOCK, from: '    } else if cur != null {', to: '    } else if cur != null && cur != t {' }],
    constants: DELETE_FROM_CALLBACK,
  },
];

test.each(MUTATIONS)('$name violates $violates', { timeout: 240_000 }, ({ file, violates, edits, check, constants }) => {
  const run = { file, check: check ?? 'quick', edits, properties: [violates], stopEarly: true, ...(constants === undefined ? {} : { constants }) };
  const outcome = checkSpec(run);
  expect(outcome.diagnostics ?? []).toEqual([]);
  expect(violatedIn(outcome)).toContain(violates);
});

test('what holds with the lock is lost in v1', { timeout: 240_000 }, () => {
  const properties = ['NoArmAfterCancel', 'NoSpuriousFail'];
  expect(violatedIn(checkSpec({ file: LOCK, check: 'quick', properties }))).toEqual([]);
  expect(violatedIn(checkSpec({ file: V1, check: 'quick', properties })).toSorted()).toEqual(properties);
});

