// Hover, completion, signature help, outlines, call hierarchy, colours, folding, selection, hints, links, lenses, diagnostics.

import { describe, expect, test } from 'vitest';
import { complete } from '../../src/ide/complete.js';
import { diagnose } from '../../src/ide/diagnose.js';
import { hints } from '../../src/ide/hints.js';
import { hover } from '../../src/ide/hover.js';
import { callRoot, incomingCalls, outgoingCalls, outline, workspaceSymbols, type OutlineItem } from '../../src/ide/outline.js';
import { semanticTokens } from '../../src/ide/semantic-tokens.js';
import { signatureHelp } from '../../src/ide/signature-help.js';
import { folds, lenses, links, selections } from '../../src/ide/structure.js';
import { open, shown } from '../support/editor.js';

const hoverText = (marked: string): string => {
  const { world, file, offset } = open(marked);
  const found = hover(world, file, offset);
  return found === undefined ? '' : [found.code, ...found.text].join('\n');
};

describe('hover', () => {
  test('shows the type as the constants make it, and its bits', () => {
    expect(hoverText('const N: 1..8 = 5\n/// Who is next.\nvar tu▮rn: 0..N = 0')).toBe('var turn: 0..N = 0\nvariable of type `0..5`, 3 bits\nWho is next.');
  });
  test('shows inferred types of locals, in half-written code too', () => {
    expect(hoverText('enum E { A, B }\nvar e: E = A\nprocess p {\n  var seen = A\n  ▮seen := e\n}\nprocess q { e := }')).toBe('var seen = A\nlocal variable of type `E`, 1 bit');
  });
  test('shows the value of a constant', () => {
    expect(hoverText('const N: 1..8 = 2 + 3\nvar x: 0..▮N = 0')).toContain('value `5`');
  });
  test('shows the value of the constant that is meant, in every instance', () => {
    const module = '// a.heddle\nconst K: 0..3\nconst N: 0..3 = K\n// b.heddle\nimport "./a" as m with K = 1\nimport "./a" as n with K = 3\nconst N: 0..3 = 2\nvar x: 0..3 = ';
    expect(hoverText(`${module}m.▮N`)).toContain('value `1` or `3`');
    expect(hoverText(`${module}▮N`)).toContain('value `2`');
  });
  test('shows what the step of a label reads and writes', () => {
    expect(hoverText('var x: 0..1 = 0\nvar y: 0..1 = 0\nprocess p {\n  co▮py: atomic {\n    await y == 0\n    x := y\n  }\n}')).toBe('label copy of p\nA step of `p` that may wait: reads `y`; writes `x`.');
  });
  test('shows the step of a label in a file that a spec imports', () => {
    expect(hoverText('// ops.heddle\nvar x: 0..1 = 0\nprocedure op() { se▮t: x := 1 }\n// spec.heddle\nimport "./ops"\nprocess p { op() }')).toContain('A step of `p`: reads nothing shared; writes `x`.');
  });
  test('shows the comment behind a field', () => {
    expect(hoverText('pool Cb[2] {\n  ref▮cnt: 0..4 = 1      // since R1.4\n}\nvar c: Cb? = null\nprocess p { c := new? Cb {} }')).toBe('Cb.refcnt: 0..4 = 1\nfield of type `0..4`, 3 bits\nsince R1.4');
  });
  test('explains words and built-in functions, but not in comments', () => {
    expect(hoverText('var x: 0..1 = 0\nprocess p { re▮st until x == 1 }')).toContain('counts as done');
    expect(hoverText('var x: 0..1 = 0\nprocess p { x := xch▮g(x, 1) }')).toContain('One step');
    expect(hoverText('// re▮st')).toBe('');
  });
});

const labelsAt = (marked: string): readonly string[] => {
  const { world, file, offset } = open(marked);
  return [...complete(world, file, offset).items].sort((a, b) => a.rank - b.rank).map((i) => i.label);
};

