// The matrix of property by revision, from the outcomes of the checks.

import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';
import { isDeclared } from '../report/verdict-lines.js';
import type { Cell, Definition, RevisionResult, Row } from './result.js';

export function revisionResult(name: string, outcome: CheckOutcome): RevisionResult {
  const { file, spec, check, states, cost, constants } = outcome;
  return { name, file, spec, check, states, seconds: cost.seconds, constants, bounds: outcome.bounds ?? Object.keys(constants) };
}

/** The definitions of one revision's properties against the revision before: by the newer name, and by the older one where it is gone. */
export type Definitions = ReadonlyMap<string, Definition>;

/**
 * One row for each property that some revision declares, in the order in which the newest revision has them, then those that only
 * older ones have. A property that was renamed keeps its row. Deadlock and the built-in checks without a name get a row only where one
 * of them does not hold.
 *
 * @param definitions one for each revision but the first
 */
export function matrix(outcomes: readonly CheckOutcome[], definitions: readonly Definitions[]): readonly Row[] {
  const rows: { readonly names: (string | undefined)[] }[] = [];
  const byName = new Map<string, { readonly names: (string | undefined)[] }>();
  for (let r = outcomes.length - 1; r >= 0; r--) {
    // A row that was followed back under another name is no longer found under the newer one.
    const renamed = new Map([...(definitions[r] ?? [])].flatMap(([name, d]) => (d.renamedFrom === undefined ? [] : [[d.renamedFrom, name] as const])));
    for (const [before, after] of renamed) {
      const row = byName.get(after);
      if (row === undefined) continue;
      byName.delete(after);
      byName.set(before, row);
    }
    for (const { name } of outcomes[r]!.properties) {
      let row = byName.get(name);
      if (row === undefined) {
        row = { names: outcomes.map(() => undefined) };
        rows.push(row);
        byName.set(name, row);
      }
      row.names[r] = name;
    }
  }
  const made = rows.map(({ names }) => rowOf(names, outcomes, definitions));
  const shown = made.filter(({ row, own }) => own || row.cells.some((cell) => cell.verdict !== 'holds'));
  return [...shown.filter((r) => r.own), ...shown.filter((r) => !r.own)].map(({ row }) => row);
}

function rowOf(names: readonly (string | undefined)[], outcomes: readonly CheckOutcome[], definitions: readonly Definitions[]): { readonly row: Row; readonly own: boolean } {
  const found = outcomes.map((o, r) => o.properties.find((p) => p.name === names[r]));
  const last = found.findLast((p) => p !== undefined)!;
  const own = isDeclared(last);
  const row: Row = {
    property: names.findLast((name) => name !== undefined)!,
    names,
    kind: last.kind,
    ...(last.doc === undefined ? {} : { doc: last.doc }),
    cells: found.map((p) => cellOf(p, own)),
    definitions: definitions.map((d, i) => (names[i + 1] ?? names[i]) === undefined ? undefined : d.get((names[i + 1] ?? names[i])!)),
  };
  return { row, own };
}

/** A built-in check that a revision lacks is of an error that no step of it can make. */
function cellOf(p: PropertyOutcome | undefined, own: boolean): Cell {
  if (p === undefined) return { verdict: own ? 'absent' : 'holds' };
  return {
    verdict: p.verdict,
    ...(p.trace === undefined ? {} : { trace: p.trace }),
    ...(p.reason === undefined ? {} : { reason: p.reason }),
    ...(p.upTo === undefined || p.upTo.length === 0 ? {} : { upTo: p.upTo }),
    ...(p.vacuous === true ? { vacuous: true } : {}),
  };
}

/** Where a property was lost, and where it was regained. */
export interface Turn {
  readonly kind: 'lost' | 'regained';
  /** Index of the first revision after the turn, and of the last one before it of which the verdict is known. */
  readonly revision: number;
  readonly before: number;
}

/** Undecided and absent cells are passed over. */
export function turnsOf(row: Row): readonly Turn[] {
  const turns: Turn[] = [];
  let before: number | undefined;
  row.cells.forEach(({ verdict }, revision) => {
    if (verdict !== 'holds' && verdict !== 'violated') return;
    if (before !== undefined && row.cells[before]!.verdict !== verdict) turns.push({ kind: verdict === 'violated' ? 'lost' : 'regained', revision, before });
    before = revision;
  });
  return turns;
}
