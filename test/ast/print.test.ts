// The formatter: one canonical text, comments at their place, the same tree.

import { describe, expect, test } from 'vitest';
import { print } from '../../src/ast/print.js';
import { isError } from '../../src/base/diagnostic.js';
import type { SourceFile } from '../../src/base/span.js';
import { parse } from '../../src/parser/parse.js';
import { parserSamples, shippedSpecs } from '../support/samples.js';
import { withoutPlaces } from '../support/show-tree.js';

const source = (text: string): SourceFile => ({ path: 'test.heddle', text });

function format(text: string): string {
  const { file, diagnostics } = parse(source(text));
  expect(diagnostics.filter(isError).map((d) => d.message)).toEqual([]);
  return print(file, source(text));
}

describe('printing', () => {
  const specs = [...parserSamples, ...shippedSpecs.filter((s) => !parse(s).diagnostics.some(isError))];
  test.each(specs)('$path keeps its tree and comments, and a second printing changes nothing', ({ text }) => {
    const printed = format(text);
    expect(format(printed)).toBe(printed);
    const before = parse(source(text)).file;
    const after = parse(source(printed)).file;
    expect(withoutPlaces(after)).toEqual(withoutPlaces(before));
    expect(after.comments.map((c) => c.text)).toEqual(before.comments.map((c) => c.text));
    expect(printed.split('\n').filter((line) => line.length > 100 && !line.includes('//'))).toEqual([]);
  });
});

test.each(shippedSpecs)('$path is in the canonical form', ({ text }) => expect(format(text)).toBe(text));

const cases: Readonly<Record<string, readonly [string, string]>> = {
  'canonical spellings': ['invariant I=\\A i \\in S:~a[i]\\/b # c/\\[](<>d)=e', 'invariant I = forall i in S: !a[i] || b != c && always (eventually d) == e\n'],
  'signs without words between them': ['var x:[0..N-1->set of Cb?]=[k in K->-1]', 'var x: [0..N - 1 -> set of Cb?] = [k in K -> -1]\n'],
  'a short block stays on its line': ['process p{if c{return x}else{skip}}', 'process p { if c { return x } else { skip } }\n'],
  'a block of several lines stays so': ['process p {\nif c {\nskip }\nelse\n{ skip\n} }', 'process p {\n  if c {\n    skip\n  } else {\n    skip\n  }\n}\n'],
  'branches of one line stay below each other': ['process p {\neither { skip }\nor { skip }\n}', 'process p {\n  either { skip }\n  or { skip }\n}\n'],
  'two statements of one line stay there within a block of one line': ['process p { x := 1 y := 2 }', 'process p { x := 1  y := 2 }\n'],
  'blank lines are kept, at most one': ['\n\nvar x: bool\n\n\n\nvar y: bool\nvar z: bool\n\n', 'var x: bool\n\nvar y: bool\nvar z: bool\n'],
  'a blank line within a block': ['process p {\n\n  skip\n\n\n  skip\n\n}', 'process p {\n  skip\n\n  skip\n}\n'],
  'aligned comments stay aligned': ['var x: bool      // a\nvar yy: bool     // b\n', 'var x: bool      // a\nvar yy: bool     // b\n'],
  'a comment by itself stands behind its line': ['var x: bool      // a\nvar yy: bool  // b\n', 'var x: bool // a\nvar yy: bool // b\n'],
  'aligned comments move together where the text grows': ['var x:bool=true // a\nvar y:bool=a+b  // b\n', 'var x: bool = true   // a\nvar y: bool = a + b  // b\n'],
  'fields': ['record R { a: bool b: bool = true, }\npool P[2] {\na: bool, b: bool }', 'record R { a: bool, b: bool = true }\npool P[2] {\n  a: bool\n  b: bool\n}\n'],
  'a check': ['check c manual{N=1 only A,B expect A violated}', 'check c manual { N = 1  only A, B  expect A violated }\n'],
  'an empty block': ['process p{\n}\nprocess q { }', 'process p { }\nprocess q { }\n'],
  'a comment in an empty block': ['process p {\n// nothing\n}', 'process p {\n  // nothing\n}\n'],
  'in steps by label what belongs to a step stands beside its label': [
    'steps label\nprocess p {\nvar l: bool\nskip\na: skip\nlonger:- if l {\nskip\n} else { skip }\nskip }',
    'steps label\nprocess p {\n  var l: bool\n           skip\n  a:       skip\n  longer:- if l {\n             skip\n           } else { skip }\n           skip\n}\n',
  ],
  'in steps by statement a label stands before its statement': ['process p {\na: skip\nskip }', 'process p {\n  a: skip\n  skip\n}\n'],
  'a label of many letters makes no column': ['steps label\nprocess p {\na: skip\na_label_of_very_many_letters: skip }', 'steps label\nprocess p {\n  a: skip\n  a_label_of_very_many_letters: skip\n}\n'],
  'procedures': ['atomic observable procedure f(inout a:T,b:U):V{return new? P{}}', 'observable atomic procedure f(inout a: T, b: U): V { return new? P }\n'],
};

describe('the canonical text', () => {
  test.each(Object.keys(cases))('%s', (name) => {
    const [text, expected] = cases[name]!;
    expect(format(text)).toBe(expected);
    expect(format(expected)).toBe(expected);
  });
});

test('long lines break at operators, weakest first', () => {
  const long = (n: string): string => `a_long_name_of_a_variable_${n}`;
  expect(format(`invariant I = ${long('1')} && ${long('2')} || ${long('3')} && ${long('4')} => ${long('5')}`)).toBe(
    `invariant I =\n  ${long('1')} && ${long('2')} || ${long('3')} && ${long('4')}\n    => ${long('5')}\n`.replace(
      /^ {2}.*$/m,
      `  ${long('1')} && ${long('2')}\n      || ${long('3')} && ${long('4')}`,
    ),
  );
});

test('long lists break into one element a line', () => {
  const names = Array.from({ length: 6 }, (_, i) => `an_argument_of_some_length_${i}`);
  expect(format(`process p { f(${names.join(', ')}) }`)).toBe(`process p {\n  f(\n${names.map((n) => `    ${n}`).join(',\n')}\n  )\n}\n`);
});

test('nothing is printed as nothing', () => {
  expect(format('')).toBe('');
  expect(format('\n\n')).toBe('');
});
