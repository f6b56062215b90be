// From the concrete tree to the tree of types and expressions. Operators are grouped here, by the table in ast/operators.ts.

import type { CstNode, IToken } from 'chevrotain';
import { childrenOfExpr } from '../ast/children.js';
import { chainOf, levelOfBinary, levelOfPrefix } from '../ast/operators.js';
import type { BinaryOp, Binder, Expr, FieldInit, Path, TypeExpr, UnaryOp } from '../ast/nodes.js';
import type { Span } from '../base/span.js';
import { type Building, join, nameIn, nameOf, nodeOf, nodesOf, onlyNode, pathOf, report, spanOf, tokenOf, tokensOf } from './cst.js';
import * as t from './tokens.js';

const { K } = t;

/** Levels of one expression. `&&` and `||` of many operands become balanced trees, so that only nesting counts. */
const MAX_DEPTH = 500;
/** Operands of `&&` and `||` up to which the tree leans to the left, as the other operators' trees do. */
const LEFT_DEEP = 64;
const MAX_NUMBER = 2 ** 31 - 1;

export const missing = (at: number): Expr => ({ kind: 'missing', span: { start: at, end: at } });

/** The expression of `expression`, `place`, `postfix` or `bound`; an expression that could not be read is `missing`. */
export function buildExpression(b: Building, node: CstNode | undefined, otherwiseAt: number): Expr {
  if (node === undefined) return missing(otherwiseAt);
  const expr = node.name === 'expression' || node.name === 'bound' ? operation(b, node) : node.name === 'place' ? place(b, node) : postfix(b, node);
  return expr;
}

/** As `buildExpression`, at the outermost level: what is too deep for the passes behind the parser is refused here. */
export function buildWhole(b: Building, node: CstNode | undefined, otherwiseAt: number): Expr {
  const expr = buildExpression(b, node, otherwiseAt);
  if (!isDeeper(expr, MAX_DEPTH)) return expr;
  report(b, 'parse/too-deep', expr.span, { what: 'This expression', limit: MAX_DEPTH });
  return missing(expr.span.start);
}

function isDeeper(root: Expr, limit: number): boolean {
  let level: readonly Expr[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((e) => (e.kind === 'name' || e.kind === 'int' ? [] : childrenOfExpr(e)));
  }
  return false;
}

/** The right side of an assignment, or what is returned: `new` may stand here. */
export function buildValue(b: Building, node: CstNode | undefined, otherwiseAt: number): Expr {
  const created = node && nodeOf(node, 'new');
  return created ? buildNew(b, created) : buildWhole(b, node && nodeOf(node, 'expression'), otherwiseAt);
}

function buildNew(b: Building, node: CstNode): Expr {
  const fields = nodeOf(node, 'fieldValues');
  return {
    kind: 'new',
    pool: pathOf(nodeOf(node, 'path')!),
    optional: tokenOf(node, t.Question) !== undefined,
    fields: fields ? fieldInits(b, fields) : [],
    span: spanOf(node),
  };
}

// ---- types --------------------------------------------------------------------------------------------------------

export function buildType(b: Building, node: CstNode): TypeExpr {
  const span = spanOf(node);
  const question = tokenOf(node, t.Question);
  if (!question) return plainType(b, node, span);
  return { kind: 'nullable', of: plainType(b, node, { start: span.start, end: lastEndBefore(node, question) }), span };
}

function lastEndBefore(node: CstNode, question: IToken): number {
  let end = 0;
  for (const rule in node.children) for (const child of node.children[rule]!) if (child !== question) end = Math.max(end, spanOf(child).end);
  return end;
}

