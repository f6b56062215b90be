// The built-in checks: what a step can do wrong. Those of a pool are named `Cb.use_after_free`.

/** Errors that belong to no pool. */
export const GLOBAL_ERRORS = [
  'null_dereference',
  'out_of_range',
  'bad_index',
  'division_by_zero',
  'empty_set',
  'empty_sequence',
  'full_sequence',
  'assigned_twice',
  'endless_atomic',
  'assertion',
] as const;

/** Errors of each pool; `leak` is a property of states, the others are errors of a step. */
export const POOL_ERRORS = ['use_after_free', 'double_free', 'exhausted', 'leak'] as const;

export type GlobalError = (typeof GLOBAL_ERRORS)[number];
export type PoolError = (typeof POOL_ERRORS)[number];

/** What each error means, in words for a reader of a trace. */
export const ERROR_TEXT: Record<GlobalError | PoolError, string> = {
  null_dereference: 'null is used as a value',
  out_of_range: 'a value does not fit its type',
  bad_index: 'an index is not in the map',
  division_by_zero: 'division by zero',
  empty_set: 'min or max of an empty set',
  empty_sequence: 'head or tail of an empty sequence',
  full_sequence: 'append to a full sequence',
  assigned_twice: 'one place is assigned twice at once',
  endless_atomic: 'an atomic step does not end (10,000 rounds of a loop)',
  assertion: 'an assertion fails',
  use_after_free: 'an object is used after it was freed',
  double_free: 'an object is freed twice',
  exhausted: 'the pool has no free slot',
  leak: 'a live object cannot be reached',
};
