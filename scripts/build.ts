// Builds dist/: declarations by tsc, code by esbuild. What runs from node_modules costs a quarter of a second to find and load, file by
// file; as a few files it costs a few milliseconds. So libraries are built in, but for those that few runs need (see package.json).

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { HeddleParser } from '../src/parser/grammar.js';
import { browserBundle } from './browser-bundle.js';
import { writeEntries } from './code-cache.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly dependencies?: Readonly<Record<string, string>> };

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

/** How the parser decides at each place of the grammar: to work that out took a sixth of a small check. */
const decisions = { BUILT_DECISIONS: JSON.stringify(new HeddleParser(true).decisions()) };

const ENTRIES = ['main', 'check-worker', 'search-worker', 'diff-worker', 'lsp-check', 'simulate-worker'];

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.20',
  external: Object.keys(manifest.dependencies ?? {}),
  legalComments: 'none',
  // Less to read at each start; names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

const library = await build({
  ...shared,
  entryPoints: ['src/index.ts'],
  outdir: 'dist',
  format: 'esm',
  define: decisions,
  // Libraries that are not modules ask for Node's own by `require`.
  banner: { js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);" },
});
const program = await build({
  ...shared,
  entryPoints: ENTRIES.map((name) => `src/cli/${name}.ts`),
  outdir: 'dist/cli/bundle',
  format: 'cjs',
  // A script from the code cache has nobody to ask for a module: what is loaded when it is used comes by `require`.
  supported: { 'dynamic-import': false },
  banner: { js: "const hereUrl = require('node:url').pathToFileURL(__filename).href;" },
  // Only what runs from source resolves modules.
  define: { ...decisions, 'import.meta.url': 'hereUrl', 'import.meta.resolve': 'undefined' },
});
await build({ ...shared, entryPoints: ['src/cli/cached.ts'], outdir: 'dist/cli', format: 'cjs' });

const browser = await browserBundle(true);
writeFileSync('dist/cli/report-page.js', browser.script);
writeFileSync('dist/cli/report-page.css', browser.styles);
writeEntries(ENTRIES);
chmodSync('dist/cli/main.js', 0o755);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', notices([library, program].flatMap(({ metafile }) => Object.keys(metafile.inputs))));

/** The licences of the libraries that are built in. */
function notices(inputs: readonly string[]): string {
  const folders = [...new Set(inputs.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))].sort();
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string };
    const file = readdirSync(folder).find((f) => /^(licen[cs]e|copying)/i.test(f));
    const text = file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license ?? 'see the package'}`;
    return `${name} ${version}\n\n${text}`;
  });
  return `Heddle contains these libraries.\n\n${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
