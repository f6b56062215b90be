// Spellings of other languages. Where one has a counterpart in Heddle it is reported and then read as that, so that it gives one report and no more.

import type { IToken, TokenType } from 'chevrotain';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { SourceFile } from '../base/span.js';
import { Arrow, Assign, OpenText, OPERATOR_TOKENS, Slip } from './tokens.js';

/** What a foreign operator is written as here, and the token it is read as, if one stands for it alone. */
const OPERATORS: Readonly<Record<string, { readonly advice: string; readonly as?: TokenType | undefined }>> = {
  '&': { advice: '`&&`', as: OPERATOR_TOKENS['&&'] },
  '|': { advice: '`||`', as: OPERATOR_TOKENS['||'] },
  '=<': { advice: '`<=`', as: OPERATOR_TOKENS['<='] },
  '/=': { advice: '`!=`', as: OPERATOR_TOKENS['!='] },
  '|->': { advice: '`->` in a map, `:` in a record', as: Arrow },
  '\\cup': { advice: '`union`', as: OPERATOR_TOKENS['union'] },
  '\\union': { advice: '`union`', as: OPERATOR_TOKENS['union'] },
  '\\cap': { advice: '`intersect`', as: OPERATOR_TOKENS['intersect'] },
  '\\intersect': { advice: '`intersect`', as: OPERATOR_TOKENS['intersect'] },
  '\\': { advice: '`minus`', as: OPERATOR_TOKENS['minus'] },
  '\\setminus': { advice: '`minus`', as: OPERATOR_TOKENS['minus'] },
  '\\land': { advice: '`&&`', as: OPERATOR_TOKENS['&&'] },
  '\\lor': { advice: '`||`', as: OPERATOR_TOKENS['||'] },
  '\\lnot': { advice: '`!`', as: OPERATOR_TOKENS['!'] },
  '\\neg': { advice: '`!`', as: OPERATOR_TOKENS['!'] },
  '\\equiv': { advice: '`<=>`', as: OPERATOR_TOKENS['<=>'] },
  '\\leq': { advice: '`<=`', as: OPERATOR_TOKENS['<='] },
  '\\geq': { advice: '`>=`', as: OPERATOR_TOKENS['>='] },
  '\\div': { advice: '`/` (it truncates, as in C)', as: OPERATOR_TOKENS['/'] },
  '\\notin': { advice: '`!(x in S)`', as: OPERATOR_TOKENS['in'] },
  '\\subseteq': { advice: '`forall x in S: x in T`', as: OPERATOR_TOKENS['=='] },
  '\\subset': { advice: '`forall x in S: x in T`', as: OPERATOR_TOKENS['=='] },
  '\\o': { advice: '`append(q, x)`; sequences are not joined' },
  '\\X': { advice: 'a record, or a map of maps; there are no products of sets' },
  '^': { advice: 'a product written out; there is no power' },
  '@': { advice: 'the value itself: `m with [k] = m[k]`' },
  '@@': { advice: '`m with [k] = v`' },
  ':>': { advice: '`[k in K -> e]`' },
};

export interface Cleaned {
  readonly tokens: IToken[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Replaces or drops what is foreign, and reports it. */
export function withoutSlips(source: SourceFile, tokens: readonly IToken[]): Cleaned {
  const diagnostics: Diagnostic[] = [];
  const semicolons = tokens.filter((t) => t.tokenType === Slip && t.image === ';');
  const kept = tokens.filter((token) => {
    const at = { file: source, start: token.startOffset, end: token.endOffset! + 1 };
    if (token.tokenType === OpenText) diagnostics.push(diagnostic('parse/unclosed-text', at, {}));
    if (token.tokenType !== Slip) return true;
    if (token === semicolons[0]) diagnostics.push(diagnostic('parse/semicolon', at, { more: semicolons.length - 1 }));
    if (token.image === ';') return false;
    if (/^(\(\*|\/\*|\\\*)/.test(token.image)) {
      diagnostics.push(diagnostic('parse/foreign-comment', { ...at, end: at.start + 2 }, { written: token.image.slice(0, 2) }));
      return false;
    }
    if (/^([-+*%]=|\+\+)$/.test(token.image)) {
      // Read as an assignment; its right side stands for itself.
      diagnostics.push(diagnostic('parse/compound-assignment', at, { written: token.image, operator: token.image[0]! }));
      retype(token, Assign);
      return token.image !== '++';
    }
    const known = OPERATORS[token.image];
    diagnostics.push(diagnostic('parse/foreign-operator', at, { written: token.image, ...(known ? { advice: known.advice } : {}) }));
    if (!known?.as) return false;
    retype(token, known.as);
    return true;
  });
  return { tokens: kept, diagnostics };
}

function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx!;
}
