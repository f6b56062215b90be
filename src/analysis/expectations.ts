// What came out of a run, written into the `expect` lines of a spec: edits of its text that keep everything else as it is. What every check
// of a file has in common stands at the top; what came out in one check is written into its block, which overrides that.

import type { Expect, File } from '../ast/nodes.js';
import { textOfLine, positionAt, type SourceFile } from '../base/span.js';
import { nameOfPath, type Expected } from './config.js';
import type { DeclarationOf } from './symbols.js';

/** A property that came out other than expected, in one check. */
export interface CameOut {
  readonly check: string;
  readonly property: string;
  readonly verdict: Expected;
}

/** Replaces `start` to `end` by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edits, in the order of the text, none inside another. */
export function expectEdits(source: SourceFile, file: File, cameOut: readonly CameOut[]): readonly TextEdit[] {
  const blocks = file.declarations.filter((d): d is DeclarationOf<'check'> => d.kind === 'check');
  const edits = blocks.flatMap((block) => blockEdits(source, file, block, cameOut.filter(({ check }) => check === block.name.text)));
  return [...(blocks.length > 0 ? edits : fileEdits(source, file, cameOut))].sort((a, b) => a.start - b.start);
}

/** The text with the edits made; they are in order, none inside another. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let at = 0;
  const parts = edits.flatMap(({ start, end, text: by }) => {
    const part = [text.slice(at, start), by];
    at = end;
    return part;
  });
  return [...parts, text.slice(at)].join('');
}

function blockEdits(source: SourceFile, file: File, block: DeclarationOf<'check'>, cameOut: readonly CameOut[]): readonly TextEdit[] {
  const own = block.items.flatMap((item) => (item.kind === 'expect' ? [item.expect] : []));
  const top = file.declarations.flatMap((d) => (d.kind === 'expect' ? [d.expect] : []));
  const { changed, added } = sorted(source, own, cameOut, (name) => top.some((e) => nameOfPath(e.property) === name && e.verdict === 'violated'));
  if (added.length === 0) return changed;
  const last = own.at(-1) ?? block.items.at(-1);
  const opening = source.text.indexOf('{', block.name.span.end);
  const lineOf = (offset: number): number => positionAt(source, offset).line;
  // Closed on the line on which its last item stands.
  if (lineOf(last?.span.end ?? opening) === lineOf(block.span.end)) {
    const at = last?.span.end ?? opening + 1;
    return [...changed, { start: at, end: at, text: `${added.map((line) => `${last === undefined ? ' ' : '  '}${line}`).join('')}${source.text[at] === '}' ? ' ' : ''}` }];
  }
  const at = endOfLine(source, last === undefined ? opening : last.span.end);
  const indent = last === undefined ? '  ' : indentOf(source, last.span.start);
  return [...changed, { start: at, end: at, text: added.map((line) => `${lineBreak(source)}${indent}${line}`).join('') }];
}

/** For a file without `check` blocks. */
function fileEdits(source: SourceFile, file: File, cameOut: readonly CameOut[]): readonly TextEdit[] {
  const own = file.declarations.flatMap((d) => (d.kind === 'expect' ? [d.expect] : []));
  const { changed, added } = sorted(source, own, cameOut, () => false);
  if (added.length === 0) return changed;
  const newLine = lineBreak(source);
  const last = own.at(-1);
  if (last !== undefined) {
    const at = endOfLine(source, last.span.end);
    return [...changed, { start: at, end: at, text: added.map((line) => `${newLine}${line}`).join('') }];
  }
  const end = source.text.trimEnd().length;
  return [...changed, { start: end, end: source.text.length, text: `${newLine}${newLine}${added.join(newLine)}${newLine}` }];
}

/** What is changed where it stands, and what has to be added. `isInherited`: without a line of its own, the property is expected to be violated. */
function sorted(source: SourceFile, own: readonly Expect[], cameOut: readonly CameOut[], isInherited: (name: string) => boolean): { readonly changed: TextEdit[]; readonly added: readonly string[] } {
  const changed: TextEdit[] = [];
  const added: string[] = [];
  for (const { property, verdict } of cameOut) {
    // Of several lines about one property the last counts.
    const line = own.findLast((e) => nameOfPath(e.property) === property);
    if (line === undefined) added.push(`expect ${property} ${verdict}`);
    else {
      const isNeedless = verdict === 'holds' && !isInherited(property) && own.filter((e) => nameOfPath(e.property) === property).length === 1;
      changed.push((isNeedless ? wholeLine(source, line) : undefined) ?? { start: line.span.end - line.verdict.length, end: line.span.end, text: verdict });
    }
  }
  return { changed, added };
}

/** The line of an `expect` that stands on it alone, with the line break before it. One with a remark beside it is kept, and changed. */
function wholeLine(source: SourceFile, { span }: Expect): TextEdit | undefined {
  const before = source.text.lastIndexOf('\n', span.start - 1);
  const end = endOfLine(source, span.end);
  if (before < 0 || source.text.slice(before + 1, span.start).trim() !== '' || source.text.slice(span.end, end).trim() !== '') return undefined;
  return { start: endOfLine(source, before), end, text: '' };
}

/** Where the line of an offset ends, before its line break. */
function endOfLine(source: SourceFile, offset: number): number {
  const at = source.text.indexOf('\n', offset);
  const end = at < 0 ? source.text.length : at;
  return source.text[end - 1] === '\r' ? end - 1 : end;
}

const indentOf = (source: SourceFile, offset: number): string => /^\s*/.exec(textOfLine(source, positionAt(source, offset).line))![0];

const lineBreak = (source: SourceFile): string => (source.text.includes('\r\n') ? '\r\n' : '\n');
