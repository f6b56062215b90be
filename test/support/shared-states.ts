// The reachable states of a model as far as its processes share them: variables, ghosts and pools, without locals and places.

import type { PackedState } from '../../src/checker/system.js';
import type { Layout } from '../../src/model/layout.js';
import type { Model } from '../../src/model/model.js';
import { systemOf } from '../../src/model/system.js';

/** One text for each. Visits every reachable state: for models that are known to be small. */
export function sharedStates(model: Model, layout: Layout): ReadonlySet<string> {
  const system = systemOf(model, layout);
  const seen = new Set<string>();
  const queue: PackedState[] = [];
  const sink = {
    violated: () => undefined,
    error: () => undefined,
    successor(state: PackedState) {
      const key = state.join();
      if (seen.has(key)) return;
      seen.add(key);
      queue.push(state.slice());
    },
  };
  const shared = new Set<string>();
  system.initial(sink);
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    system.successors(state, sink);
    const { shared: variables, alive, fields } = layout.decode(state);
    shared.add(JSON.stringify([variables, alive, fields]));
  }
  return shared;
}
