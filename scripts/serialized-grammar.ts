// The shape of what Chevrotain's getSerializedGastProductions gives, as far as the grammar's pages read it.

interface Nested<T extends string> {
  readonly type: T;
  readonly definition: readonly SerializedPart[];
}

export interface SerializedRule extends Nested<'Rule'> {
  readonly name: string;
}

export type SerializedPart =
  | { readonly type: 'NonTerminal'; readonly name: string }
  | { readonly type: 'Terminal'; readonly name: string; readonly label: string }
  | Nested<'Alternative' | 'Alternation' | 'Option' | 'Repetition' | 'RepetitionMandatory'>
  | (Nested<'RepetitionWithSeparator' | 'RepetitionMandatoryWithSeparator'> & { readonly separator: { readonly label: string } });
