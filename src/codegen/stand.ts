// The end of a step: the process stands at its new location, and its locals lie in the state as far as they matter there.

import type { Variable } from '../core/expr.js';
import { eachBits, mask, type Cell } from '../model/layout/cell.js';
import { addressOf, encode, NOWHERE, type StateWords } from './access.js';
import { literal, writeCellJs } from './convert.js';
import { originOf, packedCell, packedWidth, reprOf, sameShape } from './representation.js';
import type { Unit } from './scope.js';

export interface Move {
  readonly pid: number;
  readonly from: number;
  readonly to: number;
  /** The locals that the step touches, as variables of the function; the bits of the others are as they were. */
  readonly locals: ReadonlyMap<Variable, string>;
}

/** Statements that write location and locals into the state after the step. Bits that nothing holds become 0. */
export function standAt(unit: Unit, { pid, from, to, locals }: Move, after: StateWords): readonly string[] {
  const cells = unit.layout.instances[pid]!;
  const clear = new Map<number, number>();
  const put = new Map<number, string[]>();
  const later: string[] = [];
  const free = (cell: Cell): void => eachBits(cell, 0, 0, (word, shift, width) => width > 0 && clear.set(word, (clear.get(word) ?? 0) | (mask(width) << shift)));
  const or = (word: number, js: string): void => void put.set(word, [...(put.get(word) ?? []), js]);

  const { word, shift, width } = cells.location;
  if (width > 0) clear.set(word, mask(width) << shift);
  if (width > 0 && to !== 0) or(word, String(to << shift));
  const [before, now] = [unit.index.liveAt(pid, from), unit.index.liveAt(pid, to)];
  const { locals: all } = unit.index.family(pid);
  const place = (i: number): void => {
    const local = all[i]!;
    const cell = cells.locals[i];
    if (cell === undefined) return;
    const name = locals.get(local.variable);
    const [was, is] = [before.has(i), now.has(i)];
    const stays = was && is && name === undefined;
    if (was && !stays) free(cell);
    if (!is || stays) return;
    const { type } = local.variable;
    const js = name ?? literal(unit, type, local.reset[unit.index.instance(pid).index]!);
    if (cell.kind === 'scalar') {
      if (cell.bits.width > 0) or(cell.bits.word, shifted(encode(cell.type, js, unit.nil), cell.bits.shift));
    } else if (reprOf(type) === 'packed' && sameShape(cell, packedCell(type))) {
      if (packedWidth(type) > 0) or(originOf(cell).word, shifted(js, originOf(cell).shift));
    } else later.push(writeCellJs(unit, { source: after, cell, words: NOWHERE, shift: NOWHERE }, type, js) ?? '');
  };
  for (const i of before) place(i);
  for (const i of now) if (!before.has(i)) place(i);
  const words = [...new Set([...clear.keys(), ...put.keys()])].sort((a, b) => a - b);
  const merged = words.flatMap((w) => {
    const address = addressOf(after, w, NOWHERE);
    const values = (put.get(w) ?? []).filter((js) => js !== '0');
    if (!clear.has(w)) return values.length === 0 ? [] : [`${address} |= ${values.join(' | ')};`];
    const kept = String(~clear.get(w)!);
    return [values.length === 0 ? `${address} &= ${kept};` : `${address} = ${address} & ${kept} | ${values.join(' | ')};`];
  });
  return [...merged, ...later];
}

const shifted = (js: string, by: number): string => (by === 0 || js === '0' ? js : /^\d+$/.test(js) ? String(Number(js) << by) : `(${js} << ${by})`);
