// What is observed of a model, against the interpreter's own trails: whatever a run shows there, event by event, is a behaviour here. (The
// other way round it is not so: here calls may come earlier and returns later.) And ghosts, which watch only, change nothing.

import { expect, test } from 'vitest';
import { compile } from '../../src/compile.js';
import { showValue } from '../../src/core/value.js';
import { nullable } from '../../src/core/type.js';
import { automatonOf } from '../../src/diff/behaviour/automaton.js';
import { labelledGraph, type LabelledGraph } from '../../src/diff/behaviour/graph.js';
import { compareBehaviours } from '../../src/diff/behaviour/inclusion.js';
import type { ObservedEvent } from '../../src/diff/result.js';
import { evaluate } from '../../src/model/evaluate.js';
import { interpreterOf, type Interpreter, type Trail } from '../../src/model/interpret.js';
import type { Layout } from '../../src/model/layout.js';
import type { Model } from '../../src/model/model.js';
import type { State } from '../../src/model/state.js';
import { loaderWith } from '../support/check-spec.js';

interface Compiled {
  readonly model: Model;
  readonly layout: Layout;
}

function compiled(text: string, file = 'spec.heddle', check?: string): Compiled {
  const { model, layout, diagnostics } = compile({ entry: { path: file, text }, loader: loaderWith(), ...(check === undefined ? {} : { check }) });
  if (model === undefined || layout === undefined) throw new Error(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'));
  return { model, layout };
}

const graphOf = (model: Model): LabelledGraph => {
  const graph = labelledGraph(model, 1_000_000);
  if (typeof graph === 'string') throw new Error(graph);
  return graph;
};

function eventsOf({ index, environment }: Interpreter, pid: number, last: Trail | undefined): readonly ObservedEvent[] {
  const events: ObservedEvent[] = [];
  for (let t = last; t !== undefined; t = t.before) {
    const node = index.family(pid).nodes[t.node]!;
    if ((node.op !== 'call' && node.op !== 'return') || !index.family(pid).frames[node.callee]!.observable) continue;
    const env = environment(t.state, { pid });
    const value = (e: Parameters<typeof evaluate>[0]): string => showValue(e.type.kind === 'ref' ? nullable(e.type) : e.type, evaluate(e, env));
    const base = { process: index.instance(pid).name, kind: node.op, procedure: index.family(pid).frames[node.callee]!.procedure };
    if (node.op === 'call') events.unshift({ ...base, arguments: Object.fromEntries(node.arguments.map((a) => [a.name, value(a.value)])) });
    else events.unshift(node.value === undefined ? base : { ...base, result: value(node.value) });
  }
  return events;
}

/** The graph of the model as it is, from the interpreter. */
function trailGraph({ model, layout }: Compiled): LabelledGraph {
  const interpreter = interpreterOf(model);
  const ids = new Map<string, number>();
  const states: State[] = [];
  const events: ObservedEvent[] = [];
  const labels = new Map<string, number>();
  const edges: [number, number, number][] = [];
  let between = 1_000_000;
  const idOf = (state: State): number => {
    const key = layout.encode(state).join(' ');
    const id = ids.get(key) ?? states.length;
    if (id === states.length) {
      ids.set(key, id);
      states.push(state);
    }
    return id;
  };
  const labelOf = (event: ObservedEvent): number => {
    const key = JSON.stringify(event);
    const label = labels.get(key) ?? events.push(event);
    labels.set(key, label);
    return label;
  };
  const initial = [...interpreter.initial()].flatMap((o) => (o.kind === 'next' ? [idOf(o.state)] : []));
  for (let id = 0; id < states.length; id++) {
    for (const pid of model.instances.keys()) {
      for (const outcome of interpreter.steps(states[id]!, pid)) {
        if (outcome.kind === 'error') continue;
        let from = id;
        const passed = eventsOf(interpreter, pid, outcome.trail);
        const to = idOf(outcome.state);
        passed.forEach((event, i) => {
          const next = i + 1 === passed.length ? to : between++;
          edges.push([from, labelOf(event), next]);
          from = next;
        });
        if (passed.length === 0) edges.push([id, 0, to]);
      }
    }
  }
  const numbers = new Map([...new Set([...states.keys(), ...edges.flatMap(([a, , b]) => [a, b])])].map((s, i) => [s, i]));
  const sorted = edges.map(([a, l, b]) => [numbers.get(a)!, l, numbers.get(b)!] as const).sort((x, y) => x[0] - y[0]);
  const offsets = new Int32Array(numbers.size + 1);
  for (const [from] of sorted) offsets[from + 1]!++;
  for (let s = 0; s < numbers.size; s++) offsets[s + 1]! += offsets[s]!;
  return { states: numbers.size, initial: [...new Set(initial)].map((s) => numbers.get(s)!), offsets, targets: Int32Array.from(sorted, (e) => e[2]), labels: Int32Array.from(sorted, (e) => e[1]), events };
}

const NESTED = `
enum Errno { OK, EBUSY, EINVAL }
pool Cb[2] { used: bool = false }
var slot: Cb? = null
var busy: bool = false
var irqs: bool = true
ghost var seen: [0..1 -> 0..3] = 0
observable procedure unset(): bool {
  slot := null
  return slot == null
}
observable procedure set(n: 0..1): Errno {
  var old: bool
  var cb: Cb?
  old := xchg(busy, true)
  if old { return EBUSY }
  defer release()
  cb := new? Cb
  if cb == null { return EINVAL }
  slot := cb
  if seen[n] < 3 { seen[n] := seen[n] + 1 }
  assert seen[0] <= 3 as Few
  return OK
}
procedure release() { busy := false }
observable atomic procedure toggle(): bool { irqs := !irqs  return irqs }
process task(i in 0..1) {
  var left: 0..2 = 2
  while left > 0 {
    either { set(i) } or { unset() } or { atomic { toggle()  unset() } }
    left := left - 1
  }
}
process irq interrupts task[0] {
  await irqs && slot != null
  unset()
}
`;

test('whatever a run shows is a behaviour: nested calls, defers, atomic blocks, interrupts, objects', () => {
  const spec = compiled(NESTED);
  expect(compareBehaviours(automatonOf(graphOf(spec.model)), automatonOf(trailGraph(spec))).gained.kind).toBe('none');
});

const series = (name: string): Compiled => {
  const file = `specs/async_cb/${name}.heddle`;
  return compiled(loaderWith().open(file).text, file, 'quick');
};

test('whatever a run of lock shows is a behaviour', () => {
  const spec = series('lock');
  expect(compareBehaviours(automatonOf(graphOf(spec.model)), automatonOf(trailGraph(spec))).gained.kind).toBe('none');
});

test('without the lock, a call that is made beside another one returns -EBUSY', () => {
  const { gained, lost, newResults } = compareBehaviours(automatonOf(graphOf(series('lock').model)), automatonOf(graphOf(series('v1').model)));
  expect([gained.kind, lost.kind]).toEqual(['found', 'found']);
  const busy = newResults.find((r) => r.procedure === 'op_set_callback' && r.result === 'EBUSY');
  expect(busy?.events.map((e) => e.kind)).toEqual(['call', 'call', 'return']);
});

test('ghosts change nothing', () => {
  const without = NESTED.split('\n').filter((line) => !line.includes('seen')).join('\n');
  const { gained, lost } = compareBehaviours(automatonOf(graphOf(compiled(NESTED).model)), automatonOf(graphOf(compiled(without).model)));
  expect([gained.kind, lost.kind]).toEqual(['none', 'none']);
});
