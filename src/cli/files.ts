// Finding specs: the FILE arguments of a call, folders opened, as a list of files in the order in which they are shown.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { systemProblem, UserError } from './io.js';

export interface FoundFile {
  /** As the user named it, or the folder he named and the way from there. */
  readonly path: string;
  /** Named in the call itself, not found in a folder. */
  readonly named: boolean;
}

/**
 * Every file of the arguments, each once. A folder stands for every `.heddle` file under it, sorted; hidden folders and
 * `node_modules` are left out. A file that does not exist is listed: reading it will say so.
 */
export function findFiles(args: readonly string[]): FoundFile[] {
  const seen = new Set<string>();
  const found: FoundFile[] = [];
  const add = (file: string, named: boolean): void => {
    const key = path.resolve(file);
    if (seen.has(key)) return;
    seen.add(key);
    found.push({ path: file, named });
  };
  for (const arg of args) {
    if (isFolder(arg)) for (const file of filesUnder(arg)) add(file, false);
    else add(arg, true);
  }
  return found;
}

function isFolder(file: string): boolean {
  try {
    return fs.statSync(file).isDirectory();
  } catch {
    return false;
  }
}

function filesUnder(folder: string): string[] {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new UserError(`Cannot read the folder ${folder}: ${systemProblem(error) ?? String(error)}.`);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const { name } = entry;
    const file = path.join(folder, name);
    if (entry.isDirectory()) return name.startsWith('.') || name === 'node_modules' ? [] : filesUnder(file);
    return name.endsWith('.heddle') && !isFolder(file) ? [file] : [];
  });
}
