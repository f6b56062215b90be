// The table of `heddle crosscheck`: for each check what each engine found, side by side.

import type { CheckOutcome } from '../checker/outcome.js';
import type { NotRun } from './call-summary.js';
import { count, counted } from './quantities.js';

export interface EngineResult {
  readonly engine: string;
  readonly outcome: CheckOutcome;
  readonly differences: readonly string[];
  /** Properties that this engine and the built-in one both decided. */
  readonly properties: number;
  /** Both searched everything. */
  readonly counts: boolean;
  /** Why it did not run. */
  readonly why?: string;
}

export interface Row {
  readonly file: string;
  readonly check: string;
  /** What the built-in engine found. */
  readonly reference: CheckOutcome;
  readonly results: readonly EngineResult[];
  readonly tooLarge?: true;
}

const violated = ({ properties }: CheckOutcome): number => properties.filter((p) => p.verdict === 'violated').length;

export function crosscheckText(row: Row): string {
  const { reference } = row;
  const head = `${row.file}  ${row.check}`;
  if (reference.outcome === 'error') return `${head}\n  not checked: ${(reference.diagnostics ?? []).map((d) => d.message).join(' ')}`;
  if (row.tooLarge === true) return `${head}\n  left out: more than ${count(reference.states.distinct)} states`;
  const lines = [line('builtin', reference, ''), ...row.results.map((r) => (r.why === undefined ? line(r.engine, r.outcome, verdict(r)) : `  ${r.engine.padEnd(12)} left out: ${r.why}`))];
  return [head, ...lines].join('\n');
}

function line(engine: string, outcome: CheckOutcome, verdict: string): string {
  const { states, cost } = outcome;
  const searched = states.complete ? '' : 'the first ';
  return `  ${engine.padEnd(12)} ${`${searched}${count(states.distinct)} states`.padStart(24)}  depth ${String(states.depth).padStart(3)}  ${String(violated(outcome)).padStart(2)} violated  ${cost.seconds.toFixed(1).padStart(6)} s  ${verdict}`.trimEnd();
}

function verdict({ differences, properties, counts }: EngineResult): string {
  if (differences.length > 0) return `DISAGREES: ${differences.join('; ')}`;
  const compared = [...(counts ? ['counts'] : []), ...(properties > 0 ? [counted(properties, 'property', 'properties')] : [])];
  return compared.length === 0 ? 'nothing to compare' : `agrees in ${compared.join(' and ')}`;
}

export function crosscheckSummary(rows: readonly Row[], notRun: readonly NotRun[]): string {
  const engines = [...new Set(rows.flatMap((r) => r.results.map(({ engine }) => engine)))];
  const lines = engines.map((engine) => {
    const results = rows.flatMap((r) => r.results.filter((x) => x.engine === engine));
    const run = results.filter((r) => r.why === undefined);
    const differ = run.filter((r) => r.differences.length > 0).length;
    const left = results.length - run.length + rows.filter((r) => r.tooLarge === true).length;
    return `${engine}: ${differ === 0 ? 'agrees with the built-in engine' : `disagrees on ${differ}`} on ${run.length - differ} of ${rows.length} checks${left > 0 ? `, ${left} left out` : ''}.`;
  });
  return [...lines, ...notRun.map((n) => `not run: ${n.file}: ${n.why}`)].join('\n');
}
