// A walk by hand in a terminal: the steps that are possible, each with what it would change, and the state, one variable a line.

import type { Json, Shape, StepData } from '../checker/outcome.js';
import { shorten, wrap } from './line-breaking.js';
import { plainPalette, type Palette } from './palette.js';
import { statementText } from './trace-words.js';
import { changeTexts, sameValue, valueText } from './value-text.js';

export interface ShownChoice {
  readonly step: StepData;
  readonly violates: readonly string[];
}

type Shapes = { readonly [path: string]: Shape };

const WIDEST_PROCESS = 20;
const WIDEST_SOURCE = 44;

/** A line for each, numbered from 1, and more lines where it changes much. */
export function choicesText(choices: readonly ShownChoice[], shapes: Shapes, width: number, palette: Palette = plainPalette): string {
  const sources = choices.map(({ step }) => `${step.step}  ${statementText(step)}`);
  const processWidth = Math.min(WIDEST_PROCESS, Math.max(0, ...choices.map(({ step }) => step.process.length)));
  const sourceWidth = Math.min(WIDEST_SOURCE, Math.max(0, ...sources.map(({ length }) => length)));
  const numberWidth = String(choices.length).length + 1;
  const left = numberWidth + processWidth + sourceWidth + 6;
  return choices
    .flatMap(({ step, violates }, i) => {
      const effects = [...changes(step, shapes), ...(step.errs === true ? ['errs'] : [])].join(', ');
      const [first = '', ...more] = wrap(effects === '' ? 'changes nothing' : effects, Math.max(24, width - left));
      const head = [String(i + 1).padStart(numberWidth), shorten(step.process, processWidth).padEnd(processWidth), shorten(sources[i]!, sourceWidth).padEnd(sourceWidth)];
      const bad = violates.length === 0 ? [] : [`${' '.repeat(left)}${palette.red(`violates ${violates.join(', ')}`)}`];
      return [[...head, first].join('  ').trimEnd(), ...more.map((line) => ' '.repeat(left) + line), ...bad];
    })
    .join('\n');
}

/** What changes; then calls and returns. */
function changes(step: StepData, shapes: Shapes): readonly string[] {
  const events = step.events.map((e) => (e.kind === 'call' ? `calls ${e.procedure}` : `returns${e.result === undefined ? '' : ` ${valueText(e.result)}`} from ${e.procedure}`));
  return [...changeTexts(step, shapes), ...events];
}

/** Every variable; what is different from `before` is marked. */
export function stateText(values: { readonly [name: string]: Json }, before: { readonly [name: string]: Json } | undefined, shapes: Shapes, width: number, palette: Palette = plainPalette): string {
  const wide = Math.min(32, Math.max(0, ...Object.keys(values).map(({ length }) => length)));
  return Object.entries(values)
    .flatMap(([name, value]) => {
      const isNew = before !== undefined && !sameValue(before[name], value);
      const [first = '', ...more] = wrap(valueText(value, shapes[name]), Math.max(24, width - wide - 5));
      const line = `${isNew ? '*' : ' '} ${name.padEnd(wide)}  ${first}`;
      return [isNew ? palette.bold(line) : line, ...more.map((part) => ' '.repeat(wide + 4) + part)];
    })
    .join('\n');
}
