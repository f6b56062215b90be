// The one catalogue of messages: every code, its severity, wording, help and page.
import { analysisMessages } from './analysis.js';
import { cliMessages } from './cli.js';
import { coverageMessages } from './coverage.js';
import type { Entry } from './entry.js';
import { loweringMessages } from './lowering.js';
import { parseMessages } from './parse.js';

export const catalogue = {
  ...parseMessages,
  ...analysisMessages,
  ...loweringMessages,
  ...coverageMessages,
  ...cliMessages,
};

export type Code = keyof typeof catalogue;
export type Details<C extends Code> = (typeof catalogue)[C] extends Entry<infer D> ? D : never;
