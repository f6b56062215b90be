// The walk behind uses.ts: declarations and statements. Expressions are walked in walk-expression.ts.

import type { Block, Body, CheckItem, Declaration, Expr, Field, Name, Path, Stmt, TypeExpr, VarParts } from '../ast/nodes.js';
import { baseName } from '../analysis/modules.js';
import type { Span } from '../base/span.js';
import { unreachable } from '../base/unreachable.js';
import { prefixSymbol, resolvePath, shapeOfType, type Shape } from './shape.js';
import type { Sym } from './symbols.js';
import type { Access, Region, Use, Uses } from './uses.js';
import { walkExpr } from './walk-expression.js';
import { bodyOf, closureOf, importedBy, importsOf, type Module, type World } from './world.js';

/** Local names in reach. */
export interface Scope {
  readonly names: ReadonlyMap<string, Sym>;
  /** The procedure, process … that this stands in. */
  readonly owner?: Sym;
}

export interface Walk {
  readonly world: World;
  readonly module: Module;
  /** Of what was walked. */
  readonly shapes: Map<Expr, Shape>;
  readonly inferred: Map<Sym, Shape>;
  note(name: { readonly span: Span }, symbols: readonly Sym[], access: Access): void;
  region(span: Span, names: ReadonlyMap<string, Sym>): void;
  /** Labels in queries: what a process calls is known once the whole file has been walked. */
  later(action: () => void): void;
  /** What each process calls, once asked for. */
  readonly reached: Map<Sym, readonly Sym[]>;
}

export function walkModule(world: World, module: Module): Uses {
  const list: Use[] = [];
  const regions: Region[] = [];
  const deferred: (() => void)[] = [];
  const w: Walk = {
    world, module, shapes: new Map(), inferred: new Map(), reached: new Map(),
    note: ({ span }, symbols, access) => void (span.end > span.start && list.push({ span, symbols, access })),
    region: (span, names) => void (names.size > 0 && regions.push({ span, names })),
    later: (action) => void deferred.push(action),
  };
  for (const d of module.tree.declarations) walkDeclaration(w, d);
  deferred.forEach((action) => action());
  list.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { list, regions, inferred: w.inferred };
}

const NOWHERE: Scope = { names: new Map() };

function walkDeclaration(w: Walk, d: Declaration): void {
  const own = 'name' in d && d.kind !== 'spec' ? w.module.all.find((s) => s.at.start === d.name.span.start) ?? w.module.checks.find((s) => s.at.start === d.name.span.start) : undefined;
  if (own !== undefined) w.note({ span: own.at }, [own], 'declare');
  switch (d.kind) {
    case 'spec':
    case 'steps':
      return;
    case 'import':
      return walkImport(w, d);
    case 'const':
      walkType(w, d.type);
      if (d.value) walkExpr(w, d.value, NOWHERE, shapeOfType(w.world, w.module, d.type));
      return;
    case 'enum':
      for (const m of d.members) w.note(m, w.module.all.filter((s) => s.at.start === m.span.start), 'declare');
      return;
    case 'type':
      if (d.definition) walkType(w, d.definition);
      return;
    case 'record':
    case 'pool':
      if (d.kind === 'pool') walkExpr(w, d.size, NOWHERE);
      return walkFields(w, d.fields, own === undefined ? [] : (w.module.fields.get(own) ?? []));
    case 'extend':
      notePath(w, d.pool, 'refer');
      return walkFields(w, d.fields, w.module.extensions.flatMap((e) => (e.pool === d.pool.parts ? e.fields : [])));
    case 'var':
      return walkVariable(w, d, own, NOWHERE);
    case 'init':
      return walkBlock(w, d.body, NOWHERE);
    case 'context':
      return walkType(w, d.type);
    case 'def':
    case 'macro':
    case 'procedure':
    case 'process':
      return own && walkOwner(w, d, own);
    case 'invariant':
      if (d.formula.kind === 'expr') walkExpr(w, d.formula.expr, NOWHERE);
      else noteProperty(w, d.formula.error);
      return;
    case 'property':
      walkExpr(w, d.formula, NOWHERE);
      return;
    case 'check':
      return d.items.forEach((item) => walkItem(w, item));
    case 'expect':
      return noteProperty(w, d.expect.property);
    default:
      return unreachable(d);
  }
}

function walkImport(w: Walk, d: Declaration & { readonly kind: 'import' }): void {
  const target = importedBy(w.world, w.module, d);
  if (d.alias) note(w, d.alias, { kind: 'prefix', name: d.alias.text, file: w.module.source, at: d.alias.span, whole: d.span, declaration: d, ...(target && { target: target.source }) }, 'declare');
  for (const b of d.bindings) {
    note(w, b.name, target?.top.get(b.name.text), 'refer');
    walkExpr(w, b.value, NOWHERE);
  }
}

