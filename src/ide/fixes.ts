// The change that a diagnostic suggests, made: one entry a code. Those that need more than the place and the text are in actions.ts.

import type { Diagnostic } from '../base/diagnostic.js';
import type { Code } from '../base/catalogue/index.js';
import type { SourceFile } from '../base/span.js';
import { bodyAt, declarationAt, headLocals, linesOf, statementsAround, wrapped } from './enclosing.js';
import type { TextEdit } from './place.js';
import { moduleOf } from './world.js';

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

type Maker = (file: SourceFile, d: Diagnostic) => readonly Fix[];

const replace = (d: Diagnostic, text: string): TextEdit => ({ span: { start: d.at.start, end: d.at.end }, text });
const insert = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });
const written = (file: SourceFile, d: Diagnostic): string => file.text.slice(d.at.start, d.at.end);

/** "Did you mean 'x'?" */
const nearby: Maker = (file, d) => {
  const near = /Did you mean '([^']+)'/.exec(d.help ?? '')?.[1];
  if (near === undefined) return [];
  const quote = written(file, d).startsWith('"') ? '"' : '';
  return [{ title: `Change to '${near}'`, edits: [replace(d, `${quote}${near}${quote}`)] }];
};

/** "Heddle writes `x`." where that stands for what was written. */
const asAdvised: Maker = (_, d) => {
  const advised = /^(?:Write |Heddle writes )?`([^`…]+)`\.?$/.exec(d.help ?? '')?.[1];
  return advised === undefined ? [] : [{ title: `Write \`${advised}\``, edits: [replace(d, advised)] }];
};

const withoutLabel: Maker = (file, d) => {
  const s = statementsAround(file, d.at.start).findLast((x) => x.label !== undefined);
  if (s?.label === undefined) return [];
  const start = s.label.span.start;
  const gap = /^\s*/.exec(file.text.slice(s.label.span.end))![0].length;
  return [{ title: `Remove the label '${s.label.name.text}'`, edits: [{ span: { start, end: s.label.span.end + gap }, text: '' }] }];
};

const removeLines = (file: SourceFile, span: { readonly start: number; readonly end: number }): TextEdit => {
  const lines = linesOf(file, span);
  const alone = file.text.slice(lines.start, span.start).trim() === '' && file.text.slice(span.end, lines.end).replace(/\/\/.*/, '').trim() === '';
  return { span: alone ? lines : span, text: '' };
};

