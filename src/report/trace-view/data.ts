// What the trace view gets, as plain data. Of each state of a trace only what is different from the one before: a report holds many traces
// of many states. Knows nothing of a browser, so that whoever gives the data can make it.

import type { Json, PropertyOutcome, StepData, TraceData } from '../../checker/outcome.js';
import { sameValue } from '../value-text.js';

export interface TraceViewData {
  readonly property: Pick<PropertyOutcome, 'name' | 'kind' | 'doc'>;
  readonly trace: CompactTrace;
  /** A line for who gets the trace in a mail: file, check and bounds. */
  readonly context: string;
}

/** What stands beside a line of the source. */
export interface LineNote {
  readonly kind: 'taken' | 'partly' | 'never';
  /** A few characters: `1,024`, `never`. */
  readonly text: string;
  /** The whole story, for who points at it. */
  readonly title: string;
}

export interface CompactTrace extends Omit<TraceData, 'steps'> {
  readonly steps: readonly CompactStep[];
}

export interface CompactStep extends Omit<StepData, 'state'> {
  /** Variables that are new or have another value after the step. */
  readonly set: { readonly [name: string]: Json };
  /** Variables that are no longer there: objects that were freed, locals that nobody can read. */
  readonly gone: readonly string[];
}

export function compactTrace(trace: TraceData): CompactTrace {
  let before = trace.initial;
  const steps = trace.steps.map(({ state, ...step }): CompactStep => {
    const set = Object.fromEntries(Object.entries(state).filter(([name, value]) => !Object.hasOwn(before, name) || !sameValue(before[name], value)));
    const gone = Object.keys(before).filter((name) => !Object.hasOwn(state, name));
    before = state;
    return { ...step, set, gone };
  });
  return { ...trace, steps };
}

/** The trace with all its states. Variables keep their order: what is new stands where it belongs after all that was there before it. */
export function wholeTrace(trace: CompactTrace): TraceData {
  let state = trace.initial;
  const steps = trace.steps.map(({ set, gone, ...step }): StepData => {
    const left = gone.length === 0 ? state : Object.fromEntries(Object.entries(state).filter(([name]) => !gone.includes(name)));
    state = { ...left, ...set };
    return { ...step, state };
  });
  return { ...trace, steps };
}
