// Results as Markdown: medians, and what the others take in terms of Heddle with one worker.

import type { Case } from './cases.js';
import { median } from './measure.js';
import type { Run } from './tools.js';

export interface Result {
  readonly c: Case;
  /** By tool, in the order of the tools; without those that have no model of the case. */
  readonly runs: ReadonlyMap<string, readonly Run[]>;
  /** Seconds of the C compiler, by tool. */
  readonly prepareSeconds: ReadonlyMap<string, number>;
}

/** Memory of a Node process that holds no state. */
const PROCESS_BYTES = 80e6;
const ONE = 'heddle 1';
const TWO = 'heddle 2';

export function resultTable(results: readonly Result[], tools: readonly string[]): string {
  const peers = tools.filter((tool) => !tool.startsWith('heddle'));
  const shown = peers.filter((peer) => results.some((r) => r.runs.has(peer)));
  const head = ['model', 'states', 'heddle 1', 'heddle 2', '2 over 1', 'million/s', 'B a state', ...shown.flatMap((peer) => [peer, 'ratio'])];
  const rows = results.map((r) => {
    const one = seconds(r, ONE);
    const two = seconds(r, TWO);
    const distinct = distinctOf(r, ONE);
    return [
      r.c.name,
      distinct === undefined ? '-' : `${distinct.toLocaleString('en')}${isComplete(r, ONE) ? '' : ' +'}`,
      figure(one),
      figure(two),
      isComplete(r, ONE) ? ratio(one, two) : '-',
      one === undefined || distinct === undefined ? '-' : (distinct / one / 1e6).toFixed(2),
      bytesAState(r),
      ...shown.flatMap((peer) => [figure(seconds(r, peer)) + (isComplete(r, peer) || !r.runs.has(peer) ? '' : ' +'), isComplete(r, peer) && isComplete(r, ONE) ? ratio(seconds(r, peer), one) : '-']),
    ];
  });
  return markdown(head, rows);
}

/** The same in CPU seconds: what the machine's other load hardly changes. */
export function cpuTable(results: readonly Result[], tools: readonly string[]): string {
  const rows = results.map((r) => {
    const one = cpu(r, ONE);
    return [r.c.name, ...tools.flatMap((tool) => [figure(cpu(r, tool)), ...(tool === ONE ? [] : [ratio(cpu(r, tool), one)])])];
  });
  return markdown(['model', ...tools.flatMap((tool) => [tool, ...(tool === ONE ? [] : ['ratio'])])], rows);
}

/** Counts that are not what they should be: such a row is worth nothing. Reduced searches count what they like. */
export function mismatches(results: readonly Result[]): readonly string[] {
  return results.flatMap(({ c, runs }) =>
    [...runs].flatMap(([tool, all]) =>
      tool === 'spin POR' || (c.live === true && tool === 'spin') || c.distinct === undefined ? [] : all.filter((run) => run.complete && run.distinct !== c.distinct).map((run) => `${c.name}: ${tool} counts ${run.distinct} states instead of ${c.distinct}`),
    ),
  );
}

export const compileNote = (results: readonly Result[]): string =>
  [...new Set(results.flatMap((r) => [...r.prepareSeconds.keys()]))]
    .flatMap((tool) => {
      const all = results.flatMap((r) => r.prepareSeconds.get(tool) ?? []).filter((s) => s > 0);
      return all.length === 0 ? [] : [`${tool} ${median(all).toFixed(1)} s`];
    })
    .join(', ');

function bytesAState(r: Result): string {
  const distinct = distinctOf(r, ONE);
  const peaks = (r.runs.get(ONE) ?? []).flatMap((run) => run.peakBytes ?? []);
  // Of a small space this says nothing.
  if (distinct === undefined || distinct < 1e6 || peaks.length === 0) return '-';
  return ((median(peaks) - PROCESS_BYTES) / distinct).toFixed(0);
}

const seconds = (r: Result, tool: string): number | undefined => medianOf(r, tool, (run) => run.seconds);
const cpu = (r: Result, tool: string): number | undefined => medianOf(r, tool, (run) => run.cpuSeconds);
const distinctOf = (r: Result, tool: string): number | undefined => medianOf(r, tool, (run) => run.distinct);
const isComplete = (r: Result, tool: string): boolean => r.runs.has(tool) && r.runs.get(tool)!.every((run) => run.complete);

function medianOf(r: Result, tool: string, value: (run: Run) => number | undefined): number | undefined {
  const values = (r.runs.get(tool) ?? []).flatMap((run) => value(run) ?? []);
  return values.length === 0 ? undefined : median(values);
}

const figure = (s: number | undefined): string => (s === undefined ? '-' : s.toFixed(s < 10 ? 2 : 1));
const ratio = (over: number | undefined, under: number | undefined): string => (over === undefined || under === undefined || under === 0 ? '-' : `**${(over / under).toFixed(1)}**`);

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, 3, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`;
  return [line(head), `| ${widths.map((w, i) => (i === 0 ? '-'.repeat(w) : `${'-'.repeat(w - 1)}:`)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
