// The temporal properties of a search that went to its end, one after the other, on one graph.

import type { Kernel } from '../kernel.js';
import type { StateSpace } from '../space.js';
import { FormulaTooLarge } from './automaton.js';
import { violation, type Means } from './direct.js';
import type { Owed } from './fair.js';
import type { LivenessGraph, States } from './graph.js';
import { WORKSPACE_BYTES, Workspace } from './fair.js';
import type { Lasso } from './lasso.js';
import { atomsOf, type Obligation, type TemporalPlan } from './plan.js';
import { formulaViolation, ProductTooLarge } from './product.js';

/** `unevaluable`: a state formula of the property errs in one of the states. */
export type Decision =
  | { readonly kind: 'holds' }
  | { readonly kind: 'violated'; readonly obligation: number; readonly lasso: Lasso; readonly remedy?: Remedy }
  | { readonly kind: 'unevaluable'; readonly states: readonly number[] }
  | { readonly kind: 'too-large'; readonly what: 'memory' | 'formula' };

/** Declarations of processes that would have to be so fair, each by its index; the others as they are. */
export type Remedy = readonly { readonly family: number; readonly strength: 'weak' | 'strong' }[];

/** What is owed; with `remedy`, if processes were as fair as it says. */
export function owedBy({ actions, families }: Pick<TemporalPlan, 'actions' | 'families'>, words: number, remedy: Remedy = []): Owed {
  const owed: Owed = { weak: new Int32Array(words), strong: new Int32Array(words) };
  actions.forEach(({ strength, process }, action) => {
    const more = remedy.find(({ family }) => families[family]!.includes(process));
    const actual = more === undefined || strength === 'strong' ? strength : more.strength;
    if (actual !== 'none') owed[actual][action >> 5]! |= 1 << (action & 31);
  });
  return owed;
}

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
    this.owed = owedBy(this.plan, graph.words);
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

  /** Fairness with which the obligation would hold, none of it to spare; undefined when no fairness of processes is enough. */
  private remedyFor(obligation: Obligation): Remedy | undefined {
    const { actions, families } = this.plan;
    const strengths = families.map((pids) => actions.flatMap(({ process, strength }) => (pids.includes(process) ? [strength] : [])));
    const choices = strengths.flatMap((own, family) => {
      if (own.every((s) => s === 'strong')) return [];
      return [{ family, least: own.includes('none') ? (['weak', 'strong'] as const) : (['strong'] as const) }];
    });
    const holds = (remedy: Remedy): boolean => this.violation(obligation, owedBy(this.plan, this.graph.words, remedy)) === undefined;
    let remedy: Remedy = choices.map(({ family }) => ({ family, strength: 'strong' }));
    if (remedy.length === 0 || !holds(remedy)) return undefined;
    for (const { family, least } of choices) {
      const without = remedy.filter((r) => r.family !== family);
      const weaker = [without, ...least.slice(0, -1).map((strength): Remedy => [...without, { family, strength }])];
      remedy = weaker.find(holds) ?? remedy;
    }
    return remedy;
  }
}

const NONE: States = new Uint8Array(0);

/** Bytes that the searches of direct forms need at once, besides the graph. */
export const searchBytes = (size: number): number => size * (WORKSPACE_BYTES + 5);
