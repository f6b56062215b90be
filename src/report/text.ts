// What `heddle check` says: for each check what was searched and what came out, with the traces that were asked for or that nobody
// expected, and one last line for the whole call. Names of what holds quietly (deadlock, steps that err) stay out of the way.

import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';
import { lanes } from './lanes.js';
import { labelled, wrap } from './line-breaking.js';
import { plainPalette, type Palette } from './palette.js';
import { bytes, count, counted, duration, rate } from './quantities.js';
import { table } from './table.js';
import { valueText } from './value-text.js';
import { isQuiet, LABEL, verdictLines } from './verdict-lines.js';
import { warningLines } from './warning-lines.js';

/** `json` and `itf` traces are documents of their own: the caller writes them (report/json, report/itf), here they count as `none`. */
export type TraceForm = 'table' | 'lanes' | 'json' | 'itf' | 'none';

export interface TextOptions {
  readonly palette?: Palette;
  /** Columns of the page, 100 unless told; not less than 60. */
  readonly width?: number;
  /** The form of the traces; lanes unless told. */
  readonly trace?: TraceForm;
  /** Names given with `--property`: their traces are shown even if they were expected. */
  readonly properties?: readonly string[];
  /** `--trace` was given: without `--property`, every trace is shown. */
  readonly traceAsked?: boolean;
  /** Only what is unexpected or undecided. */
  readonly quiet?: boolean;
}

/** The report of one check, without a line break at its end; empty when there is nothing to say (quiet, or the spec is wrong: diagnostics go elsewhere). */
export function checkText(outcome: CheckOutcome, options: TextOptions = {}): string {
  if (outcome.outcome === 'error') return '';
  const quiet = options.quiet === true;
  if (quiet && outcome.outcome === 'expected') return '';
  const palette = options.palette ?? plainPalette;
  const width = Math.max(60, options.width ?? 100);
  const blocks = [
    [...headerLines(outcome, width, palette), ...countLines(outcome, width)],
    [...verdictLines(outcome, { width, palette, quiet }), ...(quiet ? [] : [...warningLines(outcome.warnings, width, palette), ...noteLines(outcome, width, palette)])],
    ...tracesShown(outcome, options).map((property) => traceLines(outcome, property, options, width, palette)),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n');
}

/** Every unexpected violation, and those that were asked for. */
function tracesShown(outcome: CheckOutcome, options: TextOptions): readonly PropertyOutcome[] {
  if (options.trace === 'none') return [];
  const named = options.properties ?? [];
  return outcome.properties.filter((property) => {
    if (property.verdict !== 'violated' || property.trace === undefined) return false;
    return property.expected !== 'violated' || named.includes(property.name) || (options.traceAsked === true && named.length === 0);
  });
}

/** The bounds under which a verdict was reached: `TASKS=2, SLOTS=1`; those that the check sets, where it sets any. */
export function boundsText(outcome: Pick<CheckOutcome, 'constants' | 'bounds'>): string {
  return Object.entries(outcome.constants)
    .filter(([name]) => outcome.bounds === undefined || outcome.bounds.includes(name))
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(', ');
}

/** What a trace is of, for who gets it in a mail: `specs/async_cb/v1.heddle, check quick: TASKS=2`. */
export function contextText(outcome: Pick<CheckOutcome, 'file' | 'check' | 'constants' | 'bounds'>): string {
  const bounds = boundsText(outcome);
  return `${outcome.file}, check ${outcome.check}${bounds === '' ? '' : `: ${bounds}`}`;
}

function headerLines(outcome: CheckOutcome, width: number, palette: Palette): readonly string[] {
  const bounds = boundsText(outcome);
  const text = `${outcome.check}: ${bounds === '' ? '' : `${bounds}, `}sequentially consistent memory`;
  const file = outcome.file;
  // A long path keeps a line of its own rather than squeezing the bounds.
  if (file.length + 2 + text.length <= width) return [`${palette.bold(file)}  ${text}`];
  return [palette.bold(file), ...wrap(text, width - 2, 2).map((line) => `  ${line}`)];
}

function countLines(outcome: CheckOutcome, width: number): readonly string[] {
  const { states, cost } = outcome;
  // Of a small search they say only how long Node takes to start.
  const each = states.distinct < FEW_STATES ? [] : [cost.statesPerSecond > 0 ? rate(cost.statesPerSecond) : '', cost.bytesPerState > 0 ? `${bytes(cost.bytesPerState)} a state` : ''];
  const detail = each.filter((part) => part !== '').join(', ');
  const text = `${counted(states.distinct, 'state')}, ${count(states.generated)} generated, depth ${count(states.depth)}, in ${duration(cost.seconds)}`;
  const whole = `${text}${detail === '' ? '' : ` (${detail})`}`;
  return [...wrap(whole, width - 2, 2), ...unfinishedText(outcome).flatMap((sentence) => wrap(sentence, width - 2, 2))].map((line) => `  ${line}`);
}

/** How far a search was that did not come to its end. */
export function unfinishedText({ states, unfinished }: CheckOutcome): readonly string[] {
  const need = unfinished?.neededBytes === undefined ? '' : `at least ${bytes(unfinished.neededBytes)} of memory would be needed (--max-memory)`;
  if (states.complete) return need === '' ? [] : [`For the temporal properties ${need}.`];
  if (unfinished === undefined) return ['The search is not complete.'];
  const growth = unfinished.growth === undefined ? '' : `, a level having ${unfinished.growth.toFixed(2)} times the states of the one before`;
  return [`The search is not complete: ${counted(unfinished.frontier, 'state')} ${unfinished.frontier === 1 ? 'waits' : 'wait'} to be expanded${growth}${need === '' ? '' : `; to go on, ${need}`}.`];
}

const FEW_STATES = 10_000;

/** A run that proved nothing must say so. */
function noteLines(outcome: CheckOutcome, width: number, palette: Palette): readonly string[] {
  const own = outcome.properties.filter((property) => !isQuiet(property) && property.kind !== 'deadlock');
  const notes: string[] = [];
  if (outcome.declared === 0) {
    notes.push('This spec declares no property of its own: only deadlock and steps that err were looked for.');
  } else if (own.length > 0 && own.every((property) => property.verdict === 'holds' && property.vacuous === true)) {
    notes.push('Nothing was shown: every property holds only because what stands before its `=>` is never true.');
  } else if (own.length > 0 && own.every((property) => property.verdict === 'undecided')) {
    notes.push('Nothing was shown: every property is undecided.');
  }
  return notes.flatMap((note) => labelled('note', note, LABEL, width, palette.yellow));
}

function traceLines(outcome: CheckOutcome, property: PropertyOutcome, options: TextOptions, width: number, palette: Palette): readonly string[] {
  const trace = property.trace!;
  switch (options.trace ?? 'lanes') {
    case 'table':
      return [table(property, trace, width, palette)];
    case 'lanes':
      return [lanes(property, trace, contextText(outcome))];
    default:
      return [];
  }
}
