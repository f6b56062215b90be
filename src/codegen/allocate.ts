// Objects come and go in a step: `new` takes the first slot that nothing refers to, `free` gives one back.

import type { Pool } from '../core/expr.js';
import { mentionsPool } from '../core/type.js';
import type { Node } from '../model/model.js';
import { elementOf, inMemory, NOWHERE, type StateWords } from './access.js';
import { literal, readCellJs, writeCellJs } from './convert.js';
import type { Emitter } from './emitter.js';
import { valueJs } from './expression.js';
import { forgetName, forgottenJs, slotsOf, takenName } from './objects.js';
import { resolvePlace, setLocal, storeJs } from './place.js';
import { slots } from './runtime.js';
import type { Scope } from './scope.js';
import type { StepParts, StepUnit } from './step-parts.js';

export function allocate(node: Node & { readonly op: 'new' }, step: StepParts, s: Scope, em: Emitter): void {
  const { unit } = step;
  const { pool } = node;
  const { array, at } = inMemory(s.source);
  const target = resolvePlace(node.target, s, em);
  const values = node.fields.map(({ value }) => em.hold(valueJs(value, s, em)));
  const own = pool.reuse ? [] : ownSlots(pool, step, s).filter((js) => js !== '0');
  const free = em.hold(`~(${[`${takenName(unit, pool)}(${array}, ${at}, ${step.pid})`, ...own].join(' | ')}) & ${String(2 ** pool.size - 1)}`);
  const make = (there: Scope, made: Emitter): void => {
    const slot = made.hold(`31 - Math.clz32(${free} & -${free})`);
    made.line(`${forgetName(unit, pool)}(${array}, ${at}, ${slot});`);
    for (const [variable, js] of [...there.own!.locals]) {
      const forgotten = forgottenJs(unit, variable, js, pool, slot);
      if (forgotten !== undefined) setLocal(there.own!, variable, forgotten, made);
    }
    made.line(setAlive(unit, s.source, pool, slot, '1'));
    node.fields.forEach(({ variable, value }, i) => storeJs({ place: { variable, path: [], type: variable.type, at: node.at }, slot, path: [] }, value.type, values[i]!, there, made));
    made.learn(`${slot} === ${unit.nil}`, false);
    storeJs(target, { kind: 'ref', pool: pool.name, size: pool.size }, slot, there, made);
  };
  if (!node.optional) {
    em.leave(`${free} === 0`, s.fail(`${pool.name}.exhausted`));
    make(s, em);
    return;
  }
  const arms = [em.child(), em.child()] as const;
  const [made, none] = arms;
  const scopes = arms.map(() => ({ ...s, own: { ...s.own!, locals: new Map(s.own!.locals) } }));
  make(scopes[0]!, made);
  storeJs(target, node.target.type, String(unit.nil), scopes[1]!, none);
  // What a local is then, each way has for itself.
  for (const [variable] of s.own!.locals) {
    const values = scopes.map(({ own }) => own.locals.get(variable)!);
    if (values[0] === values[1]) {
      s.own!.locals.set(variable, values[0]!);
      continue;
    }
    const name = em.fresh('v');
    em.line(`let ${name};`);
    arms.forEach((arm, i) => arm.line(`${name} = ${values[i]!};`));
    s.own!.locals.set(variable, name);
  }
  em.block(`if (${free} !== 0)`, made);
  em.block('else', none);
}

/** What the process that runs holds itself. */
function ownSlots(pool: Pool, { unit, family, pid, location }: StepParts, s: Scope): readonly string[] {
  return family.locals.flatMap(({ variable, reset, liveAt }, i) => {
    if (variable.kind === 'ghost' || !mentionsPool(variable.type, pool.name)) return [];
    const cell = unit.layout.instances[pid]!.locals[i];
    const live = cell !== undefined && liveAt.includes(location);
    const here = s.own?.locals.get(variable);
    if (here === undefined && !live) return [String(slots(variable.type, reset[unit.index.instance(pid).index]!, pool.name))];
    const js = here ?? readCellJs(unit, { source: s.source, cell: cell!, words: NOWHERE, shift: NOWHERE }, variable.type);
    return [slotsOf(unit, variable.type, js, pool)];
  });
}

export function release(pool: Pool, unit: StepUnit, after: StateWords, slot: string, em: Emitter): void {
  em.line(setAlive(unit, after, pool, slot, '0'));
  const { fields } = unit.layout.pools[unit.index.pool(pool)]!;
  pool.fields.forEach(({ variable, initial }, f) => {
    const located = elementOf({ source: after, words: NOWHERE, shift: NOWHERE }, fields[f]!, slot);
    const js = writeCellJs(unit, located, variable.type, literal(unit, variable.type, initial));
    if (js !== undefined) em.line(js);
  });
}

function setAlive(unit: StepUnit, after: StateWords, pool: Pool, slot: string, bit: string): string {
  const { alive } = unit.layout.pools[unit.index.pool(pool)]!;
  const element = elementOf({ source: after, words: NOWHERE, shift: NOWHERE }, alive, slot);
  return writeCellJs(unit, element, { kind: 'bool' }, bit) ?? '';
}
