// From the concrete tree to bodies, blocks and statements. A statement that could not be read is left out, but its label stays: it is a `skip` then.

import type { CstNode } from 'chevrotain';
import type { Block, Body, Expr, Label, LocalVar, Stmt, VarParts } from '../ast/nodes.js';
import { buildExpression, buildType, buildValue, buildWhole, missing } from './build-expression.js';
import { type Building, join, nameIn, nameOf, nodeOf, nodesOf, report, spanOf, tokenOf, tokensOf } from './cst.js';
import * as t from './tokens.js';

const { K } = t;

/** Branches of one `if`; each is a level of the tree. */
const MAX_BRANCHES = 128;

type Distribute<S> = S extends unknown ? Omit<S, 'span' | 'label'> : never;
/** A statement without its label and span. */
type Core = Distribute<Stmt>;

export function buildVariable(b: Building, node: CstNode): VarParts {
  const type = nodeOf(node, 'type');
  const span = spanOf(node);
  const mistake = nodeOf(node, 'mistakeInitial');
  const chosen = tokenOf(node, K.in) !== undefined;
  const given = mistake ?? (tokenOf(node, t.Equals) || chosen ? node : undefined);
  const expr = given && (chosen ? buildWhole(b, nodeOf(given, 'expression'), span.end) : buildValue(b, nodeOf(given, 'value'), span.end));
  return {
    name: nameIn(node),
    ...(type ? { type: buildType(b, type) } : {}),
    ...(expr ? { initial: { kind: chosen ? 'choice' : 'value', expr } } : {}),
  };
}

const local = (b: Building, node: CstNode): LocalVar => ({ ...buildVariable(b, node), span: spanOf(node) });

export function buildBody(b: Building, node: CstNode): Body {
  const outer = b.strayLocals;
  b.strayLocals = [];
  const locals = nodesOf(node, 'local').flatMap((n) => nodesOf(n, 'variable')).map((n) => local(b, n));
  const statements = buildStatements(b, nodesOf(node, 'statement'));
  const body = { locals: [...locals, ...b.strayLocals], statements, span: spanOf(node) };
  b.strayLocals = outer;
  return body;
}

export function buildBlock(b: Building, node: CstNode): Block {
  return { statements: buildStatements(b, nodesOf(node, 'statement')), span: spanOf(node) };
}

const buildStatements = (b: Building, nodes: readonly CstNode[]): readonly Stmt[] => nodes.map((n) => statement(b, n)).filter((s) => s !== undefined);

function statement(b: Building, node: CstNode): Stmt | undefined {
  const labelNode = nodeOf(node, 'label');
  const label = labelNode && buildLabel(labelNode);
  const core = buildCore(b, node) ?? (label && ({ kind: 'skip' } as const));
  if (core === undefined) return undefined;
  return { ...core, ...(label ? { label } : {}), span: spanOf(node) } as Stmt;
}

function buildLabel(node: CstNode): Label {
  const fairness = tokenOf(node, t.Plus) ? '+' : tokenOf(node, t.Minus) ? '-' : undefined;
  return { name: nameIn(node), ...(fairness ? { fairness } : {}), span: spanOf(node) };
}

function buildCore(b: Building, node: CstNode): Core | undefined {
  if (tokenOf(node, K.skip)) return { kind: 'skip' };
  if (tokenOf(node, K.break)) return { kind: 'break' };
  if (tokenOf(node, K.continue)) return { kind: 'continue' };
  for (const rule in node.children) {
    const build = builders[rule];
    const child = node.children[rule]![0]!;
    if (build && 'children' in child) return build(b, child);
  }
  return undefined;
}

