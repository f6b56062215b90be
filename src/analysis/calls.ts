// Calls in expressions: defs and the built-in functions. Procedures and atomic operations are statements' business.

import type { Expr as Tree } from '../ast/nodes.js';
import type { Expr } from '../core/expr.js';
import { bool, range, type Type } from '../core/type.js';
import type { Context } from './context.js';
import { convertTo, showFound } from './convert.js';
import { at as locationIn, isFormula, type Env } from './env.js';
import { defValue, typed } from './expressions.js';
import { BUILTINS, meaningOf } from './names.js';
import { nearest } from '../base/suggest.js';
import { KIND_TEXT } from './symbols.js';
import { visibleNames } from './modules.js';

type Call = Tree & { readonly kind: 'call' };

/** A call as a value. */
export function typedCall(ctx: Context, env: Env, e: Call): Expr | undefined {
  const at = locationIn(env, e.span);
  const meaning = meaningOf(ctx, env, e.callee);
  if (meaning === 'ambiguous') return undefined;
  if (meaning !== undefined) {
    if ('symbol' in meaning && meaning.symbol.kind === 'def') return defValue(ctx, env, meaning.symbol, e.arguments, at);
    if ('symbol' in meaning && meaning.symbol.kind === 'procedure') {
      return ctx.report('type/misplaced', at, { what: `A call of the procedure '${meaning.symbol.name}'`, where: 'as a statement, as the whole right side of an assignment, or after `return`' });
    }
    const kind = 'symbol' in meaning ? meaning.symbol.kind : meaning.local.kind;
    return ctx.report('resolve/wrong-kind', locationIn(env, e.callee.span), { name: nameOf(e.callee), is: KIND_TEXT[kind], expected: 'something to call' });
  }
  if (e.callee.kind !== 'name' || !BUILTINS.includes(e.callee.name.text)) {
    const name = nameOf(e.callee);
    return ctx.report('resolve/unknown-name', locationIn(env, e.callee.span), { name, near: nearest(name, [...BUILTINS, ...visibleNames(env.instance)]) });
  }
  return builtin(ctx, env, e, e.callee.name.text, at);
}

const nameOf = (e: Tree): string => (e.kind === 'name' ? e.name.text : e.kind === 'field' ? `${nameOf(e.object)}.${e.field.text}` : 'this');

const ARITY: Record<string, number> = { at: 2, in: 2, done: 1, alive: 1, enabled: 1, len: 1, head: 1, tail: 1, append: 2 };

function builtin(ctx: Context, env: Env, e: Call, name: string, at: Expr['at']): Expr | undefined {
  const arity = ARITY[name];
  if (arity === undefined) {
    return ctx.report('type/misplaced', at, { what: `\`${name}\``, where: 'as a statement, as the whole right side of an assignment, or after `return`' });
  }
  if (e.arguments.length !== arity) return ctx.report('type/arguments', at, { name, expected: arity, found: e.arguments.length });
  const [first, second] = e.arguments as [Tree, Tree];
  switch (name) {
    case 'at':
    case 'in':
      return processQuery(ctx, env, name, first, second, at);
    case 'done':
    case 'enabled': {
      // A step that asks on its way whether a step is enabled could ask for itself.
      if (env.mode === 'program' || (name === 'enabled' && !isFormula(env.mode))) return ctx.report('type/misplaced', at, { what: `\`${name}\``, where: name === 'done' ? 'in properties' : 'in invariants and properties' });
      const pid = typed(ctx, env, first);
      if (pid === undefined) return undefined;
      if (pid.type.kind !== 'pid') return ctx.report('type/mismatch', pid.at, { found: showFound(pid.type), expected: 'a process' });
      return { op: name, pid, type: bool, at };
    }
    case 'alive': {
      const ref = typed(ctx, env, first);
      const type = ref?.type.kind === 'nullable' ? ref.type.of : ref?.type;
      if (ref === undefined || type === undefined) return undefined;
      if (type.kind !== 'ref') return ctx.report('type/mismatch', ref.at, { found: showFound(ref.type), expected: 'a reference to an object' });
      return { op: 'alive', pool: ctx.poolNamed(type.pool), ref, type: bool, at };
    }
    default:
      return sequenceFunction(ctx, env, name as 'len' | 'head' | 'tail' | 'append', first, second, at);
  }
}

function sequenceFunction(ctx: Context, env: Env, name: 'len' | 'head' | 'tail' | 'append', first: Tree, second: Tree, at: Expr['at']): Expr | undefined {
  const seq = typed(ctx, env, first);
  if (seq === undefined) return undefined;
  const type = seq.type;
  if (type.kind !== 'seq') return ctx.report('type/mismatch', seq.at, { found: showFound(type), expected: 'a sequence' });
  if (name === 'append') {
    const value = typed(ctx, env, second, type.of);
    const element = value && convertTo(ctx, value, type.of);
    return element && { op: 'binary', operator: 'append', left: seq, right: element, type, at };
  }
  const result: Type = name === 'len' ? range(0, type.max) : name === 'head' ? type.of : type;
  return { op: 'unary', operator: name, operand: seq, type: result, at };
}

/** `at(p[i], label)`, `at(p[i], procedure.label)`, `in(p[i], procedure)`. */
function processQuery(ctx: Context, env: Env, name: 'at' | 'in', first: Tree, second: Tree, at: Expr['at']): Expr | undefined {
  if (env.mode === 'program') return ctx.report('type/misplaced', at, { what: `\`${name}\``, where: 'in properties' });
  const pid = typed(ctx, env, first);
  if (pid === undefined) return undefined;
  const source = pid.op === 'prime' ? pid.operand : pid;
  if (source.op !== 'instance') return ctx.report('type/mismatch', pid.at, { found: 'an expression', expected: 'a process by its name, such as `p[i]`' });
  const where = locationIn(env, second.span);
  if (name === 'in') {
    const procedure = procedureNamed(ctx, env, second);
    if (procedure === undefined) return ctx.report('resolve/unknown-name', where, { name: nameOf(second), what: 'procedure', near: nearest(nameOf(second), ctx.proceduresOf()) });
    if (!ctx.callsOf(source.process, procedure)) return ctx.report('steps/never-inside', where, { process: source.process, procedure, why: 'call' });
    return { op: 'inProcedure', process: source.process, pid, procedure, type: bool, at };
  }
  const label = second.kind === 'name' ? second.name.text : second.kind === 'field' ? second.field.text : undefined;
  const procedure = second.kind === 'field' ? procedureNamed(ctx, env, second.object) : undefined;
  const known = ctx.labelsOf(source.process, procedure);
  if (label === undefined || (second.kind === 'field' && procedure === undefined) || !known.has(label)) {
    return ctx.report('resolve/unknown-name', where, { name: nameOf(second), what: 'label', of: source.process, near: label && nearest(label, known) });
  }
  return { op: 'at', process: source.process, pid, label, type: bool, at, ...(procedure === undefined ? {} : { procedure }) };
}

/** The shown name of a procedure that is visible here, or that has such a shown name. */
function procedureNamed(ctx: Context, env: Env, e: Tree): string | undefined {
  const meaning = meaningOf(ctx, env, e);
  if (meaning !== undefined && meaning !== 'ambiguous' && 'symbol' in meaning && meaning.symbol.kind === 'procedure') return ctx.shown(meaning.symbol);
  return ctx.proceduresOf().find((p) => p === nameOf(e));
}
