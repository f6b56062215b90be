// State graphs for other tools.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { aut, dot, graphJson, graphml, graphRefusal, svg, type StateGraph } from '../../src/report/graph.js';

const graph: StateGraph = {
  name: 'a "quoted" spec',
  complete: true,
  states: [
    { id: 7, initial: true, label: ['x = 0', 's = "a\\b"'], violated: [] },
    { id: 3, initial: false, label: ['x = 1'], violated: ['Small'] },
  ],
  edges: [
    { from: 7, to: 3, process: 'p[0]', action: 'say "hi"' },
    { from: 3, to: 7, process: 'p[1]', action: 'back' },
  ],
};

test('dot escapes what it quotes', () => {
  expect(dot(graph)).toMatchInlineSnapshot(`
    "digraph "a \\"quoted\\" spec" {
      rankdir=TB;
      node [shape=box, style=rounded, fontname="Courier", fontsize=10];
      edge [fontname="Courier", fontsize=9];
      7 [label="x = 0\\ls = \\"a\\\\b\\"\\l", penwidth=3];
      3 [label="x = 1\\lviolates Small\\l", style="rounded,filled", fillcolor="#ffd7d7", color="#b00000"];
      7 -> 3 [label="p[0] say \\"hi\\""];
      3 -> 7 [label="p[1] back"];
    }
    "
  `);
});

test('what all states show stands once, below; the box of a fault does not count', () => {
  const same = ['irqs = {}', 'x = 0'];
  const states = [0, 1, 2].map((id) => ({ id, initial: id === 0, label: [...same, `at p = ${id}`], violated: [] }));
  const text = dot({ ...graph, states: [...states, { id: 3, initial: false, label: ['x is read after it was freed'], violated: ['UAF'] }], edges: [] });
  expect(text.match(/irqs = \{\}/g)).toHaveLength(1);
  expect(text).toContain('label="in every state:\\lirqs = {}\\lx = 0\\l"');
  expect(text).toContain('2 [label="at p = 2\\l"]');
  expect(text).toContain('3 [label="x is read after it was freed\\lviolates UAF\\l"');
});

test('states that differ in nothing that is shown have their numbers', () => {
  const text = dot({ ...graph, states: [0, 1].map((id) => ({ id, initial: false, label: ['x = 0', 'at p = a'], violated: [] })), edges: [] });
  expect(text).toContain('1 [label="1\\l"]');
});

test('aut numbers states from 0 and has no quotes in labels', () => {
  expect(aut(graph)).toMatchInlineSnapshot(`
    "des (0, 2, 2)
    (0, "p[0] say 'hi'", 1)
    (1, "p[1] back", 0)
    "
  `);
});

test('aut adds one state before several initial ones', () => {
  const two = { ...graph, states: graph.states.map((state) => ({ ...state, initial: true })) };
  expect(aut(two)).toMatchInlineSnapshot(`
    "des (0, 4, 3)
    (0, "init", 1)
    (0, "init", 2)
    (1, "p[0] say 'hi'", 2)
    (2, "p[1] back", 1)
    "
  `);
});

test('json is the graph as it is', () => {
  expect(JSON.parse(graphJson(graph))).toEqual(graph);
});

test('a graph that nobody could read is refused, with advice', () => {
  expect(graphRefusal(2000, true)).toBeUndefined();
  expect(graphRefusal(184_302, true)).toBe(
    'The graph has 184,302 states; one of more than 2,000 cannot be read. Make it smaller with a constant (--const N=1), put states together (--group-by EXPR), draw only the way to a violation (--violation NAME), or only the beginning (--max-states 200).',
  );
  expect(graphRefusal(2001, false)).toContain('more than 2,000 states');
});

test('svg is laid out by Graphviz', async () => {
  const text = await svg(graph);
  expect(text).toContain('<svg');
  expect(text).toContain('violates Small');
  expect(text.match(/font-family/g)).toHaveLength(1);
  expect(text).not.toMatch(/<!-- | id=| class=/);
});

test('GraphML is well formed, and every edge has its ends', () => {
  const text = graphml({ ...graph, name: 'a <b> & "c"', states: graph.states.map((s) => ({ ...s, count: 3, colour: '<x>' })) });
  expect(XMLValidator.validate(text)).toBe(true);
  const parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' }).parse(text) as { graphml: { key: { '@id': string }[]; graph: { node: { '@id': string; data: { '@key': string }[] }[]; edge: { '@source': string; '@target': string }[] } } };
  const nodes = parsed.graphml.graph.node.map((n) => n['@id']);
  expect(nodes).toEqual(['n7', 'n3']);
  for (const edge of parsed.graphml.graph.edge) expect([nodes.includes(edge['@source']), nodes.includes(edge['@target'])]).toEqual([true, true]);
  const keys = parsed.graphml.key.map((k) => k['@id']);
  for (const { data } of parsed.graphml.graph.node) expect(data.every((d) => keys.includes(d['@key']))).toBe(true);
});

test('colours have a legend; between groups there is one arrow', () => {
  const coloured: StateGraph = {
    ...graph,
    states: [
      { id: 0, initial: true, label: ['x = 0'], violated: [], colour: 'p at a', count: 2 },
      { id: 1, initial: false, label: ['x = 1'], violated: ['Small'], colour: 'p at b', count: 1 },
    ],
    edges: Array.from({ length: 7 }, (_, i) => ({ from: 0, to: 1, process: `p[${i}]`, action: 'go', ...(i === 0 ? { onPath: true } : {}) })),
  };
  const text = dot(coloured);
  expect(text.match(/->/g)).toHaveLength(1);
  expect(text).toContain('and 2 more');
  expect(text).toContain('penwidth=2.5');
  expect(text).toContain('2 states');
  expect(text).toContain('legend1 [label="p at b"');
});
