// The grammar, one rule a construct: declarations here, statements and expressions in files of their own. The pages in grammar/ are
// written out from it.
//
// Rules whose names begin with `mistake` accept frequent slips so that they can be named; they are no part of the language.
// Recovery is our own, by statement and declaration (recovery.ts): the one of Chevrotain knows no lines, and a slip would give several reports.
// So a subtree either is complete or is missing from its parent.

import type { IToken } from 'chevrotain';
import type { Rule } from './expression-grammar.js';
import type { Decisions } from './lookahead.js';
import { StatementGrammar } from './statement-grammar.js';
import * as t from './tokens.js';

const { K } = t;

/** Made by a parser that was not recorded itself, when it meets an error. */
let recorded: HeddleParser | undefined;

export class HeddleParser extends StatementGrammar {
  /**
   * @param validated looks for ambiguities and endless loops in the grammar: when it is written out and in tests, not at each start
   * @param decisions of this grammar, where they are known
   */
  constructor(validated = false, decisions?: Decisions) {
    super(t.tokensWithCategories(), validated);
    if (decisions === undefined) this.performSelfAnalysis();
    else this.decideBy(decisions);
  }

  /** The grammar as Chevrotain has recorded it, which only the wording of errors asks for. */
  override getGAstProductions(): ReturnType<StatementGrammar['getGAstProductions']> {
    return this.isRecorded ? super.getGAstProductions() : (recorded ??= new HeddleParser()).getGAstProductions();
  }

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

  // ---- frequent slips ----------------------------------------------------------------------------------------------

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

  /** The token at which nesting went beyond `MAX_NESTING`, if it did. */
  get tooDeepAt(): IToken | undefined {
    return this.tooDeep;
  }
}
