// SARIF 2.1.0 (OASIS), as GitHub's code scanning and many editors read it: a result on the line of each property that came out other than
// expected or is undecided, and of each warning and error. A trace is the result's code flow: one thread flow a process, with the order.

import type { Location, Log, ReportingDescriptor, Result, ThreadFlow } from 'sarif';
import type { CheckOutcome, Place, PropertyOutcome, TraceData } from '../../checker/outcome.js';
import { explainPage } from '../explain.js';
import { statementText } from '../trace-words.js';
import { changeTexts } from '../value-text.js';
import { findingsOf, type Finding } from './findings.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const KINDS: { readonly [kind in PropertyOutcome['kind']]: string } = {
  invariant: 'an invariant',
  'step-invariant': 'a step invariant',
  temporal: 'a temporal property',
  assertion: 'an assertion',
  deadlock: 'the absence of deadlock',
  builtin: 'a built-in check',
};

/** The document, with a line break at its end. `version` is Heddle's. */
export function sarif(outcomes: readonly CheckOutcome[], version: string): string {
  const findings = findingsOf(outcomes);
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Heddle', version, semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: outcomes.every(({ outcome }) => outcome === 'expected' || outcome === 'unexpected') }],
        results: findings.map((finding) => resultOf(finding, rules.indexOf(finding.rule))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(id: string): ReportingDescriptor {
  const page = explainPage(id);
  const text = page === undefined ? ruleText(id) : `${id}: see \`heddle explain ${id}\`.`;
  return {
    id,
    shortDescription: { text },
    ...(page === undefined ? {} : { fullDescription: { text }, help: { text: page, markdown: page } }),
    defaultConfiguration: { level: id === 'undecided' ? 'warning' : 'error' },
  };
}

/** The rules that are no codes of diagnostics. */
function ruleText(id: string): string {
  if (id === 'undecided') return 'A property is undecided: a limit ended the search first. That is no success.';
  const [what, kind] = id.split('/');
  const name = KINDS[kind as PropertyOutcome['kind']] ?? 'a property';
  return what === 'violated' ? `What was expected to hold is violated: ${name}.` : `What was expected to be violated holds: ${name}.`;
}

function resultOf({ level, rule, message, at, outcome, property }: Finding, ruleIndex: number): Result {
  const trace = property?.trace;
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: message },
    locations: [locationOf(at)],
    // The same finding in the next run, though lines may have moved: a property by its name, a diagnostic by what it says.
    partialFingerprints: { 'heddle/v1': [rule, outcome.file, ...(property === undefined ? [message] : [outcome.check, property.name])].join(' ') },
    ...(trace === undefined || trace.steps.length === 0 ? {} : { codeFlows: [{ message: { text: trace.fault === '' ? 'the trace' : trace.fault }, threadFlows: threadFlows(trace) }] }),
  };
}

function threadFlows(trace: TraceData): ThreadFlow[] {
  return [...new Set(trace.steps.map(({ process }) => process))].map((process) => ({
    id: process,
    locations: trace.steps
      .filter((step) => step.process === process)
      .map((step) => {
        const changes = changeTexts(step, trace.shapes);
        const text = `${step.index} ${process}: ${statementText(step)}${changes.length === 0 ? '' : ` [${changes.join(', ')}]`}`;
        return { executionOrder: step.index, nestingLevel: step.calls.length, location: { ...locationOf(step), message: { text } } };
      }),
  }));
}

function locationOf(at: Place & { readonly endLine?: number; readonly endColumn?: number }): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(at.file) },
      region: {
        startLine: at.line,
        startColumn: at.column,
        ...(at.endLine === undefined ? {} : { endLine: at.endLine }),
        ...(at.endColumn === undefined ? {} : { endColumn: at.endColumn }),
      },
    },
  };
}

/** Relative as the call was, so that it is found in the repository from whose root Heddle was started. */
function uriOf(file: string): string {
  const parts = file.replaceAll('\\', '/').split('/');
  const isDrive = /^[A-Za-z]:$/.test(parts[0]!);
  const path = parts.map((part, i) => (isDrive && i === 0 ? part : encodeURIComponent(part))).join('/');
  return isDrive ? `file:///${path}` : path.startsWith('/') ? `file://${path}` : path;
}
