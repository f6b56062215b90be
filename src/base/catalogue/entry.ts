// The shape of one message of the catalogue. `explain` is the page that `heddle explain CODE` and docs/errors.md show:
// Markdown with what is wrong, an example that gives it, and the mended example.

export interface Entry<D> {
  readonly severity: 'error' | 'warning';
  readonly message: (details: D) => string;
  readonly help?: (details: D) => string | undefined;
  readonly explain: string;
}

export const entry = <D>(e: Entry<D>): Entry<D> => e;
