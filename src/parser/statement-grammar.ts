// The grammar's statements, and the bodies that they stand in.

import { ExpressionGrammar, type Rule } from './expression-grammar.js';
import * as t from './tokens.js';

const { K } = t;

export abstract class StatementGrammar extends ExpressionGrammar {
  protected readonly body: Rule = this.RULE('body', () => {
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

  protected readonly variable: Rule = this.RULE('variable', () => {
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

  protected readonly block: Rule = this.RULE('block', () => {
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

  // ---- frequent slips ----------------------------------------------------------------------------------------------

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

  private readonly mistakeLocal: Rule = this.RULE('mistakeLocal', () => {
    this.slip('parse/local-not-at-head', () => this.LA(1));
    this.SUBRULE(this.variable);
  });
}
