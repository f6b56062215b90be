// What is written for CI is valid by the published schemas: SARIF's by ajv, JUnit's by xmllint (as WebAssembly).

import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import draft4 from 'ajv/lib/refs/json-schema-draft-04.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { CheckOutcome } from '../../../src/checker/outcome.js';
import { junit } from '../../../src/report/ci/junit.js';
import { sarif } from '../../../src/report/ci/sarif.js';
import { checkSpec } from '../../support/check-spec.js';
import { all, nasty } from './samples.js';

const schema = (name: string): string => readFileSync(new URL(`../../fixtures/schemas/${name}`, import.meta.url), 'utf8');

// The keywords of draft 4, in which SARIF's schema is written.
const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true, strictKeywords: true });
ajv.addMetaSchema(draft4);
const validSarif = ajv.compile(JSON.parse(schema('sarif-2.1.0-rtm.5.json')) as object);

function sarifProblems(text: string): readonly string[] {
  return validSarif(JSON.parse(text)) === true ? [] : validSarif.errors!.map(({ dataPath, message }) => `${dataPath} ${message}`);
}

async function junitProblems(text: string): Promise<readonly string[]> {
  const { valid, errors } = await validateXML({ xml: { fileName: 'heddle.xml', contents: text }, schema: { fileName: 'junit.xsd', contents: schema('jenkins-junit.xsd') } });
  return valid ? [] : errors.map(({ message }) => message);
}

/** A real run of which nothing was expected: a use after free, with its trace. */
function surprising(): CheckOutcome {
  const run = checkSpec({ file: 'specs/kernel/rcu.heddle', check: 'misuse' });
  return { ...run, outcome: 'unexpected', properties: run.properties.map((p) => ({ ...p, expected: 'holds' as const })) };
}

const RUNS: readonly (readonly [name: string, outcomes: readonly CheckOutcome[]])[] = [
  ['nothing', []],
  ['surprises, undecided properties and errors', all],
  ['text that is hard to hold', [nasty]],
  ['a spec of this repository', [surprising()]],
];

describe.each(RUNS)('%s', (_, outcomes) => {
  test('SARIF is valid', () => expect(sarifProblems(sarif(outcomes, '0.1.0'))).toEqual([]));
  test('JUnit is valid', async () => expect(await junitProblems(junit(outcomes, [{ file: 'lib/x.heddle', why: 'it leaves abstract: f & "g"' }]))).toEqual([]));
});

test('the schemas do refuse: a line 0, a text of its own, a suite without a name', async () => {
  expect(sarifProblems(sarif(all, '0.1.0').replace('"startLine": 150', '"startLine": 0'))).not.toEqual([]);
  expect(sarifProblems(sarif(all, '0.1.0').replace('"ruleId"', '"rule"'))).not.toEqual([]);
  expect(await junitProblems(junit(all).replace('<testsuite name=', '<testsuite title='))).not.toEqual([]);
});

test('SARIF: each result leads to its own rule', () => {
  const log = JSON.parse(sarif(all, '0.1.0')) as { readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }; readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[] }[] };
  const [run] = log.runs;
  expect(run!.results.map(({ ruleIndex }) => run!.tool.driver.rules[ruleIndex]!.id)).toEqual(run!.results.map(({ ruleId }) => ruleId));
});
