// Whether a local of a process can still be read where the process stands: one that cannot is reset, so that to change it is to change
// nothing. Only what a look straight ahead tells; where it depends on the way that a process goes, the oracle does not know.

import { children, type Node } from '../../../src/ast/children.js';
import type { Expr, Stmt } from '../../../src/ast/nodes.js';
import { macroOf, nameOf, type Spec } from './spec.js';
import type { ProcessState } from './state.js';

export type Liveness = 'live' | 'dead' | 'unknown';

const mentions = (n: Node, name: string): boolean => {
  const isIt = n.category === 'expr' && n.node.kind === 'name' && n.node.name.text === name;
  const isHidden = n.category === 'statement' && n.node.kind === 'with' && n.node.name.text === name;
  return isIt || (!isHidden && children(n).some((c) => mentions(c, name)));
};
const inExpr = (e: Expr, name: string): boolean => mentions({ category: 'expr', node: e }, name);

/** What comes next for the variable in the statement; undefined: nothing, and the statement goes on to the next. */
function inStatement(spec: Spec, s: Stmt, name: string): Liveness | undefined {
  switch (s.kind) {
    case 'assign': {
      const indices = s.targets.filter((t) => nameOf(t) !== name);
      if ([...s.values, ...indices].some((e) => inExpr(e, name))) return s.values.some((v) => v.kind === 'call') ? 'unknown' : 'live';
      return indices.length < s.targets.length ? 'dead' : undefined;
    }
    case 'await':
    case 'rest':
      return inExpr(s.condition, name) ? 'live' : undefined;
    case 'skip':
      return undefined;
    case 'loop':
      return inList(spec, s.body.statements, name) ?? 'dead';
    case 'call':
      if (macroOf(spec, s) !== undefined) return inList(spec, spec.code.expansion(spec, s), name);
      break;
    case 'atomic':
      return inList(spec, s.body.statements, name);
    case 'break':
    case 'continue':
    case 'goto':
    case 'return':
      return 'unknown';
    default:
  }
  const jumps = (n: Node): boolean => (n.category === 'statement' && ['break', 'continue', 'goto', 'return'].includes(n.node.kind)) || children(n).some(jumps);
  const node: Node = { category: 'statement', node: s };
  return mentions(node, name) || jumps(node) ? 'unknown' : undefined;
}

function inList(spec: Spec, list: readonly Stmt[], name: string): Liveness | undefined {
  for (const s of list) {
    const found = inStatement(spec, s, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Of a local of the frame, where the process stands. Properties do not read it. */
export function livenessOf(spec: Spec, { todo, frames }: ProcessState, frame: number, name: string): Liveness {
  const isAliased = frames.some((f) => Object.values(f.aliases).some(({ root, name: n }) => root.of === 'local' && n === name));
  if (isAliased || frames.some((f) => f.deferred.length > 0)) return 'unknown';
  for (const next of [...todo].reverse()) {
    if (!('frame' in next) || next.frame !== frame) continue;
    if (next.do === 'list') {
      const found = inList(spec, spec.code.lists.at(next.list).slice(next.next), name);
      if (found !== undefined) return found;
    } else if (next.do === 'again' || next.do === 'test') {
      const loop = spec.code.loops.at(next.loop);
      const found = inStatement(spec, loop, name);
      if (found !== undefined) return found;
    } else if (next.do !== 'return') return 'unknown';
  }
  return 'dead';
}
