// `check --update-expect`: shows which `expect` lines of the specs do not say what came out, asks, and writes them.

import { createInterface } from 'node:readline/promises';
import { analyse } from '../analysis/analyse.js';
import { edited, expectEdits, type CameOut } from '../analysis/expectations.js';
import { assert } from '../base/unreachable.js';
import type { SourceFile } from '../base/span.js';
import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';
import { parse } from '../parser/parse.js';
import { isAsExpected } from '../report/verdict-lines.js';
import { replaceFile, UserError } from './io.js';
import { fileLoader, openSource } from './loader.js';

/** Refuses early what could not be asked later, or would write what is true of other constants only. */
export function allowUpdate(options: { readonly yes: boolean; readonly const: readonly string[] }): void {
  if (options.const.length > 0) throw new UserError('--update-expect does not go with --const: a spec expects what its own constants give.', 'Give the constants a `check` block.');
  if (!options.yes && (process.stdin.isTTY !== true || process.stderr.isTTY !== true)) {
    throw new UserError('--update-expect asks before it writes, and there is no terminal to ask on.', 'Say --yes to write without being asked.');
  }
}

export type Updated = 'nothing to change' | 'written' | 'declined';

/** @param say shows lines to the user */
export async function updateExpect(outcomes: readonly CheckOutcome[], sources: readonly SourceFile[], yes: boolean, say: (text: string) => void): Promise<Updated> {
  const undecided = outcomes.filter((o) => o.properties.some((p) => p.verdict === 'undecided') || o.outcome === 'undecided');
  for (const { file, check } of undecided) say(`${file} ${check}: undecided, its expect lines stay as they are.`);
  const decided = outcomes.filter((o) => o.outcome !== 'error' && !undecided.includes(o));
  const changes = sources.flatMap((source) => {
    const cameOut = decided.filter(({ file }) => file === source.path).flatMap(different);
    if (cameOut.length === 0) return [];
    return [{ source, cameOut, text: edited(source.text, expectEdits(source, parse(source).file, cameOut)) }];
  });
  if (changes.length === 0) {
    say('The expect lines say what came out: there is nothing to change.');
    return 'nothing to change';
  }
  for (const { source, cameOut, text } of changes) {
    verify({ path: source.path, text }, cameOut);
    say(`${source.path}: came out, and will be expected:`);
    for (const { check, property, verdict } of cameOut) say(`  ${check}: ${property} ${verdict}`);
  }
  if (!yes && !(await agrees())) {
    say('Nothing was written.');
    return 'declined';
  }
  for (const { source, text } of changes) {
    const now = openSource(source.path);
    if (!('text' in now) || now.text !== source.text) throw new UserError(`${source.path} has changed while it was checked, and was left as it is.`, 'Check it again.');
    replaceFile(source.path, text);
    say(`${source.path} written`);
  }
  return 'written';
}

const different = (outcome: CheckOutcome): readonly CameOut[] =>
  outcome.properties.flatMap((p: PropertyOutcome) => (isAsExpected(p) === false && p.verdict !== 'undecided' ? [{ check: outcome.check, property: p.name, verdict: p.verdict }] : []));

/** What is written is read again before it is written: a mistake here must not spoil a spec. */
function verify(source: SourceFile, cameOut: readonly CameOut[]): void {
  const { checks } = analyse({ entry: source, loader: fileLoader() });
  for (const { check, property, verdict } of cameOut) {
    const config = checks.find((c) => c.name === check);
    assert((config?.expected.get(property) ?? 'holds') === verdict, `the expect line of ${property} could not be written`);
  }
}

async function agrees(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Write this? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
