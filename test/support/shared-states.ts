// The reachable states of a model as far as its processes share them: variables, ghosts and pools, without locals and places.

import type { PackedState, System } from '../../src/checker/system.js';
import type { Layout } from '../../src/model/layout.js';
import type { Model } from '../../src/model/model.js';
import { systemOf } from '../../src/model/system.js';

/** Visits every reachable state: for models that are known to be small. */
export function reachableStates(system: System): { readonly all: readonly PackedState[]; readonly initial: readonly PackedState[] } {
  const seen = new Set<string>();
  const all: PackedState[] = [];
  const sink = {
    violated: () => undefined,
    error: () => undefined,
    successor(state: PackedState) {
      const key = state.join();
      if (seen.has(key)) return;
      seen.add(key);
      all.push(state.slice());
    },
  };
  system.initial(sink);
  const initial = all.slice();
  for (const state of all) system.successors(state, sink);
  return { all, initial };
}

/** One text for each. */
export function sharedStates(model: Model, layout: Layout): ReadonlySet<string> {
  return new Set(
    reachableStates(systemOf(model, layout)).all.map((state) => {
      const { shared, alive, fields } = layout.decode(state);
      return JSON.stringify([shared, alive, fields]);
    }),
  );
}
