// The built `heddle diff` from end to end: exit codes, what it says of each kind of change, git revisions, formats.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderOf, heddle, MAIN, start, type Ended } from '../support/command-line.js';

const COUNTER = `/// Two threads add to a counter under a lock.
spec counter
import "./lock"
const N: 1..3 = 2
var n: 0..N = 0

observable procedure add(): Err {
  var t: 0..N
  var got: bool
  got := take()
  if !got { return EBUSY }
  t := n
  if t < N { n := t + 1 }
  give()
  return OK
}

fair process task(i in 0..1) { add() }

/// Nothing is lost.
invariant NoLostUpdate = done(task[0]) && done(task[1]) => n == 2
invariant Bounded = lock => n >= 0 && n <= 2
invariant Low = n <= 2
`;
const LOCK = `enum Err { OK, EBUSY }
var lock: bool = false
atomic procedure take(): bool { await !lock  lock := true  return true }
procedure give() { lock := false }
`;
const TRYLOCK = LOCK.replace('take(): bool { await !lock  lock := true  return true }', 'take(): bool { if lock { return false }  lock := true  return true }');

const FILES = {
  'old/counter.heddle': COUNTER,
  'old/lock.heddle': LOCK,
  'new/counter.heddle': COUNTER,
  'new/lock.heddle': TRYLOCK,
  'a.heddle': 'const N: 1..3 = 1\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nfair process p { x := N  y := N }\ninvariant First = x == 2 => y == 1 && x <= 2\ninvariant Second = y <= x\n',
  'weaker.heddle': 'const N: 1..3 = 1\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nfair process p { x := N  y := N }\ninvariant First = x == 2 => x <= 2\ninvariant Second = y <= x\n',
  'dropped.heddle': 'const N: 1..3 = 1\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nfair process p { x := N  y := N }\ninvariant Second = y <= x\n',
  'renamed.heddle': 'const N: 1..3 = 1\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nfair process p { x := N  y := N }\ninvariant Second = y <= x\ninvariant Erst = x == 2 => y == 1 && x <= 2\n',
  'rewritten.heddle': 'const N: 1..3 = 1\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nfair process p { x := N  y := N }\ninvariant First = x in {0, 1, 3} || y == 1\ninvariant Second = x >= y\n',
  'reordered.heddle': '// Another order, other comments.\nconst N: 1..3 = 1\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nfair process p {\n  x := N\n  y := N\n}\ninvariant Second = y <= x\ninvariant First = x == 2 => y == 1 && x <= 2\n',
  'larger.heddle': 'const N: 1..3 = 3\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nprocess p { x := N  y := N }\ninvariant First = x == 2 => y == 1 && x <= 2\ninvariant Second = y <= x\n',
  'broken.heddle': 'var x: 0..3 = 0\nprocess p { x := z }\n',
  'abstract.heddle': 'abstract procedure f()\nprocess p { f() }\n',
  'checks.heddle': 'var x: 0..3 = 0\nprocess p { x := 1 }\ninvariant I = x <= 1\ncheck small { }\n',
  'both.heddle': 'var x: 0..3 = 0\nprocess p { x := 1  x := 2 }\ninvariant A = x <= 2\ninvariant B = x <= 1\nexpect B violated\ncheck default { only A, B }\n',
  'one.heddle': 'var x: 0..3 = 0\nprocess p { x := 1  x := 2 }\ninvariant A = x <= 2\ninvariant B = x <= 1\ncheck default { only A }\n',
  'long.heddle': `${Array.from({ length: 6 }, (_, i) => `var v${i}: 0..63 = 0\nprocess p${i} { loop { if v${i} < 63 { atomic { v${i} := v${i} + 1 } } else { v${i} := 0 } } }`).join('\n')}\ninvariant Sum = v0 <= 63\n`,
};

let folder = '';
let remove = (): void => undefined;
const run = (...args: readonly string[]): Promise<Ended> => heddle(folder, ['diff', ...args]);

beforeAll(() => ({ folder, remove } = folderOf(FILES)));
afterAll(() => remove());

