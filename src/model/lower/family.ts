// From a raw graph to the model's family: where the process starts, which nodes can be reached, where dead locals are reset, and the
// numbers of locations and nodes.

import type { Instance, Process } from '../../analysis/program.js';
import type { Pool, Variable } from '../../core/expr.js';
import { mentionsPool } from '../../core/type.js';
import type { Family, FamilyLocal, ModelLocation, Node } from '../model.js';
import { buildBody, stepName } from './build.js';
import { makeBuilder, type LowerOptions, type Sites } from './builder.js';
import { joinFirstStart } from './join.js';
import { accessesOf, diesBetween, hasBit, livenessOf } from './liveness.js';
import { redirect, successorsOf, type Boundary, type Graph, type RawNode } from './raw.js';

export interface LoweredFamily {
  readonly family: Family;
  /** For each location the procedure or process in whose text it stands. */
  readonly owners: readonly string[];
  /** Labels of the family that name joint steps only, with the body they stand in. */
  readonly joint: readonly { readonly label: string; readonly owner: string }[];
  /** Labels with `+` or `-` of a step that is made together with a choice, or with others. */
  readonly lostMarks: readonly Boundary[];
  /** `rest until` at places where a step cannot begin. */
  readonly misplacedRests: readonly RawNode[];
}

/** Lowers one process; `init` blocks are lowered as processes too, that run once. */
export function lowerFamily(process: Process, instances: readonly Instance[], pools: readonly Pool[], sites: Sites, options: LowerOptions): LoweredFamily {
  const builder = makeBuilder(process, instances, pools, sites, options);
  const { graph } = builder;
  const end = addEnd(graph, process);
  const scope = builder.ownScope(end.enter);
  if (end.reset !== undefined) {
    const node = graph.nodes[end.reset]!;
    if (node.op === 'reset') node.locals = graph.locals.filter((l) => l.frame === 0).map((l) => l.variable);
  }
  const entry = buildBody(builder, process.body, scope, end.enter);
  const start = addStart(graph, process, entry);
  if (end.back !== undefined) redirect(graph.nodes[end.back]!, () => start);
  skipNops(graph);
  dropDeadBranches(graph);
  const live = resetDeadLocals(graph, start, options);
  return finish(process, graph, start, live);
}

/** The end: a location without a step; an interrupt gets fresh locals and goes back to where its next activation begins. */
function addEnd(graph: Graph, process: Process): { readonly enter: number; readonly reset?: number; readonly back?: number } {
  const at = process.at;
  if (!process.isInterrupt) {
    const done: Boundary = { op: 'boundary', name: 'done', fairness: 'none', at, owner: process.name, frame: 0, next: -1 };
    return { enter: graph.nodes.push(done) - 1 };
  }
  const back = graph.nodes.push({ op: 'nop', at, frame: 0, next: 0 }) - 1;
  const reset = graph.nodes.push({ op: 'reset', locals: [], fresh: true, at, frame: 0, next: back }) - 1;
  return { enter: reset, reset, back };
}

/** Location 0. An interrupt rests at one that nothing in its body comes back to. */
function addStart(graph: Graph, process: Process, entry: number): number {
  const { nodes } = graph;
  let first = entry;
  for (let node = nodes[first]!; node.op === 'nop'; node = nodes[first]!) first = node.next;
  if (nodes[first]!.op === 'boundary' && !process.isInterrupt) return first;
  const met = new Set<Boundary>();
  const joined = joinFirstStart(graph, first, met);
  const starts = [...met].filter((b) => b.next >= 0);
  const only = starts.length === 1 ? starts[0]! : undefined;
  // Where locals decide whether the process begins at a rest, it may stand still for ever with some of their values only: they are a step of
  // their own then.
  const rests = starts.map((b) => restsAt(graph, b).length > 0);
  if (rests.includes(true) && rests.includes(false) && !process.isInterrupt) return nodes.push(startAt(process, undefined, first)) - 1;
  if (only === undefined) starts.forEach((b) => graph.joint.add(b));
  return nodes.push(startAt(process, only, joined)) - 1;
}

function startAt(process: Process, only: Boundary | undefined, next: number): Boundary {
  const statement = process.body.statements[0];
  const at = only?.at ?? statement?.at ?? process.at;
  return {
    op: 'boundary',
    name: only?.name ?? stepName({ owner: process.name }, at),
    ...(only?.label === undefined ? {} : { label: only.label }),
    fairness: only?.fairness ?? process.fairness,
    at,
    owner: only?.owner ?? process.name,
    frame: 0,
    next,
  };
}

