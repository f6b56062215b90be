// Numbers of random specs, each with the interval in which the language sees it: so that stores are known to fit, or may not.

import { cardinality, type RangeType, type Type } from '../../../src/core/type.js';
import { expression, keyOf, setOfSome, truthOf } from './expressions.js';
import { bind, freshName, paths, pathsOf, type Scope } from './world.js';

export interface NumberText {
  readonly text: string;
  readonly lo: number;
  readonly hi: number;
}

const exactly = (n: number): NumberText => ({ text: n < 0 ? `(${n})` : String(n), lo: n, hi: n });
/** Far from 32 bits, so that a few operations more stay within them. */
const LARGEST = 10_000;

/** Any number. */
export function numberOf(scope: Scope, depth: number): NumberText {
  const { choices, temper } = scope.world;
  if (depth <= 0 || !choices.chance(55)) return leaf(scope);
  const sub = (): NumberText => numberOf(scope, depth - 1);
  const made = choices.among<() => NumberText>([
    [4, () => { const [a, b] = [sub(), sub()]; return { text: `(${a.text} + ${b.text})`, lo: a.lo + b.lo, hi: a.hi + b.hi }; }],
    [3, () => { const [a, b] = [sub(), sub()]; return { text: `(${a.text} - ${b.text})`, lo: a.lo - b.hi, hi: a.hi - b.lo }; }],
    [1, () => { const [a, n] = [sub(), choices.below(4) - 1]; return { text: `(${a.text} * ${exactly(n).text})`, lo: Math.min(a.lo * n, a.hi * n), hi: Math.max(a.lo * n, a.hi * n) }; }],
    [2, () => { const [a, n] = [sub(), 1 + choices.below(3)]; return { text: `(${a.text} / ${n})`, lo: Math.trunc(a.lo / n), hi: Math.trunc(a.hi / n) }; }],
    [2, () => { const [a, n] = [sub(), 1 + choices.below(3)]; return modulo(a, n); }],
    [1, () => { const a = sub(); return { text: `(-${a.text})`, lo: -a.hi, hi: -a.lo }; }],
    [2, () => { const [a, b] = [sub(), sub()]; return { text: `(if ${truthOf(scope, depth - 1)} then ${a.text} else ${b.text})`, lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }; }],
    [2, () => counted(scope, depth)],
    [temper === 'bold' ? 1 : 0, () => { const [a, b] = [sub(), leaf(scope)]; return { text: `(${a.text} ${choices.pick(['/', '%'])} ${b.text})`, lo: -Math.max(Math.abs(a.lo), Math.abs(a.hi)), hi: Math.max(Math.abs(a.lo), Math.abs(a.hi)) }; }],
    [1, () => extreme(scope, depth)],
  ])();
  return made.lo < -LARGEST || made.hi > LARGEST ? leaf(scope) : made;
}

/** A variable, an entry of a map, a length, or a digit. */
function leaf(scope: Scope): NumberText {
  const { choices } = scope.world;
  const known = paths(scope).flatMap(({ text, type }): NumberText[] => (type.kind === 'range' ? [{ text, lo: type.lo, hi: type.hi }] : []));
  const lengths = paths(scope).flatMap(({ text, type }): NumberText[] => (type.kind === 'seq' ? [{ text: `len(${text})`, lo: 0, hi: type.max }] : []));
  const maps = paths(scope).flatMap(({ text, type }) => (type.kind === 'map' && type.value.kind === 'range' ? [{ text, key: type.key, value: type.value }] : []));
  const kind = choices.below(10);
  if (kind > 7 && lengths.length > 0) return choices.pick(lengths);
  if (kind > 5 && maps.length > 0) {
    const map = choices.pick(maps);
    return { text: `${map.text}[${keyOf(scope, map.key)}]`, lo: map.value.lo, hi: map.value.hi };
  }
  return kind > 0 && known.length > 0 ? choices.pick(known) : exactly(choices.below(3));
}

function counted(scope: Scope, depth: number): NumberText {
  const { type, text } = setOfSome(scope, depth - 1);
  const name = freshName(scope.world, 'k');
  const most = Math.min(cardinality(type), 4096);
  return { text: `(count ${name} in ${text}: ${truthOf(bind(scope, name, type), depth - 1)})`, lo: 0, hi: most };
}

/** `min` and `max`; of a set that may be empty only where errors are welcome. */
function extreme(scope: Scope, depth: number): NumberText {
  const { choices, temper } = scope.world;
  const sets = paths(scope).filter((p) => p.type.kind === 'set' && p.type.of.kind === 'range');
  const operator = choices.pick(['min', 'max']);
  if (temper === 'bold' && sets.length > 0 && choices.chance(50)) {
    const { text, type } = choices.pick(sets) as { text: string; type: { of: RangeType } };
    return { text: `(${operator} ${text})`, lo: type.of.lo, hi: type.of.hi };
  }
  const [a, b] = [leaf(scope), numberOf(scope, depth - 1)];
  return { text: `(${operator} {${a.text}, ${b.text}})`, lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) };
}

function modulo(a: NumberText, n: number): NumberText {
  if (a.lo === a.hi) return { text: `(${a.text} % ${n})`, lo: a.lo % n, hi: a.lo % n };
  return { text: `(${a.text} % ${n})`, lo: a.lo < 0 ? Math.max(a.lo, 1 - n) : 0, hi: a.hi > 0 ? Math.min(a.hi, n - 1) : 0 };
}

/** A number for a place of the type: nearly always one that fits. */
export function numberIn(scope: Scope, t: RangeType, depth: number): string {
  const { choices, temper } = scope.world;
  const fitting = pathsOf(scope, t);
  if (fitting.length > 0 && choices.chance(35)) return choices.pick(fitting).text;
  if (depth <= 0 || choices.chance(25)) return exactly(t.lo + choices.below(t.hi - t.lo + 1)).text;
  const made = numberOf(scope, depth);
  if (made.lo >= t.lo && made.hi <= t.hi) return made.text;
  if (temper === 'bold' && made.hi >= t.lo && made.lo <= t.hi && choices.chance(35)) return made.text;
  const size = t.hi - t.lo + 1;
  const fromZero = made.lo >= 0 ? `${made.text} % ${size}` : `(${made.text} % ${size} + ${size}) % ${size}`;
  if (made.hi >= t.lo && made.lo <= t.hi && choices.chance(25)) return `(if ${made.text} in ${t.lo}..${t.hi} then ${made.text} else ${exactly(t.lo).text})`;
  return t.lo === 0 ? `(${fromZero})` : `(${exactly(t.lo).text} + ${made.lo >= 0 ? `(${fromZero})` : fromZero})`;
}

/** A number, or anything else. */
export const valueOf = (scope: Scope, t: Type, depth: number): string => (t.kind === 'range' ? numberIn(scope, t, depth) : expression(scope, t, depth));
