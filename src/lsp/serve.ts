// The language server on standard input and output: what it can do, and how it ends. Whatever ends it (the client's `exit`, a client that
// dies, input that is no protocol), it leaves no process behind.

import { availableParallelism, totalmem } from 'node:os';
import {
  createConnection, DidChangeWatchedFilesNotification, ProposedFeatures, StreamMessageReader, StreamMessageWriter, TextDocumentSyncKind, type InitializeParams, type InitializeResult,
} from 'vscode-languageserver/node';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../ide/semantic-tokens.js';
import { COMMANDS, registerCommands } from './commands.js';
import { CODE_ACTION_KINDS, registerFeatures } from './features.js';
import { Runs } from './runs.js';
import { Session, type Settings } from './session.js';
import { pathOfUri } from './uri.js';

export interface ServeOptions {
  readonly version: string;
  /** The folder of the shipped library, with forward slashes and none at its end. */
  readonly library: string;
  /** The module that carries out a check, for a process of its own. */
  readonly checkScript: URL;
  /** How the command line is started: program and first arguments. */
  readonly cli: readonly string[];
}

/** Serves until the client goes; the process then ends with 0 after `shutdown`, else with 1. */
export function serve(options: ServeOptions): void {
  const reader = new StreamMessageReader(process.stdin);
  const connection = createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout));
  const session = new Session(connection, new Runs(options.checkScript), options.library, defaultSettings());
  let isShutDown = false;
  let canShowProgress = false;
  let canWatch = false;
  let canChangeFolders = false;

  const end = (code: number): never => {
    session.dispose();
    process.exit(code);
  };
  process.on('exit', () => session.dispose());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(1));
  process.stdin.on('end', () => end(isShutDown ? 0 : 1));
  process.stdin.on('close', () => end(isShutDown ? 0 : 1));
  process.stdout.on('error', () => end(1));
  reader.onError((error) => {
    process.stderr.write(`heddle lsp: what came in is no message of the protocol: ${error.message}\n`);
    end(1);
  });

  connection.onInitialize((params): InitializeResult => {
    const { capabilities } = params;
    canShowProgress = capabilities.window?.workDoneProgress === true;
    canWatch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    canChangeFolders = capabilities.workspace?.workspaceFolders === true;
    session.snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    session.canRefreshLenses = capabilities.workspace?.codeLens?.refreshSupport === true;
    session.canRefreshHints = capabilities.workspace?.inlayHint?.refreshSupport === true;
    session.settings = settingsFrom(params.initializationOptions, session.settings);
    setFolders(session, foldersOf(params));
    return { capabilities: CAPABILITIES, serverInfo: { name: 'heddle', version: options.version } };
  });
  connection.onInitialized(() => {
    if (canChangeFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(pathsOf(removed.map((f) => f.uri)));
        setFolders(session, [...session.folders.filter((f) => !gone.has(f)), ...pathsOf(added.map((f) => f.uri))]);
      });
    }
    if (canWatch) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.heddle' }] }).catch(() => undefined);
  });
  connection.onShutdown(() => void (isShutDown = true));
  connection.onExit(() => end(isShutDown ? 0 : 1));

  connection.onDidOpenTextDocument(({ textDocument: d }) => session.opened(d.uri, d.text, d.version));
  connection.onDidChangeTextDocument(({ textDocument: d, contentChanges }) => session.changed(d.uri, contentChanges, d.version));
  connection.onDidCloseTextDocument(({ textDocument: d }) => session.closed(d.uri));
  connection.onDidSaveTextDocument(({ textDocument: d }) => session.onDisk(d.uri));
  connection.onDidChangeWatchedFiles(({ changes }) => changes.forEach((c) => session.onDisk(c.uri)));
  connection.onDidChangeConfiguration(({ settings }) => {
    session.settings = settingsFrom((settings as { readonly heddle?: unknown } | null)?.heddle, session.settings);
  });
  registerFeatures(session);
  registerCommands(session, options.cli, () => canShowProgress);
  connection.listen();
}

function foldersOf(params: InitializeParams): readonly string[] {
  const uris = params.workspaceFolders?.map((f) => f.uri) ?? (params.rootUri ? [params.rootUri] : []);
  return pathsOf(uris);
}

const pathsOf = (uris: readonly string[]): readonly string[] => uris.filter((u) => u.startsWith('file:')).map((u) => pathOfUri(u).replace(/\/+$/, ''));

function setFolders(session: Session, folders: readonly string[]): void {
  session.folders = folders;
  session.texts.setFolders(folders);
}

const defaultSettings = (): Settings => ({ workers: Math.max(1, availableParallelism() - 1), maxMemoryBytes: Math.floor(totalmem() / 2) });

/** `workers`, `maxMemoryMb`, `timeLimitSeconds`; what is no positive number counts as not given. */
function settingsFrom(given: unknown, before: Settings): Settings {
  const value = (name: string): number | undefined => {
    const found = typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[name] : undefined;
    return typeof found === 'number' && Number.isFinite(found) && found > 0 ? found : undefined;
  };
  const workers = value('workers');
  const memory = value('maxMemoryMb');
  const seconds = value('timeLimitSeconds');
  return {
    ...before,
    ...(workers === undefined ? {} : { workers: Math.floor(workers) || 1 }),
    ...(memory === undefined ? {} : { maxMemoryBytes: memory * 2 ** 20 }),
    ...(seconds === undefined ? {} : { timeLimitMs: seconds * 1000 }),
  };
}

const CAPABILITIES: InitializeResult['capabilities'] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
  hoverProvider: true,
  completionProvider: { triggerCharacters: ['.', '"', '/', ':'] },
  signatureHelpProvider: { triggerCharacters: ['(', ','] },
  definitionProvider: true,
  typeDefinitionProvider: true,
  implementationProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n', ')', ']'] },
  semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] }, full: true, range: true },
  inlayHintProvider: true,
  codeActionProvider: { codeActionKinds: CODE_ACTION_KINDS },
  codeLensProvider: { resolveProvider: false },
  callHierarchyProvider: true,
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  executeCommandProvider: { commands: [...COMMANDS], workDoneProgress: true },
};
