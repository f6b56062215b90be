// How a search waits, and how it is ended from inside.

/** A part of a search, which waits for others where it yields. */
export type Waiting<T> = Generator<Promise<unknown>, T, unknown>;

/** Thrown to leave the middle of what is under way. */
export class Stop {
  constructor(readonly reason: 'memory' | 'time' | 'interrupted') {}
}

/** The machine has no room for an array. */
export const isOutOfMemory = (error: unknown): boolean => error instanceof RangeError && /array (buffer allocation|length)/i.test(error.message);
