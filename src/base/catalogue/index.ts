// The one catalogue of messages: every code, its severity, wording, help and page.
import type { Entry } from './entry.js';
import { parseMessages } from './parse.js';

export const catalogue = {
  ...parseMessages,
};

export type Code = keyof typeof catalogue;
export type Details<C extends Code> = (typeof catalogue)[C] extends Entry<infer D> ? D : never;
