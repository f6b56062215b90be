// The built command line (npm run build) from end to end, in processes of its own: exit codes, the shape of the JSON, and what a new user gets wrong.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heddle as run, type Ended } from '../support/command-line.js';

let folder = '';

const heddle = (args: readonly string[]): Promise<Ended> => run(folder, args);

const COUNTERS = Array.from({ length: 6 }, (_, i) => `var v${i}: 0..63 = 0
process p${i} { loop { if v${i} < 63 { atomic { v${i} := v${i} + 1 } } else { v${i} := 0 } } }`).join('\n');

const FILES: { readonly [name: string]: string | Buffer } = {
  'good.heddle': 'const N: 1..8 = 2\nvar x: 0..N = 0\nprocess p { x := 1 }\ninvariant Small = x <= N\ninvariant Low = x <= 1\n',
  'bad.heddle': 'var x: 0..2 = 0\nprocess p { x := 1 }\ninvariant Zero = x == 0\n',
  'known.heddle': 'var x: 0..2 = 0\nprocess p { x := 1 }\ninvariant Zero = x == 0\nexpect Zero violated\n',
  'wrong.heddle': 'var x: 0..2 = 0\nprocess p { x := y }\n',
  'blocks.heddle': 'const N: 1..8 = 2\nvar x: 0..8 = 0\nprocess p { x := N }\ninvariant Small = x <= 3\ncheck few { N = 3 }\ncheck many manual { N = 5  expect Small violated }\n',
  'large.heddle': `${COUNTERS}\ninvariant Sum = v0 + v1 + v2 + v3 + v4 + v5 <= 400\n`,
  'module.heddle': 'const LIMIT: 1..4 = 2\n',
  'empty.heddle': '',
  'binary.heddle': Buffer.from([0x7f, 0x45, 0, 1, 2, 255]),
  'lost.heddle': 'import "./nowhere"\nprocess p { skip }\n',
  'ring-a.heddle': 'import "./ring-b"\nvar x: 0..1 = 0\nprocess p { x := 1 }\n',
  'ring-b.heddle': 'import "./ring-a"\nvar y: 0..1 = 0\n',
  'huge.heddle': 'var x: 0..1099511627776 = 0\nprocess p { x := 1 }\n',
  'deep.heddle': `var x: bool = false\ninvariant I = ${'('.repeat(5000)}x${')'.repeat(5000)}\nprocess p { skip }\n`,
  'long.heddle': `var x: 0..3 = 0\nprocess p {\n${Array.from({ length: 10_000 }, (_, i) => `  x := ${i % 4}`).join('\n')}\n}\ninvariant I = x <= 3\n`,
  'braces.heddle': `process p { ${'if true { '.repeat(400)}skip${' }'.repeat(400)} }\n`,
  'blank.heddle': '// a remark, no more\n\n',
  'latin1.heddle': Buffer.from('// gr\xfc\xdfe\nprocess p { skip }\n', 'latin1'),
  'wide.heddle': 'type Key = 0..4095\nvar m: [Key -> [0..31 -> 0..1048575]] = 0\nprocess p { m[0][0] := 1 }\n',
  'untidy.heddle': 'var   x:0..2=0\nprocess p{x:=1}\n',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heddle-cli-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, 'some/node_modules'), { recursive: true });
  mkdirSync(join(folder, 'some/.hidden'));
  for (const name of ['some/b.heddle', 'some/a.heddle', 'some/.hidden/c.heddle', 'some/node_modules/d.heddle']) writeFileSync(join(folder, name), FILES['good.heddle']!);
  writeFileSync(join(folder, 'some/module.heddle'), FILES['module.heddle']!);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('exit codes of check', () => {
  const cases: readonly (readonly [code: number, args: string, says: string | RegExp])[] = [
    [0, 'good.heddle', 'As expected'],
    [1, 'bad.heddle', 'Zero'],
    [0, 'known.heddle', 'as expected'],
    [2, 'wrong.heddle', 'wrong.heddle:2:18'],
    [3, 'large.heddle --max-states 100', 'limit on states'],
    [3, 'large.heddle --max-memory 4M', 'limit on memory'],
    [3, 'large.heddle --time-limit 1s', 'limit on time'],
    [0, 'good.heddle --const N=3', 'N=3'],
    [2, 'good.heddle --const N=99', 'is none of 1..8'],
    [2, 'good.heddle --const M=1', "it has no constant 'M'"],
    [0, 'blocks.heddle --check many', 'many'],
    [2, 'blocks.heddle --check most', "it has no check 'most'"],
    [0, 'good.heddle --property Small', 'Small'],
    [2, 'good.heddle --check default --check nope', "No file of the call has a check 'nope'"],
    [2, 'good.heddle --out good.heddle', 'good.heddle is a spec'],
    [2, 'good.heddle --time 5s', 'Did you mean --time-limit?'],
    [2, 'good.heddle --property Smal', "did you mean 'Small'"],
    [2, 'good.heddle --nope', "unknown option '--nope'"],
    [2, 'good.heddle --format xml', 'Allowed choices'],
    [2, 'missing.heddle', 'there is no such file'],
    [2, 'module.heddle', 'neither a process nor'],
    [2, 'good.heddle --out no/such/folder.txt', 'Cannot write no/such/folder.txt'],
    [2, 'empty.heddle', 'There is nothing to run in empty.heddle'],
    [2, 'binary.heddle', 'it is not a text file'],
    [2, 'lost.heddle', "There is no module './nowhere'"],
    [2, 'ring-a.heddle', 'import each other in a circle'],
    [2, 'huge.heddle', 'The number 1099511627776 is too large'],
    [2, 'deep.heddle', 'nested too deeply'],
    [2, 'braces.heddle', 'nested too deeply'],
    [2, 'blank.heddle', 'There is nothing to run in blank.heddle'],
    [2, 'latin1.heddle', 'it is not a text file in UTF-8'],
    [2, 'wide.heddle', 'type/too-large'],
    [2, 'good.heddle --workers 0', 'no whole number above 0'],
    [2, 'good.heddle --max-memory lots', 'is no size'],
    [2, 'good.heddle --time-limit soon', 'is no length of time'],
    [2, 'good.heddle --const N', 'sets no constant'],
    [2, 'good.heddle --const N=1 --const N=2', "sets 'N' twice"],
    [0, 'good.heddle --const N=1 --const N=1', 'As expected'],
    [2, 'good.heddle --const N=', "N"],
    [0, 'long.heddle', '10,001 states'],
  ];
  test.each(cases)('%i: check %s', async (code, args, says) => {
    const ended = await heddle(['check', ...args.split(' ')]);
    expect(`${ended.out}\n${ended.err}`).toMatch(says);
    expect(ended.code).toBe(code);
    expect(ended.err).not.toContain('bug in Heddle');
    if (code === 3) expect(ended.out).not.toMatch(/^ {2}holds/m);
  });
});

