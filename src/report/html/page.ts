// One self-contained page for a run: summary, properties with their comments, traces to be stepped through, the sources with what was taken
// how often, small state graphs. It loads nothing: styles, script and data are inside, and a policy in its head forbids the rest.

import type { CheckOutcome, DiagnosticData, Place, PropertyOutcome } from '../../checker/outcome.js';
import type { NotRun } from '../call-summary.js';
import { diagnosticText } from '../diagnostic-text.js';
import { escaped } from '../markup.js';
import { count, counted, duration } from '../quantities.js';
import { boundsText, contextText, unfinishedText } from '../text.js';
import { compactTrace, type TraceViewData } from '../trace-view/data.js';
import { firstSentence, whereViolated } from '../trace-words.js';
import { valueText } from '../value-text.js';
import { isAsExpected, isQuiet, overallText, undecidedGroups } from '../verdict-lines.js';
import { sourceReports, type SourceReport } from './coverage.js';
import { paragraphs, scriptData, sentence } from './markup.js';
import { shareValues } from './shared-values.js';

export interface HtmlReport {
  readonly outcomes: readonly CheckOutcome[];
  readonly notRun: readonly NotRun[];
  /** Pictures of state graphs that are small enough to be read. */
  readonly graphs: readonly { readonly file: string; readonly check: string; readonly svg: string }[];
  /** Heddle's. */
  readonly version: string;
  readonly assets: PageAssets;
}

/** What the page is made with: the trace view's and the page's own. */
export interface PageAssets {
  readonly styles: string;
  readonly script: string;
}

