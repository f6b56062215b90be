// Modules: files and their instances. A module that is imported plainly is one instance for all; `import … with` makes an instance of
// its own. An import brings in every name that is visible at the top of the imported file.

import type { Declaration, Expr, File } from '../ast/nodes.js';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { Location, SourceFile, Span } from '../base/span.js';
import { parse } from '../parser/parse.js';
import { nearest } from '../base/suggest.js';
import { KIND_TEXT, type DeclarationOf, type Symbol } from './symbols.js';

/** Finds the text of modules. `known` lists paths of modules for suggestions. */
export interface Loader {
  load(path: string, from: SourceFile): SourceFile | undefined;
  readonly known?: (from: SourceFile) => readonly string[];
}

export interface Instance {
  readonly source: SourceFile;
  readonly tree: File;
  /** Its prefix in names when a bare name is not unique. */
  readonly prefix: string;
  readonly own: Map<string, Symbol>;
  readonly imports: Instance[];
  readonly prefixes: Map<string, Instance>;
  /** `with T = Cb`: read in the importing instance. */
  readonly bindings: ReadonlyMap<string, { readonly expr: Expr; readonly from: Instance }>;
  /** Instances that import it plainly: they may give what it leaves abstract. */
  readonly importers: Instance[];
  readonly isEntry: boolean;
}

export interface Modules {
  readonly entry: Instance;
  /** Imported ones before those that import them. */
  readonly instances: readonly Instance[];
  readonly files: readonly SourceFile[];
}

export type Report = (d: Diagnostic) => void;

export const locate = (source: SourceFile, span: Span): Location => ({ file: source, start: span.start, end: span.end });

/** Loads and parses the entry file and everything it imports, each file once, and makes the instances. */
export function loadModules(entry: SourceFile, loader: Loader, report: Report): Modules {
  const trees = new Map<SourceFile, File>();
  const sources = new Map<string, SourceFile>([[entry.path, entry]]);
  const plain = new Map<string, Instance>();
  const instances: Instance[] = [];

  const treeOf = (source: SourceFile): File => {
    const known = trees.get(source);
    if (known !== undefined) return known;
    const parsed = parse(source);
    parsed.diagnostics.forEach(report);
    trees.set(source, parsed.file);
    return parsed.file;
  };

  const instantiate = (source: SourceFile, prefix: string, bindings: Instance['bindings'], stack: readonly SourceFile[]): Instance => {
    const tree = treeOf(source);
    const instance: Instance = {
      source, tree, prefix, bindings, own: new Map(), imports: [], prefixes: new Map(), importers: [], isEntry: source === entry,
    };
    for (const d of tree.declarations) if (d.kind === 'import') importInto(instance, d, [...stack, source]);
    instances.push(instance);
    return instance;
  };

  const importInto = (instance: Instance, d: DeclarationOf<'import'>, stack: readonly SourceFile[]): void => {
    const { source } = instance;
    const at = locate(source, d.pathSpan);
    const found = loader.load(d.path, source);
    if (found === undefined) {
      report(diagnostic('module/not-found', at, { path: d.path, near: nearest(d.path, loader.known?.(source) ?? []) }));
      return;
    }
    const target = sources.get(found.path) ?? found;
    sources.set(target.path, target);
    if (stack.includes(target)) {
      const cycle = [...stack.slice(stack.indexOf(target)), target].map((s) => s.path);
      report(diagnostic('module/cycle', at, { cycle }));
      return;
    }
    let imported: Instance;
    if (d.bindings.length > 0) {
      const prefix = d.alias?.text ?? baseName(target.path);
      imported = instantiate(target, prefix, new Map(d.bindings.map((b) => [b.name.text, { expr: b.value, from: instance }])), stack);
      for (const [i, b] of d.bindings.entries()) {
        const before = d.bindings.slice(0, i).find((x) => x.name.text === b.name.text);
        if (before === undefined) continue;
        const first = { at: locate(source, before.name.span), message: 'first given here' };
        report(diagnostic('resolve/duplicate-name', locate(source, b.name.span), { name: b.name.text }, [first]));
      }
      for (const b of d.bindings) checkBinding(imported, b.name.text, locate(source, b.name.span), report);
    } else {
      imported = plain.get(target.path) ?? instantiate(target, baseName(target.path), new Map(), stack);
      plain.set(target.path, imported);
      imported.importers.push(instance);
    }
    if (d.alias === undefined) instance.imports.push(imported);
    else {
      if ((instance.prefixes.get(d.alias.text) ?? imported) !== imported) report(diagnostic('resolve/duplicate-name', locate(source, d.alias.span), { name: d.alias.text }));
      instance.prefixes.set(d.alias.text, imported);
    }
  };

  const instance = instantiate(entry, baseName(entry.path), new Map(), []);
  for (const i of instances) declareAll(i, report);
  for (const i of instances) reportShadowing(i, report);
  return { entry: instance, instances, files: [...trees.keys()] };
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.heddle$/, '');

