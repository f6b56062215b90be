// Values that are known before a spec runs.

import type { Expr } from '../../../src/ast/nodes.js';
import { evaluate } from './expressions.js';
import { skip } from './outcomes.js';
import type { Spec } from './spec.js';
import type { State } from './state.js';
import type { Value } from './values.js';

const NOTHING: State = { shared: {}, pools: {}, processes: [] };

export const evaluateConstant = (spec: Spec, e: Expr): Value => evaluate(e, { spec, state: NOTHING, bound: new Map(), standing: () => skip('a constant about processes') });