/** What the page's script reads, as shared values. */
export interface PageData {
  readonly sources: readonly SourceReport[];
  readonly traces: readonly TraceViewData[];
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/** The whole page. */
export function htmlReport({ outcomes, notRun, graphs, version, assets }: HtmlReport): string {
  const traces: TraceViewData[] = [];
  const sources = sourceReports(outcomes);
  const sections = outcomes.map((outcome, i) => section(outcome, `check-${i}`, traces, graphs.find((g) => g.file === outcome.file && g.check === outcome.check)?.svg));
  const files = [...new Set(outcomes.map(({ file }) => file))];
  const title = `${files.length === 1 ? files[0]! : counted(files.length, 'spec')}: ${overallText(outcomes)}`;
  const data: PageData = { sources, traces };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Heddle: ${escaped(title)}</title>
<style>
${assets.styles}</style>
</head>
<body>
<a class="skip" href="#summary">to the summary</a>
<header>
<h1>${escaped(title)}</h1>
<p>Checked by Heddle ${escaped(version)}. Each verdict is for the bounds shown with it, and for sequentially consistent memory.</p>
</header>
<main>
${summary(outcomes, notRun)}
${sections.join('\n')}
${sourceSection(sources)}
</main>
<footer>Made by <code>heddle check --format html</code>.</footer>
<script type="application/json" id="heddle-data">${scriptData(shareValues(data))}</script>
<script>
${assets.script.replace(/<\/script/gi, '<\\/script')}</script>
</body>
</html>
`;
}

const WORDS: { readonly [kind in CheckOutcome['outcome']]: readonly [style: string, text: string] } = {
  expected: ['good', 'as expected'],
  unexpected: ['bad', 'NOT as expected'],
  undecided: ['open', 'undecided'],
  error: ['bad', 'the spec has errors'],
};

function summary(outcomes: readonly CheckOutcome[], notRun: readonly NotRun[]): string {
  const rows = outcomes.map((o, i) => {
    const [style, text] = WORDS[o.outcome];
    const shown = o.properties.filter((p) => !isQuiet(p));
    const split = (['holds', 'violated', 'undecided'] as const).flatMap((v) => {
      const n = shown.filter((p) => p.verdict === v).length;
      return n === 0 ? [] : [`${n} ${n === 1 || v !== 'holds' ? v : 'hold'}`];
    });
    const states = o.outcome === 'error' ? '' : `${count(o.states.distinct)}${o.states.complete ? '' : ' <span class="open">not all</span>'}`;
    return `<tr><td><a href="#check-${i}">${escaped(o.file)}</a></td><td class="short" data-label="check">${escaped(o.check)}</td><td data-label="bounds">${escaped(boundsText(o))}</td>` +
      `<td class="number" data-label="states">${states}</td><td class="number" data-label="depth">${o.outcome === 'error' ? '' : count(o.states.depth)}</td><td class="short ${style}">${text}</td><td>${split.join(', ')}</td></tr>`;
  });
  const left = notRun.map(({ file, why }) => `<li>not run: <code>${escaped(file)}</code> (${escaped(why)})</li>`).join('');
  return `<section id="summary" aria-label="summary"><h2>Summary</h2><div class="scroll"><table class="plain"><thead><tr><th>spec</th><th>check</th><th>bounds</th><th class="number">states</th><th class="number">depth</th><th>outcome</th><th>properties</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>${left === '' ? '' : `<ul>${left}</ul>`}</section>`;
}

function section(outcome: CheckOutcome, id: string, traces: TraceViewData[], svg: string | undefined): string {
  const heading = `<h2>${escaped(outcome.file)} <span class="quiet">${escaped(outcome.check)}</span></h2>`;
  if (outcome.outcome === 'error') return `<section id="${id}">${heading}${diagnostics(outcome.diagnostics ?? [])}</section>`;
  const { states, cost } = outcome;
  const constants = Object.entries(outcome.constants).map(([name, value]) => `${name} = ${valueText(value)}`);
  const facts: readonly (readonly [string, string])[] = [
    ['states', `${count(states.distinct)} distinct, ${count(states.generated)} generated, ${counted(states.initial, 'initial state')}, depth ${count(states.depth)}${unfinishedText(outcome).map((sentence) => `. ${sentence}`).join('')}`],
    ['constants', constants.length === 0 ? 'none' : constants.join(', ')],
    ['memory model', 'sequentially consistent'],
    ['search', `${duration(cost.seconds)}, ${counted(outcome.workers, 'thread')}, engine ${outcome.engine}`],
  ];
  const first = traces.length;
  const violated = outcome.properties.filter((p) => p.trace !== undefined);
  for (const p of violated) {
    const { name, kind, doc } = p;
    traces.push({ property: { name, kind, ...(doc === undefined ? {} : { doc }) }, trace: compactTrace(p.trace!), context: contextText(outcome) });
  }
  return [
    `<section id="${id}">${heading}`,
    `<dl class="facts">${facts.map(([name, text]) => `<dt>${name}</dt><dd>${escaped(text)}</dd>`).join('')}</dl>`,
    properties(outcome, (p) => first + violated.indexOf(p)),
    ...violated.map((p, i) => traceDetails(p, first + i)),
    warnings(outcome.warnings),
    svg === undefined ? '' : `<details class="graph"><summary>State graph (${counted(states.distinct, 'state')})</summary><div class="picture" tabindex="0" role="img" aria-label="state graph">${svg.slice(svg.indexOf('<svg'))}</div></details>`,
    '</section>',
  ].filter((part) => part !== '').join('\n');
}

function properties(outcome: CheckOutcome, traceOf: (p: PropertyOutcome) => number): string {
  const shown = outcome.properties.filter((p) => !isQuiet(p));
  const quiet = outcome.properties.filter(isQuiet).map(({ name }) => name);
  const why = new Map(undecidedGroups(outcome).flatMap((g) => g.properties.map((p) => [p, g.why] as const)));
  const rows = shown.map((p) => {
    const asExpected = isAsExpected(p);
    const style = asExpected === undefined ? 'open' : asExpected ? 'good' : 'bad';
    const where = p.trace === undefined ? '' : ` <a href="#trace-${traceOf(p)}">${whereViolated(p.trace)}</a>`;
    const upTo = p.upTo === undefined || p.upTo.length === 0 ? '' : ` <span class="open">up to ${escaped(p.upTo.join(', '))}</span>`;
    const vacuous = p.vacuous === true ? ' <span class="open">vacuously</span>' : '';
    const expected = asExpected === undefined ? `: ${escaped(why.get(p) ?? '')}` : asExpected ? (p.expected === 'violated' ? ', as expected' : '') : ', NOT expected';
    return `<tr><td>${p.at === undefined ? escaped(p.name) : placeLink(p.at, p.name)}</td><td class="short">${p.kind}</td><td class="${style}">${p.verdict}${where}${upTo}${vacuous}${expected}</td><td>${p.doc === undefined ? '' : paragraphs(p.doc)}</td></tr>`;
  });
  const rest = quiet.length === 0 ? '' : `<p class="quiet">Besides, these hold: ${escaped(quiet.join(', '))}.</p>`;
  if (rows.length === 0) return `<p>No property of its own.</p>${rest}`;
  return `<h3>Properties</h3><div class="scroll"><table class="plain"><thead><tr><th>property</th><th>kind</th><th>verdict</th><th>what it says</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>${rest}`;
}

function traceDetails(p: PropertyOutcome, i: number): string {
  const about = p.doc === undefined ? '' : `: ${firstSentence(p.doc)}`;
  const title = `${p.name} violated ${whereViolated(p.trace!)}${p.expected === 'violated' ? ', as expected' : ''}${about}`;
  return `<details class="trace" id="trace-${i}"${p.expected === 'violated' ? '' : ' open'}><summary>${sentence(title)}</summary><div data-trace="${i}"></div></details>`;
}

function warnings(list: readonly DiagnosticData[]): string {
  if (list.length === 0) return '';
  const items = list.map((w) => `<li>${placeLink(w, `${w.file}:${w.line}`)} ${sentence(w.message)} <span class="quiet">${escaped(w.code)}</span></li>`);
  return `<h3>Warnings</h3><ul>${items.join('')}</ul>`;
}

const diagnostics = (list: readonly DiagnosticData[]): string => `<pre class="diagnostics" tabindex="0">${escaped(list.map((d) => diagnosticText(d)).join('\n\n'))}</pre>`;

const placeLink = ({ file, line }: Place, text: string): string => `<a href="#sources" data-file="${escaped(file)}" data-line="${line}"><code>${escaped(text)}</code></a>`;

function sourceSection(sources: readonly SourceReport[]): string {
  if (sources.length === 0) return '';
  const list = sources.map(({ path, places, never }, i) => {
    const said = places === 0 ? '' : never === 0 ? `<span class="quiet">all ${places} places taken</span>` : `<span class="bad">${never} of ${places} places never taken</span>`;
    return `<details class="source" id="source-${i}"><summary>${escaped(path)} ${said}</summary><div class="tv" data-source="${i}"></div></details>`;
  });
  return `<section id="sources"><h2>Sources</h2><p class="quiet">Beside a line stands how often its steps were taken, in all checks of this report together; red: never. What is taken has not been shown to be right, but what is never taken has not been checked at all.</p>
${list.join('\n')}
</section>`;
}
