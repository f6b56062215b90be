// A trace with one column a process, the way commit messages on the kernel lists show a race: plain ASCII, at most 80 columns,
// ready to paste into a mail. Where the columns do not fit, one column with the process's name before each line.

import type { PropertyOutcome, StepData, TraceData } from '../checker/outcome.js';
import { plainText, shorten, wrap } from './line-breaking.js';
import { linesOfStep, type StepLine } from './step-lines.js';
import { endRemark, headline, loopRemarks } from './trace-words.js';
import { valueText } from './value-text.js';

/** Columns of a mail. */
const PAGE = 80;
/** A lane narrower than this cannot be read. */
const NARROWEST_LANE = 24;
const GAP = 2;
/** A statement takes at most so many lines; the rest is `...`. */
const LONGEST_STATEMENT = 3;

interface Lane {
  readonly process: string;
  /** Where it begins and how wide it is, in characters. */
  readonly column: number;
  readonly width: number;
  /** What the lines of this lane have in common is not indented. */
  readonly outermost: number;
  /** The column within the lane where effects stand, one under the other. */
  readonly effectColumn: number;
}

interface Row {
  readonly step: StepData;
  readonly lines: readonly StepLine[];
}

/** The trace of a violated property, with its headline. `context` is a line below it: file, check, bounds. Ends without a line break. */
export function lanes(property: PropertyOutcome, trace: TraceData, context?: string): string {
  const out = headline(property, trace).flatMap((sentence) => wrap(plainText(sentence), PAGE, 2));
  if (context !== undefined) out.push(...wrap(plainText(context), PAGE, 2));
  out.push('');
  const rows = trace.steps.map((step) => ({ step, lines: linesOfStep(step, trace) }));
  if (rows.length === 0) out.push(...initialState(trace));
  const numberWidth = Math.max(3, String(trace.steps.length).length + 1);
  const processes = inReadingOrder(trace.steps.map((s) => s.process));
  const columns = layOut(processes, rows, numberWidth + GAP);
  const body = columns === undefined ? listBody(property, trace, rows, numberWidth) : laneBody(property, trace, rows, columns, numberWidth);
  return [...out, ...body].map((line) => line.trimEnd()).join('\n').trimEnd();
}

function initialState(trace: TraceData): readonly string[] {
  return Object.entries(trace.initial).flatMap(([name, value]) => wrap(plainText(`${name} = ${valueText(value, trace.shapes?.[name])}`), PAGE - 2, 4).map((l) => `  ${l}`));
}

