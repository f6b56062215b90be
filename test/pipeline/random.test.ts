// Random specs through the whole pipeline, on the interpreter. What must hold of every spec: it compiles, the search over it ends, printing it changes
// nothing, and the ways of lowering and packing that only save states save nothing else. HEDDLE_SEED=n tries other specs, HEDDLE_SPECS=n more of them.

import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Declaration, Expr, Stmt } from '../../src/ast/nodes.js';
import { print } from '../../src/ast/print.js';
import type { Node } from '../../src/model/model.js';
import { parse } from '../../src/parser/parse.js';
import { isComplete, modelOf, modelText, refusalsOf, runSpec, sharesOf, sizesOf, type Run } from '../support/random-run.js';
import { randomSpec } from '../support/random-spec.js';
import { shrinkSpec } from '../support/shrink-spec.js';

const SEED = Number(process.env['HEDDLE_SEED'] ?? 20_260_607);
const SPECS = Number(process.env['HEDDLE_SPECS'] ?? 200);
const BOUNDS = { states: 1_500, polls: 100 };
/** Without what saves states there are more of them. */
const LOOSE = { states: 15_000, polls: 400 };

/** What the generator does not quite avoid: constants that can be seen to go wrong, a label or a procedure where no state stops. */
const REFUSALS: ReadonlySet<string> = new Set(['type/incomparable', 'type/never-fits', 'type/constant-error', 'steps/label-not-a-state', 'steps/never-inside']);

const drawn = fc.sample(randomSpec, { seed: SEED, numRuns: Math.ceil(SPECS * 1.15) }).map((text) => ({ text, errors: refusalsOf(text) }));
const texts = drawn.filter((d) => d.errors.length === 0).map((d) => d.text).slice(0, SPECS);
const runs: Run[] = [];
/** The usual runs, made once. */
function usual(): readonly Run[] {
  if (runs.length === 0) runs.push(...texts.map((text) => runSpec(text, BOUNDS)));
  return runs;
}

/** Every `nth` spec in another way; `same` throws where that matters. Gives how many were compared; a failure shows the spec, shrunk. */
function compareEvery(nth: number, from: number, other: (text: string) => Run, same: (a: Run, b: Run) => void): number {
  let compared = 0;
  const check = (a: Run): void => {
    if (!isComplete(a)) return;
    const b = other(a.text);
    if (!isComplete(b)) return;
    compared++;
    same(a, b);
  };
  const fails = (text: string): boolean => {
    if (refusalsOf(text).length > 0) return false;
    try {
      check(runSpec(text, BOUNDS));
      return false;
    } catch {
      return true;
    }
  };
  for (let i = from; i < usual().length; i += nth) {
    try {
      check(usual()[i]!);
    } catch (error) {
      throw new Error(`seed ${SEED}, spec ${i}: ${(error as Error).message}\n${shrinkSpec(usual()[i]!.text, fails)}`, { cause: error });
    }
  }
  return compared;
}

/** Dead locals and local statements of their own change no verdict, and no state as far as the processes share it. */
function sameFromOutside(a: Run, b: Run): void {
  if (a.erred || b.erred) {
    // A joined step that errs has no successor, where a step of its own lets the shared part happen first: only what was found counts.
    expect(b.erred).toBe(a.erred);
    for (const [name, kind] of a.verdicts) if (kind === 'violated' && name !== 'deadlock') expect(`${name} ${b.verdicts.get(name)}`).toBe(`${name} violated`);
    const other = b.shared();
    expect([...a.shared()].filter((state) => !other.has(state))).toEqual([]);
    return;
  }
  expect(b.verdicts).toEqual(a.verdicts);
  expect([...b.shared()].sort()).toEqual([...a.shared()].sort());
}

