// The layout of printed text: documents that say where a line may break, and the choice of the breaks.
// A group stands on one line if it fits and nothing in it must break; otherwise all its own lines break (after P. Wadler, "A prettier printer", 2003).
// Comments at line ends are kept aside until the line is complete; aligned ones stay aligned.

import type { Comment } from '../nodes.js';
import { unreachable } from '../../base/unreachable.js';

const WIDTH = 100;
const INDENT = 2;

/** `hard`: contains a line break that cannot be avoided. */
export type Doc =
  | string
  | { readonly kind: 'all'; readonly parts: readonly Doc[]; readonly hard: boolean }
  /** A line break; in a group on one line it is `flat` instead. */
  | { readonly kind: 'line'; readonly flat: string; readonly hard: boolean; readonly blank: boolean }
  | { readonly kind: 'indent'; readonly of: Doc; readonly by: number; readonly hard: boolean }
  | { readonly kind: 'group'; readonly of: Doc; readonly hard: boolean }
  /** What stands there when the group (the one around it, if none is named) is broken, and when it is not. */
  | { readonly kind: 'choice'; readonly group: Doc | undefined; readonly broken: Doc; readonly flat: Doc; readonly hard: boolean }
  /** A comment for the end of the line that is being written. */
  | { readonly kind: 'comment'; readonly comment: Comment; readonly hard: boolean };

const isHard = (d: Doc): boolean => typeof d !== 'string' && d.hard;

export const all = (...parts: readonly Doc[]): Doc => ({ kind: 'all', parts, hard: parts.some(isHard) });
export const indentBy = (by: number, ...parts: readonly Doc[]): Doc => ({ kind: 'indent', of: all(...parts), by, hard: parts.some(isHard) });
export const indent = (...parts: readonly Doc[]): Doc => indentBy(INDENT, ...parts);
export const group = (...parts: readonly Doc[]): Doc => ({ kind: 'group', of: all(...parts), hard: parts.some(isHard) });
const lineOf = (flat: string, hard = false, blank = false): Doc => ({ kind: 'line', flat, hard, blank });
export const line = lineOf(' ');
export const softline = lineOf('');
export const wideline = lineOf('  ');
export const hardline = lineOf('', true);
export const blankline = lineOf('', true, true);
export const choice = (broken: Doc, flat: Doc, of?: Doc): Doc => ({ kind: 'choice', group: of, broken, flat, hard: false });
/** `breaks`: the group around it must break, so that the comment stays at its line's end. */
export const lineEnd = (comment: Comment, breaks = false): Doc => ({ kind: 'comment', comment, hard: breaks });
export const separated = (separator: Doc, docs: readonly Doc[]): Doc => all(...docs.flatMap((d, i) => (i === 0 ? [d] : [separator, d])));

interface Command {
  readonly indent: number;
  readonly broken: boolean;
  readonly doc: Doc;
}

interface Line {
  text: string;
  readonly comments: Comment[];
}

/** The text of a document. `columnOf` gives the column at which a comment stood in the source, to see which were aligned. */
export function layOut(doc: Doc, columnOf: (c: Comment) => number): string {
  const lines: Line[] = [{ text: '', comments: [] }];
  const brokenGroups = new Set<Doc>();
  const stack: Command[] = [{ indent: 0, broken: true, doc }];
  for (let c = stack.pop(); c; c = stack.pop()) {
    const { doc: d, indent: depth, broken } = c;
    const current = lines.at(-1)!;
    if (typeof d === 'string') current.text += d;
    else if (d.kind === 'all') for (let i = d.parts.length - 1; i >= 0; i--) stack.push({ indent: depth, broken, doc: d.parts[i]! });
    else if (d.kind === 'indent') stack.push({ indent: depth + d.by, broken, doc: d.of });
    else if (d.kind === 'choice') stack.push({ indent: depth, broken, doc: (d.group ? brokenGroups.has(d.group) : broken) ? d.broken : d.flat });
    else if (d.kind === 'comment') current.comments.push(d.comment);
    else if (d.kind === 'group') {
      const breaks = d.hard || !fits(WIDTH - current.text.length, { indent: depth, broken: false, doc: d.of }, stack, brokenGroups);
      if (breaks) brokenGroups.add(d);
      stack.push({ indent: depth, broken: breaks, doc: d.of });
    } else if (d.kind === 'line') {
      if (!broken) current.text += d.flat;
      else {
        current.text = current.text.trimEnd();
        if (d.blank) lines.push({ text: '', comments: [] });
        lines.push({ text: ' '.repeat(depth), comments: [] });
      }
    } else unreachable(d);
  }
  return finish(lines, columnOf);
}

/** Whether `first` on one line, and what follows it up to the next possible break, fit into the room. */
function fits(room: number, first: Command, after: readonly Command[], brokenGroups: ReadonlySet<Doc>): boolean {
  const stack: Command[] = [first];
  let next = after.length;
  while (room >= 0) {
    const c = stack.pop() ?? after[--next];
    if (c === undefined) return true;
    const d = c.doc;
    if (typeof d === 'string') room -= d.length;
    else if (d.kind === 'line') {
      if (c.broken) return true;
      room -= d.flat.length;
    } else if (d.kind === 'all') for (let i = d.parts.length - 1; i >= 0; i--) stack.push({ ...c, doc: d.parts[i]! });
    else if (d.kind === 'choice') stack.push({ ...c, doc: (d.group ? brokenGroups.has(d.group) : c.broken) ? d.broken : d.flat });
    else if (d.kind === 'group') stack.push({ ...c, doc: d.of });
    else if (d.kind === 'indent') stack.push({ ...c, doc: d.of });
  }
  return false;
}

/** Puts the comments behind their lines: where neighbours stood in one column they do again, else one space behind the text. */
function finish(lines: readonly Line[], columnOf: (c: Comment) => number): string {
  const commented = lines.filter((l) => l.comments.length > 0);
  for (const l of lines) l.text = l.text.trimEnd();
  for (let from = 0; from < commented.length; ) {
    const column = columnOf(commented[from]!.comments[0]!);
    let to = from + 1;
    while (to < commented.length && columnOf(commented[to]!.comments[0]!) === column) to++;
    const run = commented.slice(from, to);
    const longest = Math.max(...run.map((l) => l.text.length));
    const target = run.length === 1 ? 0 : longest < column - 1 ? column - 1 : longest + 2;
    for (const l of run) {
      const comments = l.comments.map((c) => c.text).join(' ');
      l.text = l.text === '' ? comments : `${l.text} `.padEnd(target) + comments;
    }
    from = to;
  }
  return `${lines.map((l) => l.text).join('\n').trim()}\n`;
}
