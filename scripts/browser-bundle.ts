// The parts of reports that run in a browser, as one script and one style sheet. Used by the build, and when Heddle runs from its sources.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { PageAssets } from '../src/report/html/page.js';

const at = (path: string): string => fileURLToPath(new URL(`../src/report/${path}`, import.meta.url));

export async function browserBundle(minify: boolean): Promise<PageAssets> {
  const { outputFiles } = await build({
    entryPoints: [at('html/script/page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    minify,
    logLevel: 'warning',
    tsconfigRaw: {},
  });
  return { script: outputFiles[0]!.text, styles: ['trace-view/view.css', 'html/page.css'].map((file) => readFileSync(at(file), 'utf8')).join('\n') };
}
