// Several threads, for real: what they find together is what one finds, and what becomes of a search when one of them dies.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exploreWith } from '../../src/checker/explore.js';
import type { CheckOutcome } from '../../src/checker/outcome.js';
import { crewFor } from '../../src/cli/crew.js';
import { fileLoader, openSource } from '../../src/cli/loader.js';
import { runCheck } from '../../src/cli/run-check.js';
import { compiledKernel } from '../../src/codegen/kernel.js';
import { compile } from '../../src/compile.js';
import { layoutOf } from '../../src/model/layout.js';
import { projectRoot } from '../support/samples.js';

let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'heddle-workers-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sourceOf(file: string): { readonly path: string; readonly text: string } {
  const source = openSource(file);
  if ('problem' in source) throw new Error(source.problem);
  return source;
}

/** What a check says by the built command line, but for what it cost. */
function told(file: string, check: string, workers: number, engine = 'builtin'): Partial<CheckOutcome> {
  const args = ['dist/cli/main.js', 'check', file, '--check', check, '--workers', String(workers), '--engine', engine, '--format', 'json'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const [{ cost: _cost, workers: used, engine: _engine, ...rest }] = JSON.parse(stdout) as [CheckOutcome];
  expect(used).toBe(workers);
  return rest;
}

test.each([
  ['specs/classic/filter.heddle', 'five'],
  ['specs/classic/phil.heddle', 'eight'],
  ['specs/async_cb/v6.heddle', 'work'],
])('%s %s comes out the same with 1, 2 and 8 workers', (file, check) => {
  const one = told(file, check, 1);
  expect(one.states!.distinct).toBeGreaterThan(50_000);
  expect(told(file, check, 2)).toEqual(one);
  expect(told(file, check, 8)).toEqual(one);
}, 120_000);

test('the loop of a liveness property is the same with 1, 2 and 8 workers', () => {
  const file = join(folder, 'unfair.heddle');
  const text = sourceOf('specs/classic/filter.heddle').text;
  // Whoever is about to become the victim may stop there; the others go on.
  writeFileSync(file, text.replace('vic:  victim', 'vic:- victim'));
  const one = told(file, 'five', 1);
  expect(one.states!.distinct).toBeGreaterThan(50_000);
  expect(one.properties!.find((p) => p.name === 'Enters')!.trace!.loopStart).toBeGreaterThan(0);
  expect(told(file, 'five', 2)).toEqual(one);
  expect(told(file, 'five', 8)).toEqual(one);
}, 60_000);

test('generated code and the interpreter tell the same of a spec', () => {
  expect(told('specs/classic/buffer.heddle', 'small', 1)).toEqual(told('specs/classic/buffer.heddle', 'small', 1, 'interpreter'));
}, 30_000);

/** A search of some 300,000 states, with a helper that says that it is ready and then runs the given code for its first task. */
async function searchWith(onTask: string): Promise<unknown> {
  const file = join(folder, `helper-${onTask.length}.mjs`);
  writeFileSync(file, `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { ${onTask} });\nparentPort.postMessage({ kind: 'ready' });\n`);
  const { model } = compile({ entry: sourceOf('specs/classic/filter.heddle'), loader: fileLoader(), check: 'five', constants: new Map() });
  const { kernel, portable } = compiledKernel(model!, layoutOf(model!));
  const crew = crewFor(2, 2 ** 27, pathToFileURL(file));
  const hired = crew.hire(portable!)!;
  const options = {
    expected: kernel.properties.map(() => 'holds' as const),
    chosen: kernel.properties.map(() => true),
    continueOnViolation: false,
    clock: () => performance.now(),
    shouldStop: () => false,
  };
  try {
    // The search is over before a thread has started, unless it waits for it.
    hired.isReady(options.chosen);
    while (!hired.isReady(options.chosen)) await hired.breathe();
    return await exploreWith(hired, kernel, options);
  } finally {
    crew.dismiss();
  }
}

test('a helper that ends by itself fails the search', async () => {
  await expect(searchWith('process.exit(0);')).rejects.toThrow('ended by itself');
}, 30_000);

test('a helper that throws fails the search', async () => {
  await expect(searchWith("throw new Error('broken');")).rejects.toThrow('broken');
}, 30_000);

test('a helper that needs more memory than it may have says so', async () => {
  await expect(searchWith('const kept = []; for (;;) kept.push(new Array(100000).fill({}).map(() => ({})));')).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' });
}, 60_000);

test('a check whose thread ends by itself fails, and one whose thread runs out of memory is undecided', async () => {
  const job = { source: sourceOf('specs/classic/peterson.heddle'), check: 'default', constants: [], continueOnViolation: false, maxMemoryBytes: 2 ** 27, engine: 'builtin' as const };
  const script = (name: string, code: string): URL => {
    writeFileSync(join(folder, name), code);
    return pathToFileURL(join(folder, name));
  };
  await expect(runCheck(job, 1, () => undefined, { loader: fileLoader() }, script('exit.mjs', 'process.exit(0);')).outcome).rejects.toThrow('ended by itself');
  const greedy = script('greedy.mjs', 'const kept = []; for (;;) kept.push(new Array(100000).fill({}).map(() => ({})));');
  const outcome = await runCheck(job, 1, () => undefined, { loader: fileLoader() }, greedy).outcome;
  expect(outcome.outcome).toBe('undecided');
}, 60_000);
