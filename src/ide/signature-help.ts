// The parameters of the call around the cursor, and which of them is being written.

import type { SourceFile } from '../base/span.js';
import { cursorAt } from './cursor.js';
import { docOf } from './describe.js';
import { symbolOfText } from './shape.js';
import type { Sym } from './symbols.js';
import { BUILTIN_FUNCTIONS } from './words.js';
import { moduleOf, type World } from './world.js';

export interface SignatureHelp {
  readonly label: string;
  /** Parts of the label, as offsets into it. */
  readonly parameters: readonly (readonly [number, number])[];
  readonly active: number;
  readonly doc?: string;
}

export function signatureHelp(world: World, file: SourceFile, offset: number): SignatureHelp | undefined {
  const { surroundings, inComment } = cursorAt(file.text, offset);
  if (surroundings.kind !== 'call' || inComment) return undefined;
  const { callee, argument } = surroundings;
  const symbol = symbolOfText(world, moduleOf(file), callee);
  if (symbol !== undefined) return ofSymbol(symbol, argument);
  const builtin = Object.hasOwn(BUILTIN_FUNCTIONS, callee) ? BUILTIN_FUNCTIONS[callee] : undefined;
  return builtin && laidOut(callee, builtin.parameters, `: ${builtin.result}`, argument, builtin.about);
}

function ofSymbol(s: Sym, argument: number): SignatureHelp | undefined {
  const d = s.declaration;
  const { text } = s.file;
  const written = (n: { readonly span: { readonly start: number; readonly end: number } }): string => text.slice(n.span.start, n.span.end).replace(/\s+/g, ' ');
  switch (d?.kind) {
    case 'procedure':
    case 'def':
      return laidOut(s.name, d.parameters.map(written), d.result ? `: ${written(d.result)}` : '', argument, docOf(s));
    case 'macro':
      return laidOut(s.name, d.parameters.map((p) => p.text), '', argument, docOf(s));
    default:
      return undefined;
  }
}

function laidOut(name: string, parameters: readonly string[], end: string, argument: number, doc: string | undefined): SignatureHelp {
  let label = `${name}(`;
  const places = parameters.map((p, i): readonly [number, number] => {
    if (i > 0) label += ', ';
    const start = label.length;
    label += p;
    return [start, label.length];
  });
  return { label: `${label})${end}`, parameters: places, active: Math.max(0, Math.min(argument, parameters.length - 1)), ...(doc === undefined ? {} : { doc }) };
}
