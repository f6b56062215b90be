// The reachable states of a model as a graph whose edges carry what was observed on the way: 0 for nothing, else one event. A step with
// several events goes through states that are made for it.

import { Outcomes } from '../../checker/kernel.js';
import { compiledKernel } from '../../codegen/kernel.js';
import { layoutOf, layoutProblem } from '../../model/layout.js';
import { eachBits } from '../../model/layout/cell.js';
import type { Model } from '../../model/model.js';
import type { ObservedEvent } from '../result.js';
import { Numbers, StateNumbers } from './numbers.js';
import { observedModel, type NotObservable } from './observe.js';

export interface LabelledGraph {
  readonly states: number;
  readonly initial: readonly number[];
  /** Edges of state s: those from `offsets[s]` to before `offsets[s + 1]`. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** 0, or 1 + an index into `events`. */
  readonly labels: Int32Array;
  readonly events: readonly ObservedEvent[];
}

/** @returns why there is no graph: nothing to observe, more states than `maxStates`, or more than `maxBytes` */
export function labelledGraph(model: Model, maxStates: number, maxBytes = Infinity): LabelledGraph | NotObservable | 'too-many-states' | 'too-large' {
  const observed = observedModel(model);
  if (typeof observed === 'string') return observed;
  if (layoutProblem(observed.model) !== undefined) return 'too-large';
  const layout = layoutOf(observed.model);
  const { words } = layout;
  const { kernel } = compiledKernel(observed.model, layout);
  const mask = new Int32Array(words);
  for (const i of observed.added) eachBits(layout.variables[i]!, 0, 0, (word, shift, width) => (mask[word]! |= (width === 32 ? -1 : (1 << width) - 1) << shift));
  const masked = [...mask.keys()].filter((w) => mask[w] !== 0);

  const labels = new Labels((state) => observed.eventsOf(layout.decode(state)), mask);
  const found = new StateNumbers(words);
  const edges = new Edges();
  const between = new Between();
  const out = new Outcomes(words, 256);
  kernel.initial(out);
  const initial = new Set<number>();
  for (let at = 0; at < out.used; at += words) initial.add(found.add(out.words, at));
  for (let id = 0; id < found.count; id++) {
    if (found.count > maxStates) return 'too-many-states';
    if (found.bytes + edges.bytes > maxBytes) return 'too-large';
    const first = edges.begin();
    out.used = 0;
    out.notes.length = 0;
    kernel.successors(found.states, id * words, out);
    for (let at = 0; at < out.used; at += words) {
      let isSilent = true;
      for (const w of masked) if ((out.words[at + w]! & mask[w]!) !== 0) isSilent = false;
      const events = isSilent ? NONE : labels.of(out.words, at);
      for (const w of masked) out.words[at + w]! &= ~mask[w]!;
      const target = found.add(out.words, at);
      const [label, to] = events.length <= 1 ? [events[0] ?? 0, target] : [events[0]!, between.state(events, 1, target)];
      if (!edges.has(first, label, to)) edges.add(label, to);
    }
  }
  return between.close(edges, found.count, [...initial], labels.events);
}

const NONE: readonly number[] = [];

/** What successors tell, each sort of it decoded once. */
class Labels {
  readonly events: ObservedEvent[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<string, readonly number[]>();

  constructor(
    private readonly decode: (state: Uint32Array) => readonly ObservedEvent[],
    private readonly mask: Int32Array,
  ) {}

  of(states: Int32Array, at: number): readonly number[] {
    const state = new Uint32Array(this.mask.length);
    for (let w = 0; w < state.length; w++) state[w] = states[at + w]! & this.mask[w]!;
    const key = state.join(' ');
    let labels = this.known.get(key);
    if (labels === undefined) this.known.set(key, (labels = this.decode(state).map((event) => this.number(event))));
    return labels;
  }

  private number(event: ObservedEvent): number {
    const key = JSON.stringify(event);
    let number = this.numbers.get(key);
    if (number === undefined) this.numbers.set(key, (number = this.events.push(event)));
    return number;
  }
}

class Edges {
  readonly offsets = new Numbers();
  readonly targets = new Numbers();
  readonly labels = new Numbers();

  /** The edges of the next state follow; gives where they begin. */
  begin(): number {
    this.offsets.push(this.targets.length);
    return this.targets.length;
  }

  add(label: number, target: number): void {
    this.labels.push(label);
    this.targets.push(target);
  }

  get bytes(): number {
    return this.offsets.bytes + this.targets.bytes + this.labels.bytes;
  }

  has(first: number, label: number, target: number): boolean {
    for (let e = first; e < this.targets.length; e++) if (this.targets.at(e) === target && this.labels.at(e) === label) return true;
    return false;
  }
}

/** States between the events of one step. Until all other states are known they are numbered from -1 downwards. */
class Between {
  private readonly numbers = new Map<string, number>();
  private readonly edges: { readonly label: number; readonly to: number }[] = [];

  /** The state in which `events` from `done` on are still to come before `target`. */
  state(events: readonly number[], done: number, target: number): number {
    if (done === events.length) return target;
    const key = `${events.slice(done).join(' ')}: ${target}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      const to = this.state(events, done + 1, target);
      number = -this.edges.push({ label: events[done]!, to });
      this.numbers.set(key, number);
    }
    return number;
  }

  close(edges: Edges, states: number, initial: readonly number[], events: readonly ObservedEvent[]): LabelledGraph {
    for (const { label, to } of this.edges) {
      edges.begin();
      edges.add(label, to);
    }
    edges.begin();
    const targets = edges.targets.toArray();
    for (let e = 0; e < targets.length; e++) if (targets[e]! < 0) targets[e] = states - targets[e]! - 1;
    return { states: states + this.edges.length, initial, offsets: edges.offsets.toArray(), targets, labels: edges.labels.toArray(), events };
  }
}
