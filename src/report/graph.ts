// The state graph as text for other tools: dot, json, Aldebaran's aut, and svg laid out by Graphviz as WebAssembly. States and edges
// keep the order in which they were found, so that the same spec gives the same text.

import { count } from './quantities.js';

export interface StateGraph {
  readonly name: string;
  readonly states: readonly GraphState[];
  readonly edges: readonly GraphEdge[];
  /** False when a limit ended the search: states are missing. */
  readonly complete: boolean;
}

export interface GraphState {
  /** Unique; edges refer to it. */
  readonly id: number;
  readonly initial: boolean;
  /** What is shown in the box: `slot[0] = cb#0`, one line each. */
  readonly label: readonly string[];
  /** Names of the properties that are violated here. */
  readonly violated: readonly string[];
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** `task[0]`. */
  readonly process: string;
  /** The step's name. */
  readonly action: string;
}

/** More cannot be read, and the layout takes for ever. */
export const MOST_STATES = 2000;

/** Why a graph is not drawn, and what to do; undefined when it is small enough. */
export interface GraphRefusal {
  readonly kind: 'too-many-states';
  readonly states: number;
  readonly limit: number;
  readonly advice: string;
}

/** The refusal for a search that found so many states (`isAll` false: and more, it was stopped). */
export function graphRefusal(states: number, isAll: boolean): GraphRefusal | undefined {
  if (states <= MOST_STATES) return undefined;
  return {
    kind: 'too-many-states',
    states,
    limit: MOST_STATES,
    advice:
      `The graph has ${isAll ? '' : 'more than '}${count(isAll ? states : MOST_STATES)} states; one of more than ${count(MOST_STATES)} cannot be read. ` +
      `Make it smaller with a constant (--const N=1), or draw its beginning only (--max-states 200).`,
  };
}

/** Graphviz: initial states have a heavy border, violating ones are red and name the property. */
export function dot(graph: StateGraph): string {
  const out = [`digraph ${dotString(graph.name)} {`, '  rankdir=TB;', '  node [shape=box, style=rounded, fontname="monospace", fontsize=10];', '  edge [fontname="monospace", fontsize=9];'];
  if (!graph.complete) out.push('  label="not complete: a limit ended the search";');
  for (const state of graph.states) {
    const lines = [...(state.label.length === 0 ? [String(state.id)] : state.label), ...state.violated.map((name) => `violates ${name}`)];
    const marks = [
      state.violated.length > 0 ? 'style="rounded,filled", fillcolor="#ffd7d7", color="#b00000"' : '',
      state.initial ? 'penwidth=3' : '',
    ].filter((mark) => mark !== '');
    // `\l` ends a line that is set flush left.
    const label = `"${lines.map((line) => `${dotEscape(line)}\\l`).join('')}"`;
    out.push(`  ${state.id} [label=${label}${marks.map((mark) => `, ${mark}`).join('')}];`);
  }
  for (const edge of graph.edges) out.push(`  ${edge.from} -> ${edge.to} [label=${dotString(edgeLabel(edge))}];`);
  return `${[...out, '}'].join('\n')}\n`;
}

/** `{ name, complete, states, edges }`, as in `StateGraph`. */
export function graphJson(graph: StateGraph): string {
  const { name, complete, states, edges } = graph;
  return `${JSON.stringify(
    {
      name,
      complete,
      states: states.map(({ id, initial, label, violated }) => ({ id, initial, label, violated })),
      edges: edges.map(({ from, to, process, action }) => ({ from, to, process, action })),
    },
    undefined,
    2,
  )}\n`;
}

/**
 * Aldebaran: `des (first, transitions, states)`, then `(from, "label", to)`. States are numbered from 0 in order. The format has one
 * initial state: several are reached from an added state 0 by transitions labelled `init`.
 */
export function aut(graph: StateGraph): string {
  const initial = graph.states.filter((state) => state.initial);
  const added = initial.length === 1 ? 0 : 1;
  const numbers = new Map(graph.states.map((state, i) => [state.id, i + added]));
  const lines = graph.edges.map((edge) => `(${numbers.get(edge.from)}, ${autString(edgeLabel(edge))}, ${numbers.get(edge.to)})`);
  const starts = added === 0 ? [] : initial.map((state) => `(0, "init", ${numbers.get(state.id)})`);
  const first = added === 0 ? numbers.get(initial[0]!.id)! : 0;
  return `${[`des (${first}, ${starts.length + lines.length}, ${graph.states.length + added})`, ...starts, ...lines].join('\n')}\n`;
}

/** Laid out by Graphviz, which is loaded only now (1.5 MB). */
export async function svg(graph: StateGraph): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  return viz.renderString(dot(graph), { format: 'svg' });
}

const edgeLabel = (edge: GraphEdge): string => `${edge.process} ${edge.action}`;

const dotEscape = (text: string): string => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\r?\n/g, '\\l').replace(/\p{Cc}/gu, ' ');

const dotString = (text: string): string => `"${dotEscape(text)}"`;

/** The format knows no escapes: quotes and line breaks are replaced. */
const autString = (text: string): string => `"${text.replace(/"/g, "'").replace(/\p{Cc}/gu, ' ')}"`;