function skipNops({ nodes }: Graph): void {
  const target = (id: number): number => {
    let to = id;
    for (let node = nodes[to]!; node.op === 'nop'; node = nodes[to]!) to = node.next;
    return to;
  };
  for (const node of nodes) if (node.op !== 'nop') redirect(node, target);
}

const waitsForEver = (node: RawNode): boolean => node.op === 'await' && node.condition.op === 'const' && node.condition.value === false;

/** Branches of a choice that begin with `await false` (a constant switched them off) are no branches. */
function dropDeadBranches({ nodes }: Graph): void {
  for (const node of nodes) if (node.op === 'either') node.branches = node.branches.filter((to) => !waitsForEver(nodes[to]!));
}

function reachable({ nodes }: Graph, start: number): readonly number[] {
  const seen = new Set<number>([start]);
  for (const id of seen) if (!waitsForEver(nodes[id]!)) for (const to of successorsOf(nodes[id]!)) seen.add(to);
  return [...seen];
}

/** Nodes from which some way leads to the end of a step, an error apart. */
function waysThrough({ nodes }: Graph, ids: readonly number[]): ReadonlySet<number> {
  const through = new Set(ids.filter((id) => nodes[id]!.op === 'boundary'));
  for (let before = -1; before !== through.size; ) {
    before = through.size;
    for (const id of ids.toReversed()) if (!waitsForEver(nodes[id]!) && successorsOf(nodes[id]!).some((to) => through.has(to))) through.add(id);
  }
  return through;
}

type LiveAt = (local: number, boundary: number) => boolean;

/** Puts a reset on each edge behind which a local can no longer be read; says which locals matter at which boundary. */
function resetDeadLocals(graph: Graph, start: number, options: LowerOptions): LiveAt {
  const { nodes, locals } = graph;
  const resets = options.resetDead !== false;
  const variables = locals.map((l) => l.variable);
  const always = new Set(locals.filter((l) => l.kept === 'always').map((l) => l.variable));
  const { before, writes } = livenessOf(nodes, variables, always);
  const mayReset = locals.map((l) => l.kept === 'live' && (resets || mentionsPool(l.variable.type)));
  for (const id of reachable(graph, start)) {
    const node = nodes[id]!;
    if (node.op === 'reset') continue;
    redirect(node, (to) => {
      const dead = diesBetween(before[id]!, writes[id]!, before[to]!).filter((i) => mayReset[i]).map((i) => variables[i]!);
      return dead.length === 0 ? to : nodes.push({ op: 'reset', locals: dead, at: node.at, frame: node.frame, next: to }) - 1;
    });
  }
  // A local that is dead holds its reset value: a call need not make it anew.
  if (resets) {
    for (const node of nodes) {
      redirect(node, (to) => {
        let next = to;
        for (let n = nodes[next]!; n.op === 'reset' && n.fresh && n.opening; n = nodes[next]!) next = n.next;
        return next;
      });
    }
  }
  const inFrame = (frame: number | undefined, wanted: number): boolean =>
    frame !== undefined && (frame === wanted || inFrame(graph.frames[frame]!.caller, wanted));
  return (local, boundary) => {
    const { kept, frame } = locals[local]!;
    // At the first boundary of a call the frame is still the caller's, but its parameters have their values.
    if (kept === 'frame') return inFrame(graph.nodes[boundary]!.frame, frame) || hasBit(before[boundary]!, local);
    return !mayReset[local] || hasBit(before[boundary]!, local);
  };
}

