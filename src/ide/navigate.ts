// From a name to its declaration, to its type's, and to everything else that means the same.

import type { SourceFile } from '../base/span.js';
import type { Place } from './place.js';
import { shapeOfType, type Shape } from './shape.js';
import { keyOf, type Sym } from './symbols.js';
import { useAt, usesIn, type Access } from './uses.js';
import { importedBy, importsOf, moduleOf, universe, visible, type Module, type World } from './world.js';

const placeOf = (s: Sym): Place => ({ file: s.file, span: s.at });

/** The declarations of the name at an offset; of the path of an import, the beginning of the file. */
export function definitions(world: World, file: SourceFile, offset: number): readonly Place[] {
  const module = moduleOf(file);
  const use = useAt(usesIn(world, module), offset);
  if (use !== undefined) return use.symbols.flatMap((s) => (s.kind === 'prefix' && use.access === 'declare' && s.target ? [{ file: s.target, span: { start: 0, end: 0 } }] : [placeOf(s)]));
  const path = importsOf(module).find((d) => d.pathSpan.start <= offset && offset <= d.pathSpan.end);
  const target = path && importedBy(world, module, path);
  return target ? [{ file: target.source, span: { start: 0, end: 0 } }] : [];
}

/** Where the type of what stands at an offset is declared. */
export function typeDefinitions(world: World, file: SourceFile, offset: number): readonly Place[] {
  const uses = usesIn(world, moduleOf(file));
  const use = useAt(uses, offset);
  const symbols = (use?.symbols ?? []).flatMap((s): readonly Sym[] => {
    const module = moduleOf(s.file);
    if (s.kind === 'member') return s.container ? [s.container] : [];
    const shape = s.type ? shapeOfType(world, module, s.type) : usesIn(world, module).inferred.get(s);
    return namedIn(shape);
  });
  return symbols.map(placeOf);
}

function namedIn(shape: Shape | undefined): readonly Sym[] {
  switch (shape?.kind) {
    case 'named':
    case 'process':
      return [shape.symbol];
    case 'map':
      return namedIn(shape.value);
    case 'set':
    case 'seq':
      return namedIn(shape.of);
    default:
      return [];
  }
}

/** What gives an abstract declaration, as far as open files and folders tell; of anything else, the declaration. */
export function implementations(world: World, file: SourceFile, offset: number): readonly Place[] {
  const use = useAt(usesIn(world, moduleOf(file)), offset);
  const symbols = (use?.symbols ?? []).flatMap((s) => {
    const given = s.isAbstract === true ? linked(world, [s]).filter((g) => g.isAbstract !== true) : [];
    return given.length > 0 ? given : [s];
  });
  return symbols.map(placeOf);
}

export interface Reference extends Place {
  readonly access: Access;
}

/** Every place that names one of the symbols, in all files that are known. */
export function referencesTo(world: World, symbols: readonly Sym[]): readonly Reference[] {
  const keys = new Set(symbols.map(keyOf));
  return universe(world).flatMap((m) => usesIn(world, m).list.filter((u) => u.symbols.some((s) => keys.has(keyOf(s)))).map((u) => ({ file: m.source, span: u.span, access: u.access })));
}

export function references(world: World, file: SourceFile, offset: number): readonly Reference[] {
  const use = useAt(usesIn(world, moduleOf(file)), offset);
  return use === undefined || use.symbols.length === 0 ? [] : referencesTo(world, linked(world, use.symbols));
}

/** The places of one file that mean the same as the name at an offset. */
export function highlights(world: World, file: SourceFile, offset: number): readonly Reference[] {
  const uses = usesIn(world, moduleOf(file));
  const use = useAt(uses, offset);
  if (use === undefined || use.symbols.length === 0) return [];
  const keys = new Set(linked(world, use.symbols).map(keyOf));
  return uses.list.filter((u) => u.symbols.some((s) => keys.has(keyOf(s)))).map((u) => ({ file, span: u.span, access: u.access }));
}

/**
 * The symbols and those that are the same thing under one name: an abstract declaration and what gives it, a context and the parameters
 * that bind it.
 */
export function linked(world: World, symbols: readonly Sym[]): readonly Sym[] {
  const found = new Map(symbols.map((s) => [keyOf(s), s]));
  const modules = universe(world);
  const givers = (file: SourceFile): readonly Module[] => modules.filter((m) => importsOf(m).some((d) => d.bindings.length === 0 && importedBy(world, m, d)?.source === file));
  const todo = [...symbols];
  const add = (s: Sym): void => {
    if (found.has(keyOf(s))) return;
    found.set(keyOf(s), s);
    todo.push(s);
  };
  for (let s = todo.pop(); s !== undefined; s = todo.pop()) {
    const symbol = s;
    if (symbol.isAbstract === true) givers(symbol.file).flatMap((m) => m.top.get(symbol.name) ?? []).forEach(add);
    if (symbol.kind === 'context') modules.flatMap((m) => parametersBinding(world, m, symbol)).forEach(add);
    if (symbol.kind === 'parameter' && symbol.container?.kind === 'process') visible(world, moduleOf(symbol.file), symbol.name).filter((v) => v.kind === 'context').forEach(add);
    if (symbol.container !== undefined || moduleOf(symbol.file).top.get(symbol.name)?.at.start !== symbol.at.start) continue;
    for (const d of importsOf(moduleOf(symbol.file))) {
      const given = d.bindings.length === 0 ? importedBy(world, moduleOf(symbol.file), d)?.top.get(symbol.name) : undefined;
      if (given?.isAbstract === true) add(given);
    }
  }
  return [...found.values()];
}

function parametersBinding(world: World, module: Module, context: Sym): readonly Sym[] {
  if (!visible(world, module, context.name).some((s) => keyOf(s) === keyOf(context))) return [];
  return [...module.bodies].flatMap(([owner, body]) => (owner.kind === 'process' ? body.parameters.filter((p) => p.name === context.name) : []));
}
