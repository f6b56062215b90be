// What the trace view gets, as plain data. Of each state of a trace only what is different from the one before, down to the entry of a map
// or the field of an object: a report holds many traces of many states. Knows nothing of a browser, so that whoever gives the data can make it.

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

export interface CompactStep extends Omit<StepData, 'state' | keyof StepPlace> {
  readonly place: StepPlace;
  /** What is new or has another value after the step. */
  readonly set: readonly Edit[];
  /** Variables that are no longer there: objects that were freed, locals that nobody can read. */
  readonly gone: readonly string[];
}

/** What is the same whenever a process takes this step: traces have many steps, and a spec has few. */
type StepPlace = Pick<StepData, 'process' | 'step' | 'file' | 'line' | 'column' | 'text' | 'calls'>;

/** The value behind a path: the name of a variable, then names of fields and indices of arrays. */
type Edit = readonly [path: Path, value: Json];
type Path = readonly [variable: string, ...inside: readonly (string | number)[]];

interface Variables {
  readonly [name: string]: Json;
}

export function compactTrace(trace: TraceData): CompactTrace {
  let before = trace.initial;
  const steps = trace.steps.map(({ state, process, step, file, line, column, text, calls, ...rest }): CompactStep => {
    const names = Object.keys(state);
    const set = names.flatMap((name): readonly Edit[] => (Object.hasOwn(before, name) ? editsBetween(before[name]!, state[name]!, [name]) : [[[name], state[name]!]]));
    const gone = Object.keys(before).filter((name) => !Object.hasOwn(state, name));
    before = state;
    return { ...rest, place: { process, step, file, line, column, text, calls }, set, gone };
  });
  return { ...trace, steps };
}

function editsBetween(before: Json, after: Json, path: Path): readonly Edit[] {
  if (sameValue(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.flatMap((item: Json, i) => editsBetween((before as readonly Json[])[i]!, item, [...path, i]));
  }
  if (isRecord(before) && isRecord(after) && Object.keys(before).join('\n') === Object.keys(after).join('\n')) {
    return Object.entries(after).flatMap(([name, field]) => editsBetween(before[name]!, field, [...path, name]));
  }
  return [[path, after]];
}

const isRecord = (value: Json): value is Variables => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The trace with all its states. Variables keep their order: what is new stands where it belongs after all that was there before it. */
export function wholeTrace(trace: CompactTrace): TraceData {
  let state: Variables = trace.initial;
  const steps = trace.steps.map(({ place, set, gone, ...rest }): StepData => {
    const left = gone.length === 0 ? state : Object.fromEntries(Object.entries(state).filter(([name]) => !gone.includes(name)));
    state = set.reduce<Variables>((whole, [path, value]) => edited(whole, path, value) as Variables, left);
    return { ...rest, ...place, state };
  });
  return { ...trace, steps };
}

/** A copy with another value behind the path. */
function edited(whole: Json, [key, ...inside]: readonly (string | number)[], value: Json): Json {
  if (key === undefined) return value;
  if (Array.isArray(whole)) return whole.map((item: Json, i) => (i === key ? edited(item, inside, value) : item));
  return { ...(whole as Variables), [key]: edited((whole as Variables)[key]!, inside, value) };
}
