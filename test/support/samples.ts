// The specs that tests run over: the samples of the parser, and everything in lib/ and specs/.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from '../../src/base/span.js';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

const under = (folder: string): readonly SourceFile[] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.heddle'))
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(projectRoot, folder, name), 'utf8') }));

export const parserSamples: readonly SourceFile[] = under('test/samples/parser');
export const shippedSpecs: readonly SourceFile[] = [...under('lib'), ...under('specs')];
