// What `heddle export` writes, without running the tools it is for: every spec is written or refused with a reason, names are declared once,
// actions say what becomes of every variable; and Spin and gcc read the Promela without a warning.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.js';
import { compile } from '../../src/compile.js';
import { promelaFile } from '../../src/export/promela/file.js';
import { tlaOf } from '../../src/export/tla/module.js';
import { Unsupported } from '../../src/export/unsupported.js';
import type { Model } from '../../src/model/model.js';
import { loaderWith } from '../support/check-spec.js';

const modelOf = (text: string): Model => compile({ entry: { path: 'test.heddle', text }, loader: loaderWith() }).model!;

/** The first check of every spec in the folders, compiled. */
function models(...folders: readonly string[]): readonly { readonly file: string; readonly model: Model }[] {
  const loader = loaderWith();
  return folders.flatMap((folder) =>
    readdirSync(folder).filter((f) => f.endsWith('.heddle')).sort().flatMap((name) => {
      const file = `${folder}/${name}`;
      const analysis = analyse({ entry: loader.open(file), loader });
      const check = analysis.checks.find((c) => !c.manual);
      const { model } = compile({ entry: loader.open(file), loader, ...(check === undefined ? {} : { check: check.name }) });
      return model === undefined ? [] : [{ file, model }];
    }),
  );
}

const specs = models('specs/classic', 'specs/kernel');

describe.each(specs)('$file in TLA+', ({ model }) => {
  const written = ((): ReturnType<typeof tlaOf> | undefined => {
    try {
      return tlaOf(model, []);
    } catch (error) {
      if (error instanceof Unsupported) return undefined;
      throw error;
    }
  })();
  const text = written?.text ?? '';

  test('every name is declared once', () => {
    const declared = [...text.matchAll(/^(\w+)(?:\([^)]*\))? ==/gm), ...text.matchAll(/^ {2}(\w+),? +\\\*/gm)].map((m) => m[1]!);
    expect(declared.filter((name, i) => declared.indexOf(name) !== i)).toEqual([]);
  });

  test('brackets close', () => {
    const code = text.replace(/\\\*.*/g, '').replace(/"[^"]*"/g, '');
    for (const [open, close] of [['(', ')'], ['[', ']'], ['{', '}'], ['<<', '>>']] as const) expect(code.split(open).length).toBe(code.split(close).length);
  });

  test('every way through an action says what becomes of every variable', () => {
    const variables = /^vars == <<(.*)>>$/m.exec(text)?.[1]?.split(', ') ?? [];
    for (const [, body] of text.matchAll(/^\w+(?:\(\w+\))? ==\n((?: {2}.*\n)+)/gm)) {
      if (!/'/.test(body!)) continue;
      // A way ends with its UNCHANGED, and its assignments stand right before it.
      let assigned = new Set<string>();
      for (const line of body!.split('\n')) {
        const set = /\/\\ (\w+)' = /.exec(line)?.[1];
        if (set !== undefined) assigned.add(set);
        const same = /UNCHANGED (?:<<(.*)>>|(\w+))/.exec(line);
        if (same === null) continue;
        const all = [...assigned, ...(same[1]?.split(', ') ?? [same[2]!])];
        expect([...all].sort()).toEqual([...variables].sort());
        assigned = new Set();
      }
    }
  });

  test('its configuration names what it defines', () => {
    for (const property of written?.properties ?? []) if (property.name !== undefined) expect(text).toMatch(new RegExp(`^${property.name} ==`, 'm'));
  });
});

test('most specs can be written in TLA+', () => {
  const refused = specs.filter(({ model }) => {
    try {
      tlaOf(model, []);
      return false;
    } catch (error) {
      if (error instanceof Unsupported) return true;
      throw error;
    }
  });
  expect(refused.length).toBeLessThan(specs.length / 4);
});

test('a name that TLA+ reserves is renamed, and the module says so', () => {
  const { text } = tlaOf(modelOf('var UNION: 0..3 = 0\nprocess p {\n  UNION := 1\n}\n'), []);
  expect(text).toContain('\\* UNION_ is UNION in the spec.');
  expect(text).toContain("/\\ UNION_' = 1");
});

test('TLA+ owes what the model owes: nothing to labels of a process that is not fair, one action to the copies of a label, weak fairness to what has begun', () => {
  const owed = (text: string): readonly string[] => tlaOf(modelOf(`var x: 0..1 = 0\n${text}`), []).text.split('\n').filter((line) => /[WS]F_vars/.test(line)).map((line) => line.slice(5));
  expect(owed('process p { skip a:+ x := 1 }')).toEqual([]);
  expect(owed('procedure f() { skip a:+ x := 1 }\nfair process p { x := 0 f() f() }')).toEqual(['WF_vars(p)', 'SF_vars(a \\/ a_2)']);
  expect(owed('process t { x := 1 }\nfair+ process tick interrupts t { b: await x == 0 x := 1 c: x := 0 d:- x := 1 }')).toEqual(['SF_vars(b)', 'WF_vars(pc_tick \\notin {"b", "d"} /\\ tick)']);
});

