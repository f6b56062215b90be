// Promela expressions as text with their precedence, so that parentheses stand where they are needed only. What is known is folded.
// Truth values are 0 and 1, as in Promela.

export interface Term {
  readonly text: string;
  readonly level: number;
  /** Its value, when that does not depend on the state. */
  readonly known?: number;
  /** What reads better than `!(…)`: the opposite comparison, or what the negation is of. */
  readonly opposite?: { readonly text: string; readonly level: number };
}

/** Weakest first; as in C. */
const LEVELS: { readonly [operator: string]: number } = {
  '||': 1, '&&': 2, '|': 3, '^': 4, '&': 5, '==': 6, '!=': 6, '<': 7, '<=': 7, '>': 7, '>=': 7, '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '%': 10,
};
const UNARY = 11;
const ATOM = 12;

const OPPOSITES: { readonly [operator: string]: string } = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };

export const atom = (text: string): Term => ({ text, level: ATOM });

/** A number as Spin reads it: 2147483648 behind a minus would be 2147483647 to it. */
export const numeral = (value: number): string => (value === -(2 ** 31) ? '(-2147483647 - 1)' : value < 0 ? `(${value})` : String(value));

export const number = (value: number, text?: string): Term => ({ text: text === undefined || value === -(2 ** 31) ? numeral(value) : value < 0 ? `(${text})` : text, level: ATOM, known: value });

export const truth = (value: boolean): Term => number(value ? 1 : 0, value ? 'true' : 'false');
export const YES = truth(true);
export const NO = truth(false);

export const isYes = (t: Term): boolean => t.known !== undefined && t.known !== 0;
export const isNo = (t: Term): boolean => t.known === 0;

const wrap = (t: Term, level: number): string => (t.level < level ? `(${t.text})` : t.text);

function infix(operator: string, a: Term, b: Term): Term {
  const level = LEVELS[operator]!;
  // Comparisons of comparisons are put in parentheses on both sides, and so is what C programmers mix up.
  const strict = level === 6 || level === 7 || (level >= 3 && level <= 5);
  const text = `${wrap(a, strict && operator !== '|' ? level + 1 : strict ? 8 : level)} ${operator} ${wrap(b, level === 1 || level === 2 ? level : operator === '|' ? 8 : level + 1)}`;
  const opposite = OPPOSITES[operator];
  if (opposite === undefined) return { text, level };
  return { text, level, opposite: { text: `${wrap(a, level + 1)} ${opposite} ${wrap(b, level + 1)}`, level: LEVELS[opposite]! } };
}

const areOpposite = (a: Term, b: Term): boolean => a.opposite?.text === b.text || b.opposite?.text === a.text;

export function and(a: Term, b: Term): Term {
  if (isNo(a) || isYes(b) || a.text === b.text) return a;
  if (isYes(a)) return b;
  return areOpposite(a, b) ? NO : infix('&&', a, b);
}

export function or(a: Term, b: Term): Term {
  if (isYes(a) || isNo(b) || a.text === b.text) return a;
  if (isNo(a)) return b;
  return areOpposite(a, b) ? YES : infix('||', a, b);
}

export const all = (terms: readonly Term[]): Term => terms.reduceRight((rest, t) => and(t, rest), YES);
export const any = (terms: readonly Term[]): Term => terms.reduceRight((rest, t) => or(t, rest), NO);

export function not(a: Term): Term {
  if (a.known !== undefined) return truth(a.known === 0);
  const { text, level } = a;
  if (a.opposite !== undefined) return { ...a.opposite, opposite: { text, level } };
  return { text: `!${wrap(a, UNARY)}`, level: UNARY, opposite: { text, level } };
}

export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '<<' | '>>';

function computed(operator: Arithmetic, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b + 0;
    case '/':
      return b === 0 ? undefined : Math.trunc(a / b) + 0;
    case '%':
      return b === 0 ? undefined : (a % b) + 0;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
  }
}

export function compute(operator: Arithmetic, a: Term, b: Term): Term {
  if (a.known !== undefined && b.known !== undefined) {
    const value = computed(operator, a.known, b.known);
    if (value !== undefined) return number(value);
  }
  if (a.known === 0 && (operator === '+' || operator === '|')) return b;
  if (b.known === 0 && (operator === '+' || operator === '-' || operator === '|' || operator === '<<' || operator === '>>')) return a;
  if ((a.known === 0 || b.known === 0) && (operator === '*' || operator === '&')) return number(0);
  if (b.known === 1 && (operator === '*' || operator === '/')) return a;
  if (a.known === 1 && operator === '*') return b;
  if (operator === '+' && b.known !== undefined && b.known < 0 && b.known > -(2 ** 31)) return compute('-', a, number(-b.known));
  if (operator === '-' && b.known !== undefined && b.known < 0 && b.known > -(2 ** 31)) return compute('+', a, number(-b.known));
  return infix(operator, a, b);
}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export function compare(operator: Comparison, a: Term, b: Term): Term {
  if (a.known !== undefined && b.known !== undefined) {
    const [x, y] = [a.known, b.known];
    switch (operator) {
      case '==':
        return truth(x === y);
      case '!=':
        return truth(x !== y);
      case '<':
        return truth(x < y);
      case '<=':
        return truth(x <= y);
      case '>':
        return truth(x > y);
      case '>=':
        return truth(x >= y);
    }
  }
  if (a.text === b.text) return truth(operator === '==' || operator === '<=' || operator === '>=');
  return infix(operator, a, b);
}

export const negative = (a: Term): Term => (a.known === undefined ? compute('-', number(0), a) : number(0 - a.known));

export function choose(condition: Term, then: Term, otherwise: Term): Term {
  if (condition.known !== undefined) return condition.known === 0 ? otherwise : then;
  if (then.text === otherwise.text) return then;
  if (then.known === 1 && otherwise.known === 0) return condition;
  if (then.known === 0 && otherwise.known === 1) return not(condition);
  return atom(`(${condition.text} -> ${then.text} : ${otherwise.text})`);
}
