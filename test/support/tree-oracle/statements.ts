// What each statement does, once it is known that it belongs to the step.

import type { Expr, Stmt } from '../../../src/ast/nodes.js';
import { argumentsRead, isShared, reads, touches } from './accesses.js';
import { evaluate, placeOf, test } from './expressions.js';
import { Erred, erred, skip, Waits } from './outcomes.js';
import { assign, shapeAt } from './places.js';
import {
  argumentsFor, calledBy, chosen, close, enter, frameOf, leave, namesIn, open, pop, processOf, push, ran, resultShape, sceneOf, type Run,
} from './run.js';
import { fit } from './shapes.js';
import { calleeOf, isExchange, macroOf, type Procedure } from './spec.js';
import { objectAt, read, type Fields, type Place, type State, type Target } from './state.js';
import { number, same, setOf, type ObjectRef, type Value } from './values.js';

/** Where a statement runs. */
export interface Here {
  readonly frame: number;
  /** It starts a step. */
  readonly starts: boolean;
  readonly isGhost: boolean;
}

export function execute(run: Run, s: Stmt, here: Here): void {
  const { frame, starts } = here;
  const { code } = run.spec;
  const scene = sceneOf(run, frame);
  switch (s.kind) {
    case 'skip':
      return ran(run, starts);
    case 'assign':
    case 'call':
      return s.kind === 'assign' ? assignment(run, s, here) : callStatement(run, s, here);
    case 'rest':
      if (run.isFirst) run.seen.rests = true;
      if (!test(s.condition, scene)) throw new Waits();
      return ran(run, starts);
    case 'await':
      if (!test(s.condition, scene)) throw new Waits();
      return ran(run, starts);
    case 'assert':
      if (test(s.condition, scene)) return;
      if (s.property === undefined) throw new Erred('assertion');
      run.seen.violated.add(s.property.text);
      return;
    case 'if': {
      const isTrue = test(s.condition, scene);
      ran(run, starts, here.isGhost);
      return push(run, code.blocks(s)[isTrue ? 0 : 1]!, frame);
    }
    case 'while':
    case 'loop':
      processOf(run).todo.push({ do: 'test', loop: code.loops.numberOf(s), frame });
      return;
    case 'break':
      close(run);
      while (pop(run).do !== 'again');
      return;
    case 'continue':
      ran(run, starts);
      while (processOf(run).todo.at(-1)!.do !== 'again') pop(run);
      return;
    case 'goto':
      return jump(run, s, here);
    case 'either':
      return branch(run, code.blocks(s)[run.choose(s.branches.length)]!, here);
    case 'with':
      frameOf(run, frame).locals[s.name.text] = chosen(evaluate(s.set, scene), run.choose);
      branch(run, s.body.statements, here);
      if (starts && reads(run.spec, s.set, namesIn(run, frame))) run.isFirst = false;
      return;
    case 'atomic':
      if (starts) run.phase = 'closed';
      else if (!touches(run.spec, s, namesIn(run, frame))) ran(run, false);
      processOf(run).todo.push({ do: 'end atomic' });
      run.atomic++;
      return push(run, s.body.statements, frame);
    case 'return':
      return returned(run, s.value, here);
    case 'defer': {
      const d = calledBy(run, s.call)!;
      frameOf(run, frame).deferred.push({ procedure: d.name.text, arguments: argumentsFor(run, d, s.call, frame) });
      return ran(run, starts);
    }
    case 'free': {
      const ref = evaluate(s.operand, scene);
      objectAt(run.state, ref, 'double_free');
      run.state.pools[(ref as ObjectRef).pool]![(ref as ObjectRef).slot] = null;
      return ran(run, starts);
    }
    case 'touch':
      objectAt(run.state, evaluate(s.operand, scene));
      return ran(run, starts);
  }
}

/** A choice is made together with the first statement of the branch. */
function branch(run: Run, statements: readonly Stmt[], { frame, starts }: Here): void {
  open(run, starts);
  if (run.spec.grain === 'statement' && run.atomic === 0) processOf(run).todo.push({ do: 'end branch' });
  push(run, statements, frame);
}

function assignment(run: Run, s: Stmt & { readonly kind: 'assign' }, here: Here): void {
  const { frame, starts } = here;
  const value = s.values[0]!;
  const d = calledBy(run, value);
  const target = s.targets[0]!;
  if (d !== undefined) return call(run, d, value, here, run.spec.code.targets.numberOf(target), isShared(run.spec, target, namesIn(run, frame)));
  const scene = sceneOf(run, frame);
  const place = (e: Expr): Place => placeOf(e, scene) ?? skip('an assignment to no place');
  if (isExchange(run.spec, value)) {
    const { cell, stored, old } = exchange(run, value, frame, () => place(target));
    assign(run.spec, run.state, [...old.places, ...(stored === undefined ? [] : [cell])], [...old.places.map(() => old.value), ...(stored === undefined ? [] : [stored])]);
  } else {
    const places = s.targets.map(place);
    assign(run.spec, run.state, places, s.values.map((v) => valueOf(run, v, frame)));
  }
  ran(run, starts, here.isGhost);
}

