// Traces in Apalache's Informal Trace Format (its ADR-015), for the viewers that read it. One trace is one object; several are an
// array of them. Numbers are `#bigint` as Apalache itself writes them, sets `#set`, maps `#map`, sequences lists. The format has no
// null: it is written as the string "null".

import type { CheckOutcome, Json, PropertyOutcome, Shape, StepData, TraceData } from '../checker/outcome.js';
import { tracesOf } from './json.js';
import { firstSentence } from './trace-words.js';

export type ItfValue = boolean | string | readonly ItfValue[] | { readonly [key: string]: ItfValue };

export interface ItfTrace {
  readonly '#meta': { readonly [key: string]: Json };
  readonly params?: readonly string[];
  readonly vars: readonly string[];
  readonly states: readonly { readonly [key: string]: unknown }[];
  readonly loop?: number;
}

/** The traces of all violated properties (of those named, if any are) as the text of one JSON document. */
export function itf(outcomes: readonly CheckOutcome[], names?: readonly string[]): string {
  const traces = tracesOf(outcomes, names).map(({ outcome, property, trace }) => itfTrace(outcome, property, trace));
  return `${JSON.stringify(traces.length === 1 ? traces[0] : traces, undefined, 2)}\n`;
}

/** One trace. A step that errs has no state after it: the trace ends in the state before, and says so in `#meta`. */
export function itfTrace(outcome: CheckOutcome, property: PropertyOutcome, trace: TraceData): ItfTrace {
  const constants = Object.entries(outcome.constants);
  const valuesOf = (values: { readonly [name: string]: Json }): { readonly [name: string]: ItfValue } =>
    Object.fromEntries([...constants, ...Object.entries(values)].map(([name, value]) => [name, itfValue(value, trace.shapes?.[name])]));
  const stateOf = (step: StepData): { readonly [key: string]: unknown } => ({
    '#meta': { index: step.index, process: step.process, step: step.step, file: step.file, line: step.line, column: step.column, text: step.text },
    ...valuesOf(step.state),
  });
  const erring = trace.steps.find((step) => step.errs === true);
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: outcome.file,
      check: outcome.check,
      property: property.name,
      ...(property.doc === undefined ? {} : { 'property-description': firstSentence(property.doc) }),
      status: 'violation',
      description: trace.fault,
      ...(erring === undefined ? {} : { 'erring-step': { process: erring.process, step: erring.step, file: erring.file, line: erring.line, column: erring.column } }),
    },
    ...(constants.length === 0 ? {} : { params: constants.map(([name]) => name) }),
    vars: Object.keys(trace.initial),
    states: [{ '#meta': { index: 0 }, ...valuesOf(trace.initial) }, ...trace.steps.filter((step) => step !== erring).map(stateOf)],
    ...(trace.loopStart === undefined ? {} : { loop: trace.loopStart }),
  };
}

/** A value in the format. Without a shape an array is a list. */
export function itfValue(value: Json, shape: Shape = 'scalar'): ItfValue {
  if (value === null) return 'null';
  if (typeof value === 'number') return { '#bigint': String(value) };
  if (typeof value !== 'object') return value;
  if (!Array.isArray(value)) {
    const fields = typeof shape === 'object' && shape.kind === 'record' ? shape.fields : {};
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, itfValue(field, fields[name])]));
  }
  const items = value as readonly Json[];
  if (shape === 'scalar' || shape.kind === 'record') return items.map((item) => itfValue(item));
  if (shape.kind === 'map') {
    return { '#map': items.map((item) => (Array.isArray(item) ? [itfValue(item[0], shape.key), itfValue(item[1], shape.value)] : itfValue(item))) };
  }
  const elements = items.map((item) => itfValue(item, shape.element));
  return shape.kind === 'set' ? { '#set': elements } : elements;
}
