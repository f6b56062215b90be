// What every form of a trace says in words: the headline above it and the remark at its end.

import type { PropertyOutcome, TraceData } from '../checker/outcome.js';
import { counted } from './quantities.js';

/** The first sentence of a doc comment, on one line; without its full stop when that ends the text. */
export function firstSentence(doc: string): string {
  const paragraph = doc.trim().split(/\n\s*\n/)[0]!.replace(/\s+/g, ' ').trim();
  const end = paragraph.search(/\.(?=\s+[A-Z`(])/);
  return (end < 0 ? paragraph : paragraph.slice(0, end)).replace(/\.$/, '');
}

/** `after 9 steps`, `in the initial state`, `by init`: where a trace ends; of a lasso what goes on for ever. */
export function whereViolated(trace: TraceData): string {
  const { loopStart } = trace;
  const last = trace.steps.length;
  if (loopStart !== undefined && loopStart < last) {
    const repeated = loopStart + 1 === last ? `step ${last}` : `steps ${loopStart + 1} ${loopStart + 2 === last ? 'and' : 'to'} ${last}`;
    return `by repeating ${repeated} for ever`;
  }
  if (loopStart !== undefined) return last === 0 ? 'by staying in the initial state' : `by stopping after ${counted(last, 'step')}`;
  if (trace.steps.length > 0) return `after ${counted(trace.steps.length, 'step')}`;
  return Object.keys(trace.initial).length === 0 ? 'by `init`' : 'in the initial state';
}

/** What the property asks, what went wrong and when, and what is to be said of the trace: a sentence each. */
export function headline(property: PropertyOutcome, trace: TraceData): readonly string[] {
  const fault = trace.fault === '' ? '' : `${trace.loopStart === undefined ? ':' : ','} ${trace.fault.replace(/\.$/, '')}`;
  const violated = `violated ${whereViolated(trace)}${fault}.`;
  const remark = trace.remark === undefined ? [] : [`${trace.remark[0]!.toUpperCase()}${trace.remark.slice(1)}.`];
  if (property.doc === undefined || property.doc.trim() === '') return [`${property.name}: ${violated}`, ...remark];
  return [`${property.name}: ${firstSentence(property.doc)}.`, `V${violated.slice(1)}`, ...remark];
}

/** What stands beside the last step. A lasso has no such step: its loop is what violates the property. */
export function endRemark(property: PropertyOutcome, trace: TraceData): string | undefined {
  if (trace.loopStart !== undefined || trace.steps.length === 0) return undefined;
  if (trace.steps.at(-1)!.errs === true) return `<-- error: ${trace.fault}`;
  return property.kind === 'deadlock' ? `<-- deadlock: ${trace.fault}` : '<-- violated here';
}

/** The remark before the first step of a lasso's loop, and after its last. */
export function loopRemarks(trace: TraceData): { readonly before: number; readonly start: string; readonly end: string } | undefined {
  if (trace.loopStart === undefined) return undefined;
  const last = trace.steps.length;
  if (trace.loopStart >= last) return { before: last + 1, start: '', end: '-- and so it stays for ever --' };
  const first = trace.loopStart + 1;
  return {
    before: first,
    start: '-- the loop begins: what follows repeats for ever --',
    end: `-- the loop ends: on with step ${first} --`,
  };
}

/** The text of a step's statement; its name where there is none. */
export const statementText = (step: { readonly text: string; readonly step: string }): string => (step.text.trim() === '' ? step.step : step.text);