describe('completion', () => {
  test('after a dot gives the fields, whatever is half-written around it', () => {
    expect(labelsAt('pool Cb[2] { refcnt: 0..3 = 1, state: bool = true }\nvar slot: [0..1 -> Cb?] = null\nprocess p(i in 0..1) {\n  await slot[i].▮\n  slot[i] := null\n}')).toEqual(['refcnt', 'state']);
    expect(labelsAt('record R { a: bool = true }\nvar m: [0..1 -> R] = R { }\ninvariant I = forall r in {R { }}: r.▮')).toEqual([]);
    expect(labelsAt('record R { a: bool = true }\nvar s: set of R = {}\ninvariant I = forall r in s: r.▮')).toEqual(['a']);
  });
  test('after a prefix gives the module', () => {
    expect(labelsAt('// a.heddle\nvar x: 0..1 = 0\ndef f(): bool = true\n// b.heddle\nimport "./a" as m\ninvariant I = m.▮')).toEqual(['x', 'f']);
  });
  test('puts members of the enum on the other side first', () => {
    const found = labelsAt('enum E { RED, BLUE }\nenum F { OTHER }\nvar e: E = RED\nprocess p {\n  e := ▮\n}');
    expect(found.slice(0, 2)).toEqual(['RED', 'BLUE']);
    expect(labelsAt('enum E { RED, BLUE }\nvar e: E = RED\ninvariant I = e == ▮').slice(0, 2)).toEqual(['RED', 'BLUE']);
  });
  test('in a statement offers places, calls and statements, but no invariant', () => {
    const found = labelsAt('var x: 0..1 = 0\nprocedure f(a: 0..1) { skip }\ninvariant I = x == 0\nprocess p {\n  var mine: bool = true\n  ▮\n}');
    expect(found.slice(0, 1)).toEqual(['mine']);
    expect(found).toEqual(expect.arrayContaining(['x', 'f', 'await', 'either']));
    expect(found).not.toContain('I');
    expect(found).not.toContain('invariant');
  });
  test('at the top offers declarations', () => {
    expect(labelsAt('var x: 0..1 = 0\n▮')).toEqual(expect.arrayContaining(['process', 'invariant', 'check']));
  });
  test('where a type stands offers types', () => {
    const found = labelsAt('enum State { A }\npool Cb[1] { n: bool = true }\nvar x: 0..1 = 0\nvar y: ▮');
    expect(found).toEqual(expect.arrayContaining(['State', 'Cb', 'bool']));
    expect(found).not.toContain('x');
    expect(labelsAt('enum State { A }\nprocedure f(a: S▮) { skip }')).toContain('State');
  });
  test('of labels after `goto` and in `at`', () => {
    expect(labelsAt('var x: 0..1 = 0\nprocess p {\n  one: x := 1\n  two: x := 0\n  goto ▮\n}')).toEqual(['one', 'two']);
    expect(labelsAt('var x: 0..1 = 0\nprocess p(i in 0..1) { one: x := 1 two: x := 0 }\ninvariant I = !at(p[0], ▮)')).toEqual(['one', 'two']);
  });
  test('of properties and built-in checks after `expect`', () => {
    const found = labelsAt('pool Cb[1] { n: bool = true }\nvar x: 0..1 = 0\ninvariant Small = x == 0\nexpect ▮');
    expect(found).toEqual(expect.arrayContaining(['Small', 'deadlock', 'Cb.use_after_free']));
    expect(labelsAt('var x: 0..1 = 0\ninvariant I = x == 0\nexpect I ▮')).toEqual(['violated', 'holds']);
  });
  test('of fields in a literal leaves out those that are given', () => {
    expect(labelsAt('pool Cb[2] { a: bool = true, b: bool = true }\nvar c: Cb? = null\nprocess p { c := new Cb { a: true, ▮ } }')).toEqual(['b']);
  });
  test('of module paths in an import', () => {
    const { world, file, offset } = open('// a.heddle\nvar x: 0..1 = 0\n// b.heddle\nimport "ker▮"');
    const { items, span } = complete(world, file, offset);
    expect(items.map((i) => i.label)).toEqual(expect.arrayContaining(['./a', 'kernel/rcu']));
    expect(file.text.slice(span.start, span.end)).toBe('ker');
  });
  test('gives nothing in comments and in front of new names', () => {
    expect(labelsAt('var x: 0..1 = 0 // x▮')).toEqual([]);
  });
  test('replaces the name that is being written', () => {
    const { world, file, offset } = open('var turn: 0..1 = 0\nprocess p { await tu▮ }');
    const { span } = complete(world, file, offset);
    expect(file.text.slice(span.start, span.end)).toBe('tu');
  });
});

