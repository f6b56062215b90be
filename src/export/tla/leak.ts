// `P.leak` in TLA+: every live object can be reached from the program's variables through fields of live objects.

import { mentionsPool } from '../../core/type.js';
import { referencesText } from './references.js';
import type { TlaUnit } from './unit.js';

export function leakLines(unit: TlaUnit, pool: string, name: string): readonly string[] {
  const { model } = unit;
  const held = (p: string): readonly string[] => [
    ...model.variables.flatMap(({ variable }) => (variable.kind === 'ghost' ? [] : (referencesText(unit, variable.type, unit.variables.get(variable)!, p) ?? []))),
    ...unit.families.flatMap((family) =>
      family.family.locals.flatMap(({ variable, liveAt }) => {
        if (variable.kind === 'ghost' || liveAt.length === 0 || !mentionsPool(variable.type, p)) return [];
        const local = unit.variables.get(variable)!;
        return [family.domain === undefined ? referencesText(unit, variable.type, local, p)! : `UNION {${referencesText(unit, variable.type, `${local}[p_]`, p)!} : p_ \\in ${family.domain}}`];
      }),
    ),
  ];
  // An object is <<pool, slot>>.
  const objects = (p: string, slots: string): string => `({"${p}"} \\X (${slots} \\cap ${unit.pools.get(p)!.live}))`;
  const roots = model.pools.flatMap((p) => held(p.name).map((slots) => objects(p.name, slots)));
  const onward = model.pools.flatMap((from) =>
    from.fields.flatMap(({ variable }) =>
      variable.kind === 'ghost'
        ? []
        : model.pools.flatMap((to) => {
            const slots = referencesText(unit, variable.type, `${unit.variables.get(variable)!}[o_[2]]`, to.name);
            return slots === undefined ? [] : [`UNION {${objects(to.name, slots)} : o_ \\in {x_ \\in S_ : x_[1] = "${from.name}"}}`];
          }),
    ),
  );
  const reach = unit.names.fresh(`Reached_${pool}`);
  return [
    `RECURSIVE ${reach}(_)`,
    `${reach}(S_) ==`,
    `  LET T_ == ${['S_', ...onward].join(' \\cup ')} IN`,
    `  IF T_ = S_ THEN S_ ELSE ${reach}(T_)`,
    '',
    `${name} == ({"${pool}"} \\X ${unit.pools.get(pool)!.live}) \\subseteq ${reach}(${roots.length === 0 ? '{}' : roots.join(' \\cup ')})`,
  ];
}
