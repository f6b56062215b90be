// Who must rest for whom: the meaning of `interrupts` as two lists of instances each (docs/language.md, Interrupts).

import type { Instance } from '../../analysis/program.js';

export interface Blockers {
  /** They interrupt this instance, directly or through another: while one is active, this one stands still. */
  readonly blockedBy: readonly number[];
  /** For an interrupt: they share a target with it without being interrupted by it: while one is active, no activation begins. */
  readonly beginBlockedBy: readonly number[];
}

/** Blockers of every instance. What interrupts an interrupt also interrupts whatever that one does. */
export function blockersOf(instances: readonly Instance[]): readonly Blockers[] {
  const targets = instances.map((_, pid) => targetsOf(instances, pid, new Set()));
  return instances.map((_, pid): Blockers => {
    const others = instances.map((_, other) => other).filter((other) => other !== pid);
    const blockedBy = others.filter((other) => targets[other]!.has(pid));
    const own = targets[pid]!;
    const beginBlockedBy = others.filter(
      (other) => !own.has(other) && !targets[other]!.has(pid) && [...targets[other]!].some((t) => own.has(t)),
    );
    return { blockedBy, beginBlockedBy };
  });
}

function targetsOf(instances: readonly Instance[], pid: number, found: Set<number>): ReadonlySet<number> {
  for (const target of instances[pid]!.interrupts) {
    if (found.has(target)) continue;
    found.add(target);
    targetsOf(instances, target, found);
  }
  return found;
}
