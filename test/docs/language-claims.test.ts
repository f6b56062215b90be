// What docs/language.md says, each sentence with the smallest spec that shows it. A sentence that is no longer on the page fails too: then the
// claim and the spec are to be changed together.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../support/samples.js';
import { runText, shownBy, wanted } from '../support/shown-by.js';
import { CLAIMS } from './language-claims.js';

const flat = (text: string): string => text.replace(/\s+/g, ' ');
const PAGE = flat(readFileSync(join(projectRoot, 'docs/language.md'), 'utf8'));

describe('docs/language.md', () => {
  test.each(CLAIMS)('$claim', ({ claim, spec, check, shows }) => {
    expect(PAGE).toContain(flat(claim));
    expect(shownBy(runText(spec, check), shows)).toEqual(wanted(shows));
  });
});