describe('signature help', () => {
  const help = (marked: string): string => {
    const { world, file, offset } = open(marked);
    const found = signatureHelp(world, file, offset);
    return found === undefined ? '' : `${found.label} | ${found.label.slice(...found.parameters[found.active]!)}`;
  };
  test('marks the parameter that is being written', () => {
    expect(help('/// Adds.\nprocedure add(a: 0..1, inout b: 0..3): bool { return true }\nprocess p {\n  var y: bool\n  y := add(1, ▮\n}')).toBe('add(a: 0..1, inout b: 0..3): bool | inout b: 0..3');
  });
  test('knows built-in functions and calls inside of calls', () => {
    expect(help('var x: 0..1 = 0\nprocess p { x := cmpxchg(x, len(▮), 1) }')).toBe('len(q): number | q');
    expect(help('var x: 0..1 = 0\nprocess p { x := cmpxchg(x, len(q), ▮) }')).toBe('cmpxchg(place, old, new): old value | new');
  });
});

describe('symbols', () => {
  test('of a file with what is inside them', () => {
    const { file } = open('enum E { A, B }\npool Cb[1] { n: bool = true }\nprocess p {\n  var y: bool\n  start: y := true\n}\ncheck c { only deadlock }');
    const show = (i: OutlineItem): string => `${i.kind} ${i.name}${i.children.length === 0 ? '' : ` (${i.children.map(show).join(', ')})`}`;
    expect(outline(file).map(show)).toEqual(['enum E (member A, member B)', 'pool Cb (field n)', 'process p (local y, label start)', 'check c']);
  });
  test('of all files, by letters in order', () => {
    const { world } = open('// a.heddle\nvar turn_taken: bool = true\n// b.heddle\nvar other: bool = true');
    expect(workspaceSymbols(world, 'TuTa').map((s) => s.name)).toEqual(['turn_taken']);
  });
  test('call each other', () => {
    const { world, file, offset } = open('var x: 0..1 = 0\nprocedure f() { x := 1 }\nprocedure ▮g() { f() f() }\nprocess p { g() }');
    const root = callRoot(world, file, offset)!;
    expect(outgoingCalls(world, root).map((e) => `${e.symbol.name} ${e.at.length}`)).toEqual(['f 2']);
    expect(incomingCalls(world, root).map((e) => `${e.symbol.name} ${e.at.length}`)).toEqual(['p 1']);
  });
});

describe('colours', () => {
  test('tell shared from local, and ghosts', () => {
    const { world, file } = open('var x: 0..1 = 0\nghost var g: bool = true\nprocess p {\n  var y: 0..1\n  x := y // note\n}');
    const show = semanticTokens(world, file).map((t) => `${file.text.slice(t.span.start, t.span.end)}:${[t.type, ...t.modifiers].join('.')}`);
    expect(show).toEqual(expect.arrayContaining(['var:keyword', 'x:variable.shared.declaration', 'g:variable.ghost.declaration', 'x:variable.shared.modification', 'y:variable', '0:number', '// note:comment']));
  });
});

describe('structure', () => {
  test('folds bodies, blocks, comments and imports', () => {
    const { file } = open('// one\n// two\nimport "kernel/rcu"\nimport "kernel/cpu"\nprocess p {\n  if true {\n    skip\n  }\n}');
    expect(folds(file).map((f) => f.kind)).toEqual(['comment', 'imports', 'code', 'code']);
  });
  test('selects ever more', () => {
    const { file, offset } = open('var turn: 0..1 = 0\nprocess p {\n  await tu▮rn == 0\n}');
    const found = selections(file, offset).map((s) => file.text.slice(s.start, s.end));
    expect(found[0]).toBe('turn');
    expect(found).toEqual(expect.arrayContaining(['turn == 0', 'await turn == 0', file.text]));
  });
  test('links imports and offers to run checks and properties', () => {
    const { world, file } = open('import "kernel/rcu"\nvar x: 0..1 = 0\ninvariant I = x == 0\ncheck c { only I }');
    expect(links(world, file).map((l) => l.target.path)).toEqual(['lib/kernel/rcu.heddle']);
    expect(lenses(file).map((l) => `${l.kind} ${l.name}`)).toEqual(['property I', 'check c']);
  });
});

