// The JSON of `check`: always an array, one object a file and check, in order, also when the spec is wrong. The shape is a contract
// (docs/cli.md): fields are written out one by one, so that what the reports need besides never leaks into it.

import type { CheckOutcome, DiagnosticData, PropertyOutcome, TraceData } from '../checker/outcome.js';

/** The document, with a line break at its end. `version` is Heddle's. */
export function json(outcomes: readonly CheckOutcome[], version: string): string {
  return `${JSON.stringify(outcomes.map((outcome) => outcomeObject(outcome, version)), undefined, 2)}\n`;
}

/** The traces alone, for `--trace json`: an array of `{ file, check, property, trace }`, of the properties named if any are. */
export function jsonTraces(outcomes: readonly CheckOutcome[], names?: readonly string[]): string {
  const traces = tracesOf(outcomes, names).map(({ outcome: { file, check }, property: { name }, trace }) => ({ file, check, property: name, trace: traceObject(trace) }));
  return `${JSON.stringify(traces, undefined, 2)}\n`;
}

/** Every trace, or those of the properties that are named. */
export function tracesOf(outcomes: readonly CheckOutcome[], names?: readonly string[]): readonly { readonly outcome: CheckOutcome; readonly property: PropertyOutcome; readonly trace: TraceData }[] {
  return outcomes.flatMap((outcome) =>
    outcome.properties.flatMap((property) => (property.trace === undefined || names?.includes(property.name) === false ? [] : [{ outcome, property, trace: property.trace }])),
  );
}

function outcomeObject(outcome: CheckOutcome, version: string): object {
  const { spec, file, check, engine, workers, constants, states, cost } = outcome;
  return {
    heddle: version,
    spec,
    file,
    check,
    engine,
    workers,
    memoryModel: 'sc',
    constants,
    outcome: outcome.outcome,
    states: { distinct: states.distinct, generated: states.generated, initial: states.initial, depth: states.depth, complete: states.complete },
    ...(outcome.unfinished === undefined ? {} : { unfinished: outcome.unfinished }),
    cost: {
      seconds: cost.seconds,
      compileSeconds: cost.compileSeconds,
      statesPerSecond: cost.statesPerSecond,
      peakMemoryBytes: cost.peakMemoryBytes,
      bytesPerState: cost.bytesPerState,
    },
    properties: outcome.properties.map(propertyObject),
    warnings: outcome.warnings.map(diagnosticObject),
    ...(outcome.diagnostics === undefined ? {} : { diagnostics: outcome.diagnostics.map(diagnosticObject) }),
  };
}

function propertyObject(property: PropertyOutcome): object {
  const { name, kind, verdict, expected, reason, upTo, trace } = property;
  return {
    name,
    kind,
    verdict,
    expected,
    ...(reason === undefined ? {} : { reason }),
    ...(upTo === undefined || upTo.length === 0 ? {} : { upTo }),
    ...(trace === undefined ? {} : { trace: traceObject(trace) }),
  };
}

/** A trace as JSON has it everywhere. */
export function traceObject(trace: TraceData): object {
  return {
    initial: trace.initial,
    steps: trace.steps.map((step) => ({
      index: step.index,
      process: step.process,
      step: step.step,
      calls: step.calls,
      events: step.events.map(({ kind, procedure, depth, observable, arguments: args, result }) => ({
        kind,
        procedure,
        depth,
        observable,
        ...(args === undefined ? {} : { arguments: args }),
        ...(result === undefined ? {} : { result }),
      })),
      file: step.file,
      line: step.line,
      column: step.column,
      changes: step.changes,
    })),
    ...(trace.loopStart === undefined ? {} : { loopStart: trace.loopStart }),
    ...(trace.why === undefined ? {} : { why: trace.why }),
    ...(trace.remark === undefined ? {} : { remark: trace.remark }),
  };
}

function diagnosticObject(d: DiagnosticData): object {
  const { code, severity, file, line, column, endLine, endColumn, message, help, related } = d;
  return {
    code,
    severity,
    file,
    line,
    column,
    endLine,
    endColumn,
    message,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined || related.length === 0
      ? {}
      : { related: related.map((r) => ({ file: r.file, line: r.line, column: r.column, message: r.message })) }),
  };
}
