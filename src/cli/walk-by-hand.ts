// `heddle simulate --interactive`: shows what is possible, reads what is chosen, one line at a time. Reads a pipe as well as a terminal.

import { createInterface } from 'node:readline';
import type { PropertyOutcome, TraceData } from '../checker/outcome.js';
import type { Model } from '../model/model.js';
import type { State } from '../model/state.js';
import { choicesText, stateText } from '../report/choice-text.js';
import { lanes } from '../report/lanes.js';
import { counted } from '../report/quantities.js';
import { handWalk, type Choice } from '../simulate/by-hand.js';
import { randomOf } from '../simulate/random.js';
import { openOutput } from './io.js';

const HELP = 'a number: take that step   Enter: any step   b: back   s: the state   t: the trace   r 20: twenty steps at random   q: quit';

/** A state of the walk, and the step that led to it. */
interface Stop {
  readonly state: State;
  readonly by?: Choice;
}

/** Gives the exit code: 0. */
export async function walkByHand(model: Model, seed: number): Promise<number> {
  const walk = handWalk(model);
  const random = randomOf(seed, 0);
  const { palette, width, write } = openOutput(undefined);
  const say = (text: string): void => write(`${text}\n`);
  if (walk.initial.length === 0) {
    say('There is no initial state.');
    return 0;
  }
  const start = walk.initial[random.below(walk.initial.length)]!;
  if (walk.initial.length > 1) say(`One of ${walk.initial.length} initial states (another --seed gives another).`);
  const path: Stop[] = [{ state: start.state }];
  const now = (): State => path.at(-1)!.state;
  const possible = (): readonly Choice[] => walk.choices(now(), path.length);
  const take = (choice: Choice): void => {
    if (choice.next === undefined) say(palette.red(`That step errs: ${choice.violates.join(', ')}. There is no state behind it.`));
    else path.push({ state: choice.next, by: choice });
  };
  const show = (): void => {
    const bad = walk.violatedIn(now());
    say('');
    say(palette.bold(path.length === 1 ? 'The initial state.' : `After ${counted(path.length - 1, 'step')}.`));
    if (bad.length > 0) say(palette.red(`Violated here: ${bad.join(', ')}.`));
    const choices = possible();
    if (choices.length > 0) say(choicesText(choices, walk.shapes, width, palette));
    else say(walk.isOver(now()) ? 'Every process is done.' : 'Nothing can move.');
  };
  const anyStep = (): boolean => {
    const ways = possible().filter(({ next }) => next !== undefined);
    if (ways.length === 0) return false;
    take(ways[random.below(ways.length)]!);
    return true;
  };

  /** True when the walk is over. */
  const obey = (line: string): boolean => {
    const [word = '', number = ''] = line.trim().split(/\s+/);
    if (word === 'q') return true;
    if (word === 's') {
      const before = path.length < 2 ? undefined : walk.values(path.at(-2)!.state);
      say(stateText(walk.values(now()), before, walk.shapes, width, palette));
      return false;
    }
    if (word === 't') {
      say(traceText(path, start.values, walk.shapes));
      return false;
    }
    if (word === 'b') path.length = Math.max(1, path.length - 1);
    else if (word === '') anyStep();
    else if (word === 'r') {
      for (let left = Number(number === '' ? 10 : number); left > 0 && anyStep(); ) left--;
    } else {
      const choice = possible()[Number(word) - 1];
      if (choice === undefined) {
        say(HELP);
        return false;
      }
      take(choice);
    }
    show();
    return false;
  };

  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ', terminal: process.stdin.isTTY === true });
  say(HELP);
  show();
  input.prompt();
  for await (const line of input) {
    if (obey(line)) break;
    input.prompt();
  }
  input.close();
  return 0;
}

/** The walk so far as lanes. */
function traceText(path: readonly Stop[], initial: TraceData['initial'], shapes: TraceData['shapes']): string {
  const steps = path.flatMap(({ by }) => (by === undefined ? [] : [by.step]));
  if (steps.length === 0) return 'No step was taken yet.';
  const trace: TraceData = { initial, steps, fault: '', ...(shapes === undefined ? {} : { shapes }) };
  const walked: PropertyOutcome = { name: 'the walk', kind: 'invariant', verdict: 'violated', expected: 'violated' };
  // What a trace of a violation says above and below it is not true of a walk.
  return lanes(walked, trace).split('\n').slice(2).join('\n').replace(/ *<-- violated here$/, '');
}
