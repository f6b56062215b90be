// The TextMate grammar, made from the words and signs of the parser's tokens: colours before the language server answers, and for tools
// that have no server. And what editors get from lists of the sources: snippets, Vim's and Emacs's words.

import { DECLARATIONS, EXPRESSIONS, STATEMENTS, type Snippet } from '../src/ide/snippets.js';
import { BUILTIN_FUNCTIONS } from '../src/ide/words.js';
import { CONTEXTUAL } from '../src/parser/tokens.js';
import type { GeneratedFile } from './generated-file.js';

const words = (list: readonly string[]): string => `\\b(?:${[...list].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|')})\\b`;

/** Reserved words by what they do; a test holds the groups to the parser's list. */
export const WORD_GROUPS = {
  declaration: ['import', 'const', 'enum', 'type', 'record', 'pool', 'extend', 'var', 'ghost', 'init', 'context', 'def', 'macro', 'procedure', 'observable', 'process', 'fair', 'invariant', 'property', 'check', 'expect', 'abstract', 'atomic'],
  control: ['skip', 'await', 'rest', 'assert', 'if', 'else', 'while', 'loop', 'break', 'continue', 'goto', 'either', 'or', 'with', 'return', 'defer', 'free', 'touch', 'new', 'until', 'then'],
  operator: ['in', 'union', 'intersect', 'minus', 'forall', 'exists', 'count', 'min', 'max', 'always', 'eventually'],
  constant: ['self', 'null', 'true', 'false'],
} as const;

const TYPES = ['bool', 'pid'];

/** Contextual words where they mean what they say; elsewhere they are names. */
const SOFT: readonly { readonly match: string; readonly name: string }[] = [
  { match: '^\\s*(spec)(?=\\s+[A-Za-z_])', name: 'keyword.other.heddle' },
  { match: '^\\s*(steps)\\s+(statement|label)\\b', name: 'keyword.other.heddle' },
  { match: '\\bstep(?=\\s+invariant\\b)', name: 'storage.type.heddle' },
  { match: '\\b(?:noleak|reuse)(?=\\s*(?:\\{|noleak|reuse))', name: 'storage.modifier.heddle' },
  { match: '\\bmanual(?=\\s*\\{)', name: 'storage.modifier.heddle' },
  { match: '^\\s*(only)(?=\\s+[A-Za-z_])', name: 'keyword.other.heddle' },
  { match: '(?<==\\s)\\s*never\\b', name: 'keyword.other.heddle' },
  { match: '(?<=")\\s+as\\b|\\bas(?=\\s+[A-Z])', name: 'keyword.other.heddle' },
  { match: '\\b(?:set|seq)\\s+of\\b', name: 'storage.type.heddle' },
  { match: '\\b(?:violated|holds)\\s*$', name: 'constant.language.heddle' },
  { match: '\\binterrupts(?=\\s+[A-Za-z_])', name: 'keyword.other.heddle' },
  { match: '\\binout(?=\\s+[A-Za-z_])', name: 'storage.modifier.heddle' },
];

