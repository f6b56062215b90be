// What became of a property from one revision to the next, in words: verdicts lost and regained, definitions.

import { unreachable } from '../../base/unreachable.js';
import { count, counted } from '../../report/quantities.js';
import type { Cell, Definition, DiffResult, Row, Valuation } from '../result.js';
import { isUntouched } from '../verdict.js';

/** One remark: a word for the margin, a text, and lines below it. */
export interface Remark {
  readonly label: string;
  readonly tone: 'bad' | 'good' | 'open' | 'plain';
  readonly text: string;
  readonly below: readonly string[];
}

export function verdictRemarks({ rows }: DiffResult, revision: number): readonly Remark[] {
  return rows.flatMap((row): Remark[] => {
    const [before, after] = [row.cells[revision - 1]!, row.cells[revision]!];
    if (before.verdict === after.verdict || before.verdict === 'absent' || after.verdict === 'absent') return lengthRemark(row, before, after);
    const label = after.verdict === 'violated' && before.verdict === 'holds' ? 'lost' : after.verdict === 'holds' && before.verdict === 'violated' ? 'regained' : 'verdict';
    const tone = label === 'lost' ? 'bad' : label === 'regained' ? 'good' : 'open';
    return [{ label, tone, text: `${row.property}: ${verdictText(before)} -> ${verdictText(after)}`, below: [] }];
  });
}

function lengthRemark(row: Row, before: Cell, after: Cell): Remark[] {
  const [a, b] = [before.trace?.steps.length, after.trace?.steps.length];
  if (a === undefined || b === undefined || a === b) return [];
  return [{ label: 'trace', tone: 'plain', text: `${row.property}: violated after ${a} -> ${b} steps`, below: [] }];
}

export function verdictText(cell: Cell): string {
  switch (cell.verdict) {
    case 'violated':
      return cell.trace === undefined ? 'violated' : `violated after ${counted(cell.trace.steps.length, 'step')}`;
    case 'undecided':
      return cell.reason === undefined ? 'undecided' : `undecided (${cell.reason})`;
    case 'holds':
      return cell.upTo === undefined ? 'holds' : `holds up to ${cell.upTo.join(', ')}`;
    case 'absent':
      return 'absent';
    default:
      return unreachable(cell.verdict);
  }
}

/** Remarks on definitions that are not the same. Properties that came or went are named together. */
export function definitionRemarks({ rows }: DiffResult, revision: number): readonly Remark[] {
  const found = rows.flatMap((row) => {
    const definition = row.definitions[revision - 1];
    return definition === undefined || isUntouched(definition) ? [] : [{ row, definition }];
  });
  const group = (kind: 'removed' | 'added'): Remark[] => {
    const names = found.filter((f) => f.definition.kind === kind).map((f) => f.row.names[kind === 'removed' ? revision - 1 : revision] ?? f.row.property);
    return names.length === 0 ? [] : [{ label: kind, tone: kind === 'removed' ? 'bad' : 'plain', text: names.join(', '), below: [] }];
  };
  const others = found.filter((f) => f.definition.kind !== 'removed' && f.definition.kind !== 'added');
  return [...group('removed'), ...others.map(({ row, definition }) => definitionRemark(row, definition, revision)), ...group('added')];
}

function definitionRemark(row: Row, d: Definition, revision: number): Remark {
  const name = row.names[revision] ?? row.property;
  const below = [...sides(d), ...states(d)];
  switch (d.kind) {
    case 'same': {
      const how = d.renamedFrom !== undefined && d.before === undefined ? 'the same definition' : `written otherwise, ${sameness(d)}`;
      const text = d.renamedFrom === undefined ? `${name}: ${how}` : `${d.renamedFrom} -> ${name}, ${how}`;
      return { label: d.renamedFrom === undefined ? 'same' : 'renamed', tone: d.sampled === true ? 'open' : 'plain', text, below: d.sampled === true ? below : [] };
    }
    case 'weakened':
      return { label: 'weakened', tone: 'bad', text: `${name}: it allows what it forbade${d.sampled === true ? '; that it forbids nothing more was only sampled' : ''}`, below };
    case 'strengthened':
      return d.sampled === true
        ? { label: 'stronger', tone: 'open', text: `${name}: it forbids what it allowed; that it allows nothing more was only sampled`, below }
        : { label: 'stronger', tone: 'good', text: `${name}: it forbids what it allowed`, below };
    case 'changed': {
      const both = d.nowAllowed !== undefined && d.nowForbidden !== undefined;
      const text = both ? 'it allows what it forbade, and forbids what it allowed' : (d.note ?? 'it is defined otherwise');
      return { label: 'changed', tone: both ? 'bad' : 'plain', text: `${name}: ${text}`, below };
    }
    case 'undecided':
      return { label: 'undecided', tone: 'open', text: `${name}: ${d.note ?? 'the definitions could not be compared'}`, below };
    case 'added':
    case 'removed':
      return { label: d.kind, tone: 'plain', text: name, below: [] };
    default:
      return unreachable(d.kind);
  }
}

/** How it is known that two texts mean the same. */
function sameness({ tried, sampled }: Definition): string {
  if (sampled === true) return `same (sampled): no difference in ${count(tried ?? 0)} states of what it reads`;
  return tried === undefined ? 'and means the same' : `and is the same in all ${counted(tried, 'state')} of what it reads`;
}

function sides({ before, after }: Definition): readonly string[] {
  return [...(before === undefined ? [] : before.split('\n').map((line) => `- ${line}`)), ...(after === undefined ? [] : after.split('\n').map((line) => `+ ${line}`))];
}

function states({ nowAllowed, nowForbidden }: Definition): readonly string[] {
  return [
    ...(nowAllowed === undefined ? [] : [`now allowed: ${valuationText(nowAllowed)}`]),
    ...(nowForbidden === undefined ? [] : [`now forbidden: ${valuationText(nowForbidden)}`]),
  ];
}

function valuationText(valuation: Valuation): string {
  const parts = Object.entries(valuation).map(([path, value]) => `${path} = ${value}`);
  return parts.length === 0 ? 'every state' : parts.join(', ');
}