function plainType(b: Building, node: CstNode, span: Span): TypeExpr {
  const inner = nodesOf(node, 'type');
  const bounds = nodesOf(node, 'bound');
  if (tokenOf(node, t.LeftBracket)) return { kind: 'map', key: buildType(b, inner[0]!), value: buildType(b, inner[1]!), span };
  if (tokenOf(node, K.set)) return { kind: 'set', of: buildType(b, inner[0]!), span };
  if (tokenOf(node, K.seq)) return { kind: 'seq', of: buildType(b, inner[0]!), max: buildWhole(b, bounds[0], span.end), span };
  const lo = buildWhole(b, bounds[0], span.start);
  if (bounds.length === 2) return { kind: 'range', lo, hi: buildWhole(b, bounds[1], span.end), span };
  const path = pathOfExpr(lo);
  if (path) return { kind: 'named', path, span };
  if (lo.kind !== 'missing') report(b, 'parse/not-a-type', span, { text: b.source.text.slice(span.start, span.end) });
  return { kind: 'range', lo, hi: missing(span.end), span };
}

/** `x`, `hr.x` as a path; undefined for every other expression. */
function pathOfExpr(expr: Expr): Path | undefined {
  if (expr.kind === 'name') return { parts: [expr.name], span: expr.span };
  if (expr.kind !== 'field') return undefined;
  const front = pathOfExpr(expr.object);
  return front && { parts: [...front.parts, expr.field], span: expr.span };
}

// ---- operators ----------------------------------------------------------------------------------------------------

interface Flat {
  readonly operands: readonly CstNode[];
  readonly operators: readonly IToken[];
  next: number;
}

const operatorOf = (token: IToken): BinaryOp => (token.tokenType === t.Equals ? '==' : (token.tokenType.LABEL as BinaryOp));

function operation(b: Building, node: CstNode): Expr {
  const operators = [...tokensOf(node, t.BinaryOperator), ...tokensOf(node, t.SumOperator)];
  const flat: Flat = { operands: nodesOf(node, 'operand'), operators, next: 0 };
  return climb(b, flat, 0);
}

/** Precedence climbing: reads operands and operators of level `least` and above. */
const climb = (b: Building, flat: Flat, least: number): Expr => continued(b, flat, operand(b, flat, least), least);

/** Goes on behind an operand that has been read already. */
function continued(b: Building, flat: Flat, first: Expr, least: number): Expr {
  let left = first;
  for (;;) {
    const token = flat.operators[flat.next];
    if (token === undefined) return left;
    const operator = operatorOf(token);
    const level = levelOfBinary(operator);
    if (level < least) return left;
    warnOfLeft(b, left, operator, token);
    const chain = chainOf(operator);
    if (chain === 'right' || operator === '&&' || operator === '||') {
      const operands = [left, ...associates(b, flat, operator, level)];
      left = chain === 'right' ? operands.reduceRight((right, l) => binary(operator, l, right)) : balanced(operator, operands);
      continue;
    }
    if (chain === 'none' && left.kind === 'binary' && levelOfBinary(left.operator) === level) {
      report(b, 'parse/no-chaining', spanOf(token), { first: left.operator, second: operator });
    }
    flat.next++;
    left = binary(operator, left, climb(b, flat, level + 1));
  }
}

const binary = (operator: BinaryOp, left: Expr, right: Expr): Expr => ({ kind: 'binary', operator, left, right, span: join(left.span, right.span) });

/** The further operands of a chain of one operator that is alone on its level. */
function associates(b: Building, flat: Flat, operator: BinaryOp, level: number): Expr[] {
  const operands: Expr[] = [];
  while (flat.next < flat.operators.length && operatorOf(flat.operators[flat.next]!) === operator) {
    const token = flat.operators[flat.next++]!;
    const operand = climb(b, flat, level + 1);
    if (operands.length > 0) warnOfLeft(b, operands.at(-1)!, operator, token);
    operands.push(operand);
  }
  return operands;
}

function balanced(operator: BinaryOp, operands: readonly Expr[]): Expr {
  if (operands.length <= LEFT_DEEP) return operands.reduce((l, r) => binary(operator, l, r));
  const half = operands.length >> 1;
  return binary(operator, balanced(operator, operands.slice(0, half)), balanced(operator, operands.slice(half)));
}

