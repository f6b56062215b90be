// The VS Code extension: its grammar on every spec, what the package holds, and its trace panel in a browser.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { DECLARATIONS, EXPRESSIONS, plain, STATEMENTS } from '../../src/ide/snippets.js';
import { isError } from '../../src/base/diagnostic.js';
import { parse } from '../../src/parser/parse.js';
import { RESERVED } from '../../src/parser/tokens.js';
import { compactTrace } from '../../src/report/trace-view/data.js';
import { editorFiles, textMateGrammar, WORD_GROUPS } from '../../scripts/textmate.js';
import { vsix, webviewBundle } from '../../scripts/vsix.js';
import { chromium, startBrowser } from '../support/browser.js';
import { folderOf } from '../support/command-line.js';
import { startClient } from '../support/lsp-client.js';
import { checkSpec } from '../support/check-spec.js';
import { projectRoot } from '../support/samples.js';

test.each(editorFiles())('$path is up to date (npm run generate)', ({ path, content }) => {
  expect(readFileSync(join(projectRoot, path), 'utf8')).toBe(content);
});

test('every reserved word has a colour', () => {
  expect(Object.values(WORD_GROUPS).flat().sort()).toEqual([...RESERVED].sort());
});

async function grammar(): Promise<textmate.IGrammar> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (p: string[]) => new oniguruma.OnigScanner(p), createOnigString: (s: string) => new oniguruma.OnigString(s) }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(JSON.stringify(textMateGrammar()), 'heddle.json')),
  });
  return (await registry.loadGrammar('source.heddle'))!;
}

test('the grammar colours comments, words, numbers and texts of every spec as the lexer reads them', async () => {
  const g = await grammar();
  const wrong: string[] = [];
  const files = ['specs', 'lib'].flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.heddle')).map((f) => join(folder, f)));
  for (const file of files) {
    let state = textmate.INITIAL;
    for (const [n, line] of readFileSync(join(projectRoot, file), 'utf8').split('\n').entries()) {
      const result = g.tokenizeLine(line, state);
      state = result.ruleStack;
      const scopeAt = (i: number): string => result.tokens.find((t) => t.startIndex <= i && i < t.endIndex)?.scopes.join(' ') ?? '';
      for (const m of line.matchAll(/\/\/.*|"[^"]*"|[A-Za-z_]\w*|\d+/g)) {
        const scope = scopeAt(m.index);
        const wanted = m[0].startsWith('//') ? /comment/ : m[0].startsWith('"') ? /string/ : /^\d/.test(m[0]) ? /numeric/ : (RESERVED as readonly string[]).includes(m[0]) ? /keyword|storage|constant/ : undefined;
        if (wanted !== undefined ? !wanted.test(scope) : /comment|string/.test(scope)) wrong.push(`${file}:${n + 1} ${m[0]} is ${scope}`);
      }
    }
  }
  expect(wrong).toEqual([]);
}, 60_000);

test('the grammar tells labels, declared names and calls', async () => {
  const g = await grammar();
  const scopes = (line: string): readonly string[] => g.tokenizeLine(line, textmate.INITIAL).tokens.map((t) => `${line.slice(t.startIndex, t.endIndex).trim()} ${t.scopes.at(-1)}`).filter((t) => !t.startsWith(' '));
  expect(scopes('  idle:- x := get(y)')).toEqual(expect.arrayContaining(['idle entity.name.label.heddle', '- keyword.operator.fairness.heddle', ':= keyword.operator.heddle', 'get entity.name.function.call.heddle']));
  expect(scopes('procedure start(cb: Cb) {')).toEqual(expect.arrayContaining(['procedure storage.type.heddle', 'start entity.name.function.heddle']));
  expect(scopes('  queue: set of Cb = {}')).not.toContain('queue entity.name.label.heddle');
});

test('snippets that are whole declarations are read without errors', () => {
  for (const s of DECLARATIONS) {
    const text = plain(s.body.join('\n')).replace(/\$0/g, '') + (s.body.join('').endsWith('= $0') ? 'true' : '');
    expect(parse({ path: s.label, text: text.replace(/= $/, '= true') }).diagnostics.filter(isError).map((d) => `${s.label}: ${d.message}`)).toEqual([]);
  }
  // One label stands for one snippet: the file of snippets is keyed by it.
  const all = [...DECLARATIONS, ...STATEMENTS, ...EXPRESSIONS];
  expect(new Set(all.map((s) => s.label + s.body.join('\n'))).size).toBe(new Set(all.map((s) => s.label)).size);
});

