// What names mean inside one inlined body: its own copies of locals, what was passed for its parameters, where `return`, `break` and
// `goto` lead. Expressions of the typed tree are rewritten through it.

import type { Grain } from '../../analysis/program.js';
import { assert } from '../../base/unreachable.js';
import type { Expr, Place, Variable } from '../../core/expr.js';
import { mapPath, mapSubexpressions, pathExpressions, readPlace, someExpr } from '../../core/walk.js';
import { foldWhole } from '../../core/fold.js';

export interface Scope {
  /** Index into the graph's frames. */
  readonly frame: number;
  /** The procedure's or process's name, for the names of steps. */
  readonly owner: string;
  readonly grain: Grain;
  /** Inside `atomic`: no step ends here. */
  readonly atomic: boolean;
  /** Inside a call that writes only ghosts. */
  readonly ghost: boolean;
  /** Locals and captured parameters (as `var` of the copy) and parameters that stand for what was passed. */
  readonly values: Map<Variable, Expr>;
  readonly places: Map<Variable, Place>;
  /** The copy of the variable that takes the result. */
  readonly result?: Variable;
  /** Copies that are never assigned again while their scope lasts: `with` variables, captured parameters. */
  readonly fixed: Set<Variable>;
  readonly labels: ReadonlyMap<string, number>;
  /** Where `return` goes: the deferred calls so far, then the exit. */
  exit: number;
  readonly loop?: { readonly breakTo: number; readonly continueTo: number };
}

/** The expression as the inlined copy evaluates it, constants folded. */
export function rewrite(e: Expr, scope: Scope): Expr {
  if (e.op !== 'var') return foldWhole(mapSubexpressions(e, (sub) => rewrite(sub, scope)));
  const place = scope.places.get(e.variable);
  if (place !== undefined) return readPlace({ ...place, at: e.at });
  const value = scope.values.get(e.variable);
  return value === undefined ? e : { ...value, type: e.type, at: e.at };
}

/** The place as the inlined copy stores to it. */
export function rewritePlace(place: Place, scope: Scope): Place {
  const own = mapPath(place, (e) => rewrite(e, scope));
  const passed = scope.places.get(place.variable);
  if (passed !== undefined) return { ...own, variable: passed.variable, path: [...passed.path, ...own.path] };
  const value = scope.values.get(place.variable);
  if (value === undefined) return own;
  assert(value.op === 'var', `a parameter that was substituted is assigned: ${place.variable.name}`);
  return { ...own, variable: value.variable };
}

/**
 * The value cannot change while a call lasts, so it may stand for the parameter: a constant, the process's parameter or number, or a local
 * of the caller, who stands still, unless the same call passes that local by `inout`.
 */
export function isStable(e: Expr, passedByInout: ReadonlySet<Variable>): boolean {
  return isFixed(e) || (e.op === 'var' && e.variable.kind === 'local' && !passedByInout.has(e.variable));
}

/** The value never changes while the scope lasts (a deferred call runs long after its arguments were evaluated). */
export function isFixed(e: Expr, fixed?: ReadonlySet<Variable>): boolean {
  return e.op === 'const' || e.op === 'parameter' || e.op === 'self' || (e.op === 'var' && fixed?.has(e.variable) === true);
}

/** Locals that the place reads or is. */
export function localsOfPlace(place: Place): readonly Variable[] {
  const found: Variable[] = place.variable.kind === 'local' ? [place.variable] : [];
  for (const e of pathExpressions(place)) {
    someExpr(e, (x) => {
      if (x.op === 'var' && x.variable.kind === 'local') found.push(x.variable);
      return false;
    });
  }
  return found;
}
