// What the features of an editor look at: the texts that are open, and those that they import. A text is parsed once; what is known of
// it is kept as long as the text lives.

import type { Declaration, File, Name } from '../ast/nodes.js';
import type { Diagnostic } from '../base/diagnostic.js';
import type { SourceFile, Span } from '../base/span.js';
import { parse } from '../parser/parse.js';
import type { DeclarationOf } from '../analysis/symbols.js';
import { ownSymbols, type OwnSymbols, type Sym } from './symbols.js';

/** Gives texts. A text that did not change is the same object at each call: everything known of it hangs on that. */
export interface World {
  /** Grows with every change of any text: what was worked out across files holds as long as it stays. */
  readonly stamp: number;
  load(path: string, from: SourceFile): SourceFile | undefined;
  /** Every text that may refer to another: what is open and what lies in the folders that are. */
  files(): readonly SourceFile[];
  /** Modules by the paths that an import can name. */
  readonly known?: (from: SourceFile) => readonly string[];
  /** The shipped library, which renaming leaves alone. */
  isReadOnly(file: SourceFile): boolean;
}

/** One file with what it declares. */
export interface Module extends OwnSymbols {
  readonly source: SourceFile;
  readonly tree: File;
  readonly diagnostics: readonly Diagnostic[];
}

const modules = new WeakMap<SourceFile, Module>();

export function moduleOf(source: SourceFile): Module {
  let known = modules.get(source);
  if (known === undefined) {
    const { file, diagnostics } = parse(source);
    modules.set(source, (known = { source, tree: file, diagnostics, ...ownSymbols(source, file) }));
  }
  return known;
}

export const contains = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;

export const isOf = <K extends Declaration['kind']>(kind: K) => (d: Declaration): d is DeclarationOf<K> => d.kind === kind;

export const importsOf = (module: Module): readonly DeclarationOf<'import'>[] => module.tree.declarations.filter(isOf('import'));

export function importedBy(world: World, module: Module, d: DeclarationOf<'import'>): Module | undefined {
  const found = world.load(d.path, module.source);
  return found && moduleOf(found);
}

/** Modules whose names a file brings in without a prefix. */
function plainImports(world: World, module: Module): readonly Module[] {
  return importsOf(module).flatMap((d) => (d.alias === undefined ? (importedBy(world, module, d) ?? []) : []));
}

/** The module and all that it imports, itself first. Circles end where they began. */
export function closureOf(world: World, module: Module): readonly Module[] {
  const seen = new Set<Module>();
  const visit = (m: Module): void => {
    if (seen.has(m)) return;
    seen.add(m);
    for (const d of importsOf(m)) {
      const next = importedBy(world, m, d);
      if (next !== undefined) visit(next);
    }
  };
  visit(module);
  return [...seen];
}

/** The module behind a prefix, declared here or brought in by an import. */
export function behindPrefix(
  world: World, module: Module, prefix: string, seen = new Set<Module>(),
): { readonly alias: Name; readonly in: Module; readonly target: Module } | undefined {
  if (seen.has(module)) return undefined;
  seen.add(module);
  for (const d of importsOf(module)) {
    if (d.alias?.text !== prefix) continue;
    const target = importedBy(world, module, d);
    if (target !== undefined) return { alias: d.alias, in: module, target };
  }
  for (const next of plainImports(world, module)) {
    const found = behindPrefix(world, next, prefix, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a name means at the top of a module: its own, else what its imports bring in; several where enums share a member. */
export function visible(world: World, module: Module, name: string, seen = new Set<Module>()): readonly Sym[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const own = module.top.get(name);
  if (own !== undefined) return [own];
  const found = plainImports(world, module).flatMap((m) => visible(world, m, name, seen));
  // An abstract declaration gives way to what gives it.
  const given = found.filter((s) => !s.isAbstract);
  return given.length > 0 ? given : found;
}

/** Everything visible at the top of a module, each name once. */
export function allVisible(world: World, module: Module): ReadonlyMap<string, Sym> {
  const found = new Map<string, Sym>();
  const seen = new Set<Module>();
  const visit = (m: Module): void => {
    if (seen.has(m)) return;
    seen.add(m);
    for (const [name, symbol] of m.top) if (!found.has(name)) found.set(name, symbol);
    plainImports(world, m).forEach(visit);
  };
  visit(module);
  return found;
}

/** Prefixes that a file can use. */
export function allPrefixes(world: World, module: Module): readonly Name[] {
  return closurePlain(world, module).flatMap((m) => importsOf(m).flatMap((d) => d.alias ?? []));
}

function closurePlain(world: World, module: Module): readonly Module[] {
  const seen = new Set<Module>();
  const visit = (m: Module): void => {
    if (seen.has(m)) return;
    seen.add(m);
    plainImports(world, m).forEach(visit);
  };
  visit(module);
  return [...seen];
}

