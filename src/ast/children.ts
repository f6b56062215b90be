// One generic walk over the tree. The categories reuse some kinds (`if` is a statement and an expression), so a node says its category.

import { unreachable } from '../base/unreachable.js';
import type { Binder, Block, Body, CheckItem, Declaration, Expect, Expr, Field, FieldInit, File, LocalVar, Parameter, Stmt, TypeExpr, VarParts } from './nodes.js';

export type Node =
  | { readonly category: 'file'; readonly node: File }
  | { readonly category: 'declaration'; readonly node: Declaration }
  | { readonly category: 'field'; readonly node: Field }
  | { readonly category: 'local'; readonly node: LocalVar }
  | { readonly category: 'parameter'; readonly node: Parameter }
  | { readonly category: 'expect'; readonly node: Expect }
  | { readonly category: 'checkItem'; readonly node: CheckItem }
  | { readonly category: 'body'; readonly node: Body }
  | { readonly category: 'block'; readonly node: Block }
  | { readonly category: 'statement'; readonly node: Stmt }
  | { readonly category: 'type'; readonly node: TypeExpr }
  | { readonly category: 'expr'; readonly node: Expr };

type Category = Node['category'];
type Of<C extends Category> = Extract<Node, { readonly category: C }>['node'];

const as = <C extends Category>(category: C, nodes: readonly (Of<C> | undefined)[]): readonly Node[] =>
  nodes.flatMap((node) => (node === undefined ? [] : [{ category, node } as unknown as Node]));

const exprs = (...nodes: readonly (Expr | undefined)[]): readonly Node[] => as('expr', nodes);
const types = (...nodes: readonly (TypeExpr | undefined)[]): readonly Node[] => as('type', nodes);
const blocks = (...nodes: readonly (Block | undefined)[]): readonly Node[] => as('block', nodes);

/** The nodes right below a node, in the order of the text. Names, paths and labels are parts of their node, not nodes. */
export function children(n: Node): readonly Node[] {
  switch (n.category) {
    case 'file':
      return as('declaration', n.node.declarations);
    case 'declaration':
      return ofDeclaration(n.node);
    case 'field':
      return [...types(n.node.type), ...exprs(n.node.initial)];
    case 'local':
      return ofVariable(n.node);
    case 'parameter':
      return types(n.node.type);
    case 'expect':
      return [];
    case 'checkItem':
      return n.node.kind === 'const' ? exprs(n.node.value) : n.node.kind === 'expect' ? as('expect', [n.node.expect]) : [];
    case 'body':
      return [...as('local', n.node.locals), ...as('statement', n.node.statements)];
    case 'block':
      return as('statement', n.node.statements);
    case 'statement':
      return ofStatement(n.node);
    case 'type':
      return ofType(n.node);
    case 'expr':
      return exprs(...childrenOfExpr(n.node));
    default:
      return unreachable(n);
  }
}

const ofVariable = (v: VarParts): readonly Node[] => [...types(v.type), ...exprs(v.initial?.expr)];

function ofDeclaration(d: Declaration): readonly Node[] {
  switch (d.kind) {
    case 'spec':
    case 'steps':
    case 'enum':
      return [];
    case 'import':
      return exprs(...d.bindings.map((b) => b.value));
    case 'const':
      return [...types(d.type), ...exprs(d.value)];
    case 'type':
      return types(d.definition);
    case 'record':
    case 'extend':
      return as('field', d.fields);
    case 'pool':
      return [...exprs(d.size), ...as('field', d.fields)];
    case 'var':
      return ofVariable(d);
    case 'init':
    case 'macro':
      return blocks(d.body);
    case 'context':
      return types(d.type);
    case 'def':
      return [...as('parameter', d.parameters), ...types(d.result), ...exprs(d.value)];
    case 'procedure':
      return [...as('parameter', d.parameters), ...types(d.result), ...as('body', [d.body])];
    case 'process':
      return [...exprs(d.parameter?.set, d.interrupts), ...as('body', [d.body])];
    case 'invariant':
      return d.formula.kind === 'expr' ? exprs(d.formula.expr) : [];
    case 'property':
      return exprs(d.formula);
    case 'check':
      return as('checkItem', d.items);
    case 'expect':
      return as('expect', [d.expect]);
    default:
      return unreachable(d);
  }
}

function ofStatement(s: Stmt): readonly Node[] {
  switch (s.kind) {
    case 'skip':
    case 'break':
    case 'continue':
    case 'goto':
      return [];
    case 'assign':
      return exprs(...s.targets, ...s.values);
    case 'call':
    case 'defer':
      return exprs(s.call);
    case 'await':
    case 'rest':
    case 'assert':
      return exprs(s.condition);
    case 'if':
      return [...exprs(s.condition), ...blocks(s.then), ...(s.else === undefined ? [] : 'kind' in s.else ? as('statement', [s.else]) : blocks(s.else))];
    case 'while':
      return [...exprs(s.condition), ...blocks(s.body)];
    case 'loop':
    case 'atomic':
      return blocks(s.body);
    case 'either':
      return blocks(...s.branches);
    case 'with':
      return [...exprs(s.set), ...blocks(s.body)];
    case 'return':
      return exprs(s.value);
    case 'free':
    case 'touch':
      return exprs(s.operand);
    default:
      return unreachable(s);
  }
}

function ofType(t: TypeExpr): readonly Node[] {
  switch (t.kind) {
    case 'named':
      return [];
    case 'range':
      return exprs(t.lo, t.hi);
    case 'nullable':
    case 'set':
      return types(t.of);
    case 'map':
      return types(t.key, t.value);
    case 'seq':
      return [...types(t.of), ...exprs(t.max)];
    default:
      return unreachable(t);
  }
}

const values = (fields: readonly FieldInit[]): readonly Expr[] => fields.map((f) => f.value);
const sets = (binders: readonly Binder[]): readonly Expr[] => binders.map((b) => b.set);

/** The expressions right below an expression, in the order of the text. */
export function childrenOfExpr(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'missing':
    case 'int':
    case 'bool':
    case 'null':
    case 'self':
    case 'name':
      return [];
    case 'field':
      return [e.object];
    case 'index':
      return [e.object, e.index];
    case 'call':
      return [e.callee, ...e.arguments];
    case 'prime':
    case 'unary':
      return [e.operand];
    case 'binary':
      return [e.left, e.right];
    case 'if':
      return [e.condition, e.then, e.else];
    case 'quantifier':
      return [...sets(e.binders), e.body];
    case 'set':
    case 'seq':
      return e.elements;
    case 'filter':
      return [e.set, e.condition];
    case 'map':
      return [e.set, e.value];
    case 'record':
    case 'new':
      return values(e.fields);
    case 'withIndex':
      return [e.object, e.index, e.value];
    case 'withFields':
      return [e.object, ...values(e.fields)];
    case 'group':
      return [e.inner];
    default:
      return unreachable(e);
  }
}
