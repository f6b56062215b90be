// The first line of a diff, and the only one where there is no difference.

import { counted } from '../../report/quantities.js';
import { boundsText } from '../../report/text.js';
import type { DiffResult } from '../result.js';

/** `lock, v1, v3: check default, CPUS=2`; bounds that are not the same everywhere are left to the list of changes. */
export function heading({ revisions, check }: DiffResult): string {
  const [first, ...rest] = revisions.map(boundsText);
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
