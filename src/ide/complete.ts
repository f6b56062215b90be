// Completion: what can stand at the cursor, the likeliest first.

import { positionAt, textOfLine, type SourceFile, type Span } from '../base/span.js';
import { cursorAt, type Cursor, type Surroundings } from './cursor.js';
import { docOf, signature } from './describe.js';
import { before } from './path-text.js';
import { shapeOfTypeSymbol, symbolOfText, type Shape } from './shape.js';
import { DECLARATIONS, EXPRESSIONS, STATEMENTS, type Snippet } from './snippets.js';
import { allPrefixes, allVisible, bodyOf, closureOf, moduleOf, type Module, type World } from './world.js';
import type { Sym, SymKind } from './symbols.js';
import { localsAt, usesIn } from './uses.js';
import { membersOf } from './walk-expression.js';
import { BUILTIN_FUNCTIONS } from './words.js';
import { GLOBAL_ERRORS, POOL_ERRORS } from '../core/errors.js';

export interface Completion {
  readonly label: string;
  readonly kind: SymKind | 'keyword' | 'snippet' | 'function' | 'module';
  readonly detail?: string;
  readonly doc?: string;
  /** What is inserted; with `${1:…}` places when `isSnippet`. Without it the label is. */
  readonly insert?: string;
  readonly isSnippet?: boolean;
  /** Smaller comes first. */
  readonly rank: number;
}

export interface Completions {
  /** What is replaced: the name that is being written. */
  readonly span: Span;
  readonly items: readonly Completion[];
}

const TYPE_KINDS: ReadonlySet<SymKind> = new Set(['type', 'enum', 'record', 'pool']);
const VALUE_KINDS: ReadonlySet<SymKind> = new Set(['const', 'member', 'variable', 'ghost', 'context', 'def', 'process', 'type', 'enum', 'pool', 'parameter', 'local', 'bound', 'record']);
const PLACE_KINDS: ReadonlySet<SymKind> = new Set(['variable', 'ghost', 'parameter', 'local', 'procedure', 'macro']);

export function complete(world: World, file: SourceFile, offset: number): Completions {
  const module = moduleOf(file);
  const cursor = cursorAt(file.text, offset);
  const span = { start: cursor.start, end: offset };
  if (cursor.textFrom !== undefined) return modulePaths(world, file, cursor.textFrom, offset);
  if (cursor.inComment) return { span, items: [] };
  return { span, items: itemsAt(world, module, cursor, offset) };
}

