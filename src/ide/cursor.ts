// What the text before the cursor says about where it stands. The text is half-written there, so tokens are looked at, not the tree:
// brackets that are open, and the beginning of the statement.

export type Surroundings =
  | { readonly kind: 'top' | 'statement' | 'set' | 'enum' | 'check' | 'fields' | 'group' }
  /** `R {`, `new P {`, `r with {`: `of` is the path, or the object's text before `with`. */
  | { readonly kind: 'literal'; readonly of: string; readonly isObject: boolean }
  /** `f(`: the callee as written, and how many commas stand between it and the cursor. */
  | { readonly kind: 'call'; readonly callee: string; readonly calleeStart: number; readonly argument: number; readonly first: string }
  /** `procedure f(`: names with types. */
  | { readonly kind: 'parameters' };

export interface Cursor {
  /** Nothing is to be completed in comments. */
  readonly inComment: boolean;
  /** The opening quote's offset when the cursor stands in a text. */
  readonly textFrom?: number;
  /** The name that is being written begins here. */
  readonly start: number;
  readonly surroundings: Surroundings;
  /** From the beginning of the innermost bracket's statement to the name, on one line. */
  readonly before: string;
  /** Indentation alone stands before the name in its line, or a label, or an opening brace. */
  readonly opensStatement: boolean;
}

interface Open {
  readonly bracket: string;
  readonly at: number;
  commas: number;
  firstEnd?: number;
}

export function cursorAt(text: string, offset: number): Cursor {
  const open: Open[] = [];
  let inComment = false;
  let textFrom: number | undefined;
  for (const { 0: found, index } of text.slice(0, offset).matchAll(/\/\/[^\n]*|"[^"\n]*"?|[{}()[\],]/g)) {
    const reachesCursor = index + found.length === offset;
    if (found.startsWith('//')) inComment = reachesCursor;
    else if (found.startsWith('"')) textFrom = reachesCursor && !/^".*"$/.test(found) ? index : undefined;
    else if ('{(['.includes(found)) open.push({ bracket: found, at: index, commas: 0 });
    else if (found === ',') {
      const top = open.at(-1);
      if (top === undefined) continue;
      top.commas++;
      top.firstEnd ??= index;
    } else {
      const at = open.map((o) => o.bracket).lastIndexOf('{(['['})]'.indexOf(found)]!);
      if (at >= 0) open.length = at;
    }
  }
  let start = offset;
  while (start > 0 && /[A-Za-z0-9_]/.test(text[start - 1]!)) start--;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const inner = open.at(-1);
  const from = Math.max(lineStart, inner === undefined ? 0 : inner.at + 1);
  const before = text.slice(from, start);
  return {
    inComment,
    ...(textFrom === undefined ? {} : { textFrom }),
    start,
    surroundings: surroundingsOf(text, open, start),
    before,
    opensStatement: /^\s*(?:[A-Za-z_]\w*\s*:[+-]?\s*)?$/.test(before),
  };
}

function surroundingsOf(text: string, open: readonly Open[], start: number): Surroundings {
  const inner = open.at(-1);
  if (inner === undefined) return { kind: 'top' };
  const head = text.slice(text.lastIndexOf('\n', inner.at - 1) + 1, inner.at);
  if (inner.bracket === '{') return braceKind(head);
  if (inner.bracket === '[') return { kind: 'group' };
  if (/\b(procedure|def|macro)\s+\w+\s*$/.test(head)) return { kind: 'parameters' };
  const callee = /[A-Za-z_][\w.]*$/.exec(head)?.[0];
  if (callee === undefined || /^(if|while|await|and|or|not|return|with|until|process)$/.test(callee)) return { kind: 'group' };
  const first = text.slice(inner.at + 1, inner.firstEnd ?? start).trim();
  return { kind: 'call', callee, calleeStart: inner.at - callee.length, argument: inner.commas, first };
}

function braceKind(head: string): Surroundings {
  if (/\b(pool|record)\b[^{}]*$/.test(head)) return { kind: 'fields' };
  if (/\benum\s+\w+\s*$/.test(head)) return { kind: 'enum' };
  if (/\bcheck\s+\w+(\s+manual)?\s*$/.test(head)) return { kind: 'check' };
  const made = /\bnew\s*\??\s+([\w.]+)\s*$/.exec(head);
  if (made) return { kind: 'literal', of: made[1]!, isObject: false };
  const changed = /([\w.[\]]+)\s+with\s*$/.exec(head);
  if (changed) return { kind: 'literal', of: changed[1]!, isObject: true };
  if (/(?:^|[\s}:])(?:loop|atomic|either|or|else|init)\s*$/.test(head)) return { kind: 'statement' };
  if (/[^\w\s)\]}]\s*$|\b(?:in|union|intersect|minus|forall|exists|count|then|else|return|min|max)\s*$/.test(head)) return { kind: 'set' };
  if (/\b(?:procedure|process|macro|if|while|with)\b/.test(head)) return { kind: 'statement' };
  const record = /([A-Z][\w.]*)\s*$/.exec(head);
  return record ? { kind: 'literal', of: record[1]!, isObject: false } : { kind: 'statement' };
}
