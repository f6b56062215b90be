// Every construct of the language is read into its node.

import { expect, test } from 'vitest';
import { children, type Node } from '../../src/ast/children.js';
import type { Declaration, Stmt } from '../../src/ast/nodes.js';
import { parse } from '../../src/parser/parse.js';
import { parserSamples } from '../support/samples.js';
import { showExpr, withoutPlaces } from '../support/show-tree.js';

function declarations(text: string): readonly Declaration[] {
  const { file, diagnostics } = parse({ path: 'test.heddle', text });
  expect(diagnostics.map((d) => `${d.code}: ${d.message}`)).toEqual([]);
  return file.declarations;
}

function statements(text: string): readonly Stmt[] {
  const [d] = declarations(`process p { ${text} }`);
  return d?.kind === 'process' ? d.body.statements : [];
}

const kindsOf = (n: Node): string => ('kind' in n.node ? `${n.category} ${n.node.kind}` : n.category);

test('the samples have no errors', () => {
  for (const source of parserSamples) expect(parse(source).diagnostics.map((d) => d.message), source.path).toEqual([]);
});

test('every kind of node occurs in the samples and is reached by children()', () => {
  const found = new Set<string>();
  const visit = (n: Node): void => {
    found.add(kindsOf(n));
    children(n).forEach(visit);
  };
  for (const source of parserSamples) visit({ category: 'file', node: parse(source).file });
  expect([...found].sort()).toMatchInlineSnapshot(`
    [
      "block",
      "body",
      "checkItem const",
      "checkItem expect",
      "checkItem only",
      "declaration check",
      "declaration const",
      "declaration context",
      "declaration def",
      "declaration enum",
      "declaration expect",
      "declaration extend",
      "declaration import",
      "declaration init",
      "declaration invariant",
      "declaration macro",
      "declaration pool",
      "declaration procedure",
      "declaration process",
      "declaration property",
      "declaration record",
      "declaration spec",
      "declaration steps",
      "declaration type",
      "declaration var",
      "expect",
      "expr binary",
      "expr bool",
      "expr call",
      "expr field",
      "expr filter",
      "expr group",
      "expr if",
      "expr index",
      "expr int",
      "expr map",
      "expr name",
      "expr new",
      "expr null",
      "expr prime",
      "expr quantifier",
      "expr record",
      "expr self",
      "expr seq",
      "expr set",
      "expr unary",
      "expr withFields",
      "expr withIndex",
      "field",
      "file",
      "local",
      "parameter",
      "statement assert",
      "statement assign",
      "statement atomic",
      "statement await",
      "statement break",
      "statement call",
      "statement continue",
      "statement defer",
      "statement either",
      "statement free",
      "statement goto",
      "statement if",
      "statement loop",
      "statement rest",
      "statement return",
      "statement skip",
      "statement touch",
      "statement while",
      "statement with",
      "type map",
      "type named",
      "type nullable",
      "type range",
      "type seq",
      "type set",
    ]
  `);
});

test('a doc comment is the text of the lines right above its declaration', () => {
  const [a, b, c] = declarations('/// one\n///  two\nvar a: bool = true\n/// apart\n\nvar b: bool = true\n// no doc\nvar c: bool = true /// nor this');
  expect([a?.doc, b?.doc, c?.doc]).toEqual(['one\n two', undefined, undefined]);
});

test('a question mark belongs to the nearest type', () => {
  const [d] = declarations('var x: [Slot -> set of Cb?]');
  expect(withoutPlaces(d)).toMatchObject({ type: { kind: 'map', value: { kind: 'set', of: { kind: 'nullable', of: { kind: 'named' } } } } });
});

test('bounds of a range type are sums', () => {
  const [d] = declarations('var x: -1..hr.N - 1 * 2 in {0}');
  if (d?.kind !== 'var' || d.type?.kind !== 'range') throw new Error('no range');
  expect([showExpr(d.type.lo), showExpr(d.type.hi), d.initial?.kind]).toEqual(['(- 1)', '(hr.N - (1 * 2))', 'choice']);
});

test('words with a meaning in one place are names elsewhere', () => {
  declarations('var set: set of seq = {}\nvar label: bool = true\nvar step: bool = step\nprocess only(of in set) { step: label := never as: skip }');
});

test('after return, a name and a colon are the next label', () => {
  expect(statements('return lab: skip').map((s) => [s.kind, s.label?.name.text])).toEqual([['return', undefined], ['skip', 'lab']]);
  expect(statements('return lab').map((s) => s.kind)).toEqual(['return']);
});

test('with and a name is a statement, with and a bracket an expression', () => {
  expect(statements('x := m with y in S { skip }').map((s) => s.kind)).toEqual(['assign', 'with']);
  expect(statements('x := m with [y] = S x := r with { a: 1 }').map((s) => s.kind)).toEqual(['assign', 'assign']);
});

test('a brace behind the head of if, while and with opens the block', () => {
  expect(statements('if x { } while x == S { } with y in S { } if x in {1} { } if (R { a: 1 }) == x { } if f(R { }) { }').map((s) => s.kind)).toEqual(
    ['if', 'while', 'with', 'if', 'if', 'if'],
  );
});

test('labels carry their fairness', () => {
  expect(statements('a: skip b:- skip c:+ skip d:-skip').map((s) => s.label?.fairness)).toEqual([undefined, '-', '+', '-']);
});

test('the span of a statement includes its label, that of a declaration not its doc', () => {
  const text = '/// doc\nprocess p { lab: x := 1 }';
  const { file } = parse({ path: 'test.heddle', text });
  const [d] = file.declarations;
  if (d?.kind !== 'process') throw new Error('no process');
  const [s] = d.body.statements;
  expect([text.slice(d.span.start, d.span.end), text.slice(s!.span.start, s!.span.end)]).toEqual(['process p { lab: x := 1 }', 'lab: x := 1']);
});

test('every span lies within that of its parent and is text without space around it', () => {
  for (const source of parserSamples) {
    const visit = (n: Node): void => {
      for (const c of children(n)) {
        const text = source.text.slice(c.node.span.start, c.node.span.end);
        expect(text, `${source.path} ${kindsOf(c)}`).toBe(text.trim());
        expect(text.length, `${source.path} ${kindsOf(c)}`).toBeGreaterThan(0);
        expect(c.node.span.start >= n.node.span.start && c.node.span.end <= n.node.span.end, `${source.path} ${kindsOf(n)} > ${kindsOf(c)}`).toBe(true);
        visit(c);
      }
    };
    visit({ category: 'file', node: parse(source).file });
  }
});
