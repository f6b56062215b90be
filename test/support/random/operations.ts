// Statements of random specs that do something with a name of their own: exchanges, calls, objects.

import { isSubtype, sameType, type Type } from '../../../src/core/type.js';
import { references, truthOf } from './expressions.js';
import { valueOf } from './numbers.js';
import { placeOf, spend, type Flow } from './statements.js';
import { freshName, type ProcedurePlan } from './world.js';

/** `cmpxchg`, `xchg` and `fetch_add`, with and without a place for what was there. */
export function exchange(flow: Flow): string[] {
  const { choices, temper } = flow.world;
  const place = placeOf(flow, (t) => t.kind !== 'record' && t.kind !== 'map');
  if (place === undefined) return ['skip'];
  const { text, type } = place;
  const root = /^\w+/.exec(text)![0];
  const result = placeOf(flow, (t) => isSubtype(type, t));
  const store = result === undefined || result.text.startsWith(root) || choices.chance(25) ? '' : `${result.text} := `;
  const value = (): string => valueOf(flow, type, 1);
  if (type.kind === 'range' && choices.chance(35)) {
    const amount = temper === 'bold' ? choices.pick(['1', '-1']) : `(if ${text} < ${type.hi} then 1 else ${type.lo - type.hi})`;
    return [`${store}fetch_add(${text}, ${amount})`];
  }
  return [choices.chance(50) ? `${store}xchg(${text}, ${value()})` : `${store}cmpxchg(${text}, ${value()}, ${value()})`];
}

/** Places that a parameter of the type can be passed: `inout` needs exactly its type. */
function argumentsOf(flow: Flow, procedure: ProcedurePlan): string[] | undefined {
  const places: string[] = [];
  for (const p of procedure.parameters) {
    if (!p.inout) places.push(valueOf(flow, p.type, 1));
    else {
      const place = placeOf(flow, (t) => sameType(t, p.type));
      if (place === undefined) return undefined;
      places.push(place.text);
    }
  }
  return places;
}

/** A call as it is written after `defer` and `:=`. */
export function callOf(flow: Flow, fits: (p: ProcedurePlan) => boolean): { readonly text: string; readonly procedure: ProcedurePlan } | undefined {
  const { world } = flow;
  const known = world.procedures.filter(fits);
  if (known.length === 0) return undefined;
  const procedure = world.choices.pick(known);
  const args = argumentsOf(flow, procedure);
  if (args === undefined) return undefined;
  if ((flow.inAtomic || world.labelled || procedure.atomic) && !spend({ ...flow, inAtomic: true }, procedure.ways)) return undefined;
  if (flow.owner.kind === 'process' && !procedure.atomic && !flow.inAtomic) world.calls.push({ process: flow.owner.name, procedure: procedure.name });
  return { text: `${procedure.name}(${args.join(', ')})`, procedure };
}

export function callStatements(flow: Flow): string[] {
  const { world, owner } = flow;
  const { choices, macros, cell } = world;
  return choices.among<() => string[]>([
    [4, () => {
      const call = callOf(flow, () => true);
      if (call === undefined) return ['skip'];
      const { result } = call.procedure;
      const place = result === undefined || choices.chance(20) ? undefined : placeOf(flow, (t) => isSubtype(result, t));
      return [place === undefined ? call.text : `${place.text} := ${call.text}`];
    }],
    [macros.length > 0 ? 2 : 0, () => {
      const macro = choices.pick(macros);
      const place = placeOf(flow, (t) => sameType(t, macro.place));
      return place === undefined ? ['skip'] : [`${macro.name}(${place.text}, ${valueOf(flow, macro.value, 1)})`];
    }],
    [cell === undefined ? 0 : 3, () => cellCall(flow, cell!)],
    [owner.kind !== 'macro' && flow.depth === 0 && !flow.inAtomic ? 2 : 0, () => {
      const call = callOf(flow, () => true);
      return call === undefined ? ['skip'] : [`defer ${call.text}`];
    }],
  ])();
}

