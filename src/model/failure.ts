// What goes wrong inside a step or a property, and what is worth a remark.

import type { ErrorName } from '../core/expr.js';
import type { Location } from '../base/span.js';

/** Thrown by evaluation and caught where a step or a property ends. Not an Error: it happens often and needs no stack. */
export class Failure {
  constructor(
    readonly error: ErrorName,
    readonly at: Location,
    /** A short sentence with the values: "cb#0.refcnt is used after it was freed". */
    readonly detail: string,
  ) {}
}

/** The source text of a place, on one line. */
export const textAt = (at: Location): string => at.file.text.slice(at.start, at.end).replace(/\s+/g, ' ').trim();

/** A warning that arises while running, as a string that can cross threads. */
export interface Remark {
  readonly code: 'lifetime/stale-compare';
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export const remarkKey = (code: Remark['code'], at: Location): string => JSON.stringify([code, at.file.path, at.start, at.end]);

export function remarkOf(key: string): Remark {
  const [code, path, start, end] = JSON.parse(key) as [Remark['code'], string, number, number];
  return { code, path, start, end };
}
