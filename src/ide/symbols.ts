// What a name in an editor can stand for: everything that is declared, at the top and inside of bodies, by what is written alone.
// Unlike the symbols of the analysis these exist for half-written text too, and for code that no configuration reaches.

import { blocksOf } from '../ast/blocks.js';
import type { Body, Declaration, Field, File, Name, Parameter, Stmt, TypeExpr } from '../ast/nodes.js';
import { children, type Node } from '../ast/children.js';
import type { SourceFile, Span } from '../base/span.js';
import { unreachable } from '../base/unreachable.js';
import { isAbstract } from '../analysis/modules.js';

export type SymKind =
  | 'const' | 'enum' | 'member' | 'type' | 'record' | 'pool' | 'field' | 'variable' | 'ghost' | 'context' | 'def' | 'macro' | 'procedure' | 'process'
  | 'invariant' | 'property' | 'assertion' | 'check' | 'prefix' | 'parameter' | 'local' | 'bound' | 'label';

export interface Sym {
  readonly kind: SymKind;
  readonly name: string;
  readonly file: SourceFile;
  /** The name where it is declared. */
  readonly at: Span;
  /** The whole declaration. */
  readonly whole: Span;
  readonly doc?: string;
  /** The declared type; of a constant, variable, field, parameter, or the result of a procedure or def. */
  readonly type?: TypeExpr;
  readonly declaration?: Declaration;
  /** Pool or record of a field, enum of a member, procedure or process of a local or a label. */
  readonly container?: Sym;
  /** Left for the importing file to give. */
  readonly isAbstract?: boolean;
  /** Of a prefix: the module behind it. */
  readonly target?: SourceFile;
}

/** Two texts of one file give different objects for one symbol; this stays while the declaration does. */
export const keyOf = (s: Sym): string => `${s.file.path}:${s.at.start}:${s.name}`;

export interface OwnSymbols {
  /** Names at the top, the first declaration of each. Enum members too. */
  readonly top: ReadonlyMap<string, Sym>;
  /** Every top declaration, also where two have one name. */
  readonly all: readonly Sym[];
  readonly fields: ReadonlyMap<Sym, readonly Sym[]>;
  /** Fields of `extend pool P`, whose pool is known only once imports are. */
  readonly extensions: readonly { readonly pool: readonly Name[]; readonly fields: readonly Sym[] }[];
  /** Invariants, properties and named assertions. */
  readonly properties: ReadonlyMap<string, Sym>;
  readonly checks: readonly Sym[];
  /** Parameters, locals and labels of each body. */
  readonly bodies: ReadonlyMap<Sym, BodySymbols>;
}

export interface BodySymbols {
  readonly parameters: readonly Sym[];
  readonly locals: readonly Sym[];
  readonly labels: ReadonlyMap<string, Sym>;
}

const TOP_KINDS: { readonly [K in Declaration['kind']]?: SymKind } = {
  const: 'const', enum: 'enum', type: 'type', record: 'record', pool: 'pool', var: 'variable', context: 'context', def: 'def', macro: 'macro',
  procedure: 'procedure', process: 'process', invariant: 'invariant', property: 'property', check: 'check',
};

export function ownSymbols(source: SourceFile, tree: File): OwnSymbols {
  const top = new Map<string, Sym>();
  const all: Sym[] = [];
  const fields = new Map<Sym, readonly Sym[]>();
  const extensions: OwnSymbols['extensions'][number][] = [];
  const properties = new Map<string, Sym>();
  const checks: Sym[] = [];
  const bodies = new Map<Sym, BodySymbols>();
  const fieldOf = (container?: Sym) => (f: Field): Sym => ({
    kind: 'field', name: f.name.text, file: source, at: f.name.span, whole: f.span, type: f.type, ...(container && { container }),
  });
  for (const d of tree.declarations) {
    if (d.kind === 'extend') extensions.push({ pool: d.pool.parts, fields: d.fields.map(fieldOf()) });
    for (const a of assertionsIn(source, statementsOf(d))) if (!properties.has(a.name)) properties.set(a.name, a);
    const symbol = symbolOf(source, d);
    if (symbol === undefined) continue;
    if (symbol.kind === 'check') {
      checks.push(symbol);
      continue;
    }
    all.push(symbol);
    if (!top.has(symbol.name)) top.set(symbol.name, symbol);
    if (symbol.kind === 'invariant' || symbol.kind === 'property') properties.set(symbol.name, symbol);
    if (d.kind === 'record' || d.kind === 'pool') fields.set(symbol, d.fields.map(fieldOf(symbol)));
    if (d.kind === 'enum') {
      for (const m of d.members) {
        const member: Sym = { kind: 'member', name: m.text, file: source, at: m.span, whole: m.span, container: symbol, declaration: d };
        all.push(member);
        if (!top.has(m.text)) top.set(m.text, member);
      }
    }
    const body = bodySymbols(source, d, symbol);
    if (body !== undefined) bodies.set(symbol, body);
  }
  return { top, all, fields, extensions, properties, checks, bodies };
}

