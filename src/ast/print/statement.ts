// Bodies, blocks and statements. A block that stood on one line stays there if it fits.

import { unreachable } from '../../base/unreachable.js';
import type { Span } from '../../base/span.js';
import type { Block, Body, Expr, Stmt, VarParts } from '../nodes.js';
import { printExpr, printType } from './expression.js';
import { all, choice, type Doc, group, hardline, indent, indentBy, line, separated, wideline } from './layout.js';
import type { SourceNotes } from './source.js';

/** `{ … }` around items: on one line where they stood so and fit, else one below the other. */
export function braces<T extends { readonly span: Span }>(items: readonly T[], span: Span, notes: SourceNotes, print: (item: T, index: number) => Doc): Doc {
  if (notes.onOneLine(span)) {
    if (items.length === 0) return '{ }';
    return group('{', indent(line, separated(wideline, items.map(print))), line, '}');
  }
  const lines = notes.lines(items, span.end, print);
  // Comments behind the brace come first; they end its line.
  const first = lines.findIndex((d) => typeof d === 'string' || d.kind !== 'comment');
  if (lines.length === 0) return '{ }';
  if (first < 0) return group('{', ...lines, hardline, '}');
  return group('{', ...lines.slice(0, first), indent(hardline, ...lines.slice(first)), hardline, '}');
}

export function printBlock(b: Block, notes: SourceNotes): Doc {
  const column = labelColumn(b, notes);
  return braces(b.statements, b.span, notes, (s) => printStmt(s, column, notes));
}

export function printBody(b: Body, notes: SourceNotes): Doc {
  const column = labelColumn(b, notes);
  const items = [
    ...b.locals.map((v) => ({ span: v.span, print: () => printVariable(v, notes) })),
    ...b.statements.map((s) => ({ span: s.span, print: () => printStmt(s, column, notes) })),
  ];
  return braces(items, b.span, notes, (i) => i.print());
}

export function printVariable(v: VarParts, notes: SourceNotes): Doc {
  const type = v.type ? all(': ', printType(v.type, notes)) : '';
  const initial = v.initial ? all(v.initial.kind === 'choice' ? ' in ' : ' = ', printExpr(v.initial.expr, notes)) : '';
  return all(`var ${v.name.text}`, type, initial);
}

/** A wider column of labels would leave too little of the line to the statements. */
const WIDEST_COLUMN = 16;

const labelText = (s: Stmt): string => (s.label ? `${s.label.name.text}:${s.label.fairness ?? ''} ` : '');

/** How wide the column is in which the labels of a block stand; 0: they stand before their statements. */
function labelColumn(b: Block | Body, notes: SourceNotes): number {
  if (!notes.stepsByLabel || notes.onOneLine(b.span)) return 0;
  const widest = Math.max(0, ...b.statements.map((s) => labelText(s).length));
  return widest > WIDEST_COLUMN ? 0 : widest;
}

function printStmt(s: Stmt, column: number, notes: SourceNotes): Doc {
  return all(labelText(s).padEnd(column), indentBy(column, printCore(s, notes)));
}

/** A further block of the same statement, `or { … }`: behind the brace, or on a line of its own where it stood so behind a block of one line. */
function further(before: Doc, beforeSpan: Span, word: string, start: number, after: Doc | (() => Doc), notes: SourceNotes): Doc {
  const { ends, own } = notes.between(start);
  const rest = typeof after === 'function' ? after() : after;
  if (own) return all(ends, own, hardline, word, ' ', rest);
  const apart = notes.lineOf(beforeSpan.end - 1) !== notes.lineOf(start);
  return all(ends, apart ? choice(' ', hardline, before) : ' ', word, ' ', rest);
}

function printIf(s: Extract<Stmt, { kind: 'if' }>, notes: SourceNotes): Doc {
  const parts: Doc[] = [];
  let at: Extract<Stmt, { kind: 'if' }> | undefined = s;
  parts.push('if ');
  while (at) {
    const then: Doc = all(printExpr(at.condition, notes), ' ');
    const block = printBlock(at.then, notes);
    parts.push(then, block);
    const otherwise: Block | Stmt | undefined = at.else;
    const span: Span = at.then.span;
    at = undefined;
    if (otherwise === undefined) break;
    if ('kind' in otherwise) {
      parts.push(further(block, span, 'else', otherwise.span.start, 'if ', notes));
      at = otherwise.kind === 'if' ? otherwise : undefined;
    } else parts.push(further(block, span, 'else', otherwise.span.start, () => printBlock(otherwise, notes), notes));
  }
  return all(...parts);
}

function printEither(s: Extract<Stmt, { kind: 'either' }>, notes: SourceNotes): Doc {
  const parts: Doc[] = ['either '];
  let before: Doc = '';
  s.branches.forEach((b, i) => {
    if (i === 0) parts.push((before = printBlock(b, notes)));
    else {
      let block: Doc = '';
      parts.push(further(before, s.branches[i - 1]!.span, 'or', b.span.start, () => (block = printBlock(b, notes)), notes));
      before = block;
    }
  });
  return all(...parts);
}

function printCore(s: Stmt, notes: SourceNotes): Doc {
  const expr = (e: Expr): Doc => printExpr(e, notes);
  switch (s.kind) {
    case 'skip':
    case 'break':
    case 'continue':
      return s.kind;
    case 'assign':
      return all(separated(', ', s.targets.map(expr)), ' := ', separated(', ', s.values.map(expr)));
    case 'call':
      return expr(s.call);
    case 'await':
      return all('await ', expr(s.condition));
    case 'rest':
      return all('rest until ', expr(s.condition));
    case 'assert':
      return all('assert ', expr(s.condition), s.property ? ` as ${s.property.text}` : '');
    case 'if':
      return printIf(s, notes);
    case 'while':
      return all('while ', expr(s.condition), ' ', printBlock(s.body, notes));
    case 'loop':
    case 'atomic':
      return all(`${s.kind} `, printBlock(s.body, notes));
    case 'goto':
      return `goto ${s.target.text}`;
    case 'either':
      return printEither(s, notes);
    case 'with':
      return all(`with ${s.name.text} in `, expr(s.set), ' ', printBlock(s.body, notes));
    case 'return':
      return s.value ? all('return ', expr(s.value)) : 'return';
    case 'defer':
      return all('defer ', expr(s.call));
    case 'free':
    case 'touch':
      return all(`${s.kind} `, expr(s.operand));
    default:
      return unreachable(s);
  }
}
