// `flow/unreachable`: statements behind one that never goes on.

import { blocksOf } from '../../ast/blocks.js';
import type { Stmt as TreeStmt } from '../../ast/nodes.js';
import type { Context } from '../context.js';
import { locate, type Instance } from '../modules.js';
import { canEnd } from '../procedures.js';

export function checkReachability(ctx: Context, instance: Instance, list: readonly TreeStmt[]): void {
  const stop = list.findIndex((s) => !canEnd([s]));
  const after = stop < 0 ? undefined : list[stop + 1];
  if (after !== undefined && after.label === undefined) ctx.report('flow/unreachable', locate(instance.source, after.span), {});
  for (const s of list) blocksOf(s).forEach((block) => checkReachability(ctx, instance, block));
}
