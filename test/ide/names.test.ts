// Definition, references, highlight and rename: everything that begins at a name.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUILTINS } from '../../src/analysis/names.js';
import { positionAt } from '../../src/base/span.js';
import { GLOBAL_ERRORS, POOL_ERRORS } from '../../src/core/errors.js';
import { definitions, highlights, implementations, references, typeDefinitions } from '../../src/ide/navigate.js';
import { rename } from '../../src/ide/rename.js';
import { usesIn } from '../../src/ide/uses.js';
import { moduleOf } from '../../src/ide/world.js';
import { loaderWith } from '../support/check-spec.js';
import { edited, open, shown } from '../support/editor.js';
import { projectRoot } from '../support/samples.js';

const definition = (marked: string): readonly string[] => {
  const { world, file, offset } = open(marked);
  return definitions(world, file, offset).map(shown);
};

describe('definition', () => {
  test('of a shared variable, from half-written code below it', () => {
    expect(definition('var turn: 0..1 = 0\nprocess p {\n  await tu▮rn ==\n  turn :=\n}\n')).toEqual(['test.heddle 1:5 turn']);
  });
  test('of a field, through a map of references', () => {
    expect(definition('pool Cb[2] { refcnt: 0..3 = 1 }\nvar slot: [0..1 -> Cb?] = null\nprocess p { slot[0].ref▮cnt := 2 }')).toEqual(['test.heddle 1:14 refcnt']);
  });
  test('of a field that another file adds to a pool', () => {
    expect(definition('// a.heddle\npool Cb[2] { n: 0..3 = 1 }\n// b.heddle\nimport "./a"\nextend pool Cb { extra: bool = false }\nvar x: Cb? = null\nprocess p { await x.ex▮tra }')).toEqual(['b.heddle 2:18 extra']);
  });
  test('of a local hides that of a shared variable', () => {
    expect(definition('var x: 0..1 = 0\nprocess p {\n  var x: 0..1 = 1\n  await ▮x == 1\n}')).toEqual(['test.heddle 3:7 x']);
  });
  test('of a name bound by a quantifier', () => {
    expect(definition('var m: [0..1 -> bool] = false\ninvariant I = forall i in 0..1: m[▮i]')).toEqual(['test.heddle 2:22 i']);
  });
  test('of a label, from a goto and from `at`', () => {
    const spec = 'var x: 0..1 = 0\nprocess p(i in 0..1) {\n  again: x := 1\n  goto ag▮ain\n}\ninvariant I = !at(p[0], again)';
    expect(definition(spec)).toEqual(['test.heddle 3:3 again']);
    expect(definition(spec.replace('▮', '').replace(/again\)$/, 'aga▮in)'))).toEqual(['test.heddle 3:3 again']);
  });
  test('of a label in a procedure that the process calls', () => {
    expect(definition('var x: 0..1 = 0\nprocedure f() { here: x := 1 }\nprocedure g() { here: x := 0 }\nprocess p { f() }\nprocess q { g() }\ninvariant I = !at(q, he▮re)')).toEqual(['test.heddle 3:17 here']);
  });
  test('of a procedure of the library, and of the library itself', () => {
    expect(definition('import "kernel/refcount"\nvar r: Refcount = 1\nprocess p { refcount_▮inc(r) }')).toEqual([expect.stringMatching(/^lib\/kernel\/refcount.heddle \d+:18 refcount_inc$/)]);
    expect(definition('import "kernel/ref▮count"')).toEqual(['lib/kernel/refcount.heddle 1:1']);
  });
  test('of a member that two enums have is the one that fits', () => {
    expect(definition('enum A { OK, BAD }\nenum B { BUSY, OK }\nvar b: B = BUSY\ninvariant I = b != O▮K')).toEqual(['test.heddle 1:10 OK']);
  });
  test('of a prefix and of what stands behind it', () => {
    const spec = (n: string): string => `// a.heddle\nvar x: 0..1 = 0\n// b.heddle\nimport "./a" as m\ninvariant I = ${n} == 0`;
    expect(definition(spec('m.▮x'))).toEqual(['a.heddle 1:5 x']);
    expect(definition(spec('▮m.x'))).toEqual(['b.heddle 1:17 m']);
  });
  test('of the type of a variable', () => {
    const { world, file, offset } = open('enum State { A, B }\nvar s: [0..1 -> State] = A\nprocess p { ▮s[0] := B }');
    expect(typeDefinitions(world, file, offset).map(shown)).toEqual(['test.heddle 1:6 State']);
  });
  test('of an abstract procedure leads to what gives it', () => {
    const { world, file, offset } = open('// harness.heddle\nabstract procedure op()\nprocess p { ▮op() }\n// spec.heddle\nimport "./harness"\nprocedure op() { skip }');
    expect(implementations(world, file, offset).map(shown)).toEqual(['spec.heddle 2:11 op']);
  });
});

