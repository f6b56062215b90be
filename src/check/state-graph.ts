// The reachable states of a model as a graph to be drawn: breadth-first, one edge for each way a process can move.

import type { PackedState } from '../checker/system.js';
import { interpreterOf } from '../model/interpret.js';
import type { Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { placeOf } from '../model/replay.js';
import { pictureOf } from '../model/replay/picture.js';
import type { State } from '../model/state.js';
import { judgeOf } from '../model/system.js';
import type { StateGraph } from '../report/graph.js';
import { valueText } from '../report/value-text.js';
import type { Shape } from '../checker/outcome.js';

/** Explores until everything is found or there are more than `maxStates` states. */
export function stateGraph(model: Model, layout: Layout, maxStates: number): StateGraph {
  const interpreter = interpreterOf(model);
  const judge = judgeOf(interpreter);
  const ids = new Map<string, number>();
  const found: { readonly state: State; readonly initial: boolean }[] = [];
  const edges: StateGraph['edges'][number][] = [];
  const add = (state: State, initial: boolean): number => {
    const key = keyOf(layout.encode(state));
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, found.length);
    return found.push({ state, initial }) - 1;
  };
  for (const outcome of interpreter.initial()) if (outcome.kind === 'next') add(outcome.state, true);
  let expanded = 0;
  for (; expanded < found.length && found.length <= maxStates; expanded++) {
    const { state } = found[expanded]!;
    model.instances.forEach((instance, pid) => {
      for (const outcome of interpreter.steps(state, pid)) {
        if (outcome.kind === 'error') continue;
        const action = placeOf(interpreter.index, state, { pid, outcome }).name;
        edges.push({ from: expanded, to: add(outcome.state, false), process: instance.name, action });
      }
    });
  }
  const complete = expanded === found.length;
  const shown = found.slice(0, maxStates);
  return {
    name: model.name,
    complete,
    states: shown.map(({ state, initial }, id) => {
      const violated: string[] = [];
      judge.state(state, (p) => violated.push(model.properties[p]!.name));
      const shapes: { [path: string]: Shape } = {};
      const picture = pictureOf(interpreter.index, state, shapes);
      return { id, initial, violated, label: Object.entries(picture).map(([name, value]) => `${name} = ${valueText(value, shapes[name])}`) };
    }),
    edges: edges.filter((e) => e.from < shown.length && e.to < shown.length),
  };
}

const keyOf = (state: PackedState): string => String.fromCharCode(...new Uint16Array(state.buffer, state.byteOffset, state.length * 2));
