// What `heddle simulate` says. It never says that something holds: it has looked at some behaviours, and nobody knows how many there are.

import type { CheckOutcome, Coverage, PropertyOutcome } from '../checker/outcome.js';
import { lanes } from './lanes.js';
import { labelled, wrap } from './line-breaking.js';
import { plainPalette, type Palette } from './palette.js';
import { count, counted, duration, rate } from './quantities.js';
import { table } from './table.js';
import { boundsText, contextText, type TraceForm } from './text.js';

export interface SimulationOutcome {
  readonly spec: string;
  readonly file: string;
  readonly check: string;
  readonly constants: CheckOutcome['constants'];
  readonly bounds?: readonly string[];
  readonly seed: number;
  /** Steps of a walk at most. */
  readonly depth: number;
  readonly workers: number;
  readonly walks: number;
  readonly steps: number;
  readonly longest: number;
  /** Walks after which every process was done; in which nothing could move. */
  readonly done: number;
  readonly stuck: number;
  /** Different states that were visited: an estimate. */
  readonly distinct: number;
  readonly seconds: number;
  readonly ended: 'all walks' | 'violation' | 'time' | 'interrupted';
  readonly violated: readonly SeenViolation[];
  /** Names of properties that were looked at and not seen violated. */
  readonly notSeen: readonly string[];
  /** Those of them that were expected to be violated. */
  readonly missed: readonly string[];
  /** Temporal properties: a walk that ends cannot violate them. */
  readonly leftOut: readonly string[];
  readonly coverage: readonly Coverage[];
}

export interface SeenViolation {
  /** With its trace, made shorter. */
  readonly property: PropertyOutcome;
  /** The number of the walk, from 0. */
  readonly walk: number;
  /** Steps of that walk up to the violation. */
  readonly walked: number;
}

export interface SimulationOptions {
  readonly palette?: Palette;
  readonly width?: number;
  readonly trace?: TraceForm;
  readonly properties?: readonly string[];
}

const LABEL = 12;
const MOST_PLACES = 12;

/** The report, without a line break at its end. */
export function simulationText(outcome: SimulationOutcome, options: SimulationOptions = {}): string {
  const palette = options.palette ?? plainPalette;
  const width = Math.max(60, options.width ?? 100);
  const lines: string[] = [];
  const say = (label: string, paint: (t: string) => string, text: string): void => {
    lines.push(...labelled(label, text, LABEL, width, paint));
  };
  for (const { property, walk, walked } of outcome.violated) {
    const isExpected = property.expected === 'violated';
    const length = property.trace!.steps.length;
    const how = length < walked ? `made ${counted(length, 'step')} long from ${count(walked)}` : `after ${counted(length, 'step')}`;
    say('violated', isExpected ? palette.green : palette.red, `${property.name}  in walk ${count(walk)}, ${how}, ${isExpected ? 'as expected' : 'NOT expected'}`);
  }
  const quiet = outcome.notSeen.filter((name) => !outcome.missed.includes(name));
  if (quiet.length > 0) say('not seen', palette.dim, `${quiet.join(', ')}: not violated in these walks`);
  if (outcome.missed.length > 0) say('not seen', palette.yellow, `${outcome.missed.join(', ')}: not violated in these walks, but expected to be`);
  if (outcome.leftOut.length > 0) say('left out', palette.yellow, `${outcome.leftOut.join(', ')}: a walk that ends cannot violate what is to happen some day`);
  const never = outcome.coverage.filter(({ taken }) => !taken);
  if (never.length > 0) {
    const shown = never.slice(0, MOST_PLACES).map(({ file, line, name }) => `${file}:${line} ${name}`);
    say('never taken', palette.yellow, `${shown.join(', ')}${never.length > shown.length ? `, and ${never.length - shown.length} more of ${outcome.coverage.length}` : ''}`);
  } else say('steps', palette.dim, 'every step was taken at least once');
  return [[...headLines(outcome, width, palette)], lines, ...traces(outcome, options, width, palette), [palette.dim(lastLine(outcome))]].map((block) => block.join('\n')).join('\n\n');
}

function headLines(outcome: SimulationOutcome, width: number, palette: Palette): readonly string[] {
  const { file, check, walks, steps, longest, distinct, seconds, seed, done, stuck, depth } = outcome;
  const bounds = boundsText(outcome);
  const head = wrap(`${check}: ${bounds === '' ? '' : `${bounds}, `}sequentially consistent memory`, width - 2, 2).map((line) => `  ${line}`);
  const cut = walks - done - stuck - (outcome.ended === 'violation' ? 1 : 0);
  const ends = [done > 0 ? `${count(done)} ended with every process done` : '', stuck > 0 ? `${count(stuck)} came to where no step leads on` : '', cut > 0 ? `${count(cut)} were cut at ${counted(depth, 'step')}` : ''];
  const text = [
    `${counted(walks, 'walk')}, ${counted(steps, 'step')}, the longest ${count(longest)}, some ${counted(distinct, 'state')}, in ${duration(seconds)} (${rate(steps / Math.max(seconds, 0.001))})`,
    ends.filter((part) => part !== '').join(', '),
    `seed ${seed}`,
  ];
  return [palette.bold(file), ...head, ...text.filter((line) => line !== '').flatMap((line) => wrap(line, width - 2, 2).map((part) => `  ${part}`))];
}

/** Of every violation that nobody expected, and of those that were asked for. */
function traces(outcome: SimulationOutcome, options: SimulationOptions, width: number, palette: Palette): readonly (readonly string[])[] {
  if (options.trace === 'none') return [];
  const named = options.properties ?? [];
  const isShown = (p: PropertyOutcome): boolean => p.expected !== 'violated' || named.includes(p.name) || (options.trace !== undefined && named.length === 0);
  const context = `${contextText(outcome)}; found by a random walk, not a shortest trace`;
  const shown = outcome.violated.map(({ property }) => property).filter(isShown);
  return shown.map((p) => [options.trace === 'table' ? table(p, p.trace!, width, palette) : lanes(p, p.trace!, context)]);
}

function lastLine({ ended, violated }: SimulationOutcome): string {
  const isBad = violated.some(({ property }) => property.expected !== 'violated');
  const why = ended === 'time' ? 'Time was up. ' : ended === 'interrupted' ? 'Interrupted. ' : '';
  return `${why}${isBad ? 'NOT as expected.' : 'Nothing unexpected was seen.'} Walks show that something can happen, never that it cannot: heddle check does.`;
}

/** As JSON, with a line break at its end. */
export function simulationJson(outcome: SimulationOutcome, version: string): string {
  const { spec, file, check, seed, depth, workers, constants, walks, steps, longest, done, stuck, distinct, seconds, ended, notSeen, missed, leftOut } = outcome;
  const violated = outcome.violated.map(({ property: { name, kind, expected, trace }, walk, walked }) => ({ name, kind, expected, walk, walked, trace: { initial: trace!.initial, steps: trace!.steps.map(({ state: _state, text: _text, ...step }) => step) } }));
  const coverage = outcome.coverage.map(({ name, file: at, line, column, taken }) => ({ name, file: at, line, column, taken }));
  return `${JSON.stringify({ heddle: version, spec, file, check, memoryModel: 'sc', constants, workers, seed, depth, walks, steps, longest, done, stuck, distinct, seconds, ended, violated, notSeen, missed, leftOut, coverage }, undefined, 2)}\n`;
}
