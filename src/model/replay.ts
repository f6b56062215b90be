// From a path of packed states to a trace that a person can read: which process made which step, what it said in the source, what changed.
//
// Between two states the first outcome in the system's order counts that leads from one to the other (and, on the last step, violates
// the property). So the trace depends on the states alone.

import { positionAt, type Location } from '../base/span.js';
import { assert } from '../base/unreachable.js';
import type { EventData, Json, Shape, StepData, TraceData } from '../checker/outcome.js';
import type { PackedState } from '../checker/system.js';
import type { Trace } from '../checker/verdict.js';
import { toJson } from '../core/value.js';
import { evaluate } from './evaluate.js';
import { Failure } from './failure.js';
import { interpreterOf, type Interpreter, type Outcome, type Trail } from './interpret.js';
import type { Layout } from './layout.js';
import type { Family, Model, ModelProperty, Node } from './model.js';
import { faultOf, obligationText, withPlace } from './replay/fault.js';
import { changesBetween, pictureOf } from './replay/picture.js';
import { statementText } from './replay/statement-text.js';
import { whySoForEver } from './replay/why.js';
import type { Index, State } from './state.js';
import { sameWords } from './system.js';

/**
 * The trace of a violated property. Names and paths are described in replay/picture.ts; `initial` is empty when `init` itself errs.
 *
 * @param property index into the model's properties
 * @throws when the states are no path of the model (a bug)
 */
export function replay(model: Model, layout: Layout, trace: Trace, property: number): TraceData {
  const interpreter = interpreterOf(model);
  const { index } = interpreter;
  const violated = model.properties[property]!;
  const shapes: { [path: string]: Shape } = {};
  const states = trace.states.map((words) => layout.decode(words));
  const steps: StepData[] = [];
  /** Who takes each step. */
  const pids: number[] = [];
  let last: Found | undefined;

  const step = (from: number, fits: (outcome: Outcome) => boolean): void => {
    last = findStep(interpreter, states[from]!, fits, trace.by?.[from]);
    pids.push(last.pid);
    steps.push(stepData(interpreter, steps.length + 1, states[from]!, last, shapes));
  };
  for (let i = 0; i + 1 < states.length; i++) {
    const mustViolate = trace.end === 'step' && trace.loopStart === undefined && i + 2 === states.length;
    step(i, (outcome) => leadsTo(layout, outcome, trace.states[i + 1]!) && (!mustViolate || violates(outcome, violated)));
  }
  if (trace.end === 'error' && states.length > 0) step(states.length - 1, (outcome) => errsWith(outcome, violated));

  // A map keyed by a pool is kept as one of its fields.
  const ghosts = [...model.variables, ...model.pools.flatMap((pool) => pool.fields)].flatMap(({ variable }) => (variable.kind === 'ghost' ? [variable.name] : []));
  return {
    initial: states.length === 0 ? {} : pictureOf(index, states[0]!, shapes),
    steps,
    ...(trace.loopStart === undefined ? {} : { loopStart: trace.loopStart }),
    fault: fault(interpreter, violated, trace, states, last),
    ...(trace.loopStart === undefined ? {} : { why: whySoForEver(interpreter, states.slice(trace.loopStart), new Set(pids.slice(trace.loopStart)), trace.remedy) }),
    ...(Object.keys(shapes).length === 0 ? {} : { shapes }),
    ...(ghosts.length === 0 ? {} : { ghosts }),
  };
}

export interface Found {
  readonly pid: number;
  readonly outcome: Outcome;
}

function findStep(interpreter: Interpreter, state: State, fits: (outcome: Outcome) => boolean, by: number | undefined): Found {
  for (const pid of by === undefined ? interpreter.index.model.instances.keys() : [by]) {
    for (const outcome of interpreter.steps(state, pid)) if (fits(outcome)) return { pid, outcome };
  }
  throw new Error('internal error: a trace has a step that the model does not have');
}

const leadsTo = (layout: Layout, outcome: Outcome, to: PackedState): boolean => outcome.kind === 'next' && sameWords(layout.encode(outcome.state), to);

/** A step invariant is violated by any step between the two states. */
const violates = (outcome: Outcome, property: ModelProperty): boolean => property.kind !== 'assertion' || outcome.violated.includes(property.name);

const errsWith = (outcome: Outcome, property: ModelProperty): boolean =>
  outcome.kind === 'error' && (property.kind === 'builtin' ? outcome.failure.error === property.error : outcome.violated.includes(property.name));

