// The walk over expressions: what each name in them means, and the shape of each, as far as what is written tells.

import type { Expr, FieldInit, Name, Path } from '../ast/nodes.js';
import { unreachable } from '../base/unreachable.js';
import { pathOf, reachedFrom } from './called.js';
import { behindPrefix, bodyOf, closureOf, importedBy, importsOf, moduleOf, visible, type Module } from './world.js';
import { fieldsOf, prefixSymbol, resolvePath, shapeOfType, shapeOfTypeSymbol, type Shape } from './shape.js';
import type { Sym } from './symbols.js';
import { usesIn, type Access } from './uses.js';
import { bindName, bindTo, notePath, type Scope, type Walk } from './walk.js';

const BOOL: Shape = { kind: 'bool' };
const NUMBER: Shape = { kind: 'number' };
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

/** `wanted`: what stands on the other side, which tells enum members of one name apart. */
export function walkExpr(w: Walk, e: Expr, scope: Scope, wanted?: Shape, access: Access = 'read'): Shape | undefined {
  const shape = shapeOf(w, e, scope, wanted, access);
  if (shape !== undefined) w.shapes.set(e, shape);
  return shape;
}

function shapeOf(w: Walk, e: Expr, scope: Scope, wanted: Shape | undefined, access: Access): Shape | undefined {
  switch (e.kind) {
    case 'missing':
    case 'null':
      return undefined;
    case 'int':
      return NUMBER;
    case 'bool':
      return BOOL;
    case 'self':
      return { kind: 'pid' };
    case 'name': {
      const symbols = meaning(w, e.name.text, scope, wanted);
      w.note(e.name, symbols, access);
      return symbols[0] && shapeOfSymbol(w, symbols[0]);
    }
    case 'field':
      return fieldShape(w, e, scope, wanted, access);
    case 'index': {
      const object = walkExpr(w, e.object, scope, undefined, access);
      walkExpr(w, e.index, scope, object?.kind === 'map' ? object.key : undefined);
      return object?.kind === 'map' ? object.value : object?.kind === 'process' ? object : undefined;
    }
    case 'call':
      return callShape(w, e, scope);
    case 'prime':
      return walkExpr(w, e.operand, scope, wanted);
    case 'unary': {
      const operand = walkExpr(w, e.operand, scope);
      if (e.operator === 'min' || e.operator === 'max') return operand?.kind === 'set' ? operand.of : NUMBER;
      return e.operator === '-' ? NUMBER : BOOL;
    }
    case 'binary':
      return binaryShape(w, e, scope, wanted);
    case 'if': {
      walkExpr(w, e.condition, scope);
      const then = walkExpr(w, e.then, scope, wanted);
      return walkExpr(w, e.else, scope, wanted ?? then) ?? then;
    }
    case 'quantifier': {
      let inner = scope;
      for (const b of e.binders) {
        const shape = walkExpr(w, b.set, inner);
        for (const name of b.names) inner = bindTo(w, name, b.set, shape, inner, { start: b.set.span.end, end: e.span.end });
      }
      walkExpr(w, e.body, inner);
      return e.quantifier === 'count' ? NUMBER : BOOL;
    }
    case 'set':
    case 'seq': {
      const element = wanted?.kind === 'set' || wanted?.kind === 'seq' ? wanted.of : undefined;
      const shapes = e.elements.map((x) => walkExpr(w, x, scope, element));
      return { kind: e.kind, of: shapes.find((s) => s !== undefined) ?? element };
    }
    case 'filter': {
      const inner = bindName(w, e.name, e.set, scope, e.span);
      walkExpr(w, e.condition, inner);
      return w.shapes.get(e.set);
    }
    case 'map': {
      const inner = bindName(w, e.name, e.set, scope, e.span);
      const set = w.shapes.get(e.set);
      const value = walkExpr(w, e.value, inner, wanted?.kind === 'map' ? wanted.value : undefined);
      return { kind: 'map', key: set?.kind === 'set' ? set.of : undefined, value };
    }
    case 'record':
      return literal(w, e.type, e.fields, scope);
    case 'new':
      return literal(w, e.pool, e.fields, scope);
    case 'withIndex': {
      const object = walkExpr(w, e.object, scope, wanted);
      walkExpr(w, e.index, scope, object?.kind === 'map' ? object.key : undefined);
      walkExpr(w, e.value, scope, object?.kind === 'map' ? object.value : undefined);
      return object;
    }
    case 'withFields': {
      const object = walkExpr(w, e.object, scope, wanted);
      initFields(w, object?.kind === 'named' ? object.symbol : undefined, e.fields, scope);
      return object;
    }
    case 'group':
      return walkExpr(w, e.inner, scope, wanted);
    default:
      return unreachable(e);
  }
}

