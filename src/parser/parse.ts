// From text to tree. Never throws: what cannot be read becomes diagnostics, and the tree holds the rest.

import { EOF } from 'chevrotain';
import type { File } from '../ast/nodes.js';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import { positionAt, type SourceFile } from '../base/span.js';
import { buildFile } from './build-ast.js';
import type { Building } from './cst.js';
import { HeddleParser } from './grammar.js';
import type { Decisions } from './lookahead.js';
import { type Failure, MAX_NESTING } from './recovery.js';
import { type Parts, readInParts } from './parts.js';
import { withoutSlips } from './slips.js';
import { lexer } from './tokens.js';
import { Explainer } from './unexpected.js';

export interface Parsed {
  readonly file: File;
  /** In the order of the text; warnings too. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How the parser decides: `scripts/build.ts` puts it in. From source it is worked out. */
declare const BUILT_DECISIONS: Decisions | undefined;

let parser: HeddleParser | undefined;

/** A source does not change: what asks for its tree again (the other features of an editor) gets the same. */
const known = new WeakMap<SourceFile, Parsed>();

/** Of texts that are edited: the parts that the next reading may take over. */
const memory = new WeakMap<SourceFile, Parts>();

/** Says that a text is another one after an edit (or the first of its kind), so that reading it costs what changed. */
export function follow(source: SourceFile, before: SourceFile | undefined): void {
  memory.set(source, (before && memory.get(before)) ?? new Map());
}

/** Reads one file, each source once. Nesting beyond 128 levels and numbers beyond 2^31 - 1 are refused with a diagnostic. */
export function parse(source: SourceFile): Parsed {
  let parsed = known.get(source);
  if (parsed === undefined) known.set(source, (parsed = readAgain(source) ?? read(source)));
  return parsed;
}

function readAgain(source: SourceFile): Parsed | undefined {
  const before = memory.get(source);
  const found = before && readInParts(source, before, read);
  if (found !== undefined) memory.set(source, found.parts);
  return found?.parsed;
}

function read(source: SourceFile): Parsed {
  const binary = source.text.indexOf('\0');
  if (binary >= 0) {
    const file: File = { declarations: [], comments: [], span: { start: 0, end: source.text.length } };
    return { file, diagnostics: [diagnostic('parse/not-text', { file: source, start: binary, end: binary + 1 }, {})] };
  }
  const lexed = lexer().tokenize(source.text);
  const { tokens, diagnostics: slips } = withoutSlips(source, lexed.tokens);
  const unknown = lexed.errors.map((e) =>
    diagnostic('parse/unknown-character', { file: source, start: e.offset, end: e.offset + e.length }, { characters: source.text.slice(e.offset, e.offset + e.length) }),
  );
  parser ??= new HeddleParser(false, typeof BUILT_DECISIONS === 'undefined' ? undefined : BUILT_DECISIONS);
  parser.input = tokens;
  const cst = parser.file();
  const lexical = [...unknown, ...slips];
  const b: Building = { source, diagnostics: [...lexical], strayLocals: [] };
  b.diagnostics.push(...failures(source, parser, lexical));
  const firstComma = parser.slips.find((s) => s.code === 'parse/comma-in-check');
  for (const slip of parser.slips) {
    const { code, token } = slip;
    // One for the file, as with semicolons.
    if (code === 'parse/comma-in-check' && slip !== firstComma) continue;
    b.diagnostics.push(diagnostic(code, { file: source, start: token.startOffset, end: token.endOffset! + 1 }, { written: token.image }));
  }
  const file = buildFile(b, cst, lexed.groups['comments'] ?? []);
  return { file, diagnostics: b.diagnostics.sort((x, y) => x.at.start - y.at.start) };
}

/** One report a place: of several failures at one token the first, and none on a line that is spoilt by foreign characters already. */
function failures(source: SourceFile, from: HeddleParser, lexical: readonly Diagnostic[]): readonly Diagnostic[] {
  const found: Failure[] = [...from.errors.map((e) => ({ expected: e.message, token: e.token })), ...from.failures];
  const deep = from.tooDeepAt;
  if (found.length === 0 && !deep) return [];
  const limit = deep?.startOffset ?? Infinity;
  const seen = new Set<number>();
  const explainer = new Explainer(source, from.input);
  const diagnostics: Diagnostic[] = [];
  for (const f of found.sort((x, y) => offsetOf(x) - offsetOf(y))) {
    const offset = offsetOf(f);
    if ((deep && offset >= limit) || seen.has(offset)) continue;
    seen.add(offset);
    const d = explainer.explain(f);
    if (!isSpoilt(d, lexical) && !isRestOfRecord(d, diagnostics.at(-1))) diagnostics.push(d);
  }
  if (deep) {
    const at = { file: source, start: deep.startOffset, end: deep.endOffset! + 1 };
    diagnostics.push(diagnostic('parse/too-deep', at, { what: 'The text here', limit: MAX_NESTING }));
  }
  return diagnostics;
}

/** Behind foreign characters on the same line nothing more is said. */
function isSpoilt(d: Diagnostic, lexical: readonly Diagnostic[]): boolean {
  const { column } = positionAt(d.at.file, d.at.start);
  const lineStart = d.at.start - column + 1;
  return lexical.some((l) => l.code !== 'parse/semicolon' && l.at.start >= lineStart && l.at.start <= d.at.end);
}

/** A record that was read as a block is followed by the block itself. */
function isRestOfRecord(d: Diagnostic, before: Diagnostic | undefined): boolean {
  return before?.code === 'parse/record-before-block' && positionAt(d.at.file, d.at.start).line === positionAt(d.at.file, before.at.start).line;
}

const offsetOf = (f: Failure): number => (f.token.tokenType === EOF ? Infinity : f.token.startOffset);
