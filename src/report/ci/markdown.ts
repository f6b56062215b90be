// A summary in Markdown, for a pull request or a job's summary: a table of the checks, and each trace that nobody expected, folded.

import type { CheckOutcome, PropertyOutcome } from '../../checker/outcome.js';
import type { NotRun } from '../call-summary.js';
import { diagnosticText } from '../diagnostic-text.js';
import { lanes } from '../lanes.js';
import { count, counted, duration } from '../quantities.js';
import { boundsText } from '../text.js';
import { whereViolated } from '../trace-words.js';
import { isAsExpected, isQuiet, undecidedGroups } from '../verdict-lines.js';

/** The document, with a line break at its end. */
export function markdown(outcomes: readonly CheckOutcome[], notRun: readonly NotRun[] = []): string {
  const ran = outcomes.filter((o) => o.outcome !== 'error');
  const blocks = [
    `## Heddle: ${verdictOf(outcomes)}`,
    ran.length === 0 ? '' : table(ran),
    ...ran.flatMap((outcome) => outcome.properties.flatMap((property) => details(outcome, property))),
    ...outcomes.filter((o) => o.outcome === 'error').map(errors),
    warnings(ran),
    notRun.map(({ file, why }) => `- not run: ${code(file)} (${text(why)})`).join('\n'),
    ran.length === 0 ? '' : 'Each verdict is for the bounds in its row, and for sequentially consistent memory.',
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function verdictOf(outcomes: readonly CheckOutcome[]): string {
  if (outcomes.some((o) => o.outcome === 'error')) return 'a spec has errors';
  if (outcomes.some((o) => o.outcome === 'unexpected')) return 'NOT as expected';
  if (outcomes.some((o) => o.outcome === 'undecided')) return 'undecided';
  return outcomes.length === 0 ? 'nothing was run' : 'as expected';
}

function table(outcomes: readonly CheckOutcome[]): string {
  const rows = outcomes.map((o) => {
    const shown = o.properties.filter((p) => !isQuiet(p));
    const parts = [
      ...shown.filter((p) => isAsExpected(p) === false).map((p) => `**${text(p.name)} ${p.verdict}, NOT expected**`),
      ...undecidedGroups(o).map(({ names, why }) => `undecided: ${text(names)} (${text(why)})`),
      ...shown.filter((p) => p.verdict === 'violated' && p.expected === 'violated').map((p) => `${text(p.name)} violated${p.trace === undefined ? '' : ` ${whereViolated(p.trace)}`}, as expected`),
    ];
    const holding = shown.filter((p) => p.verdict === 'holds' && p.expected === 'holds').length;
    if (holding > 0) parts.push(`${counted(holding, 'property', 'properties')} ${holding === 1 ? 'holds' : 'hold'}`);
    const states = `${count(o.states.distinct)}${o.states.complete ? '' : ' (not complete)'}`;
    return `| ${code(o.file)} | ${text(o.check)} | ${text(boundsText(o))} | ${states} | ${count(o.states.depth)} | ${duration(o.cost.seconds)} | ${parts.join('<br>')} |`;
  });
  return ['| spec | check | bounds | states | depth | time | verdicts |', '| --- | --- | --- | ---: | ---: | ---: | --- |', ...rows].join('\n');
}

function details(outcome: CheckOutcome, property: PropertyOutcome): readonly string[] {
  if (property.verdict !== 'violated' || property.expected === 'violated' || property.trace === undefined) return [];
  const title = `${property.name} in ${outcome.file}, check ${outcome.check}: violated ${whereViolated(property.trace)}`;
  return [`<details><summary>${html(title)}</summary>\n\n${fenced(lanes(property, property.trace))}\n\n</details>`];
}

const errors = (outcome: CheckOutcome): string =>
  `${code(`${outcome.file} ${outcome.check}`)} was not run:\n\n${fenced((outcome.diagnostics ?? []).map((d) => diagnosticText(d)).join('\n\n'))}`;

/** Warnings are many where a model is large: they are folded, each once. */
function warnings(outcomes: readonly CheckOutcome[]): string {
  const lines = [...new Set(outcomes.flatMap((o) => o.warnings.map((w) => `- ${code(`${w.file}:${w.line}`)} ${text(w.message)} (${w.code})`)))];
  return lines.length === 0 ? '' : `<details><summary>${counted(lines.length, 'warning')}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

function fenced(body: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((m) => m[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${body}\n${fence}`;
}

/** What Markdown would take for markup is escaped, and what would end a cell. */
const text = (s: string): string => html(s).replace(/[\\*_[\]|~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
const html = (s: string): string => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const code = (s: string): string => `\`${s.replace(/`/g, "'").replace(/\|/g, '\\|')}\``;
