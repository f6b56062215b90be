// Where output goes, and what happens when it cannot: a reader that leaves, a full disk, a place that cannot be written.

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { folderOf, heddle as run, MAIN, start } from '../support/command-line.js';

const counters = (n: number): string => Array.from({ length: n }, (_, i) => `var v${i}: 0..63 = 0
process p${i} { loop { if v${i} < 63 { atomic { v${i} := v${i} + 1 } } else { v${i} := 0 } } }`).join('\n');

const { folder, remove } = folderOf({
  'good.heddle': 'var x: 0..1 = 0\nprocess p { x := 1 }\ninvariant Low = x <= 1\n',
  'bad.heddle': 'var x: 0..1 = 0\nprocess p { x := 1 }\ninvariant Zero = x == 0\n',
  'some.heddle': `${counters(3)}\ninvariant Sum = v0 + v1 + v2 <= 200\n`,
  'large.heddle': `${counters(6)}\ninvariant Sum = v0 + v1 + v2 + v3 + v4 + v5 <= 400\n`,
  'untidy.heddle': 'var   x:0..2=0\nprocess p{x:=1}\n',
  'broken.heddle': 'process p { x := }\n',
  'a-file': '',
});
afterAll(remove);

const heddle = (...args: string[]): ReturnType<typeof run> => run(folder, args);
const hasFullDisk = existsSync('/dev/full');

/** A line of shell with `heddle` in it. */
const shell = (line: string): ReturnType<typeof run> =>
  start('bash', ['-c', `set -o pipefail; heddle() { "${process.execPath}" "${MAIN}" "$@"; }; ${line}`], { cwd: folder }).ended;

describe('a reader that has seen enough', () => {
  test('ends the call quietly', async () => {
    const { out, err } = await shell('heddle check good.heddle bad.heddle | head -1');
    expect(out).toBe('good.heddle  default: sequentially consistent memory\n');
    expect(err).toBe('');
  });

  // That it has gone shows when the second report is written.
  test('does not make a success of a search that it cut short', async () => {
    const { code, err } = await shell('heddle check good.heddle some.heddle large.heddle --workers 1 | head -1');
    expect(err).toBe('');
    expect(code).toBe(3);
  });

  test('leaves a violation that was found its exit code', async () => {
    expect(await shell('heddle check bad.heddle some.heddle large.heddle --workers 1 | head -1')).toMatchObject({ code: 1, err: '' });
  });

  test('may be gone before the first line', async () => {
    expect((await shell('heddle explain module/cycle | true')).err).toBe('');
  });
});

describe('output that cannot be written', () => {
  test.runIf(hasFullDisk)('a full disk behind standard output', async () => {
    for (const command of ['check good.heddle', 'check good.heddle --format json', 'graph good.heddle', 'explain module/cycle']) {
      expect(await shell(`heddle ${command} > /dev/full`), command).toEqual({ code: 2, out: '', err: 'error: no space is left on the device.\n' });
    }
  });

  test.runIf(hasFullDisk)('a full disk behind --out', async () => {
    expect(await heddle('check', 'good.heddle', '--out', '/dev/full')).toMatchObject({ code: 2, err: expect.stringContaining('no space is left') as string });
  });

  test('a folder that does not exist, a file that is a part of the path, a folder in its place', async () => {
    expect(await heddle('check', 'good.heddle', '--out', 'none/out.txt')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Cannot write none/out.txt') as string });
    expect(await heddle('check', 'good.heddle', '--out', 'a-file/out.txt')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Cannot write a-file/out.txt') as string });
    expect(await heddle('graph', 'good.heddle', '--out', '.svg/')).toMatchObject({ code: 2, out: '' });
  });

  test.runIf(existsSync('/proc/version'))('a file system that takes no files', async () => {
    expect(await heddle('check', 'good.heddle', '--out', '/proc/heddle.txt')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Cannot write') as string });
  });

  test.skipIf(process.getuid?.() === 0)('a folder and a file that are read-only', async () => {
    mkdirSync(join(folder, 'locked'));
    chmodSync(join(folder, 'locked'), 0o555);
    expect(await heddle('check', 'good.heddle', '--out', 'locked/out.txt')).toMatchObject({ code: 2, err: expect.stringContaining('permission denied') as string });
    chmodSync(join(folder, 'locked'), 0o755);
  });
});

describe('files that are written', () => {
  test('check --out holds what standard output would, and nothing is left beside it', async () => {
    const { out } = await heddle('check', 'bad.heddle', '--format', 'json');
    expect(await heddle('check', 'bad.heddle', '--format', 'json', '--out', 'out.json')).toEqual({ code: 1, out: '', err: '' });
    const shape = (text: string): unknown => JSON.parse(text, (key, v: unknown) => (key === 'cost' ? 0 : v)) as unknown;
    expect(shape(readFileSync(join(folder, 'out.json'), 'utf8'))).toEqual(shape(out));
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('fmt writes the canonical form once, and keeps the mode of the file', async () => {
    chmodSync(join(folder, 'untidy.heddle'), 0o640);
    expect(await heddle('fmt', 'untidy.heddle')).toEqual({ code: 0, out: 'untidy.heddle formatted\n', err: '' });
    expect(readFileSync(join(folder, 'untidy.heddle'), 'utf8')).toContain('var x: 0..2 = 0');
    expect(await heddle('fmt', 'untidy.heddle')).toEqual({ code: 0, out: '', err: '' });
    expect(execFileSync('ls', ['-l', join(folder, 'untidy.heddle')], { encoding: 'utf8' })).toMatch(/^-rw-r-----/);
  });

  test('fmt leaves a file with errors as it is', async () => {
    expect(await heddle('fmt', 'broken.heddle')).toMatchObject({ code: 2, err: expect.stringContaining('left as it is') as string });
    expect(readFileSync(join(folder, 'broken.heddle'), 'utf8')).toBe('process p { x := }\n');
  });

  test.each([
    ['svg', /<svg/],
    ['dot', /^digraph/],
    ['aut', /^des \(0, 1, 2\)/],
    ['json', /"states"/],
  ])('graph writes .%s', async (ending, says) => {
    expect(await heddle('graph', 'good.heddle', '--out', `g.${ending}`)).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(join(folder, `g.${ending}`), 'utf8')).toMatch(says);
  });

  test('graph refuses an ending that it does not know', async () => {
    expect(await heddle('graph', 'good.heddle', '--out', 'g.png')).toMatchObject({ code: 2, err: expect.stringContaining('.svg') as string });
  });
});
