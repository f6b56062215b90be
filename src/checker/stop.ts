// How a search waits, and how it is ended from inside.

/** A part of a search, which waits for others where it yields. */
export type Waiting<T> = Generator<Promise<unknown>, T, unknown>;

/** Thrown to leave the middle of what is under way. */
export class Stop {
  /** @param neededBytes with `memory`: the states and what is made of them would need at least so much to go on */
  constructor(
    readonly reason: 'memory' | 'time' | 'interrupted',
    readonly neededBytes?: number,
  ) {}
}

/** The machine has no room for an array. */
export const isOutOfMemory = (error: unknown): boolean => error instanceof RangeError && /array (buffer allocation|length)/i.test(error.message);