function walkFields(w: Walk, fields: readonly Field[], symbols: readonly Sym[]): void {
  for (const [i, f] of fields.entries()) {
    note(w, f.name, symbols[i], 'declare');
    walkType(w, f.type);
    if (f.initial) walkExpr(w, f.initial, NOWHERE, shapeOfType(w.world, w.module, f.type));
  }
}

function walkVariable(w: Walk, v: VarParts, symbol: Sym | undefined, scope: Scope): void {
  const declared = v.type && shapeOfType(w.world, w.module, v.type);
  if (v.type) walkType(w, v.type, scope);
  if (!v.initial) return;
  const wanted: Shape | undefined = v.initial.kind === 'choice' ? { kind: 'set', of: declared } : declared;
  const found = walkExpr(w, v.initial.expr, scope, wanted);
  const shape = v.initial.kind === 'value' ? found : found?.kind === 'set' ? found.of : undefined;
  if (declared === undefined && symbol !== undefined && shape !== undefined) w.inferred.set(symbol, shape);
}

function walkOwner(w: Walk, d: Declaration & { readonly kind: 'def' | 'macro' | 'procedure' | 'process' }, own: Sym): void {
  const symbols = w.module.bodies.get(own);
  if (symbols === undefined) return;
  const names = new Map<string, Sym>();
  for (const p of symbols.parameters) {
    w.note({ span: p.at }, [p], 'declare');
    if (!names.has(p.name)) names.set(p.name, p);
  }
  if ('parameters' in d && d.kind !== 'macro') for (const p of d.parameters) walkType(w, p.type);
  if ('result' in d && d.result) walkType(w, d.result);
  if (d.kind === 'process' && d.parameter) {
    const set = walkExpr(w, d.parameter.set, NOWHERE);
    const [p] = symbols.parameters;
    if (p && set?.kind === 'set' && set.of) w.inferred.set(p, set.of);
  }
  w.region(d.span, names);
  const inner: Scope = { names, owner: own };
  if (d.kind === 'process' && d.interrupts) walkExpr(w, d.interrupts, inner);
  if (d.kind === 'def') walkExpr(w, d.value, inner, d.result && shapeOfType(w.world, w.module, d.result));
  else if (d.kind === 'macro') walkBlock(w, d.body, inner);
  else if (d.body) walkBody(w, d.body, inner, symbols.locals);
}

function walkBody(w: Walk, body: Body, scope: Scope, locals: readonly Sym[]): void {
  const names = new Map(scope.names);
  for (const local of locals) names.set(local.name, local);
  w.region(body.span, new Map(locals.map((l) => [l.name, l])));
  const inner: Scope = { ...scope, names };
  body.locals.forEach((v, i) => {
    note(w, v.name, locals[i], 'declare');
    walkVariable(w, v, locals[i], inner);
  });
  body.statements.forEach((s) => walkStatement(w, s, inner));
}

const walkBlock = (w: Walk, block: Block, scope: Scope): void => block.statements.forEach((s) => walkStatement(w, s, scope));

function walkStatement(w: Walk, s: Stmt, scope: Scope): void {
  if (s.label) {
    const symbol = scope.owner && bodyOf(scope.owner)?.labels.get(s.label.name.text);
    note(w, s.label.name, symbol, symbol?.at.start === s.label.name.span.start ? 'declare' : 'refer');
  }
  switch (s.kind) {
    case 'skip':
    case 'break':
    case 'continue':
      return;
    case 'assign':
      s.targets.forEach((t, i) => {
        const shape = walkExpr(w, t, scope, undefined, 'write');
        if (s.values[i]) walkExpr(w, s.values[i], scope, shape);
      });
      s.values.slice(s.targets.length).forEach((v) => walkExpr(w, v, scope));
      return;
    case 'call':
    case 'defer':
      walkExpr(w, s.call, scope);
      return;
    case 'await':
    case 'rest':
      walkExpr(w, s.condition, scope);
      return;
    case 'assert':
      walkExpr(w, s.condition, scope);
      if (s.property) note(w, s.property, w.module.properties.get(s.property.text), 'declare');
      return;
    case 'if':
      walkExpr(w, s.condition, scope);
      walkBlock(w, s.then, scope);
      if (s.else === undefined) return;
      return 'statements' in s.else ? walkBlock(w, s.else, scope) : walkStatement(w, s.else, scope);
    case 'while':
      walkExpr(w, s.condition, scope);
      return walkBlock(w, s.body, scope);
    case 'loop':
    case 'atomic':
      return walkBlock(w, s.body, scope);
    case 'goto':
      return note(w, s.target, scope.owner && bodyOf(scope.owner)?.labels.get(s.target.text), 'refer');
    case 'either':
      return s.branches.forEach((b) => walkBlock(w, b, scope));
    case 'with':
      return walkBlock(w, s.body, bindName(w, s.name, s.set, scope, s.body.span));
    case 'return':
      if (s.value) walkExpr(w, s.value, scope, scope.owner?.type && shapeOfType(w.world, w.module, scope.owner.type));
      return;
    case 'free':
    case 'touch':
      walkExpr(w, s.operand, scope);
      return;
    default:
      return unreachable(s);
  }
}

