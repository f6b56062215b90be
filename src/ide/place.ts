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
  const parts: string[] = [];
  let end = 0;
  for (const e of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    parts.push(text.slice(end, e.span.start), e.text);
    end = e.span.end;
  }
  return parts.join('') + text.slice(end);
}

/** Where an offset of the text lies after the edits; one at the beginning of an edit stays before it. */
export function mover(edits: readonly TextEdit[]): (offset: number) => number {
  const starts: number[] = [];
  const shifts = [0];
  for (const e of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    starts.push(e.span.start);
    shifts.push(shifts.at(-1)! + e.text.length - (e.span.end - e.span.start));
  }
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return offset + shifts[low]!;
  };
}
