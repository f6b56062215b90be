// How the parser goes on after an error: it skips to where the next statement or declaration begins, by lines and brackets.
// What it skips is lost to the tree; everything around it is kept. Of several errors at one token only the first is reported (parse.ts).

import {
  CstParser, EOF, isRecognitionException, MismatchedTokenException, type IParserErrorMessageProvider, type IToken, type TokenType,
} from 'chevrotain';
import { decisionsOf, knownLookahead, lazyLookahead, type Decide, type Decisions } from './lookahead.js';
import { K } from './tokens.js';
import * as t from './tokens.js';

/** Brackets, blocks and bodies of quantifiers within each other. Nobody writes 50; the default call stack bears three times as many. */
export const MAX_NESTING = 128;
/** Tokens that decide between alternatives. */
const MAX_LOOKAHEAD = 2;

export type SlipCode = 'parse/assignment' | 'parse/definition-sign' | 'parse/comma-in-check' | 'parse/local-not-at-head' | 'parse/new-inside' | 'parse/import-without-as';

export interface Failure {
  readonly expected: string;
  readonly token: IToken;
  /** Where what is no statement by itself begins; it ends before `token`. */
  readonly lone?: IToken;
}

/** Words that open a declaration and nothing else: where one begins a line, whatever is open before it has been left unclosed. */
export const DECLARATION_WORDS = new Set<TokenType>([
  K.import, K.const, K.enum, K.type, K.record, K.pool, K.extend, K.ghost, K.init, K.context, K.def, K.macro, K.procedure, K.observable, K.process, K.fair,
  K.invariant, K.property, K.check, K.abstract,
]);
/** Words that open a statement and can stand nowhere else. */
const STATEMENT_WORDS = new Set<TokenType>([
  K.skip, K.await, K.rest, K.assert, K.while, K.loop, K.break, K.continue, K.goto, K.either, K.return, K.defer, K.atomic, K.free, K.touch, K.var,
]);
/** Words that open a statement where they begin a line; elsewhere they may stand inside an expression. */
const LINE_WORDS = new Set<TokenType>([K.if, K.with]);

/** Wording of what was expected, in the reader's words; parse.ts builds the sentence around it. */
const EXPECTED_BY_RULE: Readonly<Record<string, string>> = {
  declaration: 'a declaration',
  statement: 'a statement',
  operand: 'an expression',
  primary: 'an expression',
  value: 'an expression',
  withExpression: '`[` or `{` after `with`',
  type: 'a type',
  checkItem: 'a constant, `only` or `expect`',
};

const describe = (type: TokenType): string => (type.LABEL === undefined ? type.name : type === t.Identifier ? 'a name' : type === t.Text ? 'a text in quotes' : `\`${type.LABEL}\``);

const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => describe(expected),
  buildNotAllInputParsedMessage: () => 'a declaration',
  buildNoViableAltMessage: ({ expectedPathsPerAlt, ruleName }) =>
    EXPECTED_BY_RULE[ruleName] ?? [...new Set(expectedPathsPerAlt.flat().map((path) => describe(path[0]!)))].join(' or '),
  buildEarlyExitMessage: ({ expectedIterationPaths }) => [...new Set(expectedIterationPaths.map((path) => describe(path[0]!)))].join(' or '),
};

export abstract class RecoveringParser extends CstParser {
  /** Slips that the grammar accepted in order to name them. */
  readonly slips: { readonly code: SlipCode; readonly token: IToken }[] = [];
  /** Errors found by the recovery itself; those of the rules are in `errors`. */
  readonly failures: Failure[] = [];
  protected tooDeep: IToken | undefined;
  private nesting = 0;
  private context: 'declaration' | 'statement' = 'declaration';

  constructor(tokens: TokenType[], validated: boolean) {
    super(tokens, { skipValidations: !validated, recoveryEnabled: false, maxLookahead: MAX_LOOKAHEAD, lookaheadStrategy: lazyLookahead(MAX_LOOKAHEAD), nodeLocationTracking: 'onlyOffset', errorMessageProvider: messages });
  }

  // ---- how it decides: Chevrotain keeps that under these names, though its types do not tell --------------------------

  private readonly places = new Map<number, Decide>();
  protected selfAnalysisDone = false;
  protected isRecorded = true;

  setLaFuncCache(place: number, decide: Decide): void {
    this.places.set(place, decide);
  }

  getLaFuncFromCache(place: number): Decide | undefined {
    return this.places.get(place);
  }

