// The script and the styles of a report: built beside this module, or, when Heddle runs from its sources, bundled now.

import { readFileSync } from 'node:fs';
import type { PageAssets } from '../report/html/page.js';

export async function pageAssets(): Promise<PageAssets> {
  const beside = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
  if (!import.meta.url.endsWith('.ts')) return { script: beside('./report-page.js'), styles: beside('./report-page.css') };
  // Not a literal, so that the build does not follow it.
  const bundler = new URL('../../scripts/browser-bundle.ts', import.meta.url).href;
  const { browserBundle } = (await import(bundler)) as { readonly browserBundle: (minify: boolean) => Promise<PageAssets> };
  return browserBundle(false);
}
