// The last lines of a call of `heddle check`: was everything as expected, what was not, what is undecided, what was not run, and
// under which bounds all this is true.

import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';
import { wrap } from './line-breaking.js';
import { plainPalette, type Palette } from './palette.js';
import { counted } from './quantities.js';
import { boundsText } from './text.js';
import { isAsExpected, isDeclared, isQuiet } from './verdict-lines.js';

/** A file that was found but not run, and why, in words: "abstract: timer_init, timer_start". */
export interface NotRun {
  readonly file: string;
  readonly why: string;
}

export interface SummaryOptions {
  readonly palette?: Palette;
  readonly width?: number;
}

/** Ends without a line break. */
export function callSummary(outcomes: readonly CheckOutcome[], notRun: readonly NotRun[], options: SummaryOptions = {}): string {
  const palette = options.palette ?? plainPalette;
  const width = Math.max(60, options.width ?? 100);
  const out: string[] = [];
  const say = (paint: (text: string) => string, text: string): void => {
    out.push(...wrap(text, width, 2).map(paint));
  };
  const wrong = outcomes.filter((o) => o.outcome === 'error');
  const ran = outcomes.filter((o) => o.outcome !== 'error');
  const all = ran.flatMap((o) => o.properties.filter((p) => !isQuiet(p)).map((property) => ({ outcome: o, property })));
  const unexpected = all.filter(({ property }) => isAsExpected(property) === false);
  const undecided = all.filter(({ property }) => isAsExpected(property) === undefined);
  const many = ran.length > 1;
  const name = (x: { outcome: CheckOutcome; property: PropertyOutcome }): string =>
    `${many ? `${x.outcome.file} ${x.outcome.check}: ` : ''}${x.property.name} ${x.property.verdict}`;
  if (wrong.length > 0) say(palette.red, `Not run: ${counted(wrong.length, 'file or check has errors', 'files or checks have errors')}: ${unique(wrong.map((o) => o.file)).join(', ')}.`);
  if (unexpected.length > 0) {
    say(palette.red, `NOT as expected: ${unexpected.length} of ${counted(all.length, 'property', 'properties')}: ${unexpected.map(name).join('; ')}.`);
  }
  if (undecided.length > 0) {
    const names = many ? `in ${unique(undecided.map((x) => `${x.outcome.file} ${x.outcome.check}`)).join(', ')}` : '';
    say(palette.yellow, `Undecided: ${undecided.length} of ${counted(all.length, 'property', 'properties')}${names === '' ? '' : ` ${names}`}. That is not success.`);
  }
  const open = ran.filter((o) => o.outcome === 'undecided');
  if (undecided.length === 0 && open.length > 0) say(palette.yellow, `Undecided: ${open.map((o) => `${o.file} ${o.check}`).join(', ')}. That is not success.`);
  if (ran.length > 0 && unexpected.length === 0 && undecided.length === 0 && open.length === 0) say(palette.green, greenLine(ran, all.map((x) => x.property), wrong.length > 0));
  for (const { file, why } of notRun) say(palette.dim, `Not run: ${file} (${why}).`);
  if (ran.length > 0) say(palette.dim, boundsLine(ran));
  return out.join('\n');
}

function greenLine(ran: readonly CheckOutcome[], properties: readonly PropertyOutcome[], isRest: boolean): string {
  const files = counted(unique(ran.map((o) => o.file)).length, 'file');
  const where = ran.length > unique(ran.map((o) => o.file)).length ? `${counted(ran.length, 'check')} of ${files}` : files;
  const own = properties.filter(isDeclared);
  if (own.length === 0) {
    const found = properties.length === 0 ? 'no deadlock, no step errs' : counted(properties.length, 'expected violation');
    return `As expected${isRest ? ' otherwise' : ''}: ${found} in ${where}. No property was checked besides: nothing else is shown.`;
  }
  const violated = properties.filter((p) => p.verdict === 'violated').length;
  const split = violated === 0 ? '' : ` (${properties.length - violated} hold, ${violated} violated as expected)`;
  const bare = unique(ran.filter((o) => o.declared === 0).map((o) => o.file));
  const without = bare.length === 0 ? '' : ` ${counted(bare.length, 'file has', 'files have')} no property: ${bare.join(', ')}.`;
  return `As expected${isRest ? ' otherwise' : ''}: ${counted(properties.length, 'property', 'properties')} in ${where}${split}.${without}`;
}

/** A verdict of a model checker is true of the bounds that it was found in. */
function boundsLine(ran: readonly CheckOutcome[]): string {
  if (ran.length > 1) return 'Each verdict is for the bounds shown with it, and for sequentially consistent memory.';
  const bounds = boundsText(ran[0]!);
  return bounds === '' ? 'For sequentially consistent memory.' : `Bounds: ${bounds}. For sequentially consistent memory.`;
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
