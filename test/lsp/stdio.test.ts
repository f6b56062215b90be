// The language server as an editor meets it: the built program, its standard streams, a JSON-RPC client.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CancellationTokenSource, type CodeLens, type CompletionList, type Diagnostic, type Hover, type SemanticTokens, type WorkspaceEdit } from 'vscode-languageserver';
import { folderOf, MAIN } from '../support/command-line.js';
import { startClient, type Client } from '../support/lsp-client.js';

const PETERSON = `spec peterson
steps label
var flag: [0..1 -> bool] = false
var turn: 0..1 = 0

process thread(i in 0..1) {
  loop {
    request:  flag[i] := true
    yield:    turn := 1 - i
    wait:     await !flag[1 - i] || turn == i
    critical: skip
    leave:    flag[i] := false
  }
}

/// Never both.
invariant MutualExclusion = !(at(thread[0], critical) && at(thread[1], critical))
invariant Wrong = turn == 0
check both { expect Wrong violated }
`;

let home: ReturnType<typeof folderOf>;
let client: Client;
beforeAll(async () => {
  home = folderOf({ 'a.heddle': 'var x: 0..3 = 0\n', 'big.heddle': bigSpec() });
  client = await startClient(home.folder, { workers: 1 });
});
afterAll(async () => {
  if (client.child.exitCode === null) await client.stop();
  home.remove();
});

/** Some millions of states. */
function bigSpec(): string {
  const names = [...'abcdefgh'];
  const vars = names.map((n) => `var ${n}: 0..9 = 0`).join('\n');
  return `${vars}\nprocess p {\n  loop { either { ${names.map((n) => `atomic { ${n} := (${n} + 1) % 10 }`).join(' } or { ')} } }\n}\ninvariant I = a < 10\ncheck long { only I }\n`;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Its running processes, as Linux tells: the number of the parent follows the name in brackets and a letter. */
const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return Number(parent) === pid && state !== 'Z' ? [Number(name)] : [];
    } catch {
      return [];
    }
  });

