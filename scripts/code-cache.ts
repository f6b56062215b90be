// V8's code cache of what a check needs, for each entry of dist/cli/: made by checking a spec with the entries themselves, so that it holds
// the functions that ran. See src/cli/cached.ts.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const START = "require('./cached.js').start(__filename)";

/** Keeps the cache as the process ends, or a thread (which is ended, and is not asked) tells something. */
const RECORD = `
const { writeFileSync } = require('node:fs');
const { parentPort } = require('node:worker_threads');
const script = ${START};
const keep = () => writeFileSync(require('./cached.js').cacheOf(__filename), script.createCachedData());
keep();
if (parentPort === null) process.on('exit', keep);
else {
  const post = parentPort.postMessage.bind(parentPort);
  parentPort.postMessage = (message) => {
    keep();
    post(message);
  };
}
`;

/** A search that is worth a second thread (which may come too late for it: then there is no cache for that one), and traces. */
const CALLS = [
  ['check', 'specs/classic/filter.heddle', '--check', 'five', '--workers', '2'],
  ['check', 'specs/async_cb/v1.heddle', '--check', 'quick'],
];

/** Writes dist/cli/<name>.js for each of the names, and the caches of those that the calls above use. */
export function writeEntries(names: readonly string[]): void {
  writeFileSync('dist/cli/package.json', '{ "type": "commonjs" }\n');
  const write = (code: string): void => names.forEach((name) => writeFileSync(`dist/cli/${name}.js`, `${name === 'main' ? '#!/usr/bin/env node\n' : ''}${code}\n`));
  write(RECORD);
  for (const call of CALLS) execFileSync(process.execPath, ['dist/cli/main.js', ...call], { stdio: ['ignore', 'ignore', 'inherit'] });
  write(`${START};`);
}