export const FIXES: { readonly [C in Code]?: Maker } = {
  'resolve/unknown-name': nearby,
  'module/not-found': nearby,
  'module/unknown-binding': nearby,
  'check/unknown-property': nearby,
  'check/unknown-constant': nearby,
  'parse/assignment': (_, d) => [{ title: 'Assign with `:=`', edits: [replace(d, ':=')] }],
  'parse/definition-sign': (_, d) => [{ title: 'Define with `=`', edits: [replace(d, '=')] }],
  'parse/foreign-operator': asAdvised,
  'parse/foreign-word': asAdvised,
  'parse/comma-in-check': (file) => [{ title: 'Remove commas between items', edits: checkCommas(file) }].filter((f) => f.edits.length > 0),
  'parse/semicolon': (file) => [{ title: 'Remove all semicolons', edits: semicolons(file) }],
  'parse/foreign-comment': (file, d) => {
    const line = file.text.slice(d.at.start, linesOf(file, { start: d.at.start, end: d.at.start }).end);
    const block = /^(?:\(\*|\/\*)([^\n]*?)(?:\*\)|\*\/)(\s*)$/.exec(line);
    if (block) return [{ title: 'Write `// …`', edits: [{ span: { start: d.at.start, end: d.at.start + line.trimEnd().length }, text: `//${block[1]!.trimEnd()}` }] }];
    return line.startsWith('\\*') ? [{ title: 'Write `// …`', edits: [{ span: { start: d.at.start, end: d.at.start + 2 }, text: '//' }] }] : [];
  },
  'parse/compound-assignment': (file, d) => {
    const place = /([A-Za-z_][\w.]*(?:\[[^\]]*\])*)\s*$/.exec(file.text.slice(linesOf(file, d.at).start, d.at.start))?.[1];
    const sign = written(file, d);
    if (place === undefined) return [];
    return [{ title: `Write \`${place} := ${place} ${sign[0]} …\``, edits: [replace(d, sign === '++' ? `:= ${place} + 1` : `:= ${place} ${sign[0]}`)] }];
  },
  'parse/reserved-word': (file, d) => [{ title: `Call it \`${written(file, d)}_\``, edits: [insert(d.at.end, '_')] }],
  'parse/unclosed-text': (_, d) => [{ title: 'Add the `"`', edits: [insert(d.at.end, '"')] }],
  'parse/definition-missing': (file, d) => {
    const declaration = declarationAt(file, d.at.start);
    return declaration === undefined ? [] : [{ title: 'Leave it to the importing file: `abstract`', edits: [insert(declaration.span.start, 'abstract ')] }];
  },
  'parse/abstract-defined': (file, d) => {
    const declaration = declarationAt(file, d.at.start);
    const at = declaration && file.text.indexOf('abstract', declaration.span.start);
    return at === undefined || at < 0 || at > d.at.start ? [] : [{ title: 'Remove `abstract`', edits: [{ span: { start: at, end: at + 9 }, text: '' }] }];
  },
  'parse/import-without-as': (file, d) => [{ title: 'Give it a prefix', edits: [insert(d.at.start, `as ${/([A-Za-z_]\w*)"\s*$/.exec(file.text.slice(0, d.at.start))?.[1] ?? 'm'} `)] }],
  'parse/local-not-at-head': (file, d) => {
    const body = enclosingBrace(file, d.at.start);
    const line = linesOf(file, d.at);
    const text = file.text.slice(line.start, line.end);
    const declared = /^\s*var\s+(\w+)\s*(:[^=\n]*?)?\s*(?:=\s*(.*?))?\s*$/.exec(text);
    if (body === undefined || declared === null) return [];
    const [, name, type, value] = declared;
    const indent = /^[ \t]*/.exec(text)![0];
    const stays = value === undefined || type === undefined ? '' : `${indent}${name} := ${value}\n`;
    const moves = type === undefined ? text.trim() : `var ${name}${type.trimEnd()}`;
    return [{ title: `Declare '${name}' at the head of the body`, edits: [insert(body, `\n${headIndent(file, body)}${moves}`), { span: line, text: stays }] }];
  },
  'parse/weak-implication': (file, d) => {
    const declaration = declarationAt(file, d.at.start);
    const formula = declaration?.kind === 'property' ? declaration.formula : declaration?.kind === 'invariant' && declaration.formula.kind === 'expr' ? declaration.formula.expr : undefined;
    if (formula?.kind !== 'binary' || formula.left.kind !== 'unary') return [];
    return [{ title: `Write \`${formula.left.operator} (… => …)\``, edits: [insert(formula.left.operand.span.start, '('), insert(formula.span.end, ')')] }];
  },
  'fair/interrupted': (file, d) => {
    const declaration = declarationAt(file, d.at.start);
    const fair = declaration && file.text.startsWith('fair', declaration.span.start) ? declaration.span.start + 4 : undefined;
    return fair === undefined ? [] : [{ title: 'Make it `fair+`', edits: [insert(fair, '+')] }];
  },
  'flow/unused': (file, d) => {
    const rename: Fix = { title: `Call it \`_${written(file, d)}\``, edits: [insert(d.at.start, '_')] };
    const unused = [declarationAt(file, d.at.start), ...(bodyAt(file, d.at.start)?.locals ?? [])].find((x) => x !== undefined && 'name' in x && x.name.span.start === d.at.start);
    // A call is made for what it does, too.
    if (unused === undefined || ('initial' in unused && unused.initial?.expr.kind === 'call')) return [rename];
    return [{ title: `Remove '${written(file, d)}'`, edits: [removeLines(file, withDoc(file, unused))] }, rename];
  },
  'flow/unreachable': (file, d) => {
    const s = statementsAround(file, d.at.start).findLast((x) => x.span.start === d.at.start);
    return s === undefined ? [] : [{ title: 'Remove the statement', edits: [removeLines(file, s.span)] }];
  },
  'flow/unassigned': (file, d) => {
    const name = /^'(\w+)'/.exec(d.message)?.[1];
    const local = bodyAt(file, d.at.start)?.locals.find((l) => l.name.text === name);
    return local?.type === undefined ? [] : [{ title: `Declare '${name}' nullable`, edits: [insert(local.type.span.end, '?')] }];
  },
  'ghost/labelled': withoutLabel,
  'steps/label-in-atomic': withoutLabel,
  'steps/label-needed': (file, d) => [{ title: 'Add a label', edits: [insert(d.at.start, `${freshLabel(file)}: `)] }],
  'steps/rest-not-first': (file, d) => {
    const rest = /^rest\s+until/.exec(file.text.slice(d.at.start))?.[0] ?? /rest\s+until/.exec(written(file, d))?.[0];
    const at = rest === undefined ? -1 : file.text.indexOf(rest, d.at.start);
    return at < 0 ? [] : [{ title: 'Wait with `await`', edits: [{ span: { start: at, end: at + rest!.length }, text: 'await' }] }];
  },
  'ghost/read': (file, d) => {
    const ghost = moduleOf(file).top.get(written(file, d))?.declaration;
    const word = ghost && /^ghost\s+/.exec(file.text.slice(ghost.span.start))?.[0];
    return ghost === undefined || word === undefined ? [] : [{ title: 'Make it a `var`', edits: [{ span: { start: ghost.span.start, end: ghost.span.start + word.length }, text: '' }] }];
  },
  'type/needs-range': (_, d) => [{ title: 'Say which values it can have: `0..3`', edits: [insert(d.at.end, ': 0..3')] }],
  'type/empty-range': (file, d) => {
    const bounds = /^(\S+)\s*\.\.\s*(\S+)$/.exec(written(file, d));
    return bounds === null ? [] : [{ title: 'Swap the bounds', edits: [replace(d, `${bounds[2]}..${bounds[1]}`)] }];
  },
  'type/no-temporal': (file, d) => {
    const declaration = declarationAt(file, d.at.start);
    if (declaration?.kind !== 'property') return [];
    return [
      { title: 'Make it an `invariant`', edits: [{ span: { start: declaration.span.start, end: declaration.span.start + 'property'.length }, text: 'invariant' }] },
      { title: 'Write `always (…)`', edits: [insert(declaration.formula.span.start, 'always ('), insert(declaration.formula.span.end, ')')] },
    ];
  },
  'atomicity/many-accesses': (file, d) => {
    const s = statementsAround(file, d.at.start).findLast((x) => x.span.start === d.at.start);
    return s === undefined ? [] : [{ title: 'Make it `atomic`', edits: [wrapped(file, s, 'atomic')] }];
  },
};

