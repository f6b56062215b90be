// The grammar, one rule a construct. The pages in grammar/ are written out from it.
//
// Expressions are flat here, `operand { operator operand }`; build-expression.ts groups them by the table in ast/operators.ts.
// Rules whose names begin with `mistake` accept frequent slips so that they can be named; they are no part of the language.
// Recovery is our own, by statement and declaration (recovery.ts): the one of Chevrotain knows no lines, and a slip would give several reports.
// So a subtree either is complete or is missing from its parent.

import type { CstNode, IToken, ParserMethod } from 'chevrotain';
import { RecoveringParser } from './recovery.js';
import * as t from './tokens.js';

const { K } = t;

type Rule = ParserMethod<[], CstNode>;
/** Takes whether a record literal `R { … }` may stand here: not right before the block of `if`, `while`, `with`, nor in types. */
type ExpressionRule = ParserMethod<[records?: boolean | undefined], CstNode>;

export class HeddleParser extends RecoveringParser {
  /** @param validated looks for ambiguities and endless loops in the grammar: when it is written out and in tests, not at each start */
  constructor(validated = false) {
    super([...t.ALL_TOKENS], validated);
    this.performSelfAnalysis();
  }

  // ---- declarations -----------------------------------------------------------------------------------------------

  readonly file: Rule = this.RULE('file', () => {
    this.eachUntilEnd(() => this.MANY(() => this.SUBRULE(this.declaration)));
  });