test('the package holds what its manifest names, and every command has its code', async () => {
  const files = unzipSync(await vsix({ withServer: false }));
  const manifest = JSON.parse(strFromU8(files['extension/package.json']!)) as { main: string; version: string; contributes: { commands: { command: string }[]; languages: { configuration: string }[]; grammars: { path: string }[]; snippets: { path: string }[] } };
  const { contributes } = manifest;
  // One version for the extension, the server in it, and the page that says how to install it.
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  expect(manifest.version).toBe(version);
  expect(readFileSync(join(projectRoot, 'docs/editors.md'), 'utf8')).toContain(`heddle-${version}.vsix`);
  const named = [manifest.main, contributes.languages[0]!.configuration, contributes.grammars[0]!.path, contributes.snippets[0]!.path].map((p) => `extension/${p.replace('./', '')}`);
  expect(Object.keys(files)).toEqual(expect.arrayContaining([...named, '[Content_Types].xml', 'extension.vsixmanifest', 'extension/media/trace.js', 'extension/media/trace.css']));
  const code = strFromU8(files['extension/dist/extension.cjs']!);
  for (const { command } of contributes.commands) expect(code).toContain(`"${command}"`);
  // Everything that is listed by its ending has a type.
  const types = strFromU8(files['[Content_Types].xml']!);
  for (const name of Object.keys(files)) if (!name.startsWith('[')) expect(types).toContain(`Extension="${name.slice(name.lastIndexOf('.'))}"`);
  expect(code).not.toMatch(/https?:\/\/(?!json-schema|www\.w3\.org)[a-z]/);
});

test('the client in the package loads, and registers every command when it is activated', async () => {
  const files = unzipSync(await vsix({ withServer: false }));
  const { folder, remove } = folderOf({ 'extension.cjs': Buffer.from(files['extension/dist/extension.cjs']!) });
  const registered: string[] = [];
  // An editor of which everything can be asked and nothing is there, but for its commands.
  const anything: object = new Proxy(function () {}, {
    get: (target, key) => (key === 'prototype' ? (target as { prototype: unknown }).prototype : key === 'registerCommand' ? (name: string) => (registered.push(name), { dispose: () => undefined }) : key === 'isTrusted' ? false : key === Symbol.toPrimitive ? () => '' : key === 'then' ? undefined : anything),
    apply: () => anything,
    construct: () => anything,
  });
  // The bundle copies what the module itself has; the library behind it asks for whatever it likes.
  const own = ['workspace', 'commands', 'window', 'languages', 'Uri', 'ViewColumn', 'Range', 'Position'];
  const editor: unknown = Object.create(anything, Object.fromEntries(own.map((name) => [name, { value: anything, enumerable: true }])));
  const loader = createRequire(import.meta.url)('node:module') as { _load: (request: string, ...rest: unknown[]) => unknown };
  const { _load: load } = loader;
  loader._load = (request, ...rest) => (request === 'vscode' ? editor : load.call(loader, request, ...rest));
  try {
    const extension = createRequire(import.meta.url)(join(folder, 'extension.cjs')) as { activate: (context: object) => Promise<void>; deactivate: () => Promise<void> };
    await extension.activate({ subscriptions: [], extensionPath: folder, extensionUri: {} }).catch(() => undefined);
    const { contributes } = JSON.parse(strFromU8(files['extension/package.json']!)) as { contributes: { commands: { command: string }[] } };
    expect(registered).toEqual(expect.arrayContaining(contributes.commands.map((c) => c.command)));
  } finally {
    loader._load = load;
    remove();
  }
});

