// The forms for CI: their shape, and that what they point at is where it should be.
import { readFileSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { findingsOf } from '../../../src/report/ci/findings.js';
import { githubAnnotations } from '../../../src/report/ci/github.js';
import { junit } from '../../../src/report/ci/junit.js';
import { markdown } from '../../../src/report/ci/markdown.js';
import { sarif } from '../../../src/report/ci/sarif.js';
import { lanes } from '../../../src/report/lanes.js';
import { checkSpec } from '../../support/check-spec.js';
import { outcome } from '../sample-outcomes.js';
import { all, nasty, unexpected, wrong } from './samples.js';

test('findings stand where the property is declared, else where the trace ends, else where the diagnostic points', () => {
  expect(findingsOf(all).map(({ rule, level, at }) => `${level} ${rule} ${at.file}:${at.line}:${at.column}`)).toEqual([
    'error violated/step-invariant specs/async_cb/v1.heddle:150:1',
    'error violated/builtin specs/async_cb/v1.heddle:43:3',
    'error not-violated/invariant specs/async_cb/v1.heddle:150:1',
    'warning coverage/unreached-step specs/a b.heddle:7:5',
    'warning undecided specs/async_cb/v1.heddle:150:1',
    'error resolve/unknown-name specs/wrong.heddle:2:18',
  ]);
});

test('what is as expected is no finding', () => {
  expect(findingsOf([outcome()])).toEqual([]);
  expect(githubAnnotations([outcome()])).toBe('');
});

test('a warning that two checks share is told once', () => {
  expect(findingsOf([unexpected, { ...unexpected, properties: [] }]).filter(({ level }) => level === 'warning')).toHaveLength(1);
});

test('SARIF: a trace is a code flow with one thread a process, in the order of its steps', () => {
  const log = JSON.parse(sarif(all, '0.1.0')) as { runs: { results: { ruleId: string; codeFlows?: { threadFlows: { id: string; locations: { executionOrder: number }[] }[] }[] }[] }[] };
  const [race] = log.runs[0]!.results;
  const flows = race!.codeFlows![0]!.threadFlows;
  expect(flows.map(({ id, locations }) => [id, locations.map((l) => l.executionOrder)])).toEqual([['task[0]', [1, 2, 8]], ['task[1]', [3, 4, 5, 6, 7]]]);
});

test('SARIF names files as URIs', () => {
  const uris = [...sarif([{ ...wrong, diagnostics: ['a b.heddle', '/x/y.heddle', 'C:\\x\\y.heddle', '..\\z.heddle'].map((file) => ({ ...wrong.diagnostics![0]!, file })) }], '1').matchAll(/"uri": "(.*)"/g)].map((m) => m[1]);
  expect(uris).toEqual(['a%20b.heddle', 'file:///x/y.heddle', 'file:///C:/x/y.heddle', '../z.heddle']);
});

interface Suite {
  readonly '@name': string;
  readonly '@tests': string;
  readonly '@failures': string;
  readonly '@errors': string;
  readonly '@skipped': string;
  readonly testcase: readonly { readonly '@name': string; readonly failure?: unknown; readonly error?: unknown; readonly skipped?: unknown }[];
}

function suitesOf(text: string): readonly Suite[] {
  expect(XMLValidator.validate(text)).toBe(true);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => ['testsuite', 'testcase'].includes(name) });
  return (parser.parse(text) as { testsuites: { testsuite?: readonly Suite[] } }).testsuites.testsuite ?? [];
}

test('JUnit has a suite a check and a case a property, and its counts are those of its cases', () => {
  const suites = suitesOf(junit(all, [{ file: 'lib/x.heddle', why: 'it leaves abstract: f & "g"' }]));
  expect(suites.map((s) => [s['@name'], s.testcase.length])).toEqual([
    ['specs/async_cb/v1.heddle quick', 4],
    ['specs/async_cb/v1.heddle deep', 2],
    ['specs/wrong.heddle quick', 1],
    ['lib/x.heddle', 1],
  ]);
  for (const suite of suites) {
    const count = (kind: 'failure' | 'error' | 'skipped'): number => suite.testcase.filter((c) => kind in c).length;
    expect([suite['@tests'], suite['@failures'], suite['@errors'], suite['@skipped']].map(Number)).toEqual([suite.testcase.length, count('failure'), count('error'), count('skipped')]);
  }
  expect(suites[0]!.testcase.map((c) => ('failure' in c ? 'failure' : 'passed'))).toEqual(['failure', 'failure', 'failure', 'passed']);
  expect(suites[1]!.testcase.every((c) => 'error' in c)).toBe(true);
});

