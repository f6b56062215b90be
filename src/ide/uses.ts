// Where the names of a file stand and what each of them means, for every feature that begins at a name. Worked out in one walk over the
// tree, scope by scope; nothing is reported, what means nothing has no symbols.

import type { Span } from '../base/span.js';
import type { Shape } from './shape.js';
import type { Sym } from './symbols.js';
import { walkModule } from './walk.js';
import type { Module, World } from './world.js';

/** `declare`: the name's own declaration. `call`: of a procedure or macro, as a statement or value. `refer`: named, neither read nor written. */
export type Access = 'declare' | 'read' | 'write' | 'call' | 'refer';

export interface Use {
  readonly span: Span;
  /** Several where enums share a member, or copies of a label. */
  readonly symbols: readonly Sym[];
  readonly access: Access;
}

/** Names that are known in a part of the text, beyond those at the top. */
export interface Region {
  readonly span: Span;
  readonly names: ReadonlyMap<string, Sym>;
}

export interface Uses {
  /** In the order of the text. */
  readonly list: readonly Use[];
  /** Outer ones before those inside them. */
  readonly regions: readonly Region[];
  /** Of symbols without a written type. */
  readonly inferred: ReadonlyMap<Sym, Shape>;
}

const NONE: Uses = { list: [], regions: [], inferred: new Map() };
const known = new WeakMap<World, { stamp: number; readonly of: Map<Module, Uses | 'under way'> }>();

export function usesIn(world: World, module: Module): Uses {
  let cache = known.get(world);
  if (cache === undefined || cache.stamp !== world.stamp) known.set(world, (cache = { stamp: world.stamp, of: new Map() }));
  const found = cache.of.get(module);
  // Files that import each other in a circle: what has been found so far must do.
  if (found === 'under way') return NONE;
  if (found !== undefined) return found;
  cache.of.set(module, 'under way');
  const uses = walkModule(world, module);
  cache.of.set(module, uses);
  return uses;
}

/** The name at an offset, or the one that ends there. */
export function useAt(uses: Uses, offset: number): Use | undefined {
  const touching = uses.list.filter((u) => u.span.start <= offset && offset <= u.span.end && u.span.end > u.span.start);
  return touching.find((u) => offset < u.span.end) ?? touching[0];
}

/** Local names at an offset; inner ones hide outer ones. */
export function localsAt(uses: Uses, offset: number): ReadonlyMap<string, Sym> {
  const found = new Map<string, Sym>();
  for (const r of uses.regions) if (r.span.start <= offset && offset <= r.span.end) for (const [name, symbol] of r.names) found.set(name, symbol);
  return found;
}
