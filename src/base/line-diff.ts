// What became of the lines of a text: a longest common subsequence of them stays.

export type LineFate = 'kept' | 'lost' | 'gained';

/** The fate of each line of both, in order; a kept one is told once. Lost lines stand before those gained in their place. Time and memory grow with the product of their numbers. */
export function lineFates(before: readonly string[], after: readonly string[]): readonly LineFate[] {
  // longest[i][j]: the length for `before` from i on and `after` from j on.
  const longest = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      longest[i]![j] = before[i] === after[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const fates: LineFate[] = [];
  for (let [i, j] = [0, 0]; i < before.length || j < after.length; ) {
    const isKept = i < before.length && j < after.length && before[i] === after[j];
    const fate = isKept ? 'kept' : i < before.length && (j >= after.length || longest[i + 1]![j]! >= longest[i]![j + 1]!) ? 'lost' : 'gained';
    fates.push(fate);
    if (fate !== 'gained') i++;
    if (fate !== 'lost') j++;
  }
  return fates;
}
