// What an expression asks of a process, as JavaScript: where it stands, what its locals are, which one an instance is.

import { assert } from '../base/unreachable.js';
import type { Expr, Variable } from '../core/expr.js';
import type { Type } from '../core/type.js';
import { NOWHERE, readBits } from './access.js';
import { boxed, literal, readCellJs } from './convert.js';
import type { Emitter } from './emitter.js';
import { valueJs } from './expression.js';
import { reprOf } from './representation.js';
import type { Scope } from './scope.js';

export function localOfJs(e: Expr & { readonly op: 'localOf' }, s: Scope, em: Emitter): string {
  const home = s.unit.index.home(e.variable);
  assert(home.kind === 'local', `${e.variable.name} is a local`);
  const pids = everyPid(s).filter((pid) => s.unit.index.family(pid) === home.family);
  // In the middle of a step the process's own locals are variables of the function; the state has them as they were before.
  const own = s.own?.locals.get(e.variable);
  return dispatchJs(em.hold(valueJs(e.pid, s, em)), pids, (pid) => (own !== undefined && pid === s.own!.pid ? own : readLocal(e.variable, pid, e.type, s)));
}

/** A local of a process as the state has it: where it is dead, its reset value. */
export function readLocal(variable: Variable, pid: number, t: Type, s: Scope): string {
  const { unit } = s;
  const home = unit.index.home(variable);
  assert(home.kind === 'local', `${variable.name} is a local`);
  const local = home.family.locals[home.index]!;
  const cell = unit.layout.instances[pid]!.locals[home.index];
  const reset = literal(unit, t, local.reset[unit.index.instance(pid).index]!);
  if (cell === undefined) return reset;
  const value = readCellJs(unit, { source: s.source, cell, words: NOWHERE, shift: NOWHERE }, t);
  return local.liveAt.length === home.family.locations.length ? value : `(${standsAt(pid, local.liveAt, s)} ? ${value} : ${reset})`;
}

export const everyPid = (s: Scope): readonly number[] => [...s.unit.index.model.instances.keys()];

export const locationJs = (pid: number, s: Scope): string => readBits({ source: s.source, words: NOWHERE, shift: NOWHERE }, s.unit.layout.instances[pid]!.location);

/** The process stands at one of the locations. */
export function standsAt(pid: number, locations: readonly number[], s: Scope): string {
  const at = locationJs(pid, s);
  const count = s.unit.index.family(pid).locations.length;
  if (locations.length === 0) return 'false';
  if (locations.length === count) return 'true';
  const [first] = locations;
  if (locations.length === 1) return `(${at} === ${first})`;
  if (count <= 32) return `((${String(locations.reduce((mask, l) => mask | (1 << l), 0))} >>> ${at} & 1) !== 0)`;
  const table = Array.from({ length: count }, (_, l) => (locations.includes(l) ? 1 : 0));
  return `(${s.unit.constant(table)}[${at}] !== 0)`;
}

export function pcInJs(e: Expr & { readonly op: 'pcIn' }, s: Scope, em: Emitter): string {
  return dispatchJs(em.hold(valueJs(e.pid, s, em)), everyPid(s), (pid) => standsAt(pid, e.locations[s.unit.index.instance(pid).family] ?? [], s));
}

/** One text for each process, chosen by its number. */
export function dispatchJs(pid: string, pids: readonly number[], of: (pid: number) => string): string {
  if (/^\d+$/.test(pid)) return of(Number(pid));
  const [last, ...others] = [...pids].reverse();
  assert(last !== undefined, 'there are processes');
  return others.reduce((rest, p) => `(${pid} === ${p} ? ${of(p)} : ${rest})`, of(last));
}

export function instanceJs(e: Expr & { readonly op: 'instance' }, s: Scope, em: Emitter): string {
  const { index } = s.unit;
  const pids = index.pidsOf(e.process);
  if (e.argument === undefined) return String(pids[0]);
  const t = e.argument.type;
  const js = em.hold(valueJs(e.argument, s, em));
  const same = (pid: number): string => {
    const { argument } = index.instance(pid);
    return reprOf(t) === 'number' ? `${js} === ${literal(s.unit, t, argument)}` : `rt.same(${boxed(s.unit, t, js)}, ${s.unit.constant(argument)})`;
  };
  const known = pids.find((pid) => reprOf(t) === 'number' && literal(s.unit, t, index.instance(pid).argument) === js);
  if (known !== undefined) return String(known);
  const found = em.hold(pids.reduceRight((rest, pid) => `(${same(pid)} ? ${pid} : ${rest})`, '-1'));
  em.leave(`${found} < 0`, s.fail('bad_index'));
  return found;
}
