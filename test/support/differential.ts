// Holds one way of running a model to another: the same exploration over both kernels, compared in everything that a report could show.
// Where they differ, the first state tells in which their steps are not the same.

import { explore, type Exploration } from '../../src/checker/explore.js';
import { Outcomes, type Kernel } from '../../src/checker/kernel.js';
import type { Verdict } from '../../src/checker/verdict.js';
import type { Layout } from '../../src/model/layout.js';
import type { Model } from '../../src/model/model.js';

export type KernelFactory = (model: Model, layout: Layout) => Kernel;

/** Bounds of a search that do not depend on the machine. */
export interface Bounds {
  readonly states: number;
  /** Batches of successors, and stretches of nodes inside a step: about a thousand successors, or thousands of nodes, each. */
  readonly polls: number;
}

export interface Explored {
  readonly kernel: Kernel;
  readonly exploration: Exploration;
}

/** Every property is looked at and every violation expected, so that nothing ends the search early. `interrupted`: too much work. */
export function exploreWithin(kernel: Kernel, bounds: Bounds): Explored {
  let polls = 0;
  const exploration = explore(kernel, {
    expected: kernel.properties.map(() => 'violated'),
    chosen: kernel.properties.map((p) => p.kind !== 'builtin' || p.name.endsWith('.leak')),
    continueOnViolation: true,
    maxStates: bounds.states,
    clock: () => 0,
    shouldStop: () => ++polls > bounds.polls,
  });
  return { kernel, exploration };
}

/** What differs, in words; empty when nothing does. Coverage and remarks are compared only where the search was complete. */
export function differences(a: Explored, b: Explored): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, left: unknown, right: unknown): void => {
    const [x, y] = [JSON.stringify(left), JSON.stringify(right)];
    if (x !== y) found.push(`${what}: ${x} and ${y}`);
  };
  compare('words', a.kernel.words, b.kernel.words);
  compare('properties', a.kernel.properties, b.kernel.properties);
  compare('ending', a.exploration.ended, b.exploration.ended);
  compare('counts', a.exploration.counts, b.exploration.counts);
  compare('undermined', a.exploration.undermined, b.exploration.undermined);
  a.kernel.properties.forEach(({ name }, p) => compare(`verdict of ${name}`, showVerdict(a.exploration.verdicts[p]), showVerdict(b.exploration.verdicts[p])));
  if (a.exploration.ended !== 'complete') return found;
  compare('sites', [...a.kernel.coverage.sites], [...b.kernel.coverage.sites]);
  compare('antecedents', [...a.kernel.coverage.antecedents], [...b.kernel.coverage.antecedents]);
  compare('remarks', [...a.kernel.remarks].sort(), [...b.kernel.remarks].sort());
  return found;
}

function showVerdict(verdict: Verdict | undefined): unknown {
  if (verdict?.kind !== 'violated') return verdict;
  return { ...verdict, trace: { ...verdict.trace, states: verdict.trace.states.map((s) => s.join()) } };
}

/** Explores over both. Undefined: the search is too long. */
export function compareKernels(model: Model, layout: Layout, make: readonly [KernelFactory, KernelFactory], bounds: Bounds): readonly string[] | undefined {
  const a = exploreWithin(make[0](model, layout), bounds);
  if (a.exploration.ended === 'interrupted') return undefined;
  // The other one may be asked more often: it is bounded, but more loosely, so that it fails and does not hang.
  const b = exploreWithin(make[1](model, layout), { ...bounds, polls: 100 * bounds.polls });
  const found = differences(a, b);
  return found.length === 0 ? found : [...found, ...firstDifference(a.kernel, b.kernel, bounds.states)];
}

interface Expansion {
  readonly successors: readonly string[];
  readonly notes: readonly (readonly [property: string, at: number])[];
  readonly violations: readonly number[];
  readonly terminated: boolean;
}

function expand(kernel: Kernel, state: Int32Array | undefined): Expansion {
  const out = new Outcomes(kernel.words, 64);
  const violations: number[] = [];
  if (state === undefined) kernel.initial(out);
  else {
    kernel.successors(state, 0, out);
    kernel.violations(state, 0, violations);
  }
  const successors = Array.from({ length: out.used / kernel.words }, (_, i) => out.words.slice(i * kernel.words, (i + 1) * kernel.words).join());
  const notes: [string, number][] = [];
  for (let i = 0; i < out.notes.length; i += 2) notes.push([kernel.properties[out.notes[i]!]!.name, out.notes[i + 1]!]);
  return { successors, notes, violations, terminated: state !== undefined && kernel.isTerminated(state, 0) };
}

/** Goes through the states of `a`, at most `most`, until one of them has other steps in `b`. */
export function firstDifference(a: Kernel, b: Kernel, most: number): readonly string[] {
  const seen = new Set<string>();
  const queue: (Int32Array | undefined)[] = [undefined];
  for (let i = 0; i < queue.length && seen.size < most; i++) {
    const [left, right] = [expand(a, queue[i]), expand(b, queue[i])];
    const where = `from ${queue[i] === undefined ? 'init' : `state ${queue[i]!.join()}`}`;
    for (const part of ['successors', 'notes', 'violations', 'terminated'] as const) {
      const [x, y] = [JSON.stringify(left[part]), JSON.stringify(right[part])];
      if (x !== y) return [`${where}, ${part}: ${x} and ${y}`];
    }
    for (const next of left.successors) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(Int32Array.from(next.split(',').map(Number)));
    }
  }
  return [];
}