function symbolOf(source: SourceFile, d: Declaration): Sym | undefined {
  const kind = TOP_KINDS[d.kind];
  if (kind === undefined || !('name' in d)) return undefined;
  const base: Sym = {
    kind: d.kind === 'var' && d.ghost ? 'ghost' : kind,
    name: d.name.text, file: source, at: d.name.span, whole: d.span, declaration: d,
    ...(d.doc === undefined ? {} : { doc: d.doc }),
    ...(isAbstract(d) ? { isAbstract: true } : {}),
  };
  switch (d.kind) {
    case 'const':
    case 'context':
      return { ...base, type: d.type };
    case 'type':
      return d.definition === undefined ? base : { ...base, type: d.definition };
    case 'var':
      return d.type === undefined ? base : { ...base, type: d.type };
    case 'def':
    case 'procedure':
      return d.result === undefined ? base : { ...base, type: d.result };
    default:
      return base;
  }
}

function parameterOf(source: SourceFile, container: Sym, p: Parameter): Sym {
  return { kind: 'parameter', name: p.name.text, file: source, at: p.name.span, whole: p.span, type: p.type, container };
}

function bodySymbols(source: SourceFile, d: Declaration, container: Sym): BodySymbols | undefined {
  const local = (v: Body['locals'][number]): Sym => ({ kind: 'local', name: v.name.text, file: source, at: v.name.span, whole: v.span, container, ...(v.type && { type: v.type }) });
  switch (d.kind) {
    case 'def':
      return { parameters: d.parameters.map((p) => parameterOf(source, container, p)), locals: [], labels: new Map() };
    case 'macro':
      return {
        parameters: d.parameters.map((p): Sym => ({ kind: 'parameter', name: p.text, file: source, at: p.span, whole: p.span, container })),
        locals: [],
        labels: new Map(),
      };
    case 'procedure':
      return {
        parameters: d.parameters.map((p) => parameterOf(source, container, p)),
        locals: (d.body?.locals ?? []).map(local),
        labels: labelsIn(source, container, statementsOf(d)),
      };
    case 'process': {
      const p = d.parameter;
      const own: Sym[] = p === undefined ? [] : [{ kind: 'parameter', name: p.name.text, file: source, at: p.name.span, whole: p.name.span, container }];
      return { parameters: own, locals: d.body.locals.map(local), labels: labelsIn(source, container, statementsOf(d)) };
    }
    case 'init':
    case 'spec':
    case 'steps':
    case 'import':
    case 'const':
    case 'enum':
    case 'type':
    case 'record':
    case 'pool':
    case 'extend':
    case 'var':
    case 'context':
    case 'invariant':
    case 'property':
    case 'check':
    case 'expect':
      return undefined;
    default:
      return unreachable(d);
  }
}

/** Every node below a node, itself included, in the order of the text. */
export function nodesIn(root: Node): readonly Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    found.push(node);
    children(node).forEach(visit);
  };
  visit(root);
  return found;
}

/** The statements of a declaration, those inside others too, in the order of the text. */
export function statementsOf(d: Declaration): readonly Stmt[] {
  const found: Stmt[] = [];
  const visit = (s: Stmt): void => {
    found.push(s);
    for (const block of blocksOf(s)) block.forEach(visit);
  };
  switch (d.kind) {
    case 'procedure':
    case 'process':
      d.body?.statements.forEach(visit);
      break;
    case 'init':
    case 'macro':
      d.body.statements.forEach(visit);
      break;
    default:
      break;
  }
  return found;
}

function labelsIn(source: SourceFile, container: Sym, statements: readonly Stmt[]): ReadonlyMap<string, Sym> {
  const labels = new Map<string, Sym>();
  for (const s of statements) {
    if (s.label === undefined || labels.has(s.label.name.text)) continue;
    const { name } = s.label;
    labels.set(name.text, { kind: 'label', name: name.text, file: source, at: name.span, whole: s.span, container });
  }
  return labels;
}

function assertionsIn(source: SourceFile, statements: readonly Stmt[]): readonly Sym[] {
  return statements.flatMap((s) =>
    s.kind === 'assert' && s.property !== undefined ? [{ kind: 'assertion', name: s.property.text, file: source, at: s.property.span, whole: s.span } satisfies Sym] : [],
  );
}
