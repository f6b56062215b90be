// Constants by their values, and processes by their number and what fairness is owed to them.

import { showValue } from '../core/value.js';
import type { Family, Model } from '../model/model.js';
import type { ValueChange } from './result.js';

export function constantChanges(before: Model, after: Model): readonly ValueChange[] {
  const values = (model: Model): ReadonlyMap<string, string> => new Map(model.constants.map(({ name, type, value }) => [name, showValue(type, value)]));
  return changesOf(values(before), values(after));
}

/** `fair+, 2 instances`; a process that only one revision has is listed by its declaration. */
export function processChanges(before: Model, after: Model): readonly ValueChange[] {
  const of = (model: Model): ReadonlyMap<string, string> => new Map(model.families.map((family) => [family.name, describe(model, family)]));
  const [a, b] = [of(before), of(after)];
  return changesOf(a, b).filter(({ name }) => a.has(name) && b.has(name));
}

function describe({ instances, families }: Model, family: Family): string {
  const own = instances.filter((i) => families[i.family] === family);
  const fairness = { none: 'no fairness', weak: 'fair', strong: 'fair+' }[family.fairness];
  return `${fairness}${family.isInterrupt ? ', an interrupt' : ''}${own.length === 1 ? '' : `, ${own.length} instances`}`;
}

function changesOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly ValueChange[] {
  const names = [...new Set([...after.keys(), ...before.keys()])];
  return names.flatMap((name): ValueChange[] => {
    const [a, b] = [before.get(name), after.get(name)];
    if (a === b) return [];
    return [{ name, ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }) }];
  });
}
