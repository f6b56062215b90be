// Small well-typed specs at random, as text: processes over shared variables, every kind of statement. See test/support/random/.

import fc from 'fast-check';
import type { Loader } from '../../src/analysis/modules.js';
import { CELL, specFrom } from './random/spec.js';

/** Random specs; the same seed gives the same texts. fast-check shrinks the choices; `shrinkSpec` shrinks the text, and further. */
export const randomSpec: fc.Arbitrary<string> = fc.array(fc.nat(9_999), { minLength: 800, maxLength: 1_600, size: 'max' }).map((numbers) => specFrom(numbers));

/** Small ones whose temporal properties depend on fairness. */
export const randomFairSpec: fc.Arbitrary<string> = fc.array(fc.nat(9_999), { minLength: 800, maxLength: 1_600, size: 'max' }).map((numbers) => specFrom(numbers, 'fairness'));

/** The modules that a random spec may import. */
export const randomLoader: Loader = { load: (path) => (path === './cell' ? { path: 'cell.heddle', text: CELL } : undefined), known: () => ['./cell'] };
