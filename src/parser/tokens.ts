// The words and signs of the language. Words are reserved, or contextual: those are names wherever the grammar does not ask for them.
// TLA+ spellings are further spellings of the same tokens; frequent slips of other languages are tokens too, see slips.ts.

import { Lexer, type TokenType } from 'chevrotain';

export const RESERVED = [
  'import', 'const', 'enum', 'type', 'record', 'pool', 'extend', 'var', 'ghost', 'init', 'context', 'def', 'macro', 'procedure', 'observable',
  'process', 'fair', 'invariant', 'property', 'check', 'expect', 'abstract', 'skip', 'await', 'rest', 'assert', 'if', 'else', 'while', 'loop',
  'break', 'continue', 'goto', 'either', 'or', 'with', 'return', 'defer', 'atomic', 'free', 'touch', 'new', 'in', 'union', 'intersect', 'minus',
  'until', 'then', 'forall', 'exists', 'count', 'min', 'max', 'always', 'eventually', 'self', 'null', 'true', 'false',
] as const;

export const CONTEXTUAL = [
  'spec', 'steps', 'step', 'statement', 'label', 'manual', 'only', 'never', 'noleak', 'reuse', 'as', 'of', 'set', 'seq', 'violated', 'holds',
  'interrupts', 'inout',
] as const;

type Word = (typeof RESERVED)[number] | (typeof CONTEXTUAL)[number];

/**
 * What Chevrotain's `createToken` makes, but for the types that belong to a category: lexer and parser find those of all tokens, and need not
 * find them anew with each.
 */
const token = (name: string, PATTERN: string | RegExp, more: Omit<TokenType, 'name' | 'PATTERN'> = {}): TokenType => ({ name, PATTERN, CATEGORIES: [], LINE_BREAKS: false, ...more });

/** Every token, so that recovery can pass over any. */
const AnyToken = token('AnyToken', Lexer.NA);
/** Operators between two operands, by themselves; their precedence is in ast/operators.ts. */
export const BinaryOperator = token('BinaryOperator', Lexer.NA);
/** Those of a bound of a range type. */
export const SumOperator = token('SumOperator', Lexer.NA, { CATEGORIES: [BinaryOperator] });
export const PrefixOperator = token('PrefixOperator', Lexer.NA);

const NAME = /[A-Za-z_][A-Za-z0-9_]*/;
export const Identifier = token('Identifier', NAME, { LABEL: 'name', CATEGORIES: [AnyToken] });
export const Int = token('Int', /[0-9]+/, { LABEL: 'number', CATEGORIES: [AnyToken] });
export const Text = token('Text', /"[^"\n\r]*"/, { LABEL: 'text', CATEGORIES: [AnyToken] });
export const OpenText = token('OpenText', /"[^"\n\r]*/, { LABEL: 'text', CATEGORIES: [AnyToken, Text] });

const Space = token('Space', /[ \t\r\n\f\uFEFF]+/, { GROUP: Lexer.SKIPPED, LINE_BREAKS: true });
const CommentToken = token('Comment', /\/\/[^\n\r]*/, { GROUP: 'comments' });

/** What other languages write and Heddle does not; slips.ts reports it and says what it stands for. */
export const Slip = token('Slip', /;|\\\*[^\n\r]*|\(\*(?:[\s\S]*?\*\))?|\/\*(?:[\s\S]*?\*\/)?|\|->|=<(?!<)|\/=(?!>)|[+*%]=|-=(?!>)|\+\+|&(?!&)|\|(?!\|)|\\[A-Za-z]+|\\(?!\/)|:>|@@?|\^|\$/, {
  START_CHARS_HINT: [';', '\\', '(', '/', '|', '=', '+', '*', '%', '-', '&', ':', '@', '^', '$'],
  LINE_BREAKS: true,
  CATEGORIES: [AnyToken],
});

/** Spellings of an operator that is a word: TLA+'s `\in` for `in`. */
const TLA_WORDS: Partial<Record<Word, string>> = { in: '\\\\in', forall: '\\\\A', exists: '\\\\E', always: '\\[\\]', eventually: '<>' };
const WORD_CATEGORIES: Partial<Record<Word, readonly TokenType[]>> = {
  in: [BinaryOperator], union: [BinaryOperator], intersect: [BinaryOperator], minus: [BinaryOperator], until: [BinaryOperator],
  min: [PrefixOperator], max: [PrefixOperator], always: [PrefixOperator], eventually: [PrefixOperator],
};

const isContextual = (w: Word): boolean => (CONTEXTUAL as readonly string[]).includes(w);

