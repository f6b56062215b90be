// The program's state: fields of pools, shared and ghost variables with their initial values, process instances.

import type { Pool } from '../core/expr.js';
import { defaultValue, sameValue, type Value } from '../core/value.js';
import { showValue } from '../core/value.js';
import { countText } from '../core/size.js';
import { showType, type Type } from '../core/type.js';
import { someExpr } from '../core/walk.js';
import type { Context } from './context.js';
import { convertTo } from './convert.js';
import { bind, type Env } from './env.js';
import { constantValue, listedSet, typed } from './expressions.js';
import { resolvePath } from './lookup.js';
import { locate } from './modules.js';
import type { Initialised } from './program.js';
import { KIND_TEXT, type ProcessSymbol, type VariableSymbol } from './symbols.js';
import { addField, constantEnv, hasFirstValue, initialValue, poolOf, typeOf, variableOf, withoutPoolKeys } from './types.js';

export type FieldTable = Map<string, { readonly name: string; readonly variable: Pool['fields'][number]['variable'] }[]>;

/** Declares the fields of every pool, `extend pool` included. */
export function declareFields(ctx: Context, table: FieldTable): void {
  for (const instance of ctx.modules.instances) {
    for (const d of instance.tree.declarations) {
      if (d.kind !== 'pool' && d.kind !== 'extend') continue;
      // A declaration is no use of itself.
      const symbol = d.kind === 'extend' ? resolvePath(ctx, instance, d.pool, 'pool') : instance.own.get(d.name.text);
      if (d.kind === 'extend' && symbol !== undefined && symbol.kind !== 'pool') {
        ctx.report('resolve/wrong-kind', locate(instance.source, d.pool.span), { name: symbol.name, is: KIND_TEXT[symbol.kind], expected: 'a pool' });
      }
      const pool = symbol?.kind === 'pool' ? poolOf(ctx, symbol) : undefined;
      if (pool === undefined) continue;
      const fields = table.get(pool.name) ?? [];
      table.set(pool.name, fields);
      for (const f of d.fields) {
        const at = locate(instance.source, f.name.span);
        const type = typeOf(ctx, constantEnv(instance), f.type);
        if (type === undefined || !withoutPoolKeys(ctx, at, type)) continue;
        if (f.initial === undefined && type.kind !== 'ref' && !hasFirstValue(type)) ctx.report('type/no-first-value', at, { name: f.name.text });
        if (fields.some((x) => x.name === f.name.text)) ctx.report('resolve/duplicate-name', at, { name: f.name.text });
        const variable = { name: `${pool.name}.${f.name.text}`, type, kind: 'shared', pool, at } as const;
        const initial = f.initial === undefined ? emptyOf(type) : initialValue(ctx, constantEnv(instance), f.initial, type);
        fields.push({ name: f.name.text, variable });
        if (initial !== undefined) addField(pool, { variable, initial });
      }
    }
  }
}

const emptyOf = (type: Parameters<typeof defaultValue>[0]): Value => (type.kind === 'ref' ? null : defaultValue(type));

/** Shared and ghost variables in order; maps keyed by a pool are added to the pool's fields instead. */
export function declareVariables(ctx: Context): readonly Initialised[] {
  return ctx.modules.instances.flatMap((i) => [...i.own.values()].flatMap((s) => (s.kind === 'variable' ? declareVariable(ctx, s) : [])));
}

function declareVariable(ctx: Context, symbol: VariableSymbol): readonly Initialised[] {
  const variable = variableOf(ctx, symbol);
  if (variable === undefined) return [];
  const { initial } = symbol.declaration;
  const env = constantEnv(symbol.instance);
  if (initial === undefined && !hasFirstValue(variable.type)) return ctx.report('type/no-first-value', symbol.at, { name: symbol.name }) ?? [];
  if (variable.pool !== undefined) {
    const value = initial === undefined ? emptyOf(variable.type) : initial.kind === 'value' ? initialValue(ctx, env, initial.expr, variable.type) : undefined;
    if (initial?.kind === 'choice') ctx.report('type/misplaced', symbol.at, { what: 'A choice of initial values', where: 'at a variable that is not keyed by a pool' });
    if (value !== undefined) addField(variable.pool, { variable, initial: value });
    return [];
  }
  if (initial === undefined) return [{ variable, initial: [emptyOf(variable.type)] }];
  if (initial.kind === 'value') {
    const value = initialValue(ctx, env, initial.expr, variable.type);
    return value === undefined ? [] : [{ variable, initial: [value] }];
  }
  const wanted = { kind: 'set', of: variable.type } as const;
  const set = listedSet(ctx, env, initial.expr, wanted);
  const converted = set && convertTo(ctx, set.expr, wanted);
  const values = converted && constantValue(ctx, converted);
  return values === undefined ? [] : [{ variable, initial: values as readonly Value[] }];
}

