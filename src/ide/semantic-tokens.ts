// Colours by meaning: names by what they stand for; words, numbers, texts and comments for editors that have no grammar.

import type { SourceFile, Span } from '../base/span.js';
import { unreachable } from '../base/unreachable.js';
import { RESERVED } from '../parser/tokens.js';
import type { Sym } from './symbols.js';
import { usesIn } from './uses.js';
import { BUILTIN_FUNCTIONS } from './words.js';
import { moduleOf, type World } from './world.js';

export const TOKEN_TYPES = ['keyword', 'comment', 'string', 'number', 'namespace', 'type', 'struct', 'class', 'enum', 'enumMember', 'variable', 'parameter', 'property', 'function', 'macro', 'event', 'label'] as const;
export const TOKEN_MODIFIERS = ['declaration', 'readonly', 'modification', 'abstract', 'defaultLibrary', 'shared', 'ghost'] as const;

export interface SemanticToken {
  readonly span: Span;
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly modifiers: readonly (typeof TOKEN_MODIFIERS)[number][];
}

/** In the order of the text, none across a line break. */
export function semanticTokens(world: World, file: SourceFile): readonly SemanticToken[] {
  const named = new Map<number, SemanticToken>();
  for (const u of usesIn(world, moduleOf(file)).list) {
    const [symbol] = u.symbols;
    if (symbol === undefined) continue;
    const { type, modifiers } = looks(symbol);
    const more = [...modifiers];
    if (u.access === 'declare') more.push('declaration');
    if (u.access === 'write') more.push('modification');
    if (world.isReadOnly(symbol.file)) more.push('defaultLibrary');
    named.set(u.span.start, { span: u.span, type, modifiers: more });
  }
  return lexical(file).flatMap((t): readonly SemanticToken[] => {
    const name = named.get(t.span.start);
    if (name !== undefined && name.span.end === t.span.end) return [name];
    return t.type === undefined ? [] : [{ span: t.span, type: t.type, modifiers: t.type === 'function' ? ['defaultLibrary'] : [] }];
  });
}

function looks(s: Sym): Pick<SemanticToken, 'type' | 'modifiers'> {
  const modifiers = s.isAbstract === true ? (['abstract'] as const) : [];
  switch (s.kind) {
    case 'const':
    case 'context':
    case 'bound':
      return { type: 'variable', modifiers: [...modifiers, 'readonly'] };
    case 'enum':
      return { type: 'enum', modifiers };
    case 'member':
      return { type: 'enumMember', modifiers: ['readonly'] };
    case 'type':
      return { type: 'type', modifiers };
    case 'record':
      return { type: 'struct', modifiers };
    case 'pool':
      return { type: 'class', modifiers };
    case 'field':
      return { type: 'property', modifiers: ['shared'] };
    case 'variable':
      return { type: 'variable', modifiers: ['shared'] };
    case 'ghost':
      return { type: 'variable', modifiers: ['ghost'] };
    case 'local':
      return { type: 'variable', modifiers };
    case 'parameter':
      return { type: 'parameter', modifiers };
    case 'def':
    case 'procedure':
    case 'process':
      return { type: 'function', modifiers };
    case 'macro':
      return { type: 'macro', modifiers };
    case 'invariant':
    case 'property':
    case 'assertion':
    case 'check':
      return { type: 'event', modifiers };
    case 'prefix':
      return { type: 'namespace', modifiers };
    case 'label':
      return { type: 'label', modifiers };
    default:
      return unreachable(s.kind);
  }
}

const WORDS: ReadonlySet<string> = new Set(RESERVED);
/** Words that are names elsewhere: coloured where no name was found. */
const SOFT: ReadonlySet<string> = new Set(['spec', 'steps', 'step', 'statement', 'label', 'manual', 'only', 'never', 'noleak', 'reuse', 'as', 'of', 'set', 'seq', 'violated', 'holds', 'interrupts', 'inout', 'bool', 'pid', 'deadlock']);

function lexical(file: SourceFile): readonly { readonly span: Span; readonly type?: SemanticToken['type'] }[] {
  const found: { span: Span; type?: SemanticToken['type'] }[] = [];
  for (const m of file.text.matchAll(/\/\/[^\n\r]*|"[^"\n\r]*"?|[A-Za-z_][A-Za-z0-9_]*|[0-9]+/g)) {
    const [text] = m;
    const span = { start: m.index, end: m.index + text.length };
    const c = text[0]!;
    if (c === '/') found.push({ span, type: 'comment' });
    else if (c === '"') found.push({ span, type: 'string' });
    else if (/[0-9]/.test(c)) found.push({ span, type: 'number' });
    else if (Object.hasOwn(BUILTIN_FUNCTIONS, text) && file.text[span.end] === '(') found.push({ span, type: 'function' });
    else found.push(WORDS.has(text) || SOFT.has(text) ? { span, type: 'keyword' } : { span });
  }
  return found;
}
