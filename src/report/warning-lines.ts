// Warnings in a check's report: one line each with its place and code. Many of one code are cut short, and say so.

import type { DiagnosticData } from '../checker/outcome.js';
import { labelled } from './line-breaking.js';
import type { Palette } from './palette.js';
import { LABEL } from './verdict-lines.js';

const MOST_OF_ONE_CODE = 12;

export function warningLines(warnings: readonly DiagnosticData[], width: number, palette: Palette): readonly string[] {
  const seen = new Map<string, number>();
  const out: string[] = [];
  const say = (text: string): void => {
    out.push(...labelled('warning', text, LABEL, width, palette.yellow));
  };
  for (const w of warnings) {
    const nth = (seen.get(w.code) ?? 0) + 1;
    seen.set(w.code, nth);
    if (nth <= MOST_OF_ONE_CODE) say(`${w.file}:${w.line}:${w.column} ${w.message} [${w.code}]`);
  }
  for (const [code, n] of seen) {
    if (n > MOST_OF_ONE_CODE) say(`... and ${n - MOST_OF_ONE_CODE} more of ${code} (all of them with --format json)`);
  }
  return out;
}