test('the server in the package runs by itself, with its library, checks included', async () => {
  const { folder, remove } = folderOf(Object.fromEntries(Object.entries(unzipSync(await vsix({ withServer: true }))).map(([name, bytes]) => [name, Buffer.from(bytes)])));
  try {
    const client = await startClient(folder, { workers: 1 }, join(folder, 'extension/server/dist/cli/main.js'));
    client.open('s.heddle', 'import "kernel/refcount"\nvar r: Refcount = 1\nprocess p { refcount_inc(r) }\ninvariant One = r == 1\n');
    await client.diagnostics('s.heddle', (d) => d.length === 0);
    expect(await client.at('textDocument/definition', 's.heddle', 2, 15)).toMatchObject([{ uri: expect.stringContaining('extension/server/lib/kernel/refcount.heddle') as string }]);
    void client.connection.sendRequest('workspace/executeCommand', { command: 'heddle.check', arguments: [{ uri: client.uri('s.heddle') }] });
    expect(await client.diagnostics('s.heddle', (d) => d.length > 0)).toMatchObject([{ code: 'check/verdict' }]);
    expect(await client.connection.sendRequest('workspace/executeCommand', { command: 'heddle.graph', arguments: [{ uri: client.uri('missing.heddle') }] }).catch((e: Error) => e.message)).toMatch(/missing\.heddle/);
    expect(await client.stop()).toBe(0);
  } finally {
    remove();
  }
}, 60_000);

test.skipIf(chromium === undefined)('the trace panel steps, marks what changed and tells where to go', async () => {
  const outcome = checkSpec({ file: 'specs/classic/phil.heddle', check: 'default' });
  const property = outcome.properties.find((p) => p.trace !== undefined) ?? checkSpec({ file: 'specs/async_cb/v1.heddle', check: 'quick' }).properties.find((p) => p.trace !== undefined)!;
  const { script, styles } = await webviewBundle();
  const folder = mkdtempSync(join(tmpdir(), 'heddle-panel-'));
  const data = { property: { name: property.name, kind: property.kind }, trace: compactTrace(property.trace!), context: 'x' };
  // As the extension makes it, with the editor's part played: the same policy, no inline script or style.
  writeFileSync(join(folder, 'trace.js'), script);
  writeFileSync(join(folder, 'trace.css'), styles);
  writeFileSync(join(folder, 'host.js'), `window.told = []; window.acquireVsCodeApi = () => ({ postMessage: (m) => { told.push(m); if (m.kind === 'ready') window.postMessage({ kind: 'trace', data: ${JSON.stringify(data)} }, '*'); } });`);
  writeFileSync(join(folder, 'panel.html'), `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>panel</title><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; script-src 'self' file:"><link rel="stylesheet" href="trace.css"></head><body class="vscode-dark"><main id="trace"></main><script src="host.js"></script><script src="trace.js"></script></body></html>`);
  const browser = await startBrowser(chromium!);
  try {
    const page = await browser.open(pathToFileURL(join(folder, 'panel.html')).href);
    await page.evaluate('new Promise((done) => { const look = () => document.querySelector(".tv-position")?.textContent ? done(1) : setTimeout(look, 20); look(); })');
    const last = property.trace!.steps.length;
    const position = (): Promise<string> => page.evaluate<string>('document.querySelector(".tv-position").textContent');
    expect(await position()).toContain(`step ${last} of ${last}`);
    await page.press('ArrowUp');
    expect(await position()).toContain(`step ${last - 1} of ${last}`);
    await page.press('Home');
    expect(await position()).toContain('initial state');
    await page.press('End', 'Enter');
    const step = property.trace!.steps.at(-1)!;
    expect(await page.evaluate('told.at(-1)')).toEqual({ kind: 'place', file: step.file, line: step.line, column: step.column });
    // A click on a step shows it, and takes the source along; what it changed is marked.
    await page.evaluate('document.querySelectorAll(".tv-row[role=option]")[1].click()');
    const first = property.trace!.steps[0]!;
    expect(await position()).toContain(`step 1 of ${last}`);
    expect(await page.evaluate('told.at(-1)')).toEqual({ kind: 'place', file: first.file, line: first.line, column: first.column });
    expect(await page.evaluate('document.querySelectorAll(".tv-changed").length')).toBeGreaterThan(0);
    expect(page.problems).toEqual([]);
    expect(page.requests.filter((r) => !r.startsWith('file:'))).toEqual([]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