describe('references', () => {
  test('go across files, and know what is written', () => {
    const { world, file, offset } = open('// a.heddle\nvar ▮x: 0..3 = 0\n// b.heddle\nimport "./a"\nprocess p { x := x + 1 }');
    expect(references(world, file, offset).map((r) => `${shown(r)} ${r.access}`)).toEqual(['a.heddle 1:5 x declare', 'b.heddle 2:13 x write', 'b.heddle 2:18 x read']);
  });
  test('of an abstract procedure include what gives it', () => {
    const { world, file, offset } = open('// harness.heddle\nabstract procedure op()\nprocess p { op() }\n// spec.heddle\nimport "./harness"\nprocedure ▮op() { skip }');
    expect(references(world, file, offset)).toHaveLength(3);
  });
  test('of a context include the parameters that bind it', () => {
    const { world, file, offset } = open('context ▮cpu: 0..1\nvar b: [0..1 -> bool] = false\nprocedure f() { b[cpu] := true }\nprocess p(cpu in 0..1) { f() }');
    expect(references(world, file, offset).map(shown)).toEqual(['test.heddle 1:9 cpu', 'test.heddle 3:19 cpu', 'test.heddle 4:11 cpu']);
  });
  test('in one file only for a highlight', () => {
    const { world, file, offset } = open('// a.heddle\nvar x: 0..3 = 0\n// b.heddle\nimport "./a"\nprocess p { ▮x := x + 1 }');
    expect(highlights(world, file, offset).map((r) => r.access)).toEqual(['write', 'read']);
  });
});

const renamed = (marked: string, name: string): string | readonly string[] => {
  const { world, file, offset } = open(marked);
  const result = rename(world, file, offset, name);
  return 'refusal' in result ? result.refusal : result.files.map((f) => edited(f.file, f.edits));
};

