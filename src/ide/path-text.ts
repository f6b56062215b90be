// The shape of an expression that ends at an offset, read backwards from the text: where the tree has a hole, a dot still has something
// before it.

import { membersOf, shapeOfSymbol } from './walk-expression.js';
import type { Shape } from './shape.js';
import type { Sym } from './symbols.js';
import { localsAt, usesIn } from './uses.js';
import { behindPrefix, visible, type Module, type World } from './world.js';

type Part = { readonly name: string } | 'index' | 'call';

/** What stands right before an offset: `cb`, `slot[s].timer`, `m.f(x)`. */
function partsBefore(text: string, offset: number): readonly Part[] | undefined {
  const parts: Part[] = [];
  let end = offset;
  for (;;) {
    const c = text[end - 1];
    if (c === ']' || c === ')') {
      const open = openingOf(text, end - 1);
      if (open === undefined) return undefined;
      parts.unshift(c === ']' ? 'index' : 'call');
      end = open;
      continue;
    }
    const name = /[A-Za-z_]\w*$/.exec(text.slice(Math.max(0, end - 100), end))?.[0];
    if (name === undefined) return undefined;
    parts.unshift({ name });
    end -= name.length;
    if (text[end - 1] !== '.') return parts;
    end--;
  }
}

function openingOf(text: string, close: number): number | undefined {
  let depth = 0;
  for (let i = close; i >= 0 && i > close - 1000; i--) {
    const c = text[i];
    if (c === ')' || c === ']' || c === '}') depth++;
    else if (c === '(' || c === '[' || c === '{') depth--;
    if (depth === 0) return i;
  }
  return undefined;
}

/** The shape before an offset, or the module when a prefix stands there. */
export function before(world: World, module: Module, offset: number): { readonly shape?: Shape; readonly module?: Module } {
  const parts = partsBefore(module.source.text, offset);
  const [first, ...rest] = parts ?? [];
  if (first === undefined || typeof first === 'string') return {};
  const uses = usesIn(world, module);
  const w = { world, module, inferred: new Map(uses.inferred) };
  const shapeOf = (s: Sym): Shape | undefined => shapeOfSymbol(w, s);
  const local = localsAt(uses, offset).get(first.name);
  let where: Module | undefined;
  let shape: Shape | undefined;
  const top = local ?? visible(world, module, first.name)[0];
  if (top !== undefined) shape = shapeOf(top);
  else {
    where = behindPrefix(world, module, first.name)?.target;
    if (where === undefined) shape = boundShape(world, module, offset, first.name);
  }
  for (const part of rest) {
    if (part === 'index') shape = shape?.kind === 'map' ? shape.value : shape?.kind === 'process' ? shape : undefined;
    else if (part === 'call') continue;
    else if (where !== undefined) {
      const symbol: Sym | undefined = visible(world, where, part.name)[0];
      const next: Module | undefined = symbol ? undefined : behindPrefix(world, where, part.name)?.target;
      shape = symbol && shapeOf(symbol);
      where = next;
    } else {
      const member = membersOf({ world, module }, shape).find((s) => s.name === part.name);
      shape = member && shapeOf(member);
    }
  }
  return { ...(shape && { shape }), ...(where && { module: where }) };
}

/** `x in S` before the cursor, in an expression that could not be read. */
function boundShape(world: World, module: Module, offset: number, name: string): Shape | undefined {
  const text = module.source.text.slice(Math.max(0, offset - 2000), offset);
  const found = [...text.matchAll(new RegExp(`\\b${name}\\s+in\\s+([A-Za-z_][\\w.]*)`, 'g'))].at(-1);
  if (found === undefined) return undefined;
  const end = Math.max(0, offset - 2000) + found.index + found[0].length;
  if (found[1] === name) return undefined;
  const set = before(world, module, end).shape;
  return set?.kind === 'set' ? set.of : undefined;
}
