// How often steps were taken, in the report of the built program: counted once for each state, however many threads search.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heddle } from '../support/command-line.js';
import { reportData } from '../support/report-data.js';
import { projectRoot } from '../support/samples.js';

const folder = mkdtempSync(join(tmpdir(), 'heddle-coverage-'));

async function notes(workers: number): Promise<readonly (readonly [line: number, text: string])[]> {
  const file = join(folder, `${workers}.html`);
  // Some 300,000 states: long enough for a second thread to have started.
  await heddle(projectRoot, ['check', 'specs/classic/filter.heddle', '--check', 'five', '--workers', String(workers), '--format', 'html', '--out', file]);
  const page = readFileSync(file, 'utf8');
  expect(page).toContain(`${workers} thread`);
  return reportData(page).sources[0]!.notes.map(([line, { text }]) => [line, text]);
}

test('the counts are the same for one thread and for two', async () => {
  const [one, two] = [await notes(1), await notes(2)];
  rmSync(folder, { recursive: true });
  expect(two).toEqual(one);
  expect(one.some(([, text]) => Number(text.replaceAll(',', '')) > 100_000)).toBe(true);
});
