// Specs typed character by character, and specs with parts torn out: whatever stands there, every request is answered, and within the text.
// HEDDLE_FUZZ=N asks N times as often. A failure prints the text; HEDDLE_SEED repeats a run.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { LIBRARY, worldOf } from '../support/editor.js';
import { askEverything } from '../support/every-request.js';
import { projectRoot } from '../support/samples.js';

const TIMES = Number(process.env['HEDDLE_FUZZ'] ?? '1');
const SEED = Number(process.env['HEDDLE_SEED'] ?? String(Date.now() % 1_000_000));

/** Mulberry32 (Tommy Ettinger, 2017): enough for choosing places. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function ask(name: string, text: string, offset: number, others: readonly (readonly [string, string])[] = []): void {
  const world = worldOf([...others, [name, text]]);
  try {
    askEverything(world, world.get(`/w/${name}`)!, offset);
  } catch (error) {
    throw new Error(`seed ${SEED}, cursor at ${offset} of:\n${text.slice(0, offset)}▮${text.slice(offset)}`, { cause: error });
  }
}

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

/** A budget for each part, so that a slow machine asks less instead of longer. */
const within = (ms: number, action: (i: number) => void, most = Infinity): void => {
  const begun = performance.now();
  for (let i = 0; i < most && performance.now() - begun < ms * TIMES; i++) action(i);
};

const KITCHEN = `/// All kinds of things.
spec kitchen
import "kernel/refcount"
const N: 1..3 = 2
enum State { IDLE, BUSY }
record Msg { from: 0..1 = 0, kind: State = IDLE }
pool Cb[N] noleak { refs: Refcount = 1, next: Cb? = null }
var slot: [0..1 -> Cb?] = null
var queue: seq of Msg max 2 = <<>>
ghost var seen: set of State = {}
context cpu: 0..1
def busy(s: State): bool = s == BUSY
macro twice(x) { x := 1 - x }
atomic procedure get(c: Cb): bool { if c.refs == 0 { return false } c.refs := c.refs + 1 return true }
procedure work(i: 0..1, inout out: Msg) {
  var c: Cb?
  again: c := new? Cb { refs: 1 }
  if c == null { goto again } else if c.refs == 1 { free c }
  with s in {IDLE, BUSY} { out.kind := s }
  seen := seen union {IDLE}
}
fair process task(cpu in 0..1) {
  var m: Msg = Msg { from: 1 }
  loop { idle:- rest until len(queue) == 0 either { work(cpu, m) } or { queue := append(queue, m) } }
}
invariant Small = forall c in Cb: c.refs <= N && (exists i in 0..1: slot[i] == c) => !busy(m_of().kind)
def m_of(): Msg = Msg { kind: IDLE }
property Live = always (at(task[0], idle) ~> done(task[1]))
check small { N = 1 only Small, deadlock expect Small holds }
`;

describe(`seed ${SEED}`, () => {
  test('a spec that is typed is answered for at every character', () => {
    const random = randomFrom(SEED);
    const text = KITCHEN;
    // Every prefix would take half a minute: each run begins elsewhere and takes steps of a few characters.
    let end = Math.floor(random() * 8);
    within(6000, () => {
      ask('test.heddle', text.slice(0, end), end);
      end += 1 + Math.floor(random() * (TIMES > 1 ? 2 : 12));
      if (end > text.length) end = Math.floor(random() * 8);
    });
  });

  test('a character typed in the middle is answered for', () => {
    const random = randomFrom(SEED + 1);
    const texts = ['specs/classic/twophase.heddle', 'specs/classic/buffer.heddle', 'lib/kernel/rcu.heddle'].map(read).concat(KITCHEN);
    const typed = ['.', '(', '{', '}', ')', '"', ':', '//', ' x', ';', '[', '<<', '\n', 'var ', "'", '::', '=', '\\', '🧵', '\r\n'];
    within(3000, () => {
      const text = texts[Math.floor(random() * texts.length)]!;
      const at = Math.floor(random() * text.length);
      const more = typed[Math.floor(random() * typed.length)]!;
      ask('test.heddle', text.slice(0, at) + more + text.slice(at), at + more.length);
    });
  });

  test('a spec with a part torn out is answered for, its importers too', () => {
    const random = randomFrom(SEED + 2);
    const files = ['model', 'harness', 'v1'].map((n): readonly [string, string] => [`${n}.heddle`, read(`specs/async_cb/${n}.heddle`)]);
    within(4000, () => {
      const torn = Math.floor(random() * files.length);
      const [name, text] = files[torn]!;
      const start = Math.floor(random() * text.length);
      const end = Math.min(text.length, start + Math.floor(random() ** 3 * 2000));
      const changed = text.slice(0, start) + text.slice(end);
      const others = files.filter((_, i) => i !== torn);
      ask(name, changed, start, others);
    });
  });

  test('the library is answered for as it is', () => {
    const random = randomFrom(SEED + 3);
    const names = ['rcu', 'hrtimer', 'refcount', 'cpu'];
    for (const name of names) {
      const text = readFileSync(`${LIBRARY}/kernel/${name}.heddle`, 'utf8');
      ask(`${name}.heddle`, text, Math.floor(random() * text.length));
    }
  });
});
