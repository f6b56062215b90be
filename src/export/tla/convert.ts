// What a value that is stored in a narrower type can err with, as conditions in TLA+. As core/misfit.ts says.

import type { ErrorName } from '../../core/expr.js';
import { isSubtype, type Type } from '../../core/type.js';
import { isSimple } from './condition.js';
import { typeText, type TlaUnit } from './unit.js';

export function misfitText(unit: TlaUnit, from: Type, to: Type, text: string): readonly { readonly when: string; readonly error: ErrorName }[] {
  if (isSubtype(from, to)) return [];
  const value = isSimple(text) ? text : `(${text})`;
  if (from.kind === 'nullable' && to.kind !== 'nullable') {
    const inner = misfitText(unit, from.of, to, text).map(({ when, error }) => ({ when: `${value} # NULL /\\ ${when}`, error }));
    return [{ when: `${value} = NULL`, error: 'null_dereference' }, ...inner];
  }
  if (from.kind === 'nullable' && to.kind === 'nullable') return misfitText(unit, from.of, to.of, text).map(({ when, error }) => ({ when: `${value} # NULL /\\ ${when}`, error }));
  if (to.kind === 'nullable') return misfitText(unit, from, to.of, text);
  if (from.kind === 'seq' && to.kind === 'seq') {
    const parts = misfitText(unit, from.of, to.of, `${value}[n_]`).map(({ when, error }) => ({ when: `(\\E n_ \\in 1..Len(${text}) : ${when})`, error }));
    return [...(from.max > to.max ? [{ when: `Len(${text}) > ${to.max}`, error: 'full_sequence' }] : []), ...parts];
  }
  if (from.kind === 'record' && to.kind === 'record') return from.fields.flatMap((field, i) => misfitText(unit, field.type, to.fields[i]!.type, `${value}.${field.name}`));
  return [{ when: `${value} \\notin ${grouped(typeText(unit, to))}`, error: 'out_of_range' }];
}

const grouped = (text: string): string => (text.startsWith('SUBSET') || text.includes('\\cup') ? `(${text})` : text);
