// The extension: starts the language server, and shows what it cannot show by itself: traces, graphs, exports. It uses no network.

import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind, type ServerOptions } from 'vscode-languageclient/node';
import { showGraph } from './graph-panel.js';
import { showTracePanel, type TraceAnswer } from './trace-panel.js';

let client: LanguageClient | undefined;
const LANES = 'heddle-trace';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const lanes = new Map<string, string>();
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(LANES, { provideTextDocumentContent: (uri) => lanes.get(uri.toString()) ?? '' }),
    vscode.commands.registerCommand('heddle.checkFile', () => onDocument((uri) => ask('heddle.check', { uri }))),
    vscode.commands.registerCommand('heddle.showTrace', () => chooseTrace((answer) => showTracePanel(context.extensionUri, answer))),
    vscode.commands.registerCommand('heddle.showLanes', () => chooseTrace(async (answer) => {
      const uri = vscode.Uri.from({ scheme: LANES, path: `/${answer.title}.txt`, query: String(Date.now()) });
      lanes.set(uri.toString(), answer.text);
      await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
    })),
    vscode.commands.registerCommand('heddle.showGraph', () => onDocument(async (uri) => {
      const graph = await ask<{ content: string }>('heddle.graph', { uri, format: 'svg' });
      if (graph !== undefined) showGraph(path.basename(vscode.Uri.parse(uri).path), graph.content);
    })),
    vscode.commands.registerCommand('heddle.exportTla', () => onDocument((uri) => exportTo(uri, 'tla'))),
    vscode.commands.registerCommand('heddle.exportPromela', () => onDocument((uri) => exportTo(uri, 'promela'))),
    vscode.commands.registerCommand('heddle.diffHead', () => onDocument(async (uri) => {
      const found = await ask<{ content: string }>('heddle.diff', { uri });
      if (found !== undefined) await showText(found.content, 'plaintext');
    })),
    vscode.commands.registerCommand('heddle.restart', () => client?.restart()),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const command = vscode.workspace.isTrusted ? vscode.workspace.getConfiguration('heddle').get<readonly string[]>('server.command', []) : [];
  const [program, ...args] = command;
  const own = path.join(context.extensionPath, 'server', 'dist', 'cli', 'main.js');
  const server: ServerOptions = program === undefined ? { module: own, args: ['lsp'], transport: TransportKind.stdio } : { command: program, args };
  const made = new LanguageClient('heddle', 'Heddle', server, {
    documentSelector: [{ language: 'heddle' }],
    synchronize: { configurationSection: 'heddle', fileEvents: vscode.workspace.createFileSystemWatcher('**/*.heddle') },
    initializationOptions: vscode.workspace.getConfiguration('heddle'),
    middleware: {
      // Lenses ask for traces and outcomes by the server's own commands: what comes back is shown here.
      executeCommand: async (name, given, next) => {
        const answer: unknown = await next(name, given);
        if (name === 'heddle.trace' && answer !== null) showTracePanel(context.extensionUri, answer as TraceAnswer);
        if (name === 'heddle.output' && answer !== null) await showText(JSON.stringify(answer, undefined, 2), 'json');
        return answer;
      },
    },
  });
  client = made;
  context.subscriptions.push(made);
  await made.start();
}

async function ask<T>(command: string, argument: object): Promise<T | undefined> {
  try {
    return (await client?.sendRequest('workspace/executeCommand', { command, arguments: [argument] })) as T | undefined;
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function onDocument(action: (uri: string) => unknown): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== 'heddle') return void vscode.window.showInformationMessage('Open a Heddle spec first.');
  await action(document.uri.toString());
}

/** Asks which of the violated properties of the open files, by their diagnostics. */
async function chooseTrace(show: (answer: TraceAnswer) => unknown): Promise<void> {
  const names = vscode.languages.getDiagnostics().flatMap(([, list]) => list.filter((d) => d.source === 'heddle check' && (d.relatedInformation?.length ?? 0) > 0).map((d) => d.message.split(':')[0]!));
  const unique = [...new Set(names)];
  const name = unique.length > 1 ? await vscode.window.showQuickPick(unique, { title: 'A violated property' }) : unique[0];
  if (name === undefined) return void (unique.length === 0 && vscode.window.showInformationMessage('No violated property is known: run a check first.'));
  const answer = await ask<TraceAnswer>('heddle.trace', { property: name });
  if (answer !== undefined) await show(answer);
}

async function exportTo(uri: string, to: 'tla' | 'promela'): Promise<void> {
  const found = await ask<{ files: readonly { name: string; content: string }[] }>('heddle.export', { uri, to });
  for (const { content } of found?.files ?? []) await showText(content, to === 'tla' ? 'tlaplus' : 'promela');
}

async function showText(content: string, language: string): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({ content, language: known.includes(language) ? language : 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}
