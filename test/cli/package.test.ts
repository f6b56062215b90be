// What is published: packed, installed in an empty folder, and used there on a spec that imports the library.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderOf, start } from '../support/command-line.js';
import { projectRoot } from '../support/samples.js';

const SPEC = `import "kernel/cpu"
import "kernel/rcu"

pool Node[2] { value: 0..1 = 1 }
var head: Node? = null
init { head := new Node { } }

process reader(cpu in 0..CPUS - 2) {
  var n: Node?
  rcu_read_lock()
  n := head
  if n != null { touch n }
  rcu_read_unlock()
}

process writer(cpu in CPUS - 1..CPUS - 1) {
  var old: Node?
  old := xchg(head, null)
  synchronize_rcu()
  if old != null { free old }
}

invariant NoUseAfterFree = never Node.use_after_free
`;

const { folder, remove } = folderOf({ 'mine.heddle': SPEC, 'package.json': '{ "name": "empty", "private": true }\n' });
afterAll(remove);

const npm = (args: readonly string[], cwd: string): ReturnType<typeof start>['ended'] => start('npm', args, { cwd }).ended;

describe('the package', () => {
  let said = '';
  let isOffline = false;
  let files: readonly string[] = [];

  beforeAll(async () => {
    // dist/ is built: what `prepare` does would only take time.
    const packed = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: projectRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as {
      filename: string;
      files: { path: string }[];
    }[];
    files = packed[0]!.files.map((file) => file.path);
    const installed = await npm(['install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed[0]!.filename}`], folder);
    isOffline = installed.code !== 0 && /ENOTFOUND|EAI_AGAIN|ENOTCACHED|ECONNREFUSED|ENETUNREACH/.test(installed.err);
    said = installed.out + installed.err;
    if (!isOffline) expect(installed.code, said).toBe(0);
  }, 300_000);

  test('holds the program, the library, the pages and the grammar, and no source or test', () => {
    for (const name of ['dist/cli/main.js', 'lib/kernel/rcu.heddle', 'docs/language.md', 'docs/errors.md', 'grammar/heddle.ebnf', 'README.md', 'package.json']) expect(files).toContain(name);
    expect(files.filter((name) => /^(src|test|bench|specs|scripts|node_modules)\//.test(name))).toEqual([]);
  });

  test('is installed without a warning', ({ skip }) => {
    if (isOffline) skip('no registry can be reached');
    // Of the user's own configuration npm may say what it likes; and of a file it says that `prepare` was not run, which is as it should be.
    const warnings = said.split('\n').filter((line) => /^npm warn/i.test(line) && !/Unknown \w+ config|install-scripts/.test(line));
    expect(warnings).toEqual([]);
  });

  test('checks a spec that imports kernel/rcu', async ({ skip }) => {
    if (isOffline) skip('no registry can be reached');
    const { code, out, err } = await start(join(folder, 'node_modules/.bin/heddle'), ['check', 'mine.heddle'], { cwd: folder }).ended;
    expect(err).toBe('');
    expect(out).toMatch(/holds +NoUseAfterFree/);
    expect(code).toBe(0);
  });

  test('draws a graph with the Graphviz that comes with it', async ({ skip }) => {
    if (isOffline) skip('no registry can be reached');
    const graph = await start(join(folder, 'node_modules/.bin/heddle'), ['graph', 'mine.heddle', '--out', 'mine.svg'], { cwd: folder }).ended;
    expect(graph).toEqual({ code: 0, out: '', err: '' });
  });

  test('can be imported', ({ skip }) => {
    if (isOffline) skip('no registry can be reached');
    const names = execFileSync(process.execPath, ['--input-type=module', '-e', 'console.log(Object.keys(await import("heddle")).length > 0)'], { cwd: folder, encoding: 'utf8' });
    expect(names.trim()).toBe('true');
  });
});
