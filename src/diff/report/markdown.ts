// A diff in Markdown, for a pull request or a cover letter: a table of verdicts, what changed as a list, code and traces folded away.

import type { Cell, DiffResult, Row } from '../result.js';
import { isEmpty } from '../verdict.js';
import { code, escaped, fenced, folded, prose } from '../../report/markup.js';
import { count } from '../../report/quantities.js';
import type { ChangeLine } from './change-lines.js';
import { heading, sameSentence } from './heading.js';
import { isOtherwise, matrixNotes } from './matrix-lines.js';
import type { Remark } from './definition-lines.js';
import { sectionsOf, type Section, type TraceForm } from './sections.js';

/** With a line break at its end. */
export function diffMarkdown(result: DiffResult, trace: TraceForm = 'lanes'): string {
  if (isEmpty(result)) return `${sameSentence(result)}\n`;
  const notes = matrixNotes(result, 0).map((note) => arrows(note)).join('; ');
  const blocks = [
    `### ${arrows(heading(result))}`,
    table(result),
    ...(notes === '' ? [] : [`<sub>${notes}</sub>`]),
    ...sectionsOf(result, trace).flatMap(sectionBlocks),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function table(result: DiffResult): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const names = result.revisions.map((r) => arrows(r.name));
  return [
    row(['', ...names]),
    row(['---', ...names.map(() => '---')]),
    ...result.rows.map((r) => row([code(r.property), ...r.cells.map((cell, i) => cellText(r, cell, i))])),
    row(['states', ...result.revisions.map(({ states }) => `${count(states.distinct)}${states.complete ? '' : '+'}`)]),
  ].join('\n');
}

function cellText(row: Row, { verdict, trace, upTo }: Cell, revision: number): string {
  const marks = `${upTo === undefined ? '' : '\\*'}${verdict !== 'absent' && isOtherwise(row, revision) ? ' \\~' : ''}`;
  switch (verdict) {
    case 'holds':
      return `holds${marks}`;
    case 'violated':
      return `**violated**${trace === undefined ? '' : ` ${trace.steps.length}`}${marks}`;
    case 'undecided':
      return `*undecided*${marks}`;
    case 'absent':
      return '-';
  }
}

function sectionBlocks({ from, to, remarks, behaviours, code: lines, traces }: Section): readonly string[] {
  return [
    `#### ${arrows(from)} → ${arrows(to)}`,
    ...(remarks.length + behaviours.length + lines.length === 0 ? ['no difference'] : []),
    ...(remarks.length === 0 ? [] : [remarks.map(item).join('\n')]),
    ...(behaviours.length === 0 ? [] : [behaviours.length === 1 ? arrows(behaviours[0]!) : fenced('text', behaviours.join('\n'))]),
    ...(lines.length === 0 ? [] : [folded('Steps and declarations', fenced('diff', lines.map(diffLine).join('\n')))]),
    ...traces.map((t) => folded(`Trace: <code>${escaped(t.property)}</code> in ${escaped(t.revision)}`, fenced('text', t.text))),
  ];
}

function item({ label, text, below }: Remark): string {
  const sides = below.filter((line) => /^[-+] /.test(line));
  const rest = below.filter((line) => !/^[-+] /.test(line));
  return [
    `- **${label}** ${arrows(text)}`,
    ...(sides.length === 0 ? [] : fenced('diff', sides.join('\n')).split('\n').map((line) => `  ${line}`)),
    ...rest.map((line) => `  ${line.replace(/^([a-z ]+): (.*)$/s, (_, head: string, value: string) => `${head}: ${code(value)}`)}`),
  ].join('\n');
}

function diffLine({ kind, text }: ChangeLine): string {
  return `${{ head: '@@ ', gained: '+ ', lost: '- ', kept: '  ' }[kind]}${text}`;
}

const arrows = (text: string): string => prose(text).replaceAll('-&gt;', '→');
