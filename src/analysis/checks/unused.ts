// `flow/unused`: declarations of the spec itself that nothing refers to. Imported modules are for others too.

import type { Context } from '../context.js';
import { isAbstract } from '../modules.js';

const NAMES = { const: 'Constant', type: 'Type', pool: 'Pool', variable: 'Variable', def: 'Def', macro: 'Macro', procedure: 'Procedure', context: 'Context' } as const;

export function checkUnused(ctx: Context): void {
  for (const symbol of ctx.modules.entry.own.values()) {
    const { kind } = symbol;
    if (symbol.used || symbol.name.startsWith('_') || !(kind in NAMES) || kind === 'member' || isAbstract(symbol.declaration)) continue;
    ctx.report('flow/unused', symbol.at, { what: NAMES[kind as keyof typeof NAMES], name: symbol.name });
  }
  for (const local of ctx.declaredLocals) {
    const { name } = local.variable;
    if (!local.used && !ctx.observed.has(local) && !name.startsWith('_')) ctx.report('flow/unused', local.at, { what: 'Local', name });
  }
}
