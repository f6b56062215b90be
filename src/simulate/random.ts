// Random numbers that depend on a seed and the number of a walk alone, so that a walk is the same whoever walks it.
//
// xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), seeded by SplitMix (Steele, Lea and Flood, 2014),
// here on 32 bits.

export interface Random {
  /** A whole number from 0 to `n` - 1; the first values are as likely as the others to within n / 2^32. */
  below(n: number): number;
}

/** The numbers of walk `run` under a seed. Both count as 32 bits. */
export function randomOf(seed: number, run: number): Random {
  let mixed = (seed ^ Math.imul(run, 0x9e3779b1)) | 0;
  const next = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  let [a, b, c, d] = [next(), next(), next(), next() | 1];
  return {
    below(n) {
      const turned = Math.imul(b, 5);
      const result = Math.imul((turned << 7) | (turned >>> 25), 9);
      const t = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= t;
      d = (d << 11) | (d >>> 21);
      return Math.floor(((result >>> 0) * n) / 0x1_0000_0000);
    },
  };
}
