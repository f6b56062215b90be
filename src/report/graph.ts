// The state graph as text for other tools: dot, json, GraphML, Aldebaran's aut, and svg laid out by Graphviz as WebAssembly. States and edges
// keep the order in which they were found, so that the same spec gives the same text.

import { xml } from './markup.js';
import { count, counted } from './quantities.js';

export interface StateGraph {
  readonly name: string;
  readonly states: readonly GraphState[];
  readonly edges: readonly GraphEdge[];
  /** False when states are missing: a limit ended the search, or only a part was asked for. */
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
  /** What the colour stands for; states with the same words have the same colour. */
  readonly colour?: string;
  /** How many states the box stands for. */
  readonly count?: number;
  /** It is on the path to the violation that was asked for. */
  readonly onPath?: boolean;
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** `task[0]`. */
  readonly process: string;
  /** The step's name. */
  readonly action: string;
  readonly onPath?: boolean;
}

/** More cannot be read, and the layout takes for ever. */
export const MOST_STATES = 2000;
/** More than this is much even for a program. */
export const MOST_STATES_FOR_TOOLS = 200_000;

/**
 * Why a graph of so many states is not drawn (`isAll` false: and more, the search was stopped), and what to do; undefined when it is small enough.
 *
 * @param boxes how many of them would be drawn, when they are grouped
 */
export function graphRefusal(states: number, isAll: boolean, limit = MOST_STATES, boxes?: number): string | undefined {
  if ((boxes ?? states) <= limit) return undefined;
  if (boxes !== undefined) {
    return `The graph has ${count(boxes)} groups; one of more than ${count(limit)} cannot be read. Group by an expression with fewer values, or make the graph smaller with a constant (--const N=1).`;
  }
  return (
    `The graph has ${isAll ? '' : 'more than '}${count(isAll ? states : limit)} states; one of more than ${count(limit)} cannot be ${limit === MOST_STATES ? 'read' : 'written'}. ` +
    'Make it smaller with a constant (--const N=1), put states together (--group-by EXPR), draw only the way to a violation (--violation NAME), or only the beginning (--max-states 200).'
  );
}

/** Fill colours that black text can be read on, and that differ for those who see few colours; then it begins again, with another border. */
const FILLS = ['#cfe8ff', '#ffe2b8', '#d3f2d8', '#f6d3e6', '#fff6b0', '#dcd6f7', '#c8efee', '#f3d9c6', '#e4e4e4', '#e6f0b8'] as const;
const BORDERS = ['#37526b', '#8a4a00', '#5b2b7b', '#00605e'] as const;

/** Steps beside each other on an edge, at most. */
const MOST_ON_EDGE = 5;

/** What every state shows says nothing in any of them: it is written once, below the graph. Boxes of one line (a fault, a group) do not count. */
function linesOfAll({ states }: StateGraph): readonly string[] {
  const [first, ...others] = states.map(({ label }) => label).filter(({ length }) => length > 1);
  if (first === undefined || others.length === 0) return [];
  const kept = others.reduce((lines, label) => new Set(label.filter((line) => lines.has(line))), new Set(first));
  return first.filter((line) => kept.has(line));
}

/** Graphviz: initial states have a heavy border, violating ones are red and name the property, the path to a violation is drawn heavy. */
export function dot(graph: StateGraph): string {
  const legend = [...new Set(graph.states.flatMap(({ colour }) => (colour === undefined ? [] : [colour])))];
  const everywhere = linesOfAll(graph);
  const below = [...(graph.complete ? [] : ['not complete: not all states are drawn']), ...(everywhere.length === 0 ? [] : ['in every state:', ...everywhere])];
  const out = [`digraph ${dotString(graph.name)} {`, '  rankdir=TB;', '  node [shape=box, style=rounded, fontname="Courier", fontsize=10];', '  edge [fontname="Courier", fontsize=9];'];
  if (below.length > 0) out.push(`  label="${below.map((line) => `${dotEscape(line)}\\l`).join('')}"; labeljust=l; fontname="Courier"; fontsize=10;`);
  for (const state of graph.states) {
    const counts = state.count === undefined ? [] : [counted(state.count, 'state')];
    const own = state.label.filter((line) => !everywhere.includes(line));
    const lines = [...(own.length === 0 ? [String(state.id)] : own), ...counts, ...state.violated.map((name) => `violates ${name}`)];
    const marks = [fill(state, legend), state.initial ? 'penwidth=3' : state.onPath === true ? 'penwidth=2' : ''].filter((mark) => mark !== '');
    // `\l` ends a line that is set flush left.
    const label = `"${lines.map((line) => `${dotEscape(line)}\\l`).join('')}"`;
    out.push(`  ${state.id} [label=${label}${marks.map((mark) => `, ${mark}`).join('')}];`);
  }
  for (const { edge, labels, onPath } of together(graph)) {
    const shown = labels.length <= MOST_ON_EDGE ? labels : [...labels.slice(0, MOST_ON_EDGE), `and ${labels.length - MOST_ON_EDGE} more`];
    out.push(`  ${edge.from} -> ${edge.to} [label="${shown.map(dotEscape).join('\\n')}"${onPath ? ', penwidth=2.5, color="#b00000"' : ''}];`);
  }
  if (legend.length > 1) {
    out.push('  subgraph cluster_legend {', '    label="colours"; fontname="Courier"; fontsize=10;');
    legend.forEach((text, i) => out.push(`    legend${i} [label=${dotString(text)}, ${fill({ violated: [], colour: text }, legend)}];`));
    out.push('  }');
  }
  return `${[...out, '}'].join('\n')}\n`;
}

