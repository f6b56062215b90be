// A summary in Markdown, for a pull request or a job's summary: a table of the checks, and each trace that nobody expected, folded.

import type { CheckOutcome, PropertyOutcome } from '../../checker/outcome.js';
import type { NotRun } from '../call-summary.js';
import { diagnosticText } from '../diagnostic-text.js';
import { lanes } from '../lanes.js';
import { code, escaped, fenced, folded, prose } from '../markup.js';
import { count, counted, duration } from '../quantities.js';
import { boundsText } from '../text.js';
import { whereViolated } from '../trace-words.js';
import { isAsExpected, isQuiet, overallText, undecidedGroups } from '../verdict-lines.js';

/** The document, with a line break at its end. */
export function markdown(outcomes: readonly CheckOutcome[], notRun: readonly NotRun[] = []): string {
  const ran = outcomes.filter((o) => o.outcome !== 'error');
  const blocks = [
    `## Heddle: ${overallText(outcomes)}`,
    ran.length === 0 ? '' : table(ran),
    ...ran.flatMap((outcome) => outcome.properties.flatMap((property) => details(outcome, property))),
    ...outcomes.filter((o) => o.outcome === 'error').map(errors),
    warnings(ran),
    notRun.map(({ file, why }) => `- not run: ${code(file)} (${prose(why)})`).join('\n'),
    ran.length === 0 ? '' : 'Each verdict is for the bounds in its row, and for sequentially consistent memory.',
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function table(outcomes: readonly CheckOutcome[]): string {
  const rows = outcomes.map((o) => {
    const shown = o.properties.filter((p) => !isQuiet(p));
    const parts = [
      ...shown.filter((p) => isAsExpected(p) === false).map((p) => `**${prose(p.name)} ${p.verdict}, NOT expected**`),
      ...undecidedGroups(o).map(({ names, why }) => `undecided: ${prose(names)} (${prose(why)})`),
      ...shown.filter((p) => p.verdict === 'violated' && p.expected === 'violated').map((p) => `${prose(p.name)} violated${p.trace === undefined ? '' : ` ${whereViolated(p.trace)}`}, as expected`),
    ];
    const holding = shown.filter((p) => p.verdict === 'holds' && p.expected === 'holds').length;
    if (holding > 0) parts.push(`${counted(holding, 'property', 'properties')} ${holding === 1 ? 'holds' : 'hold'}`);
    const states = `${count(o.states.distinct)}${o.states.complete ? '' : ' (not complete)'}`;
    return `| ${code(o.file)} | ${prose(o.check)} | ${prose(boundsText(o))} | ${states} | ${count(o.states.depth)} | ${duration(o.cost.seconds)} | ${parts.join('<br>')} |`;
  });
  return ['| spec | check | bounds | states | depth | time | verdicts |', '| --- | --- | --- | ---: | ---: | ---: | --- |', ...rows].join('\n');
}

function details(outcome: CheckOutcome, property: PropertyOutcome): readonly string[] {
  if (property.verdict !== 'violated' || property.expected === 'violated' || property.trace === undefined) return [];
  const title = `${property.name} in ${outcome.file}, check ${outcome.check}: violated ${whereViolated(property.trace)}`;
  return [folded(escaped(title), fenced('text', lanes(property, property.trace)))];
}

const errors = (outcome: CheckOutcome): string =>
  `${code(`${outcome.file} ${outcome.check}`)} was not run:\n\n${fenced('text', (outcome.diagnostics ?? []).map((d) => diagnosticText(d)).join('\n\n'))}`;

/** Warnings are many where a model is large: they are folded, each once. */
function warnings(outcomes: readonly CheckOutcome[]): string {
  const lines = [...new Set(outcomes.flatMap((o) => o.warnings.map((w) => `- ${code(`${w.file}:${w.line}`)} ${prose(w.message)} (${w.code})`)))];
  return lines.length === 0 ? '' : folded(counted(lines.length, 'warning'), lines.join('\n'));
}
