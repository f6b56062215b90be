// The explorer against the definition of what it computes, on random graphs: levels by a plain search, traces by looking at every state.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explore } from '../../src/checker/explore.js';
import { kernelOf } from '../../src/checker/kernel.js';
import type { PropertyInfo } from '../../src/checker/system.js';
import { graphSystem, type Arrow, type Graph } from '../support/graph-system.js';

const PROPERTIES: readonly PropertyInfo[] = [
  { name: 'Inv', kind: 'invariant' },
  { name: 'Rare', kind: 'invariant' },
  { name: 'Step', kind: 'step-invariant' },
  { name: 'Named', kind: 'assertion' },
  { name: 'deadlock', kind: 'deadlock' },
  { name: 'out_of_range', kind: 'builtin' },
  { name: 'bad_index', kind: 'builtin' },
  { name: 'P.exhausted', kind: 'builtin', undermines: true },
];

// ---- random graphs ------------------------------------------------------------------------------------------------------

interface RandomGraph extends Graph {
  readonly words: { readonly [state: string]: readonly number[] };
  readonly steps: { readonly [state: string]: readonly Arrow[] };
  readonly done: readonly string[];
  readonly violating: { readonly [property: string]: readonly string[] };
}

const word = fc.oneof(fc.nat(3), fc.constantFrom(0x7fffffff, 0x80000000, 0xffffffff));

const randomGraph: fc.Arbitrary<RandomGraph> = fc
  .record({
    words: fc.uniqueArray(fc.array(word, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 40, selector: (w) => w.join() }),
    degree: fc.integer({ min: 1, max: 5 }),
    faults: fc.integer({ min: 0, max: 3 }),
  })
  .chain(({ words, degree, faults }) => {
    const names = words.map((_, i) => `s${i}`);
    const state = fc.constantFrom(...names);
    const arrow: fc.Arbitrary<Arrow> = fc.oneof(
      { weight: 40, arbitrary: state },
      { weight: faults, arbitrary: fc.record({ to: state, violates: fc.subarray(['Step', 'Named']) }) },
      { weight: faults, arbitrary: fc.record({ error: fc.constantFrom('out_of_range', 'bad_index'), violates: fc.subarray(['Named']) }) },
      { weight: faults > 2 ? 1 : 0, arbitrary: fc.record({ error: fc.constant('P.exhausted') }) },
    );
    return fc.record({
      words: fc.constant(Object.fromEntries(names.map((name, i) => [name, words[i]!]))),
      initial: fc.array(arrow, { minLength: 1, maxLength: 4 }),
      steps: fc.tuple(...names.map(() => fc.array(arrow, { maxLength: degree }))).map((arrows) => Object.fromEntries(names.map((name, i) => [name, arrows[i]!]))),
      done: fc.subarray(names),
      violating: fc.record({ Inv: fc.array(state, { maxLength: 4 }), Rare: fc.array(state, { maxLength: 1 }) }),
    });
  });

// ---- the definition -----------------------------------------------------------------------------------------------------

const targetOf = (arrow: Arrow): string | undefined => (typeof arrow === 'string' ? arrow : 'to' in arrow ? arrow.to : undefined);
const violatedBy = (arrow: Arrow): readonly string[] => (typeof arrow === 'string' ? [] : [...(arrow.violates ?? []), ...('error' in arrow ? [arrow.error] : [])]);
const targets = (arrows: readonly Arrow[]): string[] => arrows.flatMap((a) => targetOf(a) ?? []);

/** Words as unsigned numbers, the first word first. */
function compare(graph: RandomGraph, a: string | undefined, b: string | undefined): number {
  // What has no successor comes after everything that has.
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const [x, y] = [graph.words[a]!, graph.words[b]!];
  const i = x.findIndex((w, j) => w !== y[j]);
  return i < 0 ? 0 : x[i]! - y[i]!;
}

const smallest = (graph: RandomGraph, names: readonly string[]): string => [...names].sort((a, b) => compare(graph, a, b))[0]!;

interface Expected {
  readonly counts: unknown;
  readonly ended: string;
  readonly verdicts: readonly string[];
}