function fill({ violated, colour }: Pick<GraphState, 'violated' | 'colour'>, legend: readonly string[]): string {
  if (colour === undefined && violated.length === 0) return '';
  if (colour === undefined || / is false$/.test(colour)) return 'style="rounded,filled", fillcolor="#ffd7d7", color="#b00000"';
  const i = legend.indexOf(colour);
  return `style="rounded,filled", fillcolor="${FILLS[i % FILLS.length]!}", color="${violated.length > 0 ? '#b00000' : BORDERS[Math.floor(i / FILLS.length) % BORDERS.length]!}"`;
}

/** In a grouped graph many steps lead from one box to another: they are one arrow. */
function together(graph: StateGraph): readonly { readonly edge: GraphEdge; readonly labels: readonly string[]; readonly onPath: boolean }[] {
  if (graph.states.every(({ count: n }) => n === undefined)) return graph.edges.map((edge) => ({ edge, labels: [edgeLabel(edge)], onPath: edge.onPath === true }));
  const pairs = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    const key = `${edge.from} ${edge.to}`;
    pairs.set(key, [...(pairs.get(key) ?? []), edge]);
  }
  return [...pairs.values()].map((edges) => ({ edge: edges[0]!, labels: edges.map(edgeLabel), onPath: edges.some(({ onPath }) => onPath === true) }));
}

/** `{ name, complete, states, edges }`, as in `StateGraph`. */
export function graphJson(graph: StateGraph): string {
  const { name, complete, states, edges } = graph;
  return `${JSON.stringify(
    {
      name,
      complete,
      states: states.map(({ id, initial, label, violated, colour, count: n, onPath }) => ({ id, initial, label, violated, ...given({ colour, count: n, onPath }) })),
      edges: edges.map(({ from, to, process, action, onPath }) => ({ from, to, process, action, ...given({ onPath }) })),
    },
    undefined,
    2,
  )}\n`;
}

const given = (values: { readonly [name: string]: unknown }): object => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** GraphML (1.0), as yEd, Gephi and networkx read it: what a state holds and violates are data of its node. */
export function graphml(graph: StateGraph): string {
  const keys = [
    ['label', 'node', 'string'], ['initial', 'node', 'boolean'], ['violated', 'node', 'string'], ['colour', 'node', 'string'], ['count', 'node', 'int'],
    ['process', 'edge', 'string'], ['action', 'edge', 'string'],
  ] as const;
  const data = (key: string, value: string | number | boolean | undefined): string => (value === undefined ? '' : `<data key="${key}">${xml(String(value))}</data>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([name, of, type]) => `  <key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`),
    `  <graph id="${xml(graph.name)}" edgedefault="directed">`,
    ...graph.states.map((s) => `    <node id="n${s.id}">${data('label', s.label.join('\n'))}${data('initial', s.initial)}${data('violated', s.violated.join(' '))}${data('colour', s.colour)}${data('count', s.count)}</node>`),
    ...graph.edges.map((e, i) => `    <edge id="e${i}" source="n${e.from}" target="n${e.to}">${data('process', e.process)}${data('action', e.action)}</edge>`),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
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

// Graphviz knows how wide the letters of Courier are; most fonts of one width have the same.
const FONTS = 'ui-monospace, Menlo, &quot;DejaVu Sans Mono&quot;, &quot;Liberation Mono&quot;, Courier, monospace';

/** Laid out by Graphviz, which is loaded only now (1.5 MB). */
export async function svg(graph: StateGraph): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  return lean(viz.renderString(dot(graph), { format: 'svg' }));
}

/** What Graphviz repeats with each text stands once, at the top. Names and titles of its own (`node7`, `3->4`) tell nothing, and would be there twice in a page of two graphs. */
function lean(text: string): string {
  return text
    .replace(/<!--.*?-->\n?/gs, '')
    .replace(/ (?:id|class)="[^"]*"/g, '')
    .replace(/(<g>\n)<title>[^<]*<\/title>\n/g, '$1')
    .replace(/ xml:space="preserve"| font-family="[^"]*"| font-size="10\.00"/g, '')
    .replace('<svg ', `<svg font-family="${FONTS}" font-size="10" xml:space="preserve" `);
}

const edgeLabel = (edge: GraphEdge): string => (edge.process === '' ? edge.action : `${edge.process} ${edge.action}`);

const dotEscape = (text: string): string => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\r?\n/g, '\\l').replace(/\p{Cc}/gu, ' ');

const dotString = (text: string): string => `"${dotEscape(text)}"`;

/** The format knows no escapes: quotes and line breaks are replaced. */
const autString = (text: string): string => `"${text.replace(/"/g, "'").replace(/\p{Cc}/gu, ' ')}"`;
