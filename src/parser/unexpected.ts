// From the parser's failures to what the reader is told: the most specific message that fits, with the open bracket, the reserved word or the slip behind it.

import { EOF, type IToken } from 'chevrotain';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import { positionAt, type Location, type SourceFile } from '../base/span.js';
import { DECLARATION_WORDS, type Failure } from './recovery.js';
import * as t from './tokens.js';

/** Words of other languages that are mere names here, and what to write instead. */
const FOREIGN_WORDS: Readonly<Record<string, string>> = {
  and: 'Write `&&` for "and".',
  or: 'Write `||` for "or"; `or` separates the branches of `either`.',
  not: 'Write `!` for "not".',
  mod: 'Write `%`.',
  div: 'Write `/`; it truncates, as in C.',
  elif: 'Write `else if`.',
  elsif: 'Write `else if`.',
  elseif: 'Write `else if`.',
  when: 'Write `await`.',
  print: 'There is no output; traces show every variable that changes.',
  call: 'A call is written `f(x)`, without `call`.',
  variable: 'Variables are declared with `var x: T = e`.',
  variables: 'Variables are declared with `var x: T = e`, each by itself.',
  let: 'Locals are declared with `var x: T = e` at the head of the body.',
  CHOOSE: 'A choice is the statement `with x in S { … }`; the least element is `min S`.',
  UNCHANGED: 'Steps change only what they assign; compare `x\' == x` in a step invariant.',
  EXCEPT: 'Write `m with [k] = v`.',
  IF: 'Write `if c then a else b`.',
  do: 'A loop is written `while c { … }`.',
  begin: 'Blocks stand in `{ }`.',
  for: 'Write `while`, or `with x in S { … }` to choose one element; `forall x in S: p` is the expression.',
};

const WORDS_OF_DECLARATIONS: Readonly<Record<string, string>> = {
  proc: 'A procedure is declared with `procedure f(a: T): U { … }`, a process with `process p(i in S) { … }`.',
  function: 'A procedure is declared with `procedure f(a: T): U { … }`, an expression with `def f(a: T): U = e`.',
  func: 'A procedure is declared with `procedure f(a: T): U { … }`, an expression with `def f(a: T): U = e`.',
  fn: 'A procedure is declared with `procedure f(a: T): U { … }`, an expression with `def f(a: T): U = e`.',
  void: 'A procedure is declared with `procedure f(a: T) { … }`.',
  int: 'A variable is declared with `var x: 0..7 = 0`.',
  thread: 'A process is declared with `process p(i in S) { … }`.',
  liveness: 'A temporal property is declared with `property P = …`.',
  assume: 'What may be assumed of the start stands in `init { await e }`.',
};

/** What was probably meant where the text is another language's. */
function hintFor({ token, expected }: Failure, before: IToken | undefined, first: IToken | undefined): string | undefined {
  const { image } = token;
  if (expected === 'a declaration' && Object.hasOwn(WORDS_OF_DECLARATIONS, image)) return WORDS_OF_DECLARATIONS[image];
  if (image === ',' && first?.image === 'var') return 'Declare each by itself: `var a: T` and `var b: T`.';
  if (image === 'then' && expected === '`{`') return 'Statements stand in braces: `if c { … } else { … }`. `if c then a else b` is the expression.';
  if (image === '->' && before?.image === ')') return 'The type of a result stands behind a colon: `procedure f(a: T): U { … }`.';
  if (image === '?') return 'Write `if c then a else b`.';
  if (image === '=' && expected === '`:`' && first?.image === 'const') return 'A constant has a type: `const N: 0..7 = 3`.';
  if (image === '=' && first?.image === 'enum') return 'Write `enum E { A, B }`.';
  if (image === '[' && first?.image === 'process') return 'Processes of one kind have a parameter: `process p(i in 0..1) { … }`.';
  if (image === '{' && first?.image === 'pool') return 'A pool has a size: `pool P[2] { … }`.';
  if (expected === '`{`' && token.tokenType === t.Identifier) return 'Statements inside a statement stand in braces: `{ … }`.';
  return undefined;
}

