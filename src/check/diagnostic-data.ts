// Diagnostics as plain data, with lines and columns: what crosses threads and what JSON shows.

import type { Diagnostic } from '../base/diagnostic.js';
import { positionAt, textOfLine, type Location } from '../base/span.js';
import type { DiagnosticData, Place } from '../checker/outcome.js';

export function placeOf(at: Location): Place {
  const { line, column } = positionAt(at.file, at.start);
  return { file: at.file.path, line, column };
}

export function diagnosticData(d: Diagnostic): DiagnosticData {
  const start = placeOf(d.at);
  const end = positionAt(d.at.file, d.at.end);
  return {
    code: d.code,
    severity: d.severity,
    ...start,
    endLine: end.line,
    endColumn: end.column,
    message: d.message,
    ...(d.help === undefined ? {} : { help: d.help }),
    source: textOfLine(d.at.file, start.line),
    ...(d.related === undefined
      ? {}
      : {
          related: d.related.map(({ at, message }) => {
            const place = placeOf(at);
            return { ...place, message, source: textOfLine(at.file, place.line) };
          }),
        }),
  };
}

/** By file, then by place, so that output does not depend on the order of the phases. Stable for equal places. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const files = [...new Set(diagnostics.map((d) => d.at.file))];
  return [...diagnostics].sort((a, b) => files.indexOf(a.at.file) - files.indexOf(b.at.file) || a.at.start - b.at.start);
}
