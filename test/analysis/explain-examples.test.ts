// Every page of `explain` keeps its word: its first spec gives the code, the next one does not.
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../src/check/check.js';
import { codes, explainPage } from '../../src/report/explain.js';
import { compileText, loaderOf } from './diagnose.js';

/** Pages about what only a run, the command line or a broken file can show: their tests stand with those. */
const ELSEWHERE = /^(coverage|engine|file|init)\/|^parse\/(too-deep|not-text)$/;

interface Example {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The specs of a page, each with the files named before it. */
function examplesOf(page: string): readonly Example[] {
  const files: Record<string, string> = {};
  return [...page.matchAll(/```heddle\n([\s\S]*?)\n```/g)].flatMap(([, text]): Example[] => {
    const name = /^\/\/ (\w+)\.heddle\n/.exec(text!)?.[1];
    if (name === undefined) return [{ text: text!, files: { ...files } }];
    files[`${name}.heddle`] = text!;
    return [];
  });
}

/** Codes that the example gives when it is compiled for its last check, or run. */
function codesOf({ text, files }: Example, run: boolean): readonly string[] {
  const check = [...text.matchAll(/^check (\w+)/gm)].at(-1)?.[1];
  const source = { path: 'test.heddle', text };
  if (!run) return compileText(source, files, check === undefined ? {} : { check }).diagnostics.map((d) => d.code);
  const job = { source, check: check ?? 'default', constants: [], continueOnViolation: true, maxMemoryBytes: 2 ** 28, engine: 'interpreter' } as const;
  const outcome = checkFile(job, loaderOf(source, files), { clock: () => 0, shouldStop: () => false });
  return [...outcome.warnings, ...(outcome.diagnostics ?? [])].map((d) => d.code);
}

describe.each(codes.filter((code) => !ELSEWHERE.test(code)))('%s', (code) => {
  const examples = examplesOf(explainPage(code)!);
  const run = code === 'lifetime/stale-compare';

  test('the first spec of its page gives it', () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(codesOf(examples[0]!, run)).toContain(code);
  });

  test('the mended spec of its page does not', () => {
    expect(examples.length).toBeGreaterThan(1);
    expect(codesOf(examples[1]!, run)).not.toContain(code);
  });
});
