// Code actions and formatting: what they make of a text.

import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/base/catalogue/index.js';
import { isError } from '../../src/base/diagnostic.js';
import { actions, type Action } from '../../src/ide/actions.js';
import { diagnose } from '../../src/ide/diagnose.js';
import { FIXES } from '../../src/ide/fixes.js';
import { format, formatOnType, lineEdits } from '../../src/ide/format.js';
import { applied } from '../../src/ide/place.js';
import { edited, open } from '../support/editor.js';

function offered(marked: string): readonly (Action & { readonly result: string })[] {
  const { world, file, range } = open(marked);
  return actions(world, file, range, diagnose(world, file, true)).map((a) => ({ ...a, result: edited(file, a.edits) }));
}

const result = (marked: string, title: string): string | readonly string[] => offered(marked).find((a) => a.title === title)?.result ?? offered(marked).map((a) => a.title);

describe('fixes', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['a name that is nearly one', 'var count1: 0..3 = 0\ninvariant I = cuo▮nt1 < 3', "Change to 'count1'", 'var count1: 0..3 = 0\ninvariant I = count1 < 3'],
    ['an unknown name as a local', 'var x: 0..3 = 0\nprocess p {\n  se▮en := x\n}', "Declare local variable 'seen'", 'var x: 0..3 = 0\nprocess p {\n  var seen: 0..3\n  seen := x\n}'],
    ['an unknown name as a shared variable', '/// Does it.\nprocess p { se▮en := 1 }', "Declare shared variable 'seen'", 'var seen: 0..3 = 0\n\n/// Does it.\nprocess p { seen := 1 }'],
    ['an unknown name of the library', 'spec s\nvar r: Ref▮count = 1\nprocess p { r := 0 }', 'Import "kernel/refcount"', 'spec s\nimport "kernel/refcount"\nvar r: Refcount = 1\nprocess p { r := 0 }'],
    ['semicolons', 'var x: 0..1 = 0\nprocess p { x := 1▮; x := 0; } // a; b', 'Remove all semicolons', 'var x: 0..1 = 0\nprocess p { x := 1 x := 0 } // a; b'],
    ['`=` in a statement', 'var x: 0..1 = 0\nprocess p { x ▮= 1 }', 'Assign with `:=`', 'var x: 0..1 = 0\nprocess p { x := 1 }'],
    ['a compound assignment', 'var x: 0..1 = 0\nprocess p { x ▮+= 1 }', 'Write `x := x + …`', 'var x: 0..1 = 0\nprocess p { x := x + 1 }'],
    ['a spelling of TLA+', 'var s: set of 0..3 = {}\nprocess p { s := s \\cu▮p {1} }', 'Write `union`', 'var s: set of 0..3 = {}\nprocess p { s := s union {1} }'],
    ['a comment of C', '/▮* the turn */\nvar x: 0..1 = 0', 'Write `// …`', '// the turn\nvar x: 0..1 = 0'],
    ['too many accesses', 'var x: 0..3 = 0\nprocess p {\n  up: ▮x := x + 1\n}', 'Make it `atomic`', 'var x: 0..3 = 0\nprocess p {\n  up: atomic { x := x + 1 }\n}'],
    ['a fair process that is interrupted', 'var x: 0..1 = 0\nfair process t▮ask(c in 0..1) { loop { x := 1 } }\nprocess irq(c in 0..1) interrupts task[c] { x := 0 }', 'Make it `fair+`', 'var x: 0..1 = 0\nfair+ process task(c in 0..1) { loop { x := 1 } }\nprocess irq(c in 0..1) interrupts task[c] { x := 0 }'],
    ['what is never used, with its comment', '/// Not used.\nvar ▮y: 0..1 = 0\nvar x: 0..1 = 0\nprocess p { x := 1 }', "Remove 'y'", 'var x: 0..1 = 0\nprocess p { x := 1 }'],
    ['a local that is never used, and nothing else', 'var x: 0..1 = 0\nprocess p {\n  var ▮y: 0..1 = 0\n  x := 1\n}', "Remove 'y'", 'var x: 0..1 = 0\nprocess p {\n  x := 1\n}'],
    ['a statement that is not reached', 'var x: 0..1 = 0\nprocess p {\n  loop { x := 1 }\n  x ▮:= 0\n}', 'Remove the statement', 'var x: 0..1 = 0\nprocess p {\n  loop { x := 1 }\n}'],
    ['a property without time', 'var x: 0..1 = 0\nprocess p { x := 1 }\nproperty P = ▮x < 2', 'Make it an `invariant`', 'var x: 0..1 = 0\nprocess p { x := 1 }\ninvariant P = x < 2'],
    ['a weak implication', 'var x: 0..1 = 0\nprocess p { x := 1 }\nproperty P = always x == 0 ▮=> x < 1', 'Write `always (… => …)`', 'var x: 0..1 = 0\nprocess p { x := 1 }\nproperty P = always (x == 0 => x < 1)'],
    ['a local without a range', 'process p {\n  var ▮x = 1\n  x := 2\n}', 'Say which values it can have: `0..3`', 'process p {\n  var x: 0..3 = 1\n  x := 2\n}'],
    ['a local that is not at the head', 'var x: 0..1 = 0\nprocess p {\n  x := 1\n  va▮r y: 0..1 = 0\n  x := y\n}', "Declare 'y' at the head of the body", 'var x: 0..1 = 0\nprocess p {\n  var y: 0..1\n  x := 1\n  y := 0\n  x := y\n}'],
    ['a context that a process lacks', 'context cpu: 0..1\nvar b: [0..1 -> bool] = false\nprocedure f() { b[cpu] := true }\nprocess t▮ask { f() }', "Give it the parameter 'cpu'", 'context cpu: 0..1\nvar b: [0..1 -> bool] = false\nprocedure f() { b[cpu] := true }\nprocess task(cpu in 0..1) { f() }'],
  ];
  test.each(cases)('%s', (_, marked, title, wanted) => {
    expect(result(marked, title)).toBe(wanted);
  });

  /** The specs of a page; the first gives its code. */
  const examples = (page: string): readonly string[] => [...page.matchAll(/```heddle\n([\s\S]*?)```/g)].map((m) => m[1]!);
  test('take away the diagnostic that they belong to', () => {
    const stubborn: string[] = [];
    for (const code of Object.keys(FIXES) as (keyof typeof FIXES)[]) {
      const { explain } = catalogue[code];
      const [example] = examples(explain).filter((e) => !e.startsWith('// '));
      if (example === undefined) continue;
      const { world, file } = open(example);
      const found = diagnose(world, file, true);
      const [first] = found.filter((f) => f.diagnostic.code === code);
      if (first === undefined) continue;
      for (const fix of FIXES[code]!(file, first.diagnostic)) {
        const after = open(applied(file.text, fix.edits));
        const left = diagnose(after.world, after.file, true).filter((f) => f.diagnostic.code === code).length;
        const broken = found.some((f) => f.diagnostic.code.startsWith('parse/')) ? [] : diagnose(after.world, after.file, false).filter((f) => f.diagnostic.code.startsWith('parse/') && isError(f.diagnostic));
        if (left >= found.filter((f) => f.diagnostic.code === code).length || broken.length > 0) stubborn.push(`${code}: ${fix.title}\n${after.file.text}`);
      }
    }
    expect(stubborn).toEqual([]);
  });
});

