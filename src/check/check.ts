// One check of one file, from text to outcome, in this thread alone.

import type { Loader } from '../analysis/modules.js';
import type { CheckOutcome } from '../checker/outcome.js';
import type { CheckHooks, CheckJob } from './job.js';
import { prepareCheck } from './prepare.js';
import { runAlone } from './run.js';

/** Compiles and checks. */
export function checkFile(job: CheckJob, loader: Loader, hooks: CheckHooks): CheckOutcome {
  const prepared = prepareCheck(job, loader, hooks.clock);
  return 'model' in prepared ? runAlone(prepared, hooks) : prepared;
}
