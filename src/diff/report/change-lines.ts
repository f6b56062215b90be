// Constants, processes, declarations, steps and behaviours that changed between two revisions, as lines of text.

import { counted } from '../../report/quantities.js';
import type { BehaviourFinding, Change, ObservedEvent, ObservedResult, TextChange, ValueChange } from '../result.js';
import type { Remark } from './definition-lines.js';

export function valueRemarks(label: string, changes: readonly ValueChange[]): readonly Remark[] {
  if (changes.length === 0) return [];
  return [{ label, tone: 'plain', text: changes.map(valueChangeText).join('; '), below: [] }];
}

function valueChangeText({ name, before, after }: ValueChange): string {
  if (before === undefined) return `${name} = ${after!} added`;
  return after === undefined ? `${name} removed` : `${name}: ${before} -> ${after}`;
}

/** A line of a change, with what it is. */
export interface ChangeLine {
  readonly kind: 'head' | 'kept' | 'gained' | 'lost';
  readonly text: string;
}

/** Changed lines with one unchanged line before and after; what came or went whole is named with its size. */
export function textChangeLines(changes: readonly TextChange[]): readonly ChangeLine[] {
  const whole = (kind: 'added' | 'removed'): ChangeLine[] => {
    const found = changes.filter((c) => c.kind === kind);
    return found.map((c) => ({ kind: 'head', text: `${kind} ${c.name} (${counted(c.lines.length, 'line')})` }));
  };
  const changed = changes.filter((c) => c.kind === 'changed').flatMap((c): ChangeLine[] => [{ kind: 'head', text: c.name }, ...excerpt(c.lines)]);
  return [...changed, ...whole('removed'), ...whole('added')];
}

function excerpt(lines: TextChange['lines']): readonly ChangeLine[] {
  const out: ChangeLine[] = [];
  let skipped = false;
  lines.forEach((line, i) => {
    const near = line.kind !== 'kept' || lines[i - 1]?.kind === 'gained' || lines[i - 1]?.kind === 'lost' || lines[i + 1]?.kind === 'gained' || lines[i + 1]?.kind === 'lost';
    if (near) {
      if (skipped && out.length > 0) out.push({ kind: 'kept', text: '...' });
      out.push({ kind: line.kind, text: line.text });
    }
    skipped = !near;
  });
  return out;
}

/** The heading of each direction with its numbered events; none where there is nothing to say. */
export function behaviourLines({ from, to, behaviours }: Change): readonly string[] {
  const { gained, lost, newResults, lostResults } = behaviours;
  if (gained.kind === 'skipped' || (gained.kind === 'nothing-observable' && lost.kind === 'nothing-observable')) return [];
  if (gained.kind === 'none' && lost.kind === 'none') return [`${from} and ${to} can do the same: neither has a sequence of observed calls and returns that the other lacks.`];
  if (gained.kind === 'undecided' && lost.kind === 'undecided') return [`Whether ${from} and ${to} can do the same is undecided: ${gained.why}.`];
  return [...oneWay(to, from, gained), ...results(to, from, newResults, gained), ...oneWay(from, to, lost), ...results(from, to, lostResults, lost)];
}

/** What operations return only there, but for the result that the shortest sequence ends with. */
function results(can: string, cannot: string, found: readonly ObservedResult[], shown: BehaviourFinding): readonly string[] {
  const last = shown.kind === 'found' ? shown.events.at(-1) : undefined;
  return found.flatMap(({ procedure, result, events }) =>
    last?.kind === 'return' && last.procedure === procedure && last.result === result
      ? []
      : [`In ${can}, and never in ${cannot}, ${procedure} returns ${result}:`, ...numbered(events)],
  );
}

function numbered(events: readonly ObservedEvent[]): readonly string[] {
  const widest = Math.max(...events.map((e) => e.process.length));
  return events.map((e, i) => `  ${String(i + 1).padStart(2)}  ${e.process.padEnd(widest)}  ${eventText(e)}`);
}

function oneWay(can: string, cannot: string, finding: BehaviourFinding): readonly string[] {
  switch (finding.kind) {
    case 'found':
      return [`${can} can do this, and ${cannot} cannot:`, ...numbered(finding.events)];
    case 'none':
      return [`Whatever ${can} does, ${cannot} can do too.`];
    case 'undecided':
      return [`Whether ${can} can do what ${cannot} cannot is undecided: ${finding.why}.`];
    case 'nothing-observable':
    case 'skipped':
      return [];
  }
}

/** `op_start(s: 0)`, `op_start returns EBUSY`. */
export function eventText({ kind, procedure, arguments: args, result }: ObservedEvent): string {
  if (kind === 'return') return `${procedure} returns${result === undefined ? '' : ` ${result}`}`;
  return `${procedure}(${Object.entries(args ?? {}).map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}
