// Outcomes of every kind, for what is written for CI.

import { builtin, outcome, property, raceProperty, useAfterFree } from '../sample-outcomes.js';

export const unexpected = outcome({
  outcome: 'unexpected',
  properties: [
    { ...raceProperty, expected: 'holds' },
    builtin('Node.use_after_free', { verdict: 'violated', trace: useAfterFree }),
    property('Gone', { expected: 'violated' }),
    property('Fine'),
  ],
  warnings: [{ code: 'coverage/unreached-step', severity: 'warning', file: 'specs/a b.heddle', line: 7, column: 5, endLine: 7, endColumn: 12, message: 'step `x` <was> "never" reached & more, 100%', help: 'try' }],
});

export const undecided = outcome({
  outcome: 'undecided',
  check: 'deep',
  states: { distinct: 10, generated: 20, initial: 1, depth: 3, complete: false },
  properties: [property('A', { verdict: 'undecided', reason: 'time' }), builtin('deadlock', { verdict: 'undecided', reason: 'time' })],
});

export const wrong = outcome({
  outcome: 'error', file: 'specs/wrong.heddle', properties: [], constants: {},
  diagnostics: [{ code: 'resolve/unknown-name', severity: 'error', file: 'specs/wrong.heddle', line: 2, column: 18, endLine: 2, endColumn: 19, message: "Unknown name 'y'.", source: 'process p { x := y }' }],
});

export const all = [unexpected, undecided, wrong];

/** Text that would end attributes, elements and sections, and signs that XML cannot hold. */
export const nasty = outcome({ outcome: 'unexpected', properties: [property('X', { verdict: 'violated', doc: '<a href="x">&\u0000\u001b[31m]]></a>', trace: useAfterFree })] });
