// Which files of a call are run: folders, specs that are left abstract, names that some or all of the files lack.

import { afterAll, describe, expect, test } from 'vitest';
import { folderOf, heddle as run } from '../support/command-line.js';

const { folder, remove } = folderOf({
  'set/base.heddle': 'abstract procedure op()\nvar x: 0..3 = 0\nprocess p { op() }\ninvariant Low = x <= 2\n',
  'set/given.heddle': 'import "./base"\nprocedure op() { x := 1 }\ncheck all { }\n',
  'lone/base.heddle': 'abstract procedure op()\nvar x: 0..3 = 0\nprocess p { op() }\ninvariant Low = x <= 2\n',
  'lone/other.heddle': 'const N: 1..4 = 1\nvar y: 0..4 = 0\nprocess q { y := N }\ninvariant Tiny = y <= 3\ncheck few { N = 2 }\n',
  'lone/third.heddle': 'const M: 1..4 = 1\nvar y: 0..4 = 0\nprocess q { y := M }\ninvariant Small = y <= 4\n',
  'own/constants.heddle': 'const N: 0..4 = 0\ntype Step = 1..N\nvar y: Step\nprocess q { y := N }\ncheck two { N = 2 }\ncheck none { }\ncheck three { N = 3 }\n',
  'open/abstract.heddle': 'const N: 1..4\nvar y: 0..4 = 0\nprocess q { y := N }\ncheck two { N = 2 }\ncheck none { }\n',
  'bare/module.heddle': 'const LIMIT: 1..4 = 2\n',
  'nothing/readme.txt': 'no spec',
});
afterAll(remove);

const heddle = (args: string): ReturnType<typeof run> => run(folder, ['check', ...args.split(' ')]);

describe('a spec that leaves something abstract', () => {
  test('is not run, and named so, when a folder has it', async () => {
    const { code, out } = await heddle('lone');
    expect(code).toBe(0);
    expect(out).toContain('Not run: lone/base.heddle (it leaves abstract: op).');
    expect(out).toContain('lone/other.heddle  few');
  });

  test('is run as part of the file that imports it', async () => {
    const { code, out } = await heddle('set');
    expect(code).toBe(0);
    expect(out).toContain('Low');
    expect(out).not.toContain('base.heddle');
  });

  test('is an error when the call names it', async () => {
    expect(await heddle('lone/base.heddle')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('it leaves abstract: op') as string });
    expect(await heddle('lone/other.heddle set/base.heddle set/given.heddle')).toMatchObject({ code: 2 });
  });
});

describe('a name that only some files have', () => {
  const cases: readonly (readonly [args: string, why: string])[] = [
    ['--check few', "Not run: lone/third.heddle (it has no check 'few')"],
    ['--property Tiny', "Not run: lone/third.heddle (it has no property 'Tiny'"],
    ['--const N=3', "Not run: lone/third.heddle (it has no constant 'N'"],
  ];
  test.each(cases)('%s runs those', async (args, why) => {
    const { code, out } = await heddle(`lone/other.heddle lone/third.heddle ${args}`);
    expect(out.replace(/\s+/g, ' ')).toContain(why);
    expect(out).toContain('lone/other.heddle  few');
    expect(code).toBe(0);
  });

  test.each(['--check fuw', '--property Tinny', '--const K=3'])('%s, which all lack, is an error that names each file', async (args) => {
    const { code, out, err } = await heddle(`lone/other.heddle lone/third.heddle ${args}`);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('There is nothing to run');
    expect(err).toContain('lone/other.heddle: it has no');
    expect(err).toContain('lone/third.heddle: it has no');
  });
});

describe('a spec whose constants only its checks make sound', () => {
  const empty = 'The range 1..0 is empty.';

  test('runs those checks, and says what is wrong with the others', async () => {
    const { code, out, err } = await heddle('own/constants.heddle');
    expect(code).toBe(2);
    expect(out).toContain('constants.heddle  two');
    expect(out).toContain('constants.heddle  three');
    expect(out).toContain('Not run: 1 file or check has errors');
    expect(err).toContain(empty);
    expect(await heddle('own/constants.heddle --check none --check two')).toMatchObject({ code: 2, err: expect.stringContaining(empty) as string });
  });

  test.each(['--check to', '--property Tinny', '--const K=3'])('is not run with %s, which it lacks', async (args) => {
    const { code, out, err } = await heddle(`own/constants.heddle ${args}`);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('own/constants.heddle: it has no');
  });

});

test('a constant without a value is given by the check, or by the call, or the check is not run', async () => {
  const open = "its check 'none' leaves abstract: N";
  expect(await heddle('open/abstract.heddle')).toMatchObject({ code: 2, out: '', err: expect.stringContaining(open) as string });
  expect((await heddle('lone open')).out).toContain(`Not run: open/abstract.heddle (${open})`);
  expect(await heddle('open/abstract.heddle --check none')).toMatchObject({ code: 2, err: expect.stringContaining('it leaves abstract: N') as string });
  expect((await heddle('open/abstract.heddle --check two')).out).toContain('N=2');
  expect(await heddle('open/abstract.heddle --const N=3')).toMatchObject({ code: 0 });
});

describe('nothing to run', () => {
  test.each(['bare', 'nothing'])('the folder %s', async (name) => {
    expect(await heddle(name)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('There is nothing to run') as string });
  });

  test('is an empty array in JSON', async () => {
    const { code, out } = await heddle('nothing --format json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual([]);
  });
});
