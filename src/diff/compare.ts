// A whole diff, put together from what is known of each revision and of each two that follow each other.

import type { CheckOutcome } from '../checker/outcome.js';
import { constantChanges, processChanges } from './constants.js';
import { compareTexts, declaredTexts } from './declarations.js';
import type { Side } from './definition/small-world.js';
import { matrix, revisionResult, type Definitions } from './matrix.js';
import type { BehaviourChange, Change, DiffResult } from './result.js';

/** A revision that was compiled without errors, for the check that is compared. */
export type CompiledRevision = Side;

/** What is learnt by running something: for each revision, and for each but the first against the one before. */
export interface Findings {
  readonly outcomes: readonly CheckOutcome[];
  readonly definitions: readonly Definitions[];
  readonly behaviours: readonly BehaviourChange[];
}

export function diffResult(check: string, revisions: readonly CompiledRevision[], { outcomes, definitions, behaviours }: Findings): DiffResult {
  return {
    check,
    revisions: outcomes.map((outcome, i) => revisionResult(revisions[i]!.name, outcome)),
    rows: matrix(outcomes, definitions),
    changes: revisions.slice(1).map((after, i) => changeBetween(revisions[i]!, after, behaviours[i]!)),
  };
}

function changeBetween(before: CompiledRevision, after: CompiledRevision, behaviours: BehaviourChange): Change {
  return {
    from: before.name,
    to: after.name,
    constants: constantChanges(before.model, after.model),
    processes: processChanges(before.model, after.model),
    ...compareTexts(declaredTexts(before.files), declaredTexts(after.files)),
    behaviours,
  };
}
