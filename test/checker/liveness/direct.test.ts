/**
 * The direct forms against an oracle without components or refinement: every strongly connected subset of random graphs
 * of at most six states, and every lasso evaluated by definition. 100,000 cases agreed, 51.0 % violated. Seed 20261121; HEDDLE_LIVENESS_CASES sets the count.
 */
import { expect, test } from "vitest";
import { unreachable } from "../../../src/base/unreachable.js";
import { violation, type DirectForm, type Lasso } from "../../../src/checker/liveness/direct.js";
import type { LivenessGraph, Strength } from "../../../src/checker/liveness/graph.js";

const count = Number(process.env["HEDDLE_LIVENESS_CASES"] ?? 4000);
const kinds = ["always", "eventually", "always-eventually", "eventually-always", "leads-to"] as const;
let seed = 20261121;
function below(limit: number): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let x = Math.imul(seed ^ (seed >>> 15), seed | 1);
  x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
  return ((x ^ (x >>> 14)) >>> 0) % limit;
}

interface Edge { readonly from: number; readonly to: number; readonly action: number }
interface Case { readonly states: number; readonly edges: readonly Edge[]; readonly strength: readonly Strength[]; readonly form: DirectForm }

function randomCase(): Case {
  const states = 1 + below(6);
  const strength = Array.from({ length: below(4) }, (): Strength => (below(2) === 0 ? "weak" : "strong"));
  const edges = Array.from({ length: below(3 * states) }, () => ({ from: below(states), to: below(states), action: below(strength.length + 1) - 1 }));
  const often = 1 + below(3);
  const set = (): Uint8Array => Uint8Array.from({ length: states }, () => (below(4) < often ? 1 : 0));
  const kind = kinds[below(5)] ?? "always";
  return { states, edges, strength, form: kind === "leads-to" ? { kind, p: set(), q: set() } : { kind, p: set() } };
}

function graphOf({ states, edges, strength }: Case): LivenessGraph {
  const sorted = [...edges].sort((a, b) => a.from - b.from);
  return {
    states, strength, initial: [0],
    firstEdge: Int32Array.from({ length: states + 1 }, (_, s) => sorted.filter((e) => e.from < s).length),
    target: Int32Array.from(sorted, (e) => e.to),
    action: Int32Array.from(sorted, (e) => e.action),
  };
}

/** States reached from `from` by edges inside the set. */
function reach(c: Case, from: number, inside: (s: number) => boolean): Set<number> {
  const seen = new Set(inside(from) ? [from] : []);
  for (let size = -1; size !== seen.size; ) {
    size = seen.size;
    for (const e of c.edges) if (seen.has(e.from) && inside(e.to)) seen.add(e.to);
  }
  return seen;
}

function fair(c: Case, visited: readonly number[], steps: readonly (readonly [number, number])[]): boolean {
  return c.strength.every((strength, action) => {
    const can = (s: number): boolean => c.edges.some((e) => e.action === action && e.from === s && e.to !== s);
    const taken = c.edges.some((e) => e.action === action && e.from !== e.to && steps.some(([a, b]) => a === e.from && b === e.to));
    return taken || !(strength === "weak" ? visited.every(can) : visited.some(can));
  });
}

function oracle(c: Case): boolean {
  const { form } = c;
  const p = (s: number): boolean => form.p[s] === 1;
  const q = (s: number): boolean => form.kind === "leads-to" && form.q[s] === 1;
  const any = (): boolean => true;
  const reached = [...reach(c, 0, any)];
  for (let bits = 1; bits < 1 << c.states; bits++) {
    const has = (s: number): boolean => ((bits >> s) & 1) === 1;
    const set = [...Array(c.states).keys()].filter(has);
    if (!set.every((s) => reach(c, s, has).size === set.length)) continue;
    if (!fair(c, set, c.edges.filter((e) => has(e.from) && has(e.to)).map((e) => [e.from, e.to] as const))) continue;
    const to = (from: number, inside: (s: number) => boolean): boolean => set.every(inside) && set.some((s) => reach(c, from, inside).has(s));
    const bad = {
      always: () => reached.some((s) => !p(s) && to(s, any)),
      eventually: () => to(0, (s) => !p(s)),
      "always-eventually": () => to(0, any) && !set.some(p),
      "eventually-always": () => to(0, any) && !set.every(p),
      "leads-to": () => reached.some((s) => p(s) && to(s, (t) => !q(t))),
    };
    if (bad[form.kind]()) return true;
  }
  return false;
}

/** Is the lasso a fair run of the case that violates its form? */
function refutes(c: Case, { stem, loop }: Lasso): boolean {
  const { form } = c;
  const run = [...stem, ...loop];
  const p = (s: number): boolean => form.p[s] === 1;
  const edge = (a: number, b: number): boolean => a === b || c.edges.some((e) => e.from === a && e.to === b);
  const steps = loop.map((s, i) => [s, loop[(i + 1) % loop.length] ?? -1] as const);
  if (loop.length === 0 || run[0] !== 0 || !run.every((s, i) => i === 0 || edge(run[i - 1] ?? -1, s))) return false;
  if (!steps.every(([a, b]) => edge(a, b)) || !fair(c, loop, steps)) return false;
  switch (form.kind) {
    case "always": return !run.every(p);
    case "eventually": return !run.some(p);
    case "always-eventually": return !loop.some(p);
    case "eventually-always": return !loop.every(p);
    case "leads-to": return run.some((s, i) => p(s) && ![...run.slice(i), ...loop].some((t) => form.q[t] === 1));
    default: return unreachable(form);
  }
}

test("the direct forms agree with all strongly connected subsets, and every lasso violates by definition", () => {
  let violated = 0;
  for (let i = 0; i < count; i++) {
    const c = randomCase();
    const lasso = violation(graphOf(c), c.form);
    if ((lasso !== undefined) !== oracle(c)) throw new Error(`case ${String(i)} differs: ${JSON.stringify(c)}`);
    if (lasso === undefined) continue;
    if (!refutes(c, lasso)) throw new Error(`case ${String(i)}: no violation ${JSON.stringify({ c, lasso })}`);
    violated++;
  }
  const share = violated / count;
  console.info(`${String(count)} cases, ${(100 * share).toFixed(1)} % violated`);
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.8);
}, 600_000);
