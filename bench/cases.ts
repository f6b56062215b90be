// What is measured: models and sizes, with the counts that every tool must give. A run that counts otherwise is no measurement.

export interface Case {
  readonly name: string;
  /** The spec, from the project's root, and its check. */
  readonly spec: string;
  readonly check: string;
  readonly constants?: Readonly<Record<string, number>>;
  readonly distinct?: number;
  /** The same model in Promela, Murphi and TLA+ (bench/models), with the sizes as those name them. */
  readonly peer?: { readonly model: string; readonly sizes: Readonly<Record<string, number>> };
  /** What is looked at besides deadlock and steps that err; absent: everything that the spec declares. */
  readonly properties?: readonly string[];
  /** Liveness under weak fairness: Spin decides it for one process (`-a -f`), Heddle and TLC for each. Spin counts states of its product. */
  readonly live?: boolean;
  /** How deep Spin's depth-first search gets, in steps. */
  readonly spinDepth?: number;
  /** So large that one round must do. */
  readonly once?: boolean;
  /** In the short list, which shows in a minute that everything works. */
  readonly small?: boolean;
}

function classic(model: string, check: string, sizes: Readonly<Record<string, number>>, distinct: number, more: Partial<Case> = {}): Case {
  return { name: `${model} ${Object.values(sizes).join(' ')}`, spec: `specs/classic/${model}.heddle`, check, distinct, peer: { model, sizes }, ...more };
}

export const CASES: readonly Case[] = [
  classic('filter', 'four', { N: 4 }, 14_844, { properties: ['Mutex'], small: true }),
  classic('filter', 'five', { N: 5 }, 344_805, { properties: ['Mutex'] }),
  classic('filter', 'five', { N: 5 }, 344_805, { name: 'filter 5, liveness', properties: ['Enters'], live: true, spinDepth: 4_000_000 }),
  classic('filter', 'six', { N: 6 }, 8_786_754, { properties: ['Mutex'], spinDepth: 12_000_000 }),
  classic('phil', 'eight', { N: 8 }, 103_681, { small: true }),
  classic('phil', 'ten', { N: 10 }, 1_860_497, { spinDepth: 4_000_000 }),
  classic('twophase', 'five', { N: 5 }, 8_832, { small: true }),
  classic('twophase', 'eight', { N: 8 }, 1_745_408),
  classic('ticket', 'seven', { N: 7 }, 191_793, { small: true }),
  classic('ticket', 'eight', { N: 8 }, 1_753_608, { spinDepth: 2_000_000 }),
  classic('buffer', 'wide', { P: 3, C: 3, K: 3 }, 139_536, { small: true }),
  classic('buffer', 'deep', { P: 3, C: 3, K: 6 }, 1_203_984, { spinDepth: 2_000_000 }),
  { name: 'wide, 2 rounds', spec: 'bench/models/wide.heddle', check: 'two', distinct: 619_266 },
  { name: 'wide, 4 nodes', spec: 'bench/models/wide.heddle', check: 'four', distinct: 172_476, small: true },
  { name: 'async_cb lock default', spec: 'specs/async_cb/lock.heddle', check: 'default', small: true },
  { name: 'async_cb v1 default', spec: 'specs/async_cb/v1.heddle', check: 'default' },
  { name: 'async_cb lock deep', spec: 'specs/async_cb/lock.heddle', check: 'deep', once: true },
  { name: 'async_cb v1 deep', spec: 'specs/async_cb/v1.heddle', check: 'deep', once: true },
];
