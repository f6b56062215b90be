// What stands inside a typed statement, as other statements.

import type { Stmt } from './program.js';

/** The statements directly inside one. */
export function inside(s: Stmt): readonly Stmt[] {
  switch (s.kind) {
    case 'if':
      return [...s.then, ...s.else];
    case 'either':
      return s.branches.flat();
    case 'while':
    case 'loop':
    case 'with':
    case 'atomic':
    case 'block':
      return s.body;
    default:
      return [];
  }
}
