// What the model says about temporal properties, as plain data: the actions to which fairness is owed, and for each property the
// obligations that are decided on the graph of states. State formulas ("atoms") are numbers here; the kernel evaluates them.

import { unreachable } from '../../base/unreachable.js';

/** `none`: a process that may stop for ever; its action is known only so that a trace can say who was not owed a step. */
export type Strength = 'none' | 'weak' | 'strong';

/** WF_vars(A) or SF_vars(A) of TLA+, for the steps of one process or of one of its labels. */
export interface FairAction {
  readonly strength: Strength;
  readonly process: number;
  /** The steps that fairness makes an exception for: a label with `+`, or the activation of an interrupt. */
  readonly label?: string;
}

/** Some quantifiers stand before it: `where` says for which of their elements it is, `i = 0, j = 1`. */
export type Obligation = ObligationForm & { readonly where?: string };

/**
 * `always p`, `eventually p`, `always eventually p`, `eventually always p`, `p ~> q`: decided on the graph itself. The rest is a formula,
 * decided through an automaton.
 */
export type ObligationForm =
  | { readonly kind: 'always' | 'eventually' | 'always-eventually' | 'eventually-always'; readonly p: number }
  /** `site`: the antecedent of the model that is `p`, to be reported when it is never true. */
  | { readonly kind: 'leads-to'; readonly p: number; readonly q: number; readonly site?: number }
  | { readonly kind: 'formula'; readonly formula: Ltl };

/** Negation stands before atoms only. `release` is the dual of `until`: q up to and including the first p, or for ever. */
export type Ltl =
  | { readonly op: 'true' | 'false' }
  | { readonly op: 'atom'; readonly atom: number; readonly negated: boolean }
  | { readonly op: 'and' | 'or' | 'until' | 'release'; readonly left: Ltl; readonly right: Ltl };

export interface TemporalPlan {
  readonly actions: readonly FairAction[];
  /** The processes of each declaration. */
  readonly families: readonly (readonly number[])[];
  /** For each process and each of its locations: the actions that a step from there is a step of. */
  readonly actionsAt: readonly (readonly (readonly number[])[])[];
  /** How many atoms there are. */
  readonly atoms: number;
  /** A property holds when all its obligations do. */
  readonly properties: readonly { readonly property: number; readonly obligations: readonly Obligation[] }[];
}

/** The atoms that an obligation speaks of. */
export function atomsOf(obligation: Obligation): readonly number[] {
  switch (obligation.kind) {
    case 'leads-to':
      return [obligation.p, obligation.q];
    case 'formula':
      return atomsIn(obligation.formula);
    default:
      return [obligation.p];
  }
}

function atomsIn(f: Ltl): readonly number[] {
  switch (f.op) {
    case 'true':
    case 'false':
      return [];
    case 'atom':
      return [f.atom];
    case 'and':
    case 'or':
    case 'until':
    case 'release':
      return [...atomsIn(f.left), ...atomsIn(f.right)];
    default:
      return unreachable(f);
  }
}