test('what can err only where some element has a property stands behind that, in TLA+', () => {
  const text = 'var full: [0..1 -> bool] = false\nvar n: 0..3 = 0\nprocess p {\n  atomic { await exists c in 0..1: full[c]  with c in 0..1 { n := n + c } }\n}\n';
  expect(tlaOf(modelOf(text), []).text).not.toMatch(/\\E \w+ \\in [^:()]* : [^:()]* : /);
});

test('in TLA+, a temporal formula has no constant part, no equivalence, and no set of the state', () => {
  const text = 'const N: 0..1 = 0\nvar x: 0..1 = 0\nvar q: set of 0..1 = {}\nprocess p {\n  x := 1\n  q := {1}\n}\n';
  const said = (formula: string): string => /^P == (.*)$/m.exec(tlaOf(modelOf(`${text}property P = ${formula}\n`), []).text)![1]!;
  expect(said('(N == 0 || (always x == 0)) && (N == 1 || (eventually x == 1))')).toBe('<>(x = 1)');
  expect(said('forall i in {j in 0..1: j > N + 1}: always x == i')).toBe('TRUE');
  expect(said('forall i in 0..1: i == N || (eventually x == i)')).toBe('<>(x = 1)');
  expect(said('forall i in 0..1: eventually x == i')).toBe('\\A i \\in 0..1 : <>(x = i)');
  expect(said('always (forall i in q: eventually x == i)')).toBe('[](\\A i \\in 0..1 : i \\in q => <>(x = i))');
  expect(said('always (x == 0 until x == 1)')).toBe('[](x = 0 \\/ x = 1) /\\ [](<>(x = 1))');
  expect(said('(always x == 0) <=> (always x == 1)')).toBe('([](x = 0) => [](x = 1)) /\\ ([](x = 1) => [](x = 0))');
});

test('a property with `until` that TLA+ cannot say is left out, and the module says why', () => {
  const module = tlaOf(modelOf('var x: 0..1 = 0\nprocess p { x := 1 }\nproperty P = x == 0 until x == 1\n'), []);
  expect(module.properties.filter((p) => p.unsupported !== undefined)).toHaveLength(1);
  expect(module.text).toContain('\\* P is not here: TLA+ has no `until`, and without a further variable nothing else says what this one does; Heddle and Spin check it.');
});

test('a name that Promela reserves is renamed', () => {
  const { text } = promelaFile(modelOf('var len: 0..3 = 0\nprocess p {\n  len := 1\n}\n'), { file: 'test.heddle', check: 'default', version: '0' });
  expect(text).toContain('byte len_2;');
});

test('what is too large to be written out is refused with a reason', () => {
  const model = modelOf('var x: 0..5000 = 0\nprocess p {\n  with n in 0..5000 { x := n }\n}\n');
  expect(() => promelaFile(model, { file: 'test.heddle', check: 'default', version: '0' })).toThrow('too many to be written out');
});

test('a variable that is only written, at an index with brackets of its own, stays in the state', () => {
  const model = modelOf('var at: [0..1 -> 0..1] = 0\nvar hit: [0..1 -> bool] = false\nprocess p(i in 0..1) {\n  at[i] := 1\n  atomic { hit[at[i]] := true }\n}\n');
  expect(promelaFile(model, { file: 'test.heddle', check: 'default', version: '0' }).text).toContain(':: false && (hit[0] == 0)');
});

test('the least number is written as a difference: neither Spin nor TLC reads 2147483648', () => {
  const model = modelOf('var x: -2147483648..0 = -2147483648\nprocess p { x := 0 x := -2147483648 }\ninvariant I = x != -2147483648\n');
  const { text } = promelaFile(model, { file: 'test.heddle', check: 'default', version: '0' });
  expect(text).toContain('int x = (-2147483647 - 1);');
  expect(text).toContain('#define I (x != (-2147483647 - 1))');
  const module = tlaOf(model, []).text;
  expect(module).toContain('x \\in (-2147483647 - 1)..0');
  expect(module.split('\n').filter((line) => line.includes('2147483648') && !line.includes('\\*'))).toEqual([]);
});

const missing = ['spin', 'gcc'].filter((program) => spawnSync(program, [program === 'spin' ? '-V' : '--version']).error !== undefined);
if (missing.length > 0) console.warn(`SKIPPED: exported Promela is not compiled, because ${missing.join(' and ')} cannot be run.`);

describe.skipIf(missing.length > 0)('Promela', () => {
  test.each(specs.filter((_, i) => i % 4 === 0))('Spin and gcc read $file without a word', { timeout: 60_000 }, ({ model }) => {
    const folder = mkdtempSync(join(tmpdir(), 'heddle-promela-'));
    try {
      const { name, text } = promelaFile(model, { file: 'x.heddle', check: 'default', version: '0' });
      writeFileSync(join(folder, name), text);
      const spin = spawnSync('spin', ['-a', name], { cwd: folder, encoding: 'utf8' });
      expect(`${spin.stdout}${spin.stderr}`).toBe('');
      const gcc = spawnSync('gcc', ['-O0', '-DSAFETY', '-DNOREDUCE', '-DNOCLAIM', '-o', 'pan', 'pan.c'], { cwd: folder, encoding: 'utf8' });
      expect(`${gcc.stdout}${gcc.stderr}`).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
