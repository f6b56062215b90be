// Finding what a name means at the top of a module: own declarations, imports, what was given for abstract ones.

import type { Expr, Name, Path } from '../ast/nodes.js';
import type { Location } from '../base/span.js';
import type { Context } from './context.js';
import { candidates, isAbstract, locate, prefixed, visibleNames, type Instance } from './modules.js';
import { nearest } from '../base/suggest.js';
import type { Symbol } from './symbols.js';

/** A name at the top of an instance; undefined when unknown or (reported) ambiguous. */
export function findTop(ctx: Context, instance: Instance, name: string, at: Location): Symbol | 'ambiguous' | undefined {
  const found = new Set([...candidates(instance, name)].map((s) => given(ctx, s)));
  if (found.size === 0) return undefined;
  if (found.size > 1) {
    const members = [...found];
    if (members.every((m) => m.kind === 'member')) return members[0];
    ctx.report('resolve/ambiguous', at, { name, candidates: members.map((m) => `${m.at.file.path}'s '${name}'`) });
    return 'ambiguous';
  }
  const symbol = [...found][0]!;
  symbol.used = true;
  return symbol;
}

/** All enum members that a name can mean. */
export function findMembers(instance: Instance, name: string): readonly Symbol[] {
  return [...candidates(instance, name)].filter((s) => s.kind === 'member');
}

/** For an abstract declaration what gives it: a `with`, else a declaration of the same name in a file that imports the module plainly. */
export function given(ctx: Context, symbol: Symbol): Symbol {
  if (symbol.kind === 'member' || !isAbstract(symbol.declaration)) return symbol;
  const { instance, name } = symbol;
  const binding = instance.bindings.get(name);
  // A constant keeps its own type, whatever expression gives its value.
  if (binding !== undefined) return symbol.kind === 'const' ? symbol : boundSymbol(ctx, symbol, binding);
  const givers = instance.importers.flatMap((importer) => importer.own.get(name) ?? []);
  if (givers.length > 1) {
    ctx.report('resolve/ambiguous', givers[1]!.at, { name, candidates: givers.map((g) => `${g.at.file.path}'s '${name}'`) }, [
      { at: givers[0]!.at, message: 'given here already' }, { at: symbol.at, message: 'the abstract declaration' },
    ]);
  }
  const own = givers[0];
  if (own === undefined) return symbol;
  own.used = true;
  return given(ctx, own);
}

/** What `with f = g`, `with f = m.g` names; the abstract declaration itself for a type written out (`with T = 0..3`). */
function boundSymbol(ctx: Context, symbol: Symbol & { readonly name: string }, binding: { readonly expr: Expr; readonly from: Instance }): Symbol {
  const { expr, from } = binding;
  const parts = pathParts(expr);
  const builtin = parts?.length === 1 && (parts[0]!.text === 'bool' || parts[0]!.text === 'pid');
  if (symbol.kind === 'type' && (parts === undefined || builtin)) return symbol;
  if (parts === undefined) {
    ctx.report('type/mismatch', locate(from.source, expr.span), { found: 'an expression', expected: `the name of what gives '${symbol.name}'` });
    return symbol;
  }
  const target = resolvePath(ctx, from, { parts, span: expr.span }, symbol.kind === 'type' ? 'type' : 'procedure');
  return target === undefined ? symbol : given(ctx, target);
}

function pathParts(e: Expr): readonly Name[] | undefined {
  if (e.kind === 'name') return [e.name];
  const before = e.kind === 'field' ? pathParts(e.object) : undefined;
  return before && e.kind === 'field' ? [...before, e.field] : undefined;
}

/** The module behind a prefix; where imports bring in several under one prefix, that is reported. */
export function prefixedModule(ctx: Context, instance: Instance, prefix: string, at: Location): Instance | undefined {
  const [first, ...others] = prefixed(instance, prefix);
  if (first !== undefined && others.length > 0) ctx.report('resolve/ambiguous', at, { name: prefix, candidates: [first, ...others].map((i) => `a prefix for ${i.source.path}`) });
  return first;
}

/** `x` or `hr.x`, reported when unknown. */
export function resolvePath(ctx: Context, instance: Instance, path: Path, what: string): Symbol | undefined {
  const last = path.parts.at(-1)!;
  let where = instance;
  for (const part of path.parts.slice(0, -1)) {
    const next = prefixedModule(ctx, where, part.text, locate(instance.source, part.span));
    if (next === undefined) return ctx.report('resolve/unknown-name', locate(instance.source, part.span), { name: part.text, what: 'prefix', near: undefined });
    where = next;
  }
  const at = locate(instance.source, last.span);
  const symbol = findTop(ctx, where, last.text, at);
  if (symbol === 'ambiguous') return undefined;
  if (symbol !== undefined) return symbol;
  return ctx.report('resolve/unknown-name', at, { name: last.text, what, near: nearest(last.text, visibleNames(where)) });
}
