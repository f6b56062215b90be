// What a statement touches: the questions that decide where steps start and which built-in checks can fail.

import type { Stmt } from '../../analysis/program.js';
import { unreachable } from '../../base/unreachable.js';
import type { Expr, Place, Variable } from '../../core/expr.js';
import { pathExpressions, someExpr } from '../../core/walk.js';

const isShared = (v: Variable): boolean => v.kind !== 'local';

/** The expression reads shared state: a shared variable, an object, which objects live, another process. */
export function readsShared(e: Expr): boolean {
  return someExpr(e, (x) => {
    switch (x.op) {
      case 'var':
        return isShared(x.variable);
      case 'load':
      case 'live':
      case 'alive':
      case 'localOf':
      case 'at':
      case 'inProcedure':
      case 'done':
      case 'pcIn':
      case 'enabled':
        return true;
      default:
        return false;
    }
  });
}

/** Storing there (or evaluating its path) touches shared state. */
export function touchesShared(place: Place): boolean {
  return isShared(place.variable) || pathExpressions(place).some(readsShared);
}

/** A statement that writes nothing but ghosts, or only asserts: it is no step of its own. */
export function isGhostStatement(s: Stmt): boolean {
  switch (s.kind) {
    case 'assign':
      return s.targets.every((t) => t.variable.kind === 'ghost');
    case 'assert':
      return true;
    case 'if':
      return s.then.length + s.else.length > 0 && [...s.then, ...s.else].every(isGhostStatement);
    case 'block':
      return s.body.length > 0 && s.body.every(isGhostStatement);
    case 'call': {
      const { body, result, parameters } = s.procedure;
      return result === undefined && parameters.every((p) => p.kind === 'value') && body.statements.length > 0 && body.statements.every(isGhostStatement);
    }
    default:
      return false;
  }
}

/** Somewhere in it shared state is touched, something waits, chooses, allocates or frees. */
export function startsStep(s: Stmt): boolean {
  if (isGhostStatement(s)) return false;
  switch (s.kind) {
    case 'skip':
    case 'break':
    case 'continue':
    case 'goto':
    case 'assert':
      return false;
    case 'assign':
      return s.targets.some(touchesShared) || s.values.some(readsShared);
    case 'exchange':
      return touchesShared(s.place) || readsShared(s.value) || (s.expected !== undefined && readsShared(s.expected)) || (s.result !== undefined && touchesShared(s.result));
    case 'new':
    case 'free':
    case 'touch':
    case 'await':
    case 'rest':
    case 'either':
    case 'with':
      return true;
    case 'call':
    case 'defer':
      return (
        s.arguments.some((a) => (a.kind === 'value' ? readsShared(a.value) : touchesShared(a.place))) ||
        (s.kind === 'call' && s.result !== undefined && touchesShared(s.result)) ||
        s.procedure.body.statements.some(startsStep)
      );
    case 'return':
      return s.value !== undefined && readsShared(s.value);
    case 'if':
      return readsShared(s.condition) || [...s.then, ...s.else].some(startsStep);
    case 'while':
      return readsShared(s.condition) || s.body.some(startsStep);
    case 'loop':
    case 'atomic':
    case 'block':
      return s.body.some(startsStep);
    default:
      return unreachable(s);
  }
}
