// Of the traces that violate a property and are at most a little longer than the shortest, one with the fewest changes of process: it reads as
// long stretches of one process at a time.
//
// Searched by the number of changes (as context-bounded analysis does: Qadeer and Rehof, 2005): first all that one process can do alone,
// then what one change more makes possible, and so on; within a number of changes shorter paths first. A place in the search is a state and
// the process whose turn it is. It is left out when it was reached before by no more steps with no more changes, or when a step leads to a
// state that was reached by no more steps with fewer changes, whoever's turn it was: a change leads on from there to the same.

import { Outcomes, type Kernel } from './kernel.js';
import type { Trace } from './verdict.js';

export interface SwitchSearch {
  readonly kernel: Kernel;
  readonly property: number;
  /** Steps of the trace at most. */
  readonly most: number;
  /** Places in the search at most: each takes some 60 bytes and the state's words. */
  readonly limit: number;
  /** Asked now and then; true gives up. */
  readonly shouldStop: () => boolean;
}

export interface FewestSwitches {
  readonly trace: Trace;
  /** Which process takes each step. */
  readonly by: readonly number[];
}

/** A place in the search. */
interface Place {
  readonly state: number;
  /** Who may move without a change; -1 at the beginning: anyone. */
  readonly turn: number;
  readonly steps: number;
  /** The place from which the last step came, and who took it. */
  readonly before: Place | undefined;
  readonly by: number;
}

type End = { readonly kind: 'state'; readonly at: Place } | { readonly kind: 'step' | 'error'; readonly at: Place; readonly process: number; readonly to?: Int32Array };

const POLL_EVERY = 512;

/** Undefined when the search was given up, or the kernel cannot tell processes apart. */
export function fewestSwitches(search: SwitchSearch): FewestSwitches | undefined {
  const { kernel } = search;
  if (kernel.successorsOf === undefined) return undefined;
  const states = statesOf(kernel.words);
  const out = new Outcomes(kernel.words, 64);
  kernel.initial(out);
  // Violated by `init`: there is no process to change.
  if (out.notes.includes(search.property)) return undefined;
  let layer: Place[] = [];
  for (let q = 0; q < out.used; q += kernel.words) layer.push({ state: states.idOf(out.words, q), turn: -1, steps: 0, before: undefined, by: -1 });
  const known = new Known(kernel.processes!);
  for (;;) {
    const result = runLayer(search, states, known, layer);
    if (result === undefined) return undefined;
    if ('end' in result) return tracing(states, result.end);
    if (result.next.length === 0) return undefined;
    layer = result.next;
  }
}

/** Everything with one number of changes, shorter paths first. */
function runLayer(search: SwitchSearch, states: States, known: Known, layer: readonly Place[]): { readonly end: End } | { readonly next: Place[] } | undefined {
  const { kernel, property, most } = search;
  const { words } = kernel;
  const out = new Outcomes(words, 64);
  const bySteps: Place[][] = Array.from({ length: most + 1 }, () => []);
  for (const place of layer) bySteps[place.steps]!.push(place);
  const next: Place[] = [];
  const reached: Place[] = [];
  let best: End | undefined;
  let polled = 0;
  for (let steps = 0; steps <= most && best === undefined; steps++) {
    for (let i = 0; i < bySteps[steps]!.length && best === undefined; i++) {
      const place = bySteps[steps]![i]!;
      if (!known.isBetter(place)) continue;
      known.take(place);
      reached.push(place);
      if (++polled % POLL_EVERY === 0 && (search.shouldStop() || known.places > search.limit)) return undefined;
      const state = states.at(place.state);
      if (violates(kernel, state, property)) best = { kind: 'state', at: place };
      if (steps === most || best !== undefined) continue;
      // The same process first; what the others do costs a change, but the first step of all.
      for (let process = 0; process < kernel.processes!; process++) {
        const isSame = place.turn === process || place.turn === -1;
        out.used = 0;
        out.errors = 0;
        out.notes.length = 0;
        kernel.successorsOf!(process, state, 0, out);
        const noted = isSame ? out.notes.findIndex((p, n) => n % 2 === 0 && p === property) : -1;
        if (noted >= 0) {
          const to = out.notes[noted + 1]!;
          best ??= to < 0 ? { kind: 'error', at: place, process } : { kind: 'step', at: place, process, to: out.words.slice(to, to + words) };
        }
        if (!isSame && out.used === 0 && out.notes.length === 0) continue;
        if (!isSame) {
          // It is expanded where it is the process that moves: there its violations count, too.
          next.push({ ...place, turn: process });
          continue;
        }
        for (let q = 0; q < out.used; q += words) {
          const to: Place = { state: states.idOf(out.words, q), turn: process, steps: steps + 1, before: place, by: process };
          if (!known.isBehind(to)) bySteps[steps + 1]!.push(to);
        }
      }
    }
  }
  known.close(reached);
  return best === undefined ? { next } : { end: best };
}

function violates(kernel: Kernel, state: Int32Array, property: number): boolean {
  const found: number[] = [];
  kernel.violations(state, 0, found);
  if (found.includes(property)) return true;
  if (kernel.properties[property]!.kind !== 'deadlock' || kernel.isTerminated(state, 0)) return false;
  const out = new Outcomes(kernel.words, 64);
  kernel.successors(state, 0, out);
  return out.used === 0 && out.errors === 0;
}

function tracing(states: States, end: End): FewestSwitches {
  const path: Place[] = [];
  for (let place: Place | undefined = end.at; place !== undefined; place = place.before) path.unshift(place);
  const packed = path.map(({ state }) => new Uint32Array(states.at(state)));
  const by = path.slice(1).map(({ by: process }) => process);
  if (end.kind === 'state') return { trace: { states: packed, end: 'state' }, by };
  if (end.kind === 'error') return { trace: { states: packed, end: 'error' }, by: [...by, end.process] };
  return { trace: { states: [...packed, new Uint32Array(end.to!)], end: 'step' }, by: [...by, end.process] };
}

/** What was reached how. */
class Known {
  places = 0;
  /** For each place the fewest steps, with any number of changes up to now. */
  private readonly ofPlace = new Map<number, number>();
  /** For each state the fewest steps with fewer changes than now. */
  private readonly ofState = new Map<number, number>();

  constructor(private readonly processes: number) {}

  private key({ state, turn }: Place): number {
    return state * (this.processes + 1) + turn + 1;
  }

  isBetter(place: Place): boolean {
    return place.steps < (this.ofPlace.get(this.key(place)) ?? Infinity);
  }

  take(place: Place): void {
    this.places++;
    this.ofPlace.set(this.key(place), place.steps);
  }

  /** The number of changes grows by one. */
  close(reached: readonly Place[]): void {
    for (const { state, steps } of reached) if (steps < (this.ofState.get(state) ?? Infinity)) this.ofState.set(state, steps);
  }

  /** Reached as fast with fewer changes: going on from there costs no more. */
  isBehind(place: Place): boolean {
    return place.steps >= (this.ofState.get(place.state) ?? Infinity);
  }
}

interface States {
  idOf(words: Int32Array, at: number): number;
  at(id: number): Int32Array;
}

/** Every state that the search has met, each once. */
function statesOf(words: number): States {
  const ids = new Map<string, number>();
  const all: Int32Array[] = [];
  return {
    idOf(from, at) {
      const state = from.slice(at, at + words);
      const key = String.fromCharCode(...new Uint16Array(state.buffer));
      let id = ids.get(key);
      if (id === undefined) {
        ids.set(key, (id = all.length));
        all.push(state);
      }
      return id;
    },
    at: (id) => all[id]!,
  };
}
