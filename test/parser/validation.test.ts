// Chevrotain looks for mistakes in the grammar only here: at each start of the program it would cost a tenth of a second.

import { expect, test } from 'vitest';
import { HeddleParser } from '../../src/parser/grammar.js';
import { makeLexer } from '../../src/parser/tokens.js';

test('no token is out of reach', () => {
  expect(makeLexer(true).lexerDefinitionErrors).toEqual([]);
});

test('the grammar is not ambiguous and has no endless loop', () => {
  expect(() => new HeddleParser(true)).not.toThrow();
});
