// The revisions that `heddle diff` compares: files of the call, or one file as git has it. The imports of a revision are read from the
// same revision; the library is the one that comes with Heddle.

import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import type { Loader } from '../analysis/modules.js';
import type { SourceFile } from '../base/span.js';
import { UserError } from './io.js';
import { fileLoader, fileOf, isOwnModule, openSource } from './loader.js';

export interface Revision {
  /** Unique in the call, and short. */
  readonly name: string;
  readonly source: SourceFile;
  readonly loader: Loader;
}

/** @throws UserError when a file cannot be read */
export function fileRevisions(files: readonly string[]): readonly Revision[] {
  const names = shortNames(files);
  return files.map((file, i) => ({ name: names[i]!, source: opened(file), loader: fileLoader() }));
}

function opened(file: string): SourceFile {
  const source = openSource(file);
  if ('problem' in source) throw new UserError(`Cannot read ${file}: ${source.problem}.`);
  return source;
}

/** Each file's name without its ending, with as many folders in front as it takes to tell them apart. */
export function shortNames(files: readonly string[]): readonly string[] {
  const parts = files.map((file) => path.resolve(file).replace(/\.heddle$/, '').split(path.sep));
  const name = (i: number, length: number): string => parts[i]!.slice(-length).join('/');
  const longest = Math.max(...parts.map((p) => p.length));
  const different = new Set(parts.map((p) => p.join('/'))).size;
  let length = 1;
  while (length < longest && new Set(files.map((_, i) => name(i, length))).size < different) length++;
  const found = files.map((_, i) => name(i, length));
  // The same file twice: numbered.
  return found.map((text, i) => (found.indexOf(text) === i ? text : `${text} (${found.slice(0, i + 1).filter((t) => t === text).length})`));
}

/**
 * The first revision of `REV..REV` (or `REV`, then up to HEAD) and every commit after it that touches the folder of the file, oldest first.
 * @throws UserError as `gitRevisions`
 */
export function gitHistory(revisions: string, file: string): readonly Revision[] {
  const [before, after] = endsOf(revisions) ?? [revisions, 'HEAD'];
  const folder = path.dirname(path.resolve(file));
  const first = gitRevision(before, file);
  gitRevision(after, file);
  const listed = git(folder, ['rev-list', '--reverse', '--abbrev-commit', '--end-of-options', `${before}..${after}`, '--', '.']);
  if ('problem' in listed) throw new UserError(`git lists no commits of '${revisions}'.`, listed.problem);
  const commits = listed.text.split('\n').filter((line) => line !== '');
  if (commits.length === 0) throw new UserError(`No commit of '${revisions}' touches the folder of ${file}.`);
  return [first, ...commits.map((commit) => gitRevision(commit, file))];
}

/**
 * @param revisions `REV..REV`, or `REV` for that revision against the work tree; either side of `..` may be left out (HEAD)
 * @throws UserError when there is no git, no repository, no such revision, or the file is not in it
 */
export function gitRevisions(revisions: string, file: string): readonly Revision[] {
  const ends = endsOf(revisions);
  if (ends === undefined) return [gitRevision(revisions, file), { name: 'work tree', source: opened(file), loader: fileLoader() }];
  return ends.map((revision) => gitRevision(revision, file));
}

/** Both sides of `A..B`; a side that is left out is HEAD. */
function endsOf(revisions: string): readonly [string, string] | undefined {
  if (revisions.includes('...')) throw new UserError(`'${revisions}' names no two revisions.`, 'Write REV..REV, with two dots.');
  const range = /^(.*?)\.\.(.*)$/.exec(revisions);
  return range === null ? undefined : [range[1] === '' ? 'HEAD' : range[1]!, range[2] === '' ? 'HEAD' : range[2]!];
}

/** The file and what it imports, as one revision has them. */
function gitRevision(revision: string, file: string): Revision {
  const folder = path.dirname(path.resolve(file));
  const commit = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if ('problem' in commit) throw new UserError(`git knows no revision '${revision}' here.`, commit.problem);
  const files = new Map<string, SourceFile | undefined>();
  const read = (name: string): SourceFile | undefined => {
    const key = path.resolve(name);
    if (!files.has(key)) {
      const found = show(commit.text.trim(), folder, key);
      files.set(key, 'text' in found ? { path: shown(revision, key), text: found.text } : undefined);
    }
    return files.get(key);
  };
  const source = read(file);
  if (source === undefined) throw new UserError(`${file} is not in revision '${revision}'.`);
  const library = fileLoader();
  const pathOf = new Map<string, string>();
  pathOf.set(source.path, path.resolve(file));
  return {
    name: revision,
    source,
    loader: {
      load(module, from) {
        const where = pathOf.get(from.path);
        if (where === undefined || !isOwnModule(module)) return library.load(module, from);
        const target = path.resolve(fileOf(module, { path: where, text: '' }));
        const found = read(target);
        if (found !== undefined) pathOf.set(found.path, target);
        return found;
      },
      ...(library.known === undefined ? {} : { known: library.known }),
    },
  };
}

const shown = (revision: string, file: string): string => `${revision}:${path.relative('', file).split(path.sep).join('/')}`;

/** The text of a file as the commit has it. */
function show(commit: string, folder: string, file: string): GitAnswer {
  const relative = path.relative(folder, file).split(path.sep).join('/');
  return git(folder, ['show', '--end-of-options', `${commit}:./${relative}`]);
}

type GitAnswer = { readonly text: string } | { readonly problem: string };

const MOST_BYTES = 2 ** 26;

function git(folder: string, args: readonly string[]): GitAnswer {
  try {
    return { text: execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', maxBuffer: MOST_BYTES, stdio: ['ignore', 'pipe', 'pipe'] }) };
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === 'ENOENT') throw new UserError('git is not installed, or the folder of the file does not exist.', '--git reads revisions with it.');
    return { problem: (stderr ?? '').trim().split('\n')[0]! };
  }
}
