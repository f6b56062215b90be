// Checks specs of this repository from tests, with edits of their text made on the way.

import { readFileSync, existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Loader } from '../../src/analysis/modules.js';
import type { SourceFile } from '../../src/base/span.js';
import { checkFile } from '../../src/check/check.js';
import type { CheckOutcome } from '../../src/checker/outcome.js';

/** An edit of one file: the text that is replaced must occur exactly once. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A loader over the working folder, with the edits applied. */
export function loaderWith(edits: readonly Edit[] = []): Loader & { open(file: string): SourceFile } {
  const files = new Map<string, SourceFile>();
  const read = (path: string): SourceFile | undefined => {
    const known = files.get(path);
    if (known !== undefined || !existsSync(path)) return known;
    let text = readFileSync(path, 'utf8');
    for (const edit of edits.filter((e) => e.file === path)) {
      if (text.split(edit.from).length !== 2) throw new Error(`the text to edit does not occur exactly once in ${path}: ${edit.from}`);
      text = text.replace(edit.from, () => edit.to);
    }
    files.set(path, { path, text });
    return files.get(path);
  };
  return {
    load: (path, from) => read(normalize(path.startsWith('.') ? join(dirname(from.path), `${path}.heddle`) : `lib/${path}.heddle`)),
    open: (file) => read(file)!,
  };
}

export interface SpecRun {
  readonly file: string;
  readonly check: string;
  readonly constants?: Readonly<Record<string, string>>;
  readonly edits?: readonly Edit[];
  readonly properties?: readonly string[];
  /** Ends at the first property violated that was expected to hold. */
  readonly stopEarly?: boolean;
  readonly timeLimitMs?: number;
  readonly coverage?: boolean;
}

export function checkSpec(run: SpecRun): CheckOutcome {
  const loader = loaderWith(run.edits);
  const job = {
    source: loader.open(run.file),
    check: run.check,
    constants: Object.entries(run.constants ?? {}),
    continueOnViolation: run.stopEarly !== true,
    maxMemoryBytes: 2 ** 31,
    engine: 'builtin' as const,
    ...(run.properties === undefined ? {} : { properties: run.properties }),
    ...(run.coverage === undefined ? {} : { coverage: run.coverage }),
    ...(run.timeLimitMs === undefined ? {} : { timeLimitMs: run.timeLimitMs }),
  };
  return checkFile(job, loader, { clock: () => performance.now(), shouldStop: () => false });
}

/** Names of the violated properties. */
export const violatedIn = (outcome: CheckOutcome): readonly string[] => outcome.properties.filter((p) => p.verdict === 'violated').map((p) => p.name);
