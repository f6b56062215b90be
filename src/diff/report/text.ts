// A diff as text: the matrix, then what changed from each revision to the next. One line where nothing did.

import { wrap } from '../../report/line-breaking.js';
import { plainPalette, type Palette } from '../../report/palette.js';
import type { DiffResult } from '../result.js';
import { isEmpty } from '../verdict.js';
import type { ChangeLine } from './change-lines.js';
import type { Remark } from './definition-lines.js';
import { heading, sameSentence } from './heading.js';
import { matrixLines } from './matrix-lines.js';
import { sectionsOf, type Section, type TraceForm } from './sections.js';

export interface DiffTextOptions {
  readonly palette?: Palette;
  /** Columns, 100 unless told; not less than 60. */
  readonly width?: number;
  /** Of the verdicts that changed; lanes unless told. */
  readonly trace?: TraceForm;
}

const LABEL = 10;

/** Without a line break at its end. */
export function diffText(result: DiffResult, options: DiffTextOptions = {}): string {
  const palette = options.palette ?? plainPalette;
  const width = Math.max(60, options.width ?? 100);
  if (isEmpty(result)) return wrap(sameSentence(result), width).join('\n');
  const blocks = [
    wrap(heading(result), width, 2).map((line, i) => (i === 0 ? palette.bold(line) : line)),
    matrixLines(result, width, palette),
    ...sectionsOf(result, options.trace, width).flatMap((section) => sectionBlocks(section, width, palette)),
  ];
  return blocks.filter((b) => b.length > 0).map((b) => b.map((line) => line.trimEnd()).join('\n')).join('\n\n');
}

function sectionBlocks({ from, to, remarks, behaviours, code, traces }: Section, width: number, palette: Palette): readonly (readonly string[])[] {
  const title = palette.bold(`${from} -> ${to}`);
  const blocks = [
    remarks.flatMap((r) => remarkLines(r, width, palette)),
    behaviours.flatMap((line) => (line.startsWith(' ') ? [line] : wrap(line, width - 2, 2)).map((text) => `  ${text}`)),
    code.map((line) => codeLine(line, palette)),
  ].filter((b) => b.length > 0);
  const [first, ...rest] = blocks;
  return [[title, ...(first ?? ['  no difference'])], ...rest, ...traces.map((t) => t.text.split('\n'))];
}

function codeLine({ kind, text }: ChangeLine, palette: Palette): string {
  switch (kind) {
    case 'head':
      return `  ${palette.bold(text)}`;
    case 'gained':
      return `  ${palette.green(`+ ${text}`)}`;
    case 'lost':
      return `  ${palette.red(`- ${text}`)}`;
    case 'kept':
      return `  ${palette.dim(`  ${text}`)}`;
  }
}

function remarkLines({ label, tone, text, below }: Remark, width: number, palette: Palette): readonly string[] {
  const paint = { bad: palette.red, good: palette.green, open: palette.yellow, plain: palette.cyan }[tone];
  const indent = ' '.repeat(LABEL + 4);
  const [first, ...more] = wrap(text, width - LABEL - 4);
  const sides = below.flatMap((line) => (/^[-+] /.test(line) ? [line] : wrap(line, width - LABEL - 6, 2)));
  return [`  ${paint(label.padEnd(LABEL))}  ${first}`, ...more.map((line) => indent + line), ...sides.map((line) => `${indent}  ${line}`)];
}
