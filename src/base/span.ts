// Places in source text. Trees carry offsets only; lines and columns are computed when a message is shown.

/** Half-open range of UTF-16 offsets into one file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span together with the file it stands in. */
export interface Location extends Span {
  readonly file: SourceFile;
}

/** One text, named as the user named it (relative to where he stands, `lib/…` for the shipped library). */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** 1-based line and column (columns count UTF-16 units). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

/** Offsets at which the lines of `file` begin; the first is 0. */
export function startsOfLines(file: SourceFile): readonly number[] {
  let starts = lineStarts.get(file);
  if (starts === undefined) {
    const found = [0];
    for (let i = file.text.indexOf('\n'); i >= 0; i = file.text.indexOf('\n', i + 1)) found.push(i + 1);
    lineStarts.set(file, (starts = found));
  }
  return starts;
}

/** Line and column of an offset; offsets beyond the text count as its end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = startsOfLines(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.min(offset, file.text.length) - starts[low]! + 1 };
}

/** The text of a 1-based line, without its line break. */
export function textOfLine(file: SourceFile, line: number): string {
  const starts = startsOfLines(file);
  const end = starts[line] ?? file.text.length + 1;
  return file.text.slice(starts[line - 1] ?? end, end - 1).replace(/\r$/, '');
}
