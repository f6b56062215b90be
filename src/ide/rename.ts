// Renaming, with a proof that nothing else changes: the edited texts are read again, and every name must mean what it meant.

import { positionAt, type SourceFile, type Span } from '../base/span.js';
import { follow } from '../parser/parse.js';
import { RESERVED } from '../parser/tokens.js';
import { linked, referencesTo } from './navigate.js';
import { applied, mover, type FileEdits, type TextEdit } from './place.js';
import type { Sym } from './symbols.js';
import { useAt, usesIn } from './uses.js';
import { moduleOf, universe, type Module, type World } from './world.js';

export type Renaming = { readonly files: readonly FileEdits[] } | { readonly refusal: string };

/** The name that would be renamed, or a sentence why none can be. */
export function renamable(world: World, file: SourceFile, offset: number): { readonly span: Span; readonly name: string; readonly symbols: readonly Sym[] } | { readonly refusal: string } {
  const use = useAt(usesIn(world, moduleOf(file)), offset);
  if (use === undefined || use.symbols.length === 0) return { refusal: 'No name that could be renamed stands here.' };
  const symbols = linked(world, use.symbols);
  const shipped = symbols.find((s) => world.isReadOnly(s.file));
  if (shipped !== undefined) return { refusal: `'${shipped.name}' belongs to the library (${shipped.file.path}).` };
  return { span: use.span, name: file.text.slice(use.span.start, use.span.end), symbols };
}

export function rename(world: World, file: SourceFile, offset: number, name: string): Renaming {
  const target = renamable(world, file, offset);
  if ('refusal' in target) return target;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return { refusal: `'${name}' is no name: letters, digits and _, not beginning with a digit.` };
  if ((RESERVED as readonly string[]).includes(name)) return { refusal: `'${name}' is a word of the language.` };
  if (name === target.name) return { files: [] };
  const byFile = new Map<SourceFile, TextEdit[]>();
  for (const r of referencesTo(world, target.symbols)) {
    const edits = byFile.get(r.file) ?? [];
    byFile.set(r.file, edits);
    // One use may mean several of the symbols; a list is in the order of the text.
    if (edits.at(-1)?.span.start !== r.span.start) edits.push({ span: r.span, text: name });
  }
  for (const f of byFile.keys()) if (world.isReadOnly(f)) return { refusal: `${f.path} of the library names it.` };
  const capture = firstChange(world, byFile);
  if (capture !== undefined) return { refusal: `Called '${name}', ${capture}.` };
  return { files: [...byFile].map(([f, edits]) => ({ file: f, edits: [...edits].sort((a, b) => a.span.start - b.span.start) })) };
}

/** What would mean something else after the edits; undefined when nothing would. */
function firstChange(world: World, byFile: ReadonlyMap<SourceFile, readonly TextEdit[]>): string | undefined {
  const edited = new Map<SourceFile, SourceFile>([...byFile].map(([f, edits]) => [f, { path: f.path, text: applied(f.text, edits) }]));
  for (const [f, g] of edited) follow(g, f);
  const original = new Map([...edited].map(([before, after]) => [after, before]));
  const after: World = {
    ...world,
    stamp: world.stamp,
    load: (path, from) => {
      const found = world.load(path, original.get(from) ?? from);
      return found && (edited.get(found) ?? found);
    },
    files: () => world.files().map((f) => edited.get(f) ?? f),
    isReadOnly: (f) => world.isReadOnly(f),
  };
  const movers = new Map([...byFile].map(([f, edits]) => [f, mover(edits)]));
  const moved = (f: SourceFile, offset: number): number => movers.get(f)?.(offset) ?? offset;
  for (const module of universe(world)) {
    const { source } = module;
    const now = moduleOf(edited.get(source) ?? source);
    if (now.diagnostics.length > module.diagnostics.length) return `${source.path} would no longer be read as it is`;
    const was = usesIn(world, module).list;
    const is = usesIn(after, now).list;
    for (const [i, u] of was.entries()) {
      const v = is[i];
      const same = v !== undefined && v.span.start === moved(source, u.span.start) && v.symbols.length === u.symbols.length && u.symbols.every((s, k) => {
        const t = v.symbols[k]!;
        return t.file.path === s.file.path && t.at.start === moved(s.file, s.at.start);
      });
      if (!same) {
        const { line } = positionAt(source, u.span.start);
        return `'${source.text.slice(u.span.start, u.span.end)}' in line ${line} of ${source.path} would mean something else`;
      }
    }
    // Two declarations of one name in one scope are no change of meaning, but an error.
    const twice = declaredTwice(now);
    if (twice !== undefined && declaredTwice(module) === undefined) return `it would be declared twice in ${source.path} (line ${positionAt(now.source, twice.at.start).line})`;
  }
  return undefined;
}

/** The second declaration of a name in its scope. */
function declaredTwice(module: Module): Sym | undefined {
  const scopes = [module.all, module.checks, ...[...module.bodies.values()].map((b) => [...b.parameters, ...b.locals]), ...module.fields.values()];
  return scopes.flatMap((scope) => scope.filter((s, i) => scope.findIndex(({ name }) => name === s.name) < i))[0];
}
