// The checks that look at whole bodies, one after the other.

import type { Context } from '../context.js';
import { grainOf } from '../bodies.js';
import { procedureOf } from '../procedures.js';
import type { Program } from '../program.js';
import { given } from '../lookup.js';
import { checkAccesses } from './accesses.js';
import { checkAssigned } from './assigned.js';
import { checkLabels } from './labels.js';
import { checkReachability } from './reachability.js';
import { checkUnused } from './unused.js';

/** `runnable`: a spec, not a module for others to import, whose declarations nothing in it need use. */
export function runChecks(ctx: Context, program: Program, runnable: boolean): void {
  for (const process of program.processes) {
    checkAccesses(ctx, process.body);
    checkAssigned(ctx, process.body);
  }
  for (const instance of ctx.modules.instances) {
    const labelled = grainOf(instance) === 'label';
    for (const symbol of instance.own.values()) {
      if (symbol.kind !== 'process' && symbol.kind !== 'procedure') continue;
      const statements = symbol.declaration.body?.statements ?? [];
      checkReachability(ctx, instance, statements);
      const atomic = symbol.kind === 'procedure' && symbol.declaration.atomic;
      if (labelled && !atomic) checkLabels(ctx, instance, statements, `it is the first of the ${symbol.kind}`);
      if (symbol.kind === 'process' || given(ctx, symbol) !== symbol) continue;
      const procedure = procedureOf(ctx, symbol);
      if (procedure === undefined) continue;
      if (!procedure.atomic) checkAccesses(ctx, procedure.body);
      checkAssigned(ctx, procedure.body);
    }
  }
  if (runnable) checkUnused(ctx);
}
