// One step of one process while it runs, and what its statements do to it.

import type { Expr, Stmt } from '../../../src/ast/nodes.js';
import type { Choose } from './choices.js';
import type { Names } from './code.js';
import { evaluate, placeOf } from './expressions.js';
import { skip } from './outcomes.js';
import { defaultOf, fill, fit, type Shape } from './shapes.js';
import { argumentsOf, procedureOf, type Procedure, type Scene, type Spec, type Standing } from './spec.js';
import type { Argument, Frame, ProcessState, State, Target, Todo } from './state.js';
import { elementsOf, type Value } from './values.js';

export interface Run {
  readonly spec: Spec;
  readonly state: State;
  readonly process: number;
  readonly choose: Choose;
  readonly standing: (state: State, process: number) => Standing;
  readonly seen: Seen;
  /**
   * `open`: no statement that starts a step has run. `joint`: one has, but it was a choice, a label or a call without a shared access,
   * which is made together with the next statement. `closed`: the next start of a step ends this one.
   */
  phase: 'open' | 'joint' | 'closed';
  /** Nothing that a `rest` could stand behind has run. */
  isFirst: boolean;
  /** How many `atomic`s are open. */
  atomic: number;
  /** Of loops inside `atomic`. */
  rounds: number;
}
/** What is learnt of a step. */
export interface Seen {
  /** It may begin with `rest until`, whether or not it can run to its end. */
  rests: boolean;
  /** At which label it starts. */
  label?: Stmt['label'];
  /** Named assertions that failed. */
  readonly violated: Set<string>;
}

export const processOf = (run: Run): ProcessState => run.state.processes[run.process]!;
export const frameOf = (run: Run, frame: number): Frame => processOf(run).frames[frame]!;
export const namesIn = (run: Run, frame: number): Names => run.spec.code.owner(run.spec, frameOf(run, frame).body).names;
export const sceneOf = (run: Run, frame: number): Scene => ({ spec: run.spec, state: run.state, at: { process: run.process, frame }, bound: new Map(), standing: run.standing });

/** The step has made its access: the next start ends it. */
export function close(run: Run): void {
  run.phase = 'closed';
  run.isFirst = false;
}
/** A statement has run; ghosts leave a step as it is. */
export function ran(run: Run, starts: boolean, isGhost = false): void {
  if (!isGhost && (starts || run.phase === 'joint')) close(run);
}
/** A start without an access of its own. Under `steps label` a label alone is a start. */
export function open(run: Run, starts: boolean): void {
  if (starts) run.phase = run.spec.grain === 'label' ? 'closed' : 'joint';
}

export function push(run: Run, statements: readonly Stmt[], frame: number): void {
  if (statements.length > 0) processOf(run).todo.push({ do: 'list', list: run.spec.code.lists.numberOf(statements), next: 0, frame });
}
export function pop(run: Run): Todo {
  const last = processOf(run).todo.pop()!;
  if (last.do === 'end atomic') run.atomic--;
  // A branch with nothing in it is a step of its own.
  if (last.do === 'end branch' && run.phase === 'joint') close(run);
  return last;
}
/** Ends the body of the frame; its deferred calls come next. */
export function leave(run: Run, frame: number): void {
  for (;;) {
    const last = processOf(run).todo.at(-1)!;
    if (last.do === 'return' && last.frame === frame) return;
    pop(run);
  }
}

/** A new frame with its locals as they start. Its body is still to be done. */
export function addFrame(spec: Spec, state: State, process: number, body: string, choose: Choose, given: readonly (readonly [name: string, argument: Argument])[] = []): number {
  const { locals, shapes } = spec.code.owner(spec, body);
  const values: Record<string, Value> = {};
  const p = state.processes[process]!;
  const entered = p.frames.length === 0;
  const frame = p.frames.push({ body, locals: values, aliases: Object.fromEntries(given.flatMap(([name, a]) => ('place' in a ? [[name, a.place]] : []))), deferred: [], result: null, entered }) - 1;
  const scene: Scene = { spec, state, at: { process, frame }, bound: new Map(), standing: () => skip('a local that starts with where processes stand') };
  for (const [name, a] of given) if ('value' in a) values[name] = a.value;
  for (const { name, initial } of locals) {
    const shape = shapes.get(name.text)!;
    const value = initial && evaluate(initial.expr, scene);
    values[name.text] = value === undefined ? defaultOf(shape) : fill(initial?.kind === 'choice' ? chosen(value, choose) : value, shape);
  }
  return frame;
}
export function chosen(set: Value, choose: Choose): Value {
  const elements = elementsOf(set);
  return elements[choose(elements.length)]!;
}

export function argumentsFor(run: Run, d: Procedure, call: Expr, frame: number): readonly Argument[] {
  const scene = sceneOf(run, frame);
  return argumentsOf(call).map((a, i): Argument => {
    const p = d.parameters[i]!;
    if (!p.inout) return { value: fit(evaluate(a, scene), run.spec.shapeOf(p.type)) };
    return { place: placeOf(a, scene) ?? skip('an inout argument that is no place') };
  });
}

export interface Call {
  readonly procedure: string;
  readonly arguments: readonly Argument[];
  readonly caller: number;
  readonly into?: Target;
  /** Storing the result is a step of its own. */
  readonly ownStep?: boolean;
  /** The call is one step, with the storing of the result. */
  readonly atomic?: boolean;
}
export function enter(run: Run, { procedure, caller, into, ownStep = false, atomic = false, arguments: given }: Call): void {
  const d = run.spec.named.get(procedure);
  if (d?.kind !== 'procedure') throw new Error(`${procedure} is no procedure`);
  const frame = addFrame(run.spec, run.state, run.process, procedure, run.choose, d.parameters.map((p, i) => [p.name.text, given[i]!]));
  const stored = ownStep && !atomic && run.atomic === 0 && run.spec.grain === 'statement';
  processOf(run).todo.push({ do: 'return', frame, caller, ownStep: stored, atomic, ...(into === undefined ? {} : { into }) });
  if (atomic) run.atomic++;
  push(run, run.spec.code.owner(run.spec, procedure).statements, frame);
}

/** The type of what the procedure of the frame returns. */
export const resultShape = (run: Run, frame: number): Shape => run.spec.code.owner(run.spec, frameOf(run, frame).body).result ?? skip('a result of nothing');
export const calledBy = (run: Run, e: Expr | undefined): Procedure | undefined => procedureOf(run.spec, e);
