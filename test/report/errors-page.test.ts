// docs/errors.md is made from the catalogue of messages.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogueMarkdown } from '../../src/report/explain.js';

test('docs/errors.md is up to date (npm run generate)', () => {
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(catalogueMarkdown());
});
