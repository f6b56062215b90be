// Reading Chevrotain's concrete tree: children by the name of their rule or token, and spans as half-open offsets.

import type { CstElement, CstNode, IToken, TokenType } from 'chevrotain';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { Code, Details } from '../base/catalogue/index.js';
import type { SourceFile, Span } from '../base/span.js';
import type { LocalVar, Name, Path } from '../ast/nodes.js';
import { Identifier } from './tokens.js';

/** What building the tree of one file carries along. */
export interface Building {
  readonly source: SourceFile;
  readonly diagnostics: Diagnostic[];
  /** Locals found behind the head of the body that is being built (already reported); they join those of the head. */
  strayLocals: LocalVar[];
}

export function report<C extends Code>(b: Building, code: C, span: Span, details: Details<C>, related?: Diagnostic['related']): void {
  b.diagnostics.push(diagnostic(code, { file: b.source, ...span }, details, related));
}

export const nodesOf = (parent: CstNode, rule: string): readonly CstNode[] => (parent.children[rule] ?? []) as CstNode[];
export const nodeOf = (parent: CstNode, rule: string): CstNode | undefined => parent.children[rule]?.[0] as CstNode | undefined;
export const tokensOf = (parent: CstNode, token: TokenType | string): readonly IToken[] =>
  (parent.children[typeof token === 'string' ? token : token.name] ?? []) as IToken[];
export const tokenOf = (parent: CstNode, token: TokenType | string): IToken | undefined => tokensOf(parent, token)[0];

/** The only child of a node that is a choice between rules, if it could be read. */
export function onlyNode(parent: CstNode): CstNode | undefined {
  for (const rule in parent.children) {
    const child = parent.children[rule]![0]!;
    if ('children' in child) return child;
  }
  return undefined;
}

export function spanOf(element: CstElement): Span {
  if (!('children' in element)) return { start: element.startOffset, end: element.endOffset! + 1 };
  const start = element.location?.startOffset ?? 0;
  // A rule that read nothing has no end.
  return Number.isNaN(start) ? { start: 0, end: 0 } : { start, end: (element.location?.endOffset ?? start - 1) + 1 };
}

export const join = (from: Span, to: Span): Span => ({ start: from.start, end: to.end });

export const nameOf = (token: IToken): Name => ({ text: token.image, span: spanOf(token) });
export const nameIn = (parent: CstNode, label: TokenType | string = Identifier): Name => nameOf(tokenOf(parent, label)!);
export const pathOf = (node: CstNode): Path => ({ parts: tokensOf(node, Identifier).map(nameOf), span: spanOf(node) });
