// The temporal properties of a search that went to its end, one after the other, on one graph.

import { unreachable } from '../../base/unreachable.js';
import type { Kernel } from '../kernel.js';
import type { StateSpace } from '../space.js';
import { FormulaTooLarge } from './automaton.js';
import { violation, type Means } from './direct.js';
import type { Owed } from './fair.js';
import type { LivenessGraph, States } from './graph.js';
import { WORKSPACE_BYTES, Workspace } from './fair.js';
import type { Lasso } from './lasso.js';
import type { FairAction, Ltl, Obligation, Strength, TemporalPlan } from './plan.js';
import { formulaViolation, ProductTooLarge } from './product.js';

/** `unevaluable`: a state formula of the property errs in one of the states. */
export type Decision =
  | { readonly kind: 'holds' }
  | { readonly kind: 'violated'; readonly obligation: number; readonly lasso: Lasso; readonly remedy?: Remedy }
  | { readonly kind: 'unevaluable'; readonly states: readonly number[] }
  | { readonly kind: 'too-large'; readonly what: 'memory' | 'formula' };

/** With so much fairness for one more family of processes (all of `processes`), or of several, the obligation would hold. */
export interface Remedy {
  readonly processes: readonly number[];
  readonly strength: 'weak' | 'strong';
}

/** What is owed, when the processes in `more` were as fair as it says. */
export function owedBy(actions: readonly FairAction[], words: number, more?: Remedy): Owed {
  const owed: Owed = { weak: new Int32Array(words), strong: new Int32Array(words) };
  actions.forEach(({ strength, process }, action) => {
    const actual: Strength = more !== undefined && more.processes.includes(process) ? stronger(strength, more.strength) : strength;
    if (actual !== 'none') owed[actual][action >> 5]! |= 1 << (action & 31);
  });
  return owed;
}

const stronger = (a: Strength, b: Strength): Strength => (a === 'strong' || b === 'strong' ? 'strong' : a === 'weak' || b === 'weak' ? 'weak' : 'none');

export class Decider {
  private readonly space: Workspace;
  private readonly owed: Owed;
  /** Atoms evaluated for the property under way. */
  private readonly atoms = new Map<number, States>();

  /**
   * @param states the searched space
   * @param maxBytes for what decisions need besides the graph
   */
  constructor(
    private readonly kernel: Kernel,
    private readonly states: StateSpace,
    private readonly graph: LivenessGraph,
    private readonly maxBytes: number,
    private readonly poll: () => void,
  ) {
    this.space = new Workspace(graph.size);
    this.owed = owedBy(this.plan.actions, graph.words);
  }

  private get plan(): TemporalPlan {
    return this.kernel.temporal!.plan;
  }

  decide(obligations: readonly Obligation[]): Decision {
    this.atoms.clear();
    const erring = new Set<number>();
    for (const atom of obligations.flatMap(atomsOf)) if (!this.atoms.has(atom)) this.atoms.set(atom, this.evaluate(atom, erring));
    if (erring.size > 0) return { kind: 'unevaluable', states: [...erring] };
    for (const obligation of obligations) this.cover(obligation);
    let tooLarge: Decision | undefined;
    for (const [number, obligation] of obligations.entries()) {
      try {
        const lasso = this.violation(obligation, this.owed);
        if (lasso === undefined) continue;
        const remedy = this.remedyFor(obligation);
        return { kind: 'violated', obligation: number, lasso, ...(remedy === undefined ? {} : { remedy }) };
      } catch (error) {
        if (error instanceof ProductTooLarge) tooLarge = { kind: 'too-large', what: 'memory' };
        else if (error instanceof FormulaTooLarge) tooLarge = { kind: 'too-large', what: 'formula' };
        else throw error;
      }
    }
    return tooLarge ?? { kind: 'holds' };
  }

  private violation(obligation: Obligation, owed: Owed): Lasso | undefined {
    const { graph, poll } = this;
    const means: Means = { owed, space: this.space, poll };
    const set = (atom: number): States => this.atoms.get(atom)!;
    switch (obligation.kind) {
      case 'leads-to':
        return violation(graph, { kind: 'leads-to', p: set(obligation.p), q: set(obligation.q) }, means);
      case 'formula':
        return formulaViolation(graph, obligation.formula, [...Array(this.plan.atoms).keys()].map((atom) => this.atoms.get(atom) ?? NONE), { owed, poll }, this.maxBytes);
      default:
        return violation(graph, { kind: obligation.kind, p: set(obligation.p) }, means);
    }
  }

  /** Says which left sides of `~>` were true somewhere. */
  private cover(obligation: Obligation): void {
    if (obligation.kind !== 'leads-to' || obligation.site === undefined) return;
    if (this.atoms.get(obligation.p)!.includes(1)) this.kernel.coverage.antecedents[obligation.site] = 1;
  }

  private evaluate(atom: number, erring: Set<number>): States {
    const { graph, states } = this;
    const { words } = states;
    const temporal = this.kernel.temporal!;
    const set = new Uint8Array(graph.size);
    for (let id = 0; id < graph.size; id++) {
      if ((id & 0xffff) === 0) this.poll();
      if (graph.states[id] !== 1) continue;
      const value = temporal.atom(atom, states.states, id * words);
      if (value === 2) erring.add(id);
      else set[id] = value;
    }
    return set;
  }

  /** The least fairness with which the obligation would hold: for one family of processes if that is enough, weak if that is. */
  private remedyFor(obligation: Obligation): Remedy | undefined {
    const { actions, families } = this.plan;
    const own = families.map((_, family) => family).filter((family) => actions.some((a) => families[family]!.includes(a.process) && a.strength !== 'strong'));
    const all = own.flatMap((family) => families[family]!);
    const holds = (remedy: Remedy): boolean => this.violation(obligation, owedBy(actions, this.graph.words, remedy)) === undefined;
    for (const strength of ['weak', 'strong'] as const) {
      const weaker = (family: number): boolean => strength === 'strong' || actions.some((a) => families[family]!.includes(a.process) && a.strength === 'none');
      const worth = own.filter(weaker);
      if (worth.length === 0 || !holds({ processes: all, strength })) continue;
      const one = worth.find((family) => holds({ processes: families[family]!, strength }));
      return { processes: one === undefined ? worth.flatMap((family) => families[family]!) : families[one]!, strength };
    }
    return undefined;
  }
}

const NONE: States = new Uint8Array(0);

function atomsOf(obligation: Obligation): readonly number[] {
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

/** Bytes that the searches of direct forms need at once, besides the graph. */
export const searchBytes = (size: number): number => size * (WORKSPACE_BYTES + 5);
