// Processes and interrupts: where they start, which stand still, and how they stand.

import { hasQuietRound } from './accesses.js';
import { everyWay, type Choose } from './choices.js';
import { INIT } from './code.js';
import { skip, Waits } from './outcomes.js';
import { addFrame, processOf, type Run, type Seen } from './run.js';
import { declared, type Instance, type Spec, type Standing } from './spec.js';
import { copyOf, keyOf, type State } from './state.js';
import { startsOf } from './read-spec.js';
import { takeStep } from './step.js';

export interface System {
  readonly spec: Spec;
  /** Locals of processes that have ended are kept, because properties read them. */
  readonly keepsLocals: boolean;
  readonly standing: (state: State, process: number) => Standing & { readonly fairness: '+' | '-' | undefined };
}

/** A process before its first step; an interrupt between activations. */
function start(spec: Spec, state: State, process: number, choose: Choose): void {
  const body = spec.instances[process]!.process.name.text;
  state.processes[process] = { frames: [], todo: [], active: false };
  addFrame(spec, state, process, body, choose);
  begin(spec, state, process, body);
}
function begin(spec: Spec, state: State, process: number, body: string): void {
  const { statements } = spec.code.owner(spec, body);
  // With nothing to do it is at its end.
  if (statements.length === 0 && spec.instances[process]?.interrupts === undefined) return;
  const list = spec.code.lists.numberOf(statements);
  state.processes[process]!.todo = [{ do: 'return', frame: 0, caller: 0, ownStep: false, atomic: false }, { do: 'list', list, next: 0, frame: 0 }];
  enterLoop(spec, state, process);
}

/** A loop that comes first is entered at once: after a round that changed nothing the process then stands where it stood, and has made no step. */
function enterLoop(spec: Spec, state: State, process: number): void {
  const { todo, frames } = state.processes[process]!;
  const top = todo.at(-1)!;
  const s = top.do === 'list' ? spec.code.lists.at(top.list)[top.next] : undefined;
  if (top.do !== 'list' || s?.kind !== 'loop' || s.label !== undefined || hasQuietRound(spec, s, spec.code.owner(spec, frames[0]!.body).names)) return;
  todo[todo.length - 1] = { ...top, next: top.next + 1 };
  todo.push({ do: 'again', loop: spec.code.loops.numberOf(s), frame: 0 }, { do: 'list', list: spec.code.lists.numberOf(s.body.statements), next: 0, frame: 0 });
  enterLoop(spec, state, process);
}

const runOf = (system: System, state: State, process: number, choose: Choose, seen: Seen): Run => ({
  spec: system.spec, state, process, choose, seen, standing: () => skip('an assertion about where processes stand'), phase: 'open', isFirst: true, atomic: 0, rounds: 0,
});

/** An initial state, `init` included. */
export function initialState(system: System, choose: Choose, seen: Seen): State {
  const { spec } = system;
  const state: State = { shared: {}, pools: {}, processes: [] };
  for (const { name, size } of spec.pools.values()) state.pools[name] = new Array<null>(size).fill(null);
  for (const v of declared(spec.declarations, 'var')) {
    if (spec.keyedMaps.has(v.name.text) || v.type === undefined) continue;
    const starts = startsOf(spec, v.type, v.initial);
    state.shared[v.name.text] = starts.length === 1 ? starts[0]! : starts[choose(starts.length)]!;
  }
  spec.instances.forEach((_, process) => start(spec, state, process, choose));
  if (!spec.declarations.some((d) => d.kind === 'init')) return state;
  const process = spec.instances.length;
  state.processes.push({ frames: [], todo: [], active: false });
  addFrame(spec, state, process, INIT, choose);
  begin(spec, state, process, INIT);
  takeWhole({ ...runOf(system, state, process, choose, seen), atomic: 1 });
  state.processes.pop();
  return state;
}

const isBetween = (instance: Instance, state: State, process: number): boolean => instance.interrupts !== undefined && !state.processes[process]!.active;
export const hasEnded = (state: State, process: number): boolean => state.processes[process]!.todo.length === 0;

/** What an interrupt stops, directly or because that stops it. */
function stopped(spec: Spec, interrupt: Instance): readonly string[] {
  if (interrupt.interrupts === undefined) return [];
  const target = spec.instances.find((i) => i.name === interrupt.interrupts);
  return [interrupt.interrupts, ...(target === undefined ? [] : stopped(spec, target))];
}

/** An interrupt that has begun lets it not move. Two of one process do not nest, unless one interrupts the other. */
export function standsStill(spec: Spec, state: State, process: number): boolean {
  const me = spec.instances[process]!;
  return spec.instances.some((other, i) => {
    if (i === process || other.interrupts === undefined || !state.processes[i]!.active) return false;
    const nests = me.interrupts === other.interrupts && !state.processes[process]!.active && !stopped(spec, me).includes(other.name);
    return stopped(spec, other).includes(me.name) || nests;
  });
}

export interface Taken {
  /** Some step can be taken, or errs. */
  readonly possible: boolean;
  readonly seen: Seen;
}

/** Every step that a process can take in a state; `each` gets the states after it. */
export function steps(system: System, before: State, process: number, each: (after: State) => void, error: (name: string) => void): Taken {
  const seen: Seen = { rests: false, violated: new Set() };
  const instance = system.spec.instances[process]!;
  const possible = everyWay((choose) => {
    const state = copyOf(before);
    const run = runOf(system, state, process, choose, seen);
    takeWhole(run);
    if (instance.interrupts !== undefined) {
      if (hasEnded(state, process)) start(system.spec, state, process, choose);
      else processOf(run).active = true;
    } else if (hasEnded(state, process) && !system.keepsLocals) processOf(run).frames = [];
    each(state);
  }, error);
  return { possible, seen };
}

/** A step that waits in its middle is not taken, and no assertion on the way has failed. */
function takeWhole(run: Run): void {
  const before = new Set(run.seen.violated);
  try {
    takeStep(run);
  } catch (x) {
    if (x instanceof Waits) for (const name of run.seen.violated) if (!before.has(name)) run.seen.violated.delete(name);
    throw x;
  }
}

const NOTHING = (): void => undefined;

/** Memoised: an answer needs all ways to take the step. */
export function systemOf(spec: Spec, keepsLocals: boolean): System {
  const known = new Map<string, ReturnType<System['standing']>>();
  const system: System = {
    spec, keepsLocals,
    standing(state, process) {
      const key = `${process} ${keyOf(state)}`;
      let answer = known.get(key);
      if (answer === undefined) {
        const taken = hasEnded(state, process) ? undefined : steps(system, state, process, NOTHING, NOTHING);
        answer = {
          done: taken === undefined || taken.seen.rests || isBetween(spec.instances[process]!, state, process),
          enabled: taken?.possible === true && !standsStill(spec, state, process),
          label: taken?.seen.label?.name.text,
          fairness: taken?.seen.label?.fairness,
        };
        known.set(key, answer);
      }
      return answer;
    },
  };
  return system;
}
