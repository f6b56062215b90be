// How what was built starts: each entry of dist/cli/ is one script, and beside it lies V8's code cache of what a run needs of it, made by
// the build. Compiling the same functions at each start anew would be a fifth of the time to the first verdict of a small spec.
//
// V8 refuses a cache that another version of it made, or with other flags; then the script is compiled as if there were none.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

type ModuleFunction = (exports: object, require: NodeJS.Require, module: object, filename: string, dirname: string) => void;

/** Where the cache of an entry lies. */
export const cacheOf = (entry: string): string => `${bundleOf(entry)}.cache`;

const bundleOf = (entry: string): string => join(dirname(entry), 'bundle', basename(entry));

/** Runs the script of an entry, to which it looks as if it were that file itself. */
export function start(entry: string): Script {
  const filename = bundleOf(entry);
  const text = readFileSync(filename, 'utf8');
  const cachedData = ifThere(cacheOf(entry));
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, { filename, ...(cachedData === undefined ? {} : { cachedData }) });
  const module = { exports: {} };
  (script.runInThisContext() as ModuleFunction)(module.exports, createRequire(entry), module, entry, dirname(entry));
  return script;
}

function ifThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
