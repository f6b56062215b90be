// What stands inside a statement, as other statements.

import type { Stmt } from './nodes.js';

/** The statements directly inside a statement, block by block. `else if` is a block of one statement. */
export function blocksOf(s: Stmt): readonly (readonly Stmt[])[] {
  switch (s.kind) {
    case 'if':
      return [s.then.statements, s.else === undefined ? [] : 'statements' in s.else ? s.else.statements : [s.else]];
    case 'while':
    case 'loop':
    case 'atomic':
    case 'with':
      return [s.body.statements];
    case 'either':
      return s.branches.map((b) => b.statements);
    default:
      return [];
  }
}
