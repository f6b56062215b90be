// Properties as Promela expressions over the state, and the flags by which each of them is reported once.

import type { ModelProperty } from '../../model/model.js';
import { leakOf } from '../../model/system.js';
import { Unsupported } from '../unsupported.js';
import { cell, present, type Column, type Memory } from './memory.js';
import { type Scope } from './scope.js';
import { checkLength } from './state-formula.js';
import { temporalFormula, type TemporalFormula } from './temporal.js';
import type { Term } from './term.js';
import { truthIn } from './truth.js';
import { savedColumn, type Unit } from './unit.js';

/** A property of the exported model. */
export interface ExportedProperty {
  /** Index in the model's properties. */
  readonly property: number;
  readonly kind: ModelProperty['kind'] | 'leak';
  /** The hidden variable that turns false when the property is violated for the first time. */
  readonly flag: string;
  /** The name of the definition of what must be true in every state: an invariant, or that the state formulas of a temporal property can be evaluated. */
  readonly definition?: string;
  /** The name of a temporal property's LTL formula. */
  readonly claim?: string;
  /** Why it is not exported: a clause. */
  readonly unsupported?: string;
}

export type PropertyScope = (memory: Memory, next?: Memory) => Scope;

/** What the model's text needs of it. */
export type WrittenProperty = ExportedProperty & {
  /** What must be true of every state, or of every step. */
  readonly term?: Term;
  readonly temporal?: TemporalFormula;
};

/** @param begun true in every state but one before the initial ones */
export function exportedProperties(unit: Unit, scopeOf: PropertyScope, begun: Term): readonly WrittenProperty[] {
  return unit.model.properties.map((p, property) => {
    const kind = leakOf(p) === undefined ? p.kind : 'leak';
    const flag = unit.names.fresh(`holds_${p.name}`);
    const base = { property, kind, flag } as const;
    if (p.kind !== 'invariant' && p.kind !== 'step-invariant' && p.kind !== 'temporal') return base;
    try {
      if (p.kind === 'temporal') {
        const claim = unit.names.fresh(p.name);
        const temporal = temporalFormula(p.formula, begun, () => scopeOf(present), (n) => unit.names.fresh(`${p.name}_${n}`));
        // A state formula that errs somewhere violates the property there, whatever follows.
        const { defined } = temporal;
        return { ...base, claim, temporal, ...(defined.known === 1 ? {} : { term: defined, definition: unit.names.fresh(`${p.name}_defined`) }) };
      }
      const scope = p.kind === 'step-invariant' ? scopeOf(before(unit, 'all', new Set()), present) : scopeOf(present);
      const term = truthIn(p.formula, scope);
      checkLength(term.text);
      return p.kind === 'invariant' ? { ...base, term, definition: unit.names.fresh(p.name) } : { ...base, term };
    } catch (error) {
      if (error instanceof Unsupported) return { ...base, unsupported: error.reason };
      throw error;
    }
  });
}

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
