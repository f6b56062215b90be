// Progress of long runs, on standard error and only on a terminal: one line that says how far the search is.

import type { Ora } from 'ora';
import type { Progress } from '../checker/explore.js';
import { bytes, count, duration, rate } from '../report/quantities.js';

export interface ProgressLine {
  show(name: string, progress: Progress): void;
  /** What is done beside a search, in a few words. */
  say(text: string): void;
  /** Takes the line away, so that output can be written. */
  clear(): void;
}

/** Samples over which the rate is taken, about five a second. */
const SAMPLES = 15;

export function progressLine(enabled: boolean): ProgressLine {
  if (!enabled || process.stderr.isTTY !== true) return { show: () => undefined, say: () => undefined, clear: () => undefined };
  // Loaded while the search is on its way: a short one ends without it.
  let spinner: Ora | undefined;
  void import('ora').then(({ default: ora }) => (spinner = ora({ stream: process.stderr, discardStdin: false })));
  const begun = Date.now();
  const history = new Map<string, { readonly at: number; readonly states: number; readonly frontier: number }[]>();
  return {
    show(name, p) {
      if (spinner === undefined) return;
      const samples = history.get(name) ?? [];
      history.set(name, samples);
      samples.push({ at: Date.now(), states: p.states, frontier: p.frontier });
      if (samples.length > SAMPLES) samples.shift();
      const [first, last] = [samples[0]!, samples.at(-1)!];
      const perSecond = last.at > first.at ? (1000 * (last.states - first.states)) / (last.at - first.at) : 0;
      const trend = last.frontier > first.frontier ? 'growing' : last.frontier < first.frontier ? 'shrinking' : 'steady';
      spinner.text =
        `${name}: ${count(p.states)} states, ${rate(perSecond)}, frontier ${count(p.frontier)} ${trend}, depth ${p.depth}, ` +
        `${bytes(p.memoryBytes)}, ${duration((Date.now() - begun) / 1000)}`;
      if (!spinner.isSpinning) spinner.start();
    },
    say(text) {
      if (spinner === undefined) return;
      spinner.text = text;
      if (!spinner.isSpinning) spinner.start();
    },
    clear() {
      if (spinner?.isSpinning === true) spinner.stop();
    },
  };
}