  /** Instead of `performSelfAnalysis`. */
  protected decideBy(decisions: Decisions): void {
    for (const [place, decide] of knownLookahead(decisions)) this.setLaFuncCache(place, decide);
    this.selfAnalysisDone = true;
    this.isRecorded = false;
  }

  /** How this parser decides, for another of the same grammar. */
  decisions(): Decisions {
    return decisionsOf(this.places);
  }

  override reset(): void {
    super.reset();
    this.nesting = 0;
    this.context = 'declaration';
    this.tooDeep = undefined;
    // `reset` runs once before this class's fields exist.
    if (this.slips === undefined) return;
    this.slips.length = 0;
    this.failures.length = 0;
  }

  // ---- what the rules use -----------------------------------------------------------------------------------------

  /** Repeats over the whole input: what begins no declaration is reported and skipped. */
  protected eachUntilEnd(repeat: () => void): void {
    repeat();
    while (!this.RECORDING_PHASE && this.LA(1).tokenType !== EOF) {
      this.fail('a declaration');
      this.SKIP_TOKEN();
      this.skipToDeclaration();
      repeat();
    }
  }

  /** Repeats up to the end of a block: what begins none of its items is reported and skipped. */
  protected eachInBlock(expected: string, repeat: () => void): void {
    repeat();
    while (!this.RECORDING_PHASE && !this.atEndOfBlock()) {
      const from = this.LA(1);
      this.fail(expected);
      this.skipToStatement(from);
      repeat();
    }
  }

  protected inDeclaration(parse: () => void): void {
    this.context = 'declaration';
    const from = this.LA(1);
    this.recover(parse, () => {
      if (this.LA(1) === from) this.SKIP_TOKEN();
      this.skipToDeclaration();
    });
    this.context = 'declaration';
  }

  protected inStatement(parse: () => void): void {
    this.context = 'statement';
    const from = this.LA(1);
    this.recover(parse, () => this.skipToStatement(from));
  }

  /** The last part of a statement or declaration: without it, the rest of it is kept. */
  protected tail(parse: () => void): void {
    const from = this.LA(0);
    this.recover(parse, () => (this.context === 'statement' ? this.skipToStatement(from) : this.skipToDeclaration()));
  }

  /** A condition or set before a block: what is wrong in it or behind it is skipped up to the block; without one the statement is lost. */
  protected beforeBlock(parse: () => void): void {
    const from = this.LA(1);
    const toBlock = (): void => {
      // `while x < { … }`: the block has been read as a set; it is lost with its statement.
      if (this.openSince(from).braces === 0) this.skipToBlock();
      if (this.LA(1).tokenType !== t.LeftBrace) throw new MismatchedTokenException('`{`', this.LA(1), this.LA(0));
    };
    this.recover(parse, toBlock);
    if (this.RECORDING_PHASE || this.LA(1).tokenType === t.LeftBrace) return;
    this.fail('`{`');
    toBlock();
  }

  /** What has been read from `first` on must have been a call: it is no statement otherwise. */
  protected demandCall(first: IToken): void {
    if (this.RECORDING_PHASE || this.LA(0).tokenType === t.RightParen) return;
    this.failures.push({ expected: '`:=`', token: this.LA(1), lone: first });
    throw new MismatchedTokenException('`:=`', this.LA(1), this.LA(0));
  }

  /** A closing brace; a missing one is reported, and counts as there. */
  protected closing(consume: () => void, expected = '`}`'): void {
    if (!this.RECORDING_PHASE && this.LA(1).tokenType !== t.RightBrace) {
      this.fail(expected);
      while (!this.atEndOfBlock()) this.SKIP_TOKEN();
    }
    if (this.RECORDING_PHASE || this.LA(1).tokenType === t.RightBrace) consume();
  }

  /** Bounds the depth of the call stack: everything that can stand within itself passes here. */
  protected nested(parse: () => void): void {
    if (this.nesting >= MAX_NESTING) {
      this.tooDeep ??= this.LA(1);
      while (this.LA(1).tokenType !== EOF) this.SKIP_TOKEN();
    }
    this.nesting++;
    try {
      parse();
    } finally {
      this.nesting--;
    }
  }

  protected slip(code: SlipCode, consume: () => IToken): void {
    const token = consume();
    if (!this.RECORDING_PHASE) this.slips.push({ code, token });
  }

  // ---- skipping ---------------------------------------------------------------------------------------------------

  private recover(parse: () => void, resume: () => void): void {
    const { nesting, context } = this;
    try {
      parse();
    } catch (error) {
      if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
      this.nesting = nesting;
      this.context = context;
      resume();
    }
    this.context = context;
  }

