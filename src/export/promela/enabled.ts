// When a step can begin: where the process stands, who interrupts it, and the guards of its ways.

import type { Family } from '../../model/model.js';
import { alternativesOf, resetLater, type Alternative } from './alternatives.js';
import { Later, type Memory } from './memory.js';
import type { Scope } from './scope.js';
import { all, and, any, choose, compare, number, type Term } from './term.js';
import type { Unit } from './unit.js';

/** The scope of the code of a family. */
export type StepScope = (family: number, self: Term | undefined, memory: Memory) => Scope;

/**
 * The ways of the step that begins at a location; none where the process ends.
 * @param moving only those that change something: see alternativesOf
 */
export function waysFrom(unit: Unit, scopeOf: StepScope, family: number, location: number, self: Term, memory: Memory, moving = false): readonly Alternative[] {
  const own = unit.model.families[family]!;
  const { entry } = own.locations[location]!;
  if (entry === undefined) return [];
  return alternativesOf(own, entry, (m) => scopeOf(family, self, m), withHiddenReset(unit, own, scopeOf(family, self, memory), memory), moving ? location : undefined);
}

/** Locals that mean nothing between steps hold what they are reset to. */
export function withHiddenReset(unit: Unit, family: Family, scope: Scope, memory: Memory): Later {
  return family.locals.reduce<Later>(
    (later, { variable }) => (unit.storages.get(variable)?.columns.some((c) => c.isHidden) === true ? resetLater(later, variable, scope) : later),
    new Later(memory),
  );
}

/** The process may move at all: nothing that interrupts it is under way. */
export function mayMove(unit: Unit, family: number, location: number, self: Term, memory: Memory): Term {
  const instances = unit.model.instances.flatMap((instance, pid) => (instance.family === family && (self.known === undefined || self.known === pid) ? [{ instance, pid }] : []));
  const rests = (pid: number): Term => {
    const other = unit.model.families[unit.model.instances[pid]!.family]!;
    return compare('==', memory.read(unit.pc, number(pid)), unit.location(other, 0));
  };
  const conditions = instances.map(({ instance, pid }) => ({ pid, when: all([...instance.blockedBy, ...(location === 0 ? instance.beginBlockedBy : [])].map(rests)) }));
  if (conditions.every(({ when }) => when.text === conditions[0]!.when.text)) return conditions[0]!.when;
  return conditions.slice(0, -1).reduceRight<Term>((rest, { pid, when }) => choose(compare('==', self, number(pid)), when, rest), conditions.at(-1)!.when);
}

/** Some step of the process can be taken, or errs. */
export function enabledTerm(unit: Unit, scopeOf: StepScope, pid: number, memory: Memory): Term {
  const { family } = unit.model.instances[pid]!;
  const self = number(pid);
  return any(
    unit.model.families[family]!.locations.map((_, location) => {
      const guards = waysFrom(unit, scopeOf, family, location, self, memory).map(({ guard }) => guard);
      const stands = compare('==', memory.read(unit.pc, self), unit.location(unit.model.families[family]!, location));
      return and(stands, and(mayMove(unit, family, location, self, memory), any(guards)));
    }),
  );
}
