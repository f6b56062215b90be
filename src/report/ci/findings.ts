// What a CI has to hear of a run, one entry a place in the source: what came out other than expected, what is undecided, warnings, and
// errors of the spec. SARIF and GitHub's annotations are two spellings of it.

import type { CheckOutcome, DiagnosticData, Place, PropertyOutcome } from '../../checker/outcome.js';
import { headline } from '../trace-words.js';
import { isAsExpected, undecidedGroups } from '../verdict-lines.js';

export interface Finding {
  readonly level: 'error' | 'warning';
  /** What kind of finding it is: `violated/invariant`, `not-violated/builtin`, `undecided`, or the code of a diagnostic. */
  readonly rule: string;
  /** A few words: the name of the property, or the code. */
  readonly title: string;
  readonly message: string;
  readonly at: Place & { readonly endLine?: number; readonly endColumn?: number };
  readonly outcome: CheckOutcome;
  /** The property that it is about, with its trace. */
  readonly property?: PropertyOutcome;
}

/** All findings, in the order of the outcomes. A diagnostic that several checks of a file share is given once. */
export function findingsOf(outcomes: readonly CheckOutcome[]): readonly Finding[] {
  const seen = new Set<string>();
  const isNew = (d: DiagnosticData): boolean => {
    const key = `${d.code} ${d.file}:${d.line}:${d.column} ${d.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  return outcomes.flatMap((outcome) => [
    ...(outcome.diagnostics ?? []).filter(isNew).map((d) => ofDiagnostic(outcome, d)),
    ...outcome.properties.flatMap((property) => ofProperty(outcome, property)),
    ...undecided(outcome),
    ...outcome.warnings.filter(isNew).map((d) => ofDiagnostic(outcome, d)),
  ]);
}

function ofDiagnostic(outcome: CheckOutcome, d: DiagnosticData): Finding {
  const { file, line, column, endLine, endColumn } = d;
  const message = d.help === undefined ? d.message : `${d.message}\n${d.help}`;
  return { level: d.severity, rule: d.code, title: d.code, message, at: { file, line, column, endLine, endColumn }, outcome };
}

function ofProperty(outcome: CheckOutcome, property: PropertyOutcome): readonly Finding[] {
  if (isAsExpected(property) !== false) return [];
  const common = { outcome, property, at: placeOfProperty(outcome, property) };
  if (property.verdict === 'violated') {
    const words = property.trace === undefined ? [`${property.name} is violated.`] : headline(property, property.trace);
    const message = `${words.join(' ')} (check ${outcome.check})`;
    return [{ ...common, level: 'error', rule: `violated/${property.kind}`, title: `${property.name} is violated`, message }];
  }
  const message = `${property.name} holds in check ${outcome.check}, and was expected to be violated. If that is right now, take its \`expect\` line away.`;
  return [{ ...common, level: 'error', rule: `not-violated/${property.kind}`, title: `${property.name} is not violated`, message }];
}

/** One finding for each reason: when a limit ends a search, everything is undecided, and a reader needs to hear it once. */
function undecided(outcome: CheckOutcome): readonly Finding[] {
  return undecidedGroups(outcome).map(({ names, why, properties }) => ({
    level: 'warning',
    rule: 'undecided',
    title: `undecided in check ${outcome.check}`,
    message: `Undecided in check ${outcome.check}: ${names}: ${why}.`,
    at: properties.find(({ at }) => at !== undefined)?.at ?? { file: outcome.file, line: 1, column: 1 },
    outcome,
  }));
}

/** Where the property is declared; for one that nobody declared, where the trace ends; else the file's beginning. */
export function placeOfProperty(outcome: CheckOutcome, property: PropertyOutcome): Place {
  const last = property.trace?.steps.at(-1);
  return property.at ?? (last === undefined ? { file: outcome.file, line: 1, column: 1 } : { file: last.file, line: last.line, column: last.column });
}