describe('random specs', () => {
  afterAll(() => {
    const words = Object.entries(sharesOf(runs)).map(([what, percent]) => `${what} ${percent} %`);
    console.log(`${runs.length} random specs of seed ${SEED}: ${words.join(', ')}; states of a tenth, half, nine tenths, all: ${sizesOf(runs).join(', ')}`);
  });

  test('compile, but for constants that go wrong', () => {
    expect(drawn.filter((d) => d.errors.some((code) => !REFUSALS.has(code)))).toEqual([]);
    expect(texts.length).toBe(SPECS);
  });

  test('use every kind of declaration, statement, expression and node', () => {
    const seen = new Set<string>();
    for (const text of texts) kindsIn(parse({ path: 'random.heddle', text }).file, seen);
    for (const { model } of usual()) for (const family of model.families) for (const node of family.nodes) seen.add(`node ${node.op}`);
    expect(EVERYTHING.filter((kind) => !seen.has(kind))).toEqual([]);
  });

  test('are searched to an end, and what came out is of every sort', () => {
    for (const r of usual()) {
      expect(['complete', 'states', 'interrupted']).toContain(r.exploration.ended);
      const decided = r.model.properties.every((p) => p.kind === 'temporal' || r.verdicts.get(p.name) !== 'undecided');
      if (isComplete(r)) expect(decided || r.exploration.undermined).toBe(true);
    }
    if (SPECS < 100) return;
    const { errors, deadlocks, violations, holds, concurrent, complete } = sharesOf(usual());
    for (const share of [errors, deadlocks, violations, holds]) expect(share).toBeGreaterThanOrEqual(8);
    expect(errors).toBeLessThanOrEqual(40);
    expect(concurrent).toBeGreaterThanOrEqual(50);
    expect(complete).toBeGreaterThanOrEqual(60);
  });

  test('printing is idempotent and never changes a model', () => {
    const printed = (text: string): string => {
      const source = { path: 'random.heddle', text };
      return print(parse(source).file, source);
    };
    for (const text of texts) {
      const once = printed(text);
      expect(printed(once)).toBe(once);
      expect(modelText(modelOf(once).model)).toBe(modelText(modelOf(text).model));
    }
  });

  test('local statements as steps of their own change no verdict and no shared state', () => {
    expect(compareEvery(2, 0, (text) => runSpec(text, LOOSE, { lowering: { joinLocals: false } }), sameFromOutside)).toBeGreaterThan(SPECS * 0.25);
  });

  test('dead locals that keep their values change no verdict and no shared state', () => {
    expect(compareEvery(2, 1, (text) => runSpec(text, LOOSE, { lowering: { resetDead: false } }), sameFromOutside)).toBeGreaterThan(SPECS * 0.25);
  });

  test('locals that share no bits change nothing at all', () => {
    const compared = compareEvery(3, 0, (text) => runSpec(text, BOUNDS, { layout: { share: false } }), (a, b) => {
      expect(b.exploration.counts).toEqual(a.exploration.counts);
      expect(b.verdicts).toEqual(a.verdicts);
      expect([...b.shared()].sort()).toEqual([...a.shared()].sort());
    });
    expect(compared).toBeGreaterThan(SPECS * 0.15);
  });
});

// ---- what there is to use -----------------------------------------------------------------------------------------------

const DECLARATIONS: Record<Declaration['kind'], true> = {
  spec: true, steps: true, import: true, const: true, enum: true, type: true, record: true, pool: true, extend: true, var: true, init: true, context: true,
  def: true, macro: true, procedure: true, process: true, invariant: true, property: true, check: true, expect: true,
};
const STATEMENTS: Record<Stmt['kind'], true> = {
  skip: true, break: true, continue: true, assign: true, call: true, await: true, rest: true, assert: true, if: true, while: true, loop: true, atomic: true,
  goto: true, either: true, with: true, return: true, defer: true, free: true, touch: true,
};
/** All but `missing`, which stands for what could not be read. */
const EXPRESSIONS: Record<Exclude<Expr['kind'], 'missing'>, true> = {
  int: true, bool: true, null: true, self: true, name: true, field: true, index: true, call: true, prime: true, unary: true, binary: true, if: true,
  quantifier: true, set: true, filter: true, map: true, seq: true, record: true, withIndex: true, withFields: true, new: true, group: true,
};
const NODES: Record<Node['op'], true> = {
  assign: true, reset: true, branch: true, await: true, assert: true, either: true, pick: true, new: true, free: true, touch: true, call: true, return: true,
  loop: true, stop: true,
};
const named = (what: string, kinds: Readonly<Record<string, true>>): readonly string[] => Object.keys(kinds).map((kind) => `${what} ${kind}`);
const EVERYTHING: readonly string[] = [...named('tree', { ...DECLARATIONS, ...STATEMENTS, ...EXPRESSIONS }), ...named('node', NODES)];

/** Every `kind` in a tree. A name that means two things (an `if`, a `call`) is expected to come up as both. */
function kindsIn(tree: unknown, seen: Set<string>): void {
  if (typeof tree !== 'object' || tree === null) return;
  if ('kind' in tree && typeof tree.kind === 'string') seen.add(`tree ${tree.kind}`);
  for (const part of Object.values(tree)) kindsIn(part, seen);
}
