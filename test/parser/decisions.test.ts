// What was built decides by answers that the build worked out, without the grammar as Chevrotain records it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeddleParser } from '../../src/parser/grammar.js';
import { ALL_TOKENS, CONTEXTUAL, lexer, RESERVED } from '../../src/parser/tokens.js';
import { parserSamples, shippedSpecs } from '../support/samples.js';

const recorded = new HeddleParser();
const built = new HeddleParser(false, JSON.parse(JSON.stringify(recorded.decisions())) as ReturnType<HeddleParser['decisions']>);

/** All that a parser says of a text. */
function said(parser: HeddleParser, text: string): string {
  parser.input = lexer().tokenize(text).tokens;
  const tree = parser.file();
  const all = { tree, errors: parser.errors.map(({ message, token }) => ({ message, token })), failures: parser.failures, slips: parser.slips };
  return JSON.stringify(all, (key, value: unknown) => (key === 'tokenType' ? ALL_TOKENS.findIndex((type) => type === value) : value));
}

test('whole texts and beginnings of them are read alike', () => {
  for (const { path, text } of [...parserSamples, ...shippedSpecs]) {
    for (const part of [1, 0.77, 0.5, 0.31, 0.1]) {
      const beginning = text.slice(0, Math.ceil(text.length * part));
      expect(said(built, beginning) === said(recorded, beginning), `${path} up to ${beginning.length}`).toBe(true);
    }
  }
});

test('soups of tokens are', () => {
  const token = fc.constantFrom(...RESERVED, ...CONTEXTUAL, ':=', ':', ',', '.', '?', "'", '->', '(', ')', '[', ']', '{', '}', '<<', '>>', '=', '-', '+', '!', '..', '*', ';', '\n', '1', 'x', 'R');
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), fc.boolean(), (tokens, wrapped) => {
      const text = wrapped ? `process p {\n${tokens.join(' ')}\n}` : tokens.join(' ');
      expect(said(built, text)).toBe(said(recorded, text));
    }),
    { numRuns: 500 },
  );
});