/** Spellings that group otherwise than they read. */
function warnOfLeft(b: Building, left: Expr, operator: BinaryOp, token: IToken): void {
  if (operator === '=>' && left.kind === 'unary' && (left.operator === 'always' || left.operator === 'eventually')) {
    report(b, 'parse/weak-implication', spanOf(token), { operator: left.operator });
  }
  if ((left.kind === 'withIndex' || left.kind === 'withFields') && operator !== '==' && operator !== '!=' && operator !== 'in') {
    report(b, 'parse/with-value', spanOf(token), { operator });
  }
}

function operand(b: Building, flat: Flat, least: number): Expr {
  const node = flat.operands[flat.next]!;
  const prefixes = tokensOf(node, t.PrefixOperator);
  if (prefixes.length === 0) return bare(b, node);
  // Each prefix reads what binds tighter than itself; to the right of a tighter operator, only what that operator takes.
  let level = least;
  for (const p of prefixes) level = Math.max(level, levelOfPrefix(p.tokenType.LABEL as UnaryOp));
  let inner = continued(b, flat, bare(b, node), level);
  for (let i = prefixes.length - 1; i >= 0; i--) {
    const token = prefixes[i]!;
    const operator = token.tokenType.LABEL as UnaryOp;
    inner = { kind: 'unary', operator, operand: inner, span: join(spanOf(token), inner.span) };
    // `!-x + 1`: what the tighter prefix left over belongs to the weaker one before it.
    const before = prefixes[i - 1];
    const lower = before === undefined ? undefined : Math.max(least, levelOfPrefix(before.tokenType.LABEL as UnaryOp));
    if (lower !== undefined) inner = continued(b, flat, inner, lower);
  }
  return inner;
}

/** An operand without its prefixes. */
function bare(b: Building, node: CstNode): Expr {
  const conditional = nodeOf(node, 'ifExpression');
  if (conditional) {
    const [condition, then, otherwise] = nodesOf(conditional, 'expression').map((e) => buildExpression(b, e, 0));
    return { kind: 'if', condition: condition!, then: then!, else: otherwise!, span: spanOf(conditional) };
  }
  const quantified = nodeOf(node, 'quantifier');
  if (quantified) {
    return {
      kind: 'quantifier',
      quantifier: tokenOf(quantified, K.forall) ? 'forall' : tokenOf(quantified, K.exists) ? 'exists' : 'count',
      binders: nodesOf(quantified, 'binder').map((n) => binder(b, n)),
      body: buildExpression(b, nodeOf(quantified, 'expression'), 0),
      span: spanOf(quantified),
    };
  }
  let expr = postfix(b, nodeOf(node, 'postfix')!);
  for (const change of nodesOf(node, 'withExpression')) expr = withChange(b, expr, change);
  return expr;
}

function binder(b: Building, node: CstNode): Binder {
  return { names: tokensOf(node, t.Identifier).map(nameOf), set: buildExpression(b, nodeOf(node, 'expression'), 0), span: spanOf(node) };
}

function withChange(b: Building, object: Expr, node: CstNode): Expr {
  const span = join(object.span, spanOf(node));
  const fields = nodeOf(node, 'fieldValues');
  if (fields) return { kind: 'withFields', object, fields: fieldInits(b, fields), span };
  let value = postfix(b, nodeOf(node, 'postfix')!);
  for (const token of [...tokensOf(node, t.PrefixOperator)].reverse()) {
    value = { kind: 'unary', operator: token.tokenType.LABEL as UnaryOp, operand: value, span: join(spanOf(token), value.span) };
  }
  return { kind: 'withIndex', object, index: buildExpression(b, nodeOf(node, 'expression'), 0), value, span };
}

// ---- operands -----------------------------------------------------------------------------------------------------

function postfix(b: Building, node: CstNode): Expr {
  return suffixes(b, primary(b, nodeOf(node, 'primary')!), nodesOf(node, 'suffix'));
}

function place(b: Building, node: CstNode): Expr {
  const name = nameIn(node);
  return suffixes(b, { kind: 'name', name, span: name.span }, nodesOf(node, 'suffix'));
}

