// Properties as Promela expressions over the state, and the flags by which each of them is reported once.

import type { Expr } from '../../core/expr.js';
import type { ModelProperty } from '../../model/model.js';
import { leakOf } from '../../model/system.js';
import { Unsupported } from '../unsupported.js';
import { termOf } from './expression.js';
import { cell, present, type Column, type Memory } from './memory.js';
import { type Scope } from './scope.js';
import { and, not, type Term } from './term.js';
import { savedColumn, type Unit } from './unit.js';

/** A property of the exported model. */
export interface ExportedProperty {
  /** Index in the model's properties. */
  readonly property: number;
  readonly kind: ModelProperty['kind'] | 'leak';
  /** The hidden variable that turns false when the property is violated for the first time. */
  readonly flag: string;
  /** The name of an invariant's definition. */
  readonly definition?: string;
  /** Why it is not exported: a clause. */
  readonly unsupported?: string;
}

export type PropertyScope = (memory: Memory, next?: Memory) => Scope;

/** A formula that counts as false where its evaluation errs. */
export function truthIn(formula: Expr, scope: Scope): Term {
  const term = termOf(formula, scope);
  return scope.faults.reduceRight<Term>((rest, { when }) => and(not(when), rest), term);
}

export function exportedProperties(unit: Unit, scopeOf: PropertyScope): readonly (ExportedProperty & { readonly term?: Term })[] {
  return unit.model.properties.map((p, property) => {
    const kind = leakOf(p) === undefined ? p.kind : 'leak';
    const flag = unit.names.fresh(`holds_${p.name}`);
    const base = { property, kind, flag } as const;
    if (p.kind === 'temporal') return { ...base, unsupported: 'it is temporal' };
    if (p.kind !== 'invariant' && p.kind !== 'step-invariant') return base;
    try {
      const scope = p.kind === 'step-invariant' ? scopeOf(before(unit, 'all', new Set()), present) : scopeOf(present);
      const term = truthIn(p.formula, scope);
      if (term.text.length > LONGEST) throw new Unsupported('its formula becomes too long when its quantifiers are written out');
      return p.kind === 'invariant' ? { ...base, term, definition: unit.names.fresh(p.name) } : { ...base, term };
    } catch (error) {
      if (error instanceof Unsupported) return { ...base, unsupported: error.reason };
      throw error;
    }
  });
}

/** Characters of a definition. */
const LONGEST = 60_000;

/** The state as it was before a step that has changed some variables; those that are read are noted. */
export function before(unit: Unit, written: ReadonlySet<Column> | 'all', noted: Set<Column>): Memory {
  return {
    read(column, index) {
      if (written !== 'all' && !written.has(column)) return cell(column, index);
      noted.add(column);
      return cell(savedColumn(unit, column), index);
    },
  };
}
