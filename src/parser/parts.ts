// Reading a text again after an edit: what stands between the beginnings of declarations is read part by part, and a part that was there
// before is taken over. So a keystroke costs the declaration around it, not the file.
//
// It gives what reading the whole gives, for the same reason for which recovery works (recovery.ts): a word that only opens a declaration,
// at the beginning of a line, ends whatever is open before it. A part with errors is read together with the parts behind it up to the
// first that has none by itself, so that what such an error says of the token that it met is what it says in the whole text. What is
// reported once a file, or may reach over many parts, is left to a reading of the whole. Tests hold the two to each other.

import type { Comment, Declaration, File } from '../ast/nodes.js';
import type { Code } from '../base/catalogue/index.js';
import type { Diagnostic } from '../base/diagnostic.js';
import type { SourceFile } from '../base/span.js';
import type { Parsed } from './parse.js';

/** Parts by their text. */
export type Parts = ReadonlyMap<string, Part>;

interface Part {
  /** As read from a text of its own: offsets from its beginning. */
  readonly read: Parsed;
  /** The declarations where they stood last. */
  placed?: { readonly offset: number; readonly declarations: readonly Declaration[]; readonly comments: readonly Comment[] };
}

/** Doc comments belong to the declaration below them. Words that may also go on with what is before them are left out. */
const BEGINNING = /^(?:[ \t]*\/\/\/[^\n]*\n)*(?:import|const|enum|type|record|pool|extend|var|ghost|init|context|def|macro|procedure|observable|process|fair|invariant|property|check|abstract)\b/gm;

const FOR_THE_WHOLE: ReadonlySet<Code> = new Set<Code>(['parse/semicolon', 'parse/comma-in-check', 'parse/foreign-comment', 'parse/too-deep', 'parse/not-text', 'parse/unclosed', 'parse/unopened']);

/** The tree of a text out of its parts; undefined where it takes a reading of the whole. `parts` are then those for the next edit. */
export function readInParts(source: SourceFile, before: Parts, read: (source: SourceFile) => Parsed): { readonly parsed: Parsed; readonly parts: Parts } | undefined {
  const pieces = piecesOf(source.text);
  const parts = new Map<string, Part>();
  const partOf = (text: string): Part => {
    let part = parts.get(text) ?? before.get(text);
    if (part === undefined) part = { read: read({ path: source.path, text }) };
    parts.set(text, part);
    return part;
  };
  const declarations: Declaration[] = [];
  const comments: Comment[] = [];
  const diagnostics: Diagnostic[] = [];
  let offset = 0;
  for (let i = 0; i < pieces.length; ) {
    let text = pieces[i++]!;
    let part = partOf(text);
    if (part.read.diagnostics.length > 0) {
      for (let goesOn = true; goesOn && i < pieces.length; i++) {
        text += pieces[i]!;
        goesOn = partOf(pieces[i]!).read.diagnostics.length > 0;
      }
      part = partOf(text);
    }
    if (part.read.diagnostics.some((d) => FOR_THE_WHOLE.has(d.code))) return undefined;
    const placed = place(part, offset);
    declarations.push(...placed.declarations);
    comments.push(...placed.comments);
    for (const d of part.read.diagnostics) diagnostics.push(shownIn(d, source, offset));
    offset += text.length;
  }
  const file: File = { declarations, comments, span: { start: 0, end: source.text.length } };
  return { parsed: { file, diagnostics }, parts };
}

function piecesOf(text: string): readonly string[] {
  const starts = [...text.matchAll(BEGINNING)].map((m) => m.index).filter((start) => start > 0);
  return [0, ...starts].map((start, i) => text.slice(start, starts[i])).filter((piece) => piece !== '');
}

function place(part: Part, offset: number): NonNullable<Part['placed']> {
  if (part.placed?.offset !== offset) part.placed = { offset, declarations: moved(part.read.file.declarations, offset), comments: moved(part.read.file.comments, offset) };
  return part.placed;
}

/** A copy of plain data in which every span lies further on. */
function moved<T>(data: T, by: number): T {
  if (by === 0 || data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) return data.map((x: unknown) => moved(x, by)) as T;
  const copy: Record<string, unknown> = {};
  for (const key in data) {
    const value: unknown = data[key];
    copy[key] = (key === 'start' || key === 'end') && typeof value === 'number' ? value + by : typeof value === 'object' ? moved(value, by) : value;
  }
  return copy as T;
}

function shownIn(d: Diagnostic, file: SourceFile, by: number): Diagnostic {
  const at = (place: Diagnostic['at']): Diagnostic['at'] => ({ file, start: place.start + by, end: place.end + by });
  return { ...d, at: at(d.at), ...(d.related === undefined ? {} : { related: d.related.map((r) => ({ ...r, at: at(r.at) })) }) };
}
