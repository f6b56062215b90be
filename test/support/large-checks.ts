// Checks of specs/ with many states, and how many, as measured, so that a test that wants small ones need not search them to find out. A spec
// that changes makes a number wrong, which only decides whether the check is looked at.

/** More than a million. */
const HUGE = Infinity;

export const LARGE_CHECKS: { readonly [check: string]: number } = {
  'async_cb/lock.heddle work': 134_023,
  'async_cb/mainline.heddle default': 461_711,
  'async_cb/mainline.heddle work': 533_809,
  'async_cb/mainline.heddle live': 174_713,
  'async_cb/mainline.heddle live_work': 187_713,
  'async_cb/v1.heddle default': 220_997,
  'async_cb/v1.heddle work': 310_026,
  'async_cb/v3.heddle quick': 260_668,
  'async_cb/v3.heddle default': HUGE,
  'async_cb/v3.heddle work': HUGE,
  'async_cb/v3.heddle live': 260_936,
  'async_cb/v3.heddle live_work': 150_122,
  'async_cb/v4.heddle quick': 369_313,
  'async_cb/v4.heddle default': HUGE,
  'async_cb/v4.heddle quick_work': 178_013,
  'async_cb/v4.heddle work': HUGE,
  'async_cb/v4.heddle live': 387_124,
  'async_cb/v4.heddle live_work': 262_231,
  'async_cb/v5.heddle quick': 374_115,
  'async_cb/v5.heddle default': HUGE,
  'async_cb/v5.heddle quick_work': 178_013,
  'async_cb/v5.heddle work': HUGE,
  'async_cb/v5.heddle live': 390_968,
  'async_cb/v5.heddle live_work': 262_231,
  'async_cb/v6.heddle quick': 147_856,
  'async_cb/v6.heddle default': HUGE,
  'async_cb/v6.heddle work': 807_848,
  'async_cb/v6.heddle live': 161_012,
  'async_cb/v6.heddle live_work': 140_543,
  'async_cb/v9.heddle default': 356_963,
  'async_cb/v9.heddle work': 384_695,
  'async_cb/v9.heddle live': 142_298,
  'async_cb/v9.heddle live_work': 145_361,
};