interface Open {
  readonly token: IToken;
  readonly outer: Open | undefined;
}

export class Explainer {
  private readonly source: SourceFile;
  private readonly tokens: readonly IToken[];
  private readonly index = new Map<IToken, number>();
  /** The brackets open before each token, innermost first; the last entry is for the end of the file. */
  private readonly open: (Open | undefined)[] = [];
  /** Braces whose closing one begins a line but does not stand below the line that opened it. */
  private readonly crooked: IToken[] = [];

  constructor(source: SourceFile, tokens: readonly IToken[]) {
    this.source = source;
    this.tokens = tokens;
    this.matchBrackets();
  }

  explain(f: Failure): Diagnostic {
    const i = this.index.get(f.token) ?? this.tokens.length;
    return this.statementSlip(f, i) ?? this.bracketSlip(f, i) ?? this.shiftSlip(f, i) ?? this.wordSlip(f, i) ?? this.plain(f, i);
  }

  private statementSlip(f: Failure, i: number): Diagnostic | undefined {
    if (f.token.tokenType === t.Assign) {
      for (let k = i - 1; k >= 0 && this.tokens[k]!.startLine === f.token.startLine; k--) {
        if (this.tokens[k]!.tokenType === t.OPERATOR_TOKENS['||']) return diagnostic('parse/parallel-assignment', this.at(this.tokens[k]!), {});
      }
    }
    if (f.token.tokenType === t.Comma && this.tokens[i + 1]?.tokenType === t.Text) return diagnostic('parse/assert-message', this.at(f.token), {});
    if (f.lone && FOREIGN_WORDS[f.lone.image] === undefined) {
      const at = { ...this.at(f.lone), end: this.tokens[i - 1]!.endOffset! + 1 };
      return diagnostic('parse/not-a-statement', at, { text: this.source.text.slice(at.start, at.end) });
    }
    // `if x == R { a: 1 } {`: the record's brace was read as the block.
    const before = [1, 2, 3, 4].map((n) => this.tokens[i - n]?.tokenType);
    if (before[0] === t.Colon && before[1] === t.Identifier && before[2] === t.LeftBrace && before[3] === t.Identifier && f.expected === 'a statement') {
      return diagnostic('parse/record-before-block', this.at(this.tokens[i - 3]!), { type: this.tokens[i - 4]!.image });
    }
    return undefined;
  }

  private bracketSlip(f: Failure, i: number): Diagnostic | undefined {
    const open = this.open[i]?.token;
    if (open && (f.expected.endsWith('`}`') || ((f.expected === '`)`' || f.expected === '`]`' || f.expected === '`>>`') && f.token.tokenType === EOF)) && (f.token.tokenType === EOF || this.beginsLine(i))) {
      const related = [{ at: this.at(f.token), message: `expected ${f.expected} before this` }];
      const suspect = this.crooked.findLast((c) => c.startOffset > open.startOffset && c.startOffset < (f.token.startOffset || Infinity));
      if (suspect) related.push({ at: this.at(suspect), message: 'perhaps this one is not closed: the `}` that closes it does not stand below it' });
      return diagnostic('parse/unclosed', this.at(open), { open: open.image, found: this.found(f.token) }, related);
    }
    if ((f.token.tokenType === t.RightBrace || f.token.tokenType === t.RightParen || f.token.tokenType === t.RightBracket) && !open) {
      return diagnostic('parse/unopened', this.at(f.token), { close: f.token.image });
    }
    return undefined;
  }

  /** `x << 1`, as in C: brackets of sequences behind what could have been an operand. */
  private shiftSlip({ token, expected }: Failure, i: number): Diagnostic | undefined {
    const before = this.tokens[i - 1];
    const operand = before?.tokenType === t.Identifier || before?.tokenType === t.Int || before?.tokenType === t.RightParen || before?.tokenType === t.RightBracket;
    if (!operand || expected === '`{`' || before.startLine !== token.startLine || !/^(<<|>>)$/.test(token.image)) return undefined;
    return diagnostic('parse/foreign-operator', this.at(token), { written: token.image, advice: token.image === '<<' ? '`x * 2`; there are no shifts' : '`x / 2`; there are no shifts' });
  }

