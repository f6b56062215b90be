// The report in a browser: a trace is stepped through by keyboard, and what is shown is what the trace says. Needs Chromium.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckOutcome, TraceData } from '../../src/checker/outcome.js';
import { pageAssets } from '../../src/cli/page-assets.js';
import { htmlReport } from '../../src/report/html/page.js';
import { shareValues } from '../../src/report/html/shared-values.js';
import { compactTrace, wholeTrace } from '../../src/report/trace-view/data.js';
import { chromium, startBrowser, type Browser, type Page } from '../support/browser.js';
import { checkSpec } from '../support/check-spec.js';
import { heddle } from '../support/command-line.js';
import { reportData } from '../support/report-data.js';
import { projectRoot } from '../support/samples.js';
import { outcome, property, traceOf } from './sample-outcomes.js';

if (chromium === undefined) console.warn('\n*** No Chromium: the report is NOT tested in a browser. Install it (Debian: chromium). ***\n');

const FILE = 'specs/kernel/rcu.heddle';
const run = checkSpec({ file: FILE, check: 'misuse', coverage: true });
const violated = run.properties.find((p) => p.trace !== undefined)!;
const trace: TraceData = violated.trace!;

/** x goes 0, 1, 2, 1, 2 … */
const lasso = traceOf(
  { x: 0, at: { p: 'a', q: 'b' } },
  '',
  [
    { process: 'p', text: 'x := 1', changes: { x: [0, 1] } },
    { process: 'q', text: 'x := 2', changes: { x: [1, 2] } },
    { process: 'p', text: 'x := 1', changes: { x: [2, 1] } },
  ],
  { loopStart: 1 },
);
const looping = outcome({ file: 'loop.heddle', outcome: 'unexpected', properties: [property('Ends', { kind: 'temporal', verdict: 'violated', trace: lasso, doc: 'It `ends` <some> day.' })] });

const page = async (outcomes: readonly CheckOutcome[]): Promise<string> => htmlReport({ outcomes, notRun: [], graphs: [], version: '0.1.0', assets: await pageAssets() });