function cellCall(flow: Flow, item: Type): string[] {
  const { choices } = flow.world;
  const flag = placeOf(flow, (t) => t.kind === 'bool');
  if (choices.chance(60)) return [`${flag === undefined || choices.chance(40) ? '' : `${flag.text} := `}cell.put(${valueOf(flow, item, 1)})`];
  const place = placeOf(flow, (t) => isSubtype({ kind: 'nullable', of: item }, t));
  return [`${place === undefined ? '' : `${place.text} := `}cell.take()`];
}

/** What is done with objects: by their only owner where nothing may go wrong, by anybody otherwise. */
export function objectStatements(flow: Flow): string[] {
  const { world } = flow;
  const { choices, temper } = world;
  const pool = world.pool!;
  const field = choices.pick(pool.fields);
  const given = (): string => (choices.chance(60) ? `${pool.name} { ${field.name}: ${valueOf(flow, field.type, 1)} }` : pool.name);
  const own = flow.locals.find((v) => v.name === 'o');
  const shared = world.shared.filter(({ type }) => type.kind === 'nullable' && type.of.kind === 'ref').map((v) => v.name);
  if (temper === 'calm') {
    if (own === undefined) return ['skip'];
    return choices.among<() => string[]>([
      [4, () => ['if o == null {', `  o := new? ${given()}`, '}']],
      [2, () => ['if o != null {', `  o.${field.name} := ${valueOf(flow, field.type, 1)}`, '}']],
      [2, () => ['if o != null {', ...(choices.chance(50) ? ['  touch o'] : []), '  free o', '  o := null', '}']],
      [shared.length > 0 ? 1 : 0, () => [`${choices.pick(shared)} := o`]],
      [pool.maps.length > 0 ? 1 : 0, () => { const m = choices.pick(pool.maps); return ['if o != null {', `  ${m.name}[o] := ${valueOf(flow, m.type, 1)}`, '}']; }],
    ])();
  }
  const refs = references(flow).map((r) => r.text);
  const places = [...flow.locals, ...world.shared].filter(({ type }) => type.kind === 'nullable' && type.of.kind === 'ref').map((v) => v.name);
  if (refs.length === 0 || places.length === 0) return ['skip'];
  const ref = choices.pick(refs);
  const guard = (line: string): string[] => (choices.chance(75) && places.includes(ref) ? [`if ${ref} != null {`, `  ${line}`, '}'] : [line]);
  const bags = world.shared.filter(({ type }) => type.kind === 'set' && type.of.kind === 'ref').map((v) => v.name);
  const name = freshName(world, 'w');
  return choices.among<() => string[]>([
    [6, () => [`${choices.pick(places)} := new? ${given()}`]],
    [2, () => [`${choices.pick(places)} := new ${given()}`]],
    [4, () => guard(`free ${ref}`)],
    [1, () => guard(`touch ${ref}`)],
    [3, () => [`${choices.pick(places)} := ${ref}`]],
    [1, () => [`${choices.pick(places)} := null`]],
    [2, () => guard(`${ref}.${field.name} := ${valueOf(flow, field.type, 1)}`)],
    [1, () => [`await ${ref} == ${choices.pick(refs)} || ${truthOf(flow, 1)}`]],
    [pool.maps.length > 0 ? 1 : 0, () => { const m = choices.pick(pool.maps); return guard(`${m.name}[${ref}] := ${valueOf(flow, m.type, 1)}`); }],
    [bags.length > 0 ? 2 : 0, () => guard(`${bags[0]!} := ${bags[0]!} ${choices.pick(['union', 'minus'])} {${ref}}`)],
    [bags.length > 0 && spend(flow, 2) ? 1 : 0, () => [`with ${name} in ${bags[0]!} {`, `  ${choices.pick(['touch', 'free'])} ${name}`, '}']],
  ])();
}
