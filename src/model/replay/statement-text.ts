// A statement as a trace shows it: its first line, without label, comments and the body of a block.

/** Words after which an operand follows, so that a `{` behind them opens a set and no block. */
const BEFORE_OPERAND = new Set([
  'in', 'union', 'intersect', 'minus', 'until', 'if', 'while', 'min', 'max', 'then', 'return', 'await', 'assert', 'with', 'forall', 'exists', 'count', 'always', 'eventually',
]);

/** `text` is the statement's source, from its label or its first word on. */
export function statementText(text: string): string {
  const line = withoutComments(text).split('\n').map(fold).find((l) => l !== '' && !isLabel(l)) ?? '';
  return head(line.replace(/^[A-Za-z_]\w*:[+-]?\s+(?!=)/, ''));
}

const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
const isLabel = (text: string): boolean => /^[A-Za-z_]\w*:[+-]?$/.test(text);

/** Line breaks stay where they were. */
const withoutComments = (text: string): string => text.replace(/\/\/[^\n]*/g, '');

/** What stands before the block's `{`. */
function head(text: string): string {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '{' && depth === 0 && opensBlock(text.slice(0, i).trimEnd())) return text.slice(0, i).trimEnd();
    if ('([{'.includes(c)) depth++;
    if (')]}'.includes(c)) depth--;
  }
  return text;
}

function opensBlock(before: string): boolean {
  const keyword = /^(if|while|with|loop|either|atomic)\b/.test(before);
  const last = /[A-Za-z_]\w*$/.exec(before)?.[0];
  return keyword && /[\w)\]}'>]$/.test(before) && !(last !== undefined && BEFORE_OPERAND.has(last)) && !/[-=~<]>$/.test(before);
}
