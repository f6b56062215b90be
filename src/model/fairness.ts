// Which fairness is owed to which steps, in the words of TLA+: a list of actions, each WF or SF, and for each place where a process can
// stand the actions that its step is a step of. As in PlusCal:
//
// `fair process` owes WF to the steps of the process but those of labels with `-`, and SF to those of each label with `+` by itself;
// `fair+ process` owes SF to its steps but those with `-`; labels of a process that is not fair owe nothing. An interrupt owes what it is
// declared with to the beginning of an activation; one that has begun goes on as a fair process does.

import type { FairAction, Strength } from '../checker/liveness/plan.js';
import type { Family, Model, ModelLocation } from './model.js';

export interface Fairness {
  readonly actions: readonly FairAction[];
  /** For each process and location: indices into `actions`. */
  readonly actionsAt: readonly (readonly (readonly number[])[])[];
}

export function fairnessOf(model: Model): Fairness {
  const actions: FairAction[] = [];
  const actionsAt = model.instances.map((instance, process) => {
    const family = model.families[instance.family]!;
    const own = new Map<string, number>();
    /** The action of this process with the name; made when it is first asked for. */
    const action = (name: string, strength: Strength, label?: string): number => {
      const known = own.get(name) ?? actions.push({ strength, process, ...(label === undefined ? {} : { label }) }) - 1;
      own.set(name, known);
      return known;
    };
    return family.locations.map((location, number): readonly number[] => {
      if (location.entry === undefined) return [];
      if (family.isInterrupt && number === 0) return [action('begin', family.fairness === 'none' ? 'none' : location.fairness, location.name)];
      const declared: Strength = family.isInterrupt ? 'weak' : family.fairness;
      if (declared === 'none') return [action('process', 'none')];
      if (location.fairness === 'none') return [];
      const main = action('process', declared);
      return declared === 'weak' && location.fairness === 'strong' ? [main, action(labelKey(family, location), 'strong', location.name)] : [main];
    });
  });
  return { actions, actionsAt };
}

/** The same for all inlined copies of a label. */
function labelKey(family: Family, { at, frame, name }: ModelLocation): string {
  return `${family.frames[frame]!.procedure} ${name} ${at.file.path} ${at.start}`;
}
