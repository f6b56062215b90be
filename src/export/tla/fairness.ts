// The specification: what may happen, and what must, as PlusCal writes it.

import type { Fairness } from '../../analysis/program.js';
import type { TlaFamily, TlaUnit } from './unit.js';

export function fairnessLines(unit: TlaUnit): readonly string[] {
  const parts = unit.families.flatMap((family) => ofFamily(family));
  if (parts.length === 0) return ['Spec == Init /\\ [][Next]_vars'];
  return ['Spec ==', '  /\\ Init', '  /\\ [][Next]_vars', ...parts.map((p) => `  /\\ ${p}`)];
}

function ofFamily(family: TlaFamily): readonly string[] {
  const { domain, parameter, action, pc } = family;
  const call = (name: string): string => (domain === undefined ? name : `${name}(${parameter})`);
  const at = domain === undefined ? pc : `${pc}[${parameter}]`;
  const each = (body: string): string => (domain === undefined ? body : `\\A ${parameter} \\in ${domain} : ${body}`);
  const own: Fairness = family.family.fairness;
  const steps = family.family.locations.flatMap((l, i) => (l.entry === undefined ? [] : [{ fairness: l.fairness, ...family.locations[i]! }]));
  const process = (): string[] => {
    if (own === 'none') return [];
    const exempt = steps.filter((s) => s.fairness === 'none').map((s) => `"${s.value}"`);
    const body = exempt.length === 0 ? call(action) : `${at} ${exempt.length === 1 ? `# ${exempt[0]!}` : `\\notin {${exempt.join(', ')}}`} /\\ ${call(action)}`;
    return [each(`${own === 'strong' ? 'SF' : 'WF'}_vars(${body})`)];
  };
  // A label with more fairness than its process.
  const labels = steps.filter((s) => s.fairness === 'strong' && own !== 'strong').map((s) => each(`SF_vars(${call(s.action)})`));
  const weak = own === 'none' ? steps.filter((s) => s.fairness === 'weak').map((s) => each(`WF_vars(${call(s.action)})`)) : [];
  return [...process(), ...labels, ...weak];
}
