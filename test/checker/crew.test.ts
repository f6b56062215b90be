import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Control, type Crew, type Report, type Task } from '../../src/checker/crew.js';
import { explore, exploreWith, type Exploration, type ExploreOptions } from '../../src/checker/explore.js';
import { follower } from '../../src/checker/follow.js';
import { kernelOf, type Kernel } from '../../src/checker/kernel.js';
import type { System } from '../../src/checker/system.js';

/**
 * Followers in this thread. They work when the leader begins a task, or only when it has finished its own part: `eager` says which.
 *
 * @param late how often the leader looks for them before they are there
 */
function crewOf(workers: number, kernel: () => Kernel, eager: (worker: number) => boolean, late = 0): Crew & { readonly tasks: string[]; readonly firstPieces: number[] } {
  const control = new Int32Array(new SharedArrayBuffer(4 * Control.words));
  const tasks: string[] = [];
  const firstPieces: number[] = [];
  let looked = 0;
  let chosen: readonly boolean[] = [];
  const work: ((task: Task) => Report)[] = [];
  let reports: (Report | undefined)[] = [];
  let current: Task;
  const run = (i: number): Report => {
    work[i] ??= follower(kernel(), { worker: i + 1, control, chosen, space: current.space });
    return work[i](structuredClone(current));
  };
  return {
    workers, control, tasks, firstPieces,
    isWorthwhile: () => true,
    get isStarting() {
      return looked < late;
    },
    isReady(these) {
      chosen = these;
      return looked >= late;
    },
    breathe: () => {
      looked++;
      return Promise.resolve();
    },
    begin(task) {
      current = task;
      tasks.push(task.kind);
      firstPieces.push(Atomics.load(control, Control.nextPiece));
      reports = Array.from({ length: workers - 1 }, (_, i) => (eager(i) ? run(i) : undefined));
    },
    finish: () => Promise.resolve(reports.map((report, i) => report ?? run(i))),
  };
}

/** A graph over the numbers below `size`, made of a seed: some thousand states, three words each, some of them bad. */
function graph(size: number, seed: number): System {
  const next = (n: number, i: number): number => Math.abs(Math.imul(n * 7 + i * 13 + seed, 0x9e3779b1) >> 7) % size;
  const pack = (n: number): Uint32Array => Uint32Array.of(n, n % 3 === 0 ? 0x80000000 : n, n * 5);
  return {
    words: 3,
    properties: [{ name: 'I', kind: 'invariant' }, { name: 'J', kind: 'invariant' }, { name: 'S', kind: 'step-invariant' }, { name: 'E', kind: 'builtin' }, { name: 'deadlock', kind: 'deadlock' }],
    sites: 0, antecedents: 0,
    initial: (sink) => [1, 2, 1].forEach((n) => sink.successor(pack(n % size))),
    successors(state, sink) {
      const n = state[0]!;
      for (let i = 0; i < n % 5; i++) {
        const to = next(n, i);
        if (to % 97 === 5) sink.violated(2);
        if (to % 301 === 7) sink.error(3);
        else sink.successor(pack(to));
      }
    },
    violations(state, report) {
      if (state[0]! % 211 === 3) report(0);
      if (state[0]! > size) report(1);
    },
    isTerminated: (state) => state[0]! % 10 !== 0,
    coverage: { sites: new Uint8Array(0), antecedents: new Uint8Array(0) }, remarks: new Set(),
  };
}

const options = (kernel: Kernel, more: Partial<ExploreOptions> = {}): ExploreOptions => ({
  expected: kernel.properties.map(() => 'violated'), chosen: kernel.properties.map(() => true), continueOnViolation: false, clock: () => 0, shouldStop: () => false, ...more,
});

const told = ({ counts, ended, verdicts }: Exploration): unknown =>
  ({ counts, ended, verdicts: verdicts.map((v) => (v?.kind === 'violated' ? { ...v, trace: { ...v.trace, states: v.trace.states.map((s) => [...s]) } } : v)) });

test('any number of workers finds what one finds, traces included', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 30_000 }), fc.integer(), fc.integer({ min: 2, max: 5 }), fc.infiniteStream(fc.boolean()), async (size, seed, workers, eager) => {
      const kernel = (): Kernel => kernelOf(graph(size, seed));
      const alone = explore(kernel(), options(kernel()));
      const together = await exploreWith(crewOf(workers, kernel, () => eager.next().value === true), kernel(), options(kernel()));
      expect(told(together)).toEqual(told(alone));
    }),
    { numRuns: 40, seed: 20261121 },
  );
});

test('the space grows while all wait, and everybody goes on where it was', async () => {
  const kernel = (): Kernel => kernelOf(graph(60_000, 3));
  const crew = crewOf(3, kernel, (worker) => worker === 0);
  const together = await exploreWith(crew, kernel(), options(kernel()));
  expect(told(together)).toEqual(told(explore(kernel(), options(kernel()))));
  expect(together.counts.distinct).toBeGreaterThan(20_000);
  expect(new Set(crew.tasks)).toEqual(new Set(['expand', 'clear', 'rehash', 'resume', 'retrace']));
});

test('followers that come late help with the rest of a level', async () => {
  const kernel = (): Kernel => kernelOf(graph(300_000, 3));
  const alone = explore(kernel(), options(kernel()));
  const begun: number[] = [];
  for (const late of [0, 10, 12, 14, 16, 18, 20, 25, 30]) {
    const crew = crewOf(3, kernel, (worker) => worker === 0, late);
    expect(told(await exploreWith(crew, kernel(), options(kernel())))).toEqual(told(alone));
    if (crew.firstPieces[0] !== undefined) begun.push(crew.firstPieces[0]);
  }
  // At the beginning of a level, and within one.
  expect(begun).toContain(0);
  expect(begun.some((piece) => piece > 0)).toBe(true);
}, 60_000);

test('a search that is stopped within a level stops its followers, and keeps what is known', async () => {
  const kernel = (): Kernel => kernelOf(graph(60_000, 3));
  let asked = 0;
  const { ended, verdicts, counts } = await exploreWith(crewOf(2, kernel, () => false), kernel(), options(kernel(), { shouldStop: () => ++asked > 40 }));
  expect(ended).toBe('interrupted');
  expect(counts.complete).toBe(false);
  expect(verdicts.some((v) => v?.kind === 'holds')).toBe(false);
  const tight = await exploreWith(crewOf(2, kernel, () => true), kernel(), options(kernel(), { maxMemoryBytes: 500_000 }));
  expect(tight.ended).toBe('memory');
  expect(tight.verdicts.some((v) => v?.kind === 'holds')).toBe(false);
});
