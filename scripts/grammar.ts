// The pages of the grammar, written out from the parser itself: grammar/heddle.ebnf and grammar/railroad.html.
// Slips that the parser accepts only to name them (rules called `mistake…`) are left out.

import type { SerializedRule, SerializedPart } from './serialized-grammar.js';
import { LEVELS } from '../src/ast/operators.js';
import { HeddleParser } from '../src/parser/grammar.js';
import { CONTEXTUAL, RESERVED } from '../src/parser/tokens.js';
import type { GeneratedFile } from './generated-file.js';
import { type Diagram, drawRule } from './railroad.js';

/** What a rule consists of, without what only the parser needs. */
export type Part =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Part[] }
  | { readonly kind: 'optional'; readonly of: Part }
  | { readonly kind: 'repeated'; readonly of: Part; readonly least: 0 | 1; readonly separator?: string };

interface GrammarRule {
  readonly name: string;
  readonly part: Part;
}

/** Tokens that are not one spelling; they are described behind the rules. */
const TOKEN_RULES: Readonly<Record<string, string>> = {
  Identifier: 'name', Int: 'number', Text: 'text', BinaryOperator: 'binary-operator', SumOperator: 'sum-operator', PrefixOperator: 'prefix-operator',
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

function sequence(definition: readonly SerializedPart[]): Part | undefined {
  const parts = definition.map(partOf).filter((p) => p !== undefined);
  return parts.length === 0 ? undefined : parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
}

function partOf(g: SerializedPart): Part | undefined {
  switch (g.type) {
    case 'NonTerminal':
      return g.name.startsWith('mistake') ? undefined : { kind: 'rule', name: kebab(g.name) };
    case 'Terminal': {
      const rule = TOKEN_RULES[g.name];
      return rule === undefined ? { kind: 'word', text: g.label } : { kind: 'rule', name: rule };
    }
    case 'Alternation': {
      const parts = g.definition.map(partOf).filter((p) => p !== undefined);
      return parts.length <= 1 ? parts[0] : { kind: 'choice', parts };
    }
    case 'Option': {
      const of = sequence(g.definition);
      return of && { kind: 'optional', of };
    }
    case 'Repetition':
    case 'RepetitionMandatory': {
      const of = sequence(g.definition);
      return of && { kind: 'repeated', of, least: g.type === 'Repetition' ? 0 : 1 };
    }
    case 'RepetitionWithSeparator':
    case 'RepetitionMandatoryWithSeparator': {
      const of = sequence(g.definition);
      return of && { kind: 'repeated', of, least: g.type === 'RepetitionWithSeparator' ? 0 : 1, separator: g.separator.label };
    }
    default:
      return sequence(g.definition);
  }
}

export function grammarRules(): readonly GrammarRule[] {
  const productions = new HeddleParser(true).getSerializedGastProductions() as unknown as readonly SerializedRule[];
  return fromTheTop(productions.filter((r) => !r.name.startsWith('mistake')).map((r) => ({ name: kebab(r.name), part: sequence(r.definition)! })));
}

/** The classes of the grammar define expressions first, then statements (from `body` on), then declarations; a reader begins with the file. */
function fromTheTop(rules: readonly GrammarRule[]): readonly GrammarRule[] {
  const [statements, declarations] = ['body', 'file'].map((first) => rules.findIndex((r) => r.name === first));
  return [...rules.slice(declarations), ...rules.slice(statements, declarations), ...rules.slice(0, statements)];
}

// ---- EBNF ---------------------------------------------------------------------------------------------------------

const WIDTH = 110;

function ebnf(p: Part, inner = false): string {
  switch (p.kind) {
    case 'word':
      return `"${p.text}"`;
    case 'rule':
      return p.name;
    case 'sequence':
      return p.parts.map((x) => ebnf(x, true)).join(' ');
    case 'choice':
      return inner ? `( ${p.parts.map((x) => ebnf(x)).join(' | ')} )` : p.parts.map((x) => ebnf(x)).join(' | ');
    case 'optional':
      return `[ ${ebnf(p.of)} ]`;
    case 'repeated': {
      const once = ebnf(p.of, true);
      if (p.separator === undefined) return p.least === 0 ? `{ ${ebnf(p.of)} }` : `${once} { ${ebnf(p.of)} }`;
      const list = `${once} { "${p.separator}" ${once} }`;
      return p.least === 0 ? `[ ${list} ]` : list;
    }
  }
}

function ebnfRule(r: GrammarRule): string {
  const short = `${r.name} = ${ebnf(r.part)} ;`;
  if (short.length <= WIDTH) return short;
  if (r.part.kind !== 'choice') return short.replaceAll(' | ', '\n  | ');
  return `${r.name} =\n    ${r.part.parts.map((p) => ebnf(p)).join('\n  | ')} ;`;
}

const quoted = (words: readonly string[]): string => words.map((w) => `"${w}"`).join(' | ');

function operatorTable(): readonly string[] {
  const chains = { left: 'from the left', right: 'from the right', none: 'not chained', prefix: 'before its operand' };
  const rows = LEVELS.map((l) => `   ${l.operators.join(' ').padEnd(28)}${chains[l.chain]}`);
  return [...rows, `   ${'with'.padEnd(28)}behind its operand`, `   ${". [] () '".padEnd(28)}behind their operand`];
}

function wordList(words: readonly string[]): string {
  const lines = [''];
  for (const w of words) {
    if (lines.at(-1)!.length + w.length > WIDTH - 4) lines.push('');
    lines[lines.length - 1] += ` ${w}`;
  }
  return lines.map((l) => `  ${l}`).join('\n');
}

/** Operators of the levels of `+ - * / %`, the only ones in a bound of a range type. */
const isArithmetic = (o: string): boolean => /^[-+*/%]$/.test(o);

function tokenRules(): readonly string[] {
  const binary = LEVELS.filter((l) => l.chain !== 'prefix').flatMap((l) => l.operators);
  const prefix = LEVELS.filter((l) => l.chain === 'prefix').flatMap((l) => l.operators);
  return [
    `binary-operator =\n    ${LEVELS.filter((l) => l.chain !== 'prefix').map((l) => quoted(l.operators)).join('\n  | ')} ;`,
    `sum-operator = ${quoted(binary.filter(isArithmetic))} ;`,
    `prefix-operator = ${quoted(prefix)} ;`,
    'name = ? a letter or `_`, then letters, digits and `_`; no reserved word ? ;',
    'number = ? digits; at most 2147483647 ? ;',
    'text = ? anything but a quote or a line break, between two `"` ? ;',
  ];
}

export function ebnfPage(rules: readonly GrammarRule[]): string {
  return [
    '(* The grammar of Heddle, written out from the parser by `npm run generate`; do not edit.',
    '   [ x ] is optional, { x } is repeated or absent, x | y is a choice. Comments go from // to the end of the line. *)',
    '',
    ...rules.map(ebnfRule).flatMap((r) => [r, '']),
    ...tokenRules().flatMap((r) => [r, '']),
    '(* Operators, weakest first, and how a chain of one level is grouped. `forall`, `exists`, `count` and `if` reach as far right as they can.',
    ...operatorTable(),
    '   Also read: /\\ \\/ ~ \\in \\A \\E # = [] <> for && || ! in forall exists != == always eventually.',
    '   `R { … }` stands in parentheses before the block of `if`, `while` and `with`. `{ x in S …` always begins the elements of S with a property. *)',
    '',
    '(* Reserved words:',
    wordList(RESERVED),
    '   Words with a meaning in one place, names elsewhere:',
    `${wordList(CONTEXTUAL)} *)`,
    '',
  ].join('\n');
}

// ---- railroad diagrams --------------------------------------------------------------------------------------------

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const STYLE = `
  :root { color-scheme: light dark; --line: #555; --word: #dbeafe; --rule: #fef3c7; --text: #111; }
  @media (prefers-color-scheme: dark) { :root { --line: #aaa; --word: #1e3a5f; --rule: #4a3b12; --text: #eee; } }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { font: 600 15px ui-monospace, monospace; margin: 2rem 0 .3rem; }
  figure { margin: 0; overflow-x: auto; }
  pre { white-space: pre-wrap; opacity: .75; margin: .2rem 0; font-size: 13px; }
  svg path { fill: none; stroke: var(--line); stroke-width: 1.5; }
  svg rect { stroke: var(--line); fill: var(--rule); }
  svg rect.word { fill: var(--word); }
  svg text { font: 13px ui-monospace, monospace; fill: var(--text); text-anchor: middle; }
`;

export function railroadPage(rules: readonly GrammarRule[]): string {
  const known = new Set(rules.map((r) => r.name));
  const section = (r: GrammarRule): string => {
    const diagram: Diagram = drawRule(r.part, known);
    return [
      `<h2 id="${r.name}">${r.name}</h2>`,
      `<figure><svg role="img" aria-label="${r.name}" width="${diagram.width}" height="${diagram.height}">${diagram.svg}</svg></figure>`,
      `<pre>${escape(ebnfRule(r))}</pre>`,
    ].join('\n');
  };
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The grammar of Heddle</title><style>${STYLE}</style></head>`,
    '<body>',
    '<h1>The grammar of Heddle</h1>',
    '<p>Written out from the parser by <code>npm run generate</code>; do not edit. The precedence of operators and the words are in <code>heddle.ebnf</code>.</p>',
    ...rules.map(section),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

export function grammarFiles(): readonly GeneratedFile[] {
  const rules = grammarRules();
  return [
    { path: 'grammar/heddle.ebnf', content: ebnfPage(rules) },
    { path: 'grammar/railroad.html', content: railroadPage(rules) },
  ];
}
