// A file of the project that is written out from its sources; a test fails where it is stale.

export interface GeneratedFile {
  /** From the root of the project. */
  readonly path: string;
  readonly content: string;
}
