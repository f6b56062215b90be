// The parser never throws and never hangs: unfinished texts, token soups, deep nesting, binary files, long files.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { print } from '../../src/ast/print.js';
import { isError } from '../../src/base/diagnostic.js';
import type { SourceFile } from '../../src/base/span.js';
import { parse } from '../../src/parser/parse.js';
import { CONTEXTUAL, RESERVED } from '../../src/parser/tokens.js';
import { parserSamples } from '../support/samples.js';

const source = (text: string): SourceFile => ({ path: 'test.heddle', text });
const codesOf = (text: string): readonly string[] => parse(source(text)).diagnostics.map((d) => d.code);

test('every prefix of every sample can be parsed', () => {
  for (const { text, path } of parserSamples) {
    // Of long ones every fifth, for the time's sake; 5 is prime to the lengths of most words.
    for (let end = 0; end <= text.length; end += text.length > 2_000 ? 5 : 1) {
      const { file, diagnostics } = parse(source(text.slice(0, end)));
      expect(file.span.end, path).toBe(end);
      for (const d of diagnostics) expect(d.at.start >= 0 && d.at.end <= end && d.at.start <= d.at.end, `${path} ${end} ${d.code}`).toBe(true);
    }
  }
});

const signs = [
  ':=', ':', ',', '.', '?', "'", '->', '(', ')', '[', ']', '{', '}', '<<', '>>', '=', '==', '-', '+', '!', '<=>', '=>', '~>', '||', '&&', '<', '..', '*',
  ';', '&', '\\cup', '/*', '(*', '"', '\n', '\n\n', '// c\n', '/// d\n', 'ö', '1', '99999999999', 'x', 'y', 'R',
];

test('soups of tokens are parsed, and what has no error is printed and read back', () => {
  const token = fc.oneof(fc.constantFrom(...RESERVED), fc.constantFrom(...CONTEXTUAL), fc.constantFrom(...signs));
  fc.assert(
    fc.property(fc.array(token, { maxLength: 60 }), fc.boolean(), (tokens, wrapped) => {
      const text = wrapped ? `process p {\n${tokens.join(' ')}\n}` : tokens.join(' ');
      const parsed = parse(source(text));
      if (!parsed.diagnostics.some(isError)) {
        const printed = print(parsed.file, source(text));
        expect(print(parse(source(printed)).file, source(printed))).toBe(printed);
      }
    }),
    { numRuns: 2000 },
  );
});

test('samples with some tokens removed, doubled or moved are parsed', () => {
  const words = parserSamples.map((s) => s.text.split(/(?<=\s)/));
  fc.assert(
    fc.property(fc.constantFrom(...words), fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }), (original, edits) => {
      const text = [...original];
      for (const [from, to] of edits) text.splice(from % text.length, to % 3, text[to % text.length]!);
      parse(source(text.join('')));
    }),
    { numRuns: 200 },
  );
});

test('any text is parsed', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void parse(source(text))), { numRuns: 500 });
});

describe('what is nested too deeply is refused', () => {
  const repeat = (text: string, n: number): string => text.repeat(n);
  const nested: Readonly<Record<string, (n: number) => string>> = {
    parentheses: (n) => `invariant I = ${repeat('(', n)}1${repeat(')', n)}`,
    'open parentheses': (n) => `invariant I = ${repeat('(', n)}`,
    calls: (n) => `invariant I = ${repeat('f(', n)}1${repeat(')', n)}`,
    indices: (n) => `process p { ${repeat('a[', n)}0${repeat(']', n)} := 1 }`,
    records: (n) => `invariant I = ${repeat('R { a: ', n)}0${repeat('}', n)}`,
    negations: (n) => `invariant I = ${repeat('!', n)}a`,
    quantifiers: (n) => `invariant I = ${repeat('forall x in S: ', n)}a`,
    conditionals: (n) => `invariant I = ${repeat('if a then b else ', n)}c`,
    conditions: (n) => `invariant I = ${repeat('if ', n)}a${repeat(' then b else c', n)}`,
    implications: (n) => `invariant I = a${repeat(' => a', n)}`,
    sums: (n) => `invariant I = a${repeat(' + a', n)}`,
    suffixes: (n) => `invariant I = a${repeat('[0]', n)}`,
    changes: (n) => `invariant I = m${repeat(' with [0] = 1', n)}`,
    blocks: (n) => `process p { ${repeat('loop { ', n)}skip${repeat(' }', n)} }`,
    'else ifs': (n) => `process p { if a { skip }${repeat(' else if a { skip }', n)} }`,
    types: (n) => `var x: ${repeat('set of ', n)}bool`,
    maps: (n) => `var x: ${repeat('[bool -> ', n)}bool${repeat(']', n)}`,
  };
  test.each(Object.keys(nested))('%s', (what) => {
    expect(codesOf(nested[what]!(20_000))).toEqual(['parse/too-deep']);
    if (what !== 'open parentheses') {
      const text = nested[what]!(100);
      expect(codesOf(text)).toEqual([]);
      print(parse(source(text)).file, source(text));
    }
  });
});

test('chains of && and || of any length are read and printed', () => {
  const text = `invariant I = a${' && a || b'.repeat(10_000)}\n`;
  expect(codesOf(text)).toEqual([]);
  const printed = print(parse(source(text)).file, source(text));
  expect(print(parse(source(printed)).file, source(printed))).toBe(printed);
});

test('ten thousand lines are read in about a second', () => {
  const { text } = parserSamples.find((s) => s.path.endsWith('every-construct.heddle'))!;
  const long = text.repeat(Math.ceil(10_000 / text.split('\n').length));
  parse(source(text));
  const start = performance.now();
  expect(codesOf(long)).toEqual([]);
  // A generous bound for busy machines: it is to fail where the work grows with the square of the length.
  expect(performance.now() - start).toBeLessThan(8_000);
});

test('line breaks of all systems and a byte order mark are read', () => {
  expect(codesOf('\uFEFFvar x: 0..1 = 0\r\nvar y: 0..1 = 0 // end\r\n')).toEqual([]);
});
