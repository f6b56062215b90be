// The parts of an `explain` page. The first spec of a page gives its code and the one after it does not (test/analysis/explain-examples);
// a fence that begins with `// name.heddle` is a file that the others import.

/** A spec, or a file of one. */
export const heddle = (...lines: readonly string[]): string => ['```heddle', ...lines, '```'].join('\n');

/** Paragraphs and examples, one after the other. */
export const page = (...parts: readonly string[]): string => parts.join('\n\n');

/** The help for a name that is nearly one that exists. */
export const near = (d: { readonly near?: string | undefined }): string | undefined => (d.near === undefined ? undefined : `Did you mean '${d.near}'?`);