export function textMateGrammar(): object {
  const name = '[A-Za-z_][A-Za-z0-9_]*';
  return {
    $comment: 'Made by `npm run generate` from the parser; do not edit.',
    name: 'Heddle',
    scopeName: 'source.heddle',
    fileTypes: ['heddle'],
    patterns: ['comments', 'texts', 'declarations', 'labels', 'soft', 'words', 'numbers', 'calls', 'operators'].map((key) => ({ include: `#${key}` })),
    repository: {
      comments: { patterns: [{ name: 'comment.line.documentation.heddle', match: '///.*$' }, { name: 'comment.line.double-slash.heddle', match: '//.*$' }] },
      texts: { patterns: [{ name: 'string.quoted.double.heddle', begin: '"', end: '"|$' }] },
      declarations: {
        patterns: [
          { match: `\\b(procedure|def|macro)\\s+(${name})`, captures: { 1: { name: 'storage.type.heddle' }, 2: { name: 'entity.name.function.heddle' } } },
          { match: `\\b(process)\\s+(${name})`, captures: { 1: { name: 'storage.type.heddle' }, 2: { name: 'entity.name.function.process.heddle' } } },
          { match: `\\b(enum|record|pool|type)\\s+(${name})`, captures: { 1: { name: 'storage.type.heddle' }, 2: { name: 'entity.name.type.heddle' } } },
          { match: `\\b(invariant|property|check)\\s+(${name})`, captures: { 1: { name: 'storage.type.heddle' }, 2: { name: 'entity.name.section.heddle' } } },
        ],
      },
      labels: { patterns: [{ match: `^\\s*(${name})(:)([+-]?)(?!=)(?=\\s)(?!\\s*(?:set of|seq of|bool\\b|pid\\b|\\d|\\[))`, captures: { 1: { name: 'entity.name.label.heddle' }, 2: { name: 'punctuation.separator.label.heddle' }, 3: { name: 'keyword.operator.fairness.heddle' } } }] },
      soft: { patterns: SOFT },
      words: {
        patterns: [
          { name: 'keyword.control.heddle', match: words(WORD_GROUPS.control) },
          { name: 'storage.type.heddle', match: words(WORD_GROUPS.declaration) },
          { name: 'keyword.operator.word.heddle', match: words(WORD_GROUPS.operator) },
          { name: 'constant.language.heddle', match: words(WORD_GROUPS.constant) },
          { name: 'support.type.heddle', match: words(TYPES) },
        ],
      },
      numbers: { patterns: [{ name: 'constant.numeric.heddle', match: '\\b[0-9]+\\b' }] },
      calls: { patterns: [{ match: `${words(Object.keys(BUILTIN_FUNCTIONS).filter((f) => f !== 'in'))}(?=\\()`, name: 'support.function.heddle' }, { match: `\\b(${name})(?=\\()`, captures: { 1: { name: 'entity.name.function.call.heddle' } } }] },
      operators: { patterns: [{ name: 'keyword.operator.heddle', match: ':=|<=>|=>|~>|->|\\|\\||&&|==|!=|<=|>=|\\.\\.|/\\\\|\\\\/|\\\\(?:in|A|E)\\b|<>|\\[\\]|[-+*/%<>=!~#?\']' }] },
    },
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function snippetFile(): object {
  const entry = (s: Snippet): readonly [string, object] => [s.label, { prefix: s.label, body: s.body, description: s.about }];
  return Object.fromEntries([...DECLARATIONS, ...STATEMENTS, ...EXPRESSIONS].map(entry));
}

function vimSyntax(): string {
  const line = (group: string, list: readonly string[]): string => `syntax keyword heddle${group} ${list.join(' ')}`;
  return `" Made by \`npm run generate\` from the parser; do not edit.
if exists('b:current_syntax') | finish | endif
${line('Declaration', WORD_GROUPS.declaration)}
${line('Statement', WORD_GROUPS.control)}
${line('Operator', WORD_GROUPS.operator)}
${line('Constant', WORD_GROUPS.constant)}
${line('Type', TYPES)}
${line('Word', CONTEXTUAL.filter((w) => !['label', 'statement', 'step', 'set', 'of'].includes(w)))}
syntax match heddleFunction /\\<\\(${Object.keys(BUILTIN_FUNCTIONS).filter((f) => f !== 'in').join('\\|')}\\)\\ze(/
syntax match heddleNumber /\\<\\d\\+\\>/
syntax match heddleLabel /^\\s*\\zs\\h\\w*\\ze:[+-]\\?\\_s/
syntax region heddleString start=/"/ end=/"/ oneline
syntax match heddleComment /\\/\\/.*$/ contains=@Spell
highlight default link heddleDeclaration Structure
highlight default link heddleStatement Statement
highlight default link heddleOperator Operator
highlight default link heddleConstant Constant
highlight default link heddleType Type
highlight default link heddleWord Keyword
highlight default link heddleFunction Function
highlight default link heddleNumber Number
highlight default link heddleLabel Label
highlight default link heddleString String
highlight default link heddleComment Comment
let b:current_syntax = 'heddle'
`;
}

/** The words that an Emacs mode colours, as a list that it reads. */
function emacsWords(): string {
  const list = (name: string, what: readonly string[]): string => `(defconst heddle-${name}\n  '(${what.map((w) => `"${w}"`).join(' ')}))`;
  return `;;; heddle-words.el --- The words of Heddle  -*- lexical-binding: t -*-
;; Made by \`npm run generate\` from the parser; do not edit.
;;; Code:

${list('declarations', WORD_GROUPS.declaration)}

${list('statements', WORD_GROUPS.control)}

${list('operators', WORD_GROUPS.operator)}

${list('constants', WORD_GROUPS.constant)}

${list('types', TYPES)}

(provide 'heddle-words)
;;; heddle-words.el ends here
`;
}

export const editorFiles = (): readonly GeneratedFile[] => [
  { path: 'grammar/heddle.tmLanguage.json', content: json(textMateGrammar()) },
  { path: 'editors/vscode/snippets/heddle.json', content: json(snippetFile()) },
  { path: 'editors/nvim/syntax/heddle.vim', content: vimSyntax() },
  { path: 'editors/emacs/heddle-words.el', content: emacsWords() },
];
