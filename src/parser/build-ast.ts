// From the concrete tree of a file to its declarations. A declaration that could not be read is left out.

import type { CstNode, IToken } from 'chevrotain';
import type { CheckItem, Comment, Declaration, Expect, Field, File, Parameter } from '../ast/nodes.js';
import { positionAt } from '../base/span.js';
import { buildType, buildWhole, missing } from './build-expression.js';
import { buildBlock, buildBody, buildVariable } from './build-statement.js';
import { type Building, nameIn, nameOf, nodeOf, nodesOf, onlyNode, pathOf, report, spanOf, tokenOf, tokensOf } from './cst.js';
import * as t from './tokens.js';

const { K } = t;

type Distribute<D> = D extends unknown ? Omit<D, 'span' | 'doc'> : never;
/** A declaration without its doc comment and span. */
type Core = Distribute<Declaration>;

export function buildFile(b: Building, node: CstNode, commentTokens: readonly IToken[]): File {
  const comments: readonly Comment[] = commentTokens.map((c) => ({ text: c.image.trimEnd(), span: { start: c.startOffset, end: c.startOffset + c.image.trimEnd().length } }));
  const docs = docsByLine(b, comments);
  const declarations = nodesOf(node, 'declaration').flatMap((n) => {
    const core = declaration(b, n);
    if (core === undefined) return [];
    const span = spanOf(n);
    const doc = docs.get(positionAt(b.source, span.start).line - 1);
    return [{ ...core, ...(doc === undefined ? {} : { doc }), span } as Declaration];
  });
  return { declarations, comments, span: { start: 0, end: b.source.text.length } };
}

/** The text of each run of `///` lines, by the number of its last line. */
function docsByLine(b: Building, comments: readonly Comment[]): ReadonlyMap<number, string> {
  const docs = new Map<number, string>();
  for (const c of comments) {
    const { line, column } = positionAt(b.source, c.span.start);
    if (!c.text.startsWith('///') || b.source.text.slice(c.span.start - column + 1, c.span.start).trim() !== '') continue;
    const text = c.text.replace(/^\/\/\/ ?/, '');
    const before = docs.get(line - 1);
    docs.delete(line - 1);
    docs.set(line, before === undefined ? text : `${before}\n${text}`);
  }
  return docs;
}

function declaration(b: Building, node: CstNode): Core | undefined {
  const inner = onlyNode(node);
  return inner && builders[inner.name]?.(b, inner);
}

const builders: Readonly<Record<string, (b: Building, node: CstNode) => Core | undefined>> = {
  specDeclaration: (_, n) => ({ kind: 'spec', name: nameIn(n) }),
  stepsDeclaration: (_, n) => ({ kind: 'steps', grain: tokenOf(n, K.label) ? 'label' : 'statement' }),
  importDeclaration,
  constDeclaration: (b, n) => ({
    kind: 'const',
    name: nameIn(n),
    type: buildType(b, nodeOf(n, 'type')!),
    ...(tokenOf(n, t.Equals) ? { value: whole(b, n) } : {}),
  }),
  enumDeclaration: (_, n) => ({ kind: 'enum', name: nameIn(n), members: tokensOf(n, 'members').map(nameOf) }),
  typeDeclaration,
  recordDeclaration: (b, n) => ({ kind: 'record', name: nameIn(n), fields: fields(b, n) }),
  poolDeclaration: (b, n) => ({
    kind: 'pool',
    name: nameIn(n),
    size: whole(b, n),
    reuse: tokenOf(n, K.reuse) !== undefined,
    noleak: tokenOf(n, K.noleak) !== undefined,
    fields: fields(b, n),
  }),
  extendDeclaration: (b, n) => ({ kind: 'extend', pool: pathOf(nodeOf(n, 'path')!), fields: fields(b, n) }),
  varDeclaration: (b, n) => ({ kind: 'var', ghost: tokenOf(n, K.ghost) !== undefined, ...buildVariable(b, nodeOf(n, 'variable')!) }),
  initDeclaration: (b, n) => ({ kind: 'init', body: buildBlock(b, nodeOf(n, 'block')!) }),
  contextDeclaration: (b, n) => ({ kind: 'context', name: nameIn(n), type: buildType(b, nodeOf(n, 'type')!) }),
  defDeclaration: (b, n) => ({ kind: 'def', name: nameIn(n), parameters: parameters(b, n), ...result(b, n), value: whole(b, n) }),
  macroDeclaration: (b, n) => ({
    kind: 'macro',
    name: nameIn(n),
    parameters: tokensOf(n, 'parameters').map(nameOf),
    body: buildBlock(b, nodeOf(n, 'block')!),
  }),
  procedureDeclaration,
  processDeclaration,
  invariantDeclaration: (b, n) => {
    const error = tokenOf(n, K.never) && nodeOf(n, 'path');
    const formula = error ? { kind: 'never' as const, error: pathOf(error) } : { kind: 'expr' as const, expr: whole(b, n) };
    return { kind: 'invariant', step: tokenOf(n, K.step) !== undefined, name: nameIn(n), formula };
  },
  propertyDeclaration: (b, n) => ({ kind: 'property', name: nameIn(n), formula: whole(b, n) }),
  checkDeclaration: (b, n) => ({
    kind: 'check',
    name: nameIn(n),
    manual: tokenOf(n, K.manual) !== undefined,
    items: nodesOf(n, 'checkItem').map((i) => checkItem(b, i)).filter((i) => i !== undefined),
  }),
  expect: (_, n) => ({ kind: 'expect', expect: buildExpect(n) }),
};

