// Tests of messages as text with marks in it: under a line of the source, `// ^ code: beginning of the message` states a diagnostic
// whose start is above the caret. Every diagnostic must be marked, and every mark must be met.

import { expect } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.js';
import { positionAt, type SourceFile } from '../../src/base/span.js';

const MARK = /^\s*\/\/\s*([\^<])\s*(\S+?)(?::\s*(.*))?$/;

interface Mark {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}

/** The text without its marks, and the marks by line and column of that text. */
function readMarks(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of marked.split('\n')) {
    const found = MARK.exec(line);
    if (!found) lines.push(line);
    else {
      const column = found[1] === '^' ? line.indexOf('^') : lines.at(-1)!.search(/\S|$/);
      marks.push({ line: lines.length, column: column + 1, code: found[2]!, message: found[3] ?? '' });
    }
  }
  return { text: lines.join('\n'), marks };
}

export const withoutMarks = (marked: string): string => readMarks(marked).text;

const show = (m: Mark): string => `${m.line}:${m.column} ${m.code}${m.message === '' ? '' : `: ${m.message}`}`;

/**
 * Checks that `diagnose` gives exactly the marked diagnostics, in any order. A mark may give the beginning of the message, or the code alone.
 * Several mark lines may follow one line of source. `//< code` marks the first character of the line above, which a caret may not reach.
 */
export function expectDiagnosticsOf(diagnose: (source: SourceFile) => readonly Diagnostic[], marked: string): void {
  const { text, marks } = readMarks(marked);
  const source: SourceFile = { path: 'test.heddle', text };
  const actual: Mark[] = diagnose(source).map((d) => ({ ...positionAt(source, d.at.start), code: d.code, message: d.message }));
  const matches = (mark: Mark, d: Mark): boolean =>
    d.line === mark.line && d.column === mark.column && d.code === mark.code && d.message.startsWith(mark.message);
  const order = (x: Mark, y: Mark): number => x.line - y.line || x.column - y.column || x.code.localeCompare(y.code);
  const expected = [...marks].sort(order);
  // Where a diagnostic meets its mark, the mark's shorter text stands for it; so a failure shows only what differs.
  const shown = actual.sort(order).map((d) => show(expected.find((m) => matches(m, d)) ?? d));
  expect(shown).toEqual(expected.map(show));
}
