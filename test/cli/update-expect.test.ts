// `check --update-expect`, as built: what it writes, and when it refuses to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, heddle } from '../support/command-line.js';

const SPEC = 'const N: 1..8 = 2\nvar x: 0..8 = 0\nprocess p { x := N } // one step\ninvariant Small = x <= 2\ninvariant Low = x <= 1\n';

async function update(spec: string, ...args: readonly string[]): Promise<{ readonly code: number | null; readonly err: string; readonly text: string; readonly again: number | null }> {
  const { folder, remove } = folderOf({ 'a.heddle': spec });
  try {
    const { code, err } = await heddle(folder, ['check', 'a.heddle', '--update-expect', ...args]);
    const text = readFileSync(join(folder, 'a.heddle'), 'utf8');
    return { code, err, text, again: (await heddle(folder, ['check', 'a.heddle'])).code };
  } finally {
    remove();
  }
}

test('writes what came out, and the next run is green', async () => {
  expect(await update(SPEC, '--yes')).toMatchObject({ code: 0, text: `${SPEC}\nexpect Low violated\n`, again: 0 });
});

test('searches on after the first surprise, so that it writes all of them', async () => {
  const spec = `${SPEC}check few { N = 3 }\ncheck wrong { N = 1  expect Small violated }\n`;
  const { code, text, again } = await update(spec, '--yes');
  expect(text).toBe(`${SPEC}check few { N = 3  expect Small violated  expect Low violated }\ncheck wrong { N = 1  expect Small holds }\n`);
  expect([code, again]).toEqual([0, 0]);
});

test('refuses without a terminal unless told not to ask, and with constants that the spec does not have', async () => {
  expect(await update(SPEC)).toMatchObject({ code: 2, text: SPEC, err: expect.stringContaining('no terminal') as string });
  expect(await update(SPEC, '--yes', '--const', 'N=1')).toMatchObject({ code: 2, text: SPEC, err: expect.stringContaining('--const') as string });
});

test('writes nothing for an undecided run', async () => {
  const { code, text, err } = await update(`${SPEC}\nprocess q(i in 1..8) { loop { x := i } }\n`, '--yes', '--max-states', '2');
  expect(text).not.toContain('expect');
  expect(err).toContain('undecided');
  expect(code).not.toBe(0);
});

test('says so when there is nothing to change', async () => {
  const spec = `${SPEC}expect Low violated\n`;
  expect(await update(spec, '--yes')).toMatchObject({ code: 0, text: spec, err: expect.stringContaining('nothing to change') as string });
});