async function eventually(isSo: () => boolean, ms = 10_000): Promise<boolean> {
  for (const begun = Date.now(); Date.now() - begun < ms; ) {
    if (isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

describe('a session', () => {
  test('diagnoses what is typed, and takes it back', async () => {
    client.open('peterson.heddle', PETERSON);
    await client.diagnostics('peterson.heddle', (d) => d.length === 0);
    client.change('peterson.heddle', 2, [8, 14], [8, 18], 'trun');
    const [wrong] = await client.diagnostics('peterson.heddle', (d) => d.length > 0);
    expect(wrong).toMatchObject({ code: 'resolve/unknown-name', source: 'heddle', range: { start: { line: 8, character: 14 }, end: { line: 8, character: 18 } } });
    const actions = await client.connection.sendRequest<{ title: string; edit: WorkspaceEdit }[]>('textDocument/codeAction', { textDocument: { uri: client.uri('peterson.heddle') }, range: wrong!.range, context: { diagnostics: [wrong] } });
    expect(actions[0]).toMatchObject({ title: "Change to 'turn'", edit: { changes: { [client.uri('peterson.heddle')]: [{ newText: 'turn' }] } } });
    client.change('peterson.heddle', 3, [8, 14], [8, 18], 'turn');
    await client.diagnostics('peterson.heddle', (d) => d.length === 0);
  });

  test('hovers, completes, defines, renames, formats, colours', async () => {
    const hover = (await client.at('textDocument/hover', 'peterson.heddle', 8, 15)) as Hover;
    expect(hover.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('var turn: 0..1 = 0') as string });
    const list = (await client.at('textDocument/completion', 'peterson.heddle', 8, 16)) as CompletionList;
    expect(list.items.map((i) => i.label)).toContain('turn');
    expect(await client.at('textDocument/definition', 'peterson.heddle', 8, 15)).toMatchObject([{ range: { start: { line: 3, character: 4 } } }]);
    expect(await client.at('textDocument/references', 'peterson.heddle', 8, 15, { context: { includeDeclaration: false } })).toHaveLength(3);
    const edit = (await client.at('textDocument/rename', 'peterson.heddle', 8, 15, { newName: 'whose' })) as WorkspaceEdit;
    expect(edit.changes![client.uri('peterson.heddle')]).toHaveLength(4);
    await expect(client.at('textDocument/rename', 'peterson.heddle', 8, 15, { newName: 'flag' })).rejects.toThrow(/^Called 'flag'/);
    const tokens = (await client.connection.sendRequest('textDocument/semanticTokens/full', { textDocument: { uri: client.uri('peterson.heddle') } })) as SemanticTokens;
    expect(tokens.data.length % 5).toBe(0);
    expect(tokens.data.length).toBeGreaterThan(200);
    const about = { textDocument: { uri: client.uri('peterson.heddle') } };
    expect(await client.connection.sendRequest('textDocument/formatting', { ...about, options: { tabSize: 2, insertSpaces: true } })).toEqual([]);
    for (const [method, more] of Object.entries({
      'textDocument/documentSymbol': {}, 'textDocument/foldingRange': {}, 'textDocument/documentLink': {}, 'textDocument/selectionRange': { positions: [{ line: 8, character: 15 }] },
      'textDocument/inlayHint': { range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } } },
    })) expect(await client.connection.sendRequest(method, { ...about, ...more })).toBeInstanceOf(Array);
    expect(await client.connection.sendRequest('workspace/symbol', { query: 'mutex' })).toMatchObject([{ name: 'MutualExclusion' }]);
  });

  test('an import that is not saved counts', async () => {
    client.open('a.heddle', 'var y: 0..3 = 0\n');
    client.open('b.heddle', 'import "./a"\nprocess p { y := 1 }\n');
    await client.diagnostics('b.heddle', (d) => d.length === 0);
    client.change('a.heddle', 2, [0, 4], [0, 5], 'z');
    expect(await client.diagnostics('b.heddle', (d) => d.length > 0)).toMatchObject([{ message: expect.stringMatching(/^Unknown name 'y'\./) as string }]);
  });

  test('a folder that is added counts, until it is taken away', async () => {
    const { folder, remove } = folderOf({ 'other.heddle': 'var elsewhere: 0..1 = 0\n' });
    const change = (added: readonly string[], removed: readonly string[]): Promise<void> => {
      const folders = (list: readonly string[]): object[] => list.map((f) => ({ uri: pathToFileURL(f).href, name: 'other' }));
      return client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: folders(added), removed: folders(removed) } });
    };
    const found = (): Promise<object[]> => client.connection.sendRequest('workspace/symbol', { query: 'elsewhere' });
    await change([folder], []);
    expect(await found()).toMatchObject([{ name: 'elsewhere' }]);
    await change([], [folder]);
    expect(await found()).toEqual([]);
    remove();
  });

  test('a text that is opened nowhere and positions beyond the end are answered', async () => {
    expect(await client.at('textDocument/hover', 'nowhere.heddle', 0, 0)).toBeNull();
    expect(await client.at('textDocument/hover', 'peterson.heddle', 999, 999)).toBeNull();
    await expect(client.connection.sendRequest('textDocument/hover', {})).rejects.toThrow();
    expect(await client.at('textDocument/hover', 'peterson.heddle', 8, 15)).not.toBeNull();
  });

  test('a check runs in a process of its own; its verdicts become lenses, diagnostics and a trace', async () => {
    const begun: string[] = [];
    const listening = client.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => void begun.push(value.kind));
    const run = client.connection.sendRequest<{ outcomes: { outcome: string; properties: { name: string; verdict: string }[] }[] }>('workspace/executeCommand', { command: 'heddle.check', arguments: [{ uri: client.uri('peterson.heddle'), check: 'both' }] });
    const [wrong] = await client.diagnostics('peterson.heddle', (d) => d.some((x) => x.source === 'heddle check')) as [Diagnostic];
    expect(wrong).toMatchObject({ code: 'check/verdict', severity: 3, range: { start: { line: 17, character: 10 }, end: { line: 17, character: 15 } } });
    expect(wrong.message).toMatch(/^Wrong: violated after \d steps?, as expected · both\n/);
    expect(wrong.relatedInformation![0]!.location.uri).toBe(client.uri('peterson.heddle'));
    const { outcomes } = await run;
    expect(outcomes).toMatchObject([{ check: 'both', outcome: 'expected' }]);
    listening.dispose();
    expect(begun[0]).toBe('begin');
    expect(begun.at(-1)).toBe('end');
    const lenses = (await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: client.uri('peterson.heddle') } })) as CodeLens[];
    const titles = lenses.map((l) => l.command!.title);
    expect(titles).toEqual(expect.arrayContaining(['▶ run', '▶ check', 'holds · both', expect.stringMatching(/^violated after \d steps?, as expected · both \(trace\)$/)]));
    const shown = lenses.find((l) => l.command!.command === 'heddle.trace')!.command!;
    const trace = await client.connection.sendRequest<{ text: string; trace: { steps: object[] } }>('workspace/executeCommand', { command: shown.command, arguments: shown.arguments });
    expect(trace.text).toContain('thread[0]');
    expect(trace.trace.steps.length).toBeGreaterThan(0);
  });

  test('saving does not make verdicts stale', async () => {
    const uri = client.uri('peterson.heddle');
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    const lenses = (await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } })) as CodeLens[];
    expect(lenses.map((l) => l.command!.title)).toContain('holds · both');
  });

  test('an edit makes verdicts stale', async () => {
    client.change('peterson.heddle', 9, [0, 0], [0, 0], '// new\n');
    await client.diagnostics('peterson.heddle', (d) => d.every((x) => x.source !== 'heddle check'));
    const lenses = (await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: client.uri('peterson.heddle') } })) as CodeLens[];
    expect(lenses.map((l) => l.command!.title)).toContain('holds · both · edited since');
  });

  test('a check is cancelled, what is known so far is told, and no process stays', async () => {
    client.open('big.heddle', bigSpec());
    const source = new CancellationTokenSource();
    const run = client.connection.sendRequest('workspace/executeCommand', { command: 'heddle.check', arguments: [{ uri: client.uri('big.heddle'), check: 'long' }] }, source.token) as Promise<{ outcomes: { outcome: string }[] }>;
    expect(await eventually(() => childrenOf(client.child.pid!).length > 0)).toBe(true);
    // The server answers while the check runs.
    expect(await client.at('textDocument/hover', 'peterson.heddle', 9, 15)).not.toBeNull();
    setTimeout(() => source.cancel(), 1000);
    expect((await run).outcomes).toMatchObject([{ check: 'long', outcome: 'undecided' }]);
    expect(await eventually(() => childrenOf(client.child.pid!).length === 0)).toBe(true);
    expect(client.child.exitCode).toBeNull();
  });

  test('a state graph is drawn, Promela is exported, the last commit compared with', async () => {
    const spec = 'var x: 0..1 = 0\nprocess p { x := 1 }\ninvariant Zero = x == 0\n';
    const { folder, remove } = folderOf({ 'g.heddle': spec.replace('x := 1', 'x := 0') });
    try {
      const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, encoding: 'utf8' });
      git('init', '--quiet');
      git('add', '.');
      git('commit', '--quiet', '-m', 'first');
      writeFileSync(join(folder, 'g.heddle'), spec);
      const { href: uri } = pathToFileURL(join(folder, 'g.heddle'));
      const execute = <T>(command: string, more: object): Promise<T> => client.connection.sendRequest('workspace/executeCommand', { command, arguments: [{ uri, ...more }] });
      expect((await execute<{ content: string }>('heddle.graph', { format: 'dot' })).content).toMatch(/^digraph/);
      const { files } = await execute<{ files: { name: string; content: string }[] }>('heddle.export', { to: 'promela' });
      expect(files.map((f) => f.content).join('')).toMatch(/\bactive\b|\binit\b/);
      expect((await execute<{ content: string }>('heddle.diff', {})).content).toMatch(/Zero.*holds.*violated/s);
      writeFileSync(join(folder, 'g.heddle'), 'var x: 0..1 = y\nprocess p { x := 1 }\n');
      await expect(execute('heddle.graph', { format: 'dot' })).rejects.toThrow(/Unknown name 'y'/);
    } finally {
      remove();
    }
  });

  test('ends with 0 after shutdown and exit', async () => {
    expect(await client.stop()).toBe(0);
    expect(client.stderr()).toBe('');
  });
});