function suffixes(b: Building, first: Expr, nodes: readonly CstNode[]): Expr {
  return nodes.reduce<Expr>((expr, node) => suffix(b, expr, node), first);
}

function suffix(b: Building, object: Expr, node: CstNode): Expr {
  const span = join(object.span, spanOf(node));
  if (tokenOf(node, t.Dot)) return { kind: 'field', object, field: nameIn(node), span };
  if (tokenOf(node, t.LeftBracket)) return { kind: 'index', object, index: buildExpression(b, nodeOf(node, 'expression'), 0), span };
  if (tokenOf(node, t.Prime)) return { kind: 'prime', operand: object, span };
  const call = nodeOf(node, 'arguments');
  if (call) return { kind: 'call', callee: object, arguments: expressions(b, call), span };
  const fields = nodeOf(node, 'fieldValues')!;
  const type = pathOfExpr(object);
  if (type) return { kind: 'record', type, fields: fieldInits(b, fields), span };
  report(b, 'parse/not-a-record', object.span, { text: b.source.text.slice(object.span.start, object.span.end) });
  return missing(span.start);
}

const expressions = (b: Building, node: CstNode): readonly Expr[] => nodesOf(node, 'expression').map((e) => buildExpression(b, e, 0));

function fieldInits(b: Building, node: CstNode): readonly FieldInit[] {
  return nodesOf(node, 'fieldValue').map((f) => ({ name: nameIn(f), value: buildExpression(b, nodeOf(f, 'expression'), 0), span: spanOf(f) }));
}

function primary(b: Building, node: CstNode): Expr {
  const span = spanOf(node);
  const inner = onlyNode(node);
  const inside = tokenOf(node, K.in);
  if (inside) {
    const callee: Expr = { kind: 'name', name: nameOf(inside), span: spanOf(inside) };
    return { kind: 'call', callee, arguments: expressions(b, inner!), span };
  }
  if (inner) return bracketed(b, inner);
  const name = tokenOf(node, t.Identifier);
  if (name) return { kind: 'name', name: nameOf(name), span };
  const int = tokenOf(node, t.Int);
  if (int) return { kind: 'int', value: number(b, int), span };
  if (tokenOf(node, K.true)) return { kind: 'bool', value: true, span };
  if (tokenOf(node, K.false)) return { kind: 'bool', value: false, span };
  return { kind: tokenOf(node, K.null) ? 'null' : 'self', span };
}

/** One more than the largest may stand behind a `-`; the analysis refuses it where that is no sign but a subtraction. */
function number(b: Building, token: IToken): number {
  const value = Number(token.image);
  if (value <= MAX_NUMBER || (value === MAX_NUMBER + 1 && /-\s*$/.test(b.source.text.slice(0, token.startOffset)))) return value;
  report(b, 'parse/number-too-large', spanOf(token), { number: token.image.length > 20 ? `${token.image.slice(0, 17)}…` : token.image });
  return MAX_NUMBER;
}

function bracketed(b: Building, node: CstNode): Expr {
  const span = spanOf(node);
  const inner = nodesOf(node, 'expression');
  switch (node.name) {
    case 'group':
      return { kind: 'group', inner: buildExpression(b, inner[0], 0), span };
    case 'set': {
      const filter = nodeOf(node, 'filter');
      if (!filter) return { kind: 'set', elements: expressions(b, node), span };
      const [set, condition] = expressions(b, filter);
      return { kind: 'filter', name: nameIn(filter), set: set!, condition: condition!, span };
    }
    case 'map':
      return { kind: 'map', name: nameIn(node), set: buildExpression(b, inner[0], 0), value: buildExpression(b, inner[1], 0), span };
    case 'sequence':
      return { kind: 'seq', elements: expressions(b, node), span };
    default: {
      // `new` where it may not stand, reported by the grammar already.
      const created = nodeOf(node, 'new');
      return created ? buildNew(b, created) : missing(span.start);
    }
  }
}