function checkBinding(instance: Instance, name: string, at: Location, report: Report): void {
  const ok = instance.tree.declarations.some(
    (d) => (d.kind === 'const' && d.name.text === name) || (isAbstract(d) && 'name' in d && d.name.text === name),
  );
  if (ok) return;
  const open = instance.tree.declarations.flatMap((d) => ('name' in d && (d.kind === 'const' || isAbstract(d)) ? [d.name.text] : []));
  report(diagnostic('module/unknown-binding', at, { name, near: nearest(name, open) }));
}

/** Left for the importing file to give. */
export function isAbstract(d: Declaration): boolean {
  return (d.kind === 'type' && d.definition === undefined) || (d.kind === 'procedure' && d.body === undefined) || (d.kind === 'const' && d.value === undefined);
}

function declareAll(instance: Instance, report: Report): void {
  const { source, own } = instance;
  const add = (symbol: Symbol): void => {
    const before = own.get(symbol.name);
    if (before !== undefined) {
      report(diagnostic('resolve/duplicate-name', symbol.at, { name: symbol.name }, [{ at: before.at, message: `first declared here, as ${KIND_TEXT[before.kind]}` }]));
    } else own.set(symbol.name, symbol);
  };
  for (const kind of ['spec', 'steps'] as const) {
    const [first, second] = instance.tree.declarations.filter((d) => d.kind === kind);
    if (first === undefined || second === undefined) continue;
    report(diagnostic('resolve/duplicate-name', locate(source, second.span), { name: kind }, [{ at: locate(source, first.span), message: 'first declared here' }]));
  }
  for (const d of instance.tree.declarations) {
    if (!('name' in d) || d.kind === 'spec') continue;
    const base = { name: d.name.text, at: locate(source, d.name.span), instance, used: false };
    switch (d.kind) {
      case 'const':
        add({ ...base, kind: 'const', declaration: d });
        break;
      case 'enum': {
        const of: Symbol = { ...base, kind: 'type', declaration: d };
        add(of);
        d.members.forEach((m, ordinal) => add({ kind: 'member', name: m.text, at: locate(source, m.span), ordinal, of, used: false }));
        break;
      }
      case 'type':
      case 'record':
        add({ ...base, kind: 'type', declaration: d });
        break;
      case 'pool':
        add({ ...base, kind: 'pool', declaration: d });
        break;
      case 'var':
        add({ ...base, kind: 'variable', declaration: d });
        break;
      case 'context':
        add({ ...base, kind: 'context', declaration: d });
        break;
      case 'def':
        add({ ...base, kind: 'def', declaration: d });
        break;
      case 'macro':
        add({ ...base, kind: 'macro', declaration: d });
        break;
      case 'procedure':
        add({ ...base, kind: 'procedure', declaration: d });
        break;
      case 'process':
        add({ ...base, kind: 'process', declaration: d, index: -1 });
        break;
      case 'invariant':
      case 'property':
        add({ ...base, kind: 'property', declaration: d });
        break;
      case 'check':
        break;
    }
  }
}

/** Every symbol that a name can mean at the top of an instance: its own, else those of its imports, each once. */
export function candidates(instance: Instance, name: string, seen: Set<Instance> = new Set()): ReadonlySet<Symbol> {
  if (seen.has(instance)) return new Set();
  seen.add(instance);
  const own = instance.own.get(name);
  if (own !== undefined) return new Set([own]);
  return new Set(instance.imports.flatMap((i) => [...candidates(i, name, seen)]));
}

/** The instances behind a prefix: the own one, else those brought in by imports. Several are a clash. */
export function prefixed(instance: Instance, name: string): ReadonlySet<Instance> {
  const own = instance.prefixes.get(name);
  return new Set(own === undefined ? instance.imports.flatMap((i) => [...prefixed(i, name)]) : [own]);
}

/** Every name visible at the top, for suggestions. */
export function visibleNames(instance: Instance): readonly string[] {
  return [...instance.own.keys(), ...instance.imports.flatMap(visibleNames)];
}

function reportShadowing(instance: Instance, report: Report): void {
  for (const symbol of instance.own.values()) {
    if (symbol.kind === 'member') continue;
    const hidden = instance.imports.flatMap((i) => [...candidates(i, symbol.name)]);
    const clash = hidden.find((h) => h !== symbol && !(h.kind !== 'member' && 'declaration' in h && isAbstract(h.declaration)));
    if (clash !== undefined) report(diagnostic('resolve/shadows-import', symbol.at, { name: symbol.name }, [{ at: clash.at, message: 'the imported one' }]));
  }
}
