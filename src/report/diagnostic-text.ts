// Diagnostics for people, in the manner of Rust and Elm: what is wrong, the line with the place underlined, what to try.

import type { DiagnosticData } from '../checker/outcome.js';
import { counted } from './quantities.js';
import { plainPalette, type Palette } from './palette.js';

/** All of them, a blank line between, with a count and a hint to `heddle explain` at the end. Empty when there are none. */
export function diagnosticsText(diagnostics: readonly DiagnosticData[], palette: Palette = plainPalette): string {
  if (diagnostics.length === 0) return '';
  const errors = diagnostics.filter((d) => d.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : ''].filter((part) => part !== '');
  const first = diagnostics.find((d) => d.severity === 'error') ?? diagnostics[0]!;
  return [...diagnostics.map((d) => diagnosticText(d, palette)), `${parts.join(', ')}. What a code means: heddle explain ${first.code}`].join('\n\n');
}

/** One diagnostic; ends without a line break. */
export function diagnosticText(d: DiagnosticData, palette: Palette = plainPalette): string {
  const paint = d.severity === 'error' ? palette.red : palette.yellow;
  const gutter = String(Math.max(d.line, ...(d.related ?? []).map((r) => r.line))).length + 1;
  const end = d.endLine === d.line ? d.endColumn : Infinity;
  const margin = ' '.repeat(gutter);
  const out = [`${palette.bold(paint(`${d.severity}[${d.code}]`))}${palette.bold(`: ${d.message}`)}`];
  out.push(`${margin}${palette.cyan('-->')} ${d.file}:${d.line}:${d.column}`);
  if (d.source !== undefined) out.push(...excerpt(d.source, d.line, d.column, end, gutter, paint, palette));
  for (const r of d.related ?? []) {
    out.push(`${margin}${palette.cyan('-->')} ${r.file}:${r.line}:${r.column}: ${r.message}`);
    if (r.source !== undefined) out.push(...excerpt(r.source, r.line, r.column, endOfWord(r.source, r.column), gutter, palette.cyan, palette));
  }
  if (d.help !== undefined) {
    const [head, ...more] = d.help.split('\n');
    out.push(`${margin}${palette.cyan('=')} help: ${head}`, ...more.map((line) => `${margin}        ${line}`.trimEnd()));
  }
  return out.join('\n');
}

/** A related place has no end: its word is underlined. */
const endOfWord = (source: string, column: number): number => column + Math.max(1, /^[\w.]*/.exec(source.slice(column - 1))![0].length);

/** At most so much of a source line is shown, around the place. */
const WIDEST_EXCERPT = 120;

function excerpt(source: string, line: number, column: number, endColumn: number, gutter: number, paint: (t: string) => string, palette: Palette): readonly string[] {
  const bar = palette.cyan('|');
  const start = Math.min(column - 1, source.length);
  const end = Math.max(start, Math.min(endColumn - 1, source.length));
  const from = source.length <= WIDEST_EXCERPT || start < WIDEST_EXCERPT / 2 ? 0 : start - 40;
  const to = Math.min(source.length, from + WIDEST_EXCERPT);
  const before = (from > 0 ? '...' : '') + shown(source.slice(from, start), 0);
  const marked = shown(source.slice(start, Math.min(end, to)), displayWidth(before));
  const after = shown(source.slice(Math.max(start, Math.min(end, to)), to), displayWidth(before + marked)) + (to < source.length ? '...' : '');
  const caret = ' '.repeat(displayWidth(before)) + paint('^'.repeat(Math.max(1, displayWidth(marked))));
  return [
    `${' '.repeat(gutter)} ${bar}`,
    `${palette.cyan(String(line).padStart(gutter))} ${bar} ${before}${marked}${after}`.trimEnd(),
    `${' '.repeat(gutter)} ${bar} ${caret}`,
  ];
}

const TAB = 4;

/** The text as a terminal can show it: tabs become blanks up to the next stop, control characters a replacement sign. */
function shown(text: string, column: number): string {
  let out = '';
  for (const char of text) {
    if (char === '\t') out += ' '.repeat(TAB - ((column + displayWidth(out)) % TAB));
    else out += /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(char) ? '\ufffd' : char;
  }
  return out;
}

/** Columns that a text takes in a terminal: East Asian wide characters and pictures take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(char)) continue;
    width += isWide(char.codePointAt(0)!) ? 2 : 1;
  }
  return width;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) || (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1f64f) || (code >= 0x1f680 && code <= 0x1f6ff) ||
    (code >= 0x1f900 && code <= 0x1f9ff) || (code >= 0x20000 && code <= 0x3fffd)
  );
}
