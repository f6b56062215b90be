// From a raw graph to the model's family: where the process starts, which nodes can be reached, where dead locals are reset, and the
// numbers of locations and nodes.

import type { Instance, Process } from '../../analysis/program.js';
import type { Pool, Variable } from '../../core/expr.js';
import { mentionsPool } from '../../core/type.js';
import type { Family, FamilyLocal, ModelLocation, Node } from '../model.js';
import { buildBody, stepName } from './build.js';
import { makeBuilder, type LowerOptions, type Sites } from './builder.js';
import { joinFirstStart } from './join.js';
import { addLocal, diesBetween, livenessOf, localsIn, localsInAny, visitAccesses, type Liveness, type Rows } from './liveness.js';
import { redirect, successorsOf, type Boundary, type Graph, type Mutable, type RawLocal, type RawNode } from './raw.js';

export interface LoweredFamily {
  /** Its nodes are the caller's, who works out what `at` and `in` mean. */
  readonly family: Omit<Family, 'nodes'> & { readonly nodes: readonly Mutable<Node>[] };
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
  // What a constant switched off is no site, nor what no instance runs: nobody expects it to be reached.
  const mayBeSites = instances.length > 0 ? waysThrough(graph) : undefined;
  const live = resetDeadLocals(graph, start, options);
  return finish(process, graph, start, live, mayBeSites);
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
  const seen = new Uint8Array(nodes.length);
  const ids = [start];
  seen[start] = 1;
  for (const id of ids) {
    const node = nodes[id]!;
    if (!waitsForEver(node)) for (const to of successorsOf(node)) if (seen[to] === 0) seen[to] = ids.push(to) && 1;
  }
  return ids;
}

/** For each node 1 if some way leads from it to the end of a step, an error apart. */
function waysThrough({ nodes }: Graph): Uint8Array {
  const through = new Uint8Array(nodes.length);
  const goesOn = (to: number): boolean => through[to] === 1;
  // What comes last in the text is built first: but for the way back of loops, one round is enough.
  for (let changed = true; changed; ) {
    changed = false;
    nodes.forEach((node, id) => {
      if (through[id] === 1 || waitsForEver(node) || (node.op !== 'boundary' && !successorsOf(node).some(goesOn))) return;
      through[id] = 1;
      changed = true;
    });
  }
  return through;
}

/** Puts a reset on each edge behind which a local can no longer be read; says which locals matter at which boundary. */
function resetDeadLocals(graph: Graph, start: number, options: LowerOptions): Liveness {
  const { nodes, locals } = graph;
  const resets = options.resetDead !== false;
  const isNeverReset = ({ kept, variable }: RawLocal): boolean => kept === 'always' || (kept === 'live' && !resets && !mentionsPool(variable.type));
  const live = livenessOf(nodes, locals.map((l) => l.variable), new Set(locals.filter(isNeverReset).map((l) => l.variable)));
  for (const id of reachable(graph, start)) if (nodes[id]!.op !== 'reset') resetBehind(graph, id, live);
  keepWithFrames(graph, live.before);
  // A local that is dead holds its reset value: a call need not make it anew.
  if (resets) for (const node of nodes) redirect(node, (to) => behindFresh(nodes, to));
  return live;
}

function resetBehind({ nodes, locals }: Graph, id: number, live: Liveness): void {
  const node = nodes[id]!;
  redirect(node, (to) => {
    const dead = diesBetween(live, id, to).filter((i) => locals[i]!.kept !== 'frame');
    return dead.length === 0 ? to : nodes.push({ op: 'reset', locals: dead.map((i) => locals[i]!.variable), at: node.at, frame: node.frame, next: to }) - 1;
  });
}

function behindFresh(nodes: readonly RawNode[], to: number): number {
  let next = to;
  for (let n = nodes[next]!; n.op === 'reset' && n.fresh && n.opening; n = nodes[next]!) next = n.next;
  return next;
}

/**
 * Locals that are kept as long as their frame lasts matter at each boundary inside it. At the first boundary of a call the frame is still the
 * caller's: there they matter if they are read, as the parameters are.
 */
function keepWithFrames({ nodes, locals, frames }: Graph, before: Rows): void {
  const inFrame = (frame: number | undefined, wanted: number): boolean => frame !== undefined && (frame === wanted || inFrame(frames[frame]!.caller, wanted));
  locals.forEach(({ kept, frame }, i) => {
    if (kept !== 'frame') return;
    nodes.forEach((node, id) => {
      if (node.op === 'boundary' && inFrame(node.frame, frame)) addLocal(before, id, i);
    });
  });
}

