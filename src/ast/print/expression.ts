// Types and expressions in canonical spelling. Parentheses are nodes of the tree, so none are added or dropped.

import { unreachable } from '../../base/unreachable.js';
import type { BinaryOp, Binder, Expr, FieldInit, Path, TypeExpr } from '../nodes.js';
import { all, type Doc, group, hardline, indent, line, separated, softline } from './layout.js';
import type { SourceNotes } from './source.js';

export const printPath = (p: Path): string => p.parts.map((n) => n.text).join('.');

export function printType(t: TypeExpr, notes: SourceNotes): Doc {
  switch (t.kind) {
    case 'named':
      return printPath(t.path);
    case 'range':
      return all(printExpr(t.lo, notes), '..', printExpr(t.hi, notes));
    case 'nullable':
      return all(printType(t.of, notes), '?');
    case 'map':
      return all('[', printType(t.key, notes), ' -> ', printType(t.value, notes), ']');
    case 'set':
      return all('set of ', printType(t.of, notes));
    case 'seq':
      return all('seq of ', printType(t.of, notes), ' max ', printExpr(t.max, notes));
    default:
      return unreachable(t);
  }
}

/** Things in brackets, on one line or each on its own. */
export function bracketed<T extends { readonly span: { readonly start: number } }>(
  open: string, items: readonly T[], close: string, notes: SourceNotes, print: (item: T) => Doc, pad: Doc = softline,
): Doc {
  if (items.length === 0) return `${open}${pad === line ? ' ' : ''}${close}`;
  const parts = items.map((item, i) => {
    const { ends, own } = notes.between(item.span.start);
    const before = own ? all(own, hardline) : i === 0 ? pad : line;
    return all(i === 0 ? '' : ',', ends, before, print(item));
  });
  return group(open, indent(...parts), pad, close);
}

/** What follows `=`, ` =` included: on the same line, or on the next ones. */
export function definition(e: Expr, notes: SourceNotes): Doc {
  const { ends, own } = notes.between(e.span.start);
  return group(' =', ends, indent(own ? all(own, hardline) : line, printExpr(e, notes)));
}

const fieldInits = (fields: readonly FieldInit[], notes: SourceNotes): Doc =>
  bracketed('{', fields, '}', notes, (f) => all(`${f.name.text}: `, printExpr(f.value, notes)), line);

const binders = (list: readonly Binder[], notes: SourceNotes): Doc =>
  separated(', ', list.map((b) => all(b.names.map((n) => n.text).join(', '), ' in ', printExpr(b.set, notes))));

/** The operators at which long lines break. */
const BREAKING: ReadonlySet<BinaryOp> = new Set<BinaryOp>(['&&', '||', '=>']);

function chainOperands(e: Expr, operator: BinaryOp, out: Expr[]): void {
  if (e.kind === 'binary' && e.operator === operator) {
    chainOperands(e.left, operator, out);
    chainOperands(e.right, operator, out);
  } else out.push(e);
}

function printBinary(e: Extract<Expr, { kind: 'binary' }>, notes: SourceNotes): Doc {
  if (!BREAKING.has(e.operator)) {
    const gap = e.operator === '..' ? '' : ' ';
    return all(printExpr(e.left, notes), `${gap}${e.operator}${gap}`, printExpr(e.right, notes));
  }
  const operands: Expr[] = [];
  chainOperands(e, e.operator, operands);
  const [first, ...rest] = operands.map((operand, i) => {
    if (i === 0) return printExpr(operand, notes);
    const { ends, own } = notes.between(operand.span.start);
    return all(ends, own ? all(own, hardline) : line, `${e.operator} `, printExpr(operand, notes));
  });
  // The first operand's own breaks are indented further than this chain's.
  return group(indent(first!), indent(...rest));
}

/** `min(S)`, but `always (p)`: of these the parentheses do not look like a call's. */
const needsSpace = (e: Extract<Expr, { kind: 'unary' }>): boolean =>
  /[a-z]$/.test(e.operator) && !(e.operand.kind === 'group' && (e.operator === 'min' || e.operator === 'max'));

export function printExpr(e: Expr, notes: SourceNotes): Doc {
  const sub = (x: Expr): Doc => printExpr(x, notes);
  switch (e.kind) {
    case 'missing':
      return '';
    case 'int':
    case 'bool':
      return String(e.value);
    case 'null':
    case 'self':
      return e.kind;
    case 'name':
      return e.name.text;
    case 'field':
      return all(sub(e.object), `.${e.field.text}`);
    case 'index':
      return all(sub(e.object), '[', sub(e.index), ']');
    case 'call':
      return all(sub(e.callee), bracketed('(', e.arguments, ')', notes, sub));
    case 'prime':
      return all(sub(e.operand), "'");
    case 'unary':
      return all(e.operator, needsSpace(e) ? ' ' : '', sub(e.operand));
    case 'binary':
      return printBinary(e, notes);
    case 'if':
      return group('if ', sub(e.condition), indent(line, 'then ', sub(e.then), line, 'else ', sub(e.else)));
    case 'quantifier':
      return group(`${e.quantifier} `, binders(e.binders, notes), ':', indent(line, sub(e.body)));
    case 'set':
      return bracketed('{', e.elements, '}', notes, sub);
    case 'filter':
      return all(`{${e.name.text} in `, sub(e.set), ': ', sub(e.condition), '}');
    case 'map':
      return all(`[${e.name.text} in `, sub(e.set), ' -> ', sub(e.value), ']');
    case 'seq':
      return bracketed('<<', e.elements, '>>', notes, sub);
    case 'record':
      return all(`${printPath(e.type)} `, fieldInits(e.fields, notes));
    case 'withIndex':
      return all(sub(e.object), ' with [', sub(e.index), '] = ', sub(e.value));
    case 'withFields':
      return all(sub(e.object), ' with ', fieldInits(e.fields, notes));
    case 'new':
      return all(`new${e.optional ? '?' : ''} ${printPath(e.pool)}`, e.fields.length === 0 ? '' : all(' ', fieldInits(e.fields, notes)));
    case 'group':
      return all('(', sub(e.inner), ')');
    default:
      return unreachable(e);
  }
}
