// What every form of the report says about two revisions that follow each other, before it is laid out.

import type { PropertyOutcome } from '../../checker/outcome.js';
import { lanes } from '../../report/lanes.js';
import { table } from '../../report/table.js';
import { contextText } from '../../report/text.js';
import type { DiffResult, Row } from '../result.js';
import { behaviourLines, textChangeLines, valueRemarks, type ChangeLine } from './change-lines.js';
import { definitionRemarks, verdictRemarks, type Remark } from './definition-lines.js';

export type TraceForm = 'lanes' | 'table' | 'none';

export interface Section {
  readonly from: string;
  readonly to: string;
  readonly remarks: readonly Remark[];
  readonly behaviours: readonly string[];
  readonly code: readonly ChangeLine[];
  /** Of the verdicts that changed. */
  readonly traces: readonly TraceText[];
}

export interface TraceText {
  readonly property: string;
  readonly revision: string;
  readonly text: string;
}

/** @param width of traces as tables; lanes are as wide as a mail */
export function sectionsOf(result: DiffResult, trace: TraceForm = 'lanes', width = 100): readonly Section[] {
  return result.changes.map((change, i) => ({
    from: change.from,
    to: change.to,
    remarks: [
      ...verdictRemarks(result, i + 1),
      ...definitionRemarks(result, i + 1),
      ...valueRemarks('constants', change.constants),
      ...valueRemarks('processes', change.processes),
    ],
    behaviours: behaviourLines(change),
    code: textChangeLines([...change.steps, ...change.declarations]),
    traces: trace === 'none' ? [] : tracesOf(result, i + 1, trace, width),
  }));
}

/** The shortest trace of each verdict that is new with this revision or went away with it. */
function tracesOf(result: DiffResult, revision: number, form: TraceForm, width: number): readonly TraceText[] {
  return result.rows.flatMap((row) => {
    const [before, after] = [row.cells[revision - 1]!, row.cells[revision]!];
    const at = after.verdict === 'violated' && before.verdict !== 'violated' ? revision : before.verdict === 'violated' && after.verdict === 'holds' ? revision - 1 : undefined;
    return at === undefined || row.cells[at]!.trace === undefined ? [] : [traceText(result, row, at, form, width)];
  });
}

function traceText(result: DiffResult, row: Row, at: number, form: TraceForm, width: number): TraceText {
  const revision = result.revisions[at]!;
  const trace = row.cells[at]!.trace!;
  const name = row.names[at] ?? row.property;
  const property: PropertyOutcome = {
    name: `${name} in ${revision.name}`,
    kind: row.kind,
    verdict: 'violated',
    expected: 'holds',
    trace,
    ...(row.doc === undefined ? {} : { doc: row.doc }),
  };
  const text = form === 'table' ? table(property, trace, width) : lanes(property, trace, contextText(revision));
  return { property: name, revision: revision.name, text };
}
