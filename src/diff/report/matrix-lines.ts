// The matrix as text. The words of the cells become shorter until the columns fit; where even that does not help, the revisions are
// shown in several blocks.

import { plainPalette, type Palette } from '../../report/palette.js';
import { shorten, wrap } from '../../report/line-breaking.js';
import { count, counted } from '../../report/quantities.js';
import type { Cell, DiffResult, Row } from '../result.js';

/** How long the words of the cells are. */
export type Brevity = 0 | 1 | 2;

const GAP = '  ';
const WIDEST_NAME = 32;

export function matrixLines(result: DiffResult, width: number, palette: Palette = plainPalette): readonly string[] {
  const all = result.revisions.map((_, i) => i);
  const brevity = ([0, 1, 2] as const).find((b) => widthOf(result, all, b) <= width);
  if (brevity !== undefined) return [...block(result, all, brevity, palette), ...legend(result, brevity, width, palette)];
  const blocks = inBlocks(result, width);
  return [...blocks.flatMap((columns, i) => [...(i > 0 ? [''] : []), ...block(result, columns, 2, palette)]), ...legend(result, 2, width, palette)];
}

/** As many revisions a block as fit. */
function inBlocks(result: DiffResult, width: number): readonly (readonly number[])[] {
  const blocks: number[][] = [];
  result.revisions.forEach((_, i) => {
    const last = blocks.at(-1);
    if (last !== undefined && widthOf(result, [...last, i], 2) <= width) last.push(i);
    else blocks.push([i]);
  });
  return blocks;
}

const nameWidth = (rows: readonly Row[]): number => Math.min(WIDEST_NAME, Math.max('states'.length, ...rows.map((r) => r.property.length)));

const columnWidth = (result: DiffResult, revision: number, brevity: Brevity): number =>
  Math.max(result.revisions[revision]!.name.length, statesText(result, revision, brevity).length, ...result.rows.map((row) => cellText(row, revision, brevity).length));

const widthOf = (result: DiffResult, revisions: readonly number[], brevity: Brevity): number =>
  2 + nameWidth(result.rows) + revisions.reduce((sum, r) => sum + GAP.length + columnWidth(result, r, brevity), 0);

/** `6,203,538`, or `6.2M`. */
function statesText({ revisions }: DiffResult, revision: number, brevity: Brevity): string {
  const { distinct, complete } = revisions[revision]!.states;
  const text = brevity === 0 || distinct < 100_000 ? count(distinct) : distinct < 1_000_000 ? `${Math.round(distinct / 1000)}k` : `${(distinct / 1_000_000).toFixed(1)}M`;
  return `${text}${complete ? '' : '+'}`;
}

function block(result: DiffResult, columns: readonly number[], brevity: Brevity, palette: Palette): readonly string[] {
  const name = nameWidth(result.rows);
  const line = (head: string, cell: (revision: number) => string, paint: (text: string, revision: number) => string): string =>
    `  ${head}${columns.map((r) => GAP + paint(cell(r).padEnd(columnWidth(result, r, brevity)), r)).join('')}`.trimEnd();
  const rows = result.rows.map((row) => line(shorten(row.property, name).padEnd(name), (r) => cellText(row, r, brevity), (text, r) => paintOf(row.cells[r]!, palette)(text)));
  return [
    line(''.padEnd(name), (r) => result.revisions[r]!.name, palette.bold),
    ...rows,
    line(palette.dim('states'.padEnd(name)), (r) => statesText(result, r, brevity), palette.dim),
  ];
}

function paintOf({ verdict }: Cell, palette: Palette): (text: string) => string {
  switch (verdict) {
    case 'holds':
      return palette.green;
    case 'violated':
      return palette.red;
    case 'undecided':
      return palette.yellow;
    case 'absent':
      return palette.dim;
  }
}

/** `holds`, `violated 9`; `~` where the definition is not that of the revision before, `*` where the verdict holds up to an error. */
function cellText(row: Row, revision: number, brevity: Brevity): string {
  const cell = row.cells[revision]!;
  const marks = `${(cell.upTo?.length ?? 0) > 0 ? '*' : ''}${cell.verdict !== 'absent' && isOtherwise(row, revision) ? '~' : ''}`;
  switch (cell.verdict) {
    case 'holds':
      return `${brevity === 2 ? 'ok' : 'holds'}${marks}`;
    case 'violated': {
      const steps = cell.trace === undefined ? '' : ` ${cell.trace.steps.length}`;
      return `${['violated', 'viol.', 'X'][brevity]!}${steps}${marks}`;
    }
    case 'undecided':
      return `${['undecided', 'undec.', '?'][brevity]!}${marks}`;
    case 'absent':
      return '-';
  }
}

/** Its definition there means something else than in the revision before. */
export function isOtherwise(row: Row, revision: number): boolean {
  const kind = revision === 0 ? undefined : row.definitions[revision - 1]?.kind;
  return kind === 'changed' || kind === 'weakened' || kind === 'strengthened';
}

function legend(result: DiffResult, brevity: Brevity, width: number, palette: Palette): readonly string[] {
  const notes = matrixNotes(result, brevity);
  return notes.length === 0 ? [] : ['', ...wrap(notes.join('; '), width - 2).map((text) => `  ${palette.dim(text)}`)];
}

/** What the signs mean that occur. */
export function matrixNotes({ rows, revisions }: DiffResult, brevity: Brevity): readonly string[] {
  const cells = rows.flatMap((row) => row.cells);
  const has = (test: (cell: Cell) => boolean): boolean => cells.some(test);
  const notes: string[] = [];
  const example = cells.find((c) => c.verdict === 'violated' && c.trace !== undefined)?.trace?.steps.length;
  if (example !== undefined) notes.push(`${['violated', 'viol.', 'X'][brevity]!} ${example}: a shortest trace has ${counted(example, 'step')}`);
  if (brevity === 2 && has((c) => c.verdict === 'holds')) notes.push('ok: holds');
  if (brevity > 0 && has((c) => c.verdict === 'undecided')) notes.push(`${['', 'undec.', '?'][brevity]!}: undecided`);
  if (has((c) => c.verdict === 'absent')) notes.push('-: not declared there');
  if (rows.some((row) => row.cells.some((c, r) => c.verdict !== 'absent' && isOtherwise(row, r)))) notes.push('~: defined otherwise than in the revision before');
  const upTo = [...new Set(cells.flatMap((c) => c.upTo ?? []))];
  if (upTo.length > 0) notes.push(`*: up to ${upTo.join(', ')}; what such an error hides was not explored`);
  if (revisions.some(({ states }) => !states.complete)) notes.push('+: not all states were explored');
  return notes;
}
