// The first line of a diff, and the only one where there is no difference.

import { valueText } from '../../report/value-text.js';
import { counted } from '../../report/quantities.js';
import type { DiffResult, RevisionResult } from '../result.js';

/** `CPUS=2, SLOTS=1`: the constants that the check sets, under which a verdict was reached. */
export const boundsOf = ({ constants, bounds }: RevisionResult): string =>
  Object.entries(constants).filter(([name]) => bounds.includes(name)).map(([name, value]) => `${name}=${valueText(value)}`).join(', ');

/** `lock, v1, v3: check default, CPUS=2`; bounds that are not the same everywhere are left to the list of changes. */
export function heading({ revisions, check }: DiffResult): string {
  const [first, ...rest] = revisions.map(boundsOf);
  const bounds = first !== '' && rest.every((b) => b === first) ? `: ${first!}` : '';
  return `${revisions.map((r) => r.name).join(' -> ')}, check ${check}${bounds}`;
}

export function sameSentence(result: DiffResult): string {
  const { revisions, rows, changes, check } = result;
  const names = revisions.map((r) => r.name);
  const who = names.length === 2 ? `between ${names[0]!} and ${names[1]!}` : `among ${names.join(', ')}`;
  const looked = changes.every((c) => c.behaviours.gained.kind === 'none') ? ', the observable behaviours' : '';
  return `No difference ${who} (check ${check}): the same verdicts and definitions of ${counted(rows.length, 'property', 'properties')}, the same steps${looked} and ${counted(revisions[0]!.states.distinct, 'state')}.`;
}