describe('the end', () => {
  test.each([
    ['garbage', 'hello\r\n\r\nworld'],
    ['a body that is no JSON', 'Content-Length: 5\r\n\r\n{{{{{'],
    ['a length that is no number', 'Content-Length: many\r\n\r\n{}'],
  ])('comes with %s', async (_, input) => {
    const child = spawn(process.execPath, [MAIN, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const code = new Promise((resolve) => child.on('close', resolve));
    child.stdin.write(input);
    expect(await Promise.race([code, new Promise((resolve) => setTimeout(() => resolve('still there'), 15_000))])).toBe(1);
  });

  test('of the client is that of the server and of its check', async () => {
    const home2 = folderOf({ 'big.heddle': bigSpec() });
    const other = await startClient(home2.folder, { workers: 1 });
    other.open('big.heddle', bigSpec());
    void other.connection.sendRequest('workspace/executeCommand', { command: 'heddle.check', arguments: [{ uri: other.uri('big.heddle'), check: 'long' }] }).catch(() => undefined);
    expect(await eventually(() => childrenOf(other.child.pid!).length > 0)).toBe(true);
    const [check] = childrenOf(other.child.pid!);
    other.child.stdin!.destroy();
    expect(await other.closed).toBe(1);
    expect(await eventually(() => !alive(check!))).toBe(true);
    home2.remove();
    expect(existsSync(home2.folder)).toBe(false);
  });

  test('of a server that is killed is that of its check', async () => {
    const home2 = folderOf({ 'big.heddle': bigSpec() });
    const other = await startClient(home2.folder, { workers: 1 });
    other.open('big.heddle', bigSpec());
    void other.connection.sendRequest('workspace/executeCommand', { command: 'heddle.check', arguments: [{ uri: other.uri('big.heddle'), check: 'long' }] }).catch(() => undefined);
    expect(await eventually(() => childrenOf(other.child.pid!).length > 0)).toBe(true);
    const [check] = childrenOf(other.child.pid!);
    other.child.kill('SIGKILL');
    await other.closed;
    expect(await eventually(() => !alive(check!))).toBe(true);
    home2.remove();
  });
});