  private readonly declaration: Rule = this.RULE('declaration', () => {
    this.inDeclaration(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.specDeclaration) },
        { ALT: () => this.SUBRULE(this.stepsDeclaration) },
        { ALT: () => this.SUBRULE(this.importDeclaration) },
        { ALT: () => this.SUBRULE(this.constDeclaration) },
        { ALT: () => this.SUBRULE(this.enumDeclaration) },
        { ALT: () => this.SUBRULE(this.typeDeclaration) },
        { ALT: () => this.SUBRULE(this.recordDeclaration) },
        { ALT: () => this.SUBRULE(this.poolDeclaration) },
        { ALT: () => this.SUBRULE(this.extendDeclaration) },
        { ALT: () => this.SUBRULE(this.varDeclaration) },
        { ALT: () => this.SUBRULE(this.initDeclaration) },
        { ALT: () => this.SUBRULE(this.contextDeclaration) },
        { ALT: () => this.SUBRULE(this.defDeclaration) },
        { ALT: () => this.SUBRULE(this.macroDeclaration) },
        { ALT: () => this.SUBRULE(this.procedureDeclaration) },
        { ALT: () => this.SUBRULE(this.processDeclaration) },
        { ALT: () => this.SUBRULE(this.invariantDeclaration) },
        { ALT: () => this.SUBRULE(this.propertyDeclaration) },
        { ALT: () => this.SUBRULE(this.checkDeclaration) },
        { ALT: () => this.SUBRULE(this.expect) },
      ]),
    );
  });

  private readonly specDeclaration: Rule = this.RULE('specDeclaration', () => {
    this.CONSUME(K.spec);
    this.CONSUME(t.Identifier);
  });

  private readonly stepsDeclaration: Rule = this.RULE('stepsDeclaration', () => {
    this.CONSUME(K.steps);
    this.OR([{ ALT: () => this.CONSUME(K.statement) }, { ALT: () => this.CONSUME(K.label) }]);
  });

  private readonly importDeclaration: Rule = this.RULE('importDeclaration', () => {
    this.CONSUME(K.import);
    this.CONSUME(t.Text);
    this.OPTION(() => {
      this.CONSUME(K.as);
      this.CONSUME(t.Identifier);
      this.OPTION1(() => {
        this.CONSUME(K.with);
        this.SUBRULE(this.binding);
        this.MANY(() => {
          this.CONSUME(t.Comma);
          this.SUBRULE1(this.binding);
        });
      });
    });
    this.OPTION2(() => this.SUBRULE(this.mistakeNameless));
  });

  private readonly binding: Rule = this.RULE('binding', () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression, { ARGS: [true] });
  });

  private readonly constDeclaration: Rule = this.RULE('constDeclaration', () => {
    this.CONSUME(K.const);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.tail(() => this.SUBRULE(this.expression, { ARGS: [true] }));
    });
  });

  private readonly enumDeclaration: Rule = this.RULE('enumDeclaration', () => {
    this.CONSUME(K.enum);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftBrace);
    this.CONSUME1(t.Identifier, { LABEL: 'members' });
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.OPTION(() => this.CONSUME2(t.Identifier, { LABEL: 'members' }));
    });
    this.closing(() => this.CONSUME(t.RightBrace), '`,` or `}`');
  });

  private readonly typeDeclaration: Rule = this.RULE('typeDeclaration', () => {
    this.OPTION(() => this.CONSUME(K.abstract));
    this.CONSUME(K.type);
    this.CONSUME(t.Identifier);
    this.OPTION1(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.type);
    });
  });

  private readonly recordDeclaration: Rule = this.RULE('recordDeclaration', () => {
    this.CONSUME(K.record);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.fields);
  });

  private readonly poolDeclaration: Rule = this.RULE('poolDeclaration', () => {
    this.CONSUME(K.pool);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftBracket);
    this.SUBRULE(this.expression, { ARGS: [true] });
    this.CONSUME(t.RightBracket);
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(K.reuse) }, { ALT: () => this.CONSUME(K.noleak) }]));
    this.SUBRULE(this.fields);
  });

  private readonly extendDeclaration: Rule = this.RULE('extendDeclaration', () => {
    this.CONSUME(K.extend);
    this.CONSUME(K.pool);
    this.SUBRULE(this.path);
    this.SUBRULE(this.fields);
  });

  private readonly fields: Rule = this.RULE('fields', () => {
    this.CONSUME(t.LeftBrace);
    this.eachInBlock('a field', () => this.MANY(() => this.SUBRULE(this.field)));
    this.closing(() => this.CONSUME(t.RightBrace));
  });

  private readonly field: Rule = this.RULE('field', () => {
    this.inStatement(() => {
      this.CONSUME(t.Identifier);
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
      this.OPTION(() => {
        this.CONSUME(t.Equals);
        this.SUBRULE(this.expression, { ARGS: [true] });
      });
      this.OPTION1(() => this.CONSUME(t.Comma));
    });
  });

  private readonly varDeclaration: Rule = this.RULE('varDeclaration', () => {
    this.OPTION(() => this.CONSUME(K.ghost));
    this.SUBRULE(this.variable);
  });

  private readonly variable: Rule = this.RULE('variable', () => {
    this.CONSUME(K.var);
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
    });
    this.OPTION1(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Equals);
            this.tail(() => this.SUBRULE(this.value));
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.in);
            this.tail(() => this.SUBRULE(this.expression, { ARGS: [true] }));
          },
        },
        { ALT: () => this.SUBRULE(this.mistakeInitial) },
      ]),
    );
  });

  private readonly initDeclaration: Rule = this.RULE('initDeclaration', () => {
    this.CONSUME(K.init);
    this.SUBRULE(this.block);
  });

  private readonly contextDeclaration: Rule = this.RULE('contextDeclaration', () => {
    this.CONSUME(K.context);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
  });

  private readonly defDeclaration: Rule = this.RULE('defDeclaration', () => {
    this.CONSUME(K.def);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.parameters);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
    });
    this.CONSUME(t.Equals);
    this.tail(() => this.SUBRULE(this.expression, { ARGS: [true] }));
  });

  private readonly parameters: Rule = this.RULE('parameters', () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.RightParen);
  });

  private readonly parameter: Rule = this.RULE('parameter', () => {
    this.OPTION(() => this.CONSUME(K.inout));
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
  });

  private readonly macroDeclaration: Rule = this.RULE('macroDeclaration', () => {
    this.CONSUME(K.macro);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.CONSUME1(t.Identifier, { LABEL: 'parameters' }) });
    this.CONSUME(t.RightParen);
    this.SUBRULE(this.block);
  });

  private readonly procedureDeclaration: Rule = this.RULE('procedureDeclaration', () => {
    this.MANY(() =>
      this.OR([{ ALT: () => this.CONSUME(K.abstract) }, { ALT: () => this.CONSUME(K.observable) }, { ALT: () => this.CONSUME(K.atomic) }]),
    );
    this.CONSUME(K.procedure);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.parameters);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
    });
    this.OPTION1(() => this.SUBRULE(this.body));
  });

  private readonly processDeclaration: Rule = this.RULE('processDeclaration', () => {
    this.OPTION(() => {
      this.CONSUME(K.fair);
      this.OPTION1(() => this.CONSUME(t.Plus));
    });
    this.CONSUME(K.process);
    this.CONSUME(t.Identifier);
    this.OPTION2(() => {
      this.CONSUME(t.LeftParen);
      this.CONSUME1(t.Identifier, { LABEL: 'parameter' });
      this.CONSUME(K.in);
      this.SUBRULE(this.expression, { ARGS: [true] });
      this.CONSUME(t.RightParen);
    });
    this.OPTION3(() => {
      this.CONSUME(K.interrupts);
      this.SUBRULE(this.postfix, { ARGS: [false] });
    });
    this.SUBRULE(this.body);
  });

  private readonly invariantDeclaration: Rule = this.RULE('invariantDeclaration', () => {
    this.OPTION(() => this.CONSUME(K.step));
    this.CONSUME(K.invariant);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.tail(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(K.never);
            this.SUBRULE(this.path);
          },
        },
        { ALT: () => this.SUBRULE(this.expression, { ARGS: [true] }) },
      ]),
    );
  });

  private readonly propertyDeclaration: Rule = this.RULE('propertyDeclaration', () => {
    this.CONSUME(K.property);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.tail(() => this.SUBRULE(this.expression, { ARGS: [true] }));
  });

  private readonly checkDeclaration: Rule = this.RULE('checkDeclaration', () => {
    this.CONSUME(K.check);
    this.CONSUME(t.Identifier);
    this.OPTION(() => this.CONSUME(K.manual));
    this.CONSUME(t.LeftBrace);
    this.eachInBlock('a constant, `only` or `expect`', () => this.MANY(() => this.SUBRULE(this.checkItem)));
    this.closing(() => this.CONSUME(t.RightBrace));
  });

  private readonly checkItem: Rule = this.RULE('checkItem', () => {
    this.inStatement(() => {
      this.OR({ MAX_LOOKAHEAD: 1, DEF: [
        {
          // In a check, `only` is no constant.
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            this.CONSUME(K.only);
            this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.path) });
          },
        },
        { ALT: () => this.SUBRULE(this.expect) },
        {
          ALT: () => {
            this.SUBRULE1(this.path);
            this.CONSUME(t.Equals);
            this.SUBRULE(this.expression, { ARGS: [true] });
          },
        },
      ] });
      this.OPTION(() => this.SUBRULE(this.mistakeComma));
    });
  });

  private readonly expect: Rule = this.RULE('expect', () => {
    this.CONSUME(K.expect);
    this.SUBRULE(this.path);
    this.OR([{ ALT: () => this.CONSUME(K.violated) }, { ALT: () => this.CONSUME(K.holds) }]);
  });

  // ---- types ------------------------------------------------------------------------------------------------------

  private readonly type: Rule = this.RULE('type', () => {
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

  // ---- bodies and statements --------------------------------------------------------------------------------------

  private readonly body: Rule = this.RULE('body', () => {
    this.CONSUME(t.LeftBrace);
    this.eachInBlock('a statement', () => {
      this.MANY(() => this.SUBRULE(this.local));
      this.MANY1(() => this.SUBRULE(this.statement));
    });
    this.closing(() => this.CONSUME(t.RightBrace));
  });

  private readonly local: Rule = this.RULE('local', () => {
    this.inStatement(() => this.SUBRULE(this.variable));
  });

  private readonly block: Rule = this.RULE('block', () => {
    this.nested(() => {
      this.CONSUME(t.LeftBrace);
      this.eachInBlock('a statement', () => this.MANY(() => this.SUBRULE(this.statement)));
      this.closing(() => this.CONSUME(t.RightBrace));
    });
  });

  private readonly statement: Rule = this.RULE('statement', () => {
    this.inStatement(() => {
      this.OPTION(() => this.SUBRULE(this.label));
      this.OR([
        { ALT: () => this.SUBRULE(this.assignOrCall) },
        { ALT: () => this.CONSUME(K.skip) },
        { ALT: () => this.CONSUME(K.break) },
        { ALT: () => this.CONSUME(K.continue) },
        { ALT: () => this.SUBRULE(this.await) },
        { ALT: () => this.SUBRULE(this.rest) },
        { ALT: () => this.SUBRULE(this.assert) },
        { ALT: () => this.SUBRULE(this.if) },
        { ALT: () => this.SUBRULE(this.while) },
        { ALT: () => this.SUBRULE(this.loop) },
        { ALT: () => this.SUBRULE(this.atomic) },
        { ALT: () => this.SUBRULE(this.goto) },
        { ALT: () => this.SUBRULE(this.either) },
        { ALT: () => this.SUBRULE(this.with) },
        { ALT: () => this.SUBRULE(this.return) },
        { ALT: () => this.SUBRULE(this.defer) },
        { ALT: () => this.SUBRULE(this.free) },
        { ALT: () => this.SUBRULE(this.touch) },
        { ALT: () => this.SUBRULE(this.mistakeLocal) },
      ]);
    });
  });

  private readonly label: Rule = this.RULE('label', () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Minus) }]));
  });

  private readonly assignOrCall: Rule = this.RULE('assignOrCall', () => {
    const first = this.LA(1);
    let assigns = false;
    this.SUBRULE(this.place);
    this.OPTION(() => {
      assigns = true;
      this.MANY(() => {
        this.CONSUME(t.Comma);
        this.SUBRULE1(this.place);
      });
      this.OR([{ ALT: () => this.CONSUME(t.Assign) }, { ALT: () => this.SUBRULE(this.mistakeAssign) }]);
      this.tail(() => {
        this.SUBRULE(this.value);
        this.MANY1(() => {
          this.CONSUME1(t.Comma);
          this.SUBRULE1(this.value);
        });
      });
    });
    if (!assigns) this.demandCall(first);
  });

  /** What a statement may begin with: a name and what follows it. */
  private readonly place: Rule = this.RULE('place', () => {
    this.CONSUME(t.Identifier);
    this.MANY({ GATE: () => this.LA(1).tokenType !== t.LeftBrace, DEF: () => this.SUBRULE(this.suffix) });
  });

  private readonly value: Rule = this.RULE('value', () => {
    this.OR([{ IGNORE_AMBIGUITIES: true, ALT: () => this.SUBRULE(this.new) }, { ALT: () => this.SUBRULE(this.expression, { ARGS: [true] }) }]);
  });

  private readonly new: Rule = this.RULE('new', () => {
    this.CONSUME(K.new);
    this.OPTION(() => this.CONSUME(t.Question));
    this.SUBRULE(this.path);
    this.OPTION1(() => this.SUBRULE(this.fieldValues));
  });

  private readonly await: Rule = this.RULE('await', () => {
    this.CONSUME(K.await);
    this.tail(() => this.SUBRULE(this.expression, { ARGS: [true] }));
  });

  private readonly rest: Rule = this.RULE('rest', () => {
    this.CONSUME(K.rest);
    this.CONSUME(K.until);
    this.tail(() => this.SUBRULE(this.expression, { ARGS: [true] }));
  });

  private readonly assert: Rule = this.RULE('assert', () => {
    this.CONSUME(K.assert);
    this.SUBRULE(this.expression, { ARGS: [true] });
    this.OPTION(() => {
      this.CONSUME(K.as);
      this.CONSUME(t.Identifier);
    });
  });

  private readonly if: Rule = this.RULE('if', () => {
    this.CONSUME(K.if);
    this.SUBRULE(this.head);
    this.SUBRULE(this.block);
    this.MANY(() => {
      this.CONSUME(K.else);
      this.CONSUME1(K.if);
      this.SUBRULE1(this.head);
      this.SUBRULE1(this.block);
    });
    this.OPTION(() => {
      this.CONSUME1(K.else);
      this.SUBRULE2(this.block, { LABEL: 'otherwise' });
    });
  });

  /** The condition or set before a block. */
  private readonly head: Rule = this.RULE('head', () => {
    this.beforeBlock(() => this.SUBRULE(this.expression, { ARGS: [false] }));
  });

  private readonly while: Rule = this.RULE('while', () => {
    this.CONSUME(K.while);
    this.SUBRULE(this.head);
    this.SUBRULE(this.block);
  });

  private readonly loop: Rule = this.RULE('loop', () => {
    this.CONSUME(K.loop);
    this.SUBRULE(this.block);
  });

  private readonly atomic: Rule = this.RULE('atomic', () => {
    this.CONSUME(K.atomic);
    this.SUBRULE(this.block);
  });

  private readonly goto: Rule = this.RULE('goto', () => {
    this.CONSUME(K.goto);
    this.CONSUME(t.Identifier);
  });

  private readonly either: Rule = this.RULE('either', () => {
    this.CONSUME(K.either);
    this.SUBRULE(this.block);
    this.MANY(() => {
      this.CONSUME(K.or);
      this.SUBRULE1(this.block);
    });
  });

  private readonly with: Rule = this.RULE('with', () => {
    this.CONSUME(K.with);
    this.CONSUME(t.Identifier);
    this.CONSUME(K.in);
    this.SUBRULE(this.head);
    this.SUBRULE(this.block);
  });

  private readonly return: Rule = this.RULE('return', () => {
    this.CONSUME(K.return);
    // After `return`, a name and a colon are the label of the next statement.
    this.OPTION({ GATE: () => this.LA(2).tokenType !== t.Colon, DEF: () => this.tail(() => this.SUBRULE(this.value)) });
  });

  private readonly defer: Rule = this.RULE('defer', () => {
    this.CONSUME(K.defer);
    const first = this.LA(1);
    this.SUBRULE(this.place);
    this.demandCall(first);
  });

  private readonly free: Rule = this.RULE('free', () => {
    this.CONSUME(K.free);
    this.SUBRULE(this.postfix, { ARGS: [false] });
  });

  private readonly touch: Rule = this.RULE('touch', () => {
    this.CONSUME(K.touch);
    this.SUBRULE(this.postfix, { ARGS: [false] });
  });

  // ---- expressions ------------------------------------------------------------------------------------------------

  private readonly path: Rule = this.RULE('path', () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Dot, DEF: () => this.CONSUME(t.Identifier) });
  });

  private readonly expression: ExpressionRule = this.RULE('expression', (records?: boolean) => {
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

  private readonly postfix: ExpressionRule = this.RULE('postfix', (records?: boolean) => {
    this.SUBRULE(this.primary);
    this.MANY({
      GATE: () => records === true || this.LA(1).tokenType !== t.LeftBrace,
      DEF: () => this.SUBRULE(this.suffix),
    });
  });

  private readonly suffix: Rule = this.RULE('suffix', () => {
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

  // ---- frequent slips ---------------------------------------------------------------------------------------------

  private readonly mistakeAssign: Rule = this.RULE('mistakeAssign', () => {
    this.slip('parse/assignment', () =>
      this.OR([{ ALT: () => this.CONSUME(t.Equals) }, { ALT: () => this.CONSUME(t.OPERATOR_TOKENS['==']!) }]),
    );
  });

  private readonly mistakeInitial: Rule = this.RULE('mistakeInitial', () => {
    this.slip('parse/definition-sign', () =>
      this.OR([{ ALT: () => this.CONSUME(t.OPERATOR_TOKENS['==']!) }, { ALT: () => this.CONSUME(t.Assign) }]),
    );
    this.tail(() => this.SUBRULE(this.value));
  });

  private readonly mistakeNameless: Rule = this.RULE('mistakeNameless', () => {
    this.slip('parse/import-without-as', () => this.CONSUME(K.with));
    this.SUBRULE(this.binding);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.binding);
    });
  });

  private readonly mistakeComma: Rule = this.RULE('mistakeComma', () => {
    this.slip('parse/comma-in-check', () => this.CONSUME(t.Comma));
  });

  private readonly mistakeLocal: Rule = this.RULE('mistakeLocal', () => {
    this.slip('parse/local-not-at-head', () => this.LA(1));
    this.SUBRULE(this.variable);
  });

  private readonly mistakeNew: Rule = this.RULE('mistakeNew', () => {
    this.slip('parse/new-inside', () => this.LA(1));
    this.SUBRULE(this.new);
  });

  /** The token at which nesting went beyond `MAX_NESTING`, if it did. */
  get tooDeepAt(): IToken | undefined {
    return this.tooDeep;
  }
}