const builders: Readonly<Record<string, (b: Building, node: CstNode) => Core | undefined>> = {
  assignOrCall,
  await: (b, n) => ({ kind: 'await', condition: condition(b, n) }),
  rest: (b, n) => ({ kind: 'rest', condition: condition(b, n) }),
  assert: (b, n) => {
    const property = tokenOf(n, t.Identifier);
    return { kind: 'assert', condition: condition(b, n), ...(property ? { property: nameOf(property) } : {}) };
  },
  if: conditional,
  while: (b, n) => ({ kind: 'while', condition: head(b, nodeOf(n, 'head')!), body: buildBlock(b, nodeOf(n, 'block')!) }),
  loop: (b, n) => ({ kind: 'loop', body: buildBlock(b, nodeOf(n, 'block')!) }),
  atomic: (b, n) => ({ kind: 'atomic', body: buildBlock(b, nodeOf(n, 'block')!) }),
  goto: (_, n) => ({ kind: 'goto', target: nameIn(n) }),
  either: (b, n) => ({ kind: 'either', branches: nodesOf(n, 'block').map((block) => buildBlock(b, block)) }),
  with: (b, n) => ({ kind: 'with', name: nameIn(n), set: head(b, nodeOf(n, 'head')!), body: buildBlock(b, nodeOf(n, 'block')!) }),
  return: (b, n) => {
    const value = nodeOf(n, 'value');
    return value ? { kind: 'return', value: buildValue(b, value, 0) } : { kind: 'return' };
  },
  defer: (b, n) => {
    const call = buildWhole(b, nodeOf(n, 'place'), spanOf(n).end);
    return call.kind === 'call' ? { kind: 'defer', call } : undefined;
  },
  free: (b, n) => ({ kind: 'free', operand: buildWhole(b, nodeOf(n, 'postfix'), spanOf(n).end) }),
  touch: (b, n) => ({ kind: 'touch', operand: buildWhole(b, nodeOf(n, 'postfix'), spanOf(n).end) }),
  mistakeLocal: (b, n) => {
    b.strayLocals.push(local(b, nodeOf(n, 'variable')!));
    return undefined;
  },
};

const condition = (b: Building, node: CstNode): Expr => buildWhole(b, nodeOf(node, 'expression'), spanOf(node).end);

const head = (b: Building, node: CstNode): Expr => buildWhole(b, nodeOf(node, 'expression'), spanOf(node).start);

function assignOrCall(b: Building, node: CstNode): Core | undefined {
  const places = nodesOf(node, 'place').map((p) => buildWhole(b, p, 0));
  const values = nodesOf(node, 'value');
  if (tokenOf(node, t.Assign) || nodeOf(node, 'mistakeAssign')) {
    return { kind: 'assign', targets: places, values: values.length > 0 ? values.map((v) => buildValue(b, v, 0)) : [missing(spanOf(node).end)] };
  }
  const [call] = places;
  return call?.kind === 'call' ? { kind: 'call', call } : undefined;
}

/** An `if` with its `else if`s, built from the last one. */
function conditional(b: Building, node: CstNode): Core {
  const heads = nodesOf(node, 'head');
  const blocks = nodesOf(node, 'block');
  const ifs = tokensOf(node, K.if);
  const otherwise = nodeOf(node, 'otherwise');
  const end = spanOf(node).end;
  if (ifs.length > MAX_BRANCHES) report(b, 'parse/too-deep', spanOf(ifs[MAX_BRANCHES]!), { what: 'This chain of `else if`', limit: MAX_BRANCHES });
  let rest: Block | Stmt | undefined = otherwise && buildBlock(b, otherwise);
  let result: Core | undefined;
  for (let i = Math.min(blocks.length, heads.length, MAX_BRANCHES) - 1; i >= 0; i--) {
    result = { kind: 'if', condition: head(b, heads[i]!), then: buildBlock(b, blocks[i]!), ...(rest ? { else: rest } : {}) };
    rest = { ...result, span: { start: spanOf(ifs[i]!).start, end } } as Stmt;
  }
  return result ?? { kind: 'if', condition: buildExpression(b, undefined, end), then: { statements: [], span: join({ start: end, end }, { start: end, end }) } };
}