describe('exit codes', () => {
  const cases: readonly (readonly [code: number, args: string, says: string | RegExp])[] = [
    [0, 'a.heddle a.heddle', 'No difference between a and a (2)'],
    [0, 'a.heddle reordered.heddle', 'No difference between a and reordered'],
    [0, 'a.heddle renamed.heddle', 'First -> Erst, the same definition'],
    [0, 'a.heddle rewritten.heddle', 'First: written otherwise, and is the same in all 16 states'],
    [1, 'a.heddle weaker.heddle', 'now allowed: x = 2, y = 0'],
    [0, 'weaker.heddle a.heddle', 'now forbidden: x = 2, y = 0'],
    [1, 'a.heddle dropped.heddle', /removed +First/],
    [0, 'dropped.heddle a.heddle', /added +First/],
    [0, 'a.heddle larger.heddle', 'N: 1 -> 3'],
    [0, 'a.heddle larger.heddle', 'p: fair -> no fairness'],
    [1, 'old/counter.heddle new/counter.heddle', 'lost        NoLostUpdate: holds -> violated after'],
    [0, 'new/counter.heddle old/counter.heddle', 'regained    NoLostUpdate'],
    [3, 'long.heddle long.heddle --max-states 200', 'undecided'],
    [0, 'both.heddle one.heddle --no-behaviours', 'No difference'],
    [2, 'a.heddle', 'nothing to compare'],
    [2, 'a.heddle missing.heddle', 'there is no such file'],
    [2, 'a.heddle broken.heddle', 'broken.heddle:2:18'],
    [2, 'a.heddle abstract.heddle', 'it leaves abstract: f'],
    [2, 'a.heddle checks.heddle', 'have no check in common'],
    [0, 'checks.heddle checks.heddle', 'check small'],
    [2, 'checks.heddle checks.heddle --check large', "has no check 'large'"],
    [2, 'a.heddle dropped.heddle --const M=1', "No revision has a constant 'M'"],
    [2, 'a.heddle dropped.heddle --first-bad Secnd', "Did you mean 'Second'?"],
    [2, 'a.heddle dropped.heddle --format xml', 'Allowed choices'],
    [2, '--git HEAD..HEAD a.heddle', "git knows no revision 'HEAD' here"],
  ];
  test.concurrent.each(cases)('%i: diff %s', async (code, args, says) => {
    const { code: found, out, err } = await run(...args.split(' '));
    expect(out + err).toMatch(says);
    expect(found, out + err).toBe(code);
  });
});

test('an interrupt ends it with what is known', async () => {
  const running = start(process.execPath, [MAIN, 'diff', 'long.heddle', 'long.heddle'], { cwd: folder });
  setTimeout(() => running.child.kill('SIGINT'), 3000);
  const { code, out } = await running.ended;
  expect(out).toMatch(/^ {2}Sum +undecided +undecided$/m);
  expect(code).toBe(3);
});

