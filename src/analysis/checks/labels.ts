// `steps/label-needed`: where PlusCal demands a label (Lamport, A PlusCal User's Manual, 2018, section 3.7), for `steps label`.

import { blocksOf } from '../../ast/blocks.js';
import type { Stmt as TreeStmt } from '../../ast/nodes.js';
import type { Context } from '../context.js';
import { locate, type Instance } from '../modules.js';
import { given } from '../lookup.js';
import { meaningOf } from '../names.js';

/** Checks a body's statements; the first of them needs a label. */
export function checkLabels(ctx: Context, instance: Instance, statements: readonly TreeStmt[], first: string): void {
  walk(ctx, instance, statements, first);
}

function walk(ctx: Context, instance: Instance, list: readonly TreeStmt[], needed: string | undefined): void {
  let why = needed;
  for (const s of list) {
    const own = s.kind === 'while' ? '`while` starts a step on each round' : why;
    const opens = s.kind === 'loop' && s.body.statements[0]?.label !== undefined;
    if (own !== undefined && s.label === undefined && !opens) ctx.report('steps/label-needed', locate(instance.source, s.span), { why: own });
    const round = s.kind === 'loop' && s.label === undefined ? '`loop` starts a step on each round' : undefined;
    // No step starts inside `atomic`, and labels there are errors.
    if (s.kind !== 'atomic') blocksOf(s).forEach((block) => walk(ctx, instance, block, round));
    why = undefined;
    if ((s.kind === 'if' || s.kind === 'either' || s.kind === 'with') && blocksOf(s).flat().some((inner) => splits(ctx, instance, inner))) why = `it follows ${s.kind === 'with' ? 'a' : 'an'} \`${s.kind}\` with a label, a jump or a call in it`;
    if (callsProcedure(ctx, instance, s)) why = 'it follows a call';
    if (s.kind === 'loop' || s.kind === 'while') why = s.kind === 'loop' ? 'it follows a `loop`' : undefined;
  }
}

function splits(ctx: Context, instance: Instance, s: TreeStmt): boolean {
  if (s.label !== undefined || s.kind === 'goto' || s.kind === 'return' || s.kind === 'break' || s.kind === 'continue') return true;
  return callsProcedure(ctx, instance, s) || (s.kind !== 'atomic' && blocksOf(s).flat().some((inner) => splits(ctx, instance, inner)));
}

/** A call with steps of its own: not of a macro, not of an atomic procedure. */
function callsProcedure(ctx: Context, instance: Instance, s: TreeStmt): boolean {
  const call = s.kind === 'call' ? s.call : s.kind === 'assign' && s.values.length === 1 ? s.values[0]! : undefined;
  if (call?.kind !== 'call') return false;
  const meaning = meaningOf(ctx, { instance, mode: 'program', locals: new Map() }, call.callee);
  if (meaning === undefined || meaning === 'ambiguous' || !('symbol' in meaning)) return false;
  const callee = given(ctx, meaning.symbol);
  return callee.kind === 'procedure' && !callee.declaration.atomic;
}
