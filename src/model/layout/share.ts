// Locals that never matter at the same location share bits: a colouring of the graph in which two locals are neighbours when they do.
//
// Greedy: the largest local first; each goes to the first place, within the bits of a larger one, where it meets no neighbour.
// Invariant: two locals whose bits overlap have no location in common.

import type { FamilyLocal } from '../model.js';
import type { Block } from './cell.js';

export interface Sharing {
  /** The bits that hold several locals, one group after the other: how many of each word. */
  readonly groups: readonly { readonly usage: readonly number[] }[];
  /** For each local its group, and where in it; undefined for a local that is live nowhere. */
  readonly places: readonly (Placed | undefined)[];
}

export interface Placed {
  readonly group: number;
  readonly word: number;
  readonly shift: number;
}

/** Without `share` each live local has bits of its own. */
export function shareBits(locals: readonly FamilyLocal[], blocks: readonly Block[], share: boolean): Sharing {
  const groups: { usage: readonly number[]; members: number[] }[] = [];
  const places: (Placed | undefined)[] = locals.map(() => undefined);
  const live = locals.map((local) => new Set(local.liveAt));
  const meet = (a: number, b: number): boolean => locals[a]!.liveAt.some((location) => live[b]!.has(location));
  const total = (i: number): number => blocks[i]!.usage.reduce((sum, bits) => sum + bits, 0);
  const order = locals.map((_, i) => i).filter((i) => live[i]!.size > 0).sort((a, b) => total(b) - total(a) || a - b);

  for (const local of order) {
    const isFree = (group: number, word: number, shift: number): boolean =>
      groups[group]!.members.every((other) => !overlap(blocks[local]!, { group, word, shift }, blocks[other]!, places[other]!) || !meet(local, other));
    const place = share ? firstFit(blocks[local]!, groups, isFree) : undefined;
    const group = place?.group ?? groups.push({ usage: blocks[local]!.usage, members: [] }) - 1;
    groups[group]!.members.push(local);
    places[local] = place ?? { group, word: 0, shift: 0 };
  }
  return { groups, places };
}

function firstFit(block: Block, groups: readonly { readonly usage: readonly number[] }[], isFree: (group: number, word: number, shift: number) => boolean): Placed | undefined {
  const { usage } = block;
  for (let group = 0; group < groups.length; group++) {
    const room = groups[group]!.usage;
    for (let word = 0; word + usage.length <= room.length; word++) {
      if (!usage.every((bits, i) => bits <= room[word + i]!)) continue;
      // What fills several words begins with one.
      const shifts = usage.length > 1 ? 0 : room[word]! - usage[0]!;
      for (let shift = 0; shift <= shifts; shift++) if (isFree(group, word, shift)) return { group, word, shift };
    }
  }
  return undefined;
}

function overlap(a: Block, at: Placed, b: Block, bt: Placed): boolean {
  return a.usage.some((bits, i) => {
    const j = at.word + i - bt.word;
    const others = b.usage[j];
    if (others === undefined || bits === 0 || others === 0) return false;
    return at.shift < bt.shift + others && bt.shift < at.shift + bits;
  });
}
