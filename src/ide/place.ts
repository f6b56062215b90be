// What features answer with: places in texts and edits of them. Offsets only; whoever shows them counts lines.

import type { SourceFile, Span } from '../base/span.js';

export interface Place {
  readonly file: SourceFile;
  readonly span: Span;
}

/** Edits of one text do not overlap; offsets are those before any of them. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

export interface FileEdits {
  readonly file: SourceFile;
  readonly edits: readonly TextEdit[];
}

/** The text with the edits made. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
  return sorted.reduce((t, e) => t.slice(0, e.span.start) + e.text + t.slice(e.span.end), text);
}

/** The one edit that turns one text into the other, as small as a common beginning and end make it. None when they are equal. */
export function difference(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [{ span: { start, end: before.length - end }, text: after.slice(start, after.length - end) }];
}
