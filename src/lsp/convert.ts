// From offsets and plain data to what the protocol speaks.

import {
  CodeActionKind, CompletionItemKind, DiagnosticSeverity, DiagnosticTag, DocumentHighlightKind, FoldingRangeKind, InlayHintKind, InsertTextFormat, MarkupKind, SymbolKind,
  type CodeAction, type CompletionItem, type Diagnostic, type DocumentSymbol, type FoldingRange, type Hover, type InlayHint, type Location, type Position, type Range, type TextEdit,
} from 'vscode-languageserver';
import { positionAt, startsOfLines, type SourceFile, type Span } from '../base/span.js';
import type { Completion, Completions } from '../ide/complete.js';
import type { Finding } from '../ide/diagnose.js';
import type { Hint } from '../ide/hints.js';
import type { Hover as IdeHover } from '../ide/hover.js';
import type { OutlineItem } from '../ide/outline.js';
import type { Place, TextEdit as IdeEdit } from '../ide/place.js';
import type { Reference } from '../ide/navigate.js';
import { TOKEN_MODIFIERS, TOKEN_TYPES, type SemanticToken } from '../ide/semantic-tokens.js';
import { plain } from '../ide/snippets.js';
import type { Fold } from '../ide/structure.js';
import type { SymKind } from '../ide/symbols.js';

export function position(file: SourceFile, offset: number): Position {
  const { line, column } = positionAt(file, offset);
  return { line: line - 1, character: column - 1 };
}

export const range = (file: SourceFile, span: Span): Range => ({ start: position(file, span.start), end: position(file, span.end) });

/** Positions beyond a line count as its end, those beyond the text as its end. */
export function offset(file: SourceFile, { line, character }: Position): number {
  const starts = startsOfLines(file);
  const start = starts[line];
  if (start === undefined) return file.text.length;
  const next = starts[line + 1];
  const end = next === undefined ? file.text.length : next - (file.text[next - 2] === '\r' ? 2 : 1);
  return Math.min(start + Math.max(0, character), Math.max(start, end));
}

export const span = (file: SourceFile, r: Range): Span => ({ start: offset(file, r.start), end: offset(file, r.end) });

export type UriOf = (file: SourceFile) => string;

export const location = (uri: UriOf, p: Place): Location => ({ uri: uri(p.file), range: range(p.file, p.span) });

export const edits = (file: SourceFile, list: readonly IdeEdit[]): TextEdit[] => list.map((e) => ({ range: range(file, e.span), newText: e.text }));

export function diagnostic(uri: UriOf, file: SourceFile, f: Finding): Diagnostic {
  const d = f.diagnostic;
  return {
    range: range(file, f.span),
    severity: d.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code: d.code,
    source: 'heddle',
    message: d.help === undefined ? d.message : `${d.message}\n${d.help}`,
    ...(f.isUnnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(d.related === undefined ? {} : { relatedInformation: d.related.map((r) => ({ location: location(uri, { file: r.at.file, span: r.at }), message: r.message })) }),
  };
}

export function hoverOf(file: SourceFile, h: IdeHover): Hover {
  return { range: range(file, h.span), contents: { kind: MarkupKind.Markdown, value: [`\`\`\`heddle\n${h.code}\n\`\`\``, ...h.text].join('\n\n') } };
}

const COMPLETION_KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  const: CompletionItemKind.Constant, enum: CompletionItemKind.Enum, member: CompletionItemKind.EnumMember, type: CompletionItemKind.Interface, record: CompletionItemKind.Struct,
  pool: CompletionItemKind.Class, field: CompletionItemKind.Field, variable: CompletionItemKind.Variable, ghost: CompletionItemKind.Variable, context: CompletionItemKind.Constant,
  def: CompletionItemKind.Function, macro: CompletionItemKind.Method, procedure: CompletionItemKind.Method, process: CompletionItemKind.Event, invariant: CompletionItemKind.Property,
  property: CompletionItemKind.Property, assertion: CompletionItemKind.Property, check: CompletionItemKind.Event, prefix: CompletionItemKind.Module, parameter: CompletionItemKind.Variable,
  local: CompletionItemKind.Variable, bound: CompletionItemKind.Variable, label: CompletionItemKind.Reference, keyword: CompletionItemKind.Keyword, snippet: CompletionItemKind.Snippet,
  function: CompletionItemKind.Function, module: CompletionItemKind.Module,
};