describe('refactorings', () => {
  test('split a step as a processor does it', () => {
    expect(result('var x: 0..3 = 0\nprocess p {\n  up: x ▮:= x + 1\n}', 'Split this step in two')).toBe('var x: 0..3 = 0\nprocess p {\n  var seen: 0..3\n  up: seen := x\n  x := seen + 1\n}');
    expect(result('var m: [0..1 -> 0..3] = 0\nvar x: 0..3 = 0\nprocess p {\n  var seen: 0..1 = 0\n  if m[seen] == ▮x { skip }\n}', 'Split this step in two')).toBe(
      'var m: [0..1 -> 0..3] = 0\nvar x: 0..3 = 0\nprocess p {\n  var seen: 0..1 = 0\n  var seen2: 0..3\n  seen2 := m[seen]\n  if seen2 == x { skip }\n}',
    );
  });
  test('do not split what is one access, or waits', () => {
    expect(offered('var x: 0..3 = 0\nvar y: 0..3 = 0\nprocess p { await x == ▮y }').map((a) => a.title)).not.toContain('Split this step in two');
    expect(offered('var x: 0..3 = 0\nprocess p { ▮x := 1 }').map((a) => a.title)).not.toContain('Split this step in two');
  });
  test('make selected statements one step', () => {
    expect(result('var x: 0..3 = 0\nprocess p {\n  «x := 1\n  x := 2»\n  x := 3\n}', 'Make 2 statements one atomic step')).toBe('var x: 0..3 = 0\nprocess p {\n  atomic {\n    x := 1\n    x := 2\n  }\n  x := 3\n}');
  });
  test('add the cases that a chain of conditions lacks', () => {
    expect(result('enum E { A, B, C }\nvar e: E = A\nprocess p {\n  if ▮e == A {\n    e := B\n  }\n}', 'Add the missing cases B, C')).toBe('enum E { A, B, C }\nvar e: E = A\nprocess p {\n  if e == A {\n    e := B\n  } else if e == B {\n    skip\n  } else if e == C {\n    skip\n  }\n}');
  });
  test('add cases as the others are written', () => {
    expect(result('// a.heddle\nenum E { A, B }\n// b.heddle\nimport "./a" as m\nvar e: m.E = m.A\nprocess p {\n  if ▮e == m.A { e := m.B }\n}', 'Add the missing case B')).toContain('else if e == m.B {');
  });
  test('make a process fair', () => {
    expect(result('var x: 0..1 = 0\nprocess ▮p { x := 1 }', 'Make it `fair`')).toBe('var x: 0..1 = 0\nfair process p { x := 1 }');
  });
});

