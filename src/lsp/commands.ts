// workspace/executeCommand: checks, traces, and what the command line does: graphs, exports, comparison with the last commit.

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ErrorCodes, LSPErrorCodes, ResponseError, type CancellationToken, type WorkDoneProgressReporter, type WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { closureOf, moduleOf } from '../ide/world.js';
import { factsAlone } from '../ide/facts.js';
import type { Run } from './runs.js';
import type { Session } from './session.js';
import { pathOfUri, uriOfPath } from './uri.js';
import { isUnexpected } from './verdicts.js';

export const COMMANDS = ['heddle.check', 'heddle.cancel', 'heddle.trace', 'heddle.output', 'heddle.graph', 'heddle.export', 'heddle.diff'] as const;

interface Arguments {
  readonly uri?: string;
  readonly entry?: string;
  readonly check?: string;
  readonly property?: string;
  readonly to?: 'tla' | 'promela';
  readonly format?: 'svg' | 'dot' | 'json';
}

const MOST_OUTPUT_BYTES = 64 * 2 ** 20;

const refuse = (message: string): never => {
  throw new ResponseError(ErrorCodes.InvalidRequest, message);
};

/** @param cli how the command line is started: program and first arguments */
export function registerCommands(session: Session, cli: readonly string[], canShowProgress: () => boolean): void {
  const { connection } = session;
  const running = new Set<Run>();

  connection.onExecuteCommand(async ({ command, arguments: given }, token, request) => {
    const args = (given?.[0] ?? {}) as Arguments;
    switch (command) {
      case 'heddle.check':
        return check(session, args, token, running, await reporter(session, canShowProgress(), request));
      case 'heddle.cancel':
        running.forEach((r) => r.stop());
        return null;
      case 'heddle.trace': {
        const trace = session.verdicts.trace(args.entry ?? (args.uri === undefined ? undefined : entryFor(session, args.uri)), args.property ?? '', args.check);
        if (trace === undefined) return refuse(`No trace of '${args.property ?? ''}' is known; run the check first.`);
        return { title: trace.title, text: trace.text, trace: trace.property.trace, property: trace.property.name, kind: trace.property.kind, check: trace.check, uri: uriOfPath(trace.entry), files: filesOf(session, trace.property.trace?.steps ?? []) };
      }
      case 'heddle.output':
        return session.verdicts.ofCheck(pathOfUri(args.uri ?? ''), args.check ?? '')[0]?.outcome ?? null;
      case 'heddle.graph': {
        const format = args.format ?? 'svg';
        const found = await inFolder(async (folder) => {
          await run(session, cli, args, ['graph', pathOf(args), '--out', join(folder, `graph.${format}`), ...(args.check === undefined ? [] : ['--check', args.check])], token, [0]);
          return readFileSync(join(folder, `graph.${format}`), 'utf8');
        });
        return { format, content: found };
      }
      case 'heddle.export':
        return inFolder(async (folder) => {
          await run(session, cli, args, ['export', pathOf(args), '--to', args.to ?? 'tla', '--out', folder], token, [0]);
          return { files: readdirSync(folder).sort().map((name) => ({ name, content: readFileSync(join(folder, name), 'utf8') })) };
        });
      case 'heddle.diff':
        return { content: await run(session, cli, args, ['diff', '--git', 'HEAD', pathOf(args), ...(args.check === undefined ? [] : ['--check', args.check])], token, [0, 1, 3]) };
      default:
        return refuse(`There is no command '${command}'.`);
    }
  });
}

function pathOf(args: Arguments): string {
  if (args.uri === undefined) return refuse('The command needs a document.');
  return pathOfUri(args.uri);
}

const filesOf = (session: Session, steps: readonly { readonly file: string }[]): Record<string, string> =>
  Object.fromEntries([...new Set(steps.map((s) => s.file))].map((file) => [file, uriOfPath(session.pathOfShown(file))]));

