// A diff as text: the matrix, then what changed from each revision to the next. One line where nothing did.

import { lanes } from '../../report/lanes.js';
import { wrap } from '../../report/line-breaking.js';
import { plainPalette, type Palette } from '../../report/palette.js';
import { table } from '../../report/table.js';
import type { CheckOutcome, PropertyOutcome } from '../../checker/outcome.js';
import type { Change, DiffResult, Row } from '../result.js';
import { isEmpty } from '../verdict.js';
import { behaviourLines, textChangeLines, valueRemarks } from './change-lines.js';
import { definitionRemarks, verdictRemarks, type Remark } from './definition-lines.js';
import { boundsOf, heading, sameSentence } from './heading.js';
import { matrixLines } from './matrix-lines.js';

export interface DiffTextOptions {
  readonly palette?: Palette;
  /** Columns, 100 unless told; not less than 60. */
  readonly width?: number;
  /** Of the verdicts that changed; lanes unless told. */
  readonly trace?: 'lanes' | 'table' | 'none';
}

const LABEL = 10;

/** Without a line break at its end. */
export function diffText(result: DiffResult, options: DiffTextOptions = {}): string {
  if (isEmpty(result)) return sameSentence(result);
  const palette = options.palette ?? plainPalette;
  const width = Math.max(60, options.width ?? 100);
  const blocks = [
    wrap(heading(result), width, 2).map((line, i) => (i === 0 ? palette.bold(line) : line)),
    matrixLines(result, width, palette),
    ...result.changes.flatMap((change, i) => changeBlocks(result, change, i + 1, { ...options, palette, width })),
  ];
  return blocks.filter((b) => b.length > 0).map((b) => b.map((line) => line.trimEnd()).join('\n')).join('\n\n');
}

type Style = DiffTextOptions & { readonly palette: Palette; readonly width: number };

function changeBlocks(result: DiffResult, change: Change, revision: number, style: Style): readonly (readonly string[])[] {
  const { palette, width } = style;
  const remarks = [
    ...verdictRemarks(result, revision),
    ...definitionRemarks(result, revision),
    ...valueRemarks('constants', change.constants),
    ...valueRemarks('processes', change.processes),
  ];
  const code = textChangeLines([...change.steps, ...change.declarations]);
  const behaviours = behaviourLines(change);
  const title = palette.bold(`${change.from} -> ${change.to}`);
  if (remarks.length + code.length === 0 && behaviours.length <= 1) return [[title, ...behaviours.map((line) => `  ${line}`)]];
  const inner = [
    remarks.flatMap((r) => remarkLines(r, width, palette)),
    behaviours.flatMap((line) => (line.startsWith(' ') ? [line] : wrap(line, width - 2, 2)).map((text) => `  ${text}`)),
    code.flatMap(({ kind, text }) => {
      if (kind === 'head') return [`  ${palette.bold(text)}`];
      const mark = kind === 'gained' ? '+' : kind === 'lost' ? '-' : ' ';
      const paint = kind === 'gained' ? palette.green : kind === 'lost' ? palette.red : palette.dim;
      return [`  ${paint(`${mark} ${text}`)}`];
    }),
  ].filter((b) => b.length > 0);
  const [first, ...rest] = inner;
  return [[title, ...(first ?? ['  no difference'])], ...rest, ...tracesOf(result, revision, style)];
}

function remarkLines({ label, tone, text, below }: Remark, width: number, palette: Palette): readonly string[] {
  const paint = { bad: palette.red, good: palette.green, open: palette.yellow, plain: palette.cyan }[tone];
  const indent = ' '.repeat(LABEL + 4);
  const [first, ...more] = wrap(text, width - LABEL - 4);
  const sides = below.flatMap((line) => (/^[-+] /.test(line) ? [line] : wrap(line, width - LABEL - 6, 2)));
  return [`  ${paint(label.padEnd(LABEL))}  ${first}`, ...more.map((line) => indent + line), ...sides.map((line) => `${indent}  ${line}`)];
}

/** The shortest trace of each verdict that is new with this revision or went away with it. */
function tracesOf(result: DiffResult, revision: number, style: Style): readonly (readonly string[])[] {
  if (style.trace === 'none') return [];
  return result.rows.flatMap((row) => {
    const [before, after] = [row.cells[revision - 1]!, row.cells[revision]!];
    const at = after.verdict === 'violated' && before.verdict !== 'violated' ? revision : before.verdict === 'violated' && after.verdict === 'holds' ? revision - 1 : undefined;
    return at === undefined || row.cells[at]!.trace === undefined ? [] : [traceLines(result, row, at, style)];
  });
}

function traceLines(result: DiffResult, row: Row, revision: number, { trace: form, width, palette }: Style): readonly string[] {
  const { name, file, check } = result.revisions[revision]!;
  const trace = row.cells[revision]!.trace!;
  const property: PropertyOutcome = { name: `${row.names[revision] ?? row.property} in ${name}`, kind: row.kind as CheckOutcome['properties'][number]['kind'], verdict: 'violated', expected: 'holds', trace, ...(row.doc === undefined ? {} : { doc: row.doc }) };
  const bounds = boundsOf(result.revisions[revision]!);
  const text = form === 'table' ? table(property, trace, width, palette) : lanes(property, trace, `${file}, check ${check}${bounds === '' ? '' : `: ${bounds}`}`);
  return text.split('\n');
}