describe('formatting', () => {
  const messy = 'var   x: 0..1 = 0\nprocess p {\n x := 1\n}\nvar y:0..1=0\n';
  test('of the whole text is that of `heddle fmt`, line by line', () => {
    const { file } = open(messy);
    const edits = format(file);
    expect(edits).toHaveLength(3);
    expect(edited(file, edits)).toBe('var x: 0..1 = 0\nprocess p {\n  x := 1\n}\nvar y: 0..1 = 0\n');
  });
  test('of a range leaves the rest alone', () => {
    const { file, range } = open('var   x: 0..1 = 0\nprocess p {\n «x := 1»\n}\n');
    expect(edited(file, format(file, range))).toBe('var   x: 0..1 = 0\nprocess p {\n  x := 1\n}\n');
  });
  test('of a text with errors changes nothing', () => {
    expect(format(open('var   x: = 0').file)).toEqual([]);
  });
  test('while typing indents the new line, and moves a closing brace back, in half-written text too', () => {
    const typed = (marked: string): string => {
      const { file, offset } = open(marked);
      return edited(file, formatOnType(file, offset));
    };
    expect(typed('process p {\n  if x == {\n▮')).toBe('process p {\n  if x == {\n    ');
    expect(typed('process p {\n  x := 1\n  }▮')).toBe('process p {\n  x := 1\n}');
    expect(typed('process p {\n  x := 1\n   y := 2▮')).toBe('process p {\n  x := 1\n   y := 2');
  });
  test('by lines gives the text back', () => {
    const [a, b] = ['a\nb\nc\nd\ne', 'a\nx\nc\ne\nf\n'];
    expect(applied(a, lineEdits(a, b))).toBe(b);
  });
});
