// A System made by hand: named states, arrows between them, and what is wrong with which.

import type { PackedState, PropertyInfo, SuccessorSink, System } from '../../src/checker/system.js';

export type Arrow = string | { readonly to: string; readonly violates?: readonly string[] } | { readonly error: string; readonly violates?: readonly string[] };

export interface Graph {
  readonly initial: readonly Arrow[];
  /** A state without an entry has no steps. */
  readonly steps?: { readonly [state: string]: readonly Arrow[] };
  /** States in which every process is done. */
  readonly done?: readonly string[];
  readonly properties?: readonly PropertyInfo[];
  /** The states that violate an invariant, by the invariant's name. */
  readonly violating?: { readonly [property: string]: readonly string[] };
  /** The words of a state; by default its place in the alphabet (a is 1), in one word. */
  readonly words?: { readonly [state: string]: readonly number[] };
}

export interface GraphSystem extends System {
  nameOf(state: PackedState): string;
}

export function graphSystem(graph: Graph): GraphSystem {
  const wordsOf = (name: string): readonly number[] => graph.words?.[name] ?? [name.charCodeAt(0) - 96];
  const names = new Map<string, string>();
  const remember = (name: string): PackedState => {
    const words = wordsOf(name);
    names.set(words.join(), name);
    return Uint32Array.from(words);
  };
  const properties = graph.properties ?? [];
  const indexOf = (name: string): number => properties.findIndex((p) => p.name === name);
  const nameOf = (state: PackedState): string => names.get(state.join()) ?? '?';
  const give = (arrows: readonly Arrow[], sink: SuccessorSink): void => {
    const buffer = new Uint32Array(words);
    for (const arrow of arrows) {
      if (typeof arrow !== 'string') for (const property of arrow.violates ?? []) sink.violated(indexOf(property));
      if (typeof arrow !== 'string' && 'error' in arrow) {
        sink.error(indexOf(arrow.error));
      } else {
        buffer.set(remember(typeof arrow === 'string' ? arrow : arrow.to));
        sink.successor(buffer);
      }
    }
  };
  const words = Object.values(graph.words ?? { a: [1] })[0]?.length ?? 1;
  return {
    words,
    properties,
    sites: 0,
    antecedents: 0,
    initial: (sink) => give(graph.initial, sink),
    successors: (state, sink) => give(graph.steps?.[nameOf(state)] ?? [], sink),
    violations: (state, report) => properties.forEach((p, i) => { if (graph.violating?.[p.name]?.includes(nameOf(state))) report(i); }),
    isTerminated: (state) => graph.done?.includes(nameOf(state)) ?? false,
    coverage: { sites: new Uint8Array(0), antecedents: new Uint8Array(0) },
    remarks: new Set(),
    nameOf,
  };
}
