// Formatting: the printer's text as small edits, and indentation while one types, which half-written text gets too.

import { print } from '../ast/print.js';
import { isError } from '../base/diagnostic.js';
import { lineFates } from '../base/line-diff.js';
import { startsOfLines, type SourceFile, type Span } from '../base/span.js';
import type { TextEdit } from './place.js';
import { moduleOf } from './world.js';

/** Edits that make a text canonical, line by line; none for a text with errors. `within` keeps those that touch it. */
export function format(file: SourceFile, within?: Span): readonly TextEdit[] {
  const { tree, diagnostics } = moduleOf(file);
  if (diagnostics.some(isError)) return [];
  const edits = lineEdits(file.text, print(tree, file));
  return within === undefined ? edits : edits.filter((e) => e.span.start <= within.end && within.start <= e.span.end);
}

/** Comparisons of lines up to which the parts that differ are looked for one by one. */
const MOST_COMPARISONS = 4_000_000;

/** Whole lines that differ, as edits. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const a = linesOf(before);
  const b = linesOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const offsets = [0];
  for (const line of a) offsets.push(offsets.at(-1)! + line.length);
  const edit = (from: number, to: number, text: readonly string[]): TextEdit => ({ span: { start: offsets[from]!, end: offsets[to]! }, text: text.join('') });
  const rows = a.length - tail - head;
  const columns = b.length - tail - head;
  if (rows * columns > MOST_COMPARISONS) return [edit(head, a.length - tail, b.slice(head, b.length - tail))];
  return hunks(a.slice(head, a.length - tail), b.slice(head, b.length - tail)).map((h) => edit(head + h.from, head + h.to, h.lines));
}

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Runs of lines that were lost and gained. */
function hunks(a: readonly string[], b: readonly string[]): readonly { readonly from: number; readonly to: number; readonly lines: readonly string[] }[] {
  const found: { from: number; to: number; lines: string[] }[] = [];
  let [i, j] = [0, 0];
  for (const fate of lineFates(a, b)) {
    if (fate === 'kept') [i, j] = [i + 1, j + 1];
    else {
      if (found.at(-1)?.to !== i) found.push({ from: i, to: i, lines: [] });
      const hunk = found.at(-1)!;
      if (fate === 'lost') hunk.to = ++i;
      else hunk.lines.push(b[j++]!);
    }
  }
  return found;
}

const INDENT = '  ';

/** After a line break or a closing brace was typed: the indentation of the line of the cursor. */
export function formatOnType(file: SourceFile, offset: number): readonly TextEdit[] {
  const { text } = file;
  const starts = startsOfLines(file);
  const start = [...starts].reverse().find((s) => s <= offset) ?? 0;
  const written = /^[ \t]*/.exec(text.slice(start))![0];
  const rest = text.slice(start + written.length);
  // Inside a line only what stands first may move it.
  if (offset > start + written.length && !/^[}\])]/.test(rest)) return [];
  const depth = depthAt(text, start) - (/^[}\])]/.test(rest) ? 1 : 0);
  const indentation = INDENT.repeat(Math.max(0, depth));
  return indentation === written ? [] : [{ span: { start, end: start + written.length }, text: indentation }];
}

/** Lines with an open bracket around an offset: brackets opened on one line indent once. */
function depthAt(text: string, offset: number): number {
  const open: number[] = [];
  let line = 0;
  for (const [c] of text.slice(0, offset).matchAll(/\n|\/\/[^\n]*|"[^"\n]*"?|[{}()[\]]/g)) {
    if (c === '\n') line++;
    else if ('{(['.includes(c)) open.push(line);
    else if ('})]'.includes(c)) open.pop();
  }
  return new Set(open).size;
}
