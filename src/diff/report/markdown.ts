// A diff in Markdown, for a pull request or a cover letter: a table of verdicts, what changed as a list, code and traces folded away.

import type { Cell, DiffResult, Row } from '../result.js';
import { isEmpty } from '../verdict.js';
import { count } from '../../report/quantities.js';
import type { ChangeLine } from './change-lines.js';
import { heading, sameSentence } from './heading.js';
import { isOtherwise, matrixNotes } from './matrix-lines.js';
import type { Remark } from './definition-lines.js';
import { sectionsOf, type Section, type TraceForm } from './sections.js';

/** With a line break at its end. */
export function diffMarkdown(result: DiffResult, trace: TraceForm = 'lanes'): string {
  if (isEmpty(result)) return `${sameSentence(result)}\n`;
  const notes = matrixNotes(result, 0).map((note) => escape(note)).join('; ');
  const blocks = [
    `### ${escape(heading(result))}`,
    table(result),
    ...(notes === '' ? [] : [`<sub>${notes}</sub>`]),
    ...sectionsOf(result, trace).flatMap(sectionBlocks),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function table(result: DiffResult): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const names = result.revisions.map((r) => escape(r.name));
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
    `#### ${escape(from)} → ${escape(to)}`,
    ...(remarks.length + behaviours.length + lines.length === 0 ? ['no difference'] : []),
    ...(remarks.length === 0 ? [] : [remarks.map(item).join('\n')]),
    ...(behaviours.length === 0 ? [] : [behaviours.length === 1 ? escape(behaviours[0]!) : fence('text', behaviours)]),
    ...(lines.length === 0 ? [] : [folded('Steps and declarations', fence('diff', lines.map(diffLine)))]),
    ...traces.map((t) => folded(`Trace: ${code(t.property)} in ${escape(t.revision)}`, fence('text', t.text.split('\n')))),
  ];
}

function item({ label, text, below }: Remark): string {
  const sides = below.filter((line) => /^[-+] /.test(line));
  const rest = below.filter((line) => !/^[-+] /.test(line));
  return [
    `- **${label}** ${escape(text)}`,
    ...(sides.length === 0 ? [] : fence('diff', sides).split('\n').map((line) => `  ${line}`)),
    ...rest.map((line) => `  ${line.replace(/^([a-z ]+): (.*)$/s, (_, head: string, value: string) => `${head}: ${code(value)}`)}`),
  ].join('\n');
}

function diffLine({ kind, text }: ChangeLine): string {
  return `${{ head: '@@ ', gained: '+ ', lost: '- ', kept: '  ' }[kind]}${text}`;
}

const folded = (title: string, body: string): string => `<details><summary>${title.replace(/`([^`]*)`/g, '<code>$1</code>')}</summary>\n\n${body}\n\n</details>`;

/** A fence longer than any in the text. */
function fence(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`*)/.exec(line)![1]!.length));
  const marks = '`'.repeat(longest + 1);
  return [marks + language, ...lines, marks].join('\n');
}

const code = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;

/** Names may have signs that Markdown reads. */
const escape = (text: string): string => text.replace(/[\\*_~[\]<>|#]/g, '\\$&').replace(/-\\>/g, '→');
