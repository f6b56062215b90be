// Diagnostics as the user sees them.
import { expect, test } from 'vitest';
import type { DiagnosticData } from '../../src/checker/outcome.js';
import { diagnosticsText, diagnosticText, displayWidth } from '../../src/report/diagnostic-text.js';

const unknown: DiagnosticData = {
  code: 'resolve/unknown-name', severity: 'error', file: 'specs/x.heddle', line: 12, column: 19, endLine: 12, endColumn: 20,
  message: "Unknown name 'y'.", help: "Did you mean 'x'?", source: 'invariant Small = y < 2',
};
const marked = (source: string, column: number, endColumn: number, rest: Partial<DiagnosticData> = {}): readonly string[] =>
  diagnosticText({ ...unknown, source, column, endColumn, ...rest }).split('\n').slice(3, 5);

test('an error shows its line with the place underlined, and what to try', () => {
  expect(diagnosticText(unknown)).toMatchInlineSnapshot(`
    "error[resolve/unknown-name]: Unknown name 'y'.
       --> specs/x.heddle:12:19
        |
     12 | invariant Small = y < 2
        |                   ^
       = help: Did you mean 'x'?"
  `);
});

test('related places are shown with their own line', () => {
  expect(diagnosticText({ ...unknown, related: [{ file: 'specs/y.heddle', line: 3, column: 5, message: 'declared here', source: 'var total: 0..3 = 0' }] })).toMatchInlineSnapshot(`
    "error[resolve/unknown-name]: Unknown name 'y'.
       --> specs/x.heddle:12:19
        |
     12 | invariant Small = y < 2
        |                   ^
       --> specs/y.heddle:3:5: declared here
        |
      3 | var total: 0..3 = 0
        |     ^^^^^
       = help: Did you mean 'x'?"
  `);
});

test('several end with their number and where to read more', () => {
  expect(diagnosticsText([{ ...unknown, severity: 'warning', code: 'unused/local' }, unknown, unknown]).split('\n').at(-1)).toBe(
    '2 errors, 1 warning. What a code means: heddle explain resolve/unknown-name',
  );
  expect(diagnosticsText([])).toBe('');
});

test('the caret stands under the place behind tabs and wide characters', () => {
  expect(marked('\tx := y', 7, 8)).toEqual([' 12 |     x := y', '    |          ^']);
  expect(marked('a\tx', 3, 4)).toEqual([' 12 | a   x', '    |     ^']);
  expect(marked('// 字字 y', 7, 8)).toEqual([' 12 | // 字字 y', '    |         ^']);
  expect(marked('x = 字字', 5, 7)).toEqual([' 12 | x = 字字', '    |     ^^^^']);
});

test('a place at the end of the line, or over several lines, is underlined as far as the line goes', () => {
  expect(marked('x :=', 5, 5)).toEqual([' 12 | x :=', '    |     ^']);
  expect(marked('atomic { x', 1, 2, { endLine: 14 })).toEqual([' 12 | atomic { x', '    | ^^^^^^^^^^']);
});

test('control characters are not sent to the terminal', () => {
  expect(marked('a\u001b[31m\u0000b', 1, 2)[0]).toBe(' 12 | a\ufffd[31m\ufffdb');
});

test('a very long line is shown around the place', () => {
  const [line, caret] = marked(`${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`, 5001, 5005);
  expect(line!.length).toBeLessThan(140);
  expect(line!.slice(caret!.indexOf('^'), caret!.lastIndexOf('^') + 1)).toBe('HERE');
});

test('the width of a text counts what a terminal shows', () => {
  expect(['abc', '字', 'e\u0301', '😀'].map(displayWidth)).toEqual([3, 2, 1, 2]);
});
