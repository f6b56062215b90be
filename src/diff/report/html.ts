// A diff as a page of its own: no scripts, nothing loaded, readable by day and in the dark.

import { escaped } from '../../report/markup.js';
import { count } from '../../report/quantities.js';
import type { Cell, DiffResult, Row } from '../result.js';
import { isEmpty } from '../verdict.js';
import type { ChangeLine } from './change-lines.js';
import type { Remark } from './definition-lines.js';
import { heading, sameSentence } from './heading.js';
import { isOtherwise, matrixNotes } from './matrix-lines.js';
import { sectionsOf, type Section, type TraceForm } from './sections.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #667; --line: #d8dce2; --page: #fff; --card: #f6f7f9; --good: #11713b; --bad: #b3261e; --open: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6ea; --soft: #9aa3ad; --line: #363c44; --page: #14171a; --card: #1d2126; --good: #62c98b; --bad: #ff8a80; --open: #f0b354; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
pre, code, td, th { font-family: ui-monospace, monospace; font-size: 0.875rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; } td, th { padding: 0.25rem 0.9rem 0.25rem 0; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
pre { background: var(--card); padding: 0.75rem 1rem; overflow-x: auto; border-radius: 6px; line-height: 1.4; }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); } .soft { color: var(--soft); }
.bad.word { font-weight: 600; } ul { padding-left: 1.2rem; } li { margin: 0.3rem 0; } summary { cursor: pointer; margin: 0.5rem 0; }
`;

/** The whole document. */
export function diffHtml(result: DiffResult, trace: TraceForm = 'lanes'): string {
  const title = `heddle diff: ${result.revisions.map((r) => r.name).join(', ')}`;
  const body = isEmpty(result)
    ? `<p>${escaped(sameSentence(result))}</p>`
    : [`<h1>${escaped(heading(result))}</h1>`, matrix(result), ...sectionsOf(result, trace).map(section)].join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function matrix(result: DiffResult): string {
  const head = `<tr><th></th>${result.revisions.map((r) => `<th scope="col">${escaped(r.name)}</th>`).join('')}</tr>`;
  const rows = result.rows.map((row) => {
    const title = row.doc === undefined ? '' : ` title="${escaped(row.doc)}"`;
    return `<tr><th scope="row"${title}>${escaped(row.property)}</th>${row.cells.map((cell, i) => cellHtml(row, cell, i)).join('')}</tr>`;
  });
  const states = `<tr class="soft"><th scope="row">states</th>${result.revisions.map(({ states: s }) => `<td>${count(s.distinct)}${s.complete ? '' : '+'}</td>`).join('')}</tr>`;
  const notes = matrixNotes(result, 0).join('; ');
  return `<div class="wide"><table>\n${[head, ...rows, states].join('\n')}\n</table></div>${notes === '' ? '' : `\n<p class="soft">${escaped(notes)}</p>`}`;
}

function cellHtml(row: Row, { verdict, trace, upTo }: Cell, revision: number): string {
  const marks = `${upTo === undefined ? '' : '*'}${verdict !== 'absent' && isOtherwise(row, revision) ? '~' : ''}`;
  switch (verdict) {
    case 'holds':
      return `<td class="good">holds${marks}</td>`;
    case 'violated':
      return `<td class="bad word">violated${trace === undefined ? '' : ` ${trace.steps.length}`}${marks}</td>`;
    case 'undecided':
      return `<td class="open">undecided${marks}</td>`;
    case 'absent':
      return '<td class="soft">-</td>';
  }
}

function section({ from, to, remarks, behaviours, code, traces }: Section): string {
  const parts = [
    `<h2>${escaped(from)} → ${escaped(to)}</h2>`,
    ...(remarks.length + behaviours.length + code.length === 0 ? ['<p class="soft">no difference</p>'] : []),
    ...(remarks.length === 0 ? [] : [`<ul>\n${remarks.map(remark).join('\n')}\n</ul>`]),
    ...(behaviours.length === 0 ? [] : [behaviours.length === 1 ? `<p>${escaped(behaviours[0]!)}</p>` : `<pre>${escaped(behaviours.join('\n'))}</pre>`]),
    ...(code.length === 0 ? [] : [`<details><summary>Steps and declarations</summary><pre>${code.map(codeLine).join('\n')}</pre></details>`]),
    ...traces.map((t) => `<details><summary>Trace: <code>${escaped(t.property)}</code> in ${escaped(t.revision)}</summary><pre>${escaped(t.text)}</pre></details>`),
  ];
  return `<section>\n${parts.join('\n')}\n</section>`;
}

function remark({ label, tone, text, below }: Remark): string {
  const tones = { bad: 'bad word', good: 'good', open: 'open', plain: 'soft' };
  const lines = below.length === 0 ? '' : `<pre>${below.map((line) => painted(line, line.startsWith('+ ') ? 'good' : line.startsWith('- ') ? 'bad' : '')).join('\n')}</pre>`;
  return `<li><span class="${tones[tone]}">${escaped(label)}</span> ${escaped(text)}${lines}</li>`;
}

function codeLine({ kind, text }: ChangeLine): string {
  switch (kind) {
    case 'head':
      return `<strong>${escaped(text)}</strong>`;
    case 'gained':
      return painted(`+ ${text}`, 'good');
    case 'lost':
      return painted(`- ${text}`, 'bad');
    case 'kept':
      return painted(`  ${text}`, 'soft');
  }
}

const painted = (text: string, tone: string): string => (tone === '' ? escaped(text) : `<span class="${tone}">${escaped(text)}</span>`);
