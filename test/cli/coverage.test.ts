// How often steps were taken, in the report of the built program: counted once for each state, however many threads search.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PageData } from '../../src/report/html/page.js';
import { folderOf, heddle } from '../support/command-line.js';

// Levels are large enough for several threads to be asked for help.
const SPEC = 'var x: [0..3 -> 0..20] = 0\nprocess p(i in 0..3) { loop { if x[i] < 20 { x[i] := 20 } else { x[i] := 0 }\n  either { await x[i] == 7\n    x[i] := 1 } or { with n in 0..20 { x[i] := n } } } }\ninvariant I = x[0] <= 20\n';

async function notes(workers: number): Promise<PageData['sources'][number]['notes']> {
  const { folder, remove } = folderOf({ 'a.heddle': SPEC });
  try {
    await heddle(folder, ['check', 'a.heddle', '--workers', String(workers), '--format', 'html', '--out', 'r.html', '--max-states', '150000']);
    const data = JSON.parse(/id="heddle-data">(.*?)<\/script>/s.exec(readFileSync(join(folder, 'r.html'), 'utf8'))![1]!) as PageData;
    return data.sources[0]!.notes;
  } finally {
    remove();
  }
}

test('the counts are the same for one thread and for two', async () => {
  const [one, two] = [await notes(1), await notes(2)];
  expect(two).toEqual(one);
  expect(one.some(([, { text }]) => Number(text.replaceAll(',', '')) > 10_000)).toBe(true);
});