describe('hints', () => {
  const hinted = (text: string): string => {
    const { world, file } = open(text);
    return [...hints(world, file, { start: 0, end: file.text.length })].reverse().reduce((t, h) => t.slice(0, h.at) + h.label + t.slice(h.at), file.text);
  };
  test('show inferred types and where steps begin', () => {
    expect(hinted('enum E { A, B }\nvar e: E = A\nprocess p {\n  var seen = A\n  e := seen\n  seen := B\n  with x in {A, B} { e := x }\n}')).toBe(
      'enum E { A, B }\nvar e: E = A\nprocess p {\n  var seen: E = A\n  ▸e := seen\n  seen := B\n  ▸with x: E in {A, B} { e := x }\n}',
    );
  });
  test('of types stay while something else is half-written', () => {
    expect(hinted('process p {\n  var seen = true\n  seen := false\n}\nprocess q { x := }')).toContain('seen: bool =');
  });
});

describe('diagnostics', () => {
  const found = (marked: string): readonly string[] => {
    const { world, file } = open(marked);
    return diagnose(world, file, true).map((f) => `${f.diagnostic.code} ${file.text.slice(f.span.start, f.span.end)}${f.isUnnecessary ? ' (grey)' : ''}`);
  };
  test('are those of the analysis and of lowering', () => {
    expect(found('var x: 0..1 = 0\nprocess p { x := z }')).toEqual(['resolve/unknown-name z']);
    expect(found('var x: 0..1 = 0\nvar y: 0..1 = 0\nprocess p { x := 1 }')).toEqual(['flow/unused y (grey)']);
    expect(found('var x: 0..1 = 0\nprocess p {\n  either { one: x := 1 } or { skip }\n}\ninvariant I = !at(p, one)')).toEqual(['steps/label-not-a-state at(p, one)']);
  });
  test('of an import that has errors stand at the import', () => {
    const { world, file } = open('// a.heddle\nvar x: 0..1 = y\n// b.heddle\nimport "./a"\nprocess p { ▮x := 1 }');
    const [first] = diagnose(world, file, false);
    expect(first?.diagnostic.message).toBe("a.heddle has an error: Unknown name 'y'.");
    expect(first?.diagnostic.related?.map((r) => shown({ file: r.at.file, span: r.at }))).toEqual(['a.heddle 1:15 y']);
  });
  test('of a file that leaves something to others are those of a spec that gives it', () => {
    const files = 'const M: 1..3\nabstract procedure op(i: 0..1)\ntype Slot = 0..LAST\nconst LAST: -1..3 = -1\nvar x: [Slot -> bool] = false\n▮process p { op(0) }\n';
    const { world, file } = open(`// harness.heddle\n${files}// spec.heddle\nimport "./harness"\nprocedure op(i: 0..1) { x[i] := true }\ncheck c { M = 2 LAST = 1 }\n`);
    expect(diagnose(world, file, false).map((f) => f.diagnostic.message)).toEqual([]);
    world.close('/w/spec.heddle');
    expect(diagnose(world, file, false).map((f) => f.diagnostic.message)).toContain('The range 0..-1 is empty.');
  });
  test('see an import that is not saved', () => {
    const { world, file } = open('// a.heddle\nvar x: 0..1 = 0\n// b.heddle\nimport "./a"\nprocess p { ▮x := 1 }');
    expect(diagnose(world, file, false)).toEqual([]);
    world.set('/w/a.heddle', 'var z: 0..1 = 0\n');
    expect(diagnose(world, file, false).map((f) => f.diagnostic.code)).toEqual(['resolve/unknown-name']);
  });
  test('of constants that each check sets count only where no check does without them', () => {
    expect(found('const N: 1..3\nvar x: 0..N = 0\nprocess p { x := 1 }\ninvariant I = x <= N\ncheck small { N = 2 }')).toEqual([]);
  });
});
