// What gives an abstract declaration must fit it: the same kind of thing, with the same parameters and a result that can be used.

import { overlaps, sameType, showType } from '../core/type.js';
import type { Context } from './context.js';
import { given } from './lookup.js';
import { isAbstract, locate } from './modules.js';
import { KIND_TEXT, type ConstSymbol, type ProcedureSymbol, type Symbol } from './symbols.js';
import { constantEnv, constantOf, typeOf } from './types.js';
import { hasType, showValue } from '../core/value.js';

/** Reports what does not fit, where it is declared; false when something was reported. */
export function givenFits(ctx: Context, symbols: readonly Symbol[]): boolean {
  let good = true;
  for (const symbol of symbols) {
    if (symbol.kind === 'member' || !isAbstract(symbol.declaration)) continue;
    const giver = given(ctx, symbol);
    if (giver === symbol) continue;
    const problem = misfit(ctx, symbol, giver);
    if (problem === undefined) continue;
    good = false;
    const binding = symbol.instance.bindings.get(symbol.name);
    const at = binding === undefined ? giver.at : locate(binding.from.source, binding.expr.span);
    ctx.report('module/does-not-fit', at, { name: giver.name, kind: KIND_TEXT[symbol.kind], abstract: symbol.name, problem }, [{ at: symbol.at, message: 'the abstract declaration' }]);
  }
  return good;
}

function misfit(ctx: Context, symbol: Symbol, giver: Symbol): string | undefined {
  switch (symbol.kind) {
    case 'type':
      return giver.kind === 'type' || giver.kind === 'pool' ? undefined : `it is ${KIND_TEXT[giver.kind]}`;
    case 'procedure':
      return giver.kind === 'procedure' ? differentSignature(ctx, symbol, giver) : `it is ${KIND_TEXT[giver.kind]}`;
    case 'const':
      return giver.kind === 'const' ? outside(ctx, symbol, giver) : `it is ${KIND_TEXT[giver.kind]}`;
    default:
      return undefined;
  }
}

function outside(ctx: Context, symbol: ConstSymbol, giver: ConstSymbol): string | undefined {
  const type = typeOf(ctx, constantEnv(symbol.instance), symbol.declaration.type);
  const constant = constantOf(ctx, giver);
  if (type === undefined || constant === undefined || (overlaps(constant.type, type) && hasType(type, constant.value))) return undefined;
  return `its value ${showValue(constant.type, constant.value)} is none of ${showType(type)}`;
}

const count = (n: number): string => `${n} parameter${n === 1 ? '' : 's'}`;

function differentSignature(ctx: Context, symbol: ProcedureSymbol, giver: ProcedureSymbol): string | undefined {
  const [wanted, found] = [symbol.declaration, giver.declaration];
  if (wanted.parameters.length !== found.parameters.length) return `it has ${count(found.parameters.length)}, not ${wanted.parameters.length}`;
  for (const [i, p] of wanted.parameters.entries()) {
    const own = found.parameters[i]!;
    if (p.inout !== own.inout) return `its parameter '${own.name.text}' is ${own.inout ? '' : 'not '}\`inout\``;
    const [a, b] = [typeOf(ctx, constantEnv(symbol.instance), p.type), typeOf(ctx, constantEnv(giver.instance), own.type)];
    if (a === undefined || b === undefined || (p.inout ? sameType(a, b) : overlaps(a, b))) continue;
    return `its parameter '${own.name.text}' is of type ${showType(b)}, not ${showType(a)}`;
  }
  if ((wanted.result === undefined) !== (found.result === undefined)) return found.result === undefined ? 'it has no result' : 'it has a result';
  if (wanted.result === undefined || found.result === undefined) return undefined;
  const [a, b] = [typeOf(ctx, constantEnv(symbol.instance), wanted.result), typeOf(ctx, constantEnv(giver.instance), found.result)];
  return a === undefined || b === undefined || overlaps(a, b) ? undefined : `its result is of type ${showType(b)}, not ${showType(a)}`;
}
