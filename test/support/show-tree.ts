// Trees as text and as plain data without places, to compare them in tests.

import type { Expr } from '../../src/ast/nodes.js';

/** An expression with every operation in parentheses. */
export function showExpr(e: Expr): string {
  switch (e.kind) {
    case 'missing':
      return '?';
    case 'int':
    case 'bool':
      return String(e.value);
    case 'null':
    case 'self':
      return e.kind;
    case 'name':
      return e.name.text;
    case 'field':
      return `${showExpr(e.object)}.${e.field.text}`;
    case 'index':
      return `${showExpr(e.object)}[${showExpr(e.index)}]`;
    case 'call':
      return `${showExpr(e.callee)}(${e.arguments.map(showExpr).join(', ')})`;
    case 'prime':
      return `${showExpr(e.operand)}'`;
    case 'unary':
      return `(${e.operator} ${showExpr(e.operand)})`;
    case 'binary':
      return `(${showExpr(e.left)} ${e.operator} ${showExpr(e.right)})`;
    case 'if':
      return `(if ${showExpr(e.condition)} then ${showExpr(e.then)} else ${showExpr(e.else)})`;
    case 'quantifier':
      return `(${e.quantifier} ${e.binders.map((b) => `${b.names.map((n) => n.text).join(', ')} in ${showExpr(b.set)}`).join('; ')}: ${showExpr(e.body)})`;
    case 'set':
      return `{${e.elements.map(showExpr).join(', ')}}`;
    case 'seq':
      return `<<${e.elements.map(showExpr).join(', ')}>>`;
    case 'filter':
      return `{${e.name.text} in ${showExpr(e.set)}: ${showExpr(e.condition)}}`;
    case 'map':
      return `[${e.name.text} in ${showExpr(e.set)} -> ${showExpr(e.value)}]`;
    case 'withIndex':
      return `(${showExpr(e.object)} with [${showExpr(e.index)}] = ${showExpr(e.value)})`;
    case 'record':
    case 'new':
    case 'withFields': {
      const fields = e.fields.map((f) => `${f.name.text}: ${showExpr(f.value)}`).join(', ');
      if (e.kind === 'withFields') return `(${showExpr(e.object)} with {${fields}})`;
      const path = (e.kind === 'new' ? e.pool : e.type).parts.map((p) => p.text).join('.');
      return `${e.kind === 'new' ? `new${e.optional ? '?' : ''} ` : ''}${path}{${fields}}`;
    }
    case 'group':
      return showExpr(e.inner);
  }
}

/** The tree without spans and comments. */
export function withoutPlaces(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutPlaces);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).filter(([key]) => key !== 'span' && key !== 'pathSpan' && key !== 'comments').map(([key, value]) => [key, withoutPlaces(value)]),
  );
}
