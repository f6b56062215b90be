// `npm run bench`: Heddle with one and two workers, and what else is installed, on the same models in the same run. Tools take turns, so that
// a busy minute of the machine hits all of them; medians go into the table, which is kept in bench/RESULTS.md.
//
//   --runs N         rounds (3)               --small            only the sizes that show in a minute that all works
//   --only TEXT      cases with TEXT in them  --tools a,b        heddle spin spin-por rumur tlc
//   --limit SECONDS  of one search (600)      --max-memory SIZE  (8G)
//   --engine NAME    Heddle's (builtin)       --print            show the table, do not keep it

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES, type Case } from './cases.js';
import { measure, median } from './measure.js';
import { compileNote, cpuTable, mismatches, resultTable, type Result } from './table.js';
import { folderFor, heddle, isInstalled, machine, rumur, spin, tlc, type Limits, type Prepared, type Run, type Tool } from './tools.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STARTS = 15;

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    small: { type: 'boolean', default: false },
    tools: { type: 'string', default: 'heddle,spin,spin-por,rumur,tlc' },
    limit: { type: 'string', default: '600' },
    'max-memory': { type: 'string', default: '8G' },
    engine: { type: 'string', default: 'builtin' },
    print: { type: 'boolean', default: false },
  },
});

function toolsOf(limits: Limits): readonly Tool[] {
  const wanted = options.tools.split(',');
  const jar = process.env['TLA2TOOLS_JAR'];
  const hasC = isInstalled('gcc');
  return [
    ...(wanted.includes('heddle') ? [heddle(ROOT, 1, limits), heddle(ROOT, 2, limits)] : []),
    ...(wanted.includes('spin') && hasC && isInstalled('spin') ? [spin(ROOT, false, limits)] : []),
    ...(wanted.includes('spin-por') && hasC && isInstalled('spin') ? [spin(ROOT, true, limits)] : []),
    ...(wanted.includes('rumur') && hasC && isInstalled('rumur') ? [rumur(ROOT, 1, limits)] : []),
    ...(wanted.includes('tlc') && jar !== undefined && isInstalled('java') ? [tlc(ROOT, jar, 1, limits)] : []),
  ];
}

async function resultOf(c: Case, tools: readonly Tool[], rounds: number, work: string): Promise<Result> {
  const prepared = new Map<string, Prepared>();
  for (const tool of tools) {
    const ready = await tool.prepare(c, folderFor(work, tool, c));
    if (ready !== undefined) prepared.set(tool.name, ready);
  }
  const runs = new Map<string, Run[]>([...prepared.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { run }] of prepared) {
      const done = await run();
      runs.get(name)!.push(done);
      process.stderr.write(`${c.name}: ${name} ${done.seconds.toFixed(2)} s, ${done.distinct ?? '?'} states${done.complete ? '' : ', not complete'}\n`);
    }
  }
  return { c, runs, prepareSeconds: new Map([...prepared].map(([name, p]) => [name, p.prepareSeconds])) };
}

/** From the start of the process to its exit, on a spec of a thousand states: milliseconds. */
async function startUp(): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const { seconds, code, output } = await measure(process.execPath, ['dist/cli/main.js', 'check', 'bench/models/thousand.heddle'], ROOT, 60_000);
    if (code !== 0 || !output.includes('1,024 states')) throw new Error(`The spec of a thousand states gave ${code}:\n${output}`);
    times.push(1000 * seconds);
  }
  return times;
}

function commit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short=10', 'HEAD')}${git('status', '--porcelain', '--', 'src') === '' ? '' : ' with changes'}`;
}

async function main(): Promise<void> {
  const limits: Limits = { timeoutMs: 1000 * Number(options.limit), maxMemory: options['max-memory'], engine: options.engine };
  const tools = toolsOf(limits);
  const rounds = Number(options.runs);
  const cases = CASES.filter((c) => (options.only === undefined || c.name.includes(options.only)) && (!options.small || c.small === true));
  const work = mkdtempSync(join(tmpdir(), 'heddle-bench-'));
  const results: Result[] = [];
  try {
    for (const c of cases) results.push(await resultOf(c, tools, c.once === true ? 1 : rounds, work));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const starts = await startUp();
  const names = tools.map((tool) => tool.name);
  const wrong = mismatches(results);
  const page = [
    '# What was measured', '',
    'Made by `npm run bench` (see [README.md](README.md)). Seconds of wall time of the whole process, from start to exit; a ratio is the seconds of the other tool over those of',
    'Heddle with one worker. `+`: a limit ended the search. Bytes a state: peak memory of the process less 80 MB, over the states.', '',
    `${new Date().toISOString().slice(0, 10)}, commit ${commit()}, ${machine()}; medians of ${rounds} (async_cb deep: one run), engine ${options.engine}, limits ${options.limit} s and ${options['max-memory']}.`, '',
    resultTable(results, names), '',
    `C compiler, not counted above: ${compileNote(results) || 'none'}.`, '',
    `Start-up: a spec of 1,024 states in ${median(starts).toFixed(0)} ms (${Math.min(...starts).toFixed(0)} to ${Math.max(...starts).toFixed(0)}), from the start of the process to its exit.`, '',
    '## CPU seconds', '', 'User and system time of all threads; another load of the machine shows less in them.', '',
    cpuTable(results, names), '',
    ...(wrong.length === 0 ? [] : ['## Counts that differ', '', ...wrong.map((w) => `- ${w}`), '']),
  ].join('\n');
  if (options.print) process.stdout.write(page);
  else writeFileSync(join(ROOT, 'bench/RESULTS.md'), page);
  if (wrong.length > 0) {
    process.stderr.write(`Counts differ:\n${wrong.join('\n')}\n`);
    process.exitCode = 1;
  }
}

await main();