function wordToken(w: Word): TokenType {
  const tla = TLA_WORDS[w];
  // The word itself ends where a longer name does not go on; `longer_alt` sees to that, but not behind a sign.
  const pattern = tla === undefined ? w : new RegExp(`${w}(?![A-Za-z0-9_])|${tla}${/[A-Za-z]$/.test(tla) ? '(?![A-Za-z0-9_])' : ''}`);
  return token(`Word_${w}`, pattern, {
    LABEL: w,
    ...(tla === undefined ? { LONGER_ALT: Identifier } : {}),
    CATEGORIES: [AnyToken, ...(isContextual(w) ? [Identifier] : []), ...(WORD_CATEGORIES[w] ?? [])],
  });
}

export const K = Object.fromEntries([...RESERVED, ...CONTEXTUAL].map((w) => [w, wordToken(w)])) as { readonly [W in Word]: TokenType };

const sign = (name: string, label: string, pattern: string | RegExp = label, ...categories: TokenType[]): TokenType =>
  token(name, pattern, { LABEL: label, CATEGORIES: [AnyToken, ...categories] });

export const Assign = sign('Assign', ':=');
export const Colon = sign('Colon', ':');
export const Comma = sign('Comma', ',');
export const Dot = sign('Dot', '.');
export const Question = sign('Question', '?');
export const Prime = sign('Prime', "'");
export const Arrow = sign('Arrow', '->');
export const LeftParen = sign('LeftParen', '(');
export const RightParen = sign('RightParen', ')');
export const LeftBracket = sign('LeftBracket', '[');
export const RightBracket = sign('RightBracket', ']');
export const LeftBrace = sign('LeftBrace', '{');
export const RightBrace = sign('RightBrace', '}');
export const LeftAngles = sign('LeftAngles', '<<');
export const RightAngles = sign('RightAngles', '>>');
/** The definition sign of declarations; inside an expression the same as `==`. */
export const Equals = sign('Equals', '=', '=', BinaryOperator);
export const Minus = sign('Minus', '-', '-', SumOperator, PrefixOperator);
export const Plus = sign('Plus', '+', '+', SumOperator);
const Not = sign('Not', '!', /!|~/, PrefixOperator);

const operators: readonly TokenType[] = [
  sign('Iff', '<=>', '<=>', BinaryOperator),
  sign('Implies', '=>', '=>', BinaryOperator),
  sign('LeadsTo', '~>', '~>', BinaryOperator),
  sign('Or', '||', /\|\||\\\//, BinaryOperator),
  sign('And', '&&', /&&|\/\\/, BinaryOperator),
  sign('Equal', '==', '==', BinaryOperator),
  sign('NotEqual', '!=', /!=|#/, BinaryOperator),
  sign('LessEqual', '<=', '<=', BinaryOperator),
  sign('GreaterEqual', '>=', '>=', BinaryOperator),
  LeftAngles,
  RightAngles,
  sign('Less', '<', '<', BinaryOperator),
  sign('Greater', '>', '>', BinaryOperator),
  sign('UpTo', '..', '..', BinaryOperator),
  Arrow,
  Plus,
  Minus,
  sign('Times', '*', '*', SumOperator),
  sign('Divide', '/', '/', SumOperator),
  sign('Remainder', '%', '%', SumOperator),
  Not,
];

export const OPERATOR_TOKENS: Readonly<Record<string, TokenType>> = Object.fromEntries(
  [...operators, Equals, ...Object.values(K)].map((t) => [t.LABEL!, t]),
);

export const ALL_TOKENS: readonly TokenType[] = [
  Space,
  CommentToken,
  ...Object.keys(TLA_WORDS).map((w) => K[w as Word]),
  // `/\` and `\/` before the slips, which begin alike.
  ...operators.filter((t) => t.name === 'And' || t.name === 'Or'),
  Slip,
  ...operators.filter((t) => t.name !== 'And' && t.name !== 'Or'),
  Assign, Colon, Comma, Dot, Question, Prime, LeftParen, RightParen, LeftBracket, RightBracket, LeftBrace, RightBrace, Equals,
  // A word before those it begins with: the lexer tries them in order, and `longer_alt` knows names only.
  ...Object.entries(K).filter(([w]) => !(w in TLA_WORDS)).sort(([a], [b]) => b.length - a.length).map(([, t]) => t),
  Identifier, Int, Text, OpenText,
  AnyToken, BinaryOperator, SumOperator, PrefixOperator,
];

/** @param validated looks for tokens that can never match, and the like: in tests, not at each start */
export const makeLexer = (validated = false): Lexer =>
  new Lexer([...ALL_TOKENS], { positionTracking: 'full', ensureOptimizations: true, skipValidations: !validated });

let made: Lexer | undefined;

/** Made when it is first needed: a thread that only searches reads no text. */
export const lexer = (): Lexer => (made ??= makeLexer());

/** The tokens for a parser, which takes for granted that a lexer has worked out which of them belong to which category. */
export function tokensWithCategories(): TokenType[] {
  lexer();
  return [...ALL_TOKENS];
}

const reservedTypes = new Set<TokenType>(RESERVED.map((w) => K[w]));
export const isReserved = (t: TokenType): boolean => reservedTypes.has(t);
