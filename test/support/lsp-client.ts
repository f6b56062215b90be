// A client of the language server: the built program on its standard streams, spoken to with a JSON-RPC library of its own.

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter, type Diagnostic, type ProtocolConnection } from 'vscode-languageserver/node';
import { MAIN } from './command-line.js';

export interface Client {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly closed: Promise<number | null>;
  readonly stderr: () => string;
  uri(name: string): string;
  open(name: string, text: string): void;
  /** Replaces a range of an open text; lines and characters count from 0. */
  change(name: string, version: number, from: readonly [number, number], to: readonly [number, number], text: string): void;
  /** The next diagnostics of a text that satisfy the condition. */
  diagnostics(name: string, isWanted: (list: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  /** A request about a place of a text. */
  at(method: string, name: string, line: number, character: number, more?: object): Promise<unknown>;
  stop(): Promise<number | null>;
}

const CAPABILITIES = {
  window: { workDoneProgress: true },
  workspace: { workspaceFolders: true, codeLens: { refreshSupport: false }, workspaceEdit: { documentChanges: true } },
  textDocument: { completion: { completionItem: { snippetSupport: true } }, publishDiagnostics: { relatedInformation: true } },
};

/** Starts a server in a folder and shakes hands with it. `main` is another program than this project's. */
export async function startClient(folder: string, options: object = {}, main = MAIN): Promise<Client> {
  const child = spawn(process.execPath, [main, 'lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  let err = '';
  child.stderr!.on('data', (part: Buffer) => (err += part.toString()));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout!), new StreamMessageWriter(child.stdin!));
  connection.onError(() => undefined);
  const seen: { uri: string; list: readonly Diagnostic[] }[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: readonly Diagnostic[] }) => {
    seen.push({ uri, list: diagnostics });
    waiting.forEach((w) => w());
  });
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  const { href } = pathToFileURL(folder);
  const initialized = connection.sendRequest('initialize', { processId: process.pid, rootUri: href, workspaceFolders: [{ uri: href, name: 'w' }], capabilities: CAPABILITIES, initializationOptions: options });
  const lost = closed.then((code) => {
    throw new Error(`The server ended with ${String(code)}: ${err}`);
  });
  lost.catch(() => undefined);
  await Promise.race([initialized, lost]);
  await connection.sendNotification('initialized', {});
  return {
    child, connection, closed, uri, stderr: () => err,
    open: (name, text) => void connection.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(name), languageId: 'heddle', version: 1, text } }),
    change: (name, version, [l1, c1], [l2, c2], text) => void connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uri(name), version }, contentChanges: [{ range: { start: { line: l1, character: c1 }, end: { line: l2, character: c2 } }, text }],
    }),
    async diagnostics(name, isWanted) {
      for (let from = 0; ; ) {
        for (; from < seen.length; from++) if (seen[from]!.uri === uri(name) && isWanted(seen[from]!.list)) return seen.splice(0, from + 1).at(-1)!.list;
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`no such diagnostics came; last: ${JSON.stringify(seen.at(-1))}`)), 20_000);
          const wake = (): void => {
            clearTimeout(timer);
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
    at: (method, name, line, character, more = {}) => connection.sendRequest(method, { textDocument: { uri: uri(name) }, position: { line, character }, ...more }),
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return closed;
    },
  };
}
