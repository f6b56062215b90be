// The statement, body and declaration around an offset, and how their lines are indented.

import type { Body, Declaration, Expr, Stmt, TypeExpr } from '../ast/nodes.js';
import { startsOfLines, positionAt, textOfLine, type SourceFile, type Span } from '../base/span.js';
import type { TextEdit } from './place.js';
import { nodesIn, type Sym } from './symbols.js';
import { moduleOf, type Module, type World } from './world.js';
import { useAt, usesIn } from './uses.js';

export const declarationAt = (file: SourceFile, offset: number): Declaration | undefined => moduleOf(file).tree.declarations.find((d) => d.span.start <= offset && offset <= d.span.end);

/** Statements around an offset, outermost first. */
export function statementsAround(file: SourceFile, offset: number): readonly Stmt[] {
  const d = declarationAt(file, offset);
  if (d === undefined) return [];
  return [...nodesIn({ category: 'declaration', node: d })].flatMap((n) => (n.category === 'statement' && n.node.span.start <= offset && offset <= n.node.span.end ? [n.node] : []));
}

export function bodyAt(file: SourceFile, offset: number): Body | undefined {
  const d = declarationAt(file, offset);
  return d?.kind === 'procedure' || d?.kind === 'process' ? d.body : undefined;
}

export const indentAt = (file: SourceFile, offset: number): string => /^[ \t]*/.exec(textOfLine(file, positionAt(file, offset).line))![0];

/** The whole line (or lines) of a span, with the line break. */
export function linesOf(file: SourceFile, span: Span): Span {
  const starts = startsOfLines(file);
  const start = starts[positionAt(file, span.start).line - 1]!;
  const end = starts[positionAt(file, span.end).line] ?? file.text.length;
  return { start, end };
}

/** A statement put into `head { … }`, its lines indented once more. A label stays before the block. */
export function wrapped(file: SourceFile, s: Stmt, head: string): TextEdit {
  const from = s.label?.span.end ?? s.span.start;
  const gap = /^\s*/.exec(file.text.slice(from))![0].length;
  const start = s.label === undefined ? from : from + gap;
  const text = file.text.slice(start, s.span.end);
  if (!text.includes('\n')) return { span: { start, end: s.span.end }, text: `${head} { ${text} }` };
  const indent = indentAt(file, s.span.start);
  return { span: { start, end: s.span.end }, text: `${head} {\n${indent}  ${text.replaceAll('\n', '\n  ')}\n${indent}}` };
}

/** Those at the head: one that stands among the statements is read too, but is a mistake. */
export function headLocals(body: Body): Body['locals'] {
  const first = body.statements[0]?.span.start ?? Infinity;
  return body.locals.filter((l) => l.span.start < first);
}

/** Adds a local variable at the end of the body's `var`s. */
export function addLocal(file: SourceFile, body: Body, declaration: string): TextEdit {
  const last = headLocals(body).at(-1);
  if (last !== undefined) return { span: { start: last.span.end, end: last.span.end }, text: `\n${indentAt(file, last.span.start)}${declaration}` };
  const open = body.span.start + 1;
  const first = body.statements[0];
  const sameLine = first !== undefined && !file.text.slice(open, first.span.start).includes('\n');
  const indent = `${indentAt(file, body.span.start)}  `;
  return { span: { start: open, end: open }, text: sameLine ? `\n${indent}${declaration}\n${indent.slice(2)}` : `\n${indent}${declaration}` };
}

/** A name that nothing in the body has. */
export function freshName(body: Body, text: string, wanted: string): string {
  const taken = new Set([...body.locals.map((l) => l.name.text), ...(text.match(/[A-Za-z_]\w*/g) ?? [])]);
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : `${wanted}${i}`;
    if (!taken.has(name)) return name;
  }
}

/** The written type of a place, as far as declarations tell: `slot[i]` of `[0..1 -> Cb?]` is `Cb?`. */
export function writtenType(world: World, module: Module, e: Expr): { readonly type: TypeExpr; readonly file: SourceFile } | undefined {
  switch (e.kind) {
    case 'group':
      return writtenType(world, module, e.inner);
    case 'name':
      return ofSymbol(useAt(usesIn(world, module), e.name.span.start)?.symbols[0]);
    case 'field':
      return ofSymbol(useAt(usesIn(world, module), e.field.span.start)?.symbols[0]);
    case 'index': {
      const map = writtenType(world, module, e.object);
      return map?.type.kind === 'map' ? { type: map.type.value, file: map.file } : undefined;
    }
    default:
      return undefined;
  }
}

const ofSymbol = (s: Sym | undefined): { readonly type: TypeExpr; readonly file: SourceFile } | undefined => (s?.type === undefined ? undefined : { type: s.type, file: s.file });
