// How often the lines of the sources were executed, put together from all checks of a report.

import type { CheckOutcome, Coverage } from '../../checker/outcome.js';
import { count } from '../quantities.js';
import type { LineNote } from '../trace-view/data.js';

export interface SourceReport {
  readonly path: string;
  readonly text: string;
  /** For each line at which something begins: what stands beside it. */
  readonly notes: readonly (readonly [line: number, note: LineNote])[];
  /** Places in it, and those of them that no check ever reached. */
  readonly places: number;
  readonly never: number;
}

interface PlaceReport {
  readonly name: string;
  readonly line: number;
  taken: boolean;
  /** undefined: taken, nobody counted how often. */
  count: number | undefined;
}

/** Each file once, those of the call first, in the order in which they come. */
export function sourceReports(outcomes: readonly CheckOutcome[]): readonly SourceReport[] {
  const texts = new Map(outcomes.flatMap((o) => o.sources ?? []).map(({ path, text }) => [path, text]));
  const named = [...new Set([...outcomes.map(({ file }) => file), ...texts.keys()])].filter((path) => texts.has(path));
  const coverage = outcomes.flatMap((o) => o.coverage ?? []);
  return named.map((path) => {
    const places = placesOf(coverage.filter(({ file }) => file === path));
    const lines = [...new Set(places.map(({ line }) => line))].sort((a, b) => a - b);
    return {
      path,
      text: texts.get(path)!,
      notes: lines.map((line) => [line, noteOf(places.filter((place) => place.line === line))] as const),
      places: places.length,
      never: places.filter(({ taken }) => !taken).length,
    };
  });
}

/** One for each place, whatever the number of checks, and of instances of its module. */
function placesOf(coverage: readonly Coverage[]): readonly PlaceReport[] {
  const places = new Map<string, PlaceReport>();
  for (const { name, line, column, taken, count: n } of coverage) {
    const key = `${line}:${column}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, { name, line, taken, count: taken ? n : 0 });
    else {
      known.taken ||= taken;
      known.count = known.count === undefined || (taken && n === undefined) ? undefined : known.count + (n ?? 0);
    }
  }
  return [...places.values()];
}

function noteOf(places: readonly PlaceReport[]): LineNote {
  const never = places.filter(({ taken }) => !taken);
  const title = places.map(({ name, taken, count: n }) => `${name}: ${!taken ? 'never taken' : n === undefined ? 'taken' : `taken ${count(n)} times`}`).join('\n');
  if (never.length === places.length) return { kind: 'never', text: 'never', title };
  const sum = places.reduce<number | undefined>((total, { count: n }) => (total === undefined || n === undefined ? undefined : total + n), 0);
  const text = sum === undefined ? 'taken' : count(sum);
  return never.length > 0 ? { kind: 'partly', text: `${text} !`, title } : { kind: 'taken', text, title };
}
