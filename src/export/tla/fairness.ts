// The specification: what may happen, and what must, as PlusCal writes it. Which fairness is owed to which steps is the model's.

import { fairnessOf, type Fairness } from '../../model/fairness.js';
import type { TlaFamily, TlaUnit } from './unit.js';

export function fairnessLines(unit: TlaUnit): readonly string[] {
  const fairness = fairnessOf(unit.model);
  const parts = unit.families.flatMap((family) => ofFamily(unit, family, fairness));
  if (parts.length === 0) return ['Spec == Init /\\ [][Next]_vars'];
  return ['Spec ==', '  /\\ Init', '  /\\ [][Next]_vars', ...parts.map((p) => `  /\\ ${p}`)];
}

/** All instances of a family are owed the same: what the first is owed is said of each. */
function ofFamily({ model }: TlaUnit, family: TlaFamily, { actions, actionsAt }: Fairness): readonly string[] {
  const { domain, parameter } = family;
  const each = (body: string): string => (domain === undefined ? body : `\\A ${parameter} \\in ${domain} : ${body}`);
  const owed = actionsAt[model.instances.findIndex((i) => i.family === family.number)]!;
  return [...new Set(owed.flat())].sort((a, b) => a - b).flatMap((action) => {
    const { strength, label } = actions[action]!;
    if (strength === 'none') return [];
    const operator = strength === 'strong' ? 'SF' : 'WF';
    return [each(`${operator}_vars(${stepsOf(family, (i) => owed[i]!.includes(action), label !== undefined)})`)];
  });
}

/** The steps from some locations as one action: by name where they are those of a label, else all steps of the process but others. */
function stepsOf({ family, locations, domain, parameter, action, pc }: TlaFamily, isOne: (location: number) => boolean, byName: boolean): string {
  const call = (name: string): string => (domain === undefined ? name : `${name}(${parameter})`);
  const moving = family.locations.flatMap((l, i) => (l.entry === undefined ? [] : [i]));
  if (byName) return moving.filter(isOne).map((i) => call(locations[i]!.action)).join(' \\/ ');
  const exempt = moving.filter((i) => !isOne(i)).map((i) => `"${locations[i]!.value}"`);
  if (exempt.length === 0) return call(action);
  return `${domain === undefined ? pc : `${pc}[${parameter}]`} ${exempt.length === 1 ? `# ${exempt[0]!}` : `\\notin {${exempt.join(', ')}}`} /\\ ${call(action)}`;
}