function callStatement(run: Run, s: Stmt & { readonly kind: 'call' }, here: Here): void {
  if (macroOf(run.spec, s) !== undefined) {
    open(run, here.starts);
    return push(run, run.spec.code.expansion(run.spec, s), here.frame);
  }
  const d = calledBy(run, s.call);
  if (d !== undefined) return call(run, d, s.call, here);
  if (!isExchange(run.spec, s.call)) skip(`a statement that calls ${calleeOf(s.call)}`);
  const { cell, stored } = exchange(run, s.call as Expr & { readonly kind: 'call' }, here.frame);
  if (stored !== undefined) assign(run.spec, run.state, [cell], [stored]);
  ran(run, here.starts);
}

function call(run: Run, d: Procedure, e: Expr, { frame, starts }: Here, into?: Target, ownStep = false): void {
  const given = argumentsFor(run, d, e, frame);
  const atomic = d.atomic && run.atomic === 0;
  if (starts && atomic) run.phase = 'closed';
  else if (starts && argumentsRead(run.spec, d, e, namesIn(run, frame))) close(run);
  else open(run, starts);
  enter(run, { procedure: d.name.text, arguments: given, caller: frame, ownStep, atomic, ...(into === undefined ? {} : { into }) });
}

function returned(run: Run, value: Expr | undefined, here: Here): void {
  const { frame } = here;
  if (value !== undefined) {
    const d = calledBy(run, value);
    if (d !== undefined) {
      processOf(run).todo.push({ do: 'leave', frame });
      return call(run, d, value, here, 'result');
    }
    if (isExchange(run.spec, value)) {
      const { cell, stored, old } = exchange(run, value, frame);
      const result = fit(old.value, resultShape(run, frame));
      if (stored !== undefined) assign(run.spec, run.state, [cell], [stored]);
      frameOf(run, frame).result = result;
    } else frameOf(run, frame).result = fit(valueOf(run, value, frame), resultShape(run, frame));
  }
  ran(run, here.starts);
  leave(run, frame);
}

interface Exchange {
  readonly cell: Place;
  /** What the cell gets; undefined: a comparison failed. */
  readonly stored: Value | undefined;
  readonly old: { readonly value: Value; readonly places: readonly Place[] };
}
/** An atomic operation before it stores anything. The place of the result is found first, as of every assignment. */
function exchange(run: Run, e: Expr & { readonly kind: 'call' }, frame: number, result?: () => Place): Exchange {
  const scene = sceneOf(run, frame);
  const places = result === undefined ? [] : [result()];
  const cell = placeOf(e.arguments[0]!, scene) ?? skip('an exchange with no place');
  const value = read(run.state, cell);
  const operand = evaluate(e.arguments[1]!, scene);
  const old = { value, places };
  switch (calleeOf(e)) {
    case 'xchg':
      return { cell, old, stored: operand };
    case 'fetch_add':
      return { cell, old, stored: number(value) + number(operand) };
    default: {
      // The new value must fit whether it is stored or not.
      const next = fit(evaluate(e.arguments[2]!, scene), shapeAt(run.spec, run.state, cell));
      return { cell, old, stored: same(value, operand) ? next : undefined };
    }
  }
}

function jump(run: Run, s: Stmt & { readonly kind: 'goto' }, { frame, starts }: Here): void {
  ran(run, starts);
  leave(run, frame);
  const { statements } = run.spec.code.owner(run.spec, frameOf(run, frame).body);
  const next = statements.findIndex((x) => x.label?.name.text === s.target.text);
  if (next < 0) skip('a goto into a block');
  processOf(run).todo.push({ do: 'list', list: run.spec.code.lists.numberOf(statements), next, frame });
}

/** The right side of an assignment, or what is returned: an expression or a new object. */
function valueOf(run: Run, e: Expr, frame: number): Value {
  const scene = sceneOf(run, frame);
  if (e.kind !== 'new') return evaluate(e, scene);
  const pool = run.spec.pools.get(e.pool.parts[0]!.text)!;
  const given = new Map(e.fields.map((f) => [f.name.text, f.value]));
  const fields: Fields = Object.fromEntries(pool.fields.map((f) => [f.name, given.has(f.name) ? fit(evaluate(given.get(f.name)!, scene), f.shape) : f.initial]));
  const slots = run.state.pools[pool.name]!;
  const slot = slots.indexOf(null);
  if (slot < 0) return e.optional ? null : erred(`${pool.name}.exhausted`);
  slots[slot] = fields;
  for (const ghost of run.spec.ghosts) run.state.shared[ghost] = withoutSlot(run.state, ghost, pool.name, slot);
  return { kind: 'object', pool: pool.name, slot };
}

/** A ghost forgets the object that was in a slot when it is used again. */
function withoutSlot(state: State, ghost: string, pool: string, slot: number): Value {
  const isIt = (v: Value): boolean => v !== null && typeof v === 'object' && v.kind === 'object' && v.pool === pool && v.slot === slot;
  const v = state.shared[ghost]!;
  if (isIt(v)) return null;
  return v !== null && typeof v === 'object' && v.kind === 'set' ? setOf(v.elements.filter((e) => !isIt(e))) : v;
}
