// JUnit's XML, as Jenkins, GitLab and most other CI read it: a suite for each file and check, a test case for each property. What came out
// other than expected is a failure with its trace; what is undecided is an error, because it is no success; a file that was not run is skipped.

import type { CheckOutcome, PropertyOutcome } from '../../checker/outcome.js';
import type { NotRun } from '../call-summary.js';
import { diagnosticText } from '../diagnostic-text.js';
import { lanes } from '../lanes.js';
import { headline } from '../trace-words.js';
import { isAsExpected, reasonText } from '../verdict-lines.js';

interface Case {
  readonly name: string;
  readonly line?: number;
  readonly file?: string;
  /** Absent: passed. */
  readonly result?: { readonly kind: 'failure' | 'error' | 'skipped'; readonly type: string; readonly message: string; readonly text: string };
}

interface Suite {
  readonly name: string;
  readonly file: string;
  readonly seconds: number;
  readonly cases: readonly Case[];
  readonly properties: readonly (readonly [string, string])[];
}

/** The document, with a line break at its end. */
export function junit(outcomes: readonly CheckOutcome[], notRun: readonly NotRun[] = []): string {
  const suites = [...outcomes.map(suiteOf), ...notRun.map(skippedSuite)];
  const all = suites.flatMap((s) => s.cases);
  const seconds = suites.reduce((sum, s) => sum + s.seconds, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="heddle" ${counts(all)} time="${seconds.toFixed(3)}">`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(outcome: CheckOutcome): Suite {
  const { file, check, cost, states } = outcome;
  const name = `${file} ${check}`;
  if (outcome.outcome === 'error') {
    const diagnostics = (outcome.diagnostics ?? []).filter((d) => d.severity === 'error');
    const text = diagnostics.map((d) => diagnosticText(d)).join('\n\n');
    const message = diagnostics[0] === undefined ? 'the spec has errors' : `${diagnostics[0].code}: ${diagnostics[0].message}`;
    return { name, file, seconds: cost.compileSeconds, properties: [], cases: [{ name: 'the spec compiles', file, result: { kind: 'error', type: 'spec', message, text } }] };
  }
  return {
    name,
    file,
    seconds: cost.seconds,
    properties: [
      ...Object.entries(outcome.constants).map(([constant, value]) => [`constant ${constant}`, JSON.stringify(value)] as const),
      ['memoryModel', 'sc'],
      ['distinct', String(states.distinct)],
      ['generated', String(states.generated)],
      ['depth', String(states.depth)],
      ['complete', String(states.complete)],
    ],
    cases: outcome.properties.map((property) => caseOf(outcome, property)),
  };
}

function caseOf(outcome: CheckOutcome, property: PropertyOutcome): Case {
  const base: Case = { name: property.name, file: property.at?.file ?? outcome.file, ...(property.at === undefined ? {} : { line: property.at.line }) };
  const asExpected = isAsExpected(property);
  if (asExpected === true) return base;
  if (asExpected === undefined) {
    const why = reasonText(property.reason, outcome);
    return { ...base, result: { kind: 'error', type: 'undecided', message: `undecided: ${why}`, text: `${property.name} is undecided: ${why}.` } };
  }
  if (property.verdict === 'violated') {
    const { trace } = property;
    const message = trace === undefined ? `${property.name} is violated` : headline(property, trace).join(' ');
    return { ...base, result: { kind: 'failure', type: 'violated', message, text: trace === undefined ? message : lanes(property, trace) } };
  }
  const message = `${property.name} holds, and was expected to be violated`;
  return { ...base, result: { kind: 'failure', type: 'not-violated', message, text: message } };
}

function skippedSuite({ file, why }: NotRun): Suite {
  return { name: file, file, seconds: 0, properties: [], cases: [{ name: 'run', file, result: { kind: 'skipped', type: 'not-run', message: why, text: '' } }] };
}

function suiteLines({ name, file, seconds, cases, properties }: Suite): readonly string[] {
  return [
    `  <testsuite name="${escaped(name)}" ${counts(cases)} time="${seconds.toFixed(3)}" file="${escaped(file)}">`,
    ...(properties.length === 0
      ? []
      : ['    <properties>', ...properties.map(([key, value]) => `      <property name="${escaped(key)}" value="${escaped(value)}"/>`), '    </properties>']),
    ...cases.flatMap((c) => caseLines(c, name)),
    '  </testsuite>',
  ];
}

function caseLines({ name, file, line, result }: Case, suite: string): readonly string[] {
  const place = `${file === undefined ? '' : ` file="${escaped(file)}"`}${line === undefined ? '' : ` line="${line}"`}`;
  const open = `    <testcase name="${escaped(name)}" classname="${escaped(suite)}"${place}`;
  if (result === undefined) return [`${open}/>`];
  const { kind, type, message, text } = result;
  const said = kind === 'skipped' ? `<skipped message="${escaped(message)}"/>` : `<${kind} type="${type}" message="${escaped(message)}">${escaped(text)}</${kind}>`;
  return [`${open}>`, `      ${said}`, '    </testcase>'];
}

function counts(cases: readonly Case[]): string {
  const of = (kind: string): number => cases.filter((c) => c.result?.kind === kind).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

/** For attributes and text. What XML cannot hold at all becomes a replacement sign. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (char) => ('\n\r\t'.includes(char) ? char : '\ufffd'))
    .replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]!);
}