describe('the report', () => {
  test('has the matrix, what became possible, the steps and the traces', async () => {
    const { out } = await run('old/counter.heddle', 'new/counter.heddle');
    expect(out).toMatch(/^ +old\/counter +new\/counter$/m);
    expect(out).toMatch(/^ {2}NoLostUpdate +holds +violated \d+$/m);
    expect(out).toMatch(/new\/counter can do this, and old\/counter cannot:\n +1 +task\[\d\] +add\(\)\n +2 +task\[\d\] +add\(\)\n +3 +task\[\d\] +add returns EBUSY/);
    expect(out).toContain('Whatever old/counter does, new/counter can do too.');
    expect(out).toMatch(/^ {2}procedure take\n/m);
    expect(out).toMatch(/^ {2}- .*await !lock/m);
    expect(out).toContain('<-- violated here');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('of several revisions is still one table, and says who lost what and who regained it', async () => {
    const files = ['old/counter.heddle', 'new/counter.heddle', 'old/counter.heddle'];
    expect((await run(...files, '--trace', 'none')).out).toMatch(/^ {2}NoLostUpdate +holds +violated \d+ +holds$/m);
    const { out, code } = await run(...files, '--first-bad', 'NoLostUpdate');
    expect(out).toMatch(/^new\/counter lost NoLostUpdate: holds in old\/counter, violated after \d+ steps in new\/counter\.\nold\/counter \(2\) regained NoLostUpdate: violated in new\/counter, holds in old\/counter \(2\)\.\n$/);
    expect(code).toBe(1);
  });

  test('as JSON has the fields of the contract', async () => {
    const { out } = await run('a.heddle', 'weaker.heddle', 'dropped.heddle', '--format', 'json');
    const found = JSON.parse(out) as Record<string, unknown> & { rows: readonly Record<string, unknown>[] };
    expect(found).toMatchObject({ revisions: ['a', 'weaker', 'dropped'], check: 'default', outcome: 'lost' });
    expect(found.rows.map(({ property, verdicts, definition }) => ({ property, verdicts, definition }))).toEqual([
      { property: 'Second', verdicts: ['holds', 'holds', 'holds'], definition: ['same', 'same'] },
      { property: 'First', verdicts: ['holds', 'holds', 'absent'], definition: ['weakened', 'removed'] },
    ]);
    for (const field of ['steps', 'constants', 'behaviours', 'declarations']) expect(found[field]).toHaveLength(2);
  });

  test('as Markdown is a table and folded details; as a page it needs nothing else', async () => {
    const markdown = (await run('old/counter.heddle', 'new/counter.heddle', '--format', 'markdown')).out;
    expect(markdown).toMatch(/^\| `NoLostUpdate` \| holds \| \*\*violated\*\* \d+ \|$/m);
    expect(markdown.match(/<details>/g)).toHaveLength(markdown.match(/<\/details>/g)!.length);
    await run('a.heddle', 'weaker.heddle', '--format', 'html', '--out', 'page.html');
    const { out } = await run('a.heddle', 'weaker.heddle', '--format', 'html');
    expect(out).toMatch(/^<!doctype html>/);
    expect(out).not.toMatch(/<script|src=|href=/);
    expect(out).toContain('now allowed: x = 2, y = 0');
  });
});

describe('git revisions', () => {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main', ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(() => {
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    writeFileSync(join(folder, 'old/lock.heddle'), TRYLOCK);
    git('commit', '-qam', 'second');
    writeFileSync(join(folder, 'old/lock.heddle'), LOCK);
    git('commit', '-qam', 'third');
    writeFileSync(join(folder, 'old/lock.heddle'), TRYLOCK);
  });

  test('imports are read from the same revision', async () => {
    const { out, code } = await run('--git', 'HEAD~2..HEAD~1', 'old/counter.heddle', '--trace', 'none');
    expect(out).toMatch(/lost +NoLostUpdate: holds -> violated/);
    expect(out).toMatch(/^ {2}- .*await !lock/m);
    expect(code).toBe(1);
    expect((await run('--git', 'HEAD~2..HEAD', 'old/counter.heddle')).out).toContain('No difference between HEAD~2 and HEAD');
  });

  test('one revision is compared with the work tree', async () => {
    const { out, code } = await run('--git', 'HEAD', 'old/counter.heddle');
    expect(out).toContain('HEAD -> work tree');
    expect(code).toBe(1);
  });

  test('the commits between two revisions are searched for the one that lost a property', async () => {
    const { out } = await run('--git', 'HEAD~2..HEAD', 'old/counter.heddle', '--first-bad', 'NoLostUpdate');
    const [second, third] = git('rev-list', '--reverse', '--abbrev-commit', 'HEAD~2..HEAD').trim().split('\n');
    expect(out).toContain(`${second!} lost NoLostUpdate: holds in HEAD~2`);
    expect(out).toContain(`${third!} regained NoLostUpdate`);
  });

  test('what git does not have is said plainly', async () => {
    expect(await run('--git', 'nothing..HEAD', 'a.heddle')).toMatchObject({ code: 2, err: expect.stringContaining("git knows no revision 'nothing' here") as string });
    writeFileSync(join(folder, 'fresh.heddle'), FILES['a.heddle']);
    expect(await run('--git', 'HEAD', 'fresh.heddle')).toMatchObject({ code: 2, err: expect.stringContaining("fresh.heddle is not in revision 'HEAD'") as string });
    expect(await run('--git', 'HEAD...HEAD', 'a.heddle')).toMatchObject({ code: 2, err: expect.stringContaining('with two dots') as string });
    expect(await run('--git', 'HEAD~1..HEAD', 'a.heddle', 'weaker.heddle')).toMatchObject({ code: 2, err: expect.stringContaining('revisions of one file') as string });
  });
});
