// What docs/language.md says, each sentence with the smallest spec that shows it. A sentence that is no longer on the page fails too: then the
// claim and the spec are to be changed together.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileLoader } from '../../src/cli/loader.js';
import { checkFile } from '../../src/check/check.js';
import type { CheckOutcome } from '../../src/checker/outcome.js';
import { projectRoot } from '../support/samples.js';
import { CLAIMS, type Shown } from './language-claims.js';

const flat = (text: string): string => text.replace(/\s+/g, ' ');
const PAGE = flat(readFileSync(join(projectRoot, 'docs/language.md'), 'utf8'));

/** Other files of a claim's spec stand in it behind lines `//// name`. */
function run(text: string, check: string): CheckOutcome {
  const [main, ...others] = text.split(/^\/\/\/\/ /m);
  const files = new Map(others.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
  const library = fileLoader();
  const loader = {
    load: (path: string, from: { path: string; text: string }) => {
      const own = files.get(path.replace(/^\.\//, ''));
      return own === undefined ? library.load(path, from) : { path: `${path.replace(/^\.\//, '')}.heddle`, text: own };
    },
  };
  const source = { path: 'claim.heddle', text: main! };
  const job = { source, check, constants: [], continueOnViolation: true, maxMemoryBytes: 2 ** 30, maxStates: 200_000, engine: 'builtin' as const };
  return checkFile(job, loader, { clock: () => performance.now(), shouldStop: () => false });
}

function shownBy(outcome: CheckOutcome, asked: Shown): Shown {
  const found = outcome.diagnostics ?? [];
  const names = (verdict: string): readonly string[] => outcome.properties.filter((p) => p.verdict === verdict).map((p) => p.name).sort();
  return {
    ...(asked.errors === undefined ? {} : { errors: [...new Set(found.filter((d) => d.severity === 'error').map((d) => d.code))] }),
    ...(asked.warnings === undefined ? {} : { warnings: asked.warnings.filter((code) => outcome.warnings.some((w) => w.code === code)) }),
    ...(asked.violated === undefined ? {} : { violated: outcome.outcome === 'error' ? found.map((d) => d.message) : names('violated') }),
    ...(asked.undecided === undefined ? {} : { undecided: names('undecided').length > 0 }),
    ...(asked.states === undefined ? {} : { states: outcome.states.distinct }),
    ...(asked.initial === undefined ? {} : { initial: outcome.states.initial }),
    ...(asked.generated === undefined ? {} : { generated: outcome.states.generated }),
  };
}

describe('docs/language.md', () => {
  test.each(CLAIMS)('$claim', ({ claim, spec, check, shows }) => {
    expect(PAGE).toContain(flat(claim));
    const outcome = run(spec, check ?? 'default');
    const wanted = { ...shows, ...(shows.violated === undefined ? {} : { violated: [...shows.violated].sort() }) };
    expect(shownBy(outcome, shows)).toEqual(wanted);
  });
});
