// Random pairs of formulas, compared as `diff` does and by brute force with the interpreter: every state over what they read.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expr } from '../../src/core/expr.js';
import { compile } from '../../src/compile.js';
import { compareDefinitions } from '../../src/diff/definition/definitions.js';
import { normalForm } from '../../src/diff/definition/normal-form.js';
import { Failure } from '../../src/model/failure.js';
import { interpreterOf } from '../../src/model/interpret.js';
import type { State } from '../../src/model/state.js';

const WORLD = `
pool Cb[1] { f: 0..2 = 0 }
var x: 0..2 = 0
var y: 0..2 = 0
var b: bool = false
var s: Cb? = null
process p { b := true  s := new Cb  x := 1  y := 1 }
`;

const small = fc.constantFrom('x', 'y', '0', '1', '2', 'x + 1', 'y + x', 'x / y', 's.f', '(if b then x else y)');
const { formula } = fc.letrec<{ formula: string }>((tie) => {
  const two = (operator: string): fc.Arbitrary<string> => fc.tuple(tie('formula'), tie('formula')).map(([a, c]) => `(${a} ${operator} ${c})`);
  return {
    formula: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.oneof(
        fc.constantFrom('b', 's != null', 'alive(s)', 's == null', 'x in {0, 2}', 'y in {1}', 'true', 's.f == x', '(alive(s) && s.f == 1)', '(alive(s) => s.f <= y)'),
        fc.tuple(small, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), small).map((parts) => parts.join(' ')),
      ),
      two('&&'),
      two('||'),
      two('=>'),
      two('<=>'),
      tie('formula').map((a) => `!(${a})`),
      fc.tuple(fc.constantFrom('forall', 'exists'), fc.constantFrom('x', 'y'), tie('formula')).map(([q, v, a]) => `(${q} i in 0..2: i != ${v} || ${a})`),
      fc.tuple(tie('formula'), tie('formula'), tie('formula')).map(([a, c, d]) => `(if ${a} then ${c} else ${d})`),
    ),
  };
});

function sideOf(name: string, text: string): Parameters<typeof compareDefinitions>[0] | undefined {
  const { analysis, model } = compile({ entry: { path: `${name}.heddle`, text: `${WORLD}invariant I = ${text}\n` }, loader: { load: () => undefined } });
  return model === undefined || analysis.program === undefined ? undefined : { name, program: analysis.program, model, files: analysis.files };
}

const STATES: readonly State[] = [0, 1, 2].flatMap((x) =>
  [0, 1, 2].flatMap((y) =>
    [false, true].flatMap((b) =>
      [null, 0].flatMap((s) => [null, 0, 1, 2].map((f): State => ({ shared: [x, y, b, s], alive: [[f !== null]], fields: [[[f ?? 0]]], locals: [[]], at: [0] }))),
    ),
  ),
);

/** Whether the invariant I allows each of the states. */
function allowed({ model }: NonNullable<ReturnType<typeof sideOf>>): readonly boolean[] {
  const interpreter = interpreterOf(model);
  const property = model.properties.find((p) => p.name === 'I') as { readonly formula: Expr };
  return STATES.map((state) => {
    try {
      return interpreter.check(property.formula, state);
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  });
}

test('a definition is weakened, strengthened, changed or the same exactly when its values say so', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(formula, formula, (before, after) => {
      const [old, now] = [sideOf('old', before), sideOf('new', after)];
      fc.pre(old !== undefined && now !== undefined);
      const [a, b] = [allowed(old!), allowed(now!)];
      const [more, less] = [b.some((ok, i) => ok && !a[i]!), b.some((ok, i) => !ok && a[i]!)];
      const expected = more && less ? 'changed' : more ? 'weakened' : less ? 'strengthened' : 'same';
      seen.set(expected, (seen.get(expected) ?? 0) + 1);
      expect(compareDefinitions(old!, now!).get('I')!.kind).toBe(expected);
    }),
    { numRuns: 250 },
  );
  expect([...seen.keys()].sort()).toEqual(['changed', 'same', 'strengthened', 'weakened']);
});

test('the order of operands matters exactly where one of them can err', () => {
  let mattered = 0;
  fc.assert(
    fc.property(formula, fc.constantFrom('&&', '||', '<=>'), formula, (left, operator, right) => {
      const [old, now] = [sideOf('old', `b => (${left} ${operator} ${right})`), sideOf('new', `b => (${right} ${operator} ${left})`)];
      fc.pre(old !== undefined && now !== undefined);
      const differ = allowed(old!).join() !== allowed(now!).join();
      if (differ) mattered++;
      expect(compareDefinitions(old!, now!).get('I')!.kind === 'same').toBe(!differ);
    }),
    { numRuns: 150 },
  );
  expect(mattered).toBeGreaterThan(5);
});

test('formulas of one normal form have the same values', () => {
  const byForm = new Map<string, { readonly text: string; readonly values: string }>();
  let met = 0;
  fc.assert(
    fc.property(formula, (text) => {
      const side = sideOf('one', text);
      fc.pre(side !== undefined);
      const form = normalForm((side!.program.properties.find((p) => p.name === 'I') as { readonly formula: Expr }).formula);
      const values = allowed(side!).map(Number).join('');
      const before = byForm.get(form);
      if (before !== undefined && before.text !== text) met++;
      expect(before?.values ?? values, `${text} and ${before?.text ?? ''} have the form ${form}`).toBe(values);
      byForm.set(form, { text, values });
    }),
    { numRuns: 1500 },
  );
  expect(met).toBeGreaterThan(20);
});
