// Reading part by part gives what reading the whole gives: edits of all kinds, one after the other, on texts with and without errors.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { follow, parse } from '../../src/parser/parse.js';
import type { SourceFile } from '../../src/base/span.js';
import { projectRoot } from '../support/samples.js';

const TEXTS = ['specs/classic/twophase.heddle', 'specs/async_cb/model.heddle', 'specs/async_cb/harness.heddle', 'lib/kernel/hrtimer.heddle'].map((f) => readFileSync(join(projectRoot, f), 'utf8'));

const plain = (source: SourceFile): unknown => {
  const { file, diagnostics } = parse(source);
  return { file, diagnostics: diagnostics.map(({ at, related, ...d }) => ({ ...d, at: [at.start, at.end], related: related?.map((r) => [r.message, r.at.start, r.at.end]) })) };
};

const insertion = fc.constantFrom('', ' ', '\n', 'x', '.', '(', ')', '{', '}', '[', ':=', '"', '//', '///', ';', ',', '\nvar y: 0..1 = 0\n', '\nprocess q {\n', '\n}\n', '\ncheck c {\n', ' with ', '/*', '🧵', '\r\n', 'fair ', '\nvar', '1', '=', '~');

test('after any edits', () => {
  fc.assert(
    fc.property(fc.nat(TEXTS.length - 1), fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(60), insertion), { minLength: 1, maxLength: 6 }), (which, edits) => {
      let source: SourceFile = { path: 'test.heddle', text: TEXTS[which]! };
      follow(source, undefined);
      parse(source);
      for (const [at, length, text] of edits) {
        const start = Math.floor(at * source.text.length);
        const next = { path: 'test.heddle', text: source.text.slice(0, start) + text + source.text.slice(start + (length > 40 ? length : length % 3)) };
        follow(next, source);
        expect(plain(next)).toEqual(plain({ ...next }));
        source = next;
      }
    }),
    { numRuns: 60, ...(process.env['HEDDLE_SEED'] === undefined ? {} : { seed: Number(process.env['HEDDLE_SEED']) }) },
  );
}, 120_000);

test('declarations before an edit are the same objects', () => {
  const first = { path: 'test.heddle', text: 'var a: 0..1 = 0\nvar b: 0..1 = 0\nvar c: 0..1 = 0\n' };
  const second = { path: 'test.heddle', text: 'var a: 0..1 = 0\nvar bb: 0..1 = 0\nvar c: 0..1 = 0\n' };
  follow(first, undefined);
  const before = parse(first).file.declarations;
  follow(second, first);
  const after = parse(second).file.declarations;
  expect(after[0]).toBe(before[0]);
  expect(after[2]).toMatchObject({ span: { start: before[2]!.span.start + 1 } });
});

test.each([
  ['semicolons in two declarations', 'var a: 0..1 = 0;\nvar b: 0..1 = 0\nvar c: 0..1 = 0\nvar d: 0..1 = 0;\n'],
  ['commas in two checks', 'const N: 1..2 = 1\ncheck a { N = 1, only deadlock }\nvar b: 0..1 = 0\nvar c: 0..1 = 0\ncheck b { N = 2, only deadlock }\n'],
  ['a comment of C over two declarations', '/* one\nvar a: 0..1 = 0\nvar b: 0..1 = 0 */\nvar c: 0..1 = 0\n'],
  ['a brace that is never closed', 'process p {\n  skip\nvar a: 0..1 = 0\nprocess q { skip }\n'],
  ['a brace too many', 'process p { skip } }\nvar a: 0..1 = 0\n'],
  ['a text without an end', 'import "kernel\nvar a: 0..1 = 0\n'],
  ['a declaration that ends in the next', 'ghost\nvar a: 0..1 = 0\nabstract\ntype T\nobservable\natomic procedure f() { skip }\n'],
  ['a value that is not there', 'const A: 0..1 =\nconst B: 0..1 =\nvar a: 0..1 = 0\n'],
  ['documentation', '/// One.\n/// Two.\nvar a: 0..1 = 0\n  /// Three.\nvar b: 0..1 = 0\n\n/// Lost.\n\nvar c: 0..1 = 0\n'],
])('of %s', (_, text) => {
  const before = { path: 'test.heddle', text: 'var before: 0..1 = 0\n' };
  follow(before, undefined);
  parse(before);
  const source = { path: 'test.heddle', text: `${before.text}${text}` };
  follow(source, before);
  expect(plain(source)).toEqual(plain({ ...source }));
});
