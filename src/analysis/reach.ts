// Which procedures a process can come to, in any configuration: by the text of the calls, whatever constants switch off.

import type { Body, Expr, Stmt } from '../ast/nodes.js';
import { blocksOf } from '../ast/blocks.js';
import type { Context } from './context.js';
import { meaningOf } from './names.js';
import type { Instance } from './modules.js';
import type { MacroSymbol, ProcedureSymbol, ProcessSymbol } from './symbols.js';

/** Procedures that the process calls, directly or through others. */
export function calledBy(ctx: Context, process: ProcessSymbol): ReadonlySet<ProcedureSymbol> {
  const found = new Set<ProcedureSymbol | MacroSymbol>();
  const visit = (instance: Instance, body: Pick<Body, 'statements'> & Partial<Body>): void => {
    const initial = (body.locals ?? []).flatMap((v) => (v.initial === undefined ? [] : [v.initial.expr]));
    for (const e of [...initial, ...body.statements.flatMap(callsIn)]) {
      const meaning = e.kind === 'call' ? meaningOf(ctx, { instance, mode: 'program', locals: new Map() }, e.callee) : undefined;
      if (meaning === undefined || meaning === 'ambiguous' || !('symbol' in meaning)) continue;
      const { symbol } = meaning;
      if ((symbol.kind !== 'procedure' && symbol.kind !== 'macro') || found.has(symbol)) continue;
      found.add(symbol);
      if (symbol.declaration.body !== undefined) visit(symbol.instance, symbol.declaration.body);
    }
  };
  visit(process.instance, process.declaration.body);
  return new Set([...found].filter((s) => s.kind === 'procedure'));
}

function callsIn(s: Stmt): readonly Expr[] {
  const own = s.kind === 'call' || s.kind === 'defer' ? [s.call] : s.kind === 'assign' ? s.values : s.kind === 'return' && s.value !== undefined ? [s.value] : [];
  return [...own, ...blocksOf(s).flat().flatMap(callsIn)];
}
