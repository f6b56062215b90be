// The slot of a new object, or null, as what it is stored as.

import type { Type } from '../../core/type.js';
import type { Cells } from './cells.js';
import type { Term } from './term.js';
import { assert } from '../../base/unreachable.js';

export function adaptSlot(type: Type, slot: Term): Cells {
  assert(type.kind === 'ref' || (type.kind === 'nullable' && type.of.kind === 'ref'), 'a reference is stored as one');
  return [slot];
}
