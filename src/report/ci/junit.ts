// JUnit's XML, as Jenkins, GitLab and most other CI read it: a suite for each file and check, a test case for each property. What came out
// other than expected is a failure with its trace; what is undecided is an error, because it is no success; a file that was not run is skipped.
// Only what the schemas of Jenkins know is used: places stand in the text, as `file:line:column`, where readers look for them.

import type { CheckOutcome, PropertyOutcome } from '../../checker/outcome.js';
import type { NotRun } from '../call-summary.js';
import { diagnosticText } from '../diagnostic-text.js';
import { lanes } from '../lanes.js';
import { xml } from '../markup.js';
import { headline } from '../trace-words.js';
import { isAsExpected, reasonText } from '../verdict-lines.js';
import { placeOfProperty } from './findings.js';

interface Case {
  readonly name: string;
  /** Absent: passed. */
  readonly result?: { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string } | { readonly kind: 'skipped'; readonly text: string };
}

interface Suite {
  readonly name: string;
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
    return { name, seconds: cost.compileSeconds, properties: [], cases: [{ name: 'the spec compiles', result: { kind: 'error', type: 'spec', message, text } }] };
  }
  return {
    name,
    seconds: cost.seconds,
    properties: [
      ...Object.entries(outcome.constants).map(([constant, value]) => [`constant ${constant}`, JSON.stringify(value)] as const),
      ['memoryModel', 'sc'],
      ['distinct', String(states.distinct)],
      ['generated', String(states.generated)],
      ['depth', String(states.depth)],
      ['complete', String(states.complete)],
    ],
    cases: outcome.properties.map((property) => ({ name: property.name, ...resultOf(outcome, property) })),
  };
}

function resultOf(outcome: CheckOutcome, property: PropertyOutcome): Pick<Case, 'result'> {
  const asExpected = isAsExpected(property);
  if (asExpected === true) return {};
  const result = (kind: 'failure' | 'error', type: string, message: string, said = message): Pick<Case, 'result'> => {
    const { file, line, column } = placeOfProperty(outcome, property);
    return { result: { kind, type, message, text: `${file}:${line}:${column}\n${said}` } };
  };
  if (asExpected === undefined) {
    const why = reasonText(property.reason, outcome);
    return result('error', 'undecided', `undecided: ${why}`, `${property.name} is undecided: ${why}.`);
  }
  if (property.verdict === 'holds') return result('failure', 'not-violated', `${property.name} holds, and was expected to be violated`);
  const { trace } = property;
  if (trace === undefined) return result('failure', 'violated', `${property.name} is violated`);
  return result('failure', 'violated', headline(property, trace).join(' '), lanes(property, trace));
}

const skippedSuite = ({ file, why }: NotRun): Suite => ({ name: file, seconds: 0, properties: [], cases: [{ name: 'run', result: { kind: 'skipped', text: why } }] });

function suiteLines({ name, seconds, cases, properties }: Suite): readonly string[] {
  const skipped = cases.filter((c) => c.result?.kind === 'skipped').length;
  return [
    `  <testsuite name="${xml(name)}" ${counts(cases)} skipped="${skipped}" time="${seconds.toFixed(3)}">`,
    ...(properties.length === 0
      ? []
      : ['    <properties>', ...properties.map(([key, value]) => `      <property name="${xml(key)}" value="${xml(value)}"/>`), '    </properties>']),
    ...cases.flatMap((c) => caseLines(c, name)),
    '  </testsuite>',
  ];
}

function caseLines({ name, result }: Case, suite: string): readonly string[] {
  const open = `    <testcase name="${xml(name)}" classname="${xml(suite)}"`;
  if (result === undefined) return [`${open}/>`];
  const attributes = result.kind === 'skipped' ? '' : ` type="${result.type}" message="${xml(result.message)}"`;
  return [`${open}>`, `      <${result.kind}${attributes}>${xml(result.text)}</${result.kind}>`, '    </testcase>'];
}

function counts(cases: readonly Case[]): string {
  const of = (kind: string): number => cases.filter((c) => c.result?.kind === kind).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}"`;
}
