// What is read of TLC's messages, without TLC.

import { expect, test } from 'vitest';
import { TlcReader } from '../../src/engines/tlc/parse.js';

const read = (...messages: readonly (readonly [code: number, kind: number, text: string])[]): ReturnType<TlcReader['report']> => {
  const reader = new TlcReader();
  for (const [code, kind, text] of messages) for (const line of [`@!@!@STARTMSG ${code}:${kind} @!@!@`, ...text.split('\n'), `@!@!@ENDMSG ${code} @!@!@`]) reader.line(line);
  return reader.report();
};

const STEPS = [
  [2217, 4, '1: <Initial predicate>\n/\\ x = 0'],
  [2217, 4, '2: <wait(0) line 21, col 3 to line 23, col 17 of module m>\n/\\ x = 1'],
  [2217, 4, '3: <leave line 31, col 3 to line 33, col 17 of module m>\n/\\ x = 2'],
] as const;

test('the step that closes a loop is one of it', () => {
  const { violated, actions, loopStart } = read([2116, 1, 'Temporal property P was violated.'], ...STEPS, [2122, 4, '2: Back to state: <enter(1) line 11, col 3 to line 13, col 17 of module m>']);
  expect({ violated, actions, loopStart }).toEqual({ violated: { what: 'temporal' }, actions: ['wait(0)', 'leave', 'enter(1)'], loopStart: 1 });
});

test('a run that stays where it is for ever has no further step', () => {
  const { actions, loopStart } = read([2116, 1, 'Temporal properties were violated.'], ...STEPS, [2218, 4, '4: Stuttering']);
  expect({ actions, loopStart }).toEqual({ actions: ['wait(0)', 'leave'], loopStart: 2 });
});

test('a property that is the constant FALSE is violated, and so is a part of one that the initial state violates', () => {
  expect(read([2230, 1, 'The invariant of Never is equal to FALSE']).violated).toEqual({ what: 'invariant', name: 'Never' });
  expect(read([2108, 1, 'Property line 12, col 26 to line 12, col 30 of module m is violated by the initial state:\n/\\ x = 0']).violated?.what).toBe('property');
});

test('any other message of its kind is an error', () => {
  expect(read([2214, 1, 'Temporal formulas containing actions must be of forms <>[]A or []<>A.']).errors).toEqual(['Temporal formulas containing actions must be of forms <>[]A or []<>A.']);
});
