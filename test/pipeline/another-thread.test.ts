// A thread that gets a kernel from another one makes the steps that the other has not made.

import { expect, test } from 'vitest';
import { Outcomes, type Kernel } from '../../src/checker/kernel.js';
import { instantiate, stepMaker } from '../../src/codegen/instantiate.js';
import { compiledKernel } from '../../src/codegen/kernel.js';
import { differences, exploreWithin } from '../support/differential.js';
import { modelOf } from '../support/random-run.js';

const SPEC = `enum E { A, B }
pool Thing[4] {
  next: Thing? = null
  e: E = A
}
var head: Thing? = null
var n: 0..3 = 0
fair process p(i in 0..1) {
  var mine: Thing?
  a: either { await head == null  mine := new Thing { e: B } } or { await n < 3 }
  b: if mine != null { head := mine } else { n := (n + 1) % 4 }
  c: mine := null
  goto a
}
invariant Few = n < 4
property Moves = always eventually n > 0
`;

const BOUNDS = { states: 10_000, polls: 1_000 };

function here(): ReturnType<typeof compiledKernel> {
  const { model, layout } = modelOf(SPEC);
  return compiledKernel(model, layout);
}

/** As another thread gets it, now. */
async function there({ kernel, portable }: ReturnType<typeof compiledKernel>): Promise<Kernel> {
  // Memory is shared between threads, and cannot be copied otherwise.
  const { sites, antecedents, ...rest } = portable!;
  const received = { ...structuredClone(rest), sites: new SharedArrayBuffer(sites.byteLength), antecedents: new SharedArrayBuffer(antecedents.byteLength) };
  return { ...instantiate(received, await stepMaker(received), 1), initial: (out: Outcomes) => kernel.initial(out) };
}

test('before the first step, after some, and after all of them', async () => {
  const untouched = here();
  expect(untouched.portable!.steps.size).toBe(0);
  const early = await there(untouched);
  const begun = here();
  const first = new Outcomes(begun.kernel.words, 64);
  begun.kernel.initial(first);
  begun.kernel.successors(first.words, 0, new Outcomes(begun.kernel.words, 64));
  expect(begun.portable!.steps.size).toBe(2);
  const late = await there(begun);
  const expected = exploreWithin(untouched.kernel, BOUNDS);
  expect(expected.exploration.ended).toBe('complete');
  expect(untouched.portable!.steps.size).toBe(untouched.portable!.generated.steps);
  const last = await there(untouched);
  for (const kernel of [early, late, last]) expect(differences(expected, exploreWithin(kernel, BOUNDS))).toEqual([]);
});
