// What a small spec shows when it is checked: codes of diagnostics, violated properties, counts.

import { fileLoader } from '../../src/cli/loader.js';
import { checkFile } from '../../src/check/check.js';
import type { CheckOutcome } from '../../src/checker/outcome.js';

/** What is left out is not looked at. */
export interface Shown {
  /** Codes of the errors, each once. */
  readonly errors?: readonly string[];
  /** Codes that are among the warnings. */
  readonly warnings?: readonly string[];
  /** Exactly these properties are violated. */
  readonly violated?: readonly string[];
  readonly undecided?: boolean;
  readonly states?: number;
  readonly initial?: number;
  readonly generated?: number;
}

/** Checks a text. Other files stand in it behind lines `//// name`. */
export function runText(text: string, check = 'default', engine: 'builtin' | 'interpreter' = 'builtin'): CheckOutcome {
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
  const job = { source, check, constants: [], continueOnViolation: true, maxMemoryBytes: 2 ** 30, maxStates: 200_000, engine };
  return checkFile(job, loader, { clock: () => performance.now(), shouldStop: () => false });
}

/** Of an outcome, what is asked for. */
export function shownBy(outcome: CheckOutcome, asked: Shown): Shown {
  const found = outcome.diagnostics ?? [];
  const names = (verdict: string): readonly string[] => outcome.properties.filter((p) => p.verdict === verdict).map((p) => p.name).sort();
  return {
    ...(asked.errors === undefined ? {} : { errors: [...new Set(found.filter((d) => d.severity === 'error').map((d) => d.code))] }),
    ...(asked.warnings === undefined ? {} : { warnings: asked.warnings.filter((code) => [...outcome.warnings, ...found].some((w) => w.code === code)) }),
    ...(asked.violated === undefined ? {} : { violated: outcome.outcome === 'error' ? found.map((d) => d.message) : names('violated') }),
    ...(asked.undecided === undefined ? {} : { undecided: names('undecided').length > 0 }),
    ...(asked.states === undefined ? {} : { states: outcome.states.distinct }),
    ...(asked.initial === undefined ? {} : { initial: outcome.states.initial }),
    ...(asked.generated === undefined ? {} : { generated: outcome.states.generated }),
  };
}

/** As asked, in the order in which it is shown. */
export const wanted = (asked: Shown): Shown => ({ ...asked, ...(asked.violated === undefined ? {} : { violated: [...asked.violated].sort() }) });
