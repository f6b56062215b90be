// `--fewest-switches`: instead of the shortest trace one with the fewest changes of process, at most a little longer. What the search for it
// could promise stands in the trace's remark.

import { fewestSwitches } from '../checker/fewest-switches.js';
import type { Kernel } from '../checker/kernel.js';
import type { TraceData } from '../checker/outcome.js';
import type { Trace } from '../checker/verdict.js';
import type { Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { replay } from '../model/replay.js';
import type { CheckHooks } from './job.js';

/** Steps that the trace may have more than a shortest one. */
const LONGER = 2;
/** Places of the search at most: a few hundred megabytes. */
const LIMIT = 400_000;

export function calmTrace(model: Model, layout: Layout, kernel: Kernel, shortest: Trace, property: number, hooks: CheckHooks): TraceData {
  const known = replay(model, layout, shortest, property);
  const most = known.steps.length + LONGER;
  if (shortest.loopStart !== undefined || known.steps.length === 0) return known;
  const found = fewestSwitches({ kernel, property, most, limit: LIMIT, shouldStop: hooks.shouldStop });
  if (found === undefined) return { ...known, remark: `a shortest trace, with ${switches(known)} changes of process; the search for fewer was given up` };
  const trace = replay(model, layout, { ...found.trace, by: found.by }, property);
  return { ...trace, remark: `the fewest changes of process (${switches(trace)}) of all traces of at most ${most} steps` };
}

const switches = ({ steps }: TraceData): number => steps.filter(({ process }, i) => i > 0 && process !== steps[i - 1]!.process).length;