/** What a file is checked through: itself, else an open spec that imports it. */
function entryFor(session: Session, uri: string): string {
  const path = pathOfUri(uri);
  const file = session.texts.get(path) ?? refuse(`${path} cannot be read.`);
  const isRunnable = (p: string): boolean => {
    const f = session.texts.get(p);
    if (f === undefined) return false;
    const { analysis } = factsAlone(session.texts, f);
    return analysis.runnable && analysis.open.length === 0;
  };
  if (isRunnable(path)) return path;
  const importers = session.texts.openPaths().filter((p) => p !== path && closureOf(session.texts, moduleOf(session.texts.get(p)!)).some((m) => m.source === file));
  return importers.find(isRunnable) ?? path;
}

interface Reporter {
  readonly show: (message: string) => void;
  readonly done: () => void;
  readonly onCancel: (stop: () => void) => void;
}

/** The client's own token when it gave one, else a progress of ours that it can cancel. */
async function reporter(session: Session, canShow: boolean, request: WorkDoneProgressReporter | undefined): Promise<Reporter> {
  const own: WorkDoneProgressServerReporter | undefined = canShow ? await session.connection.window.createWorkDoneProgress() : undefined;
  const progress = own ?? request;
  progress?.begin('Heddle', undefined, 'compiling', true);
  return { show: (message) => progress?.report(message), done: () => progress?.done(), onCancel: (stop) => void own?.token.onCancellationRequested(stop) };
}

async function check(session: Session, args: Arguments, token: CancellationToken, running: Set<Run>, progress: Reporter): Promise<unknown> {
  try {
    const entry = entryFor(session, args.uri ?? refuse('The command needs a document.'));
    const file = session.texts.get(entry)!;
    const { analysis } = factsAlone(session.texts, file);
    const configs = analysis.checks.filter((c) => (args.check === undefined ? !c.manual : c.name === args.check)).map((c) => c.name);
    // A property alone is looked at in the first configuration.
    const checks = args.property === undefined ? configs : configs.slice(0, 1);
    if (checks.length === 0) return refuse(args.check === undefined ? 'Every check of this file is manual: run one by its lens.' : `There is no check '${args.check}'.`);
    const outcomes: object[] = [];
    const run = session.runs.start(
      {
        path: entry, checks, library: session.library, folders: session.folders,
        texts: session.texts.openPaths().map((p) => [p, session.texts.get(p)!.text]),
        ...session.settings,
        ...(args.property === undefined ? {} : { properties: [args.property] }),
      },
      {
        onProgress: (name, p) => progress.show(`${name}: ${p.states} states, depth ${p.depth}`),
        onOutcome: (outcome) => {
          if (args.property === undefined) session.verdicts.forget(entry, [outcome.check]);
          session.verdicts.add(entry, outcome);
          session.showVerdicts();
          const fresh = session.verdicts.ofCheck(entry, outcome.check);
          outcomes.push({
            check: outcome.check, outcome: outcome.outcome, states: outcome.states.distinct, diagnostics: outcome.diagnostics ?? [],
            properties: outcome.properties.map((p) => ({ name: p.name, verdict: p.verdict, expected: p.expected, unexpected: fresh.some((v) => v.property === p && isUnexpected(v)), steps: p.trace?.steps.length })),
          });
        },
      },
    );
    running.add(run);
    token.onCancellationRequested(() => run.stop());
    progress.onCancel(() => run.stop());
    const problem = await run.ended;
    running.delete(run);
    if (problem !== undefined) return refuse(problem);
    return { entry: uriOfPath(entry), outcomes };
  } finally {
    progress.done();
  }
}

/** Runs the command line on saved files; gives its output. */
function run(session: Session, cli: readonly string[], args: Arguments, command: readonly string[], token: CancellationToken, codes: readonly number[]): Promise<string> {
  const path = pathOf(args);
  const folder = session.folders.find((f) => path.startsWith(`${f}/`)) ?? dirname(path);
  const [program, ...first] = cli;
  return new Promise((resolve, reject) => {
    const child = execFile(program!, [...first, ...command.map((c) => (c === path ? relative(folder, path) || path : c))], { cwd: folder, maxBuffer: MOST_OUTPUT_BYTES, env: { ...process.env, NO_COLOR: '1' } }, (error, out, err) => {
      session.children.delete(child);
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      if (codes.includes(code)) resolve(out);
      else reject(new ResponseError(LSPErrorCodes.RequestFailed, err.trim() || error?.message || `exit code ${code}`));
    });
    session.children.add(child);
    token.onCancellationRequested(() => child.kill());
  });
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