/** Families in the order in which they first move, the instances of each by number. */
export function inReadingOrder(processes: readonly string[]): readonly string[] {
  const family = (name: string): string => name.replace(/\[.*$/, '');
  const families = [...new Set(processes.map(family))];
  const order = new Intl.Collator('en', { numeric: true });
  return [...new Set(processes)].sort((a, b) => families.indexOf(family(a)) - families.indexOf(family(b)) || order.compare(a, b));
}

/** The lanes, as wide as they need to be or as fits; undefined when some lane would be too narrow. */
function layOut(processes: readonly string[], rows: readonly Row[], left: number): readonly Lane[] | undefined {
  const linesOf = processes.map((process) => rows.filter((row) => row.step.process === process).flatMap((row) => row.lines));
  const outermost = linesOf.map((lines) => Math.min(...lines.map((line) => line.indent)));
  const needs = processes.map((process, i) => Math.max(Math.min(process.length, NARROWEST_LANE), ...linesOf[i]!.map((line) => needOf(line, outermost[i]!))));
  const room = PAGE - left - GAP * (processes.length - 1);
  const widths = share(needs, room);
  if (processes.length > 1 && widths.some((width, i) => width < Math.min(needs[i]!, NARROWEST_LANE))) return undefined;
  let column = left;
  return processes.map((process, i) => {
    const width = widths[i]!;
    const lane = { process, column, width, outermost: outermost[i]!, effectColumn: effectColumn(linesOf[i]!, outermost[i]!, width) };
    column += width + GAP;
    return lane;
  });
}

function needOf(line: StepLine, outermost: number): number {
  const indent = 2 * (line.indent - outermost);
  if (line.effect !== undefined) return indent + line.text.length + GAP + line.effect.length;
  return Math.max(indent + line.text.length, ...(line.below ?? []).map((effect) => indent + 4 + effect.length));
}

/** Gives each what it needs, or where that is too much, what is left in equal parts to those that need more. */
function share(needs: readonly number[], room: number): readonly number[] {
  const widths = new Array<number>(needs.length).fill(0);
  let left = room;
  const order = needs.map((_, i) => i).sort((a, b) => needs[a]! - needs[b]!);
  order.forEach((i, rank) => {
    widths[i] = Math.max(1, Math.min(needs[i]!, Math.floor(left / (order.length - rank))));
    left -= widths[i]!;
  });
  return widths;
}

const indentOf = (line: StepLine, outermost: number, width: number): number => Math.min(2 * (line.indent - outermost), 2 * Math.floor(width / 6));

/** Effects are aligned where they fit beside their statement. */
function effectColumn(lines: readonly StepLine[], outermost: number, width: number): number {
  const ends = lines
    .filter((line) => line.effect !== undefined && indentOf(line, outermost, width) + line.text.length + GAP + line.effect.length <= width)
    .map((line) => indentOf(line, outermost, width) + line.text.length + GAP);
  return Math.max(0, ...ends);
}

/** A line of a step, broken to the width of its lane. */
function fit(line: StepLine, lane: Pick<Lane, 'outermost' | 'width' | 'effectColumn'>): readonly string[] {
  const indent = indentOf(line, lane.outermost, lane.width);
  const room = lane.width - indent;
  const out = wrap(line.text, room, 4, LONGEST_STATEMENT);
  const effect = line.effect;
  const last = out.at(-1)!;
  if (effect !== undefined && last.length + GAP + effect.length <= room) {
    const aligned = Math.min(lane.effectColumn - indent, room - effect.length);
    out[out.length - 1] = last.padEnd(Math.max(last.length + GAP, aligned)) + effect;
  } else {
    const effects = line.below ?? (effect === undefined ? [] : [effect]);
    // In brackets, so that nobody takes it for the rest of the statement.
    out.push(...together(effects, room - 4).flatMap((e) => wrap(`[${e}]`, Math.max(1, room - 2), 1, LONGEST_STATEMENT).map((part) => `  ${part}`)));
  }
  return out.map((part) => ' '.repeat(indent) + part.slice(0, room));
}

/** Effects side by side on one line where they fit. */
function together(effects: readonly string[], room: number): readonly string[] {
  const joined = effects.join(', ');
  return joined !== '' && joined.length <= room ? [joined] : effects;
}

function laneBody(property: PropertyOutcome, trace: TraceData, rows: readonly Row[], columns: readonly Lane[], numberWidth: number): readonly string[] {
  const at = new Map(columns.map((lane) => [lane.process, lane]));
  const out: string[] = [];
  if (columns.length > 0) {
    const names = columns.map((lane) => shorten(plainText(lane.process), lane.width));
    out.push(placed(columns, names), placed(columns, names.map((name) => '-'.repeat(name.length))));
  }
  out.push(...body(trace, rows, (row) => {
    const lane = at.get(row.step.process)!;
    return numbered(row, numberWidth, (line) => fit(line, lane), ' '.repeat(lane.column - numberWidth));
  }));
  const column = rows.length === 0 ? 0 : at.get(rows.at(-1)!.step.process)!.column;
  return withRemarks(out, property, trace, column);
}

const placed = (columns: readonly Lane[], texts: readonly string[]): string =>
  columns.reduce((line, lane, i) => line.padEnd(lane.column) + texts[i]!, '');

function listBody(property: PropertyOutcome, trace: TraceData, rows: readonly Row[], numberWidth: number): readonly string[] {
  const longest = Math.max(...rows.map((row) => row.step.process.length));
  const nameWidth = Math.min(longest, NARROWEST_LANE);
  const column = numberWidth + GAP + nameWidth + GAP;
  const width = PAGE - column;
  const all = rows.flatMap((row) => row.lines);
  const outermost = Math.min(...all.map((line) => line.indent));
  const lane = { outermost, width, effectColumn: effectColumn(all, outermost, width) };
  const out = body(trace, rows, (row) => {
    const name = shorten(plainText(row.step.process), nameWidth).padEnd(nameWidth);
    return numbered(row, numberWidth, (line) => fit(line, lane), `${' '.repeat(GAP)}${name}${' '.repeat(GAP)}`);
  });
  return withRemarks(out, property, trace, column);
}

/** All steps, with the remark where a loop begins. */
function body(trace: TraceData, rows: readonly Row[], linesOf: (row: Row) => readonly string[]): string[] {
  const loop = loopRemarks(trace);
  return rows.flatMap((row) => [...(loop?.before === row.step.index ? [loop.start] : []), ...linesOf(row)]);
}

/** The step's number stands before its statement. */
function numbered(row: Row, numberWidth: number, linesOf: (line: StepLine) => readonly string[], between: string): readonly string[] {
  return row.lines.flatMap((line) =>
    linesOf(line).map((text, i) => (line.isStatement && i === 0 ? String(row.step.index) : '').padStart(numberWidth) + between + text),
  );
}

/** Adds the remark at the end, beside the last line or, where that is too long, below it. */
function withRemarks(out: readonly string[], property: PropertyOutcome, trace: TraceData, column: number): readonly string[] {
  const loop = loopRemarks(trace);
  if (loop !== undefined) return [...out, loop.end, ...(trace.why ?? []).flatMap((sentence) => wrap(plainText(sentence), PAGE, 2))];
  const remark = endRemark(property, trace);
  if (remark === undefined) return out;
  const text = plainText(remark);
  const last = out.at(-1)!;
  if (last.length + GAP + text.length <= PAGE) return [...out.slice(0, -1), `${last}${' '.repeat(GAP)}${text}`];
  return [...out, ...wrap(text, PAGE - column, 4, LONGEST_STATEMENT).map((part) => ' '.repeat(column) + part)];
}
