// Formulas in any nesting against an oracle without automata: every lasso of random graphs of at most four states, with a stem and a loop
// of at most ten states, evaluated by the meaning of the operators. HEDDLE_LIVENESS_CASES sets the count.

import { expect, test } from 'vitest';
import { unreachable } from '../../../src/base/unreachable.js';
import type { States } from '../../../src/checker/liveness/graph.js';
import type { Lasso } from '../../../src/checker/liveness/lasso.js';
import type { Ltl } from '../../../src/checker/liveness/plan.js';
import { formulaViolation } from '../../../src/checker/liveness/product.js';
import { graphOf, isFair, isFairRun, randomGraph, randomNumbers, type GraphCase } from '../../support/liveness-cases.js';

const SEED = 20261121;
const count = Number(process.env['HEDDLE_LIVENESS_CASES'] ?? 2000);
const ATOMS = 2;

function randomFormula(below: (limit: number) => number, depth: number): Ltl {
  if (depth === 0 || below(5) === 0) return { op: 'atom', atom: below(ATOMS), negated: below(2) === 0 };
  const sub = (): Ltl => randomFormula(below, depth - 1);
  switch (below(6)) {
    case 0:
      return { op: 'until', left: { op: 'true' }, right: sub() };
    case 1:
      return { op: 'release', left: { op: 'false' }, right: sub() };
    case 2:
      return { op: 'until', left: sub(), right: sub() };
    case 3:
      return { op: 'release', left: sub(), right: sub() };
    case 4:
      return { op: 'and', left: sub(), right: sub() };
    default:
      return { op: 'or', left: sub(), right: sub() };
  }
}

/** For each position of the lasso: is the formula true of the run from there on? */
function truth(f: Ltl, { stem, loop }: Lasso, atoms: readonly States[]): boolean[] {
  const run = [...stem, ...loop];
  const after = (i: number): number => (i + 1 < run.length ? i + 1 : stem.length);
  switch (f.op) {
    case 'true':
    case 'false':
      return run.map(() => f.op === 'true');
    case 'atom':
      return run.map((s) => (atoms[f.atom]![s] === 1) !== f.negated);
    case 'and':
    case 'or':
    case 'until':
    case 'release': {
      const [left, right] = [truth(f.left, { stem, loop }, atoms), truth(f.right, { stem, loop }, atoms)];
      if (f.op === 'and') return run.map((_, i) => left[i]! && right[i]!);
      if (f.op === 'or') return run.map((_, i) => left[i]! || right[i]!);
      // Walk on until it is decided; whoever comes round has seen everything.
      return run.map((_, i) => {
        for (let at = i, steps = 0; steps <= run.length; at = after(at), steps++) {
          if (f.op === 'until') {
            if (right[at]!) return true;
            if (!left[at]!) return false;
          } else {
            if (!right[at]!) return false;
            if (left[at]!) return true;
          }
        }
        return f.op === 'release';
      });
    }
    default:
      return unreachable(f);
  }
}

/** Some lasso of the bounded size is a fair run that violates the formula. Pairs of a walk that were seen are not walked again. */
function someLassoViolates(c: GraphCase, f: Ltl, atoms: readonly States[], longest: number): boolean {
  const next = (s: number): number[] => [...new Set([s, ...c.edges.filter((e) => e.from === s).map((e) => e.to)])];
  let budget = 4000;
  const loops = (stem: readonly number[], loop: readonly number[]): boolean => {
    if (budget-- < 0) return false;
    const last = loop.at(-1)!;
    if (next(last).includes(loop[0]!)) {
      const lasso = { stem, loop };
      const steps = loop.map((s, i) => [s, loop[(i + 1) % loop.length]!] as const);
      if (isFair(c, loop, steps) && !truth(f, lasso, atoms)[0]!) return true;
    }
    return loop.length < longest && next(last).some((to) => to !== last && loops(stem, [...loop, to]));
  };
  const stems = (stem: readonly number[]): boolean => {
    const last = stem.at(-1)!;
    if (loops(stem.slice(0, -1), [last])) return true;
    return stem.length < longest && budget > 0 && next(last).some((to) => to !== last && stems([...stem, to]));
  };
  return c.initial.some((s) => stems([s]));
}

test('formulas agree with lassos evaluated by definition', () => {
  const below = randomNumbers(SEED);
  let violated = 0;
  for (let i = 0; i < count; i++) {
    const c = randomGraph(below, 4);
    const formula = randomFormula(below, 3);
    const atoms = Array.from({ length: ATOMS }, () => Uint8Array.from({ length: c.states }, () => below(2)));
    const { graph, owed } = graphOf(c);
    const lasso = formulaViolation(graph, formula, atoms, { owed, poll: () => undefined }, 2 ** 30);
    const shown = (): string => JSON.stringify({ c, formula, atoms: atoms.map((a) => [...a]), lasso });
    if (lasso === undefined) {
      if (someLassoViolates(c, formula, atoms, 10)) throw new Error(`case ${i}: a violation was overlooked ${shown()}`);
      continue;
    }
    violated++;
    if (!isFairRun(c, lasso) || truth(formula, lasso, atoms)[0]!) throw new Error(`case ${i}: no violation ${shown()}`);
  }
  const share = violated / count;
  console.info(`${count} cases, ${(100 * share).toFixed(1)} % violated`);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.8);
}, 3_600_000);
