// Which revision lost a property, and which one regained it: a bisection that looks at every revision, as a property may come and go.

import { verdictText } from './definition-lines.js';
import { turnsOf } from '../matrix.js';
import type { DiffResult } from '../result.js';

/** Without a line break at its end. */
export function firstBadText(result: DiffResult, property: string): string {
  const row = result.rows.find((r) => r.property === property || r.names.includes(property));
  const name = (revision: number): string => result.revisions[revision]!.name;
  if (row === undefined) return `${property} holds in ${result.revisions.map((r) => r.name).join(', ')}.`;
  const turns = turnsOf(row).map(({ kind, revision, before }) => {
    const passed = row.cells.slice(before + 1, revision).map((cell, i) => `${verdictText(cell)} in ${name(before + 1 + i)}`);
    const between = passed.length === 0 ? '' : `; ${passed.join(', ')}`;
    if (kind === 'regained') return `${name(revision)} regained ${property}: violated in ${name(before)}, holds in ${name(revision)}${between}.`;
    return `${name(revision)} lost ${property}: holds in ${name(before)}, ${verdictText(row.cells[revision]!)} in ${name(revision)}${between}.`;
  });
  const known = row.cells.filter((c) => c.verdict === 'holds' || c.verdict === 'violated');
  if (turns.length > 0) return turns.join('\n');
  if (known.length === 0) return `${property} is decided in no revision: ${row.cells.map((c, i) => `${verdictText(c)} in ${name(i)}`).join(', ')}.`;
  const open = row.cells.length - known.length;
  const where = open === 0 ? 'every revision' : `every revision where it is decided (${row.cells.flatMap((c, i) => (known.includes(c) ? [] : [`${verdictText(c)} in ${name(i)}`])).join(', ')})`;
  return known[0]!.verdict === 'holds' ? `${property} holds in ${where}.` : `${property} is violated in ${where}; none of them lost it.`;
}
