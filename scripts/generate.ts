// Writes the files that are made from the sources: `npm run generate`. Tests fail where they are stale.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GeneratedFile } from './generated-file.js';
import { catalogueMarkdown } from '../src/report/explain.js';
import { grammarFiles } from './grammar.js';
import { editorFiles } from './textmate.js';

const GENERATORS: readonly (() => readonly GeneratedFile[])[] = [grammarFiles, editorFiles, () => [{ path: 'docs/errors.md', content: catalogueMarkdown() }]];

const root = fileURLToPath(new URL('..', import.meta.url));
for (const { path, content } of GENERATORS.flatMap((generate) => generate())) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  console.log(path);
}
