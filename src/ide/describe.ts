// How a symbol is shown: its declaration in one line, its kind in words, its doc comment.

import { textOfLine, positionAt } from '../base/span.js';
import { unreachable } from '../base/unreachable.js';
import type { Sym, SymKind } from './symbols.js';
import { moduleOf } from './world.js';

export const KIND_NAMES: Readonly<Record<SymKind, string>> = {
  const: 'constant', enum: 'enum', member: 'member', type: 'type', record: 'record', pool: 'pool', field: 'field', variable: 'variable', ghost: 'ghost variable',
  context: 'context', def: 'def', macro: 'macro', procedure: 'procedure', process: 'process', invariant: 'invariant', property: 'property',
  assertion: 'assertion', check: 'check', prefix: 'module', parameter: 'parameter', local: 'local variable', bound: 'bound name', label: 'label',
};

const MAX_WIDTH = 200;

const oneLine = (text: string): string => {
  const line = text.replace(/\/\/[^\n]*/g, '').replace(/\s+/g, ' ').trim();
  return line.length > MAX_WIDTH ? `${line.slice(0, MAX_WIDTH - 1)}…` : line;
};

/** The declaration without its body. */
export function signature(s: Sym): string {
  const { text } = s.file;
  const whole = text.slice(s.whole.start, s.whole.end);
  const upTo = (end: number): string => oneLine(text.slice(s.whole.start, end));
  const d = s.declaration;
  switch (s.kind) {
    case 'field':
      return `${s.container ? `${s.container.name}.` : ''}${oneLine(whole)}`;
    case 'member':
      return `${s.container?.name ?? 'enum'}.${s.name}`;
    case 'procedure':
      return d?.kind === 'procedure' && d.body ? upTo(d.body.span.start) : oneLine(whole);
    case 'process':
      return d?.kind === 'process' ? upTo(d.body.span.start) : oneLine(whole);
    case 'macro':
      return d?.kind === 'macro' ? upTo(d.body.span.start) : oneLine(whole);
    case 'pool':
    case 'record':
    case 'check':
      return oneLine(whole.split('{')[0]!);
    case 'bound':
      return oneLine(whole);
    case 'parameter':
      return s.container?.kind === 'process' ? `parameter ${s.name} of ${s.container.name}` : oneLine(whole);
    case 'label':
      return `label ${s.name}${s.container ? ` of ${s.container.name}` : ''}`;
    case 'prefix':
    case 'const':
    case 'enum':
    case 'type':
    case 'variable':
    case 'ghost':
    case 'context':
    case 'def':
    case 'invariant':
    case 'property':
    case 'assertion':
    case 'local':
      return oneLine(whole);
    default:
      return unreachable(s.kind);
  }
}

/** Its `///` lines; else the comment behind it on its line; of a module, the comment of its first declaration. */
export function docOf(s: Sym): string | undefined {
  if (s.doc !== undefined) return s.doc;
  if (s.target !== undefined) return moduleOf(s.target).tree.declarations[0]?.doc;
  if (s.kind !== 'field' && s.kind !== 'variable' && s.kind !== 'ghost' && s.kind !== 'const' && s.kind !== 'local') return undefined;
  const end = positionAt(s.file, s.whole.end);
  const behind = textOfLine(s.file, end.line).slice(end.column - 1);
  return /^\s*,?\s*\/\/+\s*(.*\S)/.exec(behind)?.[1];
}
