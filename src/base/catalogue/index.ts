// The one catalogue of messages: every code, its severity, wording, help and page.
import { coverageMessages } from './coverage.js';
import { engineMessages } from './engine.js';
import type { Entry } from './entry.js';
import { initMessages } from './init.js';
import { loweringMessages } from './lowering.js';
import { moduleMessages } from './module.js';
import { parseMessages } from './parse.js';
import { propertyMessages } from './property.js';
import { resolveMessages } from './resolve.js';
import { statementMessages } from './statement.js';
import { typeMessages } from './type.js';

export const catalogue = {
  ...parseMessages,
  ...moduleMessages,
  ...resolveMessages,
  ...typeMessages,
  ...statementMessages,
  ...propertyMessages,
  ...loweringMessages,
  ...coverageMessages,
  ...initMessages,
  ...engineMessages,
};

export type Code = keyof typeof catalogue;
export type Details<C extends Code> = (typeof catalogue)[C] extends Entry<infer D> ? D : never;
