// What a formula may ask of where a process stands, answered for the locations of a model.

import type { Expr } from '../../core/expr.js';
import type { Family } from '../../model/model.js';

/** `at(p, l)`, `in(p, f)`, `done(p)`: what a formula may ask of where a process stands. */
export type Question = Expr & { readonly op: 'at' | 'inProcedure' | 'done' };

/** Equal for questions that have the same answer everywhere. */
export const keyOf = (e: Question): string => (e.op === 'at' ? `at ${e.process} ${e.procedure ?? ''} ${e.label}` : e.op === 'done' ? 'done' : `in ${e.process} ${e.procedure}`);

/** The answer for a process of the family that stands at the location. */
export function answer(e: Question, family: Family, location: number): boolean {
  const { label, frame, rests } = family.locations[location]!;
  switch (e.op) {
    case 'at':
      return label === e.label && (e.procedure === undefined || family.frames[frame]!.procedure === e.procedure);
    case 'inProcedure':
      return isInside(family, frame, e.procedure);
    case 'done':
      return rests;
  }
}

function isInside(family: Family, frame: number, procedure: string): boolean {
  const { procedure: name, caller } = family.frames[frame]!;
  return caller !== undefined && (name === procedure || isInside(family, caller, procedure));
}

/** `at idle`, `in timer_start`, `done`; `elsewhere` where no question is answered with yes. */
export function nameOf(yes: readonly Question[]): string {
  const words = yes.map((q) => (q.op === 'at' ? `at ${q.label}` : q.op === 'done' ? 'done' : `in ${q.procedure}`));
  return words.length === 0 ? 'elsewhere' : words.join(' and ');
}
