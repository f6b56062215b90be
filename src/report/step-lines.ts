// What one step looks like in a lane: the calls that lead to its statement, the statement with what it changed or read, and the
// returns behind it. Only what a reader needs to see the race: ghosts, resets of dead locals, arguments on their way into a call that has
// its own line, and library calls inside the statement are left out (the table shows every change).

import type { EventData, Json, Shape, StepData, TraceData } from '../checker/outcome.js';
import { plainText } from './line-breaking.js';
import { statementText } from './trace-words.js';
import { sameValue, valueText } from './value-text.js';
import { lastName } from '../core/names.js';

export interface StepLine {
  /** Calls that the line stands in. */
  readonly indent: number;
  readonly text: string;
  /** What the statement did, to stand beside it: `READY -> BUSY`. */
  readonly effect?: string;
  /** The same with names, to stand below it when that does not fit or is not enough: `cb#0.refcnt: 1 -> 2`, `got = true`. */
  readonly below?: readonly string[];
  readonly isStatement: boolean;
}

interface Change {
  readonly name: string;
  /** The last identifier of the name: `refcnt` of `cb#0.refcnt`, `slot` of `slot[0]`. */
  readonly base: string;
  readonly isLocal: boolean;
  readonly before: Json;
  readonly after: Json;
  readonly shape: Shape;
}

/** The lines of a step, in order. */
export function linesOfStep(step: StepData, trace: TraceData): readonly StepLine[] {
  const text = plainText(statementText(step));
  const folded = foldedCalls(step, text);
  const shown = step.events.filter((e) => !folded.has(e));
  const returned = /^(?:[\w.]+:[+-]? )?return\b/.test(text) ? shown.find((e) => e.kind === 'return' && e.depth === step.calls.length - 1) : undefined;
  const result = returned?.result ?? [...folded].find((e) => e.kind === 'return' && e.result !== undefined)?.result;
  const lines: StepLine[] = [];
  let isBefore = true;
  for (const event of shown) {
    if (event === returned) continue;
    if (isBefore && !leadsTo(event, step)) {
      isBefore = false;
      lines.push(statementLine(step, trace, text, result));
    }
    lines.push(eventLine(event));
  }
  if (isBefore) lines.push(statementLine(step, trace, text, result));
  return lines;
}

/** A call that the step's statement stands in. */
const leadsTo = (event: EventData, step: StepData): boolean => event.kind === 'call' && step.calls[event.depth] === event.procedure;

/** Calls that begin and end in the step and stand in its text (`got := inc_not_zero(t.refcnt)`), with all that happens in them. */
function foldedCalls(step: StepData, text: string): ReadonlySet<EventData> {
  const folded = new Set<EventData>();
  step.events.forEach((event, begin) => {
    if (event.kind !== 'call' || event.depth < step.calls.length || !text.includes(`${lastName(event.procedure)}(`)) return;
    const end = step.events.findIndex((e, i) => i > begin && e.kind === 'return' && e.depth === event.depth);
    // A call in which the step errs has no end; without arguments its line would be that of the statement once more.
    if (end < 0 && step.errs === true && Object.keys(event.arguments ?? {}).length === 0) folded.add(event);
    if (end < 0) return;
    // The outer return comes first, so that its result is the one that is shown.
    folded.add(event).add(step.events[end]!);
    for (const inner of step.events.slice(begin + 1, end)) folded.add(inner);
  });
  return folded;
}

function eventLine(event: EventData): StepLine {
  const result = event.result === undefined ? '' : ` ${valueText(event.result)}`;
  if (event.kind === 'return') return { indent: event.depth + 1, text: plainText(`return${result}`), isStatement: false };
  const values = Object.entries(event.arguments ?? {}).map(([name, value]) => `${name}=${valueText(value)}`);
  return { indent: event.depth, text: plainText(`${event.procedure}(${values.join(', ')})`), isStatement: false };
}

