// The atomic steps of a model by the places where they begin, with what each reads and writes: read off the guarded steps themselves.

import type { Location, SourceFile } from '../base/span.js';
import type { Expr } from '../core/expr.js';
import { subexpressions } from '../core/walk.js';
import type { Family, Model } from '../model/model.js';
import { nodeExpressions, nodePlaces, nodeSuccessors } from '../model/node.js';

export interface Step {
  /** Its label, else `procedure:line`. */
  readonly name: string;
  readonly at: Location;
  readonly process: string;
  /** Shared variables and fields. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** It waits for something. */
  readonly waits: boolean;
  /** How many copies of it there are: places where its procedure was inlined. */
  readonly copies: number;
}

const known = new WeakMap<Model, ReadonlyMap<string, Step>>();

/** Steps that begin in a file, by the offset of their first statement. */
export function stepsIn(model: Model, file: SourceFile): ReadonlyMap<number, Step> {
  let all = known.get(model);
  if (all === undefined) known.set(model, (all = stepsOf(model)));
  return new Map([...all.values()].flatMap((s) => (s.at.file.path === file.path ? [[s.at.start, s]] : [])));
}

function stepsOf(model: Model): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>();
  for (const family of model.families) {
    for (const location of family.locations) {
      if (location.entry === undefined) continue;
      const key = `${location.at.file.path}:${location.at.start}`;
      const before = steps.get(key);
      const found = accesses(family, location.entry);
      const join = (a: readonly string[], b: ReadonlySet<string>): readonly string[] => [...new Set([...a, ...b])];
      steps.set(key, {
        name: location.name,
        at: location.at,
        process: family.name,
        reads: join(before?.reads ?? [], found.reads),
        writes: join(before?.writes ?? [], found.writes),
        waits: (before?.waits ?? false) || found.waits,
        copies: (before?.copies ?? 0) + 1,
      });
    }
  }
  return steps;
}

/** Follows a step from its entry to its stops. */
function accesses(family: Family, entry: number): { readonly reads: ReadonlySet<string>; readonly writes: ReadonlySet<string>; readonly waits: boolean } {
  const reads = new Set<string>();
  const writes = new Set<string>();
  let waits = false;
  const seen = new Set<number>();
  const read = (e: Expr): void => {
    if (e.op === 'var' && e.variable.kind !== 'local') reads.add(e.variable.name);
    if (e.op === 'load') reads.add(e.variable.name);
    if (e.op === 'live' || e.op === 'alive') reads.add(e.pool.name);
    subexpressions(e).forEach(read);
  };
  const todo = [entry];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const node = family.nodes[next]!;
    if (node.op === 'await') waits = true;
    nodeExpressions(node).forEach(read);
    for (const { variable } of nodePlaces(node)) if (variable.kind !== 'local') writes.add(variable.name);
    if (node.op === 'new' || node.op === 'free') writes.add(node.pool.name);
    todo.push(...nodeSuccessors(node));
  }
  return { reads, writes, waits };
}
