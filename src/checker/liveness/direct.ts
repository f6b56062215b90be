// The common temporal forms, decided on the graph itself.

import { unreachable } from '../../base/unreachable.js';
import { fairComponents, type Owed, type Workspace } from './fair.js';
import type { LivenessGraph, States } from './graph.js';
import { lassoTo, type Lasso, type Way } from './lasso.js';

export type DirectForm =
  | { readonly kind: 'always' | 'eventually' | 'always-eventually' | 'eventually-always'; readonly p: States }
  | { readonly kind: 'leads-to'; readonly p: States; readonly q: States };

/** What a decision needs besides the graph. */
export interface Means {
  readonly owed: Owed;
  readonly space: Workspace;
  /** Called now and then; may throw to end the search. */
  readonly poll: () => void;
}

/** A fair run from an initial state against the form, or undefined when there is none. */
export function violation(graph: LivenessGraph, form: DirectForm, means: Means): Lasso | undefined {
  const { states } = graph;
  const not = (set: States): States => set.map((member, state) => states[state]! & (1 - member));
  switch (form.kind) {
    case 'always':
      return fairRun(graph, { first: not(form.p), within: states }, [], means);
    case 'eventually':
      return fairRun(graph, { first: undefined, within: not(form.p) }, [], means);
    case 'always-eventually': {
      const never = not(form.p);
      return fairRun(graph, { first: never, within: never }, [], means);
    }
    case 'eventually-always':
      return fairRun(graph, { first: undefined, within: states }, [not(form.p)], means);
    case 'leads-to': {
      const never = not(form.q);
      return fairRun(graph, { first: never.map((member, state) => member & form.p[state]!), within: never }, [], means);
    }
    default:
      return unreachable(form);
  }
}

/** A fair run that goes the way and then visits each of the sets again and again. */
export function fairRun(graph: LivenessGraph, way: Way, visiting: readonly States[], { owed, space, poll }: Means): Lasso | undefined {
  const roots = way.first === undefined ? graph.initial.filter((state) => way.within[state] === 1) : membersOf(way.first, way.within);
  const fair = fairComponents(graph, owed, { roots, within: way.within, visiting }, space, poll);
  return fair.count === 0 ? undefined : lassoTo(graph, owed, way, visiting, fair);
}

function* membersOf(a: States, b: States): Iterable<number> {
  for (let state = 0; state < a.length; state++) if (a[state] === 1 && b[state] === 1) yield state;
}
