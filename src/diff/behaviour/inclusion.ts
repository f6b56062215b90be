// The shortest sequences of events that one automaton has and the other has not, both ways at once: both are made deterministic by the
// subset construction as far as they go together, breadth-first, and the first event that only one of them can do next ends the search.

import { count } from '../../report/quantities.js';
import type { BehaviourChange, BehaviourFinding, ObservedEvent, ObservedResult } from '../result.js';
import type { Automaton } from './automaton.js';

/** Pairs of sets of states that are looked at before the search gives up. */
const MOST_PAIRS = 500_000;

export function compareBehaviours(before: Automaton, after: Automaton, mostPairs = MOST_PAIRS): BehaviourChange {
  return { ...compareSequences(before, after, mostPairs), newResults: resultsOf(after, before), lostResults: resultsOf(before, after) };
}

/** What operations return in the one and never in the other. */
function resultsOf(one: Automaton, other: Automaton): readonly ObservedResult[] {
  const keyOf = ({ kind, procedure, result }: ObservedEvent): string | undefined => (kind === 'call' || result === undefined ? undefined : `${procedure} ${result}`);
  const known = new Set(other.events.map(keyOf));
  const found = new Map<string, ObservedResult>();
  const path: { readonly state: number; readonly from: number; readonly event: number }[] = [{ state: one.initial, from: -1, event: -1 }];
  const seen = new Set<number>([one.initial]);
  for (let at = 0; at < path.length; at++) {
    const moves = one.moves[path[at]!.state]!;
    for (let i = 0; i < moves.length; i += 2) {
      const [event, state] = [moves[i]!, moves[i + 1]!];
      const last = one.events[event]!;
      const key = keyOf(last);
      if (key !== undefined && !known.has(key) && !found.has(key)) {
        const events = [last];
        for (let p = path[at]!; p.from >= 0; p = path[p.from]!) events.unshift(one.events[p.event]!);
        found.set(key, { procedure: last.procedure, result: last.result!, events });
      }
      if (seen.has(state)) continue;
      seen.add(state);
      path.push({ state, from: at, event });
    }
  }
  return [...found.values()];
}

function compareSequences(before: Automaton, after: Automaton, mostPairs: number): Pick<BehaviourChange, 'gained' | 'lost'> {
  const names = new Map<string, number>();
  const [old, now] = [new Determined(before, names), new Determined(after, names)];
  const pairs = [{ old: old.initial, now: now.initial, from: -1, event: -1 }];
  const seen = new Set<number>([pairOf(old.initial, now.initial)]);
  let gained: BehaviourFinding | undefined;
  let lost: BehaviourFinding | undefined;
  const path = (pair: number, last: number): readonly number[] => {
    const events = [last];
    for (let p = pairs[pair]!; p.from >= 0; p = pairs[p.from]!) events.unshift(p.event);
    return events;
  };
  for (let at = 0; at < pairs.length && (gained === undefined || lost === undefined); at++) {
    if (pairs.length > mostPairs) {
      const open: BehaviourFinding = { kind: 'undecided', why: `more than ${count(mostPairs)} sets of states would have to be compared` };
      return { gained: gained ?? open, lost: lost ?? open };
    }
    const [a, b] = [old.movesOf(pairs[at]!.old), now.movesOf(pairs[at]!.now)];
    for (const [event, target] of b) {
      const other = a.get(event);
      if (other === undefined) gained ??= { kind: 'found', events: path(at, event).map((e) => now.eventOf(e)) };
      else {
        const key = pairOf(other, target);
        if (seen.has(key)) continue;
        seen.add(key);
        pairs.push({ old: other, now: target, from: at, event });
      }
    }
    for (const event of a.keys()) if (!b.has(event)) lost ??= { kind: 'found', events: path(at, event).map((e) => old.eventOf(e)) };
  }
  return { gained: gained ?? { kind: 'none' }, lost: lost ?? { kind: 'none' } };
}

const pairOf = (a: number, b: number): number => a * 2 ** 26 + b;

/** The subset construction, as far as it is asked for. Events have the same numbers in both automata. */
class Determined {
  readonly initial: number;
  private readonly sets: (readonly number[])[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly moves: (ReadonlyMap<number, number> | undefined)[] = [];
  private readonly common: readonly number[];
  private readonly events = new Map<number, ObservedEvent>();

  constructor(
    private readonly automaton: Automaton,
    names: Map<string, number>,
  ) {
    this.common = automaton.events.map((event) => {
      const key = JSON.stringify(event);
      const number = names.get(key) ?? names.size;
      names.set(key, number);
      this.events.set(number, event);
      return number;
    });
    this.initial = this.numberOf([automaton.initial]);
  }

  eventOf(event: number): ObservedEvent {
    return this.events.get(event) ?? { process: '', kind: 'call', procedure: '' };
  }

  movesOf(set: number): ReadonlyMap<number, number> {
    let moves = this.moves[set];
    if (moves === undefined) {
      const targets = new Map<number, Set<number>>();
      for (const state of this.sets[set]!) {
        const own = this.automaton.moves[state]!;
        for (let i = 0; i < own.length; i += 2) {
          const event = this.common[own[i]!]!;
          const to = targets.get(event);
          if (to === undefined) targets.set(event, new Set([own[i + 1]!]));
          else to.add(own[i + 1]!);
        }
      }
      moves = new Map([...targets].sort(([a], [b]) => a - b).map(([event, to]) => [event, this.numberOf([...to].sort((a, b) => a - b))]));
      this.moves[set] = moves;
    }
    return moves;
  }

  private numberOf(set: readonly number[]): number {
    const key = set.join(' ');
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.sets.push(set) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }
}
