// The verdicts of temporal properties after a search that found every state: the graph is made once, then each property is decided on it.

import { assert, unreachable } from '../../base/unreachable.js';
import type { LevelBounds, Task } from '../crew.js';
import type { Piece } from '../expander.js';
import type { Kernel } from '../kernel.js';
import { compareStates, type StateSpace } from '../space.js';
import { isOutOfMemory, Stop, type Waiting } from '../stop.js';
import type { Reason, Verdict } from '../verdict.js';
import { Decider, searchBytes, type Decision } from './decide.js';
import { fillGraph, graphBytes, graphIn, shareGraph } from './edges.js';
import type { LivenessGraph } from './graph.js';
import type { TemporalPlan } from './plan.js';

/** What the search lends. */
export interface Searched {
  readonly kernel: Kernel;
  readonly space: StateSpace;
  /** For each property: whether it is looked at. */
  readonly chosen: readonly boolean[];
  /** All states, as if they were one level. */
  readonly states: LevelBounds;
  /** How many of the first worker's first states are initial. */
  readonly initial: number;
  /** Successors of all states, duplicates included. */
  readonly generated: number;
  /** The verdict of a property that nothing violates. */
  readonly holding: Verdict;
  /** For each level its states. */
  readonly levels: readonly LevelBounds[];
  /** What the graph and the searches in it may take. */
  readonly maxBytes: number;
  /** Told what they would take, when that is more than there is. */
  needed(bytes: number): void;
  /** Told what they take. */
  reserved(bytes: number): void;
  /** Throws Stop. */
  poll(): void;
  violated(property: number): void;
  /** `own` does for the pieces that this thread gets what the task lets other threads do for theirs. */
  everywhere<T>(bounds: LevelBounds, task: Task, own: (pieces: Iterable<Piece>) => T): Waiting<T>;
  /** For each target the smallest state of the level that leads to it. */
  predecessors(level: number, targets: readonly Int32Array[]): Waiting<readonly (Int32Array | undefined)[]>;
}

export function* temporalVerdicts(searched: Searched): Waiting<ReadonlyMap<number, Verdict>> {
  const verdicts = new Map<number, Verdict>();
  const { kernel, space, chosen } = searched;
  const properties = kernel.temporal?.plan.properties ?? [];
  const asked = properties.filter(({ property }) => chosen[property]);
  let undecided: Reason = 'interrupted';
  try {
    const graph = asked.length === 0 ? undefined : yield* graphOf(searched, kernel.temporal!.plan);
    if (graph === undefined) undecided = 'memory';
    else {
      const decider = new Decider(kernel, space, graph, searched.maxBytes - bytesOf(searched, kernel.temporal!.plan), searched.poll);
      for (const { property, obligations } of asked) {
        const verdict = yield* verdictOf(searched, decider.decide(obligations));
        if (verdict.kind === 'violated') searched.violated(property);
        verdicts.set(property, verdict);
      }
    }
  } catch (error) {
    if (error instanceof Stop) undecided = error.reason;
    else if (isOutOfMemory(error)) undecided = 'memory';
    else throw error;
  }
  for (const { property } of asked) if (!verdicts.has(property)) verdicts.set(property, { kind: 'undecided', reason: undecided });
  // Nothing is said of left sides of `~>` that nobody looked at.
  for (const { property, obligations } of properties) {
    if (verdicts.get(property)?.kind === 'holds') continue;
    for (const o of obligations) if (o.kind === 'leads-to' && o.site !== undefined) kernel.coverage.antecedents[o.site] = 1;
  }
  return verdicts;
}

const sizeOf = ({ space, states }: Searched): number => Math.max(...states.to.map((count, worker) => space.cursor(worker, count).next));

/** What the graph, and a search in it, takes. */
function bytesOf(searched: Searched, plan: TemporalPlan): number {
  const size = sizeOf(searched);
  return graphBytes(size, searched.generated, plan.actions.length) + searchBytes(size);
}

/** Undefined when it does not fit into memory. */
function* graphOf(searched: Searched, plan: TemporalPlan): Waiting<LivenessGraph | undefined> {
  const { kernel, space, states, generated, poll } = searched;
  const bytes = bytesOf(searched, plan);
  if (bytes > searched.maxBytes) {
    searched.needed(bytes);
    return undefined;
  }
  searched.reserved(bytes);
  const shared = shareGraph(sizeOf(searched), generated, space.workers, plan.actions.length);
  yield* searched.everywhere(states, { kind: 'graph', space: space.handle, bounds: states, graph: shared }, (pieces) => fillGraph(kernel, space, pieces, shared, poll));
  // The first level was inserted by the leader alone, in the order of the kernel.
  return graphIn(shared, plan, Array.from({ length: searched.initial }, (_, i) => space.idOf(0, i)));
}

function* verdictOf(searched: Searched, decision: Decision): Waiting<Verdict> {
  switch (decision.kind) {
    case 'holds':
      return searched.holding;
    case 'too-large':
      return { kind: 'undecided', reason: decision.what === 'memory' ? 'memory' : 'unsupported' };
    case 'unevaluable':
      return { kind: 'violated', trace: { states: yield* pathTo(searched, decision.states), end: 'state' } };
    case 'violated': {
      const { stem, loop } = decision.lasso;
      const back = loop.length === 1 ? [] : [loop[0]!];
      const states = [...stem, ...loop, ...back].map((id) => new Uint32Array(searched.space.copy(id)));
      const { obligation, remedy } = decision;
      return { kind: 'violated', trace: { states, end: 'state', loopStart: stem.length, obligation, ...(remedy === undefined ? {} : { remedy }) } };
    }
    default:
      return unreachable(decision);
  }
}

/** To the smallest of the states in the first level that has one, by the smallest predecessors. */
function* pathTo({ space, levels, predecessors }: Searched, ids: readonly number[]): Waiting<readonly Uint32Array[]> {
  const levelOf = (id: number): number => {
    const { worker, local } = space.placeOf(id);
    return 1 + levels.findIndex((bounds) => local < bounds.to[worker]!);
  };
  const level = ids.reduce((least, id) => Math.min(least, levelOf(id)), Infinity);
  const candidates = ids.filter((id) => levelOf(id) === level).map((id) => space.copy(id));
  const path = [candidates.reduce((a, b) => (compareStates(a, 0, b, 0, a.length) <= 0 ? a : b))];
  for (let before = level - 1; before >= 1; before--) {
    const [found] = yield* predecessors(before, [path[0]!]);
    assert(found !== undefined, 'a state that was reached has a predecessor');
    path.unshift(found);
  }
  return path.map((state) => new Uint32Array(state));
}
