// Types of two programs, compared by all that belongs to them: an enum of one name may have other members.

import { showType, type Type } from '../../core/type.js';

/** A value of the type may be a process, or be found by one. */
export function mentionsPid(t: Type): boolean {
  switch (t.kind) {
    case 'pid':
      return true;
    case 'nullable':
    case 'set':
    case 'seq':
      return mentionsPid(t.of);
    case 'map':
      return mentionsPid(t.key) || mentionsPid(t.value);
    case 'record':
      return t.fields.some((f) => mentionsPid(f.type));
    default:
      return false;
  }
}

/** The type with all that belongs to it, as text. */
export function shapeOf(t: Type): string {
  switch (t.kind) {
    case 'bool':
    case 'range':
      return showType(t);
    case 'enum':
      return `${t.name}{${t.members.join(',')}}`;
    case 'record':
      return `${t.name}{${t.fields.map((f) => `${f.name}:${shapeOf(f.type)}`).join(',')}}`;
    case 'ref':
      return `${t.pool}[${t.size}]`;
    case 'pid':
      return 'pid';
    case 'nullable':
      return `${shapeOf(t.of)}?`;
    case 'map':
      return `[${shapeOf(t.key)}->${shapeOf(t.value)}]`;
    case 'set':
      return `set ${shapeOf(t.of)}`;
    case 'seq':
      return `seq ${shapeOf(t.of)} ${t.max}`;
  }
}