function fault(interpreter: Interpreter, property: ModelProperty, trace: Trace, states: readonly State[], last: Found | undefined): string {
  const { index, environment } = interpreter;
  if (trace.obligation !== undefined) return obligationText(index.model, property, trace.obligation);
  if (trace.end === 'error' && property.kind === 'builtin') {
    const outcome = last?.outcome ?? [...interpreter.initial()].find((o) => errsWith(o, property));
    assert(outcome?.kind === 'error', 'the last step errs');
    return withPlace(outcome.failure, last === undefined ? outcome.failure.at : placeOf(index, states.at(-1)!, last).at);
  }
  if (trace.end === 'step' && states.length > 1) return faultOf(property, environment(states.at(-2)!, { next: states.at(-1)! }));
  const state = states.at(-1);
  return state === undefined ? `${property.name} is false in \`init\`` : faultOf(property, environment(state));
}

// ---- one step -----------------------------------------------------------------------------------------------------------

/** What a reader is shown of a step. `shapes` is added to. */
export function stepData(interpreter: Interpreter, number: number, before: State, { pid, outcome }: Found, shapes: { [path: string]: Shape }): StepData {
  const { index } = interpreter;
  const family = index.family(pid);
  const { name, at, frame } = placeOf(index, before, { pid, outcome });
  const { line, column } = positionAt(at.file, at.start);
  const after = outcome.kind === 'next' ? outcome.state : before;
  return {
    index: number,
    process: index.instance(pid).name,
    step: name,
    file: at.file.path,
    line,
    column,
    text: statementText(at.file.text.slice(at.start, at.end)),
    calls: callStack(family, frame),
    events: passedNodes(outcome.trail).flatMap((passed) => eventsOf(interpreter, family, pid, passed)),
    changes: changesBetween(index, before, after, shapes),
    state: pictureOf(index, after, shapes),
    ...(outcome.kind === 'error' ? { errs: true } : {}),
  };
}

function passedNodes(trail: Trail | undefined): Trail[] {
  const passed: Trail[] = [];
  for (let t = trail; t !== undefined; t = t.before) passed.push(t);
  return passed.reverse();
}

/** The step's name, its place in the source, and the frame it runs in. */
export function placeOf(index: Index, before: State, { pid, outcome }: Found): { readonly name: string; readonly at: Location; readonly frame: number } {
  const family = index.family(pid);
  const location = family.locations[before.at[pid]!]!;
  const telling = tellingNode(index.model, family, passedNodes(outcome.trail));
  return telling?.site === undefined ? location : { ...index.model.sites[telling.site]!, frame: telling.frame };
}

/**
 * The node that names the step. A label names it: the last one on the way, since a labelled branch of a choice names the joint step.
 * Else the last statement does: where a choice is made together with the first statement of its branch, that is the one that says most.
 * What is passed inside an atomic call is no part of the name.
 */
function tellingNode(model: Model, family: Family, passed: readonly Trail[]): Node | undefined {
  const isInside = (frame: number | undefined): boolean => frame !== undefined && (family.frames[frame]!.atomic === true || isInside(family.frames[frame]!.caller));
  const nodes = passed.map((p) => family.nodes[p.node]!).filter((node) => node.site !== undefined && !isInside(node.frame));
  return nodes.findLast((node) => !model.sites[node.site!]!.name.includes(':')) ?? nodes.at(-1);
}

/** Procedures from the outermost call to `frame`; the process itself is not one. */
function callStack(family: Family, frame: number): readonly string[] {
  const { caller, procedure } = family.frames[frame]!;
  return caller === undefined ? [] : [...callStack(family, caller), procedure];
}

function eventsOf(interpreter: Interpreter, family: Family, pid: number, { node: id, state }: Trail): EventData[] {
  const node = family.nodes[id]!;
  if (node.op !== 'call' && node.op !== 'return') return [];
  const { procedure, observable } = family.frames[node.callee]!;
  const depth = callStack(family, node.callee).length - 1;
  const value = (e: Parameters<typeof evaluate>[0]): Json | undefined => {
    try {
      return toJson(e.type, evaluate(e, interpreter.environment(state, { pid })));
    } catch (failure) {
      // The step errs a moment later, where the statement reads the same.
      if (failure instanceof Failure) return undefined;
      throw failure;
    }
  };
  if (node.op === 'call') {
    const args = node.arguments.flatMap(({ name, value: e }) => {
      const v = value(e);
      return v === undefined ? [] : [[name, v] as const];
    });
    return [{ kind: 'call', procedure, depth, observable, arguments: Object.fromEntries(args) }];
  }
  const result = node.value && value(node.value);
  return [{ kind: 'return', procedure, depth, observable, ...(result === undefined ? {} : { result }) }];
}
