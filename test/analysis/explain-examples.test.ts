// The page of each message shows what gives it: the first example must, and the mended one that follows must not.

import { expect, test } from 'vitest';
import { catalogue } from '../../src/base/catalogue/index.js';
import { codesOf } from './diagnose.js';

/** Their examples cannot be written down in a page, or show themselves only when the spec runs. */
const NOT_HERE = new Set(['parse/not-text', 'parse/too-deep', 'file/nothing-to-run', 'lifetime/stale-compare', 'init/no-state']);

const pages = Object.entries(catalogue).flatMap(([code, { explain }]) => {
  const examples = [...explain.matchAll(/```heddle\n([\s\S]*?)```/g)].map((m) => m[1]!);
  return examples.length === 0 || code.startsWith('coverage/') || NOT_HERE.has(code) ? [] : [{ code, examples }];
});

const give = (example: string): readonly string[] => codesOf(example).map((said) => said.split(': ')[1]!);

test('many pages have an example', () => {
  expect(pages.length).toBeGreaterThan(30);
});

test.each(pages)('the first example of $code gives it, and the mended one does not', ({ code, examples: [first, mended] }) => {
  expect(give(first!)).toContain(code);
  if (mended !== undefined) expect(give(mended)).not.toContain(code);
});
