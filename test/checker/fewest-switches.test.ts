// Fewest changes of process: held to a plain dynamic program over states, last process and number of steps.
import { expect, test } from 'vitest';
import { explore } from '../../src/checker/explore.js';
import { fewestSwitches } from '../../src/checker/fewest-switches.js';
import { Outcomes, type Kernel } from '../../src/checker/kernel.js';
import { calmTrace } from '../../src/check/calm-trace.js';
import { compiledKernel } from '../../src/codegen/kernel.js';
import { compile } from '../../src/compile.js';
import { replay } from '../../src/model/replay.js';
import { loaderWith } from '../support/check-spec.js';

/** The fewest changes of any path of at most so many steps to a violation; by trying all. */
function bruteForce(kernel: Kernel, property: number, most: number): number {
  const { words } = kernel;
  const out = new Outcomes(words, 64);
  kernel.initial(out);
  // State and last process to the fewest changes, for paths of one length.
  let layer = new Map<string, number>();
  for (let q = 0; q < out.used; q += words) layer.set(`${out.words.slice(q, q + words).join()}|-1`, 0);
  let best = Infinity;
  for (let steps = 0; steps <= most; steps++) {
    const next = new Map<string, number>();
    for (const [key, changes] of layer) {
      const [text, last] = key.split('|') as [string, string];
      const state = Int32Array.from(text.split(',').map(Number));
      const found: number[] = [];
      kernel.violations(state, 0, found);
      let moved = false;
      for (let process = 0; process < kernel.processes!; process++) {
        out.used = out.errors = out.notes.length = 0;
        kernel.successorsOf!(process, state, 0, out);
        const now = changes + (last === '-1' || Number(last) === process ? 0 : 1);
        if (steps < most && out.notes.some((p, i) => i % 2 === 0 && p === property)) best = Math.min(best, now);
        moved ||= out.used > 0 || out.errors > 0;
        for (let q = 0; q < out.used; q += words) {
          const to = `${out.words.slice(q, q + words).join()}|${process}`;
          next.set(to, Math.min(next.get(to) ?? Infinity, now));
        }
      }
      const isDeadlock = kernel.properties[property]!.kind === 'deadlock' && !moved && !kernel.isTerminated(state, 0);
      if (found.includes(property) || isDeadlock) best = Math.min(best, changes);
    }
    layer = next;
  }
  return best;
}

const SPECS: readonly (readonly [name: string, text: string])[] = [
  ['NoLostUpdate', 'var c: 0..4 = 0\nvar n: [0..1 -> 0..2] = 0\nprocess t(i in 0..1) { var x: 0..4 = 0\n n[i] := 1\n x := c\n n[i] := 2\n c := x + 1 }\ninvariant NoLostUpdate = done(t[0]) && done(t[1]) => c == 2'],
  ['deadlock', 'var f: [0..2 -> bool] = false\nprocess p(i in 0..2) { loop { await !f[i]\n f[i] := true\n await !f[(i + 1) % 3]\n f[(i + 1) % 3] := true\n f[i] := false\n f[(i + 1) % 3] := false } }'],
  ['Cb.use_after_free', 'pool Cb[2] { v: 0..1 = 0 }\nvar c: Cb? = null\nvar go: 0..2 = 0\ninit { c := new Cb {} }\nprocess u { var x: Cb?\n var v: 0..1\n await go == 1\n x := c\n go := 2\n if x != null { v := x.v } }\nprocess f { var x: Cb?\n go := 1\n x := xchg(c, null)\n await go == 2\n free x }'],
  ['Up', "var x: 0..3 = 0\nvar y: 0..3 = 0\nprocess p { x := 1\n await y == 1\n x := 3\n x := 2 }\nprocess q { y := 1\n await x == 3\n y := 0 }\nstep invariant Up = x <= x'"],
  ['Less', 'var x: 0..3 = 0\nvar y: 0..3 = 0\nprocess p { x := 2\n await y == 1\n x := 1 }\nprocess q(i in 0..1) { y := 1\n assert x < 1 as Less }'],
  ['Both', 'var x: 0..5 = 0\nvar y: 0..5 = 0\nprocess p { loop { await x < 5\n x := x + 1 } }\nprocess q { loop { await y < 5\n y := y + 1 } }\nprocess r { loop { either { await x > 0\n x := x - 1 } or { y := 5 } } }\ninvariant Both = !(x == 3 && y == 5)'],
];

test.each(SPECS)('%s: as few as any path has', (name, text) => {
  const { model, layout, diagnostics } = compile({ entry: { path: 'a.heddle', text }, loader: loaderWith([]) });
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const { kernel } = compiledKernel(model!, layout!);
  const property = model!.properties.findIndex((p) => p.name === name);
  const { verdicts } = explore(kernel, { expected: kernel.properties.map(() => 'holds'), chosen: kernel.properties.map(() => true), continueOnViolation: true, clock: () => 0, shouldStop: () => false });
  const verdict = verdicts[property]!;
  if (verdict.kind !== 'violated') throw new Error(`${name} is not violated`);
  const shortest = replay(model!, layout!, verdict.trace, property).steps.length;
  for (const longer of [0, 1, 2, 4]) {
    const found = fewestSwitches({ kernel, property, most: shortest + longer, limit: 1e6, shouldStop: () => false })!;
    const { steps } = replay(model!, layout!, { ...found.trace, by: found.by }, property);
    const changes = steps.filter((s, i) => i > 0 && s.process !== steps[i - 1]!.process).length;
    expect(steps.length).toBeLessThanOrEqual(shortest + longer);
    expect(changes).toBe(bruteForce(kernel, property, shortest + longer));
  }
  const hooks = { clock: () => 0, shouldStop: () => false };
  expect(calmTrace(model!, layout!, kernel, verdict.trace, property, hooks).remark).toContain(`of all traces of at most ${shortest + 2} steps`);
});

test('a search that is stopped leaves the shortest trace, and says so', () => {
  const text = Array.from({ length: 6 }, (_, i) => `var x${i}: 0..9 = 0\nprocess p${i} { loop { await x${i} < 9\n x${i} := x${i} + 1 } }`).join('\n');
  const { model, layout } = compile({ entry: { path: 'a.heddle', text: `${text}\ninvariant I = !(x0 > 1 && x1 > 1 && x2 > 1 && x3 > 1 && x4 > 1)` }, loader: loaderWith([]) });
  const { kernel } = compiledKernel(model!, layout!);
  const property = model!.properties.findIndex((p) => p.name === 'I');
  const { verdicts } = explore(kernel, { expected: kernel.properties.map(() => 'holds'), chosen: kernel.properties.map(() => true), continueOnViolation: false, clock: () => 0, shouldStop: () => false });
  const { trace } = verdicts[property] as { trace: Parameters<typeof calmTrace>[3] };
  expect(calmTrace(model!, layout!, kernel, trace, property, { clock: () => 0, shouldStop: () => true }).remark).toContain('given up');
  expect(fewestSwitches({ kernel, property, most: 14, limit: 100, shouldStop: () => false })).toBeUndefined();
});
