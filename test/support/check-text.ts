// Checks the text of a spec that imports nothing.

import { checkFile } from '../../src/check/check.js';
import type { CheckOutcome } from '../../src/checker/outcome.js';

/** Its one check, or the first; every property is decided. @throws when the spec has errors */
export function checkText(text: string, constants: Readonly<Record<string, string>> = {}, limits: { readonly maxStates?: number; readonly maxMemoryBytes?: number } = {}): CheckOutcome {
  const check = /^check (\w+)/m.exec(text)?.[1] ?? 'default';
  const job = {
    source: { path: 'spec.heddle', text },
    check,
    constants: Object.entries(constants),
    continueOnViolation: true,
    maxMemoryBytes: 2 ** 31,
    engine: 'builtin' as const,
    ...limits,
  };
  const outcome = checkFile(job, { load: () => undefined }, { clock: () => performance.now(), shouldStop: () => false });
  if (outcome.outcome === 'error') throw new Error(outcome.diagnostics!.map((d) => `${d.line}:${d.column} ${d.message}`).join('\n'));
  return outcome;
}
