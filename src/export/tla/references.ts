// References to objects in TLA+: which slots a value refers to, and the value without one of them.

import { mentionsPool, type Type } from '../../core/type.js';
import { Unsupported } from '../unsupported.js';
import { isSimple } from './condition.js';
import { typeText, type TlaUnit } from './unit.js';

const simple = (text: string): string => (isSimple(text) || /^\[.*\]$/.test(text) ? text : `(${text})`);

/** The set of the slots of a pool that a value refers to; undefined when it can refer to none. */
export function referencesText(unit: TlaUnit, t: Type, text: string, pool: string, depth = 0): string | undefined {
  if (!mentionsPool(t, pool)) return undefined;
  const name = `r${depth}_`;
  switch (t.kind) {
    case 'ref':
      return `({${text}} \\ {NULL})`;
    case 'nullable':
      if (t.of.kind === 'ref') return `({${text}} \\ {NULL})`;
      return `(IF ${simple(text)} = NULL THEN {} ELSE ${referencesText(unit, t.of, text, pool, depth)!})`;
    case 'record': {
      const parts = t.fields.flatMap((f) => referencesText(unit, f.type, `${simple(text)}.${f.name}`, pool, depth) ?? []);
      return `(${parts.join(' \\cup ')})`;
    }
    case 'map':
      return `UNION {${referencesText(unit, t.value, `${simple(text)}[${name}]`, pool, depth + 1)!} : ${name} \\in ${typeText(unit, t.key)}}`;
    case 'set':
      return t.of.kind === 'ref' ? simple(text) : `UNION {${referencesText(unit, t.of, name, pool, depth + 1)!} : ${name} \\in ${simple(text)}}`;
    case 'seq':
      return `UNION {${referencesText(unit, t.of, `${simple(text)}[${name}]`, pool, depth + 1)!} : ${name} \\in 1..Len(${text})}`;
    default:
      return undefined;
  }
}

/** The value, in which nothing refers to the slot. */
export function withoutText(unit: TlaUnit, t: Type, text: string, pool: string, slot: string, depth = 0): string {
  if (!mentionsPool(t, pool)) return text;
  const name = `g${depth}_`;
  switch (t.kind) {
    case 'ref':
      return `(IF ${simple(text)} = ${slot} THEN NULL ELSE ${text})`;
    case 'nullable':
      if (t.of.kind === 'ref') return `(IF ${simple(text)} = ${slot} THEN NULL ELSE ${text})`;
      return `(IF ${simple(text)} = NULL THEN NULL ELSE ${withoutText(unit, t.of, text, pool, slot, depth)})`;
    case 'record':
      return `[${t.fields.map((f) => `${f.name} |-> ${withoutText(unit, f.type, `${simple(text)}.${f.name}`, pool, slot, depth)}`).join(', ')}]`;
    case 'map':
      return `[${name} \\in ${typeText(unit, t.key)} |-> ${withoutText(unit, t.value, `${simple(text)}[${name}]`, pool, slot, depth + 1)}]`;
    case 'set':
      if (t.of.kind === 'ref') return `(${simple(text)} \\ {${slot}})`;
      return `{${name} \\in ${simple(text)} : ${slot} \\notin ${referencesText(unit, t.of, name, pool, depth + 1)!}}`;
    case 'seq':
      return `[${name} \\in 1..Len(${text}) |-> ${withoutText(unit, t.of, `${simple(text)}[${name}]`, pool, slot, depth + 1)}]`;
    default:
      throw new Unsupported('a value of this kind refers to no object');
  }
}
