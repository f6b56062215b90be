// Generic questions about the nodes of a step: what follows, what is evaluated, what is written.

import { unreachable } from '../base/unreachable.js';
import type { Expr, Place } from '../core/expr.js';
import { pathExpressions } from '../core/walk.js';
import type { Node } from './model.js';

export function nodeSuccessors(node: Node): readonly number[] {
  switch (node.op) {
    case 'branch':
      return [node.then, node.else];
    case 'either':
      return node.branches;
    case 'stop':
      return [];
    default:
      return [node.next];
  }
}

/** The places that the node stores to (`pick` and `reset` name their locals themselves). */
export function nodePlaces(node: Node): readonly Place[] {
  return node.op === 'assign' ? node.targets : node.op === 'new' ? [node.target] : [];
}

/** What is evaluated when the node runs, paths of places included. What calls pass and return is for traces only, and left out. */
export function nodeExpressions(node: Node): readonly Expr[] {
  switch (node.op) {
    case 'assign':
      return [...node.targets.flatMap(pathExpressions), ...node.values];
    case 'branch':
    case 'await':
    case 'assert':
      return [node.condition];
    case 'pick':
      return [node.set];
    case 'new':
      return [...pathExpressions(node.target), ...node.fields.map((field) => field.value)];
    case 'free':
    case 'touch':
      return [node.ref];
    case 'reset':
    case 'either':
    case 'call':
    case 'return':
    case 'loop':
    case 'stop':
      return [];
    default:
      return unreachable(node);
  }
}