  private fail(expected: string): void {
    this.failures.push({ expected, token: this.LA(1) });
  }

  private beginsLine(): boolean {
    return (this.LA(0).endLine ?? 0) < this.LA(1).startLine!;
  }

  private atDeclaration(): boolean {
    const type = this.LA(1).tokenType;
    if (type === K.atomic) return this.beginsLine() && (this.LA(2).tokenType === K.procedure || this.LA(2).tokenType === K.observable);
    // A contextual word opens a declaration only before what must follow it.
    if (type === K.step) return this.beginsLine() && this.LA(2).tokenType === K.invariant;
    return DECLARATION_WORDS.has(type) && this.beginsLine();
  }

  private atEndOfBlock(): boolean {
    const type = this.LA(1).tokenType;
    return type === EOF || type === t.RightBrace || this.atDeclaration();
  }

  private skipToDeclaration(): void {
    let braces = 0;
    for (; ; this.SKIP_TOKEN()) {
      const type = this.LA(1).tokenType;
      if (type === EOF || this.atDeclaration()) return;
      if (braces === 0 && this.beginsLine() && this.opensAtTop(type)) return;
      if (type === t.LeftBrace) braces++;
      else if (type === t.RightBrace && braces > 0) braces--;
    }
  }

  private opensAtTop(type: TokenType): boolean {
    if (type === K.var || type === K.expect) return true;
    if (type === K.spec) return this.LA(2).tokenType === t.Identifier;
    return type === K.steps && (this.LA(2).tokenType === K.statement || this.LA(2).tokenType === K.label);
  }

  /** Skips to the next statement of the block, or to its end. `from` is the first token of the statement that failed. */
  private skipToStatement(from: IToken): void {
    const open = this.openSince(from);
    let { parens, braces } = open;
    for (let first = this.LA(1) === from; ; first = false, this.SKIP_TOKEN()) {
      const type = this.LA(1).tokenType;
      if (type === EOF || this.atDeclaration()) return;
      // A brace of an expression that its line does not close is a slip itself; what begins the next line is not inside it.
      if (!open.block && braces > 0 && this.beginsLine()) {
        braces = 0;
        parens++;
      }
      if (type === t.RightBrace) {
        if (braces === 0) return;
        braces--;
      } else if (type === t.LeftBrace) braces++;
      else if (type === t.LeftParen || type === t.LeftBracket) parens++;
      else if (type === t.RightParen || type === t.RightBracket) parens--;
      else if (braces === 0 && !first && this.opensStatement(type, parens > 0)) return;
    }
  }

  private opensStatement(type: TokenType, insideParens: boolean): boolean {
    if (STATEMENT_WORDS.has(type)) return true;
    if (!this.beginsLine()) return false;
    if (LINE_WORDS.has(type)) return true;
    if (type !== t.Identifier && !type.CATEGORIES?.includes(t.Identifier)) return type === K.only || type === K.expect;
    const next = this.LA(2).tokenType;
    return !insideParens || next === t.Assign || next === t.Colon;
  }

  /** Brackets that were opened between `from` and here and are still open; `block`: a brace that ends its line is one of them. */
  private openSince(from: IToken): { readonly parens: number; readonly braces: number; readonly block: boolean } {
    let parens = 0;
    let braces = 0;
    let block = false;
    for (let back = 0, next = this.LA(1); ; next = this.LA(back--)) {
      const token = this.LA(back);
      // Before the first token there is the end of the input; an offset before `from` means that `from` is the next token.
      if (token.tokenType === EOF || token.startOffset < from.startOffset) break;
      if (token.tokenType === t.LeftParen || token.tokenType === t.LeftBracket) parens++;
      else if (token.tokenType === t.RightParen || token.tokenType === t.RightBracket) parens--;
      else if (token.tokenType === t.LeftBrace) {
        braces++;
        if (braces > 0 && next.startLine !== token.startLine) block = true;
      } else if (token.tokenType === t.RightBrace) braces--;
    }
    return { parens: Math.max(0, parens), braces: Math.max(0, braces), block };
  }

  private skipToBlock(): void {
    for (let braces = 0; ; this.SKIP_TOKEN()) {
      const type = this.LA(1).tokenType;
      if (type === EOF || type === t.RightBrace || this.atDeclaration() || STATEMENT_WORDS.has(type)) return;
      if (type !== t.LeftBrace) continue;
      braces++;
      if (braces === 1) return;
    }
  }
}