function statementLine(step: StepData, trace: TraceData, text: string, result: Json | undefined): StepLine {
  const line = { indent: step.calls.length, text, isStatement: true };
  const changes = relevantChanges(step, trace, text);
  const below = changes.map((c) => plainText(named(c)));
  if (changes.length > 1) return { ...line, below };
  if (changes.length === 1) return { ...line, effect: plainText(beside(changes[0]!, text)), below };
  if (result !== undefined) return text.endsWith(` ${valueText(result)}`) ? line : { ...line, effect: plainText(`-> ${valueText(result)}`) };
  if (/\bcmpxchg\(/.test(text) && step.errs !== true) return { ...line, effect: 'fails' };
  const effect = unchangedTarget(step, trace, text);
  return effect === undefined ? line : { ...line, effect: plainText(effect.beside), below: [plainText(effect.below)] };
}

function relevantChanges(step: StepData, trace: TraceData, text: string): readonly Change[] {
  const targets = assignedNames(text);
  const seen = Object.entries(step.changes).filter(([path]) => !isGhost(path, trace) && (targets.has(baseOf(path)) || !isArgument(path, step, trace)));
  const changes = seen.map(([path, [before, after]]): Change => {
    const isLocal = path.startsWith(`${step.process}.`);
    const name = isLocal ? localName(path.slice(step.process.length + 1), step) : path;
    return { name, base: baseOf(name), isLocal, before, after, shape: trace.shapes?.[path] ?? 'scalar' };
  });
  const shared = changes.filter((c) => !c.isLocal);
  const isReset = (c: Change): boolean => {
    const [path] = seen[changes.indexOf(c)]!;
    const initial = trace.initial[path];
    return initial === undefined ? c.after === null : sameValue(c.after, initial);
  };
  const locals = changes.filter((c) => {
    if (!c.isLocal) return false;
    if (!targets.has(c.base)) return !isReset(c) && !isResult(c, step);
    // The old value that an exchange gives back is already said by `old -> new`.
    return !(shared.length === 1 && /\b(cmpxchg|xchg|fetch_add)\(/.test(text) && sameValue(c.after, shared[0]!.before));
  });
  return [...shared, ...locals];
}

const isGhost = (path: string, trace: TraceData): boolean => trace.ghosts?.some((name) => path === name || path.startsWith(`${name}[`) || path.startsWith(`${name}.`)) === true;

/** A local of a procedure that is not entered yet: it got its argument, and the line of the call says which. */
function isArgument(path: string, step: StepData, trace: TraceData): boolean {
  if (!path.startsWith(`${step.process}.`)) return false;
  const key = Object.keys(trace.initial).filter((k) => path === k || path.startsWith(`${k}.`) || path.startsWith(`${k}[`)).sort((a, b) => b.length - a.length)[0] ?? path;
  const name = key.slice(step.process.length + 1);
  return name.includes('.') && localName(name, step) === name;
}

/** What a call gave back, on its way to where it is wanted: the return says it. */
const isResult = (c: Change, step: StepData): boolean => c.base === 'result' && step.events.some((e) => e.kind === 'return' && e.result !== undefined && sameValue(e.result, c.after));

const named = (c: Change): string =>
  c.isLocal ? `${c.name} = ${valueText(c.after, c.shape)}` : `${c.name}: ${valueText(c.before, c.shape)} -> ${valueText(c.after, c.shape)}`;

/** Beside its statement a change needs no name where the statement says it. */
function beside(c: Change, text: string): string {
  if (!new RegExp(`\\b${c.base}\\b`).test(text)) return named(c);
  const after = `-> ${valueText(c.after, c.shape)}`;
  return c.isLocal ? after : `${valueText(c.before, c.shape)} ${after}`;
}

/** The names that a statement assigns or chooses: of `x, a.f := …` x and f, of `with p in S` p. */
function assignedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, list] of text.matchAll(/((?:[\w.[\]#]+\s*,\s*)*[\w.[\]#]+)\s*:=/g)) {
    for (const place of list!.split(',')) names.add(baseOf(place.trim()));
  }
  for (const [, name] of text.matchAll(/\b(?:with|var)\s+(\w+)/g)) names.add(name!);
  return names;
}

/** What a simple assignment left in its variable that held the same before: `-> null` for a local, `1 -> 1` for a shared one. */
function unchangedTarget(step: StepData, trace: TraceData, text: string): { readonly beside: string; readonly below: string } | undefined {
  const target = /^(?:[\w.]+:[+-]? )?(?:var )?(\w+)(?:: [^=]+?)? :?= /.exec(text)?.[1];
  if (target === undefined || step.errs === true) return undefined;
  const locals = [...[...step.calls].reverse().map((procedure) => `${step.process}.${procedure}.${target}`), `${step.process}.${target}`];
  const key = [...locals, target].find((k) => Object.hasOwn(step.state, k));
  if (key === undefined) return undefined;
  const value = valueText(step.state[key]!, trace.shapes?.[key]);
  if (text.endsWith(` := ${value}`)) return undefined;
  return key === target ? { beside: `${value} -> ${value}`, below: `${target}: ${value} -> ${value}` } : { beside: `-> ${value}`, below: `${target} = ${value}` };
}

/** Without the procedure that the local belongs to. */
function localName(name: string, step: StepData): string {
  const procedure = [...step.calls, ...step.events.map((e) => e.procedure)].find((p) => name.startsWith(`${p}.`));
  return procedure === undefined ? name : name.slice(procedure.length + 1);
}

const baseOf = (path: string): string => /([A-Za-z_]\w*)(?:\[[^\]]*\])*$/.exec(path)?.[1] ?? path;