describe('rename', () => {
  test('changes every file', () => {
    expect(renamed('// a.heddle\nvar ▮x: 0..3 = 0\n// b.heddle\nimport "./a"\nprocess p { x := x + 1 }', 'count_')).toEqual([
      'var count_: 0..3 = 0\n', 'import "./a"\nprocess p { count_ := count_ + 1 }',
    ]);
  });
  test('of a field leaves fields of that name in other records alone', () => {
    expect(renamed('record A { ▮f: bool = true }\nrecord B { f: bool = true }\nvar a: A = A { f: true }\nvar b: B = B { f: false }\ninvariant I = a.f && b.f', 'g')).toEqual([
      'record A { g: bool = true }\nrecord B { f: bool = true }\nvar a: A = A { g: true }\nvar b: B = B { f: false }\ninvariant I = a.g && b.f',
    ]);
  });
  test('of a label goes along to `goto` and `at`', () => {
    expect(renamed('var x: 0..1 = 0\nprocess p { ▮a: x := 1 goto a }\ninvariant I = !at(p, a)', 'start')).toEqual(['var x: 0..1 = 0\nprocess p { start: x := 1 goto start }\ninvariant I = !at(p, start)']);
  });
  test('of a property goes along to `expect` and `only`', () => {
    expect(renamed('var x: 0..1 = 0\ninvariant ▮I = x == 0\ncheck c { only I expect I holds }', 'Zero')).toEqual(['var x: 0..1 = 0\ninvariant Zero = x == 0\ncheck c { only Zero expect Zero holds }']);
  });
  test('of what two modules have leaves what is named behind a prefix alone, and of the prefix changes it', () => {
    const spec = (own: string, prefix: string): string =>
      `// a.heddle\nconst N: 0..3 = 1\nvar x: 0..N = 0\ninvariant I = x < 2\n// b.heddle\nimport "./a" as ${prefix}\nconst ${own}: 0..3 = 2\ninvariant I = N == 2\ncheck c { m.N = 3 N = 1 only m.I, I }\nexpect m.I violated`;
    const after = spec('N', 'm').replace(/^[\s\S]*b.heddle\n/, '');
    expect(renamed(spec('▮N', 'm'), 'K')).toEqual([after.replace('const N', 'const K').replace('= N', '= K').replace(' N = 1', ' K = 1')]);
    expect(renamed(spec('N', 'm▮'), 'k')).toEqual([after.replace('as m', 'as k').replaceAll('m.', 'k.')]);
  });
  test('of an assertion of `init`', () => {
    expect(renamed('var x: 0..1 = 0\ninit { assert x == 0 as Z▮ero }\nexpect Zero holds', 'Nil')).toEqual(['var x: 0..1 = 0\ninit { assert x == 0 as Nil }\nexpect Nil holds']);
  });
  test('is refused where a local would capture the name', () => {
    expect(renamed('var ▮x: 0..1 = 0\nprocess p {\n  var y: 0..1 = 0\n  x := y\n}', 'y')).toBe("Called 'y', 'x' in line 4 of test.heddle would mean something else.");
  });
  test('is refused where it would hide another name', () => {
    expect(renamed('var x: 0..1 = 0\nprocess p {\n  var ▮y: 0..1 = 0\n  x := y\n}', 'x')).toBe("Called 'x', 'x' in line 4 of test.heddle would mean something else.");
  });
  test('is refused where the name is declared already', () => {
    expect(renamed('var ▮x: 0..1 = 0\nvar y: 0..1 = 0', 'y')).toMatch(/^Called 'y', /);
    expect(renamed('check ▮a { }\ncheck b { }', 'b')).toMatch(/^Called 'b', it would be declared twice/);
  });
  test('is refused for the library, for words and for what is no name', () => {
    expect(renamed('import "kernel/refcount"\nvar r: Ref▮count = 1', 'R')).toMatch("'Refcount' belongs to the library");
    expect(renamed('var ▮x: bool = true', 'while')).toBe("'while' is a word of the language.");
    expect(renamed('var ▮x: bool = true', '1x')).toMatch("'1x' is no name");
    expect(renamed('// ▮nothing\nvar x: bool = true', 'y')).toBe('No name that could be renamed stands here.');
  });
});

test('every name in the specs and the library means something, but for built-in ones', () => {
  const loader = loaderWith();
  const all = ['specs', 'lib'].flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.heddle')).map((f) => join(folder, f)));
  const world = { stamp: 0, load: loader.load, files: () => all.map((f) => loader.open(f)), isReadOnly: () => false };
  const builtin: ReadonlySet<string> = new Set(['bool', 'pid', 'deadlock', ...BUILTINS, ...GLOBAL_ERRORS, ...POOL_ERRORS]);
  const unknown = all.flatMap((f) => {
    const module = moduleOf(loader.open(f));
    return usesIn(world, module).list.flatMap((u) => {
      const text = module.source.text.slice(u.span.start, u.span.end);
      return u.symbols.length > 0 || builtin.has(text) ? [] : [`${f}:${positionAt(module.source, u.span.start).line} ${text}`];
    });
  });
  expect(unknown).toEqual([]);
});
