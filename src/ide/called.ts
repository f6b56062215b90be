// Which procedures, macros and defs a body calls, read off what is written.

import type { Expr, Path } from '../ast/nodes.js';
import type { Span } from '../base/span.js';
import { resolvePath } from './shape.js';
import { keyOf, nodesIn, type Sym } from './symbols.js';
import { moduleOf, visible, type World } from './world.js';

export interface CallSite {
  readonly target: Sym;
  /** The callee's name. */
  readonly at: Span;
}

/** Calls inside of a declaration, in the order of the text. What an abstract procedure is given by counts as called where the file knows it. */
export function callsOf(world: World, caller: Sym): readonly CallSite[] {
  const module = moduleOf(caller.file);
  const { declaration } = caller;
  if (declaration === undefined) return [];
  const found: CallSite[] = [];
  for (const n of nodesIn({ category: 'declaration', node: declaration })) {
    if (n.category !== 'expr' || n.node.kind !== 'call') continue;
    const path = pathOf(n.node.callee);
    const target = path && resolvePath(world, module, path).at(-1)?.[0];
    if (target !== undefined && (target.kind === 'procedure' || target.kind === 'macro' || target.kind === 'def')) found.push({ target, at: path!.parts.at(-1)!.span });
  }
  return found;
}

/** Everything that a process calls, directly or not; for abstract procedures also what `from` sees under their name. */
export function reachedFrom(world: World, process: Sym, from: Sym['file']): readonly Sym[] {
  const seen = new Set<string>();
  const found: Sym[] = [];
  const visit = (s: Sym): void => {
    if (seen.has(keyOf(s))) return;
    seen.add(keyOf(s));
    if (s !== process) found.push(s);
    callsOf(world, s).forEach((c) => visit(c.target));
    if (s.isAbstract === true) visible(world, moduleOf(from), s.name).filter((g) => g.kind === 'procedure').forEach(visit);
  };
  visit(process);
  return found;
}

export function pathOf(e: Expr): Path | undefined {
  if (e.kind === 'name') return { parts: [e.name], span: e.span };
  const before = e.kind === 'field' ? pathOf(e.object) : undefined;
  return before && e.kind === 'field' ? { parts: [...before.parts, e.field], span: e.span } : undefined;
}
