// What a page has of prose and data.

import { escaped } from '../markup.js';

/** A sentence with `code` in it. */
export const sentence = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** A doc comment: paragraphs, and `code`. */
export function paragraphs(doc: string): string {
  return doc
    .trim()
    .split(/\n\s*\n/)
    .map((text) => `<p>${sentence(text)}</p>`)
    .join('');
}

/** Data inside a script element: nothing in it can end that. */
export const scriptData = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');
