// What an exporter meets that it cannot write in the other language. Thrown inside export/, caught where an export begins.

export class Unsupported extends Error {
  /** @param reason a clause, without a full stop: "a value of 5000 parts is too large to be written out" */
  constructor(readonly reason: string) {
    super(reason);
  }
}