export function completionItems(file: SourceFile, { span: at, items }: Completions, snippets: boolean): CompletionItem[] {
  const where = range(file, at);
  return items.map((i) => {
    const isSnippet = i.isSnippet === true && snippets;
    const text = i.insert === undefined ? i.label : isSnippet ? i.insert : plain(i.insert);
    return {
      label: i.label,
      kind: COMPLETION_KINDS[i.kind],
      sortText: String(i.rank).padStart(3, '0'),
      textEdit: { range: where, newText: text },
      insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      ...(i.detail === undefined ? {} : { detail: i.detail }),
      ...(i.doc === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: i.doc } }),
    };
  });
}

export const SYMBOL_KINDS: Readonly<Record<SymKind | 'init', SymbolKind>> = {
  const: SymbolKind.Constant, enum: SymbolKind.Enum, member: SymbolKind.EnumMember, type: SymbolKind.Interface, record: SymbolKind.Struct, pool: SymbolKind.Class, field: SymbolKind.Field,
  variable: SymbolKind.Variable, ghost: SymbolKind.Variable, context: SymbolKind.Constant, def: SymbolKind.Function, macro: SymbolKind.Method, procedure: SymbolKind.Method,
  process: SymbolKind.Event, invariant: SymbolKind.Property, property: SymbolKind.Property, assertion: SymbolKind.Property, check: SymbolKind.Object, prefix: SymbolKind.Module,
  parameter: SymbolKind.Variable, local: SymbolKind.Variable, bound: SymbolKind.Variable, label: SymbolKind.Key, init: SymbolKind.Constructor,
};

export const documentSymbol = (file: SourceFile, i: OutlineItem): DocumentSymbol => ({
  name: i.name,
  detail: i.detail,
  kind: SYMBOL_KINDS[i.kind],
  range: range(file, i.whole),
  selectionRange: range(file, i.at),
  children: i.children.map((c) => documentSymbol(file, c)),
});

export const highlight = (file: SourceFile, r: Reference): { readonly range: Range; readonly kind: DocumentHighlightKind } => ({
  range: range(file, r.span),
  kind: r.access === 'write' || r.access === 'declare' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
});

export function foldingRange(file: SourceFile, f: Fold): FoldingRange {
  const { start, end } = range(file, f.span);
  const last = f.kind === 'code' && file.text[f.span.end - 1] === '}' ? end.line - 1 : end.line;
  const kind = f.kind === 'comment' ? FoldingRangeKind.Comment : f.kind === 'imports' ? FoldingRangeKind.Imports : FoldingRangeKind.Region;
  return { startLine: start.line, endLine: Math.max(start.line, last), ...(f.kind === 'code' ? {} : { kind }) };
}

export const inlayHint = (file: SourceFile, h: Hint): InlayHint => ({
  position: position(file, h.at),
  label: h.label,
  ...(h.kind === 'type' ? { kind: InlayHintKind.Type } : { paddingRight: true }),
  ...(h.tooltip === undefined ? {} : { tooltip: h.tooltip }),
});

/** Lines and characters relative to the token before, as the protocol packs them. */
export function packedTokens(file: SourceFile, tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let [line, character] = [0, 0];
  for (const t of tokens) {
    const at = position(file, t.span.start);
    const bits = t.modifiers.reduce((sum, m) => sum | (1 << TOKEN_MODIFIERS.indexOf(m)), 0);
    data.push(at.line - line, at.line === line ? at.character - character : at.character, t.span.end - t.span.start, TOKEN_TYPES.indexOf(t.type), bits);
    [line, character] = [at.line, at.character];
  }
  return data;
}

export const actionKind = (kind: 'fix' | 'refactor'): CodeAction['kind'] => (kind === 'fix' ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite);
