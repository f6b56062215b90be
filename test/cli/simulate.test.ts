// `heddle simulate`, as built: the same walks for any number of threads, exit codes, and a walk by hand through a pipe.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderOf, heddle, MAIN } from '../support/command-line.js';

const RACE = `var counter: 0..4 = 0
process task(i in 0..1) { var t: 0..4 = 0
  t := counter
  counter := t + 1 }
invariant NoLostUpdate = done(task[0]) && done(task[1]) => counter == 2
`;

let folder = '';
let remove = (): void => undefined;
beforeAll(() => {
  ({ folder, remove } = folderOf({
    'race.heddle': RACE,
    'known.heddle': `${RACE}expect NoLostUpdate violated\nproperty Some = eventually counter == 2\n`,
    'fine.heddle': 'var x: 0..2 = 0\nprocess p { x := 1 }\ninvariant Small = x <= 1\n',
    'wrong.heddle': 'process p { y := 1 }\n',
    'pool.heddle': `pool Node[40] noleak { next: Node? = null }
var head: Node? = null
var n: 0..40 = 0
process p { var x: Node? = null
  loop {
    await n < 40
    x := new Node
    x.next := head
    head, n := x, n + 1 } }
invariant Few = n < 35
`,
    'long.heddle': 'var x: 0..7 = 0\nprocess p { loop { if x < 7 { x := 7 } else { x := 0 } } }\n',
  }));
});
afterAll(() => remove());

const simulate = (...args: readonly string[]): ReturnType<typeof heddle> => heddle(folder, ['simulate', ...args]);

test('the same seed gives the same walks for any number of threads', async () => {
  const run = async (workers: number, seed: number): Promise<unknown> => {
    const { code, out } = await simulate('known.heddle', '--seed', String(seed), '--runs', '500', '--workers', String(workers), '--format', 'json');
    expect(code).toBe(0);
    const { seconds: _seconds, workers: used, ...rest } = JSON.parse(out) as { seconds: number; workers: number };
    expect(used).toBe(workers);
    return rest;
  };
  const one = await run(1, 7);
  expect(one).toMatchObject({ walks: 500, ended: 'all walks', missed: [], leftOut: ['Some'], violated: [{ name: 'NoLostUpdate' }] });
  expect(await run(2, 7)).toEqual(one);
  expect(await run(3, 7)).toEqual(one);
  expect(await run(1, 8)).not.toEqual(one);
}, 30_000);

test('an unexpected violation ends the walks, with its trace and exit code 1', async () => {
  const { code, out } = await simulate('race.heddle', '--seed', '1');
  expect(code).toBe(1);
  expect(out).toMatch(/violated +NoLostUpdate in walk \d+, .*NOT expected/);
  expect(out).toContain('counter := t + 1');
  expect(out).toContain('not a shortest trace');
});

test('a walk without a surprise is exit 0, and says that it has shown nothing', async () => {
  const { code, out } = await simulate('fine.heddle', '--seed', '1', '--runs', '64');
  expect(code).toBe(0);
  expect(out).toContain('64 walks');
  expect(out).toContain('never that it cannot');
  expect(out).not.toContain('holds');
});

test.each([
  ['--check nope', "has no check 'nope'"],
  ['--const N=3', "has no constant 'N'"],
  ['--const N', "'N' sets no constant"],
  ['--property Smal', "Did you mean 'Small'?"],
])('simulate %s is refused: %s', async (args, says) => {
  const { code, err } = await simulate('fine.heddle', ...args.split(' '));
  expect(err.replace(/\s+/g, ' ')).toContain(says);
  expect(code).toBe(2);
});

test('a pool of more objects than a word has bits is walked, too', async () => {
  const runs = await Promise.all(['1', '2'].map((workers) => simulate('pool.heddle', '--runs', '64', '--depth', '400', '--seed', '1', '--workers', workers, '--format', 'json')));
  const [one, two] = runs.map(({ out }) => JSON.parse(out) as { readonly violated: readonly { readonly name: string }[] });
  expect(runs.map(({ code }) => code)).toEqual([1, 1]);
  expect(one!.violated.map(({ name }) => name)).toEqual(['Few']);
  expect(two!.violated).toEqual(one!.violated);
});

test('a limit on time ends long walks, and a spec with errors is exit 2', async () => {
  expect(await simulate('long.heddle', '--runs', '100000000', '--depth', '1000000000', '--time-limit', '1s')).toMatchObject({ code: 0, out: expect.stringContaining('Time was up') as string });
  expect(await simulate('wrong.heddle')).toMatchObject({ code: 2, err: expect.stringContaining('resolve/unknown-name') as string });
  expect(await simulate('fine.heddle', '--check', 'deep')).toMatchObject({ code: 2, err: expect.stringContaining("no check 'deep'") as string });
});

test('a walk by hand: steps, back, the state, the trace', () => {
  const lines = (input: string): string => spawnSync(process.execPath, [MAIN, 'simulate', 'race.heddle', '--interactive'], { cwd: folder, input, encoding: 'utf8' }).stdout;
  const out = lines('1\n2\n1\n1\ns\nt\nq\n');
  expect(out).toContain('1  task[0]  task:3  t := counter');
  expect(out).toContain('Violated here: NoLostUpdate.');
  expect(out).toContain('Every process is done.');
  expect(out).toContain('* at ');
  expect(out).toMatch(/^ {2}4 +counter := t \+ 1/m);
  expect(lines('2\nb\nq\n').split('The initial state.')).toHaveLength(3);
  expect(lines('99\nq\n').match(/a number: take that step/g)).toHaveLength(2);
  expect(lines('r 50\n')).toContain('After 4 steps.');
});
