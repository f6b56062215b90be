// Tests of editor features as text with marks in it: `▮` is the cursor, `«…»` a selection. A text that begins with `// name.heddle` lines
// holds several files; the cursor's file is the one that is asked about.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile, Span } from '../../src/base/span.js';
import { applied, type TextEdit } from '../../src/ide/place.js';
import { Texts } from '../../src/ide/texts.js';
import { projectRoot } from './samples.js';

export const LIBRARY = join(projectRoot, 'lib').replaceAll('\\', '/');

const filesUnder = (folder: string): readonly string[] =>
  folder === LIBRARY ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.heddle')).map((f) => `${folder}/${f.replaceAll('\\', '/')}`) : [];

const readLibrary = (path: string): string | undefined => {
  try {
    return path.startsWith(`${LIBRARY}/`) ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
};

export interface Opened {
  readonly world: Texts;
  readonly file: SourceFile;
  /** Of the cursor, or of the beginning of the selection. */
  readonly offset: number;
  readonly range: Span;
  fileNamed(name: string): SourceFile;
}

/** A world of these texts, in the folder /w, and the library. */
export function worldOf(files: readonly (readonly [name: string, text: string])[]): Texts {
  const world = new Texts({ read: readLibrary, filesUnder }, LIBRARY);
  world.setFolders(['/w']);
  for (const [name, text] of files) world.set(`/w/${name}`, text);
  return world;
}

export function open(marked: string): Opened {
  const world = worldOf([]);
  let found: { readonly path: string; readonly range: Span } | undefined;
  for (const { name, text } of filesOf(marked)) {
    const start = text.search(/[▮«]/);
    const plain = text.replace(/[▮«»]/g, '');
    if (start >= 0) found = { path: `/w/${name}`, range: { start, end: text.includes('»') ? text.indexOf('»') - 1 : start } };
    world.set(`/w/${name}`, plain);
  }
  const at = found ?? { path: world.openPaths().at(-1)!, range: { start: 0, end: 0 } };
  return { world, file: world.get(at.path)!, offset: at.range.start, range: at.range, fileNamed: (name) => world.get(`/w/${name}`)! };
}

function filesOf(marked: string): readonly { readonly name: string; readonly text: string }[] {
  const parts = marked.split(/^\/\/ (\w+\.heddle)\n/m);
  if (parts.length === 1) return [{ name: 'test.heddle', text: marked }];
  return parts.slice(1).flatMap((part, i, all) => (i % 2 === 0 ? [{ name: part, text: all[i + 1]! }] : []));
}

/** `name line:column 'text'` of a place, as tests state it. */
export function shown(place: { readonly file: SourceFile; readonly span: Span }): string {
  const { file, span } = place;
  const before = file.text.slice(0, span.start).split('\n');
  return `${file.path} ${before.length}:${before.at(-1)!.length + 1} ${file.text.slice(span.start, span.end)}`.trimEnd();
}

export const edited = (file: SourceFile, edits: readonly TextEdit[]): string => applied(file.text, edits);
