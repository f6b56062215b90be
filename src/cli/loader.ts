// Where modules come from: `./x` beside the importing file, other paths from the library that is shipped with Heddle.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader } from '../analysis/modules.js';
import type { SourceFile } from '../base/span.js';
import { readText } from './io.js';

/** The folder of the library that is shipped. */
export const LIBRARY = fileURLToPath(new URL('../../lib/', import.meta.url));
const ENDING = '.heddle';

/** A loader that reads each file once. Paths are shown relative to the current folder. */
export function fileLoader(): Loader {
  const files = new Map<string, SourceFile | undefined>();
  const read = (file: string): SourceFile | undefined => {
    const key = path.resolve(file);
    if (!files.has(key)) {
      const found = readText(key);
      files.set(key, 'text' in found ? { path: shownPath(key), text: found.text } : undefined);
    }
    return files.get(key);
  };
  return {
    load: (module, from) => read(fileOf(module, from)),
    known: (from) => [...modulesUnder(LIBRARY, ''), ...modulesUnder(path.dirname(from.path), './')],
  };
}

/** A file that the call names, as the loader would show it. */
export function openSource(file: string): SourceFile | { readonly problem: string } {
  const found = readText(file);
  return 'text' in found ? { path: path.normalize(file), text: found.text } : found;
}

const shownPath = (absolute: string): string => path.relative('', absolute) || absolute;

/** A module beside the importing file, none of the library. */
export const isOwnModule = (module: string): boolean => module.startsWith('./') || module.startsWith('../');

export function fileOf(module: string, from: SourceFile): string {
  const isOwn = isOwnModule(module);
  const name = module.endsWith(ENDING) ? module : module + ENDING;
  return isOwn ? path.join(path.dirname(from.path), name) : path.join(LIBRARY, name);
}

function modulesUnder(folder: string, prefix: string): readonly string[] {
  try {
    return fs
      .readdirSync(folder, { recursive: prefix === '', encoding: 'utf8' })
      .filter((name) => name.endsWith(ENDING))
      .map((name) => prefix + name.slice(0, -ENDING.length).replaceAll(path.sep, '/'));
  } catch {
    return [];
  }
}
