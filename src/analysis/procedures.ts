// Procedures: their signatures and bodies, worked out when first called, and the binding of arguments.

import { blocksOf } from '../ast/blocks.js';
import type { Expr as Tree, Stmt as TreeStmt } from '../ast/nodes.js';
import type { Location } from '../base/span.js';
import type { Place, Variable } from '../core/expr.js';
import { isSubtype } from '../core/type.js';
import { completeBody, declareLocals, type OwnLocal } from './bodies.js';
import type { Context } from './context.js';
import { convertTo, showFound } from './convert.js';
import type { Env, Owner } from './env.js';
import { all, typed } from './expressions.js';
import { inside } from './inside.js';
import { meaningOf } from './names.js';
import { placeOf } from './places.js';
import { locate } from './modules.js';
import type { Argument, Body, Parameter, Procedure, Stmt } from './program.js';
import type { ProcedureSymbol } from './symbols.js';
import { constantEnv, typeOf, withoutPoolKeys } from './types.js';
import { withoutRecursion } from './recursion.js';

/** A call of the procedure that the callee names, with its arguments bound. */
export function procedureCall(
  ctx: Context, env: Env, e: Tree, result: Place | undefined, at: Location,
): { readonly procedure: Procedure; readonly arguments: readonly Argument[]; readonly result?: Place } | undefined {
  const meaning = e.kind === 'call' ? meaningOf(ctx, env, e.callee) : undefined;
  if (e.kind !== 'call' || meaning === undefined || meaning === 'ambiguous' || !('symbol' in meaning) || meaning.symbol.kind !== 'procedure') {
    typed(ctx, env, e); // reports what is wrong with it
    return undefined;
  }
  const symbol = meaning.symbol;
  ctx.calls.push({ from: env.owner?.symbol, to: symbol, dead: env.dead === true });
  const procedure = procedureOf(ctx, symbol);
  if (procedure === undefined) return undefined;
  if (procedure.parameters.length !== e.arguments.length) {
    return ctx.report('type/arguments', at, { name: symbol.name, expected: procedure.parameters.length, found: e.arguments.length }, [{ at: procedure.at, message: 'declared here' }]);
  }
  const args = all(procedure.parameters.map((p, i) => argument(ctx, env, p, e.arguments[i]!)));
  for (const [name, where] of ctx.contextsOf(symbol)) env.owner?.contexts.set(name, where);
  if (args === undefined) return undefined;
  if (result === undefined) return { procedure, arguments: args };
  if (procedure.result === undefined) return ctx.report('type/mismatch', at, { found: `a call of '${symbol.name}', which has no result`, expected: 'a value' });
  if (convertTo(ctx, { op: 'var', variable: procedure.result, type: procedure.result.type, at }, result.type, env) === undefined) return undefined;
  return { procedure, arguments: args, result };
}

function argument(ctx: Context, env: Env, p: Parameter, e: Tree): Argument | undefined {
  const { type } = p.variable;
  if (p.kind === 'value') {
    const raw = typed(ctx, env, e, type);
    const value = raw && convertTo(ctx, raw, type, env);
    return value && { kind: 'value', value };
  }
  const place = placeOf(ctx, env, e);
  if (place === undefined) return undefined;
  if (!isSubtype(place.type, type) || !isSubtype(type, place.type)) {
    return ctx.report('type/mismatch', place.at, { found: showFound(place.type), expected: `a place of type ${showFound(type)} (\`inout\` needs the same type)` });
  }
  if (place.variable.kind === 'ghost') return ctx.report('ghost/read', place.at, { name: place.variable.name });
  return { kind: 'inout', place };
}

export function procedureOf(ctx: Context, symbol: ProcedureSymbol): Procedure | undefined {
  if (symbol.procedure === undefined) {
    withoutRecursion(ctx, symbol, () => (symbol.procedure = makeProcedure(ctx, symbol) ?? 'error'));
  }
  return symbol.procedure === 'error' ? undefined : symbol.procedure;
}