  private wordSlip(f: Failure, i: number): Diagnostic | undefined {
    for (const word of [f.token, f.lone ?? this.tokens[i - 1]]) {
      const advice = word && Object.hasOwn(FOREIGN_WORDS, word.image) ? FOREIGN_WORDS[word.image] : undefined;
      if (word && advice && word.startLine === f.token.startLine) return diagnostic('parse/foreign-word', this.at(word), { word: word.image, advice });
    }
    const before = this.tokens[i - 1];
    if (f.token.tokenType === t.Colon && before && t.isReserved(before.tokenType)) return diagnostic('parse/reserved-word', this.at(before), { word: before.image });
    if (!t.isReserved(f.token.tokenType) || this.beginsLine(i)) {
      const next = this.tokens[i + 1]?.tokenType;
      const used = next === t.Assign || next === t.Dot || next === t.LeftBracket || next === t.Colon;
      if (!t.isReserved(f.token.tokenType) || !used) return undefined;
    }
    const asName = f.expected === '`,` or `}`' || f.expected === 'a name' || f.expected === 'an expression' || f.expected === 'a type' || f.expected === 'a field' || f.expected === 'a statement';
    return asName && /^[a-z]/.test(f.token.image) ? diagnostic('parse/reserved-word', this.at(f.token), { word: f.token.image }) : undefined;
  }

  private plain(f: Failure, i: number): Diagnostic {
    const open = this.open[i]?.token;
    const closes = f.expected === '`)`' || f.expected === '`]`' || f.expected === '`>>`';
    const related = closes && open ? [{ at: this.at(open), message: 'opened here' }] : undefined;
    return diagnostic('parse/unexpected', this.at(f.token), { found: this.found(f.token), expected: f.expected, hint: hintFor(f, this.tokens[i - 1], this.tokens[i - 2]) }, related);
  }

  private found(token: IToken): string {
    if (token.tokenType === EOF) return 'the end of the file';
    return token.tokenType === t.Text || token.tokenType === t.OpenText ? 'a text' : `\`${token.image}\``;
  }

  private at(token: IToken): Location {
    if (token.tokenType !== EOF) return { file: this.source, start: token.startOffset, end: token.endOffset! + 1 };
    const end = this.source.text.trimEnd().length;
    return { file: this.source, start: end, end };
  }

  private beginsLine(i: number): boolean {
    return (this.tokens[i - 1]?.endLine ?? 0) < (this.tokens[i]?.startLine ?? 0);
  }

  private matchBrackets(): void {
    let open: Open | undefined;
    this.tokens.forEach((token, i) => {
      this.index.set(token, i);
      const type = token.tokenType;
      // No round or square bracket reaches into the next declaration.
      this.open.push(open);
      if (DECLARATION_WORDS.has(type) && this.beginsLine(i)) while (open && open.token.tokenType !== t.LeftBrace) open = open.outer;
      if (type === t.LeftBrace || type === t.LeftParen || type === t.LeftBracket || type === t.LeftAngles) open = { token, outer: open };
      else if (type === t.RightParen || type === t.RightBracket || type === t.RightAngles) {
        if (open && open.token.tokenType !== t.LeftBrace) open = open.outer;
      } else if (type === t.RightBrace) {
        while (open && open.token.tokenType !== t.LeftBrace) open = open.outer;
        if (open && this.beginsLine(i) && this.indentation(token) !== this.indentation(open.token)) this.crooked.push(open.token);
        open = open?.outer;
      }
    });
    this.open.push(open);
  }

  private indentation(token: IToken): number {
    const { column } = positionAt(this.source, token.startOffset);
    const start = token.startOffset - column + 1;
    return /^[ \t]*/.exec(this.source.text.slice(start, token.startOffset))![0].length;
  }
}
