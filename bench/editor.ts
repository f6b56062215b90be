// `npx tsx bench/editor.ts`: what one waits for in an editor, in specs of 1,000 and of 10,000 lines with imports. Every measurement is
// made after an edit, so that nothing of the edited text is known from before. Prints a table for bench/EDITOR.md.
//
//   --rounds N (60)   --lines 1000,10000

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { SourceFile } from '../src/base/span.js';
import { complete } from '../src/ide/complete.js';
import { diagnose } from '../src/ide/diagnose.js';
import { rename } from '../src/ide/rename.js';
import { semanticTokens } from '../src/ide/semantic-tokens.js';
import { Texts } from '../src/ide/texts.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '60' }, lines: { type: 'string', default: '1000,10000' } } });
const LIBRARY = fileURLToPath(new URL('../lib', import.meta.url)).replaceAll('\\', '/');
const WARM_UP = 10;
/** Of one row; what takes long is measured less often. */
const MOST_MS = 30_000;
const FEWEST = 5;

/** A spec of about so many lines: procedures that look alike, called one after the other. */
function specOf(lines: number): string {
  const procedures = Math.round((lines - 12) / 16);
  const head = ['import "kernel/refcount"', 'import "kernel/atomic"', 'import "./types"', 'spec large', '', 'var slot: [Slot -> 0..3] = 0', 'var refs: [Slot -> Refcount] = 1', ''];
  const body = Array.from({ length: procedures }, (_, i) => [
    `/// What step ${i} does.`,
    `procedure work${i}(a: 0..3, s: Slot): 0..3 {`,
    '  var seen: 0..3',
    '  var ok: bool',
    '  seen := slot[s]',
    '  if seen > a {',
    '    slot[s] := seen - 1',
    '    seen := cmpxchg(slot[s], 1, 2)',
    '  } else {',
    '    await slot[s] == 0',
    '    ok := refcount_inc_not_zero(refs[s])',
    '  }',
    '  return seen',
    '}',
    '',
  ]);
  const calls = Array.from({ length: procedures }, (_, i) => `  left := work${i}(left, i)`);
  return [...head, ...body.flat(), 'process task(i in Slot) {', '  var left: 0..3', ...calls, '}', '', 'invariant Small = forall s in Slot: slot[s] < 4', ''].join('\n');
}

/** Milliseconds: what one waits, and what the processor works, which a busy machine does not make longer. */
interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

type Times = Readonly<Record<keyof Sample, { readonly median: number; readonly p99: number }>>;

function timesOf(samples: readonly Sample[]): Times {
  const of = (key: keyof Sample): Times['wall'] => {
    const sorted = samples.map((s) => s[key]).sort((a, b) => a - b);
    return { median: sorted[Math.floor(sorted.length / 2)]!, p99: sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))]! };
  };
  return { wall: of('wall'), cpu: of('cpu') };
}

const now = (): Sample => {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1000 };
};

function measure(rounds: number, edit: (round: number) => SourceFile, action: (file: SourceFile) => void, isWhole: boolean): Times {
  const samples: Sample[] = [];
  const start = performance.now();
  for (let round = 0; round < rounds + WARM_UP; round++) {
    if (performance.now() - start > MOST_MS && samples.length >= FEWEST) break;
    let begun = now();
    const file = edit(round);
    // What the keystroke itself cost is counted once, in its own row.
    if (!isWhole) {
      semanticTokens(world, file);
      begun = now();
    }
    action(file);
    const ended = now();
    if (round >= WARM_UP || performance.now() - start > MOST_MS) samples.push({ wall: ended.wall - begun.wall, cpu: ended.cpu - begun.cpu });
  }
  return timesOf(samples);
}

const world = new Texts(
  {
    read: (path) => (path.startsWith(LIBRARY) ? readFileSync(path, 'utf8') : undefined),
    filesUnder: (folder) => (folder === LIBRARY ? readdirSync(`${folder}/kernel`).map((f) => `${folder}/kernel/${f}`) : []),
  },
  LIBRARY,
);
world.setFolders(['/w']);
world.set('/w/types.heddle', 'type Slot = 0..1\n');

console.log(['| what | lines | median, ms | 99th percentile, ms | median of CPU, ms | 99th percentile of CPU, ms |', '| --- | --- | --- | --- | --- | --- |'].join('\n'));
for (const lines of values.lines.split(',').map(Number)) {
  const text = specOf(lines);
  // Somewhere in the middle: a name is typed letter by letter.
  const at = text.indexOf('seen := slot[s]', text.length / 2) + 'seen := '.length;
  const typed = 'slotslotslotslotslot';
  const edit = (round: number): SourceFile => {
    const part = typed.slice(0, (round % typed.length) + 1);
    return world.set('/w/large.heddle', `${text.slice(0, at)}${part}${text.slice(at + 4)}`);
  };
  const whole = (round: number): SourceFile => world.set('/w/large.heddle', `${text}// ${round}\n`);
  const rounds = lines > 5000 ? Math.ceil(Number(values.rounds) / 3) : Number(values.rounds);
  const row = (what: string, t: Times): void =>
    console.log(`| ${what} | ${text.split('\n').length - 1} | ${t.wall.median.toFixed(1)} | ${t.wall.p99.toFixed(1)} | ${t.cpu.median.toFixed(1)} | ${t.cpu.p99.toFixed(1)} |`);
  row('keystroke: read, names, colours', measure(rounds, edit, (f) => semanticTokens(world, f), true));
  row('completion', measure(rounds, edit, (f) => complete(world, f, at + 2), false));
  row('diagnostics of the analysis', measure(rounds, edit, (f) => diagnose(world, f, false), false));
  // A spec as large as the second is not lowered in the server.
  if (lines < 5000) row('diagnostics of lowering too', measure(Math.ceil(rounds / 4), whole, (f) => diagnose(world, f, true), false));
  row('rename of a shared variable', measure(Math.ceil(rounds / 4), whole, (f) => {
    if ('refusal' in rename(world, f, f.text.indexOf('slot:'), 'place')) throw new Error('the rename was refused');
  }, false));
}
