// What a file, and all files together, declare: outlines, symbols by name, and who calls whom.

import type { SourceFile, Span } from '../base/span.js';
import { callsOf } from './called.js';
import { signature } from './describe.js';
import { linked, referencesTo } from './navigate.js';
import { keyOf, type Sym, type SymKind } from './symbols.js';
import { useAt, usesIn } from './uses.js';
import { moduleOf, universe, type World } from './world.js';

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

export const outgoingCalls = (world: World, caller: Sym): readonly CallEdge[] => edges(callsOf(world, caller).map(({ target, at }) => ({ symbol: target, at })));

export function incomingCalls(world: World, callee: Sym): readonly CallEdge[] {
  const calls = referencesTo(world, linked(world, [callee])).filter(({ access }) => access === 'call');
  return edges(
    calls.flatMap(({ file, span }) => {
      const symbol = moduleOf(file).all.find((s) => s.kind !== 'member' && s.whole.start <= span.start && span.end <= s.whole.end);
      return symbol === undefined ? [] : [{ symbol, at: span }];
    }),
  );
}

/** One edge for each symbol. */
function edges(calls: readonly { readonly symbol: Sym; readonly at: Span }[]): readonly CallEdge[] {
  const symbols = new Map(calls.map(({ symbol }) => [keyOf(symbol), symbol]));
  return [...symbols].map(([key, symbol]) => ({ symbol, at: calls.flatMap((c) => (keyOf(c.symbol) === key ? [c.at] : [])) }));
}