const folder = mkdtempSync(join(tmpdir(), 'heddle-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The report of a call, made once. */
const reports = new Map<string, Promise<{ readonly code: number | null; readonly file: string }>>();
function reportOf(name: string, args: readonly string[]): Promise<{ readonly code: number | null; readonly file: string }> {
  const file = join(folder, name);
  const known = reports.get(name) ?? heddle(projectRoot, ['check', ...args, '--format', 'html', '--out', file]).then(({ code }) => ({ code, file }));
  reports.set(name, known);
  return known;
}

// A run of all checks takes minutes. What `quick` of each revision weighs beside sources and script is taken for each further check of it, though
// these have much in common with it; the four old bugs, whose state graphs are drawn, are weighed as they are.
test('the report of all checks of specs/async_cb weighs less than 2 MB', async () => {
  const [quick, historic] = await Promise.all([reportOf('async_cb.html', ['specs/async_cb', '--check', 'quick']), reportOf('historic.html', ['specs/async_cb/historic'])]);
  const page = readFileSync(quick.file, 'utf8');
  const { sources } = reportData(page);
  const made = [...page.matchAll(/<(style|script)>.*?<\/\1>/gs)].map(([text]) => text);
  const common = [JSON.stringify(shareValues({ sources, traces: [] })), ...made].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const revisions = sources.flatMap(({ path, text: source }) => (/^specs\/async_cb\/(?:lock|mainline|v\d+)\.heddle$/.test(path) ? [source] : []));
  expect(revisions).toHaveLength(8);
  const checks = revisions.reduce((sum, source) => sum + source.match(/^check \w+ \{/gm)!.length, 0);
  expect(checks).toBe(48);
  const quickWeight = Buffer.byteLength(page) - common;
  expect(common + (checks / revisions.length) * quickWeight + statSync(historic.file).size).toBeLessThan(2_000_000);
}, 300_000);

test('a trace is whole again after it was made small', () => {
  expect(wholeTrace(compactTrace(trace))).toEqual(trace);
  expect(wholeTrace(compactTrace(lasso))).toEqual(lasso);
});

test('text of a spec cannot become markup, nor end the script', async () => {
  const text = await page([{ ...looping, file: '</script><b>"x"', properties: [property('</script><i>', { doc: '<u>&' })] }]);
  expect(text).not.toMatch(/<b>|<i>|<u>/);
  expect(text.match(/<\/script>/g)).toHaveLength(2);
});

describe.skipIf(chromium === undefined)('in Chromium', () => {
  let browser: Browser;
  let shown: Page;

  beforeAll(async () => {
    writeFileSync(join(folder, 'report.html'), await page([run, looping]));
    browser = await startBrowser(chromium!);
    shown = await browser.open(pathToFileURL(join(folder, 'report.html')).href);
  });
  afterAll(() => browser.close());

  const text = (selector: string): Promise<string> => shown.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`);
  const open = async (index: number): Promise<void> => {
    await shown.evaluate(`(() => { const d = document.querySelector('#trace-${index}'); d.open = true; return new Promise((done) => setTimeout(done, 50)); })()`);
    await shown.evaluate(`document.querySelector('#trace-${index} [role=listbox]').focus()`);
  };
  const state = (index: number): Promise<Record<string, string>> =>
    shown.evaluate(`Object.fromEntries([...document.querySelectorAll('#trace-${index} tr')].map((r) => [r.dataset.path, r.querySelector('code').innerText]))`);
  const changed = (index: number): Promise<readonly string[]> => shown.evaluate(`[...document.querySelectorAll('#trace-${index} tr.tv-changed')].map((r) => r.dataset.path)`);

  test('a trace opens at its end, and keys step through it', async () => {
    await open(0);
    expect(await text('#trace-0 .tv-position')).toBe(`step 6 of 6: ${trace.steps[5]!.process}, ${trace.steps[5]!.step}`);
    expect(await text('#trace-0 .tv-end')).toContain('is used after');
    await shown.press('Home');
    expect(await text('#trace-0 .tv-position')).toContain('initial state');
    for (const step of trace.steps) {
      await shown.press('ArrowDown');
      expect(await text('#trace-0 .tv-position')).toBe(`step ${step.index} of 6: ${step.process}, ${step.step}`);
      expect(await text('#trace-0 .tv-source h4')).toBe(`${step.file}:${step.line}`);
      expect(await text('#trace-0 .tv-lit .tv-line-number')).toBe(String(step.line));
      expect(await text('#trace-0 [aria-selected=true] .tv-number')).toBe(String(step.index));
    }
    await shown.press('ArrowUp', 'k', 'ArrowLeft');
    expect(await text('#trace-0 .tv-position')).toContain('step 3 of 6');
    await shown.press('j', 'End');
    expect(await text('#trace-0 .tv-position')).toContain('step 6 of 6');
  });

  test('the state is that of the step, and what changed is marked', async () => {
    await open(0);
    await shown.press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect((await state(0))['shared']).toBe('node#1');
    expect(await changed(0)).toContain('shared');
    expect(await changed(0)).not.toContain('node#0.value');
    await shown.press('ArrowDown');
    expect(await state(0)).toMatchObject({ 'node#0.value': 'gone', 'node#1.value': '1' });
  });

  test('variables and processes can be left out', async () => {
    await open(0);
    await shown.press('/', 'S', 'H', 'A', 'R', 'e', 'd');
    expect(Object.keys(await state(0))).toEqual(['shared']);
    await shown.evaluate(`(() => { const i = document.querySelector('#trace-0 [type=search]'); i.value = ''; i.dispatchEvent(new Event('input')); })()`);
    await shown.evaluate(`document.querySelectorAll('#trace-0 .tv-choose input')[1].click()`);
    const rows = await shown.evaluate<readonly string[]>(`[...document.querySelectorAll('#trace-0 .tv-row[role=option]')].filter((r) => !r.hidden).map((r) => r.querySelector('.tv-number').innerText)`);
    expect(rows).toEqual(['0', ...trace.steps.filter((s) => s.process.startsWith('reader')).map((s) => String(s.index))]);
    await open(0);
    await shown.press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(await text('#trace-0 .tv-position')).toContain('step 6 of 6');
    await shown.evaluate(`document.querySelectorAll('#trace-0 .tv-choose input')[1].click()`);
  });

  test('behind the last step of a lasso comes the first of its loop, which is marked', async () => {
    await open(1);
    await shown.press('End', 'ArrowDown');
    expect(await text('#trace-1 .tv-position')).toContain('step 2 of 3');
    expect(await shown.evaluate(`[...document.querySelectorAll('#trace-1 .tv-in-loop .tv-number')].map((n) => n.innerText)`)).toEqual(['2', '3']);
    expect(await shown.evaluate(`document.querySelectorAll('#trace-1 .tv-loop-remark').length`)).toBe(2);
  });

  test('Enter leads to the line in the listing, where what was never taken is red', async () => {
    await open(0);
    await shown.press('End', 'Enter');
    const last = trace.steps.at(-1)!;
    expect(await shown.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe(`source of ${last.file}`);
    expect(await text(`details.source [data-source] .tv-lit .tv-line-number`)).toBe(String(last.line));
    const never = await shown.evaluate<readonly string[]>(`[...document.querySelectorAll('details.source .tv-never .tv-line-number')].map((n) => n.innerText)`);
    const expected = run.coverage!.filter(({ file }) => file === last.file);
    expect(never.map(Number).every((line) => expected.some((c) => c.line === line && !c.taken))).toBe(true);
    const note = await text(`details.source [data-source] [data-line="${last.line}"] .tv-note`);
    expect(Number(note)).toBe(expected.filter(({ line }) => line === last.line).reduce((sum, { count }) => sum + count!, 0));
  });

  test('a screen reader gets a list of steps, each with what it does', async () => {
    await open(0);
    const nodes = await shown.accessible();
    expect(nodes).toContainEqual({ role: 'listbox', name: `Steps of ${violated.name}. Arrow keys step forward and back.` });
    const options = nodes.filter(({ role }) => role === 'option').map(({ name }) => name);
    expect(options.slice(0, 7).map((name) => name.split(':')[0])).toEqual(['initial state', '1', '2', '3', '4', '5', '6']);
    expect(options[4]).toContain('shared becomes node#1');
    for (const { role, name } of nodes.filter(({ role: r }) => r === 'button')) expect(`${role} ${name}`.length).toBeGreaterThan(8);
  });

  test('fits a narrow window and has a dark face', async () => {
    await open(0);
    await shown.size(380, 700);
    expect(await shown.evaluate(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(380);
    expect(await shown.evaluate(`getComputedStyle(document.querySelector('#trace-0 .tv-header')).display`)).toBe('none');
    await shown.size(1300, 900);
    const ground = `getComputedStyle(document.body).backgroundColor`;
    const light = await shown.evaluate<string>(ground);
    await shown.dark(true);
    expect(await shown.evaluate<string>(ground)).not.toBe(light);
    await shown.dark(false);
  });

  test('the traces of specs/async_cb can be walked from end to end', async () => {
    const { code, file } = await reportOf('async_cb.html', ['specs/async_cb', '--check', 'quick']);
    expect(code).toBe(0);
    const report = await browser.open(pathToFileURL(file).href);
    const { traces } = reportData(readFileSync(file, 'utf8'));
    expect(traces.map(({ property: p }) => p.name)).toContain('NoArmAfterCancel');
    for (const [index, t] of traces.slice(0, 2).map(({ trace: compact }) => wholeTrace(compact)).entries()) {
      await report.evaluate(`(() => { document.querySelector('#trace-${index}').open = true; return new Promise((done) => setTimeout(done, 50)); })()`);
      await report.evaluate(`document.querySelector('#trace-${index} [role=listbox]').focus()`);
      await report.press('Home');
      for (const step of t.steps) {
        await report.press('ArrowDown');
        const said = await report.evaluate<string>(`document.querySelector('#trace-${index} .tv-position').innerText + ' ' + document.querySelector('#trace-${index} .tv-lit').dataset.line`);
        expect(said).toBe(`step ${step.index} of ${t.steps.length}: ${step.process}, ${step.step} ${step.line}`);
      }
    }
    await report.size(400, 900);
    expect(await report.evaluate(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(400);
    expect(await report.evaluate(`[...document.querySelectorAll('.tv-lanes')].filter((l) => l.scrollWidth > l.clientWidth).length`)).toBe(0);
    expect(report.problems).toEqual([]);
  }, 300_000);

  test('an address leads to a step', async () => {
    const other = await browser.open(`${pathToFileURL(join(folder, 'report.html')).href}#trace-0.2`);
    expect(await other.evaluate(`document.querySelector('#trace-0 .tv-position').innerText`)).toContain('step 2 of 6');
  });

  test('nothing is loaded from anywhere, and no script fails', () => {
    expect(shown.problems).toEqual([]);
    expect(shown.requests).toEqual([pathToFileURL(join(folder, 'report.html')).href]);
  });
});