function makeProcedure(ctx: Context, symbol: ProcedureSymbol): Procedure | undefined {
  const { declaration: d, instance } = symbol;
  const typing = constantEnv(instance);
  const name = ctx.shown(symbol);
  const owner: Owner = { name, kind: 'procedure', symbol, contexts: new Map() };
  const parameters: { readonly kind: 'value' | 'inout'; readonly variable: Variable }[] = [];
  const locals = new Map<string, OwnLocal>();
  for (const p of d.parameters) {
    const at = locate(instance.source, p.name.span);
    const type = typeOf(ctx, typing, p.type);
    if (type === undefined || !withoutPoolKeys(ctx, at, type)) return undefined;
    // What is passed by `inout` may be shared, so each use of it counts as a shared access.
    const variable: Variable = { name: p.name.text, type, kind: p.inout ? 'shared' : 'local', at };
    parameters.push({ kind: p.inout ? 'inout' : 'value', variable });
    if (locals.has(p.name.text)) ctx.report('resolve/duplicate-name', at, { name: p.name.text });
    locals.set(p.name.text, { kind: 'local', variable, assignable: true, at, used: false });
  }
  const resultType = d.result && typeOf(ctx, typing, d.result);
  if (d.result !== undefined && resultType === undefined) return undefined;
  const result: Variable | undefined = resultType && { name: 'result', type: resultType, kind: 'local', at: symbol.at };
  const env: Env = { instance, mode: 'program', locals, owner };
  const whole = locate(instance.source, d.span);
  const declared = d.body === undefined ? new Map<string, OwnLocal>() : declareLocals(ctx, env, d.body);
  const body: Body = d.body === undefined
    ? { grain: 'statement', locals: [], statements: [], at: whole }
    : completeBody(ctx, env, d.body, declared, {
        inLoop: false, inAtomic: d.atomic, top: true, procedure: result === undefined ? {} : { result },
        assertion: (assertion, at) => ctx.assertion(instance, assertion, at),
      });
  ctx.noteContexts(symbol, owner.contexts);
  if (result !== undefined && d.body !== undefined && canEnd(d.body.statements)) ctx.report('flow/missing-return', symbol.at, { name: symbol.name });
  const assigned = assignedIn(body.statements);
  return {
    name, at: whole, atomic: d.atomic, observable: d.observable, body,
    parameters: parameters.map((p): Parameter => (p.kind === 'inout' ? { kind: 'inout', variable: p.variable } : { kind: 'value', variable: p.variable, assigned: assigned.has(p.variable) })),
    ...(result === undefined ? {} : { result }),
    ...(d.doc === undefined ? {} : { doc: d.doc }),
  };
}

/** Some way through the statements comes to their end. */
export function canEnd(statements: readonly TreeStmt[]): boolean {
  return statements.every((s): boolean => {
    switch (s.kind) {
      case 'return':
      case 'goto':
      case 'break':
      case 'continue':
        return false;
      case 'if':
        return s.else === undefined || blocksOf(s).some(canEnd);
      case 'either':
      case 'atomic':
      case 'with':
        return blocksOf(s).some(canEnd);
      case 'loop':
        return hasBreak(s.body.statements);
      default:
        return true;
    }
  });
}

/** Leaves the loop that the statements are the body of. */
const hasBreak = (statements: readonly TreeStmt[]): boolean =>
  statements.some((s) => s.kind === 'break' || (s.kind !== 'while' && s.kind !== 'loop' && blocksOf(s).some(hasBreak)));

/** Variables that the statements assign, directly or by passing them on `inout`. */
function assignedIn(statements: readonly Stmt[], found: Set<Variable> = new Set()): ReadonlySet<Variable> {
  for (const s of statements) {
    switch (s.kind) {
      case 'assign':
        s.targets.forEach((t) => found.add(t.variable));
        break;
      case 'exchange':
        found.add(s.place.variable);
        if (s.result !== undefined) found.add(s.result.variable);
        break;
      case 'new':
        found.add(s.target.variable);
        break;
      case 'call':
      case 'defer':
        s.arguments.forEach((a) => a.kind === 'inout' && found.add(a.place.variable));
        if (s.kind === 'call' && s.result !== undefined) found.add(s.result.variable);
        break;
      default:
        assignedIn(inside(s), found);
    }
  }
  return found;
}

