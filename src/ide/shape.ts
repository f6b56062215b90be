// What a type looks like from outside: enough to find the fields behind a dot and the elements of a set. Read off what is written, so
// that it is there for half-written files too; sizes and ranges are the analysis's business (facts.ts).

import type { Path, TypeExpr } from '../ast/nodes.js';
import { unreachable } from '../base/unreachable.js';
import { keyOf, type Sym } from './symbols.js';
import { behindPrefix, importsOf, moduleOf, universe, visible, type Module, type World } from './world.js';

export type Shape =
  /** A value of a record, an enum, a pool (a reference) or an abstract type. */
  | { readonly kind: 'named'; readonly symbol: Sym }
  | { readonly kind: 'map'; readonly key: Shape | undefined; readonly value: Shape | undefined }
  | { readonly kind: 'set' | 'seq'; readonly of: Shape | undefined }
  /** A process, or one of its instances. */
  | { readonly kind: 'process'; readonly symbol: Sym }
  | { readonly kind: 'bool' | 'number' | 'pid' };

/** More names for names than this are a circle. */
const MAX_ALIASES = 20;

export function shapeOfType(world: World, module: Module, t: TypeExpr, depth = 0): Shape | undefined {
  switch (t.kind) {
    case 'named': {
      const { parts } = t.path;
      if (parts.length === 1 && (parts[0]!.text === 'bool' || parts[0]!.text === 'pid')) return { kind: parts[0]!.text };
      const symbol = resolvePath(world, module, t.path).at(-1)?.[0];
      return symbol && shapeOfTypeSymbol(world, symbol, depth);
    }
    case 'range':
      return { kind: 'number' };
    case 'nullable':
      return shapeOfType(world, module, t.of, depth);
    case 'map':
      return { kind: 'map', key: shapeOfType(world, module, t.key, depth), value: shapeOfType(world, module, t.value, depth) };
    case 'set':
    case 'seq':
      return { kind: t.kind, of: shapeOfType(world, module, t.of, depth) };
    default:
      return unreachable(t);
  }
}

/** Values of a declared type. */
export function shapeOfTypeSymbol(world: World, symbol: Sym, depth = 0): Shape | undefined {
  if (symbol.kind !== 'type') return symbol.kind === 'record' || symbol.kind === 'pool' || symbol.kind === 'enum' ? { kind: 'named', symbol } : undefined;
  if (symbol.type !== undefined) return depth > MAX_ALIASES ? undefined : shapeOfType(world, moduleOf(symbol.file), symbol.type, depth + 1);
  // What gives an abstract type to a module that one file imports with a binding is known there; a plain giver is looked for by name.
  return { kind: 'named', symbol };
}

/** For each part of a path what it means: prefixes, then the name itself. A part that means nothing has no symbols. */
export function resolvePath(world: World, module: Module, path: Path): readonly (readonly Sym[])[] {
  const found: (readonly Sym[])[] = [];
  let where: Module | undefined = module;
  for (const [i, part] of path.parts.entries()) {
    if (where === undefined) return [...found, ...path.parts.slice(i).map(() => [])];
    if (i === path.parts.length - 1) {
      found.push(visible(world, where, part.text));
      break;
    }
    const behind = behindPrefix(world, where, part.text);
    found.push(behind === undefined ? [] : [prefixSymbol(behind)]);
    where = behind?.target;
  }
  return found;
}

/** What a path that is written as text means, `m.f`. */
export function symbolOfText(world: World, module: Module, text: string): Sym | undefined {
  const span = { start: 0, end: 0 };
  return resolvePath(world, module, { parts: text.split('.').map((part) => ({ text: part, span })), span }).at(-1)?.[0];
}

export function prefixSymbol({ alias, in: module, target }: NonNullable<ReturnType<typeof behindPrefix>>): Sym {
  const whole = importsOf(module).find((d) => d.alias === alias)!;
  return { kind: 'prefix', name: alias.text, file: module.source, at: alias.span, whole: whole.span, declaration: whole, target: target.source };
}

const added = new WeakMap<World, { readonly stamp: number; readonly of: Map<string, readonly Sym[]> }>();

/** Fields of a pool or record, those of `extend pool` in other files included. */
export function fieldsOf(world: World, container: Sym): readonly Sym[] {
  return [...(moduleOf(container.file).fields.get(container) ?? []), ...(extensionsIn(world).get(keyOf(container)) ?? [])];
}

function extensionsIn(world: World): ReadonlyMap<string, readonly Sym[]> {
  const known = added.get(world);
  if (known?.stamp === world.stamp) return known.of;
  const of = new Map<string, readonly Sym[]>();
  for (const module of universe(world)) {
    for (const { pool, fields } of module.extensions) {
      const [first] = pool;
      const symbol = first && resolvePath(world, module, { parts: pool, span: first.span }).at(-1)?.[0];
      if (symbol === undefined) continue;
      of.set(keyOf(symbol), [...(of.get(keyOf(symbol)) ?? []), ...fields]);
    }
  }
  added.set(world, { stamp: world.stamp, of });
  return of;
}
