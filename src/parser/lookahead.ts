// Decides between alternatives as Chevrotain does (LL(k)). To work out how is part of every start otherwise, so it is done for those places
// of the grammar that a text reaches only, and what was built brings the answers along: then the grammar itself need not be recorded.

import { getLookaheadPaths, LLkLookaheadStrategy, type ILookaheadStrategy, type IToken, type TokenType } from 'chevrotain';
import { assert } from '../base/unreachable.js';
import { ALL_TOKENS } from './tokens.js';

/** For each alternative of a place the sequences of tokens that it can begin with. An optional part is the only alternative of its place. */
type Alternatives = readonly (readonly (readonly TokenType[])[])[];

/** By Chevrotain's number of each place: whether the part is optional, and the alternatives with tokens as indices into `ALL_TOKENS`. */
export type Decisions = readonly (readonly [place: number, optional: boolean, alternatives: readonly (readonly (readonly number[])[])[]])[];

/** What Chevrotain calls as a method of the parser: the number of the alternative to take, or whether to take the optional part. */
export type Decide = (this: Looking) => number | boolean | undefined;
interface Looking {
  LA(howMuch: number): IToken;
}

/** The alternatives that each function decides between, for `decisionsOf`. */
const decided = new WeakMap<Decide, { readonly optional: boolean; readonly alternatives: () => Alternatives }>();

/** @param most tokens that are looked at, but where the grammar says otherwise */
export function lazyLookahead(most: number): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead: most });
  return {
    validate: (options) => strategy.validate(options),
    buildLookaheadForAlternation({ prodOccurrence: occurrence, rule, maxLookahead, hasPredicates }) {
      assert(!hasPredicates, `${rule.name}: conditions of the grammar's own do not decide between alternatives`);
      return decideWhenAsked(false, () => getLookaheadPaths({ occurrence, rule, prodType: 'Alternation', maxLookahead })) as () => number | undefined;
    },
    buildLookaheadForOptional: ({ prodOccurrence: occurrence, rule, prodType, maxLookahead }) =>
      decideWhenAsked(true, () => getLookaheadPaths({ occurrence, rule, prodType, maxLookahead }).slice(0, 1)) as () => boolean,
  };
}

/** The same from what was worked out before. */
export const knownLookahead = (decisions: Decisions): ReadonlyMap<number, Decide> =>
  new Map(decisions.map(([place, optional, alternatives]) => [place, decideWhenAsked(optional, () => alternatives.map((paths) => paths.map((path) => path.map((i) => ALL_TOKENS[i]!))))]));

/** To be kept for `knownLookahead`, which is for the same grammar only. */
export function decisionsOf(places: ReadonlyMap<number, Decide>): Decisions {
  const index = new Map(ALL_TOKENS.map((type, i) => [type, i]));
  return [...places].map(([place, decide]) => {
    const { optional, alternatives } = decided.get(decide)!;
    return [place, optional, alternatives().map((paths) => paths.map((path) => path.map((type) => index.get(type)!)))];
  });
}

function decideWhenAsked(optional: boolean, alternatives: () => Alternatives): Decide {
  let choose: ((parser: Looking) => number | undefined) | undefined;
  const decide: Decide = function () {
    choose ??= chooser(alternatives());
    const chosen = choose(this);
    return optional ? chosen === 0 : chosen;
  };
  decided.set(decide, { optional, alternatives });
  return decide;
}

/** The first alternative that what comes next can begin. */
function chooser(alternatives: Alternatives): (parser: Looking) => number | undefined {
  if (alternatives.every((paths) => paths.every(({ length }) => length === 1))) {
    const byToken = new Map<number, number>();
    alternatives.forEach((paths, i) => {
      for (const [type] of paths) for (const token of matching(type!)) if (!byToken.has(token)) byToken.set(token, i);
    });
    return (parser) => byToken.get(parser.LA(1).tokenTypeIdx);
  }
  const sequences = alternatives.map((paths) => paths.map((path) => path.map((type) => new Set(matching(type)))));
  return (parser) => {
    const i = sequences.findIndex((paths) => paths.some((path) => path.every((types, k) => types.has(parser.LA(k + 1).tokenTypeIdx))));
    return i < 0 ? undefined : i;
  };
}

/** The numbers that tokens of a type carry: its own and those of the types that are of its category. */
const matching = (type: TokenType): readonly number[] => [type.tokenTypeIdx!, ...(type.categoryMatches ?? [])];
