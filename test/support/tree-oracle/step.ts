// One step: from where the process stands to where the next one starts.

import { hasQuietRound, isGhost, isStart } from './accesses.js';
import { isConstant } from './code.js';
import { evaluateConstant } from './constants.js';
import { placeOf, test } from './expressions.js';
import { Erred, skip } from './outcomes.js';
import { assign } from './places.js';
import { fit } from './shapes.js';
import { close, enter, frameOf, leave, namesIn, open, pop, processOf, push, ran, resultShape, sceneOf, type Run } from './run.js';
import { execute } from './statements.js';
import type { Todo } from './state.js';

/** More than any loop of the random specs makes in one step; the language allows 10,000. */
const MOST_ROUNDS = 400;
const MOST_STATEMENTS = 30_000;

type Of<K extends Todo['do']> = Extract<Todo, { readonly do: K }>;

/** Runs until the step ends. @throws Waits, Erred, Skip */
export function takeStep(run: Run): void {
  for (let n = 0; processOf(run).todo.length > 0; n++) {
    if (n > MOST_STATEMENTS) skip('a step that does not end');
    if (!proceed(run, processOf(run).todo.at(-1)!)) return;
  }
}

/** Does what comes next; false: the step ends before it. */
function proceed(run: Run, next: Todo): boolean {
  switch (next.do) {
    case 'end branch':
    case 'end atomic':
      pop(run);
      return true;
    case 'list':
      return statementOf(run, next);
    case 'test':
      return testLoop(run, next);
    case 'again':
      return nextRound(run, next);
    case 'return':
      returnFrom(run, next);
      return true;
    case 'store':
      return storeResult(run, next);
    case 'leave':
      pop(run);
      leave(run, next.frame);
      return true;
  }
}

function statementOf(run: Run, { list, next, frame }: Of<'list'>): boolean {
  const { todo, frames } = processOf(run);
  const s = run.spec.code.lists.at(list)[next];
  if (s === undefined) {
    pop(run);
    return true;
  }
  const starts = run.atomic === 0 && isStart(run.spec, s, namesIn(run, frame));
  if (starts && run.phase === 'closed') return false;
  if (starts && run.phase === 'open' && s.label !== undefined) run.seen.label = s.label;
  for (const f of frames) f.entered = true;
  todo[todo.length - 1] = { do: 'list', list, next: next + 1, frame };
  execute(run, s, { frame, starts, isGhost: isGhost(run.spec, s) });
  return true;
}

function testLoop(run: Run, { loop, frame }: Of<'test' | 'again'>): boolean {
  const s = run.spec.code.loops.at(loop);
  const starts = run.atomic === 0 && isStart(run.spec, s, namesIn(run, frame));
  if (starts && run.phase === 'closed') return false;
  if (starts && run.phase === 'open' && s.label !== undefined) run.seen.label = s.label;
  pop(run);
  const isEndless = s.kind !== 'while' || (isConstant(run.spec, s.condition) && evaluateConstant(run.spec, s.condition) === true);
  // The page does not say which constants make a loop of a `while`: with a label that is a step more or less.
  if (isEndless && s.kind === 'while' && starts && s.condition.kind !== 'bool') skip('a loop whose condition is worked out');
  if (isEndless) open(run, starts);
  else {
    const isTrue = test(s.condition, sceneOf(run, frame));
    ran(run, starts);
    if (!isTrue) return true;
  }
  processOf(run).todo.push({ do: 'again', loop, frame });
  push(run, run.spec.code.blocks(s)[0]!, frame);
  return true;
}

/** A loop that touches no shared state ends a step on each round. */
function nextRound(run: Run, { loop, frame }: Of<'test' | 'again'>): boolean {
  if (run.atomic > 0) {
    if (++run.rounds > MOST_ROUNDS) throw new Erred('endless_atomic');
  } else if (run.spec.grain === 'statement' && hasQuietRound(run.spec, run.spec.code.loops.at(loop), namesIn(run, frame))) {
    if (run.phase === 'closed') return false;
    close(run);
  }
  pop(run);
  processOf(run).todo.push({ do: 'test', loop, frame });
  return true;
}

/** At the end of a body: its deferred calls, last first, then back to the caller. */
function returnFrom(run: Run, { frame, caller, into, ownStep, atomic }: Of<'return'>): void {
  const { frames, todo } = processOf(run);
  const { deferred, result } = frameOf(run, frame);
  const last = deferred.pop();
  if (last !== undefined) return enter(run, { ...last, caller: frame });
  pop(run);
  if (frame === 0) return;
  frames.pop();
  if (atomic) todo.push({ do: 'end atomic' });
  if (into !== undefined) todo.push({ do: 'store', into, value: result, frame: caller, ownStep });
}

function storeResult(run: Run, { into, value, frame, ownStep }: Of<'store'>): boolean {
  if (ownStep && run.phase === 'closed') return false;
  pop(run);
  ran(run, ownStep);
  if (into === 'result') frameOf(run, frame).result = fit(value, resultShape(run, frame));
  else assign(run.spec, run.state, [placeOf(run.spec.code.targets.at(into), sceneOf(run, frame)) ?? skip('a result for no place')], [value]);
  return true;
}
