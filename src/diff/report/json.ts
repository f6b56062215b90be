// The JSON of `diff`: a contract (docs/cli.md), so the fields are written out one by one.

import { traceObject } from '../../report/json.js';
import type { BehaviourFinding, Cell, Change, Definition, DiffResult, Row } from '../result.js';
import { diffOutcome } from '../verdict.js';

/** The document, with a line break at its end. `version` is Heddle's. */
export function diffJson(result: DiffResult, version: string): string {
  const { revisions, check, rows, changes } = result;
  const between = <T>(of: (change: Change) => T): readonly object[] => changes.map((c) => ({ from: c.from, to: c.to, ...of(c) }));
  const document = {
    heddle: version,
    check,
    revisions: revisions.map((r) => r.name),
    outcome: diffOutcome(result),
    details: revisions.map(({ name, file, spec, states, seconds, constants, check: own }) => ({
      name, file, spec, check: own, constants, seconds,
      states: { distinct: states.distinct, generated: states.generated, initial: states.initial, depth: states.depth, complete: states.complete },
    })),
    rows: rows.map((row) => rowObject(row)),
    constants: between(({ constants, processes }) => ({ constants, processes })),
    declarations: between(({ declarations }) => ({ declarations })),
    steps: between(({ steps }) => ({ procedures: steps })),
    behaviours: between(({ behaviours }) => ({
      gained: findingObject(behaviours.gained),
      lost: findingObject(behaviours.lost),
      newResults: behaviours.newResults,
      lostResults: behaviours.lostResults,
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function rowObject({ property, kind, names, cells, definitions }: Row): object {
  const renamed = names.some((name) => name !== undefined && name !== property);
  return {
    property,
    kind,
    verdicts: cells.map((c) => c.verdict),
    definition: definitions.map((d) => d?.kind ?? null),
    ...(renamed ? { names: names.map((name) => name ?? null) } : {}),
    details: cells.map(cellObject),
    definitions: definitions.map((d) => (d === undefined ? null : definitionObject(d))),
  };
}

function cellObject({ trace, reason, upTo, vacuous }: Cell): object {
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(upTo === undefined ? {} : { upTo }),
    ...(vacuous === true ? { vacuous } : {}),
    ...(trace === undefined ? {} : { length: trace.steps.length, trace: traceObject(trace) }),
  };
}

function definitionObject({ kind, sampled, tried, note, nowAllowed, nowForbidden, renamedFrom, before, after }: Definition): object {
  return {
    kind,
    ...(sampled === true ? { sampled } : {}),
    ...(tried === undefined ? {} : { tried }),
    ...(note === undefined ? {} : { note }),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(nowAllowed === undefined ? {} : { nowAllowed }),
    ...(nowForbidden === undefined ? {} : { nowForbidden }),
  };
}

function findingObject(finding: BehaviourFinding): object {
  switch (finding.kind) {
    case 'found':
      return { found: true, events: finding.events };
    case 'undecided':
      return { found: null, why: finding.why };
    case 'none':
      return { found: false };
    case 'nothing-observable':
    case 'skipped':
      return { found: null, why: finding.kind === 'skipped' ? 'not looked for' : 'nothing is observable' };
  }
}
