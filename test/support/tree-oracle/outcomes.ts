// How running a piece of a spec can end other than by going on. Thrown, because they can come out of any depth of an expression.

/** The oracle does not know this part of the language: the spec cannot be judged by it. Never a verdict. */
export class Skip extends Error {}

/** The step errs; `error` is the name of the built-in property (`out_of_range`, `Obj.use_after_free`). */
export class Erred extends Error {
  constructor(readonly error: string) {
    super(error);
  }
}

/** The step waits: on this path of choices it cannot be taken now. */
export class Waits extends Error {}

export function erred(error: string): never {
  throw new Erred(error);
}

export function skip(reason: string): never {
  throw new Skip(reason);
}
