// What the features of an editor look at: the texts that are open, and those that they import. A text is parsed once; what is known of
// it is kept as long as the text lives.

import type { File, Name } from '../ast/nodes.js';
import type { Diagnostic } from '../base/diagnostic.js';
import type { SourceFile } from '../base/span.js';
import { parse } from '../parser/parse.js';
import type { DeclarationOf } from '../analysis/symbols.js';
import { ownSymbols, type BodySymbols, type OwnSymbols, type Sym } from './symbols.js';

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

/** What the body of a procedure, process, def or macro declares. */
export const bodyOf = (owner: Sym): BodySymbols | undefined => moduleOf(owner.file).bodies.get(owner);

export const importsOf = (module: Module): readonly DeclarationOf<'import'>[] => module.tree.declarations.filter((d) => d.kind === 'import');

export function importedBy(world: World, module: Module, d: DeclarationOf<'import'>): Module | undefined {
  const found = world.load(d.path, module.source);
  return found && moduleOf(found);
}

/** Modules whose names a file brings in without a prefix. */
function plainImports(world: World, module: Module): readonly Module[] {
  return importsOf(module).flatMap((d) => (d.alias === undefined ? (importedBy(world, module, d) ?? []) : []));
}

/** A module and what can be reached from it, itself first. Circles end where they began. */
function reached(from: Module, next: (module: Module) => readonly Module[]): readonly Module[] {
  const seen = new Set<Module>();
  const visit = (m: Module): void => {
    if (seen.has(m)) return;
    seen.add(m);
    next(m).forEach(visit);
  };
  visit(from);
  return [...seen];
}

/** The module and all that it imports. */
export const closureOf = (world: World, module: Module): readonly Module[] => reached(module, (m) => importsOf(m).flatMap((d) => importedBy(world, m, d) ?? []));

/** The module and those whose names it has without a prefix. */
const namesFrom = (world: World, module: Module): readonly Module[] => reached(module, (m) => plainImports(world, m));

/** Every module that is open, lies in an open folder, or is imported by one of those. */
export const universe = (world: World): readonly Module[] => [...new Set(world.files().flatMap((f) => closureOf(world, moduleOf(f))))];

/** Known files that import a file, directly or not. */
export const importersOf = (world: World, source: SourceFile): readonly SourceFile[] =>
  world.files().filter((f) => f !== source && closureOf(world, moduleOf(f)).some((m) => m.source === source));

/** The module behind a prefix, declared here or brought in by an import. */
export function behindPrefix(world: World, module: Module, prefix: string): { readonly alias: Name; readonly in: Module; readonly target: Module } | undefined {
  for (const m of namesFrom(world, module)) {
    for (const d of importsOf(m)) {
      const target = d.alias?.text === prefix ? importedBy(world, m, d) : undefined;
      if (d.alias !== undefined && target !== undefined) return { alias: d.alias, in: m, target };
    }
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
  for (const m of namesFrom(world, module)) for (const [name, symbol] of m.top) if (!found.has(name)) found.set(name, symbol);
  return found;
}

/** Prefixes that a file can use. */
export const allPrefixes = (world: World, module: Module): readonly Name[] => namesFrom(world, module).flatMap((m) => importsOf(m).flatMap((d) => d.alias ?? []));
