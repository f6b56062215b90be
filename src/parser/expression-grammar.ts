// The grammar's expressions, and types, whose bounds are expressions.
//
// Expressions are flat here, `operand { operator operand }`; build-expression.ts groups them by the table in ast/operators.ts.

import type { CstNode, ParserMethod } from 'chevrotain';
import { RecoveringParser } from './recovery.js';
import * as t from './tokens.js';

const { K } = t;

export type Rule = ParserMethod<[], CstNode>;
/** Takes whether a record literal `R { … }` may stand here: not right before the block of `if`, `while`, `with`, nor in types. */
type ExpressionRule = ParserMethod<[records?: boolean | undefined], CstNode>;

export abstract class ExpressionGrammar extends RecoveringParser {
  protected readonly path: Rule = this.RULE('path', () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Dot, DEF: () => this.CONSUME(t.Identifier) });
  });

  protected readonly expression: ExpressionRule = this.RULE('expression', (records?: boolean) => {
    this.nested(() => {
      this.SUBRULE(this.operand, { ARGS: [records] });
      this.MANY(() => {
        this.CONSUME(t.BinaryOperator);
        this.SUBRULE1(this.operand, { ARGS: [records] });
      });
    });
  });

  private readonly operand: ExpressionRule = this.RULE('operand', (records?: boolean) => {
    this.MANY(() => this.CONSUME(t.PrefixOperator));
    this.OR([
      { ALT: () => this.SUBRULE(this.ifExpression, { ARGS: [records] }) },
      { ALT: () => this.SUBRULE(this.quantifier, { ARGS: [records] }) },
      {
        ALT: () => {
          this.SUBRULE(this.postfix, { ARGS: [records] });
          this.MANY1({
            // `with` and a name opens a statement.
            GATE: () => this.LA(2).tokenType === t.LeftBracket || this.LA(2).tokenType === t.LeftBrace,
            DEF: () => this.SUBRULE(this.withExpression, { ARGS: [records] }),
          });
        },
      },
    ]);
  });

  private readonly ifExpression: ExpressionRule = this.RULE('ifExpression', (records?: boolean) => {
    this.CONSUME(K.if);
    this.SUBRULE(this.expression, { ARGS: [true] });
    this.CONSUME(K.then);
    this.SUBRULE1(this.expression, { ARGS: [true] });
    this.CONSUME(K.else);
    this.SUBRULE2(this.expression, { ARGS: [records] });
  });

  private readonly quantifier: ExpressionRule = this.RULE('quantifier', (records?: boolean) => {
    this.OR([{ ALT: () => this.CONSUME(K.forall) }, { ALT: () => this.CONSUME(K.exists) }, { ALT: () => this.CONSUME(K.count) }]);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.binder) });
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression, { ARGS: [records] });
  });

  private readonly binder: Rule = this.RULE('binder', () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Identifier) });
    this.CONSUME(K.in);
    this.SUBRULE(this.expression, { ARGS: [true] });
  });

  private readonly withExpression: ExpressionRule = this.RULE('withExpression', (records?: boolean) => {
    this.CONSUME(K.with);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          this.SUBRULE(this.expression, { ARGS: [true] });
          this.CONSUME(t.RightBracket);
          this.CONSUME(t.Equals);
          this.MANY(() => this.CONSUME(t.PrefixOperator));
          this.SUBRULE(this.postfix, { ARGS: [records] });
        },
      },
      { ALT: () => this.SUBRULE(this.fieldValues) },
    ]);
  });

  protected readonly postfix: ExpressionRule = this.RULE('postfix', (records?: boolean) => {
    this.SUBRULE(this.primary);
    this.MANY({
      GATE: () => records === true || this.LA(1).tokenType !== t.LeftBrace,
      DEF: () => this.SUBRULE(this.suffix),
    });
  });

  protected readonly suffix: Rule = this.RULE('suffix', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Dot);
          this.CONSUME(t.Identifier);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          this.SUBRULE(this.expression, { ARGS: [true] });
          this.CONSUME(t.RightBracket);
        },
      },
      { ALT: () => this.SUBRULE(this.arguments) },
      { ALT: () => this.CONSUME(t.Prime) },
      { ALT: () => this.SUBRULE(this.fieldValues) },
    ]);
  });

  private readonly arguments: Rule = this.RULE('arguments', () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression, { ARGS: [true] }) });
    this.CONSUME(t.RightParen);
  });

  private readonly fieldValues: Rule = this.RULE('fieldValues', () => {
    this.CONSUME(t.LeftBrace);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.fieldValue) });
    this.CONSUME(t.RightBrace);
  });

  private readonly fieldValue: Rule = this.RULE('fieldValue', () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression, { ARGS: [true] });
  });

  private readonly primary: Rule = this.RULE('primary', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Identifier) },
      { ALT: () => this.CONSUME(t.Int) },
      { ALT: () => this.CONSUME(K.true) },
      { ALT: () => this.CONSUME(K.false) },
      { ALT: () => this.CONSUME(K.null) },
      { ALT: () => this.CONSUME(K.self) },
      {
        ALT: () => {
          this.CONSUME(K.in);
          this.SUBRULE(this.arguments);
        },
      },
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.set) },
      { ALT: () => this.SUBRULE(this.map) },
      { ALT: () => this.SUBRULE(this.sequence) },
      { ALT: () => this.SUBRULE(this.mistakeNew) },
    ]);
  });

  private readonly group: Rule = this.RULE('group', () => {
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression, { ARGS: [true] });
    this.CONSUME(t.RightParen);
  });

  private readonly set: Rule = this.RULE('set', () => {
    this.CONSUME(t.LeftBrace);
    this.OR({
      // `{ x in S …`: always the elements with a property; a set of truth values is `{(x in S)}`.
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.SUBRULE(this.filter) },
        { ALT: () => this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression, { ARGS: [true] }) }) },
      ],
    });
    this.CONSUME(t.RightBrace);
  });

  private readonly filter: Rule = this.RULE('filter', () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(K.in);
    this.SUBRULE(this.expression, { ARGS: [true] });
    this.CONSUME(t.Colon);
    this.SUBRULE1(this.expression, { ARGS: [true] });
  });

  private readonly map: Rule = this.RULE('map', () => {
    this.CONSUME(t.LeftBracket);
    this.CONSUME(t.Identifier);
    this.CONSUME(K.in);
    this.SUBRULE(this.expression, { ARGS: [true] });
    this.CONSUME(t.Arrow);
    this.SUBRULE1(this.expression, { ARGS: [true] });
    this.CONSUME(t.RightBracket);
  });

  private readonly sequence: Rule = this.RULE('sequence', () => {
    this.CONSUME(t.LeftAngles);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression, { ARGS: [true] }) });
    this.CONSUME(t.RightAngles);
  });

  protected readonly value: Rule = this.RULE('value', () => {
    this.OR([{ IGNORE_AMBIGUITIES: true, ALT: () => this.SUBRULE(this.new) }, { ALT: () => this.SUBRULE(this.expression, { ARGS: [true] }) }]);
  });

  private readonly new: Rule = this.RULE('new', () => {
    this.CONSUME(K.new);
    this.OPTION(() => this.CONSUME(t.Question));
    this.SUBRULE(this.path);
    this.OPTION1(() => this.SUBRULE(this.fieldValues));
  });

  private readonly mistakeNew: Rule = this.RULE('mistakeNew', () => {
    this.slip('parse/new-inside', () => this.LA(1));
    this.SUBRULE(this.new);
  });

  // ---- types -------------------------------------------------------------------------------------------------------

  protected readonly type: Rule = this.RULE('type', () => {
    this.nested(() => {
      this.OR([
        {
          // A bound does not begin with a map.
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            this.CONSUME(t.LeftBracket);
            this.SUBRULE(this.type);
            this.CONSUME(t.Arrow);
            this.SUBRULE1(this.type);
            this.CONSUME(t.RightBracket);
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.set);
            this.CONSUME(K.of);
            this.SUBRULE2(this.type);
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.seq);
            this.CONSUME1(K.of);
            this.SUBRULE3(this.type);
            this.CONSUME(K.max);
            this.SUBRULE(this.bound);
          },
        },
        {
          ALT: () => {
            this.SUBRULE1(this.bound);
            this.OPTION(() => {
              this.CONSUME(t.OPERATOR_TOKENS['..']!);
              this.SUBRULE2(this.bound);
            });
          },
        },
      ]);
      this.OPTION1(() => this.CONSUME(t.Question));
    });
  });

  /** A bound of a range, or the name of a type, which looks alike. */
  private readonly bound: Rule = this.RULE('bound', () => {
    this.SUBRULE(this.operand, { ARGS: [false] });
    this.MANY(() => {
      this.CONSUME(t.SumOperator);
      this.SUBRULE1(this.operand, { ARGS: [false] });
    });
  });
}
