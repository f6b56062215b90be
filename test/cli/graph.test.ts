// `heddle graph`, as built: groups, the way to a violation, colours, and what is refused.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StateGraph } from '../../src/report/graph.js';
import { folderOf, heddle } from '../support/command-line.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let folder = '';
let remove = (): void => undefined;
beforeAll(() => {
  ({ folder, remove } = folderOf({
    'race.heddle': 'var counter: 0..4 = 0\nprocess task(i in 0..1) { var t: 0..4 = 0\n  t := counter\n  counter := t + 1 }\ninvariant NoLostUpdate = done(task[0]) && done(task[1]) => counter == 2\n',
    'errs.heddle': "var x: 0..3 = 0\nprocess p { loop { x := x + 1 } }\nstep invariant Even = x' != 3\n",
    'large.heddle': `${Array.from({ length: 3 }, (_, i) => `var v${i}: 0..12 = 0\nprocess p${i} { loop { if v${i} < 12 { v${i} := v${i} + 1 } else { v${i} := 0 } } }`).join('\n')}\ninvariant Sum = v0 + v1 + v2 < 4\n`,
  }));
});
afterAll(() => remove());

async function graph(...args: readonly string[]): Promise<StateGraph> {
  const { code, err } = await heddle(folder, ['graph', ...args, '--out', 'g.json']);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(readFileSync(join(folder, 'g.json'), 'utf8')) as StateGraph;
}

test('groups stand for all states with the same value, and no state is lost', async () => {
  const whole = await graph('race.heddle');
  const groups = await graph('race.heddle', '--group-by', 'counter', '--group-by', 'done(task[0])');
  expect(groups.states.reduce((sum, { count }) => sum + count!, 0)).toBe(whole.states.length);
  expect(groups.states.map(({ label }) => label.join())).toContain('counter = 1,done(task[0]) = true');
  expect(new Set(groups.states.map(({ label }) => label.join())).size).toBe(groups.states.length);
  expect(groups.edges.every(({ from, to }) => from !== to)).toBe(true);
});

test('the way to a violation is a path from the beginning, also where the whole graph is too large', async () => {
  const path = await graph('large.heddle', '--violation', 'Sum');
  expect(path.states.map(({ violated }) => violated.length)).toEqual([...path.states.slice(1).map(() => 0), 1]);
  expect(path.edges.filter(({ onPath }) => onPath === true).map(({ from, to }) => [from, to])).toEqual(path.states.slice(1).map((_, i) => [i, i + 1]));
  const around = await graph('large.heddle', '--violation', 'Sum', '--radius', '1');
  expect(around.states.length).toBeGreaterThan(path.states.length);
  expect(around.states.filter(({ onPath }) => onPath === true)).toHaveLength(path.states.length);
});

test('a step that violates or errs ends the path', async () => {
  expect((await graph('errs.heddle', '--violation', 'Even')).states.at(-1)).toMatchObject({ violated: ['Even'] });
  const error = await graph('errs.heddle', '--violation', 'out_of_range');
  expect(error.states.at(-1)).toMatchObject({ violated: ['out_of_range'], label: [expect.stringContaining('4') as string] });
  expect(error.edges.at(-1)).toMatchObject({ action: 'errs', to: error.states.length - 1 });
});

test('colours tell properties, or where a process stands', async () => {
  expect([...new Set((await graph('race.heddle', '--color', 'NoLostUpdate')).states.map(({ colour }) => colour))]).toEqual(['NoLostUpdate is true', 'NoLostUpdate is false']);
  expect(new Set((await graph('race.heddle', '--color', 'at:task[1]')).states.map(({ colour }) => colour))).toEqual(new Set(['task[1] at task:3', 'task[1] at task:4', 'task[1] at done']));
  expect(new Set((await graph('race.heddle', '--color', 'at')).states.map(({ colour }) => colour)).size).toBe(9);
});

test.each([
  ['large.heddle --out g.svg', 'one of more than 2,000 cannot be read'],
  ['large.heddle --out g.svg', '--group-by EXPR'],
  ['large.heddle --out g.svg --group-by v0*169+v1*13+v2', 'groups'],
  ['race.heddle --group-by nope', "Unknown name 'nope'"],
  ['race.heddle --check nope', "has no check 'nope'. It has default."],
  ['race.heddle --const N=3', "has no constant 'N'. It has none."],
  ['race.heddle --violation nope', "no property 'nope'"],
  ['race.heddle --violation deadlock', 'deadlock is not violated'],
  ['race.heddle --color nope', 'is no invariant'],
  ['race.heddle --color at:nope', "no process 'nope'"],
  ['race.heddle --out g.png', 'says no format'],
])('graph %s is refused: %s', async (args, says) => {
  const { code, err } = await heddle(folder, ['graph', ...args.split(' ')]);
  expect(err.replace(/\s+/g, ' ')).toContain(says);
  expect(code).toBe(2);
});
