// What the printer takes from the source besides the tree: comments, blank lines, and what stood on one line.

import { positionAt, type SourceFile, type Span } from '../../base/span.js';
import type { Comment, File } from '../nodes.js';
import { all, blankline, type Doc, hardline, lineEnd } from './layout.js';

export class SourceNotes {
  /** A step goes from label to label: what belongs to one stands in a column beside its label. */
  readonly stepsByLabel: boolean;
  private readonly source: SourceFile;
  private readonly comments: readonly Comment[];
  private next = 0;

  constructor(file: File, source: SourceFile) {
    this.source = source;
    this.comments = file.comments;
    this.stepsByLabel = file.declarations.some((d) => d.kind === 'steps' && d.grain === 'label');
  }

  lineOf(offset: number): number {
    return positionAt(this.source, offset).line;
  }

  columnOf(c: Comment): number {
    return positionAt(this.source, c.span.start).column;
  }

  onOneLine(span: Span): boolean {
    return this.lineOf(span.start) === this.lineOf(Math.max(span.start, span.end - 1));
  }

  /** Takes the comments before an offset that have not been taken yet. */
  take(before: number): readonly Comment[] {
    const from = this.next;
    while (this.next < this.comments.length && this.comments[this.next]!.span.start < before) this.next++;
    return this.comments.slice(from, this.next);
  }

  /** Whether nothing but space stands before the comment on its line. */
  standsAlone(c: Comment): boolean {
    const { column } = positionAt(this.source, c.span.start);
    return this.source.text.slice(c.span.start - column + 1, c.span.start).trim() === '';
  }

  /** Whether a blank line separates what ends at one offset from what begins at the other. */
  isApart(end: number, start: number): boolean {
    return end < start && this.lineOf(start) - this.lineOf(Math.max(0, end - 1)) > 1;
  }

  /**
   * The comments before an offset: those at line ends, and each of the others on a line of its own, with the break before it.
   * `undefined` where there are none of the second sort.
   */
  between(before: number): { readonly ends: Doc; readonly own: Doc | undefined } {
    const taken = this.take(before);
    const own = taken.filter((c) => this.standsAlone(c));
    const ends = taken.filter((c) => !this.standsAlone(c)).map((c) => lineEnd(c, true));
    return { ends: all(...ends), own: own.length === 0 ? undefined : all(...own.map((c) => all(hardline, c.text))) };
  }

  /** Items one below the other, with the comments between them and blank lines as in the source (at most one), up to `end`. */
  lines<T extends { readonly span: Span }>(items: readonly T[], end: number, print: (item: T, index: number) => Doc): readonly Doc[] {
    const docs: Doc[] = [];
    let last: number | undefined;
    const add = (start: number, stop: number, doc: Doc): void => {
      if (last !== undefined) docs.push(this.isApart(last, start) ? blankline : hardline);
      docs.push(doc);
      last = Math.max(last ?? 0, stop);
    };
    const addComments = (before: number): void => {
      for (const c of this.take(before)) {
        if (this.standsAlone(c)) add(c.span.start, c.span.end, c.text);
        else docs.push(lineEnd(c));
      }
    };
    items.forEach((item, i) => {
      addComments(item.span.start);
      add(item.span.start, item.span.end, print(item, i));
    });
    addComments(end);
    return docs;
  }
}
