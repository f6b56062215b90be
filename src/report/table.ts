// A trace as a table: one row a step with its number, process, step, source and every variable that it changes.

import type { PropertyOutcome, StepData, TraceData } from '../checker/outcome.js';
import { shorten, wrap } from './line-breaking.js';
import { plainPalette, type Palette } from './palette.js';
import { endRemark, headline, loopRemarks, statementText } from './trace-words.js';
import { changeTexts, valueText } from './value-text.js';

const GAP = '  ';
/** The columns before the changes are cut to these widths, so that the changes keep room. */
const WIDEST = { process: 16, step: 28, source: 36 };
const NARROWEST_CHANGES = 32;

/** The trace of a violated property, with its headline, at most `width` columns (not less than 60). Ends without a line break. */
export function table(property: PropertyOutcome, trace: TraceData, width = 100, palette: Palette = plainPalette): string {
  const page = Math.max(60, width);
  const out = headline(property, trace).flatMap((sentence) => wrap(sentence, page, 2));
  if (out.length > 0) out[0] = palette.bold(out[0]!);
  for (const block of [initialLines(trace, page), trace.steps.length > 0 ? rows(property, trace, page, palette) : []]) {
    if (block.length > 0) out.push('', ...block);
  }
  return out.map((line) => line.trimEnd()).join('\n').trimEnd();
}

/** Every variable in the first state; the processes' places and locals are left out, they have not begun yet. */
function initialLines(trace: TraceData, page: number): readonly string[] {
  const movers = new Set(trace.steps.map((step) => `${step.process}.`));
  const isLocal = (name: string): boolean => /^[A-Za-z_][\w.]*\[[^\]]*\]\./.test(name) || [...movers].some((prefix) => name.startsWith(prefix));
  const values = Object.entries(trace.initial).filter(([name]) => name !== 'at' && !isLocal(name));
  if (values.length === 0) return [];
  const text = values.map(([name, value]) => `${name} = ${valueText(value, trace.shapes?.[name])}`).join(', ');
  return wrap(`initially: ${text}`, page, 'initially: '.length);
}

function rows(property: PropertyOutcome, trace: TraceData, page: number, palette: Palette): readonly string[] {
  const cells = trace.steps.map((step) => ({ number: String(step.index), process: step.process, step: step.step, source: sourceOf(step, trace) }));
  const fit = (key: 'process' | 'step' | 'source', title: string): number =>
    Math.min(WIDEST[key], Math.max(title.length, ...cells.map((cell) => cell[key].length)));
  const numberWidth = Math.max(3, String(trace.steps.length).length + 1);
  const widths = { process: fit('process', 'process'), step: fit('step', 'step'), source: fit('source', 'source') };
  const left = (): number => numberWidth + widths.process + widths.step + widths.source + 4 * GAP.length;
  // On a narrow page the source gives way first, then the step's name.
  widths.source = Math.max(8, Math.min(widths.source, page - NARROWEST_CHANGES - (left() - widths.source)));
  widths.step = Math.max(8, Math.min(widths.step, page - NARROWEST_CHANGES - (left() - widths.step)));
  const room = Math.max(8, page - left());
  const line = (number: string, process: string, step: string, source: string, changes: string): string =>
    [number.padStart(numberWidth), shorten(process, widths.process).padEnd(widths.process), shorten(step, widths.step).padEnd(widths.step),
      shorten(source, widths.source).padEnd(widths.source), changes].join(GAP).trimEnd();
  const loop = loopRemarks(trace);
  const out = [palette.dim(line('#', 'process', 'step', 'source', 'changes'))];
  trace.steps.forEach((step, i) => {
    if (loop?.before === step.index) out.push(loop.start);
    const cell = cells[i]!;
    const changes = changeTexts(step, trace.shapes).flatMap((text) => wrap(text, room, 2));
    out.push(line(cell.number, cell.process, cell.step, cell.source, changes[0] ?? ''));
    for (const more of changes.slice(1)) out.push(line('', '', '', '', more));
  });
  if (loop !== undefined) out.push(loop.end, ...(trace.why ?? []).flatMap((sentence) => wrap(sentence, page, 2)));
  const remark = endRemark(property, trace);
  if (remark !== undefined) out.push(...wrap(remark, page - numberWidth - GAP.length, 4).map((part) => ' '.repeat(numberWidth) + GAP + palette.red(part)));
  return out;
}

/** `41  t := slot[s]`: the line where the step's name does not say it, with the file's name where it is not that of the first step. */
function sourceOf(step: StepData, trace: TraceData): string {
  const text = statementText(step).replace(/\s+/g, ' ');
  const isElsewhere = step.file !== trace.steps[0]!.file;
  if (!isElsewhere && step.step.endsWith(`:${step.line}`)) return text;
  const base = step.file.replace(/^.*[/\\]/, '').replace(/\.heddle$/, '');
  return `${isElsewhere ? `${base}:` : ''}${step.line}${GAP}${text}`;
}
