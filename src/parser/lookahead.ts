// Decides between alternatives as Chevrotain does (LL(k)), but works out how only for those places of the grammar that a text reaches:
// to do so for all of them is part of every start.

import { LLkLookaheadStrategy, type ILookaheadStrategy } from 'chevrotain';

export function lazyLookahead(maxLookahead: number): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead });
  return {
    validate: (options) => strategy.validate(options),
    buildLookaheadForAlternation: (options) => whenAsked(() => strategy.buildLookaheadForAlternation(options)),
    buildLookaheadForOptional: (options) => whenAsked(() => strategy.buildLookaheadForOptional(options)),
  };
}

/** The decision is called as a method of the parser. */
function whenAsked<A extends unknown[], R>(build: () => (this: unknown, ...args: A) => R): (this: unknown, ...args: A) => R {
  let decide: ((this: unknown, ...args: A) => R) | undefined;
  return function (...args) {
    decide ??= build();
    return decide.apply(this, args);
  };
}