/** Makes the instances of every process, in order, and finds what each interrupts. */
export function declareProcesses(ctx: Context): readonly ProcessSymbol[] {
  const processes = ctx.modules.instances.flatMap((i) => [...i.own.values()].flatMap((s) => (s.kind === 'process' ? [s] : [])));
  processes.forEach((p, index) => {
    p.index = index;
    p.used = true;
    const { parameter } = p.declaration;
    const name = ctx.shown(p);
    if (parameter === undefined) {
      ctx.instances.push({ process: index, argument: null, name, interrupts: [] });
      return;
    }
    const set = parameterSet(ctx, p);
    if (set === undefined) return;
    for (const argument of set.values) ctx.instances.push({ process: index, argument, name: `${name}[${showValue(set.type, argument)}]`, interrupts: [] });
  });
  (ctx.pid as { names: readonly string[] }).names = ctx.instances.map((i) => i.name);
  for (const p of processes) if (p.declaration.interrupts !== undefined) bindInterrupts(ctx, p);
  for (const p of processes) reportCircle(ctx, p);
  return processes;
}

/** More could not be explored: each has a place in every state. */
const MAX_PROCESSES = 1024;

function parameterSet(ctx: Context, p: ProcessSymbol): { readonly values: readonly Value[]; readonly type: Type } | undefined {
  const tree = p.declaration.parameter!.set;
  const env: Env = { instance: p.instance, mode: 'temporal', locals: new Map() };
  // In a formula over slots a pool's name is all of its slots, which is what a process over a pool is declared for.
  const set = listedSet(ctx, env, tree);
  if (set === undefined) return undefined;
  if (someExpr(set.expr, (x) => x.op === 'var' || x.op === 'load' || x.op === 'live')) return ctx.report('type/not-constant', set.expr.at, { what: 'The set of a process' });
  const values = constantValue(ctx, set.expr);
  if (values === undefined) return undefined;
  const { length } = values as readonly Value[];
  if (length > MAX_PROCESSES) return ctx.report('type/too-large', set.expr.at, { problem: `These are ${countText(length)} processes; the limit is ${countText(MAX_PROCESSES)}` });
  return { values: values as readonly Value[], type: set.type.of };
}

/** The type of a process's parameter. */
export function parameterOf(ctx: Context, p: ProcessSymbol): { readonly name: string; readonly type: Type } | undefined {
  const { parameter } = p.declaration;
  const set = parameter && parameterSet(ctx, p);
  return parameter && set && { name: parameter.name.text, type: set.type };
}

/** What interrupts itself, directly or through others, could never go on. */
function reportCircle(ctx: Context, p: ProcessSymbol): void {
  for (const [start, instance] of ctx.instances.entries()) {
    if (instance.process !== p.index) continue;
    const way = [start];
    for (let next = instance.interrupts[0]; next !== undefined; next = ctx.instances[next]!.interrupts[0]) {
      way.push(next);
      if (next === start) {
        // Once for the circle: at the process of it that is declared first.
        if (way.some((i) => ctx.instances[i]!.process < p.index)) break;
        const at = locate(p.instance.source, p.declaration.interrupts!.span);
        return void ctx.report('fair/interrupt-circle', at, { circle: way.map((i) => ctx.instances[i]!.name) });
      }
      if (way.length > ctx.instances.length) break;
    }
  }
}

function bindInterrupts(ctx: Context, p: ProcessSymbol): void {
  const own = parameterOf(ctx, p);
  const tree = p.declaration.interrupts!;
  let env: Env = { instance: p.instance, mode: 'constant', locals: new Map() };
  const at = locate(p.instance.source, tree.span);
  if (own !== undefined) env = bind(env, own.name, { kind: 'expr', expr: { op: 'parameter', type: own.type, at } });
  const target = typed(ctx, env, tree);
  if (target === undefined) return;
  if (target.op !== 'instance') return void ctx.report('type/mismatch', at, { found: showType(target.type), expected: 'a process, such as `task[c]`' });
  const { process, argument } = target;
  for (const instance of ctx.instances.filter((i) => i.process === p.index)) {
    const value = argument === undefined ? null : constantValue(ctx, argument, { parameter: instance.argument });
    const found = ctx.instances.findIndex((i) => i.name.split('[')[0] === process && (argument === undefined || sameValue(i.argument, value ?? null)));
    if (found < 0) return void ctx.report('type/constant-error', at, { problem: `there is no process that '${instance.name}' would interrupt` });
    (instance as { interrupts: readonly number[] }).interrupts = [found];
  }
}