/** Levels, the initial states first; those behind the limit on states are not looked at. */
function levelsOf(graph: RandomGraph, maxStates: number): { readonly levels: readonly (readonly string[])[]; readonly expanded: number } {
  const levels: string[][] = [];
  const seen = new Set<string>();
  for (let next = [...new Set(targets(graph.initial))]; next.length > 0; next = [...new Set(levels.at(-1)!.flatMap((s) => targets(graph.steps[s]!)))].filter((s) => !seen.has(s))) {
    next.forEach((s) => seen.add(s));
    levels.push(next);
    if (seen.size > maxStates) return { levels, expanded: levels.length - 1 };
  }
  return { levels, expanded: levels.length };
}

function expectedOf(graph: RandomGraph, maxStates: number): Expected {
  const { levels, expanded } = levelsOf(graph, maxStates);
  const complete = expanded === levels.length;
  const sources = levels.slice(0, expanded).flat();
  const isDone = (s: string): boolean => graph.steps[s]!.length === 0 && graph.done.includes(s);
  const pathTo = (s: string, level: number): string[] =>
    level === 0 ? [s] : [...pathTo(smallest(graph, levels[level - 1]!.filter((p) => targets(graph.steps[p]!).includes(s))), level - 1), s];

  const traceOf = (property: string): string | undefined => {
    const arrows = (list: readonly Arrow[]): readonly Arrow[] => list.filter((a) => violatedBy(a).includes(property));
    const best = (list: readonly Arrow[]): string | undefined => list.map(targetOf).sort((a, b) => compare(graph, a, b))[0];
    const first = arrows(graph.initial);
    if (first.length > 0) return `${best(first) ?? ''}|${best(first) === undefined ? 'error' : 'step'}`;
    for (const [level, states] of levels.entries()) {
      const bad = states.filter((s) => (graph.violating[property] ?? []).includes(s) || (property === 'deadlock' && level < expanded && graph.steps[s]!.length === 0 && !isDone(s)));
      if (bad.length > 0) return `${pathTo(smallest(graph, bad), level).join(' ')}|state`;
      const from = level < expanded ? states.filter((s) => arrows(graph.steps[s]!).length > 0) : [];
      if (from.length === 0) continue;
      const start = smallest(graph, from);
      const to = best(arrows(graph.steps[start]!));
      return `${[...pathTo(start, level), ...(to === undefined ? [] : [to])].join(' ')}|${to === undefined ? 'error' : 'step'}`;
    }
    return undefined;
  };

  const traces = PROPERTIES.map((p) => traceOf(p.name));
  const erred = PROPERTIES.filter((p, i) => p.kind === 'builtin' && traces[i] !== undefined).map((p) => p.name);
  const undermined = erred.includes('P.exhausted');
  const otherwise = undermined ? 'undecided error' : complete ? ['holds', ...erred].join(' ') : 'undecided states';
  const distinct = levels.flat().length;
  return {
    counts: {
      distinct,
      generated: targets(graph.initial).length + sources.reduce((sum, s) => sum + targets(graph.steps[s]!).length + (isDone(s) ? 1 : 0), 0),
      initial: levels[0]?.length ?? 0,
      depth: levels.length,
      complete,
    },
    ended: complete ? 'complete' : 'states',
    verdicts: traces.map((trace) => (trace === undefined ? otherwise : `violated ${trace}`)),
  };
}

// ---- the explorer -------------------------------------------------------------------------------------------------------

function found(graph: RandomGraph, maxStates: number): Expected {
  const system = graphSystem({ ...graph, properties: PROPERTIES });
  const { counts, ended, verdicts } = explore(kernelOf(system), {
    expected: PROPERTIES.map(() => 'violated'), chosen: PROPERTIES.map(() => true), continueOnViolation: true, maxStates, clock: () => 0, shouldStop: () => false,
  });
  const shown = verdicts.map((v) => {
    if (v?.kind === 'violated') return `violated ${v.trace.states.map(system.nameOf).join(' ')}|${v.trace.end}`;
    return v?.kind === 'holds' ? ['holds', ...(v.upTo ?? [])].join(' ') : `undecided ${v?.reason}`;
  });
  return { counts, ended, verdicts: shown };
}

test('counts, verdicts and traces are those of the definition', () => {
  fc.assert(fc.property(randomGraph, (graph) => { expect(found(graph, Infinity)).toEqual(expectedOf(graph, Infinity)); }), { numRuns: 1000 });
});

test('and so they are when a limit on states ends the search', () => {
  fc.assert(fc.property(randomGraph, fc.nat(20), (graph, most) => { expect(found(graph, most)).toEqual(expectedOf(graph, most)); }), { numRuns: 500 });
});
