// The reachable states of a model as a graph to be drawn: all of them, or a path to a violation with what lies beside it; one box for each
// state, or for all states in which some expressions have the same values.

import type { Json, Shape } from '../checker/outcome.js';
import type { PackedState } from '../checker/system.js';
import type { Trace } from '../checker/verdict.js';
import type { Expr } from '../core/expr.js';
import { showValue } from '../core/value.js';
import { evaluate } from '../model/evaluate.js';
import { Failure } from '../model/failure.js';
import { interpreterOf, type Interpreter } from '../model/interpret.js';
import type { Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { placeOf } from '../model/replay.js';
import { pictureOf } from '../model/replay/picture.js';
import type { State } from '../model/state.js';
import { judgeOf } from '../model/system.js';
import type { GraphEdge, GraphState, StateGraph } from '../report/graph.js';
import { valueText } from '../report/value-text.js';

/** What decides the colour of a state. `at`: where the process with this number stands; without a number, where all do. */
export type ColourBy = { readonly kind: 'property'; readonly property: number } | { readonly kind: 'at'; readonly process?: number };

export interface GroupBy {
  /** As the user wrote it. */
  readonly text: string;
  readonly expr: Expr;
}

export interface GraphRequest {
  /** More are not explored; the graph is then not complete. */
  readonly maxStates: number;
  /** Only this path, and what is reached from it within `radius` steps. */
  readonly around?: { readonly trace: Trace; readonly radius: number; readonly fault: string; readonly property: string };
  readonly groupBy?: readonly GroupBy[];
  readonly colourBy?: ColourBy;
}

export function stateGraph(model: Model, layout: Layout, request: GraphRequest): StateGraph {
  const interpreter = interpreterOf(model);
  const found = request.around === undefined ? reachable(interpreter, layout, request.maxStates) : neighbourhood(interpreter, layout, request.around, request.maxStates);
  const graph: StateGraph = { name: model.name, complete: found.complete, states: found.states.map((s, id) => shown(interpreter, s, id, request)), edges: found.edges };
  const whole = request.around === undefined ? graph : withEnd(graph, found, request.around);
  return request.groupBy === undefined || request.groupBy.length === 0 ? whole : grouped(whole, found.states.map(({ state }) => groupOf(interpreter, state, request.groupBy!)));
}

interface Found {
  readonly state: State;
  readonly initial: boolean;
  readonly onPath: boolean;
}

interface FoundGraph {
  readonly states: readonly Found[];
  readonly edges: readonly GraphEdge[];
  readonly complete: boolean;
}

/** States by number, each once. */
class Numbering {
  readonly states: Found[] = [];
  private readonly ids = new Map<string, number>();

  constructor(private readonly layout: Layout) {}

  idOf(state: State): number | undefined {
    return this.ids.get(this.key(state));
  }

  add(state: State, initial: boolean, onPath = false): number {
    const key = this.key(state);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.ids.set(key, this.states.length);
    return this.states.push({ state, initial, onPath }) - 1;
  }

  private key(state: State): string {
    const packed: PackedState = this.layout.encode(state);
    return String.fromCharCode(...new Uint16Array(packed.buffer, packed.byteOffset, packed.length * 2));
  }
}

/** Explores breadth-first until everything is found or there are more than `maxStates` states. */
function reachable(interpreter: Interpreter, layout: Layout, maxStates: number): FoundGraph {
  const numbering = new Numbering(layout);
  const { states } = numbering;
  const edges: GraphEdge[] = [];
  for (const outcome of interpreter.initial()) if (outcome.kind === 'next') numbering.add(outcome.state, true);
  let expanded = 0;
  for (; expanded < states.length && states.length <= maxStates; expanded++) {
    for (const { to, process, action } of stepsFrom(interpreter, states[expanded]!.state)) edges.push({ from: expanded, to: numbering.add(to, false), process, action });
  }
  const kept = Math.min(states.length, maxStates);
  return { states: states.slice(0, kept), edges: edges.filter((e) => e.from < kept && e.to < kept), complete: expanded === states.length };
}

/** The path, what is reached from it within some steps, and every step between these. */
function neighbourhood(interpreter: Interpreter, layout: Layout, { trace, radius }: NonNullable<GraphRequest['around']>, maxStates: number): FoundGraph {
  const numbering = new Numbering(layout);
  const { states } = numbering;
  const path = trace.states.map((packed, i) => numbering.add(layout.decode(packed), i === 0, true));
  let from = 0;
  for (let round = 0; round < radius && states.length <= maxStates; round++) {
    const to = states.length;
    for (; from < to && states.length <= maxStates; from++) for (const step of stepsFrom(interpreter, states[from]!.state)) numbering.add(step.to, false);
  }
  const kept = states.slice(0, maxStates);
  const next = new Set(path.slice(1).map((id, i) => `${path[i]!} ${id}`));
  const edges = kept.flatMap(({ state }, id) =>
    [...stepsFrom(interpreter, state)].flatMap(({ to, process, action }): GraphEdge[] => {
      const target = numbering.idOf(to);
      if (target === undefined || target >= kept.length) return [];
      return [{ from: id, to: target, process, action, ...(next.delete(`${id} ${target}`) ? { onPath: true } : {}) }];
    }),
  );
  return { states: kept, edges, complete: false };
}

function* stepsFrom(interpreter: Interpreter, state: State): Iterable<{ readonly to: State; readonly process: string; readonly action: string }> {
  for (const [pid, { name }] of interpreter.index.model.instances.entries()) {
    for (const outcome of interpreter.steps(state, pid)) {
      if (outcome.kind === 'next') yield { to: outcome.state, process: name, action: placeOf(interpreter.index, state, { pid, outcome }).name };
    }
  }
}

/** The violation at the end of the path. A step that errs leads nowhere: the fault gets a box of its own. */
function withEnd(graph: StateGraph, found: FoundGraph, { trace, fault, property }: NonNullable<GraphRequest['around']>): StateGraph {
  const last = found.states.findLastIndex(({ onPath }) => onPath);
  if (trace.end === 'step') return { ...graph, states: graph.states.map((s) => (s.id === last && trace.loopStart === undefined ? { ...s, violated: [...s.violated, property] } : s)) };
  if (trace.end === 'state') return graph;
  const id = graph.states.length;
  return {
    ...graph,
    states: [...graph.states, { id, initial: false, label: [fault], violated: [property], onPath: true }],
    edges: [...graph.edges, { from: last, to: id, process: '', action: 'errs', onPath: true }],
  };
}

function shown(interpreter: Interpreter, { state, initial, onPath }: Found, id: number, { colourBy }: GraphRequest): GraphState {
  const { index } = interpreter;
  const violated: string[] = [];
  judgeOf(interpreter).state(state, (p) => violated.push(index.model.properties[p]!.name));
  const shapes: { [path: string]: Shape } = {};
  const picture = pictureOf(index, state, shapes);
  const places = Object.hasOwn(picture, 'at()') ? 'at()' : 'at';
  const label = Object.entries(picture).flatMap(([name, value]) =>
    // One line a process: that few of them move is seen only so.
    name === places ? Object.entries(value as { readonly [process: string]: Json }).map(([process, place]) => `at ${process} = ${valueText(place)}`) : [`${name} = ${valueText(value, shapes[name])}`],
  );
  const colour = colourBy && colourOf(interpreter, state, violated, colourBy);
  return { id, initial, violated, label, ...(colour === undefined ? {} : { colour }), ...(onPath ? { onPath } : {}) };
}

function colourOf({ index }: Interpreter, state: State, violated: readonly string[], by: ColourBy): string {
  if (by.kind === 'property') {
    const { name } = index.model.properties[by.property]!;
    return violated.includes(name) ? `${name} is false` : `${name} is true`;
  }
  const place = (pid: number): string => index.family(pid).locations[state.at[pid]!]!.name;
  if (by.process !== undefined) return `${index.instance(by.process).name} at ${place(by.process)}`;
  return index.model.instances.map(({ name }, pid) => `${name} at ${place(pid)}`).join(', ');
}

const groupOf = (interpreter: Interpreter, state: State, groupBy: readonly GroupBy[]): readonly string[] =>
  groupBy.map(({ text, expr }) => {
    try {
      return `${text} = ${showValue(expr.type, evaluate(expr, interpreter.environment(state)))}`;
    } catch (failure) {
      if (failure instanceof Failure) return `${text}: ${failure.detail}`;
      throw failure;
    }
  });

/** One box for all states with the same label; steps that stay in a box are left out, steps alike between two boxes are one. */
function grouped(graph: StateGraph, labels: readonly (readonly string[])[]): StateGraph {
  const groups = new Map<string, { readonly id: number; readonly states: GraphState[]; readonly label: readonly string[] }>();
  const groupIds = graph.states.map((state, i) => {
    // What is no state of the model (a fault) keeps its own label.
    const label = labels[i] ?? state.label;
    const key = label.join('\n');
    const group = groups.get(key) ?? { id: groups.size, states: [], label };
    groups.set(key, group);
    group.states.push(state);
    return group.id;
  });
  const edges = new Map<string, GraphEdge>();
  for (const { from, to, process, action, onPath } of graph.edges) {
    const edge = { from: groupIds[from]!, to: groupIds[to]!, process, action };
    const key = JSON.stringify(edge);
    if (edge.from === edge.to) continue;
    edges.set(key, onPath === true || edges.get(key)?.onPath === true ? { ...edge, onPath: true } : edge);
  }
  return {
    ...graph,
    edges: [...edges.values()],
    states: [...groups.values()].map(({ id, states, label }): GraphState => {
      const colours = [...new Set(states.map(({ colour }) => colour))];
      const colour = colours.length === 1 ? colours[0] : 'several';
      return {
        id,
        initial: states.some(({ initial }) => initial),
        label,
        violated: [...new Set(states.flatMap(({ violated }) => violated))],
        count: states.length,
        ...(colour === undefined ? {} : { colour }),
        ...(states.some(({ onPath }) => onPath === true) ? { onPath: true } : {}),
      };
    }),
  };
}
