// Requests about a text: each finds the file and the offset, asks src/ide, and converts what comes back.

import {
  CodeActionKind, ResponseError, ErrorCodes, type CallHierarchyItem, type CancellationToken, type CodeAction, type CodeLens, type Location, type WorkspaceEdit,
} from 'vscode-languageserver';
import type { SourceFile } from '../base/span.js';
import { actions } from '../ide/actions.js';
import { complete } from '../ide/complete.js';
import { signature } from '../ide/describe.js';
import { format, formatOnType } from '../ide/format.js';
import { hints } from '../ide/hints.js';
import { hover } from '../ide/hover.js';
import * as navigate from '../ide/navigate.js';
import { callRoot, incomingCalls, outgoingCalls, outline, workspaceSymbols } from '../ide/outline.js';
import type { FileEdits, Place } from '../ide/place.js';
import { renamable, rename } from '../ide/rename.js';
import { semanticTokens } from '../ide/semantic-tokens.js';
import { signatureHelp } from '../ide/signature-help.js';
import { folds, lenses, links, selections } from '../ide/structure.js';
import type { Sym } from '../ide/symbols.js';
import * as convert from './convert.js';
import type { Session } from './session.js';
import { verdictText } from './verdicts.js';

interface At {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

export function registerFeatures(session: Session): void {
  const { connection, texts, uri } = session;

  /** Answers with nothing for a text that is not there, and at once for a request that nobody waits for any more. */
  const about = <P extends { readonly textDocument: { readonly uri: string } }, R>(answer: (file: SourceFile, params: P) => R) => async (params: P, token: CancellationToken): Promise<R | null> => {
    // Lets cancellations and edits that have already come in be read first.
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) throw new ResponseError(-32800, 'cancelled');
    const file = session.file(params.textDocument.uri);
    return file === undefined ? null : answer(file, params);
  };
  const at = <P extends At, R>(answer: (file: SourceFile, offset: number, params: P) => R) => about<P, R>((file, params) => answer(file, convert.offset(file, params.position), params));
  const places = (list: readonly Place[]): Location[] => list.map((p) => convert.location(uri, p));
  const workspaceEdit = (files: readonly FileEdits[]): WorkspaceEdit => ({ changes: Object.fromEntries(files.map((f) => [uri(f.file), convert.edits(f.file, f.edits)])) });

  connection.onHover(at((file, offset) => {
    const found = hover(texts, file, offset);
    return found === undefined ? null : convert.hoverOf(file, found);
  }));
  connection.onCompletion(at((file, offset) => ({ isIncomplete: false, items: convert.completionItems(file, complete(texts, file, offset), session.snippets) })));
  connection.onSignatureHelp(at((file, offset) => {
    const found = signatureHelp(texts, file, offset);
    if (found === undefined) return null;
    const parameters = found.parameters.map((label) => ({ label: [...label] as [number, number] }));
    return { signatures: [{ label: found.label, parameters, ...(found.doc === undefined ? {} : { documentation: found.doc }) }], activeSignature: 0, activeParameter: found.active };
  }));

  connection.onDefinition(at((file, offset) => places(navigate.definitions(texts, file, offset))));
  connection.onTypeDefinition(at((file, offset) => places(navigate.typeDefinitions(texts, file, offset))));
  connection.onImplementation(at((file, offset) => places(navigate.implementations(texts, file, offset))));
  connection.onReferences(at((file, offset, { context }) => {
    const found = navigate.references(texts, file, offset);
    return places(context.includeDeclaration ? found : found.filter((r) => r.access !== 'declare'));
  }));
  connection.onDocumentHighlight(at((file, offset) => navigate.highlights(texts, file, offset).map((r) => convert.highlight(file, r))));

  connection.onPrepareRename(at((file, offset) => {
    const found = renamable(texts, file, offset);
    if ('refusal' in found) throw new ResponseError(ErrorCodes.InvalidRequest, found.refusal);
    return { range: convert.range(file, found.span), placeholder: found.name };
  }));
  connection.onRenameRequest(at((file, offset, { newName }) => {
    const result = rename(texts, file, offset, newName);
    if ('refusal' in result) throw new ResponseError(ErrorCodes.InvalidRequest, result.refusal);
    return workspaceEdit(result.files);
  }));

  connection.onDocumentSymbol(about((file) => outline(file).map((i) => convert.documentSymbol(file, i))));
  connection.onWorkspaceSymbol(({ query }) => workspaceSymbols(texts, query).map((s) => ({ name: s.name, kind: convert.SYMBOL_KINDS[s.kind], location: convert.location(uri, { file: s.file, span: s.at }), containerName: s.file.path })));
  connection.onFoldingRanges(about((file) => folds(file).map((f) => convert.foldingRange(file, f))));
  connection.onSelectionRanges(about((file, { positions }) => positions.map((p) => {
    const spans = selections(file, convert.offset(file, p));
    return spans.reduceRight<{ range: ReturnType<typeof convert.range>; parent?: never } | undefined>((parent, s) => ({ range: convert.range(file, s), ...(parent === undefined ? {} : { parent: parent as never }) }), undefined)!;
  })));
  connection.onDocumentLinks(about((file) => links(texts, file).map((l) => ({ range: convert.range(file, l.span), target: uri(l.target) }))));

