// Storing: where an assignment goes, and the statement that puts a value there.

import { assert, unreachable } from '../base/unreachable.js';
import type { Place, Variable } from '../core/expr.js';
import type { Type } from '../core/type.js';
import { elementOf, NOWHERE, type Located } from './access.js';
import { boxed, coerce, insertJs, writeCellJs } from './convert.js';
import type { Emitter } from './emitter.js';
import { keyJs, partOf, slotJs } from './read.js';
import { packedCell, reprOf } from './representation.js';
import type { Own, Scope } from './scope.js';

/** A place whose references and indices have their values. */
export interface ResolvedPlace {
  readonly place: Place;
  /** For a field: the slot of its object. */
  readonly slot?: string;
  /** Ordinals of keys and numbers of fields. */
  readonly path: readonly string[];
}

/** Checks the way to the place. */
export function resolvePlace(place: Place, s: Scope, em: Emitter): ResolvedPlace {
  let slot: string | undefined;
  const path: string[] = [];
  for (const step of place.path) {
    switch (step.kind) {
      case 'object':
        slot = slotJs(place.variable, step.ref, s, em);
        break;
      case 'index':
        path.push(keyJs(step.key, step.index, s, em));
        break;
      case 'field':
        path.push(String(step.field));
        break;
      default:
        unreachable(step);
    }
  }
  return { place, path, ...(slot === undefined ? {} : { slot }) };
}

/** The condition under which two targets are one place, or the first lies around or within the second; undefined when they never are. */
export function meet(a: ResolvedPlace, b: ResolvedPlace): string | undefined {
  if (a.place.variable !== b.place.variable) return undefined;
  const pairs = [...(a.slot === undefined ? [] : [[a.slot, b.slot!] as const]), ...a.path.slice(0, b.path.length).map((step, i) => [step, b.path[i]!] as const)];
  const isNumber = (js: string): boolean => /^\d+$/.test(js);
  if (pairs.some(([x, y]) => x !== y && isNumber(x) && isNumber(y))) return undefined;
  return pairs.filter(([x, y]) => x !== y).map(([x, y]) => `${x} === ${y}`).join(' && ') || 'true';
}

/** Puts a value of type `t`, which belongs to the place's type, there. */
export function storeJs({ place, slot, path }: ResolvedPlace, t: Type, js: string, s: Scope, em: Emitter): void {
  const { unit } = s;
  const { variable } = place;
  const home = unit.index.home(variable);
  const at = (located: Located): Located => path.reduce(partOf, located);
  const whole: Omit<Located, 'cell'> = { source: s.source, words: NOWHERE, shift: NOWHERE };
  if (home.kind === 'local') {
    const { own } = s;
    const was = own?.locals.get(variable);
    assert(own !== undefined && was !== undefined, `${variable.name} is a local of the process that runs`);
    if (path.length === 0) {
      setLocal(own, variable, coerce(unit, t, variable.type, js), em);
      if (isNever(t, unit.nil)) em.learn(`${own.locals.get(variable)!} === ${unit.nil}`, false);
    } else if (reprOf(variable.type) === 'boxed') setLocal(own, variable, `rt.replaceAt(${was}, [${path.join(', ')}], ${boxed(unit, t, em.hold(js))})`, em);
    else {
      const part = at({ source: { kind: 'word', js: was }, cell: packedCell(variable.type), words: NOWHERE, shift: NOWHERE });
      setLocal(own, variable, insertJs(unit, part, place.type, em.hold(coerce(unit, t, place.type, js))), em);
    }
    return;
  }
  const cell = home.kind === 'shared' ? { ...whole, cell: unit.layout.variables[home.index]! } : elementOf(whole, unit.layout.pools[home.pool]!.fields[home.index]!, slot!);
  const statement = writeCellJs(unit, at(cell), place.type, em.hold(coerce(unit, t, place.type, js)));
  if (statement !== undefined) em.line(statement);
}

/** No value of the type is the number that stands for null. (A reference that was never set is null, whatever its type says.) */
const isNever = (t: Type, nil: number): boolean => t.kind === 'bool' || t.kind === 'enum' || (t.kind === 'range' && t.lo > nil);

/** A local of the process that runs has another value. */
export function setLocal({ locals, joins }: Own, variable: Variable, js: string, em: Emitter): void {
  if (joins) em.line(`${locals.get(variable)!} = ${js};`);
  else locals.set(variable, em.hold(js, `${plainName(variable)}_`));
}

const plainNames = new WeakMap<Variable, string>();

/** A local's name as a variable of the function has it. */
export function plainName(variable: Variable): string {
  let name = plainNames.get(variable);
  if (name === undefined) plainNames.set(variable, (name = variable.name.slice(variable.name.lastIndexOf('.') + 1).replace(/\W/g, '_')));
  return name;
}
