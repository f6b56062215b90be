// Processes in expressions: which instance, where it stands, what its parameter is; and which objects live.

import { assert } from '../../base/unreachable.js';
import type { Expr, Pool } from '../../core/expr.js';
import type { Type } from '../../core/type.js';
import { constant, same, type Cells } from './cells.js';
import { cellsIn } from './expression.js';
import { mayErr, type Scope } from './scope.js';
import { cellCount } from './shape.js';
import { all, and, any, choose, compare, compute, not, number, type Term } from './term.js';
import { liveOf } from './unit.js';

/** Whether the slot holds a live object. */
export function isLive(pool: Pool, slot: Term, scope: Scope): Term {
  const live = scope.memory.read(liveOf(scope.unit, pool), number(0));
  return compute('&', compute('>>', live, slot), number(1));
}

/** The parameter of the process that runs. */
export function parameterCells(type: Type, scope: Scope): Cells {
  const { unit, self, family } = scope;
  assert(self !== undefined && family !== undefined, 'a process has a parameter');
  const instances = unit.model.instances.flatMap((instance, pid) => (instance.family === family ? [{ pid, cells: constant(unit, type, instance.argument) }] : []));
  const own = instances.find(({ pid }) => pid === self.known) ?? (instances.length === 1 ? instances[0] : undefined);
  if (own !== undefined) return own.cells;
  return Array.from({ length: cellCount(type) }, (_, i) => {
    const values = instances.map(({ pid, cells }) => ({ pid, term: cells[i]! }));
    const [first] = values;
    const distance = first!.term.known! - first!.pid;
    if (values.every(({ pid, term }) => term.known === pid + distance)) return compute('+', self, number(distance));
    return values.slice(0, -1).reduceRight<Term>((rest, { pid, term }) => choose(compare('==', self, number(pid)), term, rest), values.at(-1)!.term);
  });
}

/** The number of `p[e]`. */
export function instanceTerm(e: Expr & { readonly op: 'instance' }, scope: Scope): Term {
  const { unit } = scope;
  const pids = unit.index.pidsOf(e.process);
  if (e.argument === undefined) {
    assert(pids.length > 0, 'a process without a parameter has an instance');
    return number(pids[0]!);
  }
  const { type } = e.argument;
  const argument = cellsIn(e.argument, scope);
  const values = pids.map((pid) => ({ pid, value: unit.index.instance(pid).argument }));
  const [first] = values;
  if (first === undefined) {
    mayErr(scope, number(1), 'bad_index');
    return number(0);
  }
  const distance = first.pid - Number(first.value);
  if (argument.length === 1 && values.every(({ pid, value }) => typeof value === 'number' && value + distance === pid)) {
    const pid = compute('+', argument[0]!, number(distance));
    const last = values.at(-1)!.pid;
    const fits = type.kind === 'range' && type.lo + distance >= first.pid && type.hi + distance <= last;
    if (!fits) mayErr(scope, not(and(compare('<=', number(first.pid), pid), compare('<=', pid, number(last)))), 'bad_index');
    return pid;
  }
  const is = values.map(({ pid, value }) => ({ pid, when: same(argument, constant(unit, type, value)) }));
  mayErr(scope, all(is.map(({ when }) => not(when))), 'bad_index');
  return is.slice(0, -1).reduceRight<Term>((rest, { pid, when }) => choose(when, number(pid), rest), number(is.at(-1)!.pid));
}

/** The process stands at one of the locations that are listed for its family. */
export function standsIn(e: Expr & { readonly op: 'pcIn' }, pid: Term, scope: Scope): Term {
  const { unit, memory } = scope;
  const pc = memory.read(unit.pc, pid);
  const at = (family: number): Term => any((e.locations[family] ?? []).map((location) => compare('==', pc, unit.location(unit.model.families[family]!, location))));
  if (pid.known !== undefined) return at(unit.model.instances[pid.known]!.family);
  const only = e.pid.op === 'instance' ? e.pid.process : undefined;
  return any(
    unit.model.families.flatMap((family, f) => {
      const pids = unit.model.instances.flatMap((instance, p) => (instance.family === f ? [p] : []));
      if (pids.length === 0) return [];
      if (family.name === only) return [at(f)];
      if (only !== undefined) return [];
      const isOne = and(compare('<=', number(pids[0]!), pid), compare('<=', pid, number(pids.at(-1)!)));
      return [and(pids.length === unit.model.instances.length ? number(1) : isOne, at(f))];
    }),
  );
}
