// How a search ends that does not end by itself: Ctrl-C, a worker that dies, memory that runs out. Never with "holds".

import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderOf, heddle, MAIN, start, until, type Running } from '../support/command-line.js';
import { projectRoot } from '../support/samples.js';

const COUNTERS = Array.from({ length: 6 }, (_, i) => `var v${i}: 0..63 = 0
process p${i} { loop { if v${i} < 63 { atomic { v${i} := v${i} + 1 } } else { v${i} := 0 } } }`).join('\n');

const { folder, remove } = folderOf({
  'good.heddle': 'var x: 0..1 = 0\nprocess p { x := 1 }\ninvariant Low = x <= 1\n',
  'large.heddle': `${COUNTERS}\ninvariant Sum = v0 + v1 + v2 + v3 + v4 + v5 <= 400\n`,
  'violated.heddle': `${COUNTERS}\ninvariant Zero = v0 == 0\ninvariant Sum = v1 + v2 + v3 + v4 + v5 <= 400\n`,
});
afterAll(remove);

/** The first file's report says that the second one's search begins. */
const search = (file: string, ...args: string[]): Running =>
  start(process.execPath, [MAIN, 'check', 'good.heddle', file, '--workers', '1', ...args], { cwd: folder });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('Ctrl-C in the middle of a search', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s: says what is known, and is undecided', async (signal) => {
    const run = search('large.heddle');
    await until(run, /good\.heddle/);
    await pause(500);
    run.child.kill(signal);
    const { code, out, err } = await run.ended;
    expect(err).toBe('');
    expect(out).toMatch(/undecided {2}Sum.*the search was interrupted/);
    expect(out).not.toMatch(/holds +Sum/);
    expect(code).toBe(3);
  });

  test('a violation found before it counts', async () => {
    const run = search('violated.heddle', '--continue');
    await until(run, /good\.heddle/);
    await pause(1500);
    run.child.kill('SIGINT');
    const { code, out } = await run.ended;
    expect(out).toMatch(/violated +Zero/);
    expect(out).toMatch(/undecided +Sum/);
    expect(code).toBe(1);
  });
});

describe('a worker that ends without a result', () => {
  /** A copy of the built program whose worker is this script. */
  function withWorker(name: string, script: string): string {
    const copy = join(folder, name);
    mkdirSync(copy);
    cpSync(join(projectRoot, 'dist'), join(copy, 'dist'), { recursive: true });
    for (const shared of ['package.json', 'lib', 'node_modules']) symlinkSync(join(projectRoot, shared), join(copy, shared));
    writeFileSync(join(copy, 'dist/cli/check-worker.js'), script);
    return join(copy, 'dist/cli/main.js');
  }
  const MAINS: { [name: string]: string } = {};
  beforeAll(() => {
    MAINS['throws'] = withWorker('throws', 'throw new Error("lost the thread");');
    MAINS['exits'] = withWorker('exits', 'process.exit(0);');
    MAINS['grows'] = withWorker('grows', 'const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length));');
  });

  test.each(['throws', 'exits'])('it %s: a bug in Heddle', async (how) => {
    const { code, out, err } = await heddle(folder, ['check', 'good.heddle'], MAINS[how]);
    expect(code).toBe(70);
    expect(out).not.toContain('holds');
    expect(err).toContain('This is a bug in Heddle');
    if (how === 'throws') expect(err).toContain('lost the thread');
  });

  test('its heap is full: undecided, for memory', async () => {
    const { code, out, err } = await heddle(folder, ['check', 'good.heddle', '--max-memory', '64M'], MAINS['grows']);
    expect(out).toMatch(/undecided {2}Low.*the limit on memory ended the search/);
    expect(out).not.toMatch(/holds/);
    expect(err).not.toContain('bug in Heddle');
    expect(code).toBe(3);
  });
});
