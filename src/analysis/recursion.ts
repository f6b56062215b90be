// What must not need itself: types, constants, defs, macros, procedures.

import type { Context } from './context.js';
import type { Symbol } from './symbols.js';

/** Works something out for a symbol; when that is under way already, reports the circle that led back to it. */
export function withoutRecursion<T>(ctx: Context, symbol: Symbol, work: () => T): T | undefined {
  const { underWay } = ctx;
  const begin = underWay.indexOf(symbol);
  if (begin >= 0) return ctx.report('resolve/recursion', symbol.at, { cycle: [...underWay.slice(begin), symbol].map((s) => s.name) });
  underWay.push(symbol);
  try {
    return work();
  } finally {
    underWay.pop();
  }
}