function withDoc(file: SourceFile, d: { readonly doc?: string; readonly span: { readonly start: number; readonly end: number } }): { readonly start: number; readonly end: number } {
  if (d.doc === undefined) return d.span;
  const before = file.text.slice(0, d.span.start);
  const doc = /(?:^|\n)((?:[ \t]*\/\/\/[^\n]*\n)+)[ \t]*$/.exec(before);
  return { start: doc === null ? d.span.start : before.length - doc[0].length + (doc[0].startsWith('\n') ? 1 : 0), end: d.span.end };
}

/** Outside of comments and texts. */
function semicolons(file: SourceFile): readonly TextEdit[] {
  return [...file.text.matchAll(/\/\/[^\n]*|"[^"\n]*"?|;/g)].flatMap((m) => (m[0] === ';' ? [{ span: { start: m.index, end: m.index + 1 }, text: '' }] : []));
}

function checkCommas(file: SourceFile): readonly TextEdit[] {
  return moduleOf(file).diagnostics.flatMap((d) => (d.code === 'parse/comma-in-check' ? [{ span: { start: d.at.start, end: d.at.end }, text: ' ' }] : []));
}

/** Behind the opening brace of the body that the place stands in. */
function enclosingBrace(file: SourceFile, offset: number): number | undefined {
  const body = bodyAt(file, offset);
  return body === undefined ? undefined : (headLocals(body).at(-1)?.span.end ?? body.span.start + 1);
}

const headIndent = (file: SourceFile, at: number): string => `${/^[ \t]*/.exec(file.text.slice(file.text.lastIndexOf('\n', at - 1) + 1))![0]}${file.text[at - 1] === '{' ? '  ' : ''}`;

function freshLabel(file: SourceFile): string {
  for (let i = 1; ; i++) if (!new RegExp(`\\bl${i}\\b`).test(file.text)) return `l${i}`;
}
