// What was built starts from V8's code cache, and without it when there is none that fits.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderOf, heddle, MAIN } from '../support/command-line.js';
import { projectRoot } from '../support/samples.js';

const { folder, remove } = folderOf({ 'good.heddle': 'var x: 0..1 = 0\nprocess p { x := 1 }\ninvariant Low = x <= 1\n' });
afterAll(remove);

test.each(['main', 'check-worker'])('the cache of %s is the one of this V8', (name) => {
  const run = `
    const entry = ${JSON.stringify(join(projectRoot, 'dist/cli', `${name}.js`))};
    const { Script } = require('node:vm');
    const run = Script.prototype.runInThisContext;
    Script.prototype.runInThisContext = function () { console.log(this.cachedDataRejected); process.exit(0); };
    require(require('node:path').join(require('node:path').dirname(entry), 'cached.js')).start(entry);`;
  expect(execFileSync(process.execPath, ['-e', run], { encoding: 'utf8' }).trim()).toBe('false');
});

test.each(['absent', 'cut short', 'of something else'])('a cache that is %s: the same answers', async (how) => {
  const copy = join(folder, how.replaceAll(' ', '-'));
  mkdirSync(copy);
  cpSync(join(projectRoot, 'dist'), join(copy, 'dist'), { recursive: true });
  for (const shared of ['package.json', 'lib', 'node_modules']) symlinkSync(join(projectRoot, shared), join(copy, shared));
  for (const name of ['main', 'check-worker']) {
    const cache = join(copy, `dist/cli/bundle/${name}.js.cache`);
    if (how === 'absent') rmSync(cache);
    if (how === 'cut short') truncateSync(cache, 10_000);
    if (how === 'of something else') writeFileSync(cache, Buffer.alloc(50_000, 7));
  }
  const [with_, without] = await Promise.all([MAIN, join(copy, 'dist/cli/main.js')].map((main) => heddle(folder, ['check', 'good.heddle', '--format', 'json'], main)));
  const told = ({ out }: { readonly out: string }): unknown => JSON.parse(out.replace(/"(seconds|compileSeconds|statesPerSecond)": [^,\n]*/g, '"$1": 0'));
  expect(without!.err).toBe('');
  expect(without!.code).toBe(0);
  expect(told(without!)).toEqual(told(with_!));
});
