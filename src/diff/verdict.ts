// What a diff comes to: whether something was lost, whether anything is different, whether all of it is known.

import { turnsOf } from './matrix.js';
import type { Change, Definition, DiffResult, Row } from './result.js';

export type DiffOutcome = 'kept' | 'lost' | 'undecided';

/**
 * `lost`: a property that held is violated in a later revision, or a definition was removed, weakened, or changed so that it allows what
 * it forbade. `undecided`: nothing is known to be lost, but a verdict or a comparison is not settled.
 */
export function diffOutcome({ rows, changes }: DiffResult): DiffOutcome {
  if (rows.some((row) => turnsOf(row).some((t) => t.kind === 'lost') || row.definitions.some((d) => d !== undefined && loses(d)))) return 'lost';
  const open = rows.some((row) => row.cells.some((c) => c.verdict === 'undecided') || row.definitions.some((d) => d !== undefined && isOpen(d)));
  return open || changes.some(({ behaviours: b }) => b.gained.kind === 'undecided' || b.lost.kind === 'undecided') ? 'undecided' : 'kept';
}

/** The definition no longer forbids what it did. */
const loses = (d: Definition): boolean => d.kind === 'removed' || d.kind === 'weakened' || (d.kind === 'changed' && d.nowAllowed !== undefined);

/** Whether it still forbids what it did is not known: it could not be compared by its values. */
const isOpen = (d: Definition): boolean => d.kind === 'undecided' || (d.kind === 'changed' && d.nowAllowed === undefined);

export const exitCodeOf = (outcome: DiffOutcome): number => ({ kept: 0, lost: 1, undecided: 3 })[outcome];

/** Nothing of what was compared is different; what is not known counts as different. */
export function isEmpty({ rows, changes, revisions }: DiffResult): boolean {
  const sameStates = revisions.every(({ states }) => states.distinct === revisions[0]!.states.distinct && states.complete);
  return sameStates && rows.every(isSame) && changes.every(isNothing);
}

function isSame({ cells, definitions }: Row): boolean {
  const [first] = cells;
  const lengths = new Set(cells.map((c) => c.trace?.steps.length));
  return first!.verdict !== 'undecided' && lengths.size === 1 && cells.every((c) => c.verdict === first!.verdict) && definitions.every((d) => d === undefined || isUntouched(d));
}

/** The definition needs no word. */
export const isUntouched = (d: Definition): boolean => d.kind === 'same' && d.renamedFrom === undefined && d.sampled !== true && d.before === undefined;

function isNothing({ constants, processes, declarations, steps, behaviours }: Change): boolean {
  const found = [behaviours.gained, behaviours.lost].some((b) => b.kind === 'found' || b.kind === 'undecided');
  return constants.length + processes.length + declarations.length + steps.length === 0 && !found;
}