/** What a bare name means: a local, else something at the top; a member that several enums have is the one of the type that is wanted. */
function meaning(w: Walk, name: string, scope: Scope, wanted: Shape | undefined): readonly Sym[] {
  const local = scope.names.get(name);
  if (local !== undefined) return [local];
  const found = visible(w.world, w.module, name);
  if (found.length > 0) {
    const of = wanted?.kind === 'set' || wanted?.kind === 'seq' ? wanted.of : wanted;
    const fitting = of?.kind === 'named' ? found.filter((s) => s.container === of.symbol) : [];
    return fitting.length > 0 ? fitting : found;
  }
  const behind = behindPrefix(w.world, w.module, name);
  return behind === undefined ? [] : [prefixSymbol(behind)];
}

export function shapeOfSymbol(w: Pick<Walk, 'world' | 'module' | 'inferred'>, symbol: Sym): Shape | undefined {
  const own = symbol.file === w.module.source;
  switch (symbol.kind) {
    case 'enum':
    case 'record':
    case 'pool':
    case 'type':
      return { kind: 'set', of: shapeOfTypeSymbol(w.world, symbol) };
    case 'process':
      return { kind: 'process', symbol };
    case 'member':
      return symbol.container && { kind: 'named', symbol: symbol.container };
    case 'label':
    case 'prefix':
    case 'macro':
    case 'check':
      return undefined;
    case 'invariant':
    case 'property':
    case 'assertion':
      return BOOL;
    case 'const':
    case 'field':
    case 'variable':
    case 'ghost':
    case 'context':
    case 'def':
    case 'procedure':
    case 'parameter':
    case 'local':
    case 'bound': {
      const module = moduleOf(symbol.file);
      if (symbol.type !== undefined) return shapeOfType(w.world, module, symbol.type);
      return own ? w.inferred.get(symbol) : usesIn(w.world, module).inferred.get(symbol);
    }
    default:
      return unreachable(symbol.kind);
  }
}

function fieldShape(w: Walk, e: Expr & { readonly kind: 'field' }, scope: Scope, wanted: Shape | undefined, access: Access): Shape | undefined {
  const path = pathOf(e.object);
  const behind = path && !scope.names.has(path.parts[0]!.text) && visible(w.world, w.module, path.parts[0]!.text).length === 0 ? moduleBehind(w, path) : undefined;
  if (path !== undefined && behind !== undefined) {
    notePath(w, { parts: [...path.parts, e.field], span: e.span }, access);
    const symbols = visible(w.world, behind, e.field.text);
    const shape = symbols[0] && shapeOfSymbol(w, symbols[0]);
    return shape ?? wanted;
  }
  const object = walkExpr(w, e.object, scope);
  const field = memberOf(w, object, e.field.text);
  w.note(e.field, field ? [field] : [], access);
  return field && shapeOfSymbol(w, field);
}

function moduleBehind(w: Walk, path: Path): Module | undefined {
  return path.parts.reduce<Module | undefined>((m, part) => m && behindPrefix(w.world, m, part.text)?.target, w.module);
}

/** A field of a record or an object, a local of a process. */
function memberOf(w: Walk, object: Shape | undefined, name: string): Sym | undefined {
  return membersOf(w, object).find((s) => s.name === name);
}

export function membersOf(w: Pick<Walk, 'world' | 'module'>, object: Shape | undefined): readonly Sym[] {
  if (object?.kind === 'named') {
    const symbol = concrete(w, object.symbol);
    return symbol.kind === 'record' || symbol.kind === 'pool' ? fieldsOf(w.world, symbol) : [];
  }
  if (object?.kind !== 'process') return [];
  const body = bodyOf(object.symbol);
  return body === undefined ? [] : [...body.parameters, ...body.locals];
}

/** What stands for an abstract type where this file, or one that it imports, gives it. */
function concrete(w: Pick<Walk, 'world' | 'module'>, symbol: Sym): Sym {
  if (symbol.kind !== 'type' || symbol.isAbstract !== true) return symbol;
  for (const module of closureOf(w.world, w.module)) {
    for (const d of importsOf(module)) {
      const binding = d.bindings.find((b) => b.name.text === symbol.name);
      if (binding === undefined || importedBy(w.world, module, d)?.source !== symbol.file) continue;
      const path = pathOf(binding.value);
      const given = path && resolvePath(w.world, module, path).at(-1)?.[0];
      const shape = given && shapeOfTypeSymbol(w.world, given);
      if (shape?.kind === 'named') return shape.symbol;
    }
  }
  const given = visible(w.world, w.module, symbol.name).find((s) => s.isAbstract !== true);
  const shape = given && shapeOfTypeSymbol(w.world, given);
  return shape?.kind === 'named' ? shape.symbol : symbol;
}

function literal(w: Walk, path: Path, fields: readonly FieldInit[], scope: Scope): Shape | undefined {
  notePath(w, path, 'refer');
  const symbol = resolvePath(w.world, w.module, path).at(-1)?.[0];
  const shape = symbol && shapeOfTypeSymbol(w.world, symbol);
  initFields(w, shape?.kind === 'named' ? shape.symbol : undefined, fields, scope);
  return shape;
}

