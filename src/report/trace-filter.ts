// `--hide` and `--only`: variables that a reader of a trace does not want to see. Steps stay; what they did to such variables goes.

import type { CheckOutcome, TraceData } from '../checker/outcome.js';

export interface TraceFilter {
  readonly hide: readonly string[];
  /** Empty: all. */
  readonly only: readonly string[];
}

/** The outcome with traces that show the wanted variables only. */
export function filtered(outcome: CheckOutcome, filter: TraceFilter): CheckOutcome {
  if (filter.hide.length === 0 && filter.only.length === 0) return outcome;
  return { ...outcome, properties: outcome.properties.map((p) => (p.trace === undefined ? p : { ...p, trace: filteredTrace(p.trace, filter) })) };
}

export function filteredTrace(trace: TraceData, { hide, only }: TraceFilter): TraceData {
  const isWanted = (path: string): boolean => /^at(\(\))?$/.test(path) || ((only.length === 0 || only.some((name) => names(name, path))) && !hide.some((name) => names(name, path)));
  const wanted = <T>(values: { readonly [path: string]: T }): { readonly [path: string]: T } => Object.fromEntries(Object.entries(values).filter(([path]) => isWanted(path)));
  return {
    ...trace,
    // Lanes leave ghosts out; one that is asked for by name is to be seen.
    ...(trace.ghosts === undefined || only.length === 0 ? {} : { ghosts: trace.ghosts.filter((ghost) => !only.some((name) => names(name, ghost))) }),
    initial: wanted(trace.initial),
    steps: trace.steps.map((step) => ({ ...step, changes: wanted(step.changes), state: wanted(step.state) })),
  };
}

/** Names of the filter that name nothing in the traces: probably a slip. */
export function unknownNames(outcomes: readonly CheckOutcome[], { hide, only }: TraceFilter): readonly string[] {
  const traces = outcomes.flatMap((o) => o.properties.flatMap((p) => (p.trace === undefined ? [] : [p.trace])));
  const paths = new Set(traces.flatMap((t) => [...Object.keys(t.initial), ...t.steps.flatMap((s) => [...Object.keys(s.changes), ...Object.keys(s.state)])]));
  return traces.length === 0 ? [] : [...hide, ...only].filter((name) => ![...paths].some((path) => names(name, path)));
}

/**
 * `slot` names `slot` and all its parts, `slot[0]` one of them; `refcnt` the field of every object and `cb#0.refcnt` that of one; `Cb` every
 * object of the pool; `t` the local of every process, `task[0]` all that are its own.
 */
export function names(name: string, path: string): boolean {
  const parts = path.split('.');
  const wanted = name.split('.');
  return parts.some((_, from) => wanted.every((part, i) => parts[from + i] !== undefined && isPart(part, parts[from + i]!)));
}

function isPart(name: string, part: string): boolean {
  if (name === part) return true;
  const object = /^(.*)#\d+$/.exec(part);
  if (object !== null) return name.toLowerCase() === object[1]!.toLowerCase();
  return part.startsWith(`${name}[`);
}