  connection.onDocumentFormatting(about((file) => convert.edits(file, format(file))));
  connection.onDocumentRangeFormatting(about((file, { range }) => convert.edits(file, format(file, convert.span(file, range)))));
  connection.onDocumentOnTypeFormatting(at((file, offset) => convert.edits(file, formatOnType(file, offset))));

  connection.languages.semanticTokens.on(async (params, token) => (await about((file) => ({ data: convert.packedTokens(file, semanticTokens(texts, file)) }))(params, token)) ?? { data: [] });
  connection.languages.semanticTokens.onRange(async (params, token) => (await about((file) => {
    const { start, end } = convert.span(file, params.range);
    return { data: convert.packedTokens(file, semanticTokens(texts, file).filter((t) => t.span.start < end && t.span.end > start)) };
  })(params, token)) ?? { data: [] });
  connection.languages.inlayHint.on(about((file, { range }) => hints(texts, file, convert.span(file, range), !session.canRefreshHints).map((h) => convert.inlayHint(file, h))));

  connection.onCodeAction(about((file, { range, context }) => actions(texts, file, convert.span(file, range), session.findingsOf(file)).flatMap((a): CodeAction[] => {
    const kind = convert.actionKind(a.kind)!;
    if (context.only !== undefined && !context.only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`))) return [];
    const shown = a.diagnostic && context.diagnostics.filter((d) => d.code === a.diagnostic!.code);
    return [{ title: a.title, kind, edit: workspaceEdit([{ file, edits: a.edits }]), ...(shown === undefined || shown.length === 0 ? {} : { diagnostics: shown }) }];
  })));

  connection.onCodeLens(about((file) => [...codeLenses(session, file)]));

  const item = (s: Sym): CallHierarchyItem => ({
    name: s.name, kind: convert.SYMBOL_KINDS[s.kind], detail: signature(s), uri: uri(s.file), range: convert.range(s.file, s.whole), selectionRange: convert.range(s.file, s.at),
  });
  const symbolOf = (i: CallHierarchyItem): Sym | undefined => {
    const file = session.file(i.uri);
    return file && callRoot(texts, file, convert.offset(file, i.selectionRange.start));
  };
  connection.languages.callHierarchy.onPrepare(at((file, offset) => {
    const root = callRoot(texts, file, offset);
    return root === undefined ? null : [item(root)];
  }));
  connection.languages.callHierarchy.onIncomingCalls(({ item: i }) => {
    const symbol = symbolOf(i);
    return symbol === undefined ? [] : incomingCalls(texts, symbol).map((e) => ({ from: item(e.symbol), fromRanges: e.at.map((s) => convert.range(e.symbol.file, s)) }));
  });
  connection.languages.callHierarchy.onOutgoingCalls(({ item: i }) => {
    const symbol = symbolOf(i);
    return symbol === undefined ? [] : outgoingCalls(texts, symbol).map((e) => ({ to: item(e.symbol), fromRanges: e.at.map((s) => convert.range(symbol.file, s)) }));
  });
}

export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite];

/** What can be run, and beside it what came out when it was. */
function codeLenses(session: Session, file: SourceFile): readonly CodeLens[] {
  const uri = session.uri(file);
  return lenses(file).flatMap((l): readonly CodeLens[] => {
    const range = convert.range(file, l.span);
    const run: CodeLens = { range, command: { title: l.kind === 'check' ? '▶ run' : '▶ check', command: 'heddle.check', arguments: [{ uri, ...(l.kind === 'check' ? { check: l.name } : { property: l.name }) }] } };
    if (l.kind === 'check') {
      const found = session.verdicts.ofCheck(session.texts.pathOf(file), l.name);
      const [first] = found;
      if (first === undefined) return [run];
      const count = (verdict: string): number => found.filter((v) => v.property.verdict === verdict).length;
      const parts = (['violated', 'undecided', 'holds'] as const).flatMap((v) => (count(v) === 0 ? [] : [`${count(v)} ${v === 'holds' ? 'hold' : v}`]));
      const title = `${first.outcome.outcome}: ${parts.join(', ')} · ${first.outcome.states.distinct} states${first.stale ? ' · edited since' : ''}`;
      return [run, { range, command: { title, command: 'heddle.output', arguments: [{ uri, check: l.name }] } }];
    }
    const shown = session.verdicts.of(file.path, l.name).map((v): CodeLens => ({
      range,
      command: v.property.trace === undefined ? { title: verdictText(v), command: 'heddle.output', arguments: [{ uri, check: v.outcome.check }] } : { title: `${verdictText(v)} (trace)`, command: 'heddle.trace', arguments: [{ entry: v.entry, property: v.property.name, check: v.outcome.check }] },
    }));
    return [run, ...shown];
  });
}
