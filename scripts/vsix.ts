// The VS Code extension as one file: `npm run vsix` (after a build). The client and the trace view are bundled, the server stands beside
// them with the libraries that it loads. A .vsix is a zip with a manifest of its own and a list of content types.

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { zipSync, type Zippable } from 'fflate';
import { xml } from '../src/report/markup.js';
import { textMateGrammar } from './textmate.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HERE = join(ROOT, 'editors/vscode');
/** Earlier than a zip can say is refused; later would make each package another one. */
const TIME = new Date('1980-01-02T00:00:00Z');

interface Manifest {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly version: string;
  readonly publisher: string;
  readonly engines: { readonly vscode: string };
  readonly categories: readonly string[];
}

const read = (path: string): Uint8Array => readFileSync(join(ROOT, path));

/** A test packs without the server, which needs a build. */
export async function vsix(options: { readonly withServer: boolean }): Promise<Uint8Array> {
  const manifest = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as Manifest;
  const client: BuildOptions = { entryPoints: [join(HERE, 'src/extension.ts')], format: 'cjs', platform: 'node', target: 'node20', external: ['vscode'] };
  const webview = await webviewBundle();
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': text(contentTypes()),
    'extension.vsixmanifest': text(vsixManifest(manifest)),
    'extension/package.json': read('editors/vscode/package.json'),
    'extension/readme.md': read('editors/vscode/README.md'),
    'extension/changelog.md': read('CHANGELOG.md'),
    'extension/language-configuration.json': read('editors/vscode/language-configuration.json'),
    'extension/snippets/heddle.json': read('editors/vscode/snippets/heddle.json'),
    'extension/syntaxes/heddle.tmLanguage.json': text(JSON.stringify(textMateGrammar())),
    'extension/dist/extension.cjs': await bundle(client),
    'extension/media/trace.js': webview.script,
    'extension/media/trace.css': webview.styles,
    ...(options.withServer ? serverFiles() : {}),
  };
  const entries: Zippable = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => [name, [bytes, { mtime: TIME, level: 9 }]]));
  return zipSync(entries);
}

/** The trace view's script and styles, as the panel loads them. */
export async function webviewBundle(): Promise<{ readonly script: Uint8Array; readonly styles: Uint8Array }> {
  const script = await bundle({ entryPoints: [join(HERE, 'src/webview.ts')], format: 'iife', platform: 'browser', target: 'chrome111' });
  return { script, styles: Buffer.concat([read('editors/vscode/media/theme.css'), read('src/report/trace-view/view.css')]) };
}

const text = (s: string): Uint8Array => new TextEncoder().encode(s);

async function bundle(options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({ ...options, bundle: true, write: false, minify: true, legalComments: 'none', logLevel: 'warning', tsconfigRaw: {} });
  return outputFiles![0]!.contents;
}

/** What was built, the library, and the libraries that the server loads by themselves. */
function serverFiles(): Record<string, Uint8Array> {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string; readonly dependencies?: Readonly<Record<string, string>> };
  if (!existsSync(join(ROOT, 'dist/cli/main.js'))) throw new Error('Build first: npm run build.');
  const files: Record<string, Uint8Array> = { 'extension/server/package.json': text(`${JSON.stringify({ name: 'heddle', version: manifest.version, type: 'module' })}\n`) };
  const add = (from: string, to: string, isWanted: (name: string) => boolean): void => {
    for (const [name, bytes] of filesUnder(join(ROOT, from))) if (isWanted(name)) files[posix.join('extension/server', to, name)] = bytes;
  };
  add('dist', 'dist', (n) => !n.endsWith('.d.ts'));
  add('lib', 'lib', () => true);
  for (const name of withDependencies(Object.keys(manifest.dependencies ?? {}))) {
    add(`node_modules/${name}`, `node_modules/${name}`, (n) => /\.(c?js|mjs|json|wasm)$|^licen[cs]e/i.test(n) && !n.startsWith('node_modules/') && !/(^|\/)browser\//.test(n));
  }
  return files;
}

/** Packages and what they need, all of which lie side by side. */
function withDependencies(names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { readonly dependencies?: Readonly<Record<string, string>> };
    Object.keys(dependencies ?? {}).forEach(visit);
  };
  names.forEach(visit);
  return [...found].sort();
}

function filesUnder(folder: string): readonly (readonly [name: string, bytes: Uint8Array])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().flatMap((name) => (statSync(join(folder, name)).isFile() ? [[name.replaceAll('\\', '/'), readFileSync(join(folder, name))] as const] : []));
}

function contentTypes(): string {
  const types: Readonly<Record<string, string>> = {
    json: 'application/json', vsixmanifest: 'text/xml', md: 'text/markdown', js: 'application/javascript', cjs: 'application/javascript', mjs: 'application/javascript', css: 'text/css',
    heddle: 'text/plain', txt: 'text/plain', wasm: 'application/wasm',
  };
  const lines = Object.entries(types).map(([extension, type]) => `<Default Extension=".${extension}" ContentType="${type}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${lines.join('')}</Types>\n`;
}

function vsixManifest(m: Manifest): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${xml(m.name)}" Version="${xml(m.version)}" Publisher="${xml(m.publisher)}"/>
    <DisplayName>${xml(m.displayName)}</DisplayName>
    <Description xml:space="preserve">${xml(m.description)}</Description>
    <Tags>heddle,__ext_heddle</Tags>
    <Categories>${xml(m.categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${xml(m.engines.vscode)}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/readme.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Changelog" Path="extension/changelog.md" Addressable="true"/>
  </Assets>
</PackageManifest>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await vsix({ withServer: true });
  const { name, version } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as Manifest;
  const file = join(HERE, `${name}-${version}.vsix`);
  mkdirSync(HERE, { recursive: true });
  writeFileSync(file, bytes);
  console.log(`${file.slice(ROOT.length)}, ${Math.round(bytes.length / 1024)} KB`);
}