const whole = (b: Building, node: CstNode) => buildWhole(b, nodeOf(node, 'expression'), spanOf(node).end);

function result(b: Building, node: CstNode) {
  const type = nodeOf(node, 'type');
  return type ? { result: buildType(b, type) } : {};
}

function importDeclaration(b: Building, node: CstNode): Core {
  const text = tokenOf(node, t.Text)!;
  const alias = tokenOf(node, t.Identifier);
  return {
    kind: 'import',
    path: text.image.replace(/^"|"$/g, ''),
    pathSpan: spanOf(text),
    ...(alias ? { alias: nameOf(alias) } : {}),
    bindings: nodesOf(node, 'binding').map((n) => ({ name: nameIn(n), value: whole(b, n), span: spanOf(n) })),
  };
}

function typeDeclaration(b: Building, node: CstNode): Core {
  const definition = nodeOf(node, 'type');
  const name = nameIn(node);
  const abstract = tokenOf(node, K.abstract) !== undefined;
  if (abstract === (definition !== undefined)) report(b, abstract ? 'parse/abstract-defined' : 'parse/definition-missing', name.span, { what: 'type', name: name.text });
  return { kind: 'type', name, ...(definition ? { definition: buildType(b, definition) } : {}) };
}

function procedureDeclaration(b: Building, node: CstNode): Core {
  const name = nameIn(node);
  const body = nodeOf(node, 'body');
  const abstract = tokenOf(node, K.abstract) !== undefined;
  if (abstract === (body !== undefined)) report(b, abstract ? 'parse/abstract-defined' : 'parse/definition-missing', name.span, { what: 'procedure', name: name.text });
  return {
    kind: 'procedure',
    name,
    atomic: tokenOf(node, K.atomic) !== undefined,
    observable: tokenOf(node, K.observable) !== undefined,
    parameters: parameters(b, node),
    ...result(b, node),
    ...(body ? { body: buildBody(b, body) } : {}),
  };
}

function processDeclaration(b: Building, node: CstNode): Core {
  const parameter = tokenOf(node, 'parameter');
  const interrupts = nodeOf(node, 'postfix');
  return {
    kind: 'process',
    name: nameIn(node),
    fairness: tokenOf(node, t.Plus) ? 'strong' : tokenOf(node, K.fair) ? 'weak' : 'none',
    ...(parameter ? { parameter: { name: nameOf(parameter), set: whole(b, node) } } : {}),
    ...(interrupts ? { interrupts: buildWhole(b, interrupts, 0) } : {}),
    body: buildBody(b, nodeOf(node, 'body')!),
  };
}

function parameters(b: Building, node: CstNode): readonly Parameter[] {
  const list = nodeOf(node, 'parameters');
  return (list ? nodesOf(list, 'parameter') : []).map((p) => ({
    inout: tokenOf(p, K.inout) !== undefined,
    name: nameIn(p),
    type: buildType(b, nodeOf(p, 'type')!),
    span: spanOf(p),
  }));
}

function fields(b: Building, node: CstNode): readonly Field[] {
  const list = nodeOf(node, 'fields');
  return (list ? nodesOf(list, 'field') : []).flatMap((f) => {
    const type = nodeOf(f, 'type');
    if (!type) return [];
    const initial = nodeOf(f, 'expression');
    const comma = tokenOf(f, t.Comma);
    const span = spanOf(f);
    // Without the comma behind it, which need not follow at once.
    const end = comma ? Math.max(spanOf(type).end, initial ? spanOf(initial).end : 0) : span.end;
    return [{ name: nameIn(f), type: buildType(b, type), ...(initial ? { initial: buildWhole(b, initial, 0) } : {}), span: { start: span.start, end } }];
  });
}

const buildExpect = (node: CstNode): Expect => ({
  property: pathOf(nodeOf(node, 'path')!),
  verdict: tokenOf(node, K.violated) ? 'violated' : 'holds',
  span: spanOf(node),
});

function checkItem(b: Building, node: CstNode): CheckItem | undefined {
  const span = spanOf(node);
  const expect = nodeOf(node, 'expect');
  if (expect) return { kind: 'expect', expect: buildExpect(expect), span };
  const paths = nodesOf(node, 'path').map(pathOf);
  if (tokenOf(node, K.only)) return { kind: 'only', properties: paths, span };
  const [name] = paths;
  if (name === undefined || !tokenOf(node, t.Equals)) return undefined;
  const value = nodeOf(node, 'expression');
  return { kind: 'const', name, value: value ? buildWhole(b, value, 0) : missing(span.end), span };
}
