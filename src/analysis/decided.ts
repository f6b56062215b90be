// Conditions that constants decide. What a decided condition rules out is dead in this configuration, though not in another: there
// a value that never fits is no mistake, and is checked where it is stored like any other.

import type { Expr } from '../core/expr.js';
import { constantCondition, fold } from '../core/fold.js';
import type { Env } from './env.js';

/**
 * The surroundings of what is evaluated only where the condition is `needed`. The mark travels downwards, so that it ends where the dead
 * code does: a procedure that is first met there is called from elsewhere too.
 */
export function where(env: Env, condition: Expr | undefined, needed: boolean): Env {
  if (env.dead === true || condition === undefined || constantCondition(fold(condition)) !== !needed) return env;
  return { ...env, dead: true };
}