function itemsAt(world: World, module: Module, cursor: Cursor, offset: number): readonly Completion[] {
  const { text } = module.source;
  const ahead = text.slice(0, cursor.start).trimEnd();
  if (ahead.endsWith('..')) return values(world, module, cursor, offset);
  if (ahead.endsWith('.')) return members(world, module, ahead.length - 1);
  const { before: line, surroundings } = cursor;
  if (/\bgoto\s+$/.test(line)) return labels(module, offset);
  if (/\bexpect\s+[\w.]+\s+$/.test(line)) return words('violated', 'holds');
  if (/\b(?:expect|only(?:\s+[\w.]+\s*,)*|never)\s+$/.test(line)) return properties(world, module);
  if (/\bimport\s+"[^"]*"\s+$/.test(line)) return words('as', 'with');
  if (/\bsteps\s+$/.test(line)) return words('label', 'statement');
  if (/\bextend\s+pool\s+$|\bnew\s*\??\s+$|\bpool\s+$/.test(line)) return named(world, module, offset, new Set(['pool']));
  if (/\bextend\s+$/.test(line)) return words('pool');
  if (/\binterrupts\s+$/.test(line)) return named(world, module, offset, new Set(['process']));
  if (/\bseq\s+of\s+\S+\s+$/.test(line)) return words('max');
  if (isTypePosition(line, surroundings)) return types(world, module, offset);
  switch (surroundings.kind) {
    case 'top':
      return cursor.opensStatement ? snippets(DECLARATIONS) : /^\s*(?:abstract|observable|atomic|ghost|fair\+?|step)\s+$/.test(line) ? words('procedure', 'type', 'var', 'process', 'invariant', 'observable', 'atomic') : values(world, module, cursor, offset);
    case 'statement':
      return cursor.opensStatement ? statements(world, module, offset) : values(world, module, cursor, offset);
    case 'check':
      return cursor.opensStatement ? [...words('only', 'expect'), ...named(world, module, offset, new Set(['const']))] : values(world, module, cursor, offset);
    case 'literal': {
      const given = /[{,]\s*$|^\s*$/.test(line) ? fieldsOfLiteral(world, module, surroundings, cursor) : undefined;
      return given ?? values(world, module, cursor, offset);
    }
    case 'call':
      return argument(world, module, surroundings, cursor, offset);
    case 'parameters':
      return words('inout');
    case 'enum':
    case 'fields':
      return [];
    case 'set':
    case 'group':
      return values(world, module, cursor, offset);
  }
}

function isTypePosition(line: string, surroundings: Surroundings): boolean {
  if (/(?:\b(?:set|seq)\s+of|->)\s*$/.test(line)) return surroundings.kind !== 'group' || !/\bin\b/.test(line);
  if (/^\s*(?:abstract\s+)?type\s+\w+\s*=\s*$/.test(line)) return true;
  if (!/:\s*\[?\s*$/.test(line)) return false;
  if (surroundings.kind === 'parameters' || surroundings.kind === 'fields') return true;
  return /\b(?:var|const|context)\s+\w+\s*:\s*\[?\s*$/.test(line) || /^\s*(?:\w+\s+)*(?:procedure|def)\b.*\)\s*:\s*$/.test(line);
}

const words = (...list: readonly string[]): readonly Completion[] => list.map((label, rank) => ({ label, kind: 'keyword', rank }));

const snippets = (list: readonly Snippet[], rank = 50): readonly Completion[] =>
  list.map((s) => ({ label: s.label, kind: 'snippet', detail: s.about, insert: s.body.join('\n'), isSnippet: true, rank }));

function completionOf(s: Sym, rank: number): Completion {
  const doc = docOf(s);
  return { label: s.name, kind: s.kind, detail: signature(s), ...(doc === undefined ? {} : { doc }), rank };
}

/** A call with a place for each argument. */
function callable(s: Sym, rank: number): Completion {
  const d = s.declaration;
  const names = d?.kind === 'procedure' || d?.kind === 'def' ? d.parameters.map((p) => p.name.text) : d?.kind === 'macro' ? d.parameters.map((p) => p.text) : undefined;
  if (names === undefined) return completionOf(s, rank);
  if (s.kind === 'def' && names.length === 0) return completionOf(s, rank);
  return { ...completionOf(s, rank), insert: `${s.name}(${names.map((n, i) => `\${${i + 1}:${n}}`).join(', ')})`, isSnippet: true };
}

/** Everything that a name can mean here, locals first. */
function visibleAt(world: World, module: Module, offset: number): readonly { readonly symbol: Sym; readonly rank: number }[] {
  const locals = localsAt(usesIn(world, module), offset);
  const top = [...allVisible(world, module).values()].filter((s) => !locals.has(s.name));
  return [...[...locals.values()].map((symbol) => ({ symbol, rank: 10 })), ...top.map((symbol) => ({ symbol, rank: symbol.file === module.source ? 20 : 30 }))];
}

const prefixes = (world: World, module: Module): readonly Completion[] => allPrefixes(world, module).map((p) => ({ label: p.text, kind: 'prefix', detail: 'module', rank: 40 }));

function named(world: World, module: Module, offset: number, kinds: ReadonlySet<SymKind>): readonly Completion[] {
  return [...visibleAt(world, module, offset).flatMap(({ symbol, rank }) => (kinds.has(symbol.kind) ? [completionOf(symbol, rank)] : [])), ...prefixes(world, module)];
}

function types(world: World, module: Module, offset: number): readonly Completion[] {
  return [...named(world, module, offset, TYPE_KINDS), ...words('bool', 'pid', 'set of', 'seq of').map((c) => ({ ...c, rank: 35 }))];
}

function values(world: World, module: Module, cursor: Cursor, offset: number): readonly Completion[] {
  const wanted = wantedAt(world, module, cursor);
  const found = visibleAt(world, module, offset).flatMap(({ symbol, rank }) => {
    if (!VALUE_KINDS.has(symbol.kind) && !(symbol.kind === 'procedure' && /:=\s*$/.test(cursor.before))) return [];
    return [callable(symbol, fits(symbol, wanted) ? 0 : rank)];
  });
  const functions = Object.entries(BUILTIN_FUNCTIONS).map(([label, f]): Completion => ({
    label, kind: 'function', detail: `${label}(${f.parameters.join(', ')}): ${f.result}`, doc: f.about,
    insert: `${label}(${f.parameters.map((p, i) => `\${${i + 1}:${p}}`).join(', ')})`, isSnippet: true, rank: 60,
  }));
  return [...found, ...prefixes(world, module), ...functions, ...words('true', 'false', 'null', 'self').map((w) => ({ ...w, rank: 45 })), ...snippets(EXPRESSIONS, 70)];
}

/** `x == `, `x := `: the shape on the left. */
function wantedAt(world: World, module: Module, cursor: Cursor): Shape | undefined {
  const text = module.source.text.slice(0, cursor.start);
  const sign = /\s*(?:==|!=|:=|=|\bin\s*\{)\s*$/.exec(text);
  return sign === null ? undefined : before(world, module, sign.index).shape;
}

const fits = (s: Sym, wanted: Shape | undefined): boolean => wanted?.kind === 'named' && s.kind === 'member' && s.container === wanted.symbol;

function statements(world: World, module: Module, offset: number): readonly Completion[] {
  const names = visibleAt(world, module, offset).flatMap(({ symbol, rank }) => (PLACE_KINDS.has(symbol.kind) ? [callable(symbol, rank)] : []));
  return [...names, ...prefixes(world, module), ...snippets(STATEMENTS)];
}

function members(world: World, module: Module, dot: number): readonly Completion[] {
  const found = before(world, module, dot);
  if (found.module !== undefined) return [...allVisible(world, found.module).values()].map((s) => callable(s, s.file === found.module!.source ? 0 : 10));
  const list = membersOf({ world, module }, found.shape).map((s) => completionOf(s, 0));
  const pool = found.shape?.kind === 'set' && found.shape.of?.kind === 'named' && found.shape.of.symbol.kind === 'pool';
  return pool ? POOL_ERRORS.map((label) => ({ label, kind: 'invariant', detail: 'a built-in check', rank: 0 })) : list;
}

function labels(module: Module, offset: number): readonly Completion[] {
  const body = [...module.bodies].find(([owner]) => owner.whole.start <= offset && offset <= owner.whole.end);
  return [...(body?.[1].labels.values() ?? [])].map((s) => completionOf(s, 0));
}

function properties(world: World, module: Module): readonly Completion[] {
  const own = closureOf(world, module).flatMap((m) => [...m.properties.values()]);
  const pools = [...allVisible(world, module).values()].filter((s) => s.kind === 'pool');
  const builtin = ['deadlock', ...GLOBAL_ERRORS, ...pools.flatMap((p) => POOL_ERRORS.map((e) => `${p.name}.${e}`))];
  return [...own.map((s) => completionOf(s, 0)), ...builtin.map((label): Completion => ({ label, kind: 'invariant', detail: 'a built-in check', rank: 10 }))];
}

function fieldsOfLiteral(world: World, module: Module, literal: Surroundings & { readonly kind: 'literal' }, cursor: Cursor): readonly Completion[] | undefined {
  const shape = literal.isObject ? before(world, module, endOf(module.source.text, literal.of, cursor.start)).shape : shapeOfPath(world, module, literal.of);
  if (shape === undefined) return undefined;
  const written = module.source.text.slice(module.source.text.lastIndexOf('{', cursor.start), cursor.start);
  const rest = membersOf({ world, module }, shape).filter((f) => !new RegExp(`\\b${f.name}\\s*:`).test(written));
  return rest.map((f) => ({ ...completionOf(f, 0), insert: `${f.name}: \${1}`, isSnippet: true }));
}

const endOf = (text: string, object: string, limit: number): number => text.lastIndexOf(object, limit) + object.length;

function shapeOfPath(world: World, module: Module, path: string): Shape | undefined {
  const symbol = symbolOfText(world, module, path);
  return symbol && shapeOfTypeSymbol(world, symbol);
}

function argument(world: World, module: Module, call: Surroundings & { readonly kind: 'call' }, cursor: Cursor, offset: number): readonly Completion[] {
  if ((call.callee === 'at' || call.callee === 'in') && call.argument === 1) {
    const process = allVisible(world, module).get(/^[A-Za-z_]\w*/.exec(call.first)?.[0] ?? '');
    if (call.callee === 'in') return named(world, module, offset, new Set(['procedure']));
    if (process?.kind === 'process') {
      const own = bodyOf(process)?.labels.values() ?? [];
      const others = closureOf(world, module).flatMap((m) => [...m.bodies].flatMap(([s, b]) => (s.kind === 'procedure' ? [...b.labels.values()] : [])));
      return [...[...own].map((s) => completionOf(s, 0)), ...others.map((s) => completionOf(s, 10))];
    }
  }
  if (['at', 'in', 'done', 'enabled'].includes(call.callee) && call.argument === 0) return named(world, module, offset, new Set(['process']));
  return values(world, module, cursor, offset);
}

function modulePaths(world: World, file: SourceFile, quote: number, offset: number): Completions {
  const { line } = positionAt(file, offset);
  if (!/^\s*import\b/.test(textOfLine(file, line))) return { span: { start: offset, end: offset }, items: [] };
  const rest = /^[^"\n]*/.exec(file.text.slice(offset))![0];
  const items = (world.known?.(file) ?? []).map((label): Completion => ({ label, kind: 'module', rank: label.startsWith('.') ? 0 : 10 }));
  return { span: { start: quote + 1, end: offset + (file.text[offset + rest.length] === '"' ? rest.length : 0) }, items };
}
