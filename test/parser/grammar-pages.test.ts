// The pages in grammar/ are made from the parser; they must be those of this parser.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grammarFiles, grammarRules } from '../../scripts/grammar.js';
import { projectRoot } from '../support/samples.js';

test.each(grammarFiles())('$path is up to date (npm run generate)', ({ path, content }) => {
  expect(readFileSync(join(projectRoot, path), 'utf8')).toBe(content);
});

test('slips that the parser names are no part of the grammar', () => {
  const text = grammarFiles().map((f) => f.content).join('');
  expect(text).not.toMatch(/mistake/i);
});

test('every rule is used', () => {
  const used = new Set(JSON.stringify(grammarRules().map((r) => r.part)).match(/(?<="name":")[^"]+/g));
  expect(grammarRules().map((r) => r.name).filter((name) => name !== 'file' && !used.has(name))).toEqual([]);
});
