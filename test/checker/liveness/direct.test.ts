// The direct forms against an oracle without components or refinement: every strongly connected subset of random graphs of at most six
// states, and every lasso evaluated by definition. HEDDLE_LIVENESS_CASES sets the count.

import { expect, test } from 'vitest';
import { unreachable } from '../../../src/base/unreachable.js';
import { violation, type DirectForm } from '../../../src/checker/liveness/direct.js';
import { Workspace } from '../../../src/checker/liveness/fair.js';
import type { Lasso } from '../../../src/checker/liveness/lasso.js';
import { graphOf, isFair, isFairRun, randomGraph, randomNumbers, reach, type GraphCase } from '../../support/liveness-cases.js';

const SEED = 20261121;
const count = Number(process.env['HEDDLE_LIVENESS_CASES'] ?? 4000);
const KINDS = ['always', 'eventually', 'always-eventually', 'eventually-always', 'leads-to', 'always-eventually', 'leads-to'] as const;

function randomForm(below: (limit: number) => number, states: number): DirectForm {
  const often = 1 + below(3);
  const set = (): Uint8Array => Uint8Array.from({ length: states }, () => (below(4) < often ? 1 : 0));
  const kind = KINDS[below(KINDS.length)]!;
  return kind === 'leads-to' ? { kind, p: set(), q: set() } : { kind, p: set() };
}

/** Some fair run violates the form: one that visits exactly some strongly connected set for ever. */
function isViolated(c: GraphCase, form: DirectForm): boolean {
  const p = (s: number): boolean => form.p[s] === 1;
  const q = (s: number): boolean => form.kind === 'leads-to' && form.q[s] === 1;
  const any = (): boolean => true;
  for (let bits = 1; bits < 1 << c.states; bits++) {
    const has = (s: number): boolean => ((bits >> s) & 1) === 1;
    const set = [...Array(c.states).keys()].filter(has);
    if (!set.every((s) => reach(c.edges, [s], has).size === set.length)) continue;
    if (!isFair(c, set, c.edges.filter((e) => has(e.from) && has(e.to)).map((e) => [e.from, e.to] as const))) continue;
    const leads = (from: readonly number[], inside: (s: number) => boolean): boolean => {
      const reached = reach(c.edges, from, inside);
      return set.every(inside) && set.some((s) => reached.has(s));
    };
    const every = [...Array(c.states).keys()];
    const bad = {
      always: () => every.some((s) => !p(s) && leads([s], any)),
      eventually: () => leads(c.initial, (s) => !p(s)),
      'always-eventually': () => !set.some(p),
      'eventually-always': () => !set.every(p),
      'leads-to': () => every.some((s) => p(s) && leads([s], (t) => !q(t))),
    };
    if (bad[form.kind]()) return true;
  }
  return false;
}

function refutes({ stem, loop }: Lasso, form: DirectForm): boolean {
  const run = [...stem, ...loop];
  const p = (s: number): boolean => form.p[s] === 1;
  switch (form.kind) {
    case 'always':
      return !run.every(p);
    case 'eventually':
      return !run.some(p);
    case 'always-eventually':
      return !loop.some(p);
    case 'eventually-always':
      return !loop.every(p);
    case 'leads-to':
      return run.some((s, i) => p(s) && ![...run.slice(i), ...loop].some((t) => form.q[t] === 1));
    default:
      return unreachable(form);
  }
}

test('the direct forms agree with all strongly connected subsets, and every lasso violates by definition', () => {
  const below = randomNumbers(SEED);
  let violated = 0;
  let strong = 0;
  for (let i = 0; i < count; i++) {
    const c = randomGraph(below, 6);
    const form = randomForm(below, c.states);
    const { graph, owed } = graphOf(c);
    const lasso = violation(graph, form, { owed, space: new Workspace(graph.size), poll: () => undefined });
    if ((lasso !== undefined) !== isViolated(c, form)) throw new Error(`case ${i} differs: ${JSON.stringify({ c, form })}`);
    const weakly = { ...c, strength: c.strength.map((s) => (s === 'strong' ? 'weak' : s)) };
    if (isViolated(weakly, form) !== (lasso !== undefined)) strong++;
    if (lasso === undefined) continue;
    if (!isFairRun(c, lasso) || !refutes(lasso, form)) throw new Error(`case ${i}: no violation ${JSON.stringify({ c, form, lasso })}`);
    violated++;
  }
  const share = violated / count;
  console.info(`${count} cases, ${(100 * share).toFixed(1)} % violated, in ${strong} strong fairness decides`);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.8);
  expect(strong).toBeGreaterThan(count / 400);
}, 3_600_000);
