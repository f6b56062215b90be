// Conditions and operands of TLA+ as text: turned round, put in parentheses where that is needed, and what one says about another.

/** It has an operator that binds less than comparisons do. */
const isCompound = (text: string): boolean => /\/\\|\\\/|=>|\\[AE] |IF |CASE |LET |<=>/.test(text);

/** A name, a number, or a part of what has a name. */
export const isSimple = (text: string): boolean => /^[\w.]+(\[[^[\]]*\])*$/.test(text);

function balanced(text: string): boolean {
  let depth = 0;
  for (const c of text) {
    if ('([{'.includes(c)) depth++;
    if (')]}'.includes(c) && --depth < 0) return false;
  }
  return depth === 0;
}

/** The whole text is one pair of parentheses. */
export const isGrouped = (text: string): boolean => text.startsWith('(') && text.endsWith(')') && balanced(text.slice(1, -1));

const isBracketed = (text: string): boolean => /^(\[.*\]|\{.*\}|<<.*>>)$/.test(text) && balanced(text.slice(1, -1));

/** Something that can stand beside any operator. */
export const operand = (text: string): string => (isSimple(text) || /^-[\w.]+(\[[^[\]]*\])*$/.test(text) || /^"[^"]*"$/.test(text) || isGrouped(text) || isBracketed(text) ? text : `(${text})`);

/** Without parentheses, where what is in them is no condition, which would be read with the equation that it stands in. */
export const plain = (text: string): string => (isGrouped(text) && !isCompound(text) && !/ [=#<>] |<=|>=|~|\\(in|notin|subseteq) /.test(text) ? text.slice(1, -1) : text);

// ---- turned round -------------------------------------------------------------------------------------------------------

export const negated = (text: string): string => (/^~\w+(\[[^\]]*\])*$/.test(text) ? text.slice(1) : isSimple(text) || isGrouped(text) ? `~${text}` : `~(${text})`);

const OPPOSITE: { readonly [operator: string]: string } = { '\\notin': '\\in', '\\in': '\\notin', '=': '#', '#': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** What is true where the condition is not: the opposite comparison, where it is one. */
export function opposite(text: string): string {
  const found = isCompound(text) ? null : /^(.*) (\\notin|\\in|=|#|<|<=|>|>=) (.*)$/.exec(text);
  return found !== null && balanced(found[1]!) && balanced(found[3]!) ? `${found[1]!} ${OPPOSITE[found[2]!]!} ${found[3]!}` : negated(text);
}

// ---- conditions and quantifiers around a condition ----------------------------------------------------------------------

/** A condition inside the conditions and quantifiers around it. */
export const closed = (path: readonly string[], when: string): string =>
  path.reduceRight((inner, outer) => (isBinder(outer) ? `${outer} : ${inner}` : outer.startsWith('LET ') && outer.endsWith(' IN') ? `(${outer} ${inner})` : `${within(outer)} /\\ ${within(inner)}`), when);

/** `\E x \in S` without a body; a condition that begins with a quantifier has one, behind a colon that is in no brackets. */
function isBinder(text: string): boolean {
  if (!text.startsWith('\\E ')) return false;
  let depth = 0;
  for (const c of text) {
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (c === ':' && depth === 0) return false;
  }
  return true;
}

/** As an operand of a conjunction. */
const within = (text: string): string => (isGrouped(text) || !isCompound(text) ? text : `(${text})`);

/** What stands around says that the condition is false: it says the opposite, or that a name is an element of the very set. */
export function isExcluded(path: readonly string[], when: string): boolean {
  const fine = opposite(when);
  return path.some((around) => conjuncts(around).some((known) => known === fine || known === `\\E ${fine}`));
}

function conjuncts(text: string): readonly string[] {
  const parts = text.split(' /\\ ');
  return parts.some(isCompound) || !parts.every(balanced) ? [text] : parts;
}

/** What a condition is at sight. */
export function decided(text: string): boolean | undefined {
  if (text === 'TRUE' || text === 'FALSE') return text === 'TRUE';
  const found = /^(-?\d+) (=|#|<|<=|>|>=) (-?\d+)$/.exec(text);
  if (found === null) return undefined;
  const [a, b] = [Number(found[1]), Number(found[3])];
  switch (found[2]) {
    case '=':
      return a === b;
    case '#':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}
