// Mistakes in values inside procedures wait until every call is known: in a procedure that is only called where constants rule it out
// they are none, as they would be none if its body stood there.

import type { Context } from './context.js';
import type { ProcedureSymbol } from './symbols.js';

export interface Call {
  /** Undefined: a process or `init`. */
  readonly from: ProcedureSymbol | undefined;
  readonly to: ProcedureSymbol;
  readonly dead: boolean;
}

/** Says what waits, of every procedure that something comes to, and of those that nothing calls (an importer may). */
export function reportPending(ctx: Context): void {
  const called = new Set(ctx.calls.map((c) => c.to));
  const reached = new Set<ProcedureSymbol>(ctx.pending.map((p) => p.owner).filter((p) => !called.has(p)));
  for (let before = -1; before < reached.size; ) {
    before = reached.size;
    for (const { from, to, dead } of ctx.calls) if (!dead && (from === undefined || reached.has(from) || !called.has(from))) reached.add(to);
  }
  for (const { owner, report } of ctx.pending) if (reached.has(owner)) report();
}
