// What a file, and all files together, declare: outlines, symbols by name, and who calls whom.

import type { SourceFile, Span } from '../base/span.js';
import { callsOf } from './called.js';
import { signature } from './describe.js';
import { linked, referencesTo, universe } from './navigate.js';
import { keyOf, type Sym, type SymKind } from './symbols.js';
import { useAt, usesIn } from './uses.js';
import { moduleOf, type World } from './world.js';

export interface OutlineItem {
  readonly name: string;
  readonly kind: SymKind | 'init';
  readonly detail: string;
  readonly at: Span;
  readonly whole: Span;
  readonly children: readonly OutlineItem[];
}

export function outline(file: SourceFile): readonly OutlineItem[] {
  const module = moduleOf(file);
  const own = [...module.all.filter((s) => s.kind !== 'member'), ...module.checks].sort((a, b) => a.whole.start - b.whole.start);
  return own.map((s) => item(s, childrenOf(s)));
}

const item = (s: Sym, children: readonly Sym[]): OutlineItem => ({ name: s.name, kind: s.kind, detail: signature(s), at: s.at, whole: s.whole, children: children.map((c) => item(c, [])) });

function childrenOf(s: Sym): readonly Sym[] {
  const module = moduleOf(s.file);
  if (s.kind === 'enum') return module.all.filter((m) => m.kind === 'member' && m.container === s);
  const body = module.bodies.get(s);
  const inside = [...(module.fields.get(s) ?? []), ...(body?.locals ?? []), ...(body?.labels.values() ?? [])];
  return inside.filter((c) => s.whole.start <= c.whole.start && c.whole.end <= s.whole.end).sort((a, b) => a.whole.start - b.whole.start);
}

const MOST_SYMBOLS = 500;

/** Symbols of all known files whose names contain the letters of the query in order. */
export function workspaceSymbols(world: World, query: string): readonly Sym[] {
  const letters = [...query.toLowerCase()].map((c) => c.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(letters.join('.*'));
  return universe(world).flatMap((m) => [...m.all, ...m.checks]).filter((s) => pattern.test(s.name.toLowerCase())).slice(0, MOST_SYMBOLS);
}

export interface CallEdge {
  readonly symbol: Sym;
  /** The calls, in the caller's file. */
  readonly at: readonly Span[];
}

/** The procedure, macro, def or process at an offset: the start of a call hierarchy. */
export function callRoot(world: World, file: SourceFile, offset: number): Sym | undefined {
  const symbol = useAt(usesIn(world, moduleOf(file)), offset)?.symbols[0];
  return symbol && ['procedure', 'process', 'macro', 'def'].includes(symbol.kind) ? symbol : undefined;
}

export function outgoingCalls(world: World, caller: Sym): readonly CallEdge[] {
  const edges = new Map<string, { symbol: Sym; at: Span[] }>();
  for (const { target, at } of callsOf(world, caller)) {
    const edge = edges.get(keyOf(target)) ?? { symbol: target, at: [] };
    edges.set(keyOf(target), edge);
    edge.at.push(at);
  }
  return [...edges.values()];
}

export function incomingCalls(world: World, callee: Sym): readonly CallEdge[] {
  const edges = new Map<string, { symbol: Sym; at: Span[] }>();
  for (const r of referencesTo(world, linked(world, [callee]))) {
    if (r.access !== 'call') continue;
    const caller = moduleOf(r.file).all.find((s) => s.kind !== 'member' && s.whole.start <= r.span.start && r.span.end <= s.whole.end);
    if (caller === undefined) continue;
    const edge = edges.get(keyOf(caller)) ?? { symbol: caller, at: [] };
    edges.set(keyOf(caller), edge);
    edge.at.push(r.span);
  }
  return [...edges.values()];
}