test('JUnit holds any text', () => {
  expect(suitesOf(junit([nasty]))).toHaveLength(1);
});

test('annotations escape what would end them; errors come first', () => {
  expect(githubAnnotations(all).split('\n')).toMatchInlineSnapshot(`
    [
      "::error file=specs/async_cb/v1.heddle,line=150,col=1,title=NoArmAfterCancel is violated::NoArmAfterCancel: After bpf_timer_cancel() returned success and until the next start begins, the timer is not queued. Violated after 8 steps: the timer of slot[0] is queued after its cancel has returned. (check quick)",
      "::error file=specs/async_cb/v1.heddle,line=43,col=3,title=Node.use_after_free is violated::Node.use_after_free: violated after 4 steps: node#0.next is read after node#0 was freed. (check quick)",
      "::error file=specs/async_cb/v1.heddle,line=150,col=1,title=Gone is not violated::Gone holds in check quick, and was expected to be violated. If that is right now, take its \`expect\` line away.",
      "::error file=specs/wrong.heddle,line=2,col=18,endLine=2,endColumn=19,title=resolve/unknown-name::Unknown name 'y'.",
      "::warning file=specs/a b.heddle,line=7,col=5,endLine=7,endColumn=12,title=coverage/unreached-step::step \`x\` <was> "never" reached & more, 100%25%0Atry",
      "::warning file=specs/async_cb/v1.heddle,line=150,col=1,title=undecided in check deep::Undecided in check deep: A, deadlock: the limit on time ended the search.",
      "",
    ]
  `);
});

test('Markdown has a row a check, and the traces that nobody expected', () => {
  const shown = all.flatMap(({ properties }) => properties.flatMap((p) => (p.trace === undefined ? [] : [lanes(p, p.trace)])));
  const text = markdown(all, [{ file: 'x.heddle', why: 'it leaves abstract: f' }]);
  expect(shown.reduce((rest, trace) => rest.replace(trace, 'THE TRACE'), text)).toMatchInlineSnapshot(`
    "## Heddle: a spec has errors

    | spec | check | bounds | states | depth | time | verdicts |
    | --- | --- | --- | ---: | ---: | ---: | --- |
    | \`specs/async_cb/v1.heddle\` | quick | TASKS=2, SLOTS=1, PROGS=2 | 184,302 | 61 | 0.3 s | **NoArmAfterCancel violated, NOT expected**<br>**Node.use\\_after\\_free violated, NOT expected**<br>**Gone holds, NOT expected**<br>1 property holds |
    | \`specs/async_cb/v1.heddle\` | deep | TASKS=2, SLOTS=1, PROGS=2 | 10 (not complete) | 3 | 0.3 s | undecided: A, deadlock (the limit on time ended the search) |

    <details><summary>NoArmAfterCancel in specs/async_cb/v1.heddle, check quick: violated after 8 steps</summary>

    \`\`\`text
    THE TRACE
    \`\`\`

    </details>

    <details><summary>Node.use_after_free in specs/async_cb/v1.heddle, check quick: violated after 4 steps</summary>

    \`\`\`text
    THE TRACE
    \`\`\`

    </details>

    \`specs/wrong.heddle quick\` was not run:

    \`\`\`text
    error[resolve/unknown-name]: Unknown name 'y'.
      --> specs/wrong.heddle:2:18
       |
     2 | process p { x := y }
       |                  ^
    \`\`\`

    <details><summary>1 warning</summary>

    - \`specs/a b.heddle:7\` step \`x\` &lt;was&gt; "never" reached &amp; more, 100% (coverage/unreached-step)

    </details>

    - not run: \`x.heddle\` (it leaves abstract: f)

    Each verdict is for the bounds in its row, and for sequentially consistent memory.
    "
  `);
});

test('annotations of a real spec stand on its lines', () => {
  const run = checkSpec({ file: 'specs/kernel/rcu.heddle', check: 'misuse' });
  const flipped = { ...run, properties: run.properties.map((p) => ({ ...p, expected: 'holds' as const })) };
  const [violated] = findingsOf([flipped]);
  expect(violated).toMatchObject({ rule: 'violated/builtin', at: { file: 'specs/kernel/rcu.heddle' } });
  expect(lineOf('specs/kernel/rcu.heddle', violated!.at.line)).toMatch(/^invariant ReadersSafe/);
});

function lineOf(file: string, line: number): string {
  return readFileSync(file, 'utf8').split('\n')[line - 1]!;
}