function finish(process: Process, graph: Graph, start: number, live: LiveAt): LoweredFamily {
  const ids = reachable(graph, start);
  const boundaries = ids.filter((id) => graph.nodes[id]!.op === 'boundary');
  const locationOf = new Map(boundaries.map((id, i) => [id, i]));
  const inner = ids.filter((id) => !locationOf.has(id));
  // A stop for each location first, then the nodes.
  const number = new Map<number, number>([...boundaries.map((id, i) => [id, i] as const), ...inner.map((id, i) => [id, boundaries.length + i] as const)]);
  const renumber = (id: number): number => number.get(id)!;
  const nodes: Node[] = boundaries.map((id, location) => ({ op: 'stop', location, at: graph.nodes[id]!.at, frame: graph.nodes[id]!.frame }));
  const ends = waysThrough(graph, ids);
  for (const id of inner) {
    const node = { ...graph.nodes[id]! };
    // What a constant switched off is no site: nobody expects it to be reached.
    if (!ends.has(id) && 'site' in node) delete node.site;
    // What follows an `await false` was not reached, so it has no number.
    redirect(node, (to) => number.get(to) ?? 0);
    nodes.push(strip(node));
  }
  markGhostLocals(graph, inner);
  const rests = boundaries.map((id) => restsAt(graph, graph.nodes[id] as Boundary));
  const seenRests = new Set(rests.flat());
  const owners = boundaries.map((id) => (graph.nodes[id] as Boundary).owner);
  const locations = boundaries.map((id, i): ModelLocation => {
    const b = graph.nodes[id] as Boundary;
    // An activation that has begun goes on as a fair process does.
    const goesOn = process.isInterrupt && i > 0 && b.mark === undefined;
    return {
      name: b.name,
      ...(b.label === undefined ? {} : { label: b.label }),
      at: b.at,
      frame: b.frame,
      ...(b.next < 0 ? {} : { entry: renumber(b.next) }),
      rests: b.next < 0 || rests[i]!.length > 0 || (process.isInterrupt && i === 0),
      fairness: goesOn ? 'weak' : b.fairness,
    };
  });
  const touched = new Set(inner.flatMap((id) => {
    const { reads, writes } = accessesOf(graph.nodes[id]!);
    return [...reads, ...writes];
  }));
  const locals = graph.locals.flatMap((l, i): FamilyLocal[] => {
    const liveAt = [...boundaries.keys()].filter((location) => live(i, boundaries[location]!));
    return liveAt.length > 0 || touched.has(l.variable) ? [{ variable: l.variable, initial: l.initial, reset: l.reset, liveAt }] : [];
  });
  const reached = new Set(boundaries.map((id) => graph.nodes[id] as Boundary));
  return {
    family: {
      name: process.name,
      at: process.at,
      fairness: process.fairness,
      ...(process.parameter === undefined ? {} : { parameter: process.parameter }),
      isInterrupt: process.isInterrupt,
      locals,
      frames: graph.frames,
      nodes,
      locations,
    },
    owners,
    lostMarks: process.fairness === 'none' && !process.isInterrupt ? [] : [...graph.joint].filter((b) => b.mark !== undefined && ids.includes(b.next)),
    joint: [...graph.joint].flatMap((b) => (b.label === undefined || reached.has(b) ? [] : [{ label: b.label, owner: b.owner }])),
    misplacedRests: inner.flatMap((id) => (graph.nodes[id]!.rest && !seenRests.has(id) ? [graph.nodes[id]!] : [])),
  };
}

/** A node without the marks of building. */
function strip(node: RawNode): Node {
  const { ghost: _ghost, opening: _opening, rest: _rest, fresh: _fresh, ...rest } = node as RawNode & { op: Node['op'] };
  return rest as Node;
}

/** `rest until` nodes with which the step from a boundary may begin. */
function restsAt({ nodes }: Graph, boundary: Boundary): readonly number[] {
  const rests: number[] = [];
  const seen = new Set<number>();
  const visit = (id: number): void => {
    const node = nodes[id]!;
    if (seen.has(id) || node.op === 'boundary') return;
    seen.add(id);
    if (node.rest) rests.push(id);
    else if (node.op === 'either' || node.op === 'reset' || node.op === 'call' || node.op === 'return' || node.op === 'loop' || node.op === 'nop' || node.ghost || isLocal(node)) {
      successorsOf(node).forEach(visit);
    }
  };
  successorsOf(boundary).forEach(visit);
  return rests;
}

/** Evaluates locals only, so that a wait behind it is still the first thing the step does with the world. */
function isLocal(node: RawNode): boolean {
  if (node.op !== 'assign' && node.op !== 'branch' && node.op !== 'pick') return false;
  const { reads, writes } = accessesOf(node);
  return [...reads, ...writes].every((v) => v.kind !== 'shared');
}

/** Locals that only ghosts read do not hold a freed object's slot: they count as ghosts. */
function markGhostLocals(graph: Graph, inner: readonly number[]): void {
  const readByProgram = new Set<Variable>();
  for (const id of inner) {
    const node = graph.nodes[id]!;
    if (!node.ghost && node.op !== 'call') accessesOf(node).reads.forEach((v) => readByProgram.add(v));
  }
  for (const { variable } of graph.locals) {
    if (mentionsPool(variable.type) && !readByProgram.has(variable)) (variable as { kind: Variable['kind'] }).kind = 'ghost';
  }
}
