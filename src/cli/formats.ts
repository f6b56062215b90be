// The forms in which a run of `heddle check` can be written.

import { UserError } from './io.js';

export const FORMATS = ['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'html'] as const;

export type Format = (typeof FORMATS)[number];

/** All but the text, which is for the reader of the call itself. */
export type DocumentFormat = Exclude<Format, 'text'>;

/** A further form of a run, and the file that it is written to. */
export interface AlsoOption {
  readonly format: DocumentFormat;
  readonly file: string;
}

const isDocument = (name: string): name is DocumentFormat => name !== 'text' && (FORMATS as readonly string[]).includes(name);

/** `sarif=heddle.sarif`. */
export function parseAlso(text: string): AlsoOption {
  const at = text.indexOf('=');
  const [name, file] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 0 || !isDocument(name) || file === '') {
    throw new UserError(`'${text}' names no form and file.`, `Write --also sarif=heddle.sarif; the forms are ${FORMATS.filter((f) => f !== 'text').join(', ')}.`);
  }
  return { format: name, file };
}
