// Mutations of specs: a mutation edits the text of a revision in a place or two, as a wrong patch would edit the C code.

import { expect, test } from 'vitest';
import { checkSpec, violatedIn, type Edit } from './check-spec.js';

export interface Mutation {
  readonly name: string;
  /** The property that the mutant violates. */
  readonly violates: string;
  /** Each text occurs exactly once in the spec. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  /** `quick` unless told. */
  readonly check?: string;
  readonly constants?: Readonly<Record<string, string>>;
}

/** One test for each mutation: the spec, so edited, violates the property. */
export function testMutations(file: string, mutations: readonly Mutation[]): void {
  test.each(mutations)('$name: $violates', { timeout: 240_000 }, ({ violates, edits, check, constants }) => {
    // A use after free on the way ends no search for a double free.
    const stopEarly = violates !== 'NoDoubleFree';
    const run = { file, check: check ?? 'quick', properties: [violates], stopEarly, ...(constants === undefined ? {} : { constants }) };
    const outcome = checkSpec({ ...run, edits: edits.map(([from, to]): Edit => ({ file, from, to })) });
    expect(outcome.diagnostics ?? []).toEqual([]);
    expect(violatedIn(outcome)).toContain(violates);
  });
}
