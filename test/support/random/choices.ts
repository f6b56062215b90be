// The stream of choices that a random spec is made from: everything random about it comes from here, so that a list of numbers is a spec.

export interface Choices {
  /** 0 … n - 1; 0 when the list is at its end. */
  below(n: number): number;
  pick<T>(from: readonly T[]): T;
  /** One of the alternatives, each as likely as its weight says; the first when the list is at its end. */
  among<T>(weighted: readonly (readonly [weight: number, value: T])[]): T;
  /** False when the list is at its end: specs end, too. */
  chance(percent: number): boolean;
}

export function choicesFrom(numbers: readonly number[]): Choices {
  let at = 0;
  const below = (n: number): number => (numbers[at++] ?? 0) % n;
  return {
    below,
    pick: (from) => from[below(from.length)]!,
    among(weighted) {
      let left = below(weighted.reduce((sum, [weight]) => sum + weight, 0));
      for (const [weight, value] of weighted) {
        if (left < weight) return value;
        left -= weight;
      }
      return weighted[0]![1];
    },
    chance: (percent) => below(100) >= 100 - percent,
  };
}