/** `x in S` of a `with`, quantifier, filter or map: the scope in which x is known. */
export function bindName(w: Walk, name: Name, set: Expr, scope: Scope, region: Span): Scope {
  return bindTo(w, name, set, walkExpr(w, set, scope), scope, region);
}

export function bindTo(w: Walk, name: Name, set: Expr, shape: Shape | undefined, scope: Scope, region: Span): Scope {
  const symbol: Sym = {
    kind: 'bound', name: name.text, file: w.module.source, at: name.span, whole: { start: name.span.start, end: set.span.end },
    ...(scope.owner && { container: scope.owner }),
  };
  if (shape?.kind === 'set' && shape.of) w.inferred.set(symbol, shape.of);
  w.note(name, [symbol], 'declare');
  w.region(region, new Map([[name.text, symbol]]));
  return { ...scope, names: new Map(scope.names).set(name.text, symbol) };
}

function walkType(w: Walk, t: TypeExpr, scope: Scope = NOWHERE): void {
  switch (t.kind) {
    case 'named':
      return notePath(w, t.path, 'refer');
    case 'range':
      walkExpr(w, t.lo, scope);
      walkExpr(w, t.hi, scope);
      return;
    case 'nullable':
    case 'set':
      return walkType(w, t.of, scope);
    case 'map':
      walkType(w, t.key, scope);
      return walkType(w, t.value, scope);
    case 'seq':
      walkType(w, t.of, scope);
      walkExpr(w, t.max, scope);
      return;
    default:
      return unreachable(t);
  }
}

export function notePath(w: Walk, path: Path, access: Access): void {
  const found = resolvePath(w.world, w.module, path);
  path.parts.forEach((part, i) => w.note(part, found[i] ?? [], access));
}

const note = (w: Walk, name: Name, symbol: Sym | undefined, access: Access): void => w.note(name, symbol ? [symbol] : [], access);

/** A property, or a built-in check of a pool: `Cb.leak`. */
function noteProperty(w: Walk, path: Path): void {
  if (noteOfSpec(w, path, ({ properties }, name) => properties.get(name))) return;
  notePath(w, { ...path, parts: path.parts.slice(0, -1) }, 'refer');
}

/**
 * What belongs to the whole spec and is named so: bare, or behind the prefix of its module, wherever that is imported. False when there is
 * nothing of that name.
 */
function noteOfSpec(w: Walk, path: Path, find: (module: Module, name: string) => Sym | undefined): boolean {
  const [prefix, name = prefix] = path.parts;
  if (name === undefined || path.parts.length > 2) return false;
  const modules = closureOf(w.world, w.module);
  if (name === prefix) {
    const found = modules.map((m) => find(m, name.text)).find((symbol) => symbol !== undefined);
    note(w, name, found, 'refer');
    return found !== undefined;
  }
  for (const m of modules) {
    for (const d of importsOf(m)) {
      const target = importedBy(w.world, m, d);
      const found = target && prefix!.text === (d.alias?.text ?? baseName(target.source.path)) ? find(target, name.text) : undefined;
      if (target === undefined || found === undefined) continue;
      note(w, prefix!, d.alias && prefixSymbol({ alias: d.alias, in: m, target }), 'refer');
      note(w, name, found, 'refer');
      return true;
    }
  }
  return false;
}

function walkItem(w: Walk, item: CheckItem): void {
  switch (item.kind) {
    case 'const': {
      noteOfSpec(w, item.name, ({ top }, name) => (top.get(name)?.kind === 'const' ? top.get(name) : undefined));
      walkExpr(w, item.value, NOWHERE);
      return;
    }
    case 'only':
      return item.properties.forEach((p) => noteProperty(w, p));
    case 'expect':
      return noteProperty(w, item.expect.property);
    default:
      return unreachable(item);
  }
}