function finish(process: Process, graph: Graph, start: number, live: Liveness, mayBeSites: Uint8Array | undefined): LoweredFamily {
  const ids = reachable(graph, start);
  const isBoundary = (id: number): boolean => graph.nodes[id]!.op === 'boundary';
  const inner = ids.filter((id) => !isBoundary(id));
  const stops = ids.filter(isBoundary);
  const boundaries = stops.map((id) => graph.nodes[id] as Boundary);
  const numbers = numbersOf(graph, [...stops, ...inner]);
  const rests = boundaries.map((b) => restsAt(graph, b));
  const seenRests = new Set(rests.flat());
  const reached = new Set(boundaries);
  return {
    family: {
      name: process.name,
      at: process.at,
      fairness: process.fairness,
      ...(process.parameter === undefined ? {} : { parameter: process.parameter }),
      isInterrupt: process.isInterrupt,
      locals: localsOf(graph, live, stops, inner),
      frames: graph.frames,
      nodes: [
        ...boundaries.map(({ at, frame }, location): Mutable<Node> => ({ op: 'stop', at, frame, location })),
        ...nodesOf(graph, inner, mayBeSites, numbers),
      ],
      locations: boundaries.map((b, i) => locationOf(process, b, i, rests[i]!.length > 0, numbers)),
    },
    owners: boundaries.map((b) => b.owner),
    lostMarks: process.fairness === 'none' && !process.isInterrupt ? [] : [...graph.joint].filter((b) => b.mark !== undefined && ids.includes(b.next)),
    joint: [...graph.joint].flatMap((b) => (b.label === undefined || reached.has(b) ? [] : [{ label: b.label, owner: b.owner }])),
    misplacedRests: inner.flatMap((id) => (graph.nodes[id]!.rest && !seenRests.has(id) ? [graph.nodes[id]!] : [])),
  };
}

/** The number that each node gets: its place among those that stay. What follows an `await false` was not reached: any number does. */
function numbersOf({ nodes }: Graph, staying: readonly number[]): Uint32Array {
  const numbers = new Uint32Array(nodes.length);
  staying.forEach((id, i) => (numbers[id] = i));
  return numbers;
}

/** The graph's own nodes, which now lead to the new numbers: from here on it is of no use. */
function nodesOf({ nodes }: Graph, inner: readonly number[], mayBeSites: Uint8Array | undefined, numbers: Uint32Array): readonly Mutable<Node>[] {
  const renumber = (id: number): number => numbers[id]!;
  return inner.map((id) => {
    const node = nodes[id]!;
    if (node.site !== undefined && mayBeSites?.[id] !== 1) delete node.site;
    redirect(node, renumber);
    return node as Mutable<Node>;
  });
}

function locationOf(process: Process, b: Boundary, location: number, mayRest: boolean, numbers: Uint32Array): ModelLocation {
  // An activation that has begun goes on as a fair process does.
  const goesOn = process.isInterrupt && location > 0 && b.mark === undefined;
  return {
    name: b.name,
    ...(b.label === undefined ? {} : { label: b.label }),
    at: b.at,
    frame: b.frame,
    ...(b.next < 0 ? {} : { entry: numbers[b.next]! }),
    rests: b.next < 0 || mayRest || (process.isInterrupt && location === 0),
    fairness: goesOn ? 'weak' : b.fairness,
  };
}

/** Locals that some node touches or that matter somewhere. */
function localsOf(graph: Graph, { before, reads, writes }: Liveness, boundaries: readonly number[], inner: readonly number[]): readonly FamilyLocal[] {
  // Resets that were put in have no rows.
  const acting = inner.filter((id) => graph.nodes[id]!.op !== 'reset');
  const touched = new Set([...localsInAny(reads, acting), ...localsInAny(writes, acting)].map((i) => graph.locals[i]!.variable));
  for (const id of inner) {
    const node = graph.nodes[id]!;
    if (node.op === 'reset') node.locals.forEach((v) => touched.add(v));
  }
  markGhostLocals(graph, reads, acting);
  const liveAt: readonly number[][] = graph.locals.map(() => []);
  boundaries.forEach((id, location) => localsIn(before, id).forEach((i) => liveAt[i]!.push(location)));
  return graph.locals.flatMap(({ variable, initial, reset }, i) => (liveAt[i]!.length > 0 || touched.has(variable) ? [{ variable, initial, reset, liveAt: liveAt[i]! }] : []));
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
  let local = true;
  const look = ({ kind }: Variable): void => void (local &&= kind !== 'shared');
  visitAccesses(node, look, look);
  return local;
}

/** Locals that only ghosts read do not hold a freed object's slot: they count as ghosts. */
function markGhostLocals({ nodes, locals }: Graph, reads: Rows, acting: readonly number[]): void {
  const readByProgram = new Set(localsInAny(reads, acting.filter((id) => !nodes[id]!.ghost && nodes[id]!.op !== 'call')));
  locals.forEach(({ variable }, i) => {
    if (mentionsPool(variable.type) && !readByProgram.has(i)) (variable as { kind: Variable['kind'] }).kind = 'ghost';
  });
}
