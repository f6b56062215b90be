// Observable behaviours: what a graph says of a spec, the reduction of graphs, and the comparison, each against a slow and obvious one.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.js';
import { automatonOf, type Automaton } from '../../src/diff/behaviour/automaton.js';
import { labelledGraph, type LabelledGraph } from '../../src/diff/behaviour/graph.js';
import { compareBehaviours } from '../../src/diff/behaviour/inclusion.js';
import type { BehaviourFinding, ObservedEvent } from '../../src/diff/result.js';
import { eventText } from '../../src/diff/report/change-lines.js';
import type { Model } from '../../src/model/model.js';

function modelOf(text: string): Model {
  const { model, diagnostics } = compile({ entry: { path: 'spec.heddle', text }, loader: { load: () => undefined } });
  if (model === undefined) throw new Error(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'));
  return model;
}

function automaton(text: string): Automaton {
  const graph = labelledGraph(modelOf(text), 10_000);
  if (typeof graph === 'string') throw new Error(graph);
  return automatonOf(graph);
}

const shown = (e: ObservedEvent): string => `${e.process} ${eventText(e)}`;

/** Every sequence of at most `length` events. */
function words({ events, moves, initial }: Automaton, length: number): readonly string[] {
  const found = new Set<string>();
  const go = (state: number, word: readonly string[]): void => {
    found.add(word.join('; '));
    if (word.length === length) return;
    for (let i = 0; i < moves[state]!.length; i += 2) go(moves[state]![i + 1]!, [...word, shown(events[moves[state]![i]!]!)]);
  };
  go(initial, []);
  return [...found].sort();
}

const eventsOf = (finding: BehaviourFinding): readonly string[] | string => (finding.kind === 'found' ? finding.events.map(shown) : finding.kind);

const LOCKED = (body: string, extra = ''): string => `
enum Errno { OK, EBUSY }
var lock: bool = false
var slot: 0..2 = 0
${extra}
observable procedure take(v: 0..2): Errno {
${body}
}
process task(i in 0..1) { take(i + 1) }
`;

const WITH_LOCK = LOCKED(`  atomic { await !lock  lock := true }
  slot := v
  lock := false
  return OK`);

const WITHOUT = LOCKED(`  var old: bool
  old := xchg(lock, true)
  if old { return EBUSY }
  slot := v
  lock := false
  return OK`);

describe('the behaviours of a spec', () => {
  test('are its calls and returns, with values, of every interleaving', () => {
    const one = automaton(`
observable procedure f(a: 0..3): 0..6 {
  return a + a
}
process p { f(2)  f(3) }`);
    expect(words(one, 4).at(-1)).toBe('p f(a: 2); p f returns 4; p f(a: 3); p f returns 6');
    expect(words(one, 9)).toHaveLength(5);
  });

  test('a call can be made while others hold a lock, so a lock is no difference by itself', () => {
    expect(words(automaton(WITH_LOCK), 2)).toContain('task[0] take(v: 1); task[1] take(v: 2)');
  });

  test('a call inside an atomic block happens at once', () => {
    const text = `
var n: 0..2 = 0
observable procedure f() { n := n + 1 }
process p(i in 0..1) { atomic { f() } }`;
    expect(words(automaton(text), 4)).toEqual([
      '', 'p[0] f()', 'p[0] f(); p[0] f returns', 'p[0] f(); p[0] f returns; p[1] f()', 'p[0] f(); p[0] f returns; p[1] f(); p[1] f returns',
      'p[1] f()', 'p[1] f(); p[1] f returns', 'p[1] f(); p[1] f returns; p[0] f()', 'p[1] f(); p[1] f returns; p[0] f(); p[0] f returns',
    ]);
  });

  test('a step that errs is none', () => {
    const text = `
var n: 0..1 = 0
observable procedure f() { n := 1  n := n + 1 }
process p { f() }`;
    expect(words(automaton(text), 3)).toEqual(['', 'p f()']);
  });

  test('references and null are told apart', () => {
    const text = `
pool Node[1] { value: 0..1 = 0 }
observable procedure make(): Node? {
  var n: Node?
  n := new? Node
  return n
}
process p { make()  make() }`;
    expect(words(automaton(text), 4).filter((w) => w.split('; ').length === 4)).toEqual(['p make(); p make returns node#0; p make(); p make returns null']);
  });

  test('a spec that calls nothing observable says so, and one that is too large', () => {
    expect(labelledGraph(modelOf('var x: 0..1 = 0\nprocess p { x := 1 }'), 100)).toBe('nothing-observable');
    expect(labelledGraph(modelOf(WITH_LOCK), 5)).toBe('too-many-states');
  });
});

describe('what became possible', () => {
  test('a call that no longer waits, and fails instead', () => {
    const { gained, lost, newResults, lostResults } = compareBehaviours(automaton(WITH_LOCK), automaton(WITHOUT));
    expect(eventsOf(gained)).toEqual(['task[0] take(v: 1)', 'task[1] take(v: 2)', 'task[1] take returns EBUSY']);
    expect(eventsOf(lost)).toBe('none');
    expect(newResults.map((r) => `${r.procedure} ${r.result}`)).toEqual(['take EBUSY']);
    expect(lostResults).toEqual([]);
  });

  test('nothing, when only silent steps differ', () => {
    const slower = WITH_LOCK.replace('slot := v', 'slot := 0\n  slot := v');
    const { gained, lost } = compareBehaviours(automaton(WITH_LOCK), automaton(slower));
    expect([gained.kind, lost.kind]).toEqual(['none', 'none']);
  });

  test('an order of results', () => {
    const text = (first: string): string => `
var x: 0..1 = 0
observable procedure get(): 0..1 { return x }
process reader { get()  get() }
process writer { ${first}x := 1 }`;
    const { gained, lost } = compareBehaviours(automaton(text('')), automaton(text('x := 1  x := 0  ')));
    expect(eventsOf(gained)).toEqual(['reader get()', 'reader get returns 1', 'reader get()', 'reader get returns 0']);
    expect(eventsOf(lost)).toBe('none');
  });

  test('more sets of states than allowed leave it undecided', () => {
    const other = WITHOUT.replace('process task(i in 0..1)', 'process task(i in 0..2)').replace('take(i + 1)', 'take(1)');
    const { gained } = compareBehaviours(automaton(other), automaton(other), 3);
    expect(gained.kind).toBe('undecided');
  });
});

// ---- random graphs ------------------------------------------------------------------------------------------------------------

const STATES = 7;
const EVENTS = 3;

const randomGraph: fc.Arbitrary<LabelledGraph> = fc
  .record({
    edges: fc.array(fc.tuple(fc.nat(STATES - 1), fc.nat(EVENTS), fc.nat(STATES - 1)), { maxLength: 14 }),
    initial: fc.uniqueArray(fc.nat(STATES - 1), { minLength: 1, maxLength: 2 }),
  })
  .map(({ edges, initial }) => {
    const sorted = [...edges].sort((a, b) => a[0] - b[0]);
    const offsets = Int32Array.from({ length: STATES + 1 }, (_, s) => sorted.filter(([from]) => from < s).length);
    const events = Array.from({ length: EVENTS }, (_, i): ObservedEvent => ({ process: 'p', kind: 'call', procedure: String(i + 1) }));
    return { states: STATES, initial, offsets, labels: Int32Array.from(sorted, (e) => e[1]), targets: Int32Array.from(sorted, (e) => e[2]), events };
  });

/** The sequences of at most `length` events of a graph, straight from its definition. */
function sequences(graph: LabelledGraph, length: number): ReadonlySet<string> {
  const found = new Set<string>();
  const closure = (from: Iterable<number>): Set<number> => {
    const all = new Set(from);
    for (const s of all) for (let e = graph.offsets[s]!; e < graph.offsets[s + 1]!; e++) if (graph.labels[e] === 0) all.add(graph.targets[e]!);
    return all;
  };
  const go = (states: Set<number>, word: string): void => {
    found.add(word);
    if (word.length === length) return;
    for (let event = 1; event <= EVENTS; event++) {
      const next = [...states].flatMap((s) => [...graph.targets.slice(graph.offsets[s], graph.offsets[s + 1])].filter((_, i) => graph.labels[graph.offsets[s]! + i] === event));
      if (next.length > 0) go(closure(next), word + String(event));
    }
  };
  go(closure(graph.initial), '');
  return found;
}

const wordsOf = (a: Automaton, length: number): ReadonlySet<string> => new Set(words(a, length).map((w) => w.replaceAll(/[p ();]/g, '')));

test('an automaton has exactly the sequences of its graph', () => {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      expect(wordsOf(automatonOf(graph), 4)).toEqual(sequences(graph, 4));
    }),
    { numRuns: 300 },
  );
});

test('the shortest difference is found whenever there is one, and none where there is none', () => {
  fc.assert(
    fc.property(randomGraph, randomGraph, (a, b) => {
      // Long enough for every difference between so small graphs to show in the tests that were run.
      const [old, now] = [sequences(a, 6), sequences(b, 6)];
      const { gained, lost } = compareBehaviours(automatonOf(a), automatonOf(b));
      const shortest = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => Math.min(...[...one].filter((w) => !other.has(w)).map((w) => w.length));
      const check = (finding: BehaviourFinding, one: ReadonlySet<string>, other: ReadonlySet<string>): void => {
        const length = shortest(one, other);
        if (length === Infinity) expect(finding.kind === 'none' || (finding.kind === 'found' && finding.events.length > 6)).toBe(true);
        else {
          expect(finding).toMatchObject({ kind: 'found' });
          const word = finding.kind === 'found' ? finding.events.map((e) => e.procedure).join('') : '';
          expect(word).toHaveLength(length);
          expect(one.has(word) && !other.has(word)).toBe(true);
        }
      };
      check(gained, now, old);
      check(lost, old, now);
    }),
    { numRuns: 300 },
  );
});
