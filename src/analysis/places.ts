// Places: what can be assigned, passed by `inout`, exchanged.

import type { Expr as Tree } from '../ast/nodes.js';
import type { Place } from '../core/expr.js';
import type { Context } from './context.js';
import { showFound } from './convert.js';
import { at as locationIn, type Env } from './env.js';
import { keyFor, typed } from './expressions.js';
import { meaningOf } from './names.js';
import { variableOf } from './types.js';

/** The place that an expression denotes. Indices and references in it are read in the mode of `env`. */
export function placeOf(ctx: Context, env: Env, e: Tree): Place | undefined {
  const at = locationIn(env, e.span);
  const meaning = meaningOf(ctx, env, e);
  if (meaning === 'ambiguous') return undefined;
  if (meaning !== undefined) {
    if ('local' in meaning) {
      const { local } = meaning;
      if (local.kind === 'text') return placeOf(ctx, { ...local.env, mode: env.mode }, local.expr);
      if (local.kind !== 'local' || !local.assignable) return ctx.report('type/not-a-place', at, {});
      local.used = true;
      return { variable: local.variable, path: [], type: local.variable.type, at };
    }
    const variable = meaning.symbol.kind === 'variable' ? variableOf(ctx, meaning.symbol) : undefined;
    if (meaning.symbol.kind !== 'variable') return ctx.report('type/not-a-place', at, {});
    if (variable === undefined) return undefined;
    if (variable.pool !== undefined) return ctx.report('type/not-a-place', at, {});
    return { variable, path: [], type: variable.type, at };
  }
  switch (e.kind) {
    case 'group':
      return placeOf(ctx, env, e.inner);
    case 'index':
      return indexPlace(ctx, env, e);
    case 'field': {
      const object = typed(ctx, readingEnv(env), e.object);
      if (object === undefined) return undefined;
      const type = object.type.kind === 'nullable' ? object.type.of : object.type;
      if (type.kind === 'ref') {
        const field = ctx.fieldsOf(type.pool).find((f) => f.name === e.field.text);
        if (field === undefined) return ctx.report('resolve/unknown-name', locationIn(env, e.field.span), { name: e.field.text, what: 'field' });
        return { variable: field.variable, path: [{ kind: 'object', ref: object }], type: field.variable.type, at };
      }
      if (type.kind !== 'record') return ctx.report('type/mismatch', object.at, { found: showFound(object.type), expected: 'a record or an object' });
      if (object.type.kind === 'nullable') {
        return ctx.report('type/mismatch', object.at, { found: showFound(object.type), expected: 'a record that is never null (of one that may be, only the whole can be assigned)' });
      }
      const record = placeOf(ctx, env, e.object);
      const field = type.fields.findIndex((f) => f.name === e.field.text);
      if (record === undefined) return undefined;
      if (field < 0) return ctx.report('resolve/unknown-name', locationIn(env, e.field.span), { name: e.field.text, what: 'field' });
      return { ...record, path: [...record.path, { kind: 'field', field }], type: type.fields[field]!.type, at };
    }
    case 'name':
      typed(ctx, env, e); // reports the unknown name
      return undefined;
    default:
      return ctx.report('type/not-a-place', at, {});
  }
}

/** What leads to the place may read ghosts only where the place is one; that is checked with the whole statement. */
const readingEnv = (env: Env): Env => env;

function indexPlace(ctx: Context, env: Env, e: Tree & { kind: 'index' }): Place | undefined {
  const at = locationIn(env, e.span);
  const meaning = meaningOf(ctx, env, e.object);
  if (meaning !== undefined && meaning !== 'ambiguous' && 'symbol' in meaning && meaning.symbol.kind === 'variable') {
    const variable = variableOf(ctx, meaning.symbol);
    if (variable?.pool !== undefined) {
      const ref = keyFor(ctx, env, e.index, { kind: 'ref', pool: variable.pool.name, size: variable.pool.size });
      return ref && { variable, path: [{ kind: 'object', ref }], type: variable.type, at };
    }
  }
  const map = placeOf(ctx, env, e.object);
  if (map === undefined) return undefined;
  if (map.type.kind !== 'map') return ctx.report('type/mismatch', map.at, { found: showFound(map.type), expected: 'a map' });
  const index = keyFor(ctx, env, e.index, map.type.key);
  return index && { ...map, path: [...map.path, { kind: 'index', index, key: map.type.key }], type: map.type.value, at };
}