describe('check', () => {
  test('runs the specs of a folder in order, without hidden folders, modules of packages and files without a process', async () => {
    const { code, out } = await heddle(['check', 'some']);
    expect(code).toBe(0);
    expect(out.match(/^some\S+/gm)).toEqual(['some/a.heddle', 'some/b.heddle']);
  });

  test('runs manual checks only when asked', async () => {
    const { out } = await heddle(['check', 'blocks.heddle']);
    expect(out).toContain('few');
    expect(out).not.toContain('blocks.heddle  many');
  });

  test('gives one JSON object a file and check, with what the page on the command line promises', async () => {
    const { code, out } = await heddle(['check', 'bad.heddle', 'wrong.heddle', '--format', 'json']);
    expect(code).toBe(2);
    const [bad, wrong] = JSON.parse(out) as Record<string, unknown>[];
    expect(bad).toMatchObject({
      spec: 'bad', file: 'bad.heddle', check: 'default', memoryModel: 'sc', constants: {}, outcome: 'unexpected',
      states: { distinct: 2, initial: 1, depth: 2 },
    });
    expect((bad!['properties'] as unknown[])[0]).toMatchObject({
      name: 'Zero', kind: 'invariant', verdict: 'violated', expected: 'holds',
      trace: { initial: { x: 0 }, steps: [{ index: 1, process: 'p', file: 'bad.heddle', line: 2, changes: { x: [0, 1] } }] },
    });
    expect(wrong).toMatchObject({ file: 'wrong.heddle', outcome: 'error', diagnostics: [{ code: 'resolve/unknown-name', severity: 'error', line: 2 }] });
  });
});

describe('the other commands', () => {
  test('fmt --check names what is not canonical and exits with 1', async () => {
    expect(await heddle(['fmt', '--check', 'untidy.heddle'])).toMatchObject({ code: 1, out: expect.stringContaining('untidy.heddle') as string });
  });

  test('explain shows a page, and refuses an unknown code', async () => {
    expect(await heddle(['explain', 'module/cycle'])).toMatchObject({ code: 0, out: expect.stringContaining('import each other') as string });
    expect(await heddle(['explain', 'module/cyle'])).toMatchObject({ code: 2 });
  });

  test('graph draws a small spec as dot and refuses a large one', async () => {
    expect(await heddle(['graph', 'bad.heddle'])).toMatchObject({ code: 0, out: expect.stringContaining('digraph') as string });
    const large = await heddle(['graph', 'large.heddle']);
    expect(large).toMatchObject({ code: 2, out: '' });
    expect(large.err).toContain('2,000');
  });

  test.runIf(process.platform === 'linux')('export says at once that a folder cannot be made', async () => {
    expect(await heddle(['export', 'good.heddle', '--to', 'tla', '--out', '/proc/no/folder'])).toMatchObject({ code: 2, err: expect.stringContaining('Cannot make the folder /proc/no') as string });
  });
});