function initFields(w: Walk, container: Sym | undefined, fields: readonly FieldInit[], scope: Scope): void {
  const known = container === undefined ? [] : membersOf(w, { kind: 'named', symbol: container });
  for (const f of fields) {
    const field = known.find((s) => s.name === f.name.text);
    w.note(f.name, field ? [field] : [], 'write');
    walkExpr(w, f.value, scope, field && shapeOfSymbol(w, field));
  }
}

function binaryShape(w: Walk, e: Expr & { readonly kind: 'binary' }, scope: Scope, wanted: Shape | undefined): Shape | undefined {
  switch (e.operator) {
    case '==':
    case '!=': {
      // Either side may tell which enum is meant: a name that can mean one thing only is read first.
      const left = walkExpr(w, e.left, scope, e.left.kind === 'name' && e.right.kind !== 'name' ? shapeAhead(w, e.right, scope) : undefined);
      walkExpr(w, e.right, scope, left);
      return BOOL;
    }
    case 'in': {
      const left = walkExpr(w, e.left, scope);
      walkExpr(w, e.right, scope, { kind: 'set', of: left });
      return BOOL;
    }
    case 'union':
    case 'intersect':
    case 'minus': {
      const left = walkExpr(w, e.left, scope, wanted);
      return walkExpr(w, e.right, scope, wanted ?? left) ?? left;
    }
    default:
      walkExpr(w, e.left, scope);
      walkExpr(w, e.right, scope);
      return e.operator === '..' ? { kind: 'set', of: NUMBER } : ARITHMETIC.has(e.operator) ? NUMBER : BOOL;
  }
}

/** The shape of what will be walked later, without noting anything. */
function shapeAhead(w: Walk, e: Expr, scope: Scope): Shape | undefined {
  return shapeOf({ ...w, note: () => undefined, region: () => undefined, later: () => undefined, shapes: new Map(), inferred: new Map(w.inferred) }, e, scope, undefined, 'read');
}

function callShape(w: Walk, e: Expr & { readonly kind: 'call' }, scope: Scope): Shape | undefined {
  const name = e.callee.kind === 'name' ? e.callee.name.text : undefined;
  const declared = name !== undefined && (scope.names.has(name) || visible(w.world, w.module, name).length > 0);
  if (name !== undefined && !declared && (name === 'at' || name === 'in')) return query(w, e, scope);
  const before = w.shapes.get(e.callee);
  const result = walkExpr(w, e.callee, scope, undefined, 'call') ?? before;
  const shapes = e.arguments.map((a) => walkExpr(w, a, scope, undefined, isPlaceArgument(name, declared) && a === e.arguments[0] ? 'write' : 'read'));
  if (name === undefined || declared) return result;
  const [first] = shapes;
  switch (name) {
    case 'cmpxchg':
    case 'xchg':
    case 'fetch_add':
    case 'tail':
    case 'append':
      return first;
    case 'head':
      return first?.kind === 'seq' ? first.of : undefined;
    case 'len':
      return NUMBER;
    case 'done':
    case 'enabled':
    case 'alive':
      return BOOL;
    default:
      return result;
  }
}

const isPlaceArgument = (name: string | undefined, declared: boolean): boolean => !declared && (name === 'cmpxchg' || name === 'xchg' || name === 'fetch_add');

/** `at(p[i], label)`, `at(p[i], procedure.label)`, `in(p[i], procedure)`. */
function query(w: Walk, e: Expr & { readonly kind: 'call' }, scope: Scope): Shape {
  const [process, what, ...rest] = e.arguments;
  const of = process && walkExpr(w, process, scope);
  rest.forEach((r) => walkExpr(w, r, scope));
  if (what === undefined) return BOOL;
  const name = e.callee.kind === 'name' ? e.callee.name.text : '';
  if (name === 'in' || of?.kind !== 'process') {
    if (name === 'in') walkExpr(w, what, scope, undefined, 'refer');
    return BOOL;
  }
  w.later(() => noteLabel(w, of.symbol, what, scope));
  return BOOL;
}

function noteLabel(w: Walk, process: Sym, e: Expr, scope: Scope): void {
  if (e.kind === 'name') return w.note(e.name, labelsNamed(w, process, e.name), 'refer');
  if (e.kind !== 'field') return;
  walkExpr(w, e.object, scope, undefined, 'refer');
  const path = pathOf(e.object);
  const procedure = path && resolvePath(w.world, w.module, path).at(-1)?.[0];
  const label = procedure && bodyOf(procedure)?.labels.get(e.field.text);
  w.note(e.field, label ? [label] : [], 'refer');
}

/** Its own label of that name, and those of what it calls, directly or not. */
function labelsNamed(w: Walk, process: Sym, name: Name): readonly Sym[] {
  let reached = w.reached.get(process);
  if (reached === undefined) w.reached.set(process, (reached = [process, ...reachedFrom(w.world, process, w.module.source)]));
  return reached.flatMap((p) => bodyOf(p)?.labels.get(name.text) ?? []);
}
