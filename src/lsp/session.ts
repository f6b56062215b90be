// What the server knows while it runs: texts, verdicts, settings; and what is published when they change.

import type { ChildProcess } from 'node:child_process';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CodeLensRefreshRequest, DiagnosticSeverity, type Connection, type Diagnostic, type TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { SourceFile } from '../base/span.js';
import type { Place as OutcomePlace } from '../checker/outcome.js';
import { diagnose, type Finding } from '../ide/diagnose.js';
import { Texts } from '../ide/texts.js';
import { closureOf, moduleOf } from '../ide/world.js';
import * as convert from './convert.js';
import { disk } from './disk.js';
import type { Runs } from './runs.js';
import { pathOfUri, uriOfPath } from './uri.js';
import { isUnexpected, Verdicts, verdictText, type Verdict } from './verdicts.js';

export interface Settings {
  readonly workers: number;
  readonly maxMemoryBytes: number;
  readonly timeLimitMs?: number;
}

/** After the last keystroke: what the analysis finds, and what lowering finds too. */
const ANALYSE_AFTER_MS = 150;
const LOWER_AFTER_MS = 600;
/** A spec whose lowering takes long is lowered after so many times as long without a keystroke. */
const PATIENCE = 5;
/** More steps than this are read in the trace's own document. */
const MOST_RELATED_STEPS = 60;

export class Session {
  readonly texts: Texts;
  readonly verdicts = new Verdicts();
  settings: Settings;
  snippets = false;
  /** Folders that the client has open. */
  folders: readonly string[] = [];
  /** Processes of the command line that are under way. */
  readonly children = new Set<ChildProcess>();
  canRefreshLenses = false;
  canRefreshHints = false;
  private readonly documents = new Map<string, TextDocument>();
  private readonly timers = new Map<string, NodeJS.Timeout[]>();
  private readonly findings = new Map<string, readonly Finding[]>();
  private readonly marked = new Set<string>();
  private lastLoweringMs = 0;

  constructor(readonly connection: Connection, readonly runs: Runs, readonly library: string, settings: Settings) {
    this.texts = new Texts(disk, library);
    this.settings = settings;
  }

  readonly uri = (file: SourceFile): string => uriOfPath(this.texts.pathOf(file));

  // ---- texts --------------------------------------------------------------------------------------------------------

  opened(uri: string, text: string, version: number): void {
    this.documents.set(uri, TextDocument.create(uri, 'heddle', version, text));
    this.takeText(uri, text);
  }

  changed(uri: string, changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    const before = this.documents.get(uri);
    if (before === undefined) return;
    const document = TextDocument.update(before, [...changes], version);
    this.documents.set(uri, document);
    this.takeText(uri, document.getText());
  }

  closed(uri: string): void {
    this.documents.delete(uri);
    this.texts.close(pathOfUri(uri));
    this.timers.get(uri)?.forEach(clearTimeout);
    this.timers.delete(uri);
    this.findings.delete(uri);
    void this.connection.sendDiagnostics({ uri, diagnostics: [] });
    this.textsChanged(pathOfUri(uri));
  }

  /** A file has come, gone or changed. What is open counts as it is in the editor: saving it changes nothing. */
  onDisk(uri: string): void {
    this.texts.changed(pathOfUri(uri));
    if (!this.texts.isOpen(pathOfUri(uri))) this.textsChanged(pathOfUri(uri));
  }

  /** The text of a document of a request; undefined where it cannot be read. */
  file(uri: string): SourceFile | undefined {
    return this.texts.get(pathOfUri(uri));
  }

  private takeText(uri: string, text: string): void {
    this.texts.set(pathOfUri(uri), text);
    this.textsChanged(pathOfUri(uri));
  }

  /** Every open text that rests on the changed one is looked at again, a moment later. */
  private textsChanged(path: string): void {
    for (const uri of this.documents.keys()) {
      if (pathOfUri(uri) === path || this.restsOn(pathOfUri(uri), path)) this.schedule(uri);
    }
    if (this.verdicts.markStale((entry) => entry === path || this.restsOn(entry, path))) this.showVerdicts();
  }

  private restsOn(entry: string, path: string): boolean {
    const file = this.texts.get(entry);
    return file !== undefined && closureOf(this.texts, moduleOf(file)).some((m) => this.texts.pathOf(m.source) === path);
  }

  private schedule(uri: string): void {
    this.timers.get(uri)?.forEach(clearTimeout);
    const lowerAfterMs = Math.max(LOWER_AFTER_MS, PATIENCE * this.lastLoweringMs);
    this.timers.set(uri, [setTimeout(() => this.publish(uri, false), ANALYSE_AFTER_MS), setTimeout(() => this.publish(uri, true), lowerAfterMs)]);
  }

