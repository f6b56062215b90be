// Files for the world of src/ide: what is not open is read from disk; what cannot be read is not there.

import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Disk } from '../ide/texts.js';

/** A folder with more entries than this is not searched to its end: an editor that was opened on a home folder must still start. */
const MOST_ENTRIES = 20_000;

const ENDING = '.heddle';

export const disk: Disk = {
  read(file) {
    try {
      const bytes = fs.readFileSync(file);
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return undefined;
    }
  },
  filesUnder(folder) {
    const found: string[] = [];
    const todo = [folder];
    let entries = 0;
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      for (const entry of entriesOf(next)) {
        if (++entries > MOST_ENTRIES) return found.sort();
        const file = path.posix.join(next, entry.name);
        if (entry.isDirectory()) {
          if (!entry.name.startsWith('.') && entry.name !== 'node_modules') todo.push(file);
        } else if (entry.name.endsWith(ENDING)) found.push(file);
      }
    }
    return found.sort();
  },
};

function entriesOf(folder: string): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
