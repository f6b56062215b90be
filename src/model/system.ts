// The interpreter as the explorer wants it: packed states, properties by number.

import { assert } from '../base/unreachable.js';
import type { PackedState, PropertyInfo, SuccessorSink, System } from '../checker/system.js';
import type { Expr } from '../core/expr.js';
import { Failure } from './failure.js';
import { interpreterOf, type Interpreter, type Outcome, type Trail } from './interpret.js';
import type { Layout } from './layout.js';
import type { Family, Model, ModelProperty } from './model.js';
import { leaked } from './objects.js';
import type { State } from './state.js';
import { temporalOf } from './temporal.js';

/** The properties keep the model's order. */
export function systemOf(model: Model, layout: Layout): System {
  const coverage = { sites: new Uint8Array(model.sites.length), antecedents: new Uint8Array(model.antecedents.length) };
  const remarks = new Set<string>();
  /** Whose call is under way. */
  let asking: SuccessorSink | undefined;
  const interpreter = interpreterOf(model, {
    antecedent: (site) => (coverage.antecedents[site] = 1),
    remark: (key) => remarks.add(key),
    poll: () => asking?.poll?.(),
  });
  const { index } = interpreter;
  const judge = judgeOf(interpreter);
  const packed = new Uint32Array(layout.words);

  const give = (outcome: Outcome, family: Family | undefined, sink: SuccessorSink, from?: { readonly state: State; readonly packed: PackedState }): void => {
    if (family !== undefined) cover(outcome.trail, family, coverage.sites);
    for (const name of new Set(outcome.violated)) sink.violated(judge.assertion(name));
    if (outcome.kind === 'error') {
      const [property, ...further] = judge.error(outcome.failure.error);
      for (const other of further) sink.violated(other);
      sink.error(property!);
      return;
    }
    layout.encode(outcome.state, packed);
    if (from !== undefined && !sameWords(from.packed, packed)) judge.step(from.state, outcome.state, (property) => sink.violated(property));
    sink.successor(packed);
  };

  const asked = temporalOf(model);
  const temporal: System['temporal'] = asked && {
    plan: asked.plan,
    moves(pid, from, sink) {
      asking = sink;
      for (const outcome of interpreter.steps(layout.decode(from), pid)) give(outcome, undefined, sink);
    },
    location: (pid, of) => layout.decode(of).at[pid]!,
    atom(atom, of) {
      try {
        return interpreter.check(asked.atoms[atom]!, layout.decode(of)) ? 1 : 0;
      } catch (failure) {
        if (failure instanceof Failure) return 2;
        throw failure;
      }
    },
  };

  const move = (pid: number, from: PackedState, state: State, sink: SuccessorSink): void => {
    asking = sink;
    for (const outcome of interpreter.steps(state, pid)) give(outcome, index.family(pid), sink, { state, packed: from });
  };

  return {
    words: layout.words,
    properties: model.properties.map(infoOf),
    sites: model.sites.length,
    antecedents: model.antecedents.length,
    initial(sink) {
      asking = sink;
      for (const outcome of interpreter.initial()) give(outcome, model.init, sink);
    },
    successors(from, sink) {
      const state = layout.decode(from);
      for (const pid of model.instances.keys()) move(pid, from, state, sink);
    },
    processes: model.instances.length,
    successorsOf(pid, from, sink) {
      move(pid, from, layout.decode(from), sink);
    },
    violations(of, report) {
      judge.state(layout.decode(of), report);
    },
    isTerminated(of) {
      const state = layout.decode(of);
      return model.instances.every(({ family }, pid) => model.families[family]!.locations[state.at[pid]!]!.rests);
    },
    coverage,
    remarks,
    ...(temporal === undefined ? {} : { temporal }),
  };
}

/** Which properties are violated where. */
export interface Judge {
  /** Invariants and leaks: an invariant whose evaluation errs is violated. */
  state(state: State, report: (property: number) => void): void;
  /** Step invariants, for a step that changes something. */
  step(before: State, after: State, report: (property: number) => void): void;
  /** The property of a built-in check: at least one, several when the user named it twice. */
  error(name: string): readonly number[];
  assertion(name: string): number;
}

export function judgeOf(interpreter: Interpreter): Judge {
  const { index } = interpreter;
  const { properties } = index.model;
  const numbers = (name: string, is: (p: ModelProperty) => boolean): readonly number[] => {
    const found = properties.flatMap((p, i) => (is(p) ? [i] : []));
    assert(found.length > 0, `the model has no property for ${name}`);
    return found;
  };
  const invariants = properties.flatMap((p, property) => (p.kind === 'invariant' ? [{ property, formula: p.formula }] : []));
  const steps = properties.flatMap((p, property) => (p.kind === 'step-invariant' ? [{ property, formula: p.formula }] : []));
  const leaks = properties.flatMap((p, property) => {
    const pool = leakOf(p);
    return pool === undefined ? [] : [{ property, pool: index.poolNamed(pool) }];
  });
  return {
    state(state, report) {
      for (const { property, formula } of invariants) if (!isTrue(interpreter, formula, state)) report(property);
      for (const { property, pool } of leaks) if (leaked(index, state, pool).length > 0) report(property);
    },
    step(before, after, report) {
      for (const { property, formula } of steps) if (!isTrue(interpreter, formula, before, after)) report(property);
    },
    error: (name) => numbers(name, (p) => p.kind === 'builtin' && p.error === name),
    assertion: (name) => numbers(name, (p) => p.kind === 'assertion' && p.name === name)[0]!,
  };
}

/** The pool of a `P.leak`. */
export const leakOf = (p: ModelProperty): string | undefined => (p.kind === 'builtin' && p.error.endsWith('.leak') ? p.error.slice(0, -'.leak'.length) : undefined);

function isTrue(interpreter: Interpreter, formula: Expr, state: State, next?: State): boolean {
  try {
    return interpreter.check(formula, state, next);
  } catch (failure) {
    if (failure instanceof Failure) return false;
    throw failure;
  }
}

function infoOf(p: ModelProperty): PropertyInfo {
  const undermines = p.kind === 'builtin' && p.error.endsWith('.exhausted');
  return { name: p.name, kind: p.kind, ...(undermines ? { undermines } : {}) };
}

function cover(trail: Trail | undefined, family: Family, sites: Uint8Array): void {
  for (let passed = trail; passed !== undefined; passed = passed.before) {
    const { site } = family.nodes[passed.node]!;
    if (site !== undefined) sites[site] = 1;
  }
}

export const sameWords = (a: PackedState, b: PackedState): boolean => a.every((word, i) => word === b[i]);