  // ---- diagnostics --------------------------------------------------------------------------------------------------

  private publish(uri: string, lowered: boolean): void {
    const document = this.documents.get(uri);
    const file = this.file(uri);
    if (document === undefined || file === undefined) return;
    const begun = performance.now();
    try {
      this.findings.set(uri, diagnose(this.texts, file, lowered));
    } catch (error) {
      // A bug of ours costs the diagnostics of this text, not the session.
      this.connection.console.error(`This is a bug in Heddle: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return;
    }
    if (lowered) this.lastLoweringMs = performance.now() - begun;
    this.send(uri, file, document.version);
    if (lowered && this.canRefreshHints) void this.connection.languages.inlayHint.refresh().catch(() => undefined);
  }

  private send(uri: string, file: SourceFile, version?: number): void {
    const own = (this.findings.get(uri) ?? []).map((f) => convert.diagnostic(this.uri, file, f));
    void this.connection.sendDiagnostics({ uri, diagnostics: [...own, ...this.verdictDiagnostics(file)], ...(version === undefined ? {} : { version }) });
  }

  /** What actions are offered for: what was published for the text as it is now, else what the analysis finds. */
  findingsOf(file: SourceFile): readonly Finding[] {
    const published = this.findings.get(this.uri(file)) ?? [];
    return published.some((f) => f.diagnostic.at.file === file) ? published : diagnose(this.texts, file, false);
  }

  // ---- verdicts -----------------------------------------------------------------------------------------------------

  /** Shows verdicts anew in every file that has some, open or not. */
  showVerdicts(): void {
    const now = new Set(this.verdicts.all().flatMap((v) => (v.stale ? [] : [uriOfPath(this.fileOfVerdict(v))])));
    for (const uri of new Set([...now, ...this.marked])) {
      const file = this.file(uri);
      if (file !== undefined) this.send(uri, file, this.documents.get(uri)?.version);
    }
    this.marked.clear();
    now.forEach((uri) => this.marked.add(uri));
    if (this.canRefreshLenses) void this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }

  private fileOfVerdict(v: Verdict): string {
    return v.property.at === undefined ? v.entry : this.pathOfShown(v.property.at.file);
  }

  pathOfShown(shown: string): string {
    return this.texts.pathOf({ path: shown, text: '' });
  }

  private verdictDiagnostics(file: SourceFile): readonly Diagnostic[] {
    const path = this.texts.pathOf(file);
    return this.verdicts.all().flatMap((v): readonly Diagnostic[] => {
      if (v.stale || v.property.verdict === 'holds' && !isUnexpected(v) || this.fileOfVerdict(v) !== path) return [];
      return [this.verdictDiagnostic(file, v)];
    });
  }

  private verdictDiagnostic(file: SourceFile, v: Verdict): Diagnostic {
    const { property: p } = v;
    const steps = p.trace?.steps.slice(0, MOST_RELATED_STEPS) ?? [];
    return {
      range: p.at === undefined ? this.headOf(file, v.outcome.check) : this.rangeAt(file, p.at),
      severity: isUnexpected(v) ? DiagnosticSeverity.Error : p.verdict === 'undecided' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
      code: 'check/verdict',
      source: 'heddle check',
      message: `${p.name}: ${verdictText(v)}${p.trace === undefined ? '' : `\n${p.trace.fault}`}`,
      relatedInformation: steps.map((s) => ({
        location: { uri: uriOfPath(this.pathOfShown(s.file)), range: this.rangeOfStep(s) },
        message: `${s.index}. ${s.process}: ${s.text}`,
      })),
    };
  }

  private rangeOfStep(place: OutcomePlace): Diagnostic['range'] {
    const start = { line: place.line - 1, character: place.column - 1 };
    return { start, end: start };
  }

  private rangeAt(file: SourceFile, { line, column }: OutcomePlace): Diagnostic['range'] {
    const at = convert.offset(file, { line: line - 1, character: column - 1 });
    const name = /^\w+/.exec(file.text.slice(at))?.[0] ?? '';
    return convert.range(file, { start: at, end: at + name.length });
  }

  /** Where what concerns a whole check is shown: its name, else the spec's, else the first line. */
  private headOf(file: SourceFile, check: string): Diagnostic['range'] {
    const { tree } = moduleOf(file);
    const d = tree.declarations.find((x) => x.kind === 'check' && x.name.text === check) ?? tree.declarations.find((x) => x.kind === 'spec');
    return convert.range(file, d !== undefined && 'name' in d ? d.name.span : { start: 0, end: 0 });
  }

  dispose(): void {
    for (const list of this.timers.values()) list.forEach(clearTimeout);
    this.runs.killAll();
    for (const child of this.children) child.kill('SIGKILL');
  }
}
