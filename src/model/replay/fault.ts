// What is wrong at the end of a trace, in one line.

import { atomsOf } from '../../checker/liveness/plan.js';
import { positionAt, type Location } from '../../base/span.js';
import type { Expr } from '../../core/expr.js';
import { objectName, partsOf, showValue } from '../../core/value.js';
import { bind, evaluate, holds, type Environment } from '../evaluate.js';
import { Failure, textAt } from '../failure.js';
import type { Model, ModelProperty } from '../model.js';
import { leaked } from '../objects.js';
import type { Index, State } from '../state.js';
import { leakOf } from '../system.js';
import { temporalOf } from '../temporal.js';

/** Longer formulas are named instead of shown. */
const LONGEST_FORMULA = 72;

/** In the last state: deadlock, leak, invariant. In a step: `env` has a state after it. */
export function faultOf(property: ModelProperty, env: Environment): string {
  const { index } = env.world;
  const pool = leakOf(property);
  if (pool !== undefined) {
    const objects = leaked(index, env.state, index.poolNamed(pool)).map((slot) => objectName(pool, slot));
    return `${objects.join(', ')} ${objects.length === 1 ? 'is' : 'are'} live, and nothing leads there any more`;
  }
  switch (property.kind) {
    case 'deadlock':
      return deadlock(index, env.state);
    case 'invariant':
    case 'step-invariant':
      return falsehood(property, property.formula, env);
    case 'assertion':
      return `the assertion ${property.name} is false`;
    case 'temporal':
      return unevaluable(property, env);
    case 'builtin':
      return '';
  }
}

/** A temporal property whose trace is no lasso: one of its state formulas errs in the last state. */
function unevaluable(property: ModelProperty, env: Environment): string {
  const { model } = env.world.index;
  const temporal = temporalOf(model)!;
  const { obligations } = temporal.plan.properties.find((p) => model.properties[p.property] === property)!;
  for (const atom of obligations.flatMap(atomsOf)) {
    try {
      holds(temporal.atoms[atom]!, env);
    } catch (failure) {
      if (failure instanceof Failure) return `${property.name} cannot be evaluated: ${withPlace(failure, property.at)}`;
      throw failure;
    }
  }
  return '';
}

/** For which elements of its quantifiers a temporal property is violated. */
export function obligationText(model: Model, property: ModelProperty, obligation: number): string {
  const { plan } = temporalOf(model)!;
  const found = plan.properties.find((p) => model.properties[p.property] === property)!.obligations[obligation]!;
  return found.where === undefined ? '' : `for ${found.where}`;
}

function deadlock(index: Index, state: State): string {
  const waiting = index.model.instances.flatMap(({ name }, pid) => {
    const location = index.family(pid).locations[state.at[pid]!]!;
    return location.rests ? [] : [`${name} waits at ${location.name}`];
  });
  return `no process can move: ${waiting.join(', ')}`;
}

/** The failing part of the formula and for which elements it fails; its name when that says more. */
function falsehood(property: ModelProperty, formula: Expr, env: Environment): string {
  try {
    const { part, bindings } = failingPart(formula, env);
    const text = textAt(part.at);
    const where = bindings.length === 0 ? '' : ` for ${bindings.join(', ')}`;
    const what = text === '' || text.length > LONGEST_FORMULA ? property.name : text;
    return `${what} is false${where}`;
  } catch (failure) {
    if (failure instanceof Failure) return `${property.name} cannot be evaluated: ${withPlace(failure, property.at)}`;
    throw failure;
  }
}

/** Descends where one part alone makes the whole false. */
function failingPart(e: Expr, env: Environment, bindings: readonly string[] = []): { readonly part: Expr; readonly bindings: readonly string[] } {
  if (e.op === 'binary' && e.operator === 'and') return failingPart(holds(e.left, env) ? e.right : e.left, env, bindings);
  if (e.op === 'implies') return failingPart(e.right, env, bindings);
  if (e.op === 'quantifier' && e.quantifier === 'forall') {
    for (const value of partsOf(evaluate(e.set, env))) {
      const inner = bind(env, e.bound, value);
      if (!holds(e.body, inner)) return failingPart(e.body, inner, [...bindings, `${e.bound.name} = ${showValue(e.bound.type, value)}`]);
    }
  }
  // It is false, or it errs: then that is what is wrong.
  holds(e, env);
  return { part: e, bindings };
}

/** The detail of an error, and its line when that is not the one of the step. */
export function withPlace(failure: Failure, step: Location): string {
  const [there, here] = [failure.at, step].map((at) => positionAt(at.file, at.start).line);
  const sameFile = failure.at.file === step.file;
  return sameFile && there === here ? failure.detail : `${failure.detail} (${sameFile ? 'line ' : `${failure.at.file.path}:`}${there})`;
}
