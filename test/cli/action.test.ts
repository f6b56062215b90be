// The GitHub action: its description is whole, and its script does what it says, run here as GitHub would.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderOf } from '../support/command-line.js';
import { projectRoot } from '../support/samples.js';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const action = parse(read('.github/actions/heddle/action.yml')) as { readonly inputs: object; readonly outputs: object; readonly runs: { readonly using: string; readonly steps: readonly Step[] } };
const script = read('.github/actions/heddle/check.sh');

test('every input that is used is declared, and every declared one is used', () => {
  const used = [...read('.github/actions/heddle/action.yml').matchAll(/inputs\.([\w-]+)/g)].map((m) => m[1]!);
  expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
});

test('values reach the script as variables only', () => {
  expect(action.runs.using).toBe('composite');
  for (const { run, shell } of action.runs.steps.filter((step) => step.run !== undefined)) {
    expect(run).not.toContain('${{');
    expect(shell).toBe('bash');
  }
  const given = action.runs.steps.flatMap(({ env }) => Object.keys(env ?? {}));
  const wanted = [...new Set([...script.matchAll(/\$\{?(HEDDLE_\w+)/g)].map((m) => m[1]!))];
  expect(wanted.filter((name) => !given.includes(name))).toEqual([]);
});

test('the workflow gives the action inputs that it has, and reads outputs that it has', () => {
  const text = read('.github/workflows/heddle.yml');
  const { jobs } = parse(text) as { readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> };
  const step = jobs['check']!.steps.find(({ uses }) => uses === './.github/actions/heddle')!;
  expect(Object.keys(step.with!).filter((name) => !(name in action.inputs))).toEqual([]);
  const outputs = [...text.matchAll(/steps\.heddle\.outputs\.([\w-]+)/g)].map((m) => m[1]!);
  expect(outputs.filter((name) => !(name in action.outputs))).toEqual([]);
});

function run(spec: string, more: Readonly<Record<string, string>> = {}): { readonly code: number | null; readonly out: string; readonly summary: string; readonly outputs: string; readonly files: readonly boolean[] } {
  const { folder, remove } = folderOf({ 'specs/a.heddle': spec, summary: '', outputs: '' });
  try {
    const env = {
      ...process.env, HEDDLE_HOME: projectRoot, HEDDLE_FILES: 'specs', HEDDLE_ARGS: '', HEDDLE_REPORT: 'report',
      GITHUB_STEP_SUMMARY: join(folder, 'summary'), GITHUB_OUTPUT: join(folder, 'outputs'), ...more,
    };
    const { status, stdout } = spawnSync('bash', [join(projectRoot, '.github/actions/heddle/check.sh')], { cwd: folder, env, encoding: 'utf8' });
    const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const files = ['heddle.sarif', 'heddle.xml', 'summary.md', 'report.html'].map((name) => existsSync(join(folder, 'report', name)));
    return { code: status, out: stdout, summary: text('summary'), outputs: text('outputs'), files };
  } finally {
    remove();
  }
}

const SPEC = 'var x: 0..7 = 0\nprocess p { loop { if x < 7 { x := x + 1 } else { x := 0 } } }\ninvariant Small = x < 7\n';

test('a spec that is not as expected fails the job, with annotations on its lines and all files', () => {
  const { code, out, summary, outputs, files } = run(SPEC);
  expect(code).toBe(1);
  expect(out).toMatch(/^::error file=specs\/a\.heddle,line=3,col=\d+,title=Small is violated::/m);
  expect(summary).toContain('NOT as expected');
  expect(outputs).toBe('exit-code=1\nsarif=report/heddle.sarif\n');
  expect(files).toEqual([true, true, true, true]);
});

test('an undecided run fails the job, unless it is told only to warn', () => {
  expect(run(SPEC, { HEDDLE_ARGS: '--max-states 2' })).toMatchObject({ code: 3 });
  expect(run(SPEC, { HEDDLE_ARGS: '--max-states 2', HEDDLE_UNDECIDED: 'warn' })).toMatchObject({ code: 0, outputs: expect.stringContaining('exit-code=3') as string, out: expect.stringContaining('::warning title=undecided') as string });
});

test('a call that is wrong says so and leaves no files', () => {
  expect(run(SPEC, { HEDDLE_FILES: 'nowhere' })).toMatchObject({ code: 2, outputs: 'exit-code=2\n', files: [false, false, false, false] });
});
